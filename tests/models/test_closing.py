"""A closed month keeps its figures; what is entered later shows as a revision, with the records that did it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from models import closing, laptops, periods, revisions, sample, statistics
from models.closing import CannotClose, UnreadableReport
from models.figures import version
from models.revisions import Revision
from models.statistics import Report
from models.store import Store
from tests.fakes import FrozenClock, business, owner
from tests.offices import KEY, USER, sample_office

OCTOBER, NOVEMBER = periods.month(date(2026, 10, 1)), periods.month(date(2026, 11, 1))
PLACE = sample.SCOPE


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample office with its October closed."""
    folder = tmp_path_factory.mktemp("office")
    store = sample_office(folder)
    laptops.note(store, {PLACE: {"a": "2026-11-01T00:00:00.000Z", "b": "2026-10-30T00:00:00.000Z", "c": ""},
                         "3513": {"d": ""}})  # fmt: skip
    closing.close(store, OCTOBER, PLACE, USER)
    store.close()
    return (folder / "data.db").read_bytes()


@pytest.fixture
def office(tmp_path: Path, template: bytes) -> Iterator[Store]:
    path = tmp_path / "data.db"
    path.write_bytes(template)
    clock = FrozenClock(datetime(2026, 12, 3, 2, tzinfo=UTC))
    store = Store.open(path, KEY, clock=clock, user=USER, home_scope=PLACE)
    yield store
    store.close()


def october(store: Store) -> Report:
    report = closing.closed(store, OCTOBER, PLACE)
    assert report is not None
    return report


def revised(store: Store) -> Revision:
    return revisions.revision(store, october(store))


def said(revision: Revision) -> dict[str, tuple[int, int]]:
    return {change.words.id: (change.then, change.now) for change in revision.changes}


def some_business(store: Store) -> dict[str, Any]:
    (found,) = store.find("business", name="Rengginang Patokan")
    return found


def test_the_closed_report_is_the_one_that_was_counted(office: Store) -> None:
    kept, counted = october(office), statistics.report(office, OCTOBER, PLACE)
    assert (kept.now, kept.areas, kept.months, kept.cases) == (
        counted.now,
        counted.areas,
        counted.months,
        counted.cases,
    )
    assert kept.before is not None
    assert counted.before is not None
    assert kept.before.values == counted.before.values
    assert kept.counted_at == datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
    assert kept.closing is not None
    assert (kept.closing.by, kept.closing.laptops, kept.unsent) == ("Sri Wahyuni", 2, 14)
    assert not revised(office)


def test_groups_stand_in_the_order_in_which_they_were_shown(office: Store) -> None:
    groups = october(office).now.groups
    assert all(list(g.values()) == sorted(g.values(), reverse=True) for key, g in groups.items() if key != "stage")


def test_it_is_a_record_of_its_area_within_what_may_be_sent(office: Store) -> None:
    (record,) = office.find("closed_report")
    assert (record["scope"], record["kind"], record["first"]) == (PLACE, "month", "2026-10-01")
    assert record["definitions"] == version()
    assert max(len(record["figures"]), len(record["members"])) < 20_000


def test_an_area_of_very_many_villages_still_fits_into_a_record(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "LONGEST", 100)
    closing.close(office, NOVEMBER, PLACE, USER)
    kept = closing.closed(office, NOVEMBER, PLACE)
    assert kept is not None
    assert "village" not in kept.now.groups
    assert kept.now.values["businesses"] == 84
    assert not revisions.revision(office, kept)


def test_closing_twice_changes_nothing_and_reopening_counts_anew(office: Store) -> None:
    assert not closing.close(office, OCTOBER, PLACE, "Dewi Anggraini")
    assert closing.closed_periods(office, PLACE) == [OCTOBER]
    closing.reopen(office, office.find("closed_report")[0]["id"])
    assert closing.closed(office, OCTOBER, PLACE) is None
    assert closing.closed_periods(office, PLACE) == []


def test_of_two_laptops_that_closed_apart_the_first_counts(office: Store) -> None:
    (first,) = office.find("closed_report")
    again = {name: first[name] for name in ("kind", "first", "area", "scope", "definitions", "figures")}
    office.save("closed_report", again | {"cut_off": "2026-11-25T00:00:00.000Z", "closed_by": "Dewi Anggraini"})
    office.save("closed_report", again | {"cut_off": "2026-11-23T00:00:00.000Z", "closed_by": "Lailatul Fitriyah"})
    found = october(office).closing
    assert found is not None
    assert (found.by, found.laptops) == ("Lailatul Fitriyah", None)


