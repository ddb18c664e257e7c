"""Pages: cut between batches, each a consistent picture of the scope at its end. On both engines."""

from typing import Any

import pytest

from server.database import Database
from sync.protocol import SyncAnswer
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, service_on

IDS = [f"01932f2e-0000-7000-8000-{n:012x}" for n in range(12)]
Key = tuple[str, str]


@pytest.fixture
def device(db: Database, server_clock: FrozenClock) -> Device:
    return Device(service_on(db, server_clock))


def pair(n: int, **values: Any) -> list[Any]:
    """An owner and her business, as one form saves them."""
    return [columns("owner", {"id": IDS[n], "name": "Siti"} | values), columns("business", {"id": IDS[n]} | values)]


def pages(device: Device, want: int, cursor: int = 0) -> list[SyncAnswer]:
    """A whole read in small pages."""
    found: list[SyncAnswer] = []
    while not found or found[-1].more:
        found.append(device.send(cursors={VILLAGE: cursor}, want=want))
        cursor = found[-1].pages[-1].cursor
    return found


def screens(answers: list[SyncAnswer]) -> list[dict[Key, dict[str, Any]]]:
    """What a laptop shows after each page."""
    shown: dict[Key, dict[str, Any]] = {}
    after: list[dict[Key, dict[str, Any]]] = []
    for page in (page for answer in answers for page in answer.pages):
        for part in page.ins:
            for values in zip(*part.c, strict=True):
                row = dict(zip(part.f, values, strict=True))
                shown[part.t, row["id"]] = row
        for entity, row_id, _, _, values in page.upd:
            shown[entity, row_id] = shown[entity, row_id] | values
        for entity, row_id, *_ in page.gone:
            shown.pop((entity, row_id), None)
        after.append({key: dict(row) for key, row in shown.items()})
    return after


@pytest.mark.parametrize("want", [1, 2, 5])
def test_no_page_shows_half_of_what_was_saved_at_once(device: Device, want: int) -> None:
    for n in range(len(IDS)):
        device.push(ins=pair(n))

    for shown in screens(pages(device, want)):
        assert {i for name, i in shown if name == "owner"} == {i for name, i in shown if name == "business"}


def test_a_record_edited_later_is_first_shown_as_it_was(device: Device) -> None:
    for n in range(4):
        device.push(ins=pair(n, note="semula"))
    both = [(name, IDS[0], 8, 9, {"note": "sesudah"}) for name in ("owner", "business")]
    device.push(upd=[both[0], ("owner", IDS[3], 8, 9, {"note": "juga"})])
    device.push(upd=[both[1]])

    after = screens(pages(device, 2))
    assert after[0]["owner", IDS[0]]["note"] == after[0]["business", IDS[0]]["note"] == "semula"
    for shown in after:
        assert {i for name, i in shown if name == "owner"} == {i for name, i in shown if name == "business"}
        notes = [shown.get(("owner", IDS[n]), {}).get("note") for n in (0, 3)]
        assert notes in (["semula", None], ["semula", "semula"], ["sesudah", "juga"])
    assert after[-1]["business", IDS[0]]["note"] == "sesudah"


def test_edits_that_were_overtaken_are_sent_with_their_batch(device: Device) -> None:
    device.push(ins=[columns("owner", *({"id": i, "name": "Siti"} for i in IDS))])
    head = device.pull().check[VILLAGE].head
    device.push(upd=[("owner", IDS[n], head, 9, {"note": "bersama", "phone": "1"}) for n in (0, 1)])
    device.push(upd=[("owner", IDS[n], head, 10, {"email": "a@b.id"}) for n in (2, 3, 4)])
    device.push(upd=[("owner", IDS[0], head + 5, 11, {"phone": "2"})])

    first, *rest = pages(device, 2, head)
    changed = {row_id: values for page in first.pages for _, row_id, _, _, values in page.upd}
    assert changed[IDS[0]] == changed[IDS[1]] == {"note": "bersama", "phone": "1"}
    assert ("owner", IDS[0], {"phone": "2"}) in [
        (entity, row_id, values)
        for answer in rest
        for page in answer.pages
        for entity, row_id, _, _, values in page.upd
    ]


def test_a_record_deleted_later_is_still_there_when_its_batch_is_shown(device: Device) -> None:
    for n in range(4):
        device.push(ins=pair(n))
    device.push(cut=[("business", IDS[0], 8, 9), ("owner", IDS[0], 8, 9)])

    after = screens(pages(device, 2))
    assert ("business", IDS[0]) in after[0]
    assert ("owner", IDS[0]) in after[0]
    assert {IDS[0]} & {i for _, i in after[-1]} == set()


def test_a_batch_larger_than_a_page_comes_whole(device: Device) -> None:
    device.push(ins=[columns("owner", *({"id": i, "name": "Siti"} for i in IDS))])

    [answer] = pages(device, 3)
    assert len(answer.pages[0].ins[0].c[0]) == len(IDS)
    assert not answer.more
