"""Kantor contoh agrees with the golden figures of its pictures; its neighbours and invented businesses fit in."""

import shutil
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from models import (
    aid,
    classes,
    contracts,
    curation,
    duplicates,
    event_figures,
    outbox,
    partnership_overview,
    periods,
    quality_lists,
    sample,
    sample_people,
    statistics,
    summaries,
    working_lists,
)
from models.cooperatives import purchase, quality
from models.entities import ENTITIES, SYNCED
from models.facilitation_lists import board
from models.kinds import KINDS
from models.lists import ListQuery, page, row_ids
from models.numbering import next_number
from models.sample_neighbours import VILLAGES, neighbours
from models.sample_office import Office
from models.schema import Row
from models.store import Store
from tests.fakes import FrozenClock
from tests.offices import sample_office

KEY = bytes(range(32))
MILLION = 1_000_000
NOVEMBER = periods.month(date(2026, 11, 24))
DISTRICT = sample.SCOPE[:6]


def opened(path: Path, **options: object) -> Store:
    settings = {"clock": FrozenClock(), "user": "Sri Wahyuni", "home_scope": sample.SCOPE} | options
    return Store.open(path, KEY, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = sample_office(tmp_path_factory.mktemp("office"))
    yield store
    store.close()


def figures(office: Store, *keys: str, within: str = sample.SCOPE) -> list[int]:
    counted = statistics.count(office, NOVEMBER, within).values
    return [counted[key] for key in keys]


def one(office: Store, entity: str, **equal: object) -> Row:
    (found,) = office.find(entity, **equal)
    return found


def repairs(office: Store) -> tuple[list[int], int]:
    """How many of each, and in how many businesses."""
    found = quality_lists.repairs(quality_lists.records(office))
    return [len(r.records) for r in found], len({record.business_id for r in found for record in r.records})


def follow_ups(office: Store) -> dict[str, int]:
    tasks = summaries.follow_ups(office)
    return {w.key: sum(w.holds(t) for t in tasks) for w in summaries.WORKING_LISTS}


def money_of_the_groups(office: Store) -> list[tuple[int, int, int, int]]:
    groups = partnership_overview.overview(office).groups
    return sorted((g.members, g.from_here, g.ledger.total, g.ledger.arrears) for g in groups)


def joint_purchase(office: Store) -> tuple[int, ...]:
    found = purchase(office, one(office, "purchase", arrives_on="2026-11-26")["id"])
    return len(found.shares), found.purchase["total"], found.saved, found.payers, found.paid_quantity, found.paid


def shelf(office: Store) -> tuple[int, ...]:
    found = partnership_overview.overview(office)
    s = found.shelf
    return found.consignments, s.given, s.sold, s.returned, s.on_shelf, s.share, s.handed_over, s.rest


def contract_sums(office: Store) -> tuple[int, ...]:
    c = contracts.figures(contracts.contracts(office))
    return c.running, c.ended, c.value // MILLION, c.fulfilled // MILLION, c.done, c.deliveries, c.to_ask


def attendance(office: Store, name: str) -> tuple[int, ...]:
    f = event_figures.attendance_figures(office, one(office, "event", name=name)["id"])
    return f.names, f.invited, f.walk_ins, f.present, f.typed, f.paper


def clinic(office: Store) -> list[tuple[int, ...]]:
    found = event_figures.event_figures(office, one(office, "event", name="Bupati Ngantor di Kecamatan")["id"])
    desks = [(d.given, d.served, d.at_desk, d.waiting, d.no_show) for d in found.desks]
    return [*desks, (found.given, found.served, found.at_desk, found.waiting, found.service_minutes or 0)]


def tools_program(office: Store) -> tuple[Any, ...]:
    found = aid.figures(office, one(office, "program", name="Bantuan alat produksi 2026")["id"])
    return found.target, found.proposed, found.handed_over, found.spent


def november_by_service(office: Store) -> dict[str, tuple[int, ...]]:
    keys = ("cases_before", "cases_opened", "cases_issued", "cases_cancelled", "cases_running")
    return {s: tuple(n[k] for k in keys) for s, n in statistics.cases(office, NOVEMBER, sample.SCOPE).items()}


def course(office: Store, key: str) -> list[int]:
    return [m.values[key] for m in statistics.months(office, NOVEMBER, sample.SCOPE)][-6:]


GOLDEN: dict[str, tuple[Callable[[Store], object], object]] = {
    "home page": (summaries.figures, summaries.Figures(84, 2, 52, 14, 11)),
    "to check": (summaries.to_check, {"not_informed": 3, "nik_check": 4}),
    "waiting": (outbox.waiting, 14),
    "conflicts": (lambda o: len(o.find("conflict", state="open")), 2),
    "follow-ups": (follow_ups, {"late": 2, "soon": 6, "week": 11, "all": 16}),
    "active this year": (lambda o: len(row_ids(o, ListQuery(filters=("active",)))), 61),
    "listed": (lambda o: len(row_ids(o, ListQuery())), 84),
    "a neighbour's": (lambda o: len(row_ids(o, ListQuery(filters=("elsewhere",)))), 316),
    "naik kelas": (classes.overview, classes.Overview(
        {"micro": 81, "small": 3}, {"informal": 32, "ordered": 37, "bankable": 12, "growing": 3}, {2026: 4, 2025: 3})),
    "report": (lambda o: figures(o, "businesses", "with_nib", "sessions", "persons", "cases_issued", "cases_running",
                                 "cases_cancelled", "moved_up", "moved_up_before"), [84, 52, 14, 11, 5, 7, 1, 4, 3]),
    "before": (lambda o: statistics.count(o, periods.month(date(2026, 10, 1)), sample.SCOPE).values["businesses"], 82),
    "by RW": (lambda o: [list(a.values.values()) for a in statistics.areas(o, NOVEMBER, sample.SCOPE)],
              [[19, 12, 4, 2, 1], [23, 15, 4, 2, 1], [17, 10, 2, 1, 2], [14, 9, 3, 1, 1], [11, 6, 1, 1, 0]]),
    "sessions by month": (lambda o: course(o, "sessions"), [9, 12, 18, 11, 17, 14]),
    "issued by month": (lambda o: course(o, "cases_issued"), [1, 2, 4, 2, 6, 5]),
    "topics": (lambda o: statistics.divided(o, NOVEMBER, sample.SCOPE, "topics"), {
        "nib": 6, "packaging": 4, "pirt": 3, "halal": 3, "brand": 2, "financing": 2, "marketing": 1, "cooperative": 1}),
    "November by service": (november_by_service, {
        "nib": (3, 2, 3, 0, 2), "pirt": (1, 1, 1, 0, 1), "halal": (1, 1, 1, 0, 1), "brand": (1, 1, 0, 0, 2),
        "packaging": (1, 0, 0, 1, 0), "kur": (0, 1, 0, 0, 1)}),
    "board": (lambda o: {key: len(cards) for key, cards in board(o).items()},
              {"documents": 3, "ready": 2, "running": 2, "closed": 6}),
    "repairs": (repairs, ([4, 2, 2, 3, 9, 6, 11, 4], 29)),
    "completeness": (lambda o: quality_lists.score(quality_lists.records(o)).complete_percent, 84),
    "groups": (money_of_the_groups, [(9, 1, 1_350_000, 0), (12, 12, 3_600_000, 0), (18, 5, 8_175_000, 175_000)]),
    "joint purchase": (joint_purchase, (6, 13_800_000, 2_040_000, 4, 9, 10_350_000)),
    "quality check": (lambda o: quality(o, one(o, "quality_check", checked_on="2026-11-20")["id"]).rejected, 3),
    "contracts": (contract_sums, (4, 3, 192, 87, 14, 38, 1)),
    "financing": (lambda o: partnership_overview.overview(o).financing.families,
                  {"kur": (5, 95 * MILLION), "pnm": (3, 12 * MILLION), "revolving": (1, 5 * MILLION)}),
    "Rumah UMKM": (shelf, (7, 246, 177, 22, 47, 4_021_200, 3_145_500, 875_700)),
    "partnerships need": (lambda o: [line.sort for line in partnership_overview.overview(o).attention],
                          ["contract", "contract", "arrears", "payout"]),
    "partnerships expect": (lambda o: [str(line.day) for line in partnership_overview.overview(o).coming],
                            ["2026-11-26", "2026-11-30", "2026-12-02"]),
    "flagships": (lambda o: [(c.score, len(c.makers), c.workers) for c in curation.candidates(o, sample.SCOPE, 2026)],
                  [(88, 5, 23), (70, 3, 9), (60, 4, 11), (55, 2, 5)]),
    "aid for tools": (tools_program, (3, 2, 1, 2_400_000)),
    "seminar": (lambda o: attendance(o, "Sosialisasi Halal dan P-IRT"), (40, 38, 2, 35, 27, 8)),
    "workshop": (lambda o: attendance(o, "Workshop Peningkatan Kualitas Produk dan Kemasan"), (120, 120, 0, 0, 0, 0)),
    "clinic": (clinic, [(16, 9, 1, 6, 0), (18, 8, 1, 7, 2), (13, 7, 1, 5, 0), (47, 24, 3, 18, 9)]),
    "two years": (lambda o: [o.count(e) for e in ("business", "consultation", "facilitation", "event")], [400, 1500, 200, 12]),
}  # fmt: skip
# What the pictures of the central server show of the four other kelurahan: businesses, with NIB, sessions, running, issued.
KELURAHAN = {
    "3513141003": [61, 33, 9, 4, 3], "3513141007": [47, 29, 8, 3, 2], "3513141005": [31, 12, 4, 2, 0], "3513141008": [25, 14, 2, 1, 1],
}  # fmt: skip
NEVER = {
    "closed_report",
    "number_block",
    "renewal",
    "distinct_pair",
    "owner_merge",
    "attachment",
    "reference_pack",
}  # made by use alone


@pytest.mark.parametrize("figure", GOLDEN)
def test_a_golden_figure(office: Store, figure: str) -> None:
    asked, golden = GOLDEN[figure]
    assert asked(office) == golden


@pytest.mark.parametrize("village", KELURAHAN)
def test_the_kelurahan_of_the_central_server(office: Store, village: str) -> None:
    wanted = ("businesses", "with_nib", "sessions", "cases_running", "cases_issued")
    assert figures(office, *wanted, within=village) == KELURAHAN[village]


def test_five_kelurahan_add_up_to_what_the_central_server_knows(office: Store) -> None:
    villages = [sample.SCOPE, *KELURAHAN]
    counted = [statistics.count(office, NOVEMBER, village) for village in villages]
    stages = sum((Counter(c.groups["stage"]) for c in counted), Counter())
    scales = sum((Counter(c.groups["scale"]) for c in counted), Counter())
    stages["informal"] -= 1  # Suliha is new this morning and not sent yet
    assert stages == {"informal": 107, "ordered": 102, "bankable": 31, "growing": 7}
    assert (scales["micro"] - 1, scales["small"], sum(c.values["moved_up"] for c in counted)) == (238, 9, 11)


def test_every_sort_of_record_that_a_screen_or_paper_shows_is_there(office: Store) -> None:
    assert {entity for entity in SYNCED if not office.count(entity)} == NEVER


def test_the_neighbours_may_only_be_read(office: Store) -> None:
    read = {scope.scope for scope in outbox.scopes(office).values() if scope.access == "read"}
    assert read == {village.code for village in VILLAGES}
    assert office.query("SELECT DISTINCT scope FROM business ORDER BY 1") == [
        (s,) for s in sorted({*read, sample.SCOPE})
    ]
    assert not any(scope in read for (scope,) in office.query(
        "SELECT DISTINCT b.scope FROM sync_pending p JOIN business b ON b.id = p.row_id"))  # fmt: skip


def test_only_one_pair_looks_like_one_person(office: Store) -> None:
    duplicates.sweep(office)
    assert duplicates.count(office) == 1


def test_something_stands_on_every_working_list(office: Store) -> None:
    counts = working_lists.counts(office)
    assert counts.keys() == working_lists.LISTS.keys()


def owner_of(store: Store, business: str) -> dict[str, object]:
    return store.get("owner", one(store, "business", name=business)["owner_id"]) or {}


def test_the_most_pressing_follow_ups(office: Store) -> None:
    assert {(t["owner"], t["days"]) for t in summaries.follow_ups(office)[:6]} == {
        ("Siti Aminah", -4),
        ("Yuliana", -1),
        ("Sumiati", 0),
        ("Musyarofah", 0),
        ("Hartatik", 0),
        ("Endang Susilowati", 1),
    }


def test_the_recorders(office: Store) -> None:
    found = office.query(
        "SELECT coalesce(import_id, created_by), count(*) FROM business WHERE scope = ? GROUP BY 1 ORDER BY 1",
        (sample.SCOPE,),
    )
    assert found == [("Dewi Anggraini", 13), ("Sri Wahyuni", 62), ("daftar-umkm-2025", 9)]


@pytest.mark.parametrize(
    ("business", "owner", "rt", "rw", "phone", "nib"),
    [
        ("Batik Rengganis Ayu", "Siti Aminah", 3, 2, "0142", True),
        ("Keripik Talas Bu Sum", "Sumiati", 1, 1, "0377", True),
        ("Rengginang Patokan", "Hartatik", 2, 3, "0684", False),
        ("Jamu Sinom Mak Nyus", "Musyarofah", 1, 4, "0451", True),
        ("Sirup Anggur Bayuangga", "Endang Susilowati", 4, 1, "0315", False),
        ("Konveksi Hijab Al-Barokah", "Nur Hasanah", 2, 5, "0519", True),
        ("Stik Mangga Renyah", "Yuliana", 5, 2, "0266", True),
        ("Sambal Pecel Bu Tutik", "Tutik Indrawati", 1, 3, "", True),
        ("Kue Lumpur Bu Rofi", "Rofiatul Jannah", 3, 3, "", True),
        ("Kerupuk Ikan Suliha", "Suliha", 2, 1, "", False),
        ("Batik Cap Anggur Muda", "Nurul Hidayati", 5, 4, "0288", True),
    ],
)
def test_the_people_of_the_pictures(
    office: Store, business: str, owner: str, rt: int, rw: int, phone: str, nib: bool
) -> None:
    (row,) = office.find("business", name=business)
    known = owner_of(office, business)
    assert (known["name"], row["rt"], row["rw"], bool(row["nib"])) == (owner, rt, rw, nib)
    assert known["phone"] == (f"+628120000{phone}" if phone else None)


def test_siti_aminah_is_exactly_as_drawn(office: Store) -> None:
    owner = owner_of(office, "Batik Rengganis Ayu")
    (business,) = office.find("business", owner_id=owner["id"])
    assert (owner["nik"], owner["birth_date"], owner["created_at"]) == (
        "3513144705829917",
        "1982-05-07",
        "2026-07-21T03:20:00.000Z",
    )
    assert (business["kbli"], business["nib"], business["nib_date"]) == ("2025:13133", "0000000000142", "2026-10-14")
    assert (business["sales_year"], business["numbers_year"], business["workers_men"], business["workers_women"]) == (
        186_000_000,
        2025,
        1,
        3,
    )
    held = sorted(s["held_on"] for s in office.find("consultation", owner_id=owner["id"]))
    assert (len(held), held[-1]) == (6, "2026-11-20")


def test_what_happened_today_waits_and_two_conflicts_are_open(office: Store) -> None:
    waiting = dict(office.query("SELECT tbl, count(DISTINCT row_id) FROM sync_pending GROUP BY tbl"))
    assert waiting == {
        "owner": 2, "business": 1, "consent": 1, "consultation": 2, "follow_up": 3, "checklist_item": 2, "facilitation": 1,
        "product": 1, "assessment": 1,
    }  # fmt: skip
    conflicts = office.find("conflict", state="open")
    assert [(c["entity"], c["unit"]) for c in conflicts] == [("owner", "phone"), ("business", "main_product")]
    assert conflicts[0]["kept"] == '{"phone": "+6281200000142"}'
    assert conflicts[0]["lost"] == '{"phone": "+6281200000168"}'
    (phone,) = office.history("owner", str(owner_of(office, "Jamu Sinom Mak Nyus")["id"]))
    assert (phone.field, phone.new) == ("phone", "+6281200000451")


def test_only_what_is_meant_to_be_wrong_is_wrong(office: Store) -> None:
    today = office.clock.today()
    wrong = [
        (p.field, p.severity, p.code)
        for entity in ENTITIES.values()
        for row in office.find(entity.name)
        for p in entity.problems(row, today)
    ]
    assert sorted(w for w in wrong if w[0] == "nik") == [
        ("nik", "error", c) for c in ("date", "excel", "length", "letters")
    ]
    assert [w for w in wrong if w[0] != "nik"] == [("kbli", "warning", "old_version")] * 11


def test_nobody_in_it_can_exist(office: Store) -> None:
    niks = [n for (n,) in office.query("SELECT nik FROM owner WHERE nik IS NOT NULL")]
    assert all(n[12:14] == "99" for n in niks if not KINDS["nik"].check(n, office.clock.today()))
    phones = office.query("SELECT phone FROM owner WHERE phone IS NOT NULL")
    assert all(p.startswith("+628120000") and len(p) == 14 for (p,) in phones)
    assert all(n.startswith("000000000") for (n,) in office.query("SELECT nib FROM business WHERE nib IS NOT NULL"))


def test_nothing_happens_before_its_owner_is_known_or_after_now(office: Store) -> None:
    early = "SELECT count(*) FROM consultation c JOIN owner o ON o.id = c.owner_id WHERE c.started_at < o.created_at"
    assert office.query(early) == [(0,)]
    now = office.clock.stamp()
    assert [office.query(f"SELECT count(*) FROM {e} WHERE created_at > ?", (now,))[0][0] for e in SYNCED] == [0] * len(
        SYNCED
    )


def test_the_office_goes_on_working(office: Store) -> None:
    assert next_number(office, "session", sample.SCOPE) == f"KK/{sample.SCOPE}/2026/11/0015-PT"
    assert [r["business"] for r in summaries.recent(office, 4)] == list(sample.LAST_OPENED)
    assert office.get("staff", office.setting("staff_id"))["name"] == "Sri Wahyuni"  # type: ignore[index]


def test_on_another_day_all_its_days_move_along(tmp_path: Path, empty_store: Path) -> None:
    shutil.copy(empty_store, tmp_path / "data.db")
    clock = FrozenClock(sample.MOMENT + timedelta(days=7))
    store = opened(tmp_path / "data.db", clock=clock)
    sample.build(store, clock.now())
    tasks = summaries.follow_ups(store)
    assert (len(tasks), tasks[0]["due"], tasks[0]["days"]) == (16, "2026-11-27", -4)
    assert outbox.waiting(store) == 14
    assert attendance(store, "Sosialisasi Halal dan P-IRT")[0] == 40
    assert one(store, "event", name="Sosialisasi Halal dan P-IRT")["held_on"] == "2026-11-30"
    store.close()


def test_two_builds_are_the_same() -> None:
    first, second = (Office(sample.MOMENT) for _ in range(2))
    assert list(first.records()) == list(second.records())
    assert list(neighbours(first)) == list(neighbours(second))


def test_a_million_businesses_are_made_one_after_the_other() -> None:
    tracemalloc.start()
    many = list(islice(sample_people.pairs(1_000_000), 3))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [owner["name"] for owner, _ in many] == [owner["name"] for owner, _ in sample_people.pairs(3)]
    assert peak < MILLION


def test_made_businesses_are_full_the_same_and_valid(tmp_path: Path, empty_store: Path) -> None:
    rows = []
    for name in ("one.db", "two.db"):
        shutil.copy(empty_store, tmp_path / name)
        store = opened(tmp_path / name)
        sample_people.make(store, 120, seed=7)
        rows.append((store.find("owner"), store.find("business")))
        assert len(row_ids(store, ListQuery())) == 120
        assert page(store, row_ids(store, ListQuery("batik")))
        store.close()
    assert rows[0] == rows[1]
    owners, businesses = rows[0]
    filled = [sum(b[f.name] is not None for f in ENTITIES["business"].fields) for b in businesses]
    assert min(filled) >= 26
    today = sample.MOMENT.date()
    assert not [
        p
        for entity, made in (("owner", owners), ("business", businesses))
        for r in made
        for p in ENTITIES[entity].problems(r, today)
    ]
