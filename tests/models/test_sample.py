"""Kantor contoh agrees with the golden figures of its pictures; invented businesses come out the same each time."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models import outbox, sample, summaries
from models.entities import ENTITIES, SYNCED
from models.kinds import KINDS
from models.lists import ListQuery, page, row_ids
from models.numbering import next_number
from models.scales import scale_of
from models.store import Store
from tests.fakes import FrozenClock

KEY = bytes(range(32))


def opened(path: Path, **options: object) -> Store:
    settings = {"clock": FrozenClock(), "user": "Sri Wahyuni", "home_scope": sample.SCOPE} | options
    return Store.open(path, KEY, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("office") / "data.db"
    shutil.copy(empty_store, path)
    store = opened(path)
    sample.build(store, sample.MOMENT)
    yield store
    store.close()


def owner_of(store: Store, business: str) -> dict[str, object]:
    (found,) = store.find("business", name=business)
    return store.get("owner", found["owner_id"]) or {}


def test_the_figures_of_the_home_page(office: Store) -> None:
    assert summaries.figures(office) == summaries.Figures(84, 2, 52, 14, 11)
    assert summaries.to_check(office) == {"not_informed": 3, "nik_check": 4}


def test_businesses_and_nib_by_rw(office: Store) -> None:
    found = office.query("SELECT rw, count(*), count(nib) FROM business GROUP BY rw ORDER BY rw")
    assert found == [(1, 19, 12), (2, 23, 15), (3, 17, 10), (4, 14, 9), (5, 11, 6)]


def test_sessions_by_month_rw_and_topic(office: Store) -> None:
    months = "SELECT substr(held_on, 6, 2), count(*) FROM consultation WHERE held_on >= '2026-06' GROUP BY 1 ORDER BY 1"
    assert office.query(months) == [("06", 9), ("07", 12), ("08", 18), ("09", 11), ("10", 17), ("11", 14)]
    places = (
        "SELECT rw, count(*) FROM consultation c JOIN business b ON b.id = c.business_id"
        " WHERE held_on >= '2026-11' GROUP BY rw ORDER BY rw"
    )
    assert office.query(places) == [(1, 4), (2, 4), (3, 2), (4, 3), (5, 1)]
    november = [
        t
        for (topics,) in office.query("SELECT topics FROM consultation WHERE held_on >= '2026-11'")
        for t in topics.split(",")
    ]
    counted = {topic: november.count(topic) for topic in set(november)}
    assert counted == {
        "nib": 6,
        "packaging": 4,
        "pirt": 3,
        "halal": 3,
        "brand": 2,
        "financing": 2,
        "marketing": 1,
        "cooperative": 1,
    }


def test_follow_ups_by_working_list(office: Store) -> None:
    tasks = summaries.follow_ups(office)
    counts = {w.key: sum(w.holds(t) for t in tasks) for w in summaries.WORKING_LISTS}
    assert counts == {"late": 2, "soon": 6, "week": 11, "all": 16}
    until_tomorrow = {
        ("Siti Aminah", -4),
        ("Yuliana", -1),
        ("Sumiati", 0),
        ("Musyarofah", 0),
        ("Hartatik", 0),
        ("Endang Susilowati", 1),
    }
    assert {(t["owner"], t["days"]) for t in tasks[:6]} == until_tomorrow


@pytest.mark.parametrize(("key", "count"), [("active", 61), ("no_nib", 32), ("not_informed", 3), ("nik_check", 4)])
def test_the_chips_of_the_list(office: Store, key: str, count: int) -> None:
    assert len(row_ids(office, ListQuery(filters=(key,)))) == count
    assert len(row_ids(office, ListQuery())) == 84


def test_scales(office: Store) -> None:
    today = office.clock.today()
    scales = [scale_of(b["sales_year"], b["capital"], today) for b in office.find("business")]
    codes = [s.code for s in scales if s]
    assert {c: codes.count(c) for c in codes} == {"micro": 81, "small": 3}
    assert office.query("SELECT count(*) FROM business WHERE sales_year IS NULL") == [(9,)]


def test_the_recorders(office: Store) -> None:
    found = office.query("SELECT coalesce(import_id, created_by), count(*) FROM business GROUP BY 1 ORDER BY 1")
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
    assert outbox.waiting(office) == 10  # Suliha's three, two sessions, three follow-ups, a phone, the sales of a year
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
    assert outbox.waiting(store) == 10
    store.close()


def test_two_builds_are_the_same(tmp_path: Path, empty_store: Path, office: Store) -> None:
    shutil.copy(empty_store, tmp_path / "data.db")
    again = opened(tmp_path / "data.db")
    sample.build(again)
    for entity in SYNCED:
        assert again.find(entity) == office.find(entity)
    again.close()


def test_made_businesses_are_full_the_same_and_valid(tmp_path: Path, empty_store: Path) -> None:
    rows = []
    for name in ("one.db", "two.db"):
        shutil.copy(empty_store, tmp_path / name)
        store = opened(tmp_path / name)
        sample.make(store, 120, seed=7)
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
