"""Closing while something beside the screen still waits: nobody hangs, nothing is half done."""

import threading

import pytest

from ui.background import Background, Closed
from ui.events import Events


def test_a_call_after_closing_is_refused_and_one_before_is_finished(qapp, store):
    background = Background(store, Events(), pytest.fail)
    inside, go_on = threading.Event(), threading.Event()
    said = []

    def beside():
        said.append(background.call(lambda s: s.setting("colour", "none")))
        inside.set()
        go_on.wait()
        try:
            background.call(lambda s: s.setting("colour"))
        except Closed as closed:
            said.append(type(closed))

    thread = threading.Thread(target=beside)
    thread.start()
    inside.wait()
    background.close()
    go_on.set()
    thread.join()
    assert said == ["none", Closed]
