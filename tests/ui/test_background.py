"""The helper beside the screen: order, answers on the main thread, errors, and what is dropped."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject

from models.errors import DiskFull
from models.store import Changes
from tests.fakes import business, owner
from ui.background import Background
from ui.events import Events


@pytest.fixture
def refused():
    return []


@pytest.fixture
def events():
    return Events()


@pytest.fixture
def background(store, events, refused, qapp):
    made = Background(store, events, refused.append)
    yield made
    made.close()


@pytest.fixture
def page(qapp):
    return QObject()


def test_answers_come_on_the_main_thread_in_order(background, page, qtbot):
    heard, threads = [], set()

    def done(value):
        heard.append(value)
        threads.add(threading.current_thread())

    for n in range(5):
        background.read(page, lambda store, n=n: (n, threading.current_thread().name), done)
    qtbot.waitUntil(lambda: len(heard) == 5)
    assert [n for n, _ in heard] == [0, 1, 2, 3, 4]
    assert {name for _, name in heard} == {"dampingi-store"}
    assert threads == {threading.main_thread()}


def test_a_write_tells_everybody_before_it_is_done(background, page, events, qtbot):
    heard = []
    events.changed.connect(lambda changes: heard.append(("changed", changes.touches("owner"))))
    background.write(page, lambda store: store.save("owner", owner()), lambda value: heard.append(("done", value)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [("changed", True), ("done", None)]


def test_a_write_may_answer_with_a_value(background, page, qtbot):
    heard = []

    def work(store):
        changes = store.save("owner", owner())
        return changes, changes.first_id("owner")

    background.write(page, work, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    found = []
    background.read(page, lambda store: store.get("owner", heard[0]), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0]["name"] == "Siti Contoh 1"


def test_nobody_hears_when_the_page_is_gone_but_the_write_is_kept(background, events, qtbot):
    heard, changed = [], []
    events.changed.connect(changed.append)
    gone = QObject()
    gate = threading.Event()
    background.read(gone, lambda store: gate.wait(5), heard.append)
    background.write(gone, lambda store: store.save("owner", owner()), heard.append)
    gone.deleteLater()
    qtbot.waitUntil(lambda: not is_alive(gone))
    gate.set()
    qtbot.waitUntil(lambda: bool(changed))
    assert heard == []


def is_alive(thing):
    import shiboken6

    return shiboken6.isValid(thing)


def test_a_cancelled_read_is_not_even_begun(background, page, qtbot):
    gate, heard, begun = threading.Event(), [], []
    background.read(page, lambda store: gate.wait(5), heard.append)
    stale = background.read(page, lambda store: begun.append("stale"), heard.append)
    stale.cancel()
    gate.set()
    background.read(page, lambda store: "fresh", heard.append)
    qtbot.waitUntil(lambda: "fresh" in heard)
    assert begun == []
    assert heard == [True, "fresh"]


def test_errors_go_to_the_page_else_to_the_window(background, page, refused, qtbot):
    mine = []

    def fail(_store):
        raise DiskFull

    background.read(page, fail, mine.append, lambda error: mine.append(type(error)))
    background.write(page, fail)
    qtbot.waitUntil(lambda: bool(refused))
    assert mine == [DiskFull]
    assert [type(e) for e in refused] == [DiskFull]


def test_a_bug_reaches_the_crash_hook_and_the_worker_lives_on(background, page, qtbot):
    def bug(_store):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        background.read(page, bug, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    heard = []
    background.read(page, lambda store: store.count("owner"), heard.append)
    qtbot.waitUntil(lambda: heard == [0])


def test_other_threads_may_wait_for_the_store_but_never_the_main_one(background, store):
    def engine():
        background.call(lambda s: s.save("owner", owner()))
        return background.call(lambda s: s.count("owner"))

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(engine).result(10) == 1
        with pytest.raises(ZeroDivisionError):
            pool.submit(background.call, lambda s: 1 / 0).result(10)
    with pytest.raises(RuntimeError, match="main thread"):
        background.call(lambda s: None)


def test_what_others_changed_is_announced_on_the_main_thread(background, events, qtbot):
    heard = []
    events.changed.connect(lambda c: heard.append(threading.current_thread() is threading.main_thread()))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(background.announce, Changes()).result(10)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [True]


def test_work_without_the_store_runs_beside_it(background, page, qtbot):
    gate, heard = threading.Event(), []
    background.read(page, lambda store: gate.wait(5), heard.append)
    background.run(page, lambda: "paper", heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["paper"]
    gate.set()
    qtbot.waitUntil(lambda: len(heard) > 1)
    assert heard == ["paper", True]


def test_closing_finishes_what_was_asked(store, store_path, qapp):
    background = Background(store, Events(), lambda e: None)
    parent = QObject()
    changes = store.save("owner", owner())
    background.write(parent, lambda s: s.save("business", business(changes.first_id("owner"))))
    background.close()
    from models.store import Store
    from tests.conftest import KEY

    again = Store.open(store_path, KEY)
    assert again.count("business") == 1
    again.close()
