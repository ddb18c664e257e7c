"""Many summaries in one file: in the order of a walk through the village, one number each, stoppable."""

import io
from collections.abc import Callable

import pytest

from models.errors import AppError
from models.lists import ListQuery, row_ids
from models.store import Store
from reports import batch
from reports.batch import HANDFUL, Batch, Stopped, order, summaries
from reports.paper import Officer, Request
from tests.fakes import VILLAGE, business, owner
from tests.reports import pdf as read_back


def request_of(store: Store) -> Request:
    return Request("", "", store.clock.today(), Officer("Sri Wahyuni", "Kasie"), scope=VILLAGE)


def listed(store: Store) -> Batch:
    return order(store, row_ids(store, ListQuery()), request_of(store))


def saved(store: Store, n: int, informed: str = "signed", **places: object) -> str:
    owner_id = store.save("owner", owner(n, informed=informed, **places)).first_id("owner")
    store.save("business", business(owner_id, n, **places))
    return owner_id


def written(batch: Batch, store: Store, size: str, go_on: Callable[[int], bool]) -> tuple[bytes, int]:
    out = io.BytesIO()
    count = summaries(out, batch, lambda work: work(store), size, go_on)
    return out.getvalue(), count


def always(_: int) -> bool:
    return True


def test_village_by_village_then_by_lane(store: Store) -> None:
    saved(store, 1, rw=2, rt=1)
    saved(store, 2, rw=1, rt=3)
    saved(store, 3, rw=1, rt=2)
    saved(store, 4, rw=9, rt=9, village="3513141001")
    pdf, count = written(listed(store), store, "A4", always)
    pages = read_back.pages(pdf)
    assert count == len(pages) == 4
    assert ["Keripik Contoh 4" in pages[0], "Keripik Contoh 3" in pages[1], "Keripik Contoh 2" in pages[2],
            "Keripik Contoh 1" in pages[3]] == [True] * 4  # fmt: skip


def test_every_paper_has_its_own_number_and_no_whole_nik(store: Store) -> None:
    for n in range(HANDFUL + 5):
        owner_id = saved(store, n)
        store.save("owner", {"id": owner_id, "nik": f"3513144705{n + 10:02d}99{n + 10:02d}"})
    reached: list[int] = []
    pdf, count = written(listed(store), store, "F4", lambda n: not reached.append(n))
    text = read_back.text(pdf)
    assert count == HANDFUL + 5
    assert reached == [HANDFUL, HANDFUL + 5]
    assert len({bookmark.title for bookmark in read_back.read(pdf).outline}) == count
    niks = [nik for (nik,) in store.query("SELECT nik FROM owner WHERE nik IS NOT NULL")]
    assert len(niks) == count
    assert not [nik for nik in niks if nik in text.replace(" ", "")]


def test_cancel_leaves_nothing(store: Store) -> None:
    for n in range(HANDFUL * 2):
        saved(store, n + 1)
    with pytest.raises(Stopped):
        written(listed(store), store, "A4", lambda n: n < HANDFUL)


def test_who_refused_or_is_gone_is_left_out(store: Store) -> None:
    saved(store, 1, informed="refused")
    gone = saved(store, 2)
    saved(store, 3)
    found = listed(store)
    store.delete("owner", gone)
    pdf, count = written(found, store, "A4", always)
    assert count == 1
    assert "Keripik Contoh 3" in read_back.text(pdf)


def test_a_list_of_nobody_is_said(store: Store) -> None:
    saved(store, 1, informed="refused")
    with pytest.raises(AppError) as refused:
        written(listed(store), store, "A4", always)
    assert refused.value.words == batch.NOTHING
