"""The figures of the sample office are those of its pictures; every number keeps to its definition."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from models import figure_charts, periods, sample, statistics
from models.figures import BREAKDOWNS, DERIVED, FIGURES
from models.i18n import Words
from models.statistics import Report
from models.store import Store
from tests.fakes import VILLAGE, business, owner
from tests.offices import sample_office

KEY = bytes(range(32))
NOVEMBER = periods.month(date(2026, 11, 24))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = sample_office(tmp_path_factory.mktemp("office"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def report(office: Store) -> Report:
    return statistics.report(office, NOVEMBER, sample.SCOPE)


def test_the_figures_of_the_month(report: Report) -> None:
    golden = {"businesses": 84, "businesses_new": 2, "with_nib": 52, "sessions": 14, "persons": 11, "cases_issued": 5,
              "cases_running": 7, "cases_before": 7, "cases_opened": 6, "cases_cancelled": 1, "cases_late": 1}  # fmt: skip
    assert {key: report.now.values[key] for key in golden} == golden
    assert report.now.percent("with_nib", "businesses") == 62
    assert (report.change("businesses"), report.change("sessions"), report.change("cases_issued")) == (2, -3, -1)
    assert report.before is not None
    assert report.before.values["businesses"] == 82


def test_the_table_by_rw(report: Report) -> None:
    lines = [(a.words.id, *(a.values[key] for key in statistics.AREA_FIGURES)) for a in report.areas]
    assert lines == [
        ("RW 01", 19, 12, 4, 2, 1),
        ("RW 02", 23, 15, 4, 2, 1),
        ("RW 03", 17, 10, 2, 1, 2),
        ("RW 04", 14, 9, 3, 1, 1),
        ("RW 05", 11, 6, 1, 1, 0),
    ]
    assert [statistics.share(a.values["with_nib"], a.values["businesses"]) for a in report.areas] == [
        63, 65, 59, 64, 55,
    ]  # fmt: skip


def test_the_course_of_six_months(report: Report) -> None:
    chart = figure_charts.course(report)
    assert [words.id for words in chart.labels] == ["Jun", "Jul", "Agu", "Sep", "Okt", "Nov"]
    assert [s.values for s in chart.series] == [(9, 12, 18, 11, 17, 14), (1, 2, 4, 2, 6, 5)]
    assert chart.strong == 5


def test_topics_scales_and_stages(report: Report) -> None:
    groups = report.now.groups
    assert groups["topics"] == {"nib": 6, "packaging": 4, "pirt": 3, "halal": 3, "brand": 2, "financing": 2,
                                "cooperative": 1, "marketing": 1}  # fmt: skip
    assert list(groups["topics"].values()) == sorted(groups["topics"].values(), reverse=True)
    assert groups["scale"] == {"micro": 81, "small": 3}
    assert sum(groups["stage"].values()) == 84
    assert groups["issued"] == {"nib": 3, "pirt": 1, "halal": 1}
    assert groups["running"] == {"documents": 3, "ready": 2, "submitted": 1, "in_process": 1}
    chart = figure_charts.topics(report)
    assert (chart.labels[0].id, chart.series[0].values[0]) == ("NIB", 6)


def test_cases_by_service_add_up(report: Report) -> None:
    kept = ("cases_before", "cases_opened", "cases_issued", "cases_cancelled", "cases_running")
    lines = {code: tuple(line[key] for key in kept) for code, line in report.cases.items()}
    assert lines == {"nib": (3, 2, 3, 0, 2), "pirt": (1, 1, 1, 0, 1), "halal": (1, 1, 1, 0, 1),
                     "brand": (1, 1, 0, 0, 2), "packaging": (1, 0, 0, 1, 0), "kur": (0, 1, 0, 0, 1)}  # fmt: skip


@pytest.mark.parametrize("within", [sample.SCOPE, sample.SCOPE[:6], sample.SCOPE[:4]])
@pytest.mark.parametrize("period", [NOVEMBER, periods.month(date(2026, 8, 1)), periods.year(date(2026, 1, 1))])
def test_parts_sum_up_to_the_whole_wherever_it_is_counted(office: Store, period: periods.Period, within: str) -> None:
    report = statistics.report(office, period, within)
    values = report.now.values
    ended = values["cases_issued"] + values["cases_refused"] + values["cases_cancelled"]
    assert values["cases_running"] == values["cases_before"] + values["cases_opened"] - ended
    for key in statistics.AREA_FIGURES:
        assert sum(a.values[key] for a in report.areas) == values[key]
    for breakdown in BREAKDOWNS.values():
        if breakdown.key != "topics":
            assert sum(report.now.groups[breakdown.key].values()) == values[breakdown.figure]
    assert report.before is not None
    new, gone = values["businesses_new"], values["businesses_gone"]
    assert report.before.values["businesses"] + new - gone == values["businesses"]
    assert report.now.values.keys() == FIGURES.keys() | DERIVED.keys()


def test_the_areas_of_a_kecamatan_and_a_regency_are_named(office: Store) -> None:
    assert [a.words.id for a in statistics.areas(office, NOVEMBER, "351314")][:5] == [
        "Semampir", "Sidomukti", "Kraksaan Wetan", "Kandangjati Kulon", "Patokan",
    ]  # fmt: skip
    assert [a.words.id for a in statistics.areas(office, NOVEMBER, "3513")] == ["Kraksaan"]
    assert statistics.place_words("3513141017").id == "Kel. Patokan"
    assert statistics.count(office, NOVEMBER, "3513150001").values["businesses"] == 0


def saved(store: Store, entity: str, **values: Any) -> str:
    return store.save(entity, values).first_id(entity)


@pytest.fixture
def shop(store: Store) -> tuple[str, str]:
    """An owner and a business, registered now."""
    owner_id = saved(store, "owner", **owner(1, sex="P"))
    return owner_id, saved(store, "business", **business(owner_id, rw=3, existence="active"))


def counted(store: Store, period: periods.Period = NOVEMBER) -> dict[str, int]:
    return dict(statistics.count(store, period, VILLAGE).values)


def test_a_business_counts_from_its_registration_until_it_is_gone(store: Store, shop: tuple[str, str]) -> None:
    october, december = periods.month(date(2026, 10, 1)), periods.month(date(2026, 12, 1))
    assert counted(store)["businesses"] == counted(store)["businesses_new"] == 1
    assert counted(store, october)["businesses"] == 0
    store.save("business", {"id": shop[1], "existence": "closed", "existence_on": "2026-11-24"})
    values = counted(store)
    assert (values["businesses"], values["businesses_new"], values["businesses_gone"]) == (0, 1, 1)
    values = counted(store, december)
    assert (values["businesses"], values["businesses_gone"]) == (0, 0)


def test_what_is_deleted_counts_nowhere(store: Store, shop: tuple[str, str]) -> None:
    saved(store, "permit", business_id=shop[1], subject="business", type="nib", state="active")
    assert (counted(store)["with_nib"], counted(store)["permits"]) == (1, 1)
    store.delete("business", shop[1])
    assert {key for key, n in counted(store).items() if n} == set()


def test_permits_hold_from_their_issue_to_their_end(store: Store, shop: tuple[str, str]) -> None:
    permit = {"business_id": shop[1], "subject": "business", "type": "pirt", "state": "issued"}
    saved(store, "permit", **permit, issued="2026-11-02", expires="2027-04-01")
    assert (counted(store)["permits"], counted(store)["pirt_ending"]) == (1, 1)
    assert counted(store, periods.month(date(2026, 10, 1)))["permits"] == 0
    saved(store, "permit", **permit, issued="2021-11-02", expires="2026-11-20")
    assert counted(store)["permits"] == 1


def test_the_first_and_the_last_day_belong_to_the_month(store: Store, shop: tuple[str, str]) -> None:
    case = {"owner_id": shop[0], "service": "nib", "opened_on": "2026-10-31"}
    saved(store, "facilitation", **case, state="closed", outcome="issued", closed_on="2026-11-01")
    saved(store, "facilitation", **case, state="closed", outcome="refused", reason="-", closed_on="2026-11-30")
    saved(store, "facilitation", **case | {"opened_on": "2026-11-30"}, state="documents")
    october, november, december = (counted(store, periods.month(date(2026, m, 1))) for m in (10, 11, 12))
    assert (october["cases_opened"], october["cases_running"]) == (2, 2)
    assert (november["cases_before"], november["cases_opened"], november["cases_running"]) == (2, 1, 1)
    assert (november["cases_issued"], november["cases_refused"]) == (1, 1)
    assert (december["cases_before"], december["cases_issued"], december["cases_refused"]) == (1, 0, 0)


def test_money_is_summed_up_when_it_was_paid_out(store: Store, shop: tuple[str, str]) -> None:
    for day, sum_ in (("2026-11-03", 10_000_000), ("2026-10-30", 5_000_000)):
        saved(store, "financing", owner_id=shop[0], business_id=shop[1], scheme="kur_super", state="disbursed",
              disbursed=sum_, disbursed_on=day)  # fmt: skip
    values = counted(store)
    assert (values["financed"], values["financed_sum"], values["financed_ever"]) == (1, 10_000_000, 2)


def test_an_event_counts_what_was_done_at_it_whoever_came(store: Store, shop: tuple[str, str]) -> None:
    event = saved(store, "event", name="Klinik", kind="clinic", held_on="2026-11-24", state="running", scope="351314")
    for at_event in (event, None):
        saved(store, "consultation", owner_id=shop[0], held_on="2026-11-24", topics="nib,halal", event_id=at_event)
    (period,) = statistics.events(store)
    report = statistics.report(store, period, VILLAGE)
    assert (report.now.values["sessions"], report.now.values["persons"]) == (1, 1)
    assert report.now.groups["topics"] == {"nib": 1, "halal": 1}
    assert report.before is None
    assert report.change("sessions") is None
    assert "businesses" not in report.now.values
    assert counted(store)["sessions"] == 2


def test_where_the_rw_is_not_known_or_lies_elsewhere(store: Store, shop: tuple[str, str]) -> None:
    other = saved(store, "owner", **owner(2))
    saved(store, "business", **business(other, 2, rw=3, village="3513150001", scope=VILLAGE))
    lines = statistics.areas(store, NOVEMBER, VILLAGE)
    assert [(a.words, a.values["businesses"]) for a in lines] == [
        (Words("RW 03", "RW 03"), 1),
        (Words("Luar wilayah atau belum diisi", "Elsewhere or not filled in"), 1),
    ]


def test_a_report_says_until_when_and_how_much_is_not_sent(report: Report, office: Store) -> None:
    assert report.counted_at == office.clock.now()
    assert report.unsent == 14
    assert report.place.id == "Kel. Patokan"


def test_every_figure_says_what_it_is_in_both_languages() -> None:
    for title, definition in [*((f.title, f.definition) for f in FIGURES.values()), *DERIVED.values()]:
        assert title.id
        assert title.en
        assert definition.id.endswith(".")
        assert definition.en.endswith(".")