def test_a_running_month_and_an_event_are_not_closed(store: Store) -> None:
    with pytest.raises(CannotClose) as refused:
        closing.close(store, NOVEMBER, PLACE, "")
    assert refused.value.words.id == "November 2026 masih berjalan. Laporannya bisa ditutup mulai 30 November 2026."
    event = {"id": "e", "held_on": "2026-11-01", "name": "Klinik"}
    with pytest.raises(CannotClose):
        closing.close(store, periods.of_event(event), PLACE, "")
    store.clock.__dict__["moment"] = datetime(2026, 11, 30, 2, tzinfo=UTC)
    assert closing.close(store, NOVEMBER, PLACE, "")


def test_closed_periods_stand_newest_first(office: Store) -> None:
    year = periods.year(date(2025, 1, 1))
    for period in (NOVEMBER, year, periods.month(date(2025, 12, 1))):
        closing.close(office, period, PLACE, "Sri Wahyuni")
    assert [p.words.id for p in closing.closed_periods(office, PLACE)] == [
        "November 2026", "Oktober 2026", "Tahun 2025", "Desember 2025",
    ]  # fmt: skip


def test_a_late_session_revises_the_month_and_is_named(office: Store) -> None:
    about = some_business(office)
    session = office.save("consultation", {"owner_id": about["owner_id"], "business_id": about["id"],
                                           "held_on": "2026-10-09", "topics": "nib"}).first_id("consultation")  # fmt: skip
    found = revised(office)
    assert said(found)["Sesi konsultasi"] == (17, 18)
    sessions = next(c for c in found.changes if c.key == "sessions")
    (cause,) = sessions.causes
    assert (cause.record_id, cause.name, cause.came, cause.went) == (session, "Rengginang Patokan", True, False)
    assert (cause.through.id, cause.by, cause.at[:10]) == ("Sesi konsultasi", "Sri Wahyuni", "2026-12-03")
    assert october(office).now.values["sessions"] == 17


def test_a_business_that_is_gone_is_named_too(office: Store) -> None:
    gone = some_business(office)
    office.delete("business", gone["id"])
    changes = {c.key: c for c in revised(office).changes}
    assert (changes["businesses"].then, changes["businesses"].now) == (82, 81)
    (cause,) = changes["businesses"].causes
    assert (cause.record_id, cause.came, cause.went, cause.name) == (gone["id"], False, True, gone["name"])
    assert changes["workers"].causes == (cause,)


def test_a_late_yearly_figure_names_the_business_and_what_was_written(office: Store) -> None:
    mover = some_business(office)["id"]
    office.save("assessment", {"business_id": mover, "year": 2026, "sales": 3_000_000_000})
    changes = {c.key: c for c in revised(office).changes}
    (cause,) = changes["scale:small"].causes
    assert (cause.record_id, cause.through.id, cause.came, cause.went) == (mover, "Angka tahunan", True, True)
    assert changes["scale:micro"].causes == (cause,)


def test_what_does_not_belong_to_the_month_is_no_revision(office: Store) -> None:
    about = some_business(office)
    office.save("consultation", {"owner_id": about["owner_id"], "held_on": "2026-11-09", "topics": "nib"})
    office.save("business", {"id": about["id"], "existence": "closed", "existence_on": "2026-12-01"})
    office.save("business", {"id": about["id"], "contact_phone": "+6281200000999"})
    other = office.save("owner", owner(7)).first_id("owner")
    office.save("business", business(other, 7))
    assert not revised(office)


def test_who_only_moved_from_one_group_to_another(office: Store) -> None:
    mover = some_business(office)
    office.save("business", {"id": mover["id"], "rw": 5, "legal_form": "cv"})
    found = said(revised(office))
    assert found["Usaha menurut bentuk: CV"] == (2, 3)
    assert found["Usaha dampingan: RW 05"][1] - found["Usaha dampingan: RW 05"][0] == 1
    assert "Usaha dampingan" not in found


def test_more_changes_than_can_be_told_still_show_the_figures(office: Store) -> None:
    office.delete_all("business", [row["id"] for row in office.find("business")])
    found = revised(office)
    assert found.too_many
    assert said(found)["Usaha dampingan"] == (82, 0)
    assert not any(change.causes for change in found.changes)


def test_other_definitions_are_told(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not revised(office).new_meanings
    monkeypatch.setattr(revisions, "version", lambda: "another")
    assert revised(office).new_meanings


def test_figures_that_this_version_cannot_read_are_said_so(office: Store) -> None:
    office.query("UPDATE closed_report SET figures = '{'")
    with pytest.raises(UnreadableReport) as refused:
        october(office)
    assert "Oktober 2026" in refused.value.words.id
    assert "October 2026" in refused.value.words.en


def test_laptops_of_other_areas_do_not_count_and_nothing_told_is_not_none(store: Store) -> None:
    day = datetime(2026, 10, 31, tzinfo=UTC)
    assert laptops.silent_since(store, PLACE, day) is None
    laptops.note(store, {PLACE: {"a": "2026-11-01T00:00:00.000Z"}, "3513150001": {"b": ""}})
    assert laptops.silent_since(store, PLACE, day) == 0
    assert laptops.silent_since(store, "3513", day) == 1
