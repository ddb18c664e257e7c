"""Attachments of a laptop: states, the last copy, hostile names, records that arrive before their file."""

import random
from pathlib import Path

import pytest

from models import attaching
from models.attaching import NotHere, attach, blobs, content, listed, release, state, to_fetch, to_send, waiting
from models.errors import AppError
from models.pictures import Prepared, prepare
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock, business, owner
from tests.pictures import document, photo


@pytest.fixture
def owner_id(store: Store) -> str:
    return store.save("owner", owner()).first_id("owner")


@pytest.fixture
def file() -> Prepared:
    return prepare(photo(), "KTP.jpg")


def acknowledged(store: Store) -> None:
    """As after a sync: the server knows every record."""
    with store.transaction(applying=True):
        store.query("UPDATE attachment SET _seq = 1")
        store.query(
            "INSERT OR IGNORE INTO sync_scope (scope, access, epoch) SELECT scope, 'write', 'e1' FROM attachment"
        )


def test_a_photo_is_kept_with_whom_it_shows(store: Store, owner_id: str, file: Prepared) -> None:
    change = attach(store, file, "photo", owner_id=owner_id)

    (found,) = listed(store, owner_id, None)
    assert found.row["id"] == change.first_id("attachment")
    assert found.row["scope"] == store.home_scope
    assert (found.state, found.row["name"], found.row["size"]) == ("here", "KTP.jpg", len(file.data))
    assert content(store, file.sha256) == file.data
    assert waiting(store) == attaching.Waiting(1, len(file.data))


def test_the_same_photo_twice_is_one_record(store: Store, owner_id: str, file: Prepared) -> None:
    attach(store, file, "photo", owner_id=owner_id)

    assert not attach(store, file, "photo", owner_id=owner_id)
    assert len(listed(store, owner_id, None)) == 1


def test_a_business_shows_its_own_and_its_owners_files(
    store: Store, clock: FrozenClock, owner_id: str, file: Prepared
) -> None:
    first, second = (store.save("business", business(owner_id, n)).first_id("business") for n in (1, 2))
    attach(store, file, "photo", owner_id=owner_id)
    clock.forward(seconds=1)
    attach(store, prepare(document(), "NIB.pdf"), "permit", owner_id=owner_id, business_id=first)

    assert [a.row["name"] for a in listed(store, owner_id, first)] == ["KTP.jpg", "NIB.pdf"]
    assert [a.row["name"] for a in listed(store, owner_id, second)] == ["KTP.jpg"]
    assert [a.row["name"] for a in listed(store, None, first)] == ["NIB.pdf"]


def test_the_last_copy_is_never_released(store: Store, owner_id: str, file: Prepared) -> None:
    attach(store, file, "photo", owner_id=owner_id)

    with pytest.raises(AppError) as caught:
        release(store, file.sha256)
    store.delete("attachment", listed(store, owner_id, None)[0].row["id"])
    attaching.sweep(store)

    assert caught.value.words == attaching.LAST_COPY
    assert content(store, file.sha256) == file.data


def test_what_the_server_verified_may_leave_and_come_back(store: Store, owner_id: str, file: Prepared) -> None:
    attach(store, file, "photo", owner_id=owner_id)
    attaching.verified(store, file.sha256)
    assert state(store, file.sha256) == "safe"

    release(store, file.sha256)

    assert state(store, file.sha256) == "server"
    assert not blobs(store).has(file.sha256)
    assert to_fetch(store) == []  # a person made room: it is not fetched behind their back
    with pytest.raises(NotHere):
        content(store, file.sha256)
    assert to_fetch(store) == [(file.sha256, VILLAGE)]  # but it is once they asked for it


def test_a_record_before_its_file_waits(store: Store, owner_id: str, file: Prepared) -> None:
    with store.transaction(applying=True):
        store.save("attachment", {
            "owner_id": owner_id, "sort": "photo", "name": "a.jpg", "sha256": file.sha256, "size": 5, "mime": file.mime,
        })  # fmt: skip

    (found,) = listed(store, owner_id, None)
    assert found.state == "waiting"
    assert to_fetch(store) == [(file.sha256, VILLAGE)]
    assert waiting(store).files == 0
    with pytest.raises(NotHere):
        content(store, file.sha256)


def test_files_follow_their_records(store: Store, owner_id: str, file: Prepared) -> None:
    attach(store, file, "photo", owner_id=owner_id)
    assert to_send(store) == []

    acknowledged(store)
    assert to_send(store) == [(file.sha256, VILLAGE)]

    attaching.verified(store, file.sha256)
    assert to_send(store) == []
    assert waiting(store).files == 0


def test_a_file_that_vanished_is_noticed(store: Store, owner_id: str, file: Prepared) -> None:
    attach(store, file, "photo", owner_id=owner_id)
    blobs(store).remove(file.sha256)

    with pytest.raises(NotHere):
        content(store, file.sha256)
    assert state(store, file.sha256) == "waiting"


def test_another_life_of_the_server_is_asked_anew(store: Store, owner_id: str, file: Prepared) -> None:
    attach(store, file, "photo", owner_id=owner_id)
    acknowledged(store)
    attaching.meet_server(store)
    attaching.verified(store, file.sha256)
    attaching.meet_server(store)
    assert state(store, file.sha256) == "safe"

    with store.transaction(applying=True):
        store.query("UPDATE sync_scope SET epoch = 'e2'")
    attaching.meet_server(store)

    assert state(store, file.sha256) == "here"
    assert to_send(store) == [(file.sha256, VILLAGE)]


def test_files_of_a_scope_that_left_go_once_verified(store: Store, owner_id: str, file: Prepared) -> None:
    other = prepare(photo(seed=9), "b.jpg")
    for made in (file, other):
        attach(store, made, "photo", owner_id=owner_id)
    attaching.verified(store, file.sha256)
    with store.transaction(applying=True):
        store.query("DELETE FROM attachment")

    attaching.sweep(store)

    assert not blobs(store).has(file.sha256)
    assert blobs(store).has(other.sha256)  # nobody else has it


def hostile_names() -> list[str]:
    chance = random.Random(500)
    parts = ["..", "..\\", "../", "/etc/", "C:\\", "\\\\host\\", "\0", "CON", "NUL.jpg", "aux", "\u202e", "\u2025", "\uff0e\uff0e/",
             "%2e%2e/", "a" * 300, "|rm -rf ~", "\n", " ", ".", ":", "*", "'; DROP TABLE owner;--", "\ud800", "foto"]  # fmt: skip
    return ["".join(chance.choices(parts, k=chance.randint(1, 6))) for _ in range(500)]


def test_500_hostile_names_write_nothing_outside(store: Store, store_path: Path, owner_id: str) -> None:
    before = {path for path in store_path.parent.rglob("*") if "blobs" not in path.parts}
    data = document()

    for n, name in enumerate(hostile_names()):
        raw = data.replace(b"startxref", b"startxref %% %d" % n) if n % 50 == 0 else data
        attach(store, prepare(raw, name), "other", owner_id=owner_id, facilitation_id=str(n))

    assert {path for path in store_path.parent.rglob("*") if "blobs" not in path.parts} == before
    assert all(set(path.name) <= set("0123456789abcdef") for path in (store_path.parent / "blobs").rglob("*"))
    names = [found.row["name"] for found in listed(store, owner_id, None)]
    assert len(names) == 500
    assert all(name.isprintable() and len(name) <= 80 and not set(name) & set("/\\") for name in names)
