"""Reference packs: whole lists only, and which version counts for the look-ups."""

from datetime import date
from pathlib import Path

import pytest

from models import kinds, packs, reference, scales, services
from models.errors import FileTrouble
from models.packs import FOLDER, Pack
from models.permits import TYPE
from models.workdays import day_off
from tests.fakes import MINUTE

GIVEN = Path(__file__).parents[3] / "shared" / "data"  # official lists; not part of the project
OFFICIAL = {
    "kbli_2025": (GIVEN / "kbli.csv", 1559),
    "kbli_2020": (GIVEN / "kbli_2020.csv", 1790),
    "kbli_changes": (GIVEN / "kbli_2020_2025.csv", 1914),
    "regions": (GIVEN / "wilayah.csv", 91_599),
}
SHIPPED = ("services", "checklists", "scales", "holidays")
HOLIDAYS = "day,name_id,name_en\n" + "".join(f"2027-01-0{n},Libur {n},Holiday {n}\n" for n in range(1, 9))
TODAY = MINUTE.date()
NEW_SERVICE = "digital,Etalase daring,Online show window,Etalase,Window,marketing,Toko daring,Online shop,,marketing\n"
pytestmark = pytest.mark.usefixtures("shipped_lists")
needs_lists = pytest.mark.skipif(
    not all(path.exists() for path, _ in OFFICIAL.values()), reason="the official lists are not beside the project"
)


def read(name: str, data: bytes, version: str = "1", dated: str = "2026-11-20") -> Pack:
    return packs.read(name, data, version, "Keputusan Contoh 1/2026", dated)


def holidays(version: str, dated: str, name: str = "Libur") -> Pack:
    return read("holidays", HOLIDAYS.replace("Libur", name).encode(), version, dated)


def official(name: str) -> Pack:
    return read(name, OFFICIAL[name][0].read_bytes())


def kbli(categories: str = "ABCDEFGHIJKLMNOPQRSTUV", count: int = 1_520) -> str:
    """An invented list in the form of KBLI 2025."""
    lines = [f"{10_000 + n},KEGIATAN CONTOH {n},{categories[n * len(categories) // count]}" for n in range(count)]
    return "\n".join(["code,title,category", *lines, ""])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_lists_are_packs_of_their_sort(name: str) -> None:
    data = (FOLDER / f"{name}.csv").read_bytes()
    pack = read(name, data)
    lines = [line for line in data.decode().splitlines() if line and not line.startswith("#")]
    assert len(pack.rows()) == len(lines) - 1
    others = [other for other in packs.SORTS if other != name and reads(other, data)]
    assert others == []


def reads(name: str, data: bytes) -> bool:
    try:
        read(name, data)
    except FileTrouble:
        return False
    return True


@needs_lists
@pytest.mark.parametrize("name", OFFICIAL)
def test_official_lists_are_read_whole_and_only_as_what_they_are(name: str) -> None:
    path, count = OFFICIAL[name]
    data = path.read_bytes()
    assert len(read(name, data).rows()) == count
    assert [other for other in OFFICIAL if other != name and reads(other, data)] == []
    assert not reads(name, data[: len(data) // 2])
    assert not reads(name, data[:-8])  # within the last line


def test_excels_semicolons_and_mark_make_the_same_pack() -> None:
    excel = "\ufeff" + HOLIDAYS.replace(",", ";").replace("\n", "\r\n")
    assert read("holidays", excel.encode()) == read("holidays", HOLIDAYS.encode())


@pytest.mark.parametrize(("data", "said"), [
    (b"", "CSV"),
    (b"\xff\xfe\x00", "CSV"),
    (kbli().encode(), "Ini bukan daftar Hari libur. Kolom yang diperlukan: day, name_id, name_en."),
    (HOLIDAYS[:-40].encode(), "terpotong: berhenti di baris 8"),
    (HOLIDAYS[:60].encode(), "terpotong"),
    (HOLIDAYS.replace("Libur 4", '"Libur 4').encode(), "terpotong"),
    (HOLIDAYS.replace(",Holiday 3", "").encode(), "berhenti di baris 4"),
    (HOLIDAYS.replace("2027-01-05", "5 Januari").encode(), "baris 6: day “5 Januari” tidak sesuai"),
    (HOLIDAYS.replace("2027-01-05", "2027-01-04").encode(), "baris 6: “2027-01-04” sudah ada di atas"),
])  # fmt: skip
def test_a_list_that_is_cut_or_of_another_sort_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(FileTrouble) as refused:
        read("holidays", data)
    assert said in refused.value.words.id
    assert refused.value.words.en
    assert "{" not in refused.value.words.id + refused.value.words.en


def test_a_classification_without_one_of_its_categories_is_refused() -> None:
    assert len(read("kbli_2025", kbli().encode()).rows()) == 1_520
    with pytest.raises(FileTrouble) as refused:
        read("kbli_2025", kbli("ABCDEFGHIJKLMNOPQRSTU").encode())
    assert "category V" in refused.value.words.id


@pytest.mark.parametrize("missing", range(3))
def test_a_pack_says_where_it_is_from(missing: int) -> None:
    signed = ["2", "Keputusan Contoh", "2026-11-20"]
    signed[missing] = "  "
    with pytest.raises(FileTrouble):
        packs.read("holidays", HOLIDAYS.encode(), *signed)


def shipped(name: str) -> str:
    return (FOLDER / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "before", "after", "said"), [
    ("holidays", "2026-05-01", "2026-02-30", "day “2026-02-30”"),
    ("scales", "15000000000", "1000000000", "harus naik"),
    ("scales", "Besar,Large,,", "Besar,Large,,90000000000", "skala terakhir tanpa batas"),
    ("checklists", ",asked,", ",full_moon,", "condition “full_moon”"),
    ("services", ",pirt,pirt\n", ",licence,pirt\n", "permit “licence”"),
    ("services", ",pirt,pirt\n", ",pirt,moon\n", "topic “moon”"),
])  # fmt: skip
def test_what_the_program_could_not_use_is_refused(name: str, before: str, after: str, said: str) -> None:
    assert before in shipped(name)
    with pytest.raises(FileTrouble) as refused:
        read(name, shipped(name).replace(before, after).encode())
    assert said in refused.value.words.id


@pytest.mark.parametrize(("sort", "column", "known"), [
    ("checklists", "condition", {*services.CONDITIONS}),
    ("services", "permit", {"", *(o.code for o in TYPE.options)}),
    ("services", "topic", {o.code for o in kinds.KINDS["topics"].options}),
])  # fmt: skip
def test_a_list_may_name_all_that_the_program_knows(sort: str, column: str, known: set[str]) -> None:
    assert set(packs.SORTS[sort].patterns[column].split("|")) == known


def use(*found: Pack, today: date = TODAY) -> None:
    packs.use(found, today)


def test_the_newest_valid_version_counts_then_the_shipped_list() -> None:
    assert packs.current("holidays") is None
    assert len(packs.rows("holidays")) == len(packs.shipped("holidays"))
    old, new, later = (
        holidays("a", "2026-10-01"),
        holidays("b", "2026-11-24", "Cuti"),
        holidays("c", "2026-11-25", "Nanti"),
    )
    new_year = date(2027, 1, 3)
    use(later, old, new)
    assert packs.current("holidays") == new
    assert day_off(new_year).id == "Cuti 3"  # type: ignore[union-attr]
    use(later, old, new, today=date(2026, 11, 25))
    assert day_off(new_year).id == "Nanti 3"  # type: ignore[union-attr]
    use()
    assert day_off(new_year).id == "Minggu"  # type: ignore[union-attr]


def test_a_new_service_is_offered_and_an_old_one_stays_known_to_its_records() -> None:
    first = read("services", (shipped("services") + NEW_SERVICE).encode(), "1", "2026-11-01")
    assert "digital" not in services.SERVICES
    use(first)
    assert services.SERVICES["digital"].short.en == "Window"
    assert [o.code for o in services.SERVICE.options][-1] == "digital"
    assert services.SERVICE.parse("Window") == "digital"
    use(first, read("services", shipped("services").encode(), "2", "2026-11-20"))  # the next list leaves it out
    assert "digital" not in [o.code for o in services.SERVICE.options]
    assert services.SERVICE.show("digital") == "Etalase daring"
    assert services.SERVICE.parse(services.SERVICE.show("digital")) == "digital"
    assert services.permit_of("digital") == services.permit_of("of a list still to come") == ""
    use()
    assert services.SERVICE.parse("Window") is None
    assert [p.code for p in services.SERVICE.check("Window")] == ["choice"]


def test_a_newer_checklist_is_asked_and_old_documents_keep_their_words() -> None:
    circumstances = services.Circumstances()
    before = [asked.item.key for asked in services.checklist("nib", circumstances)]
    lines = [line for line in shipped("checklists").splitlines() if not line.startswith("nib,2,")]
    lines.append("nib,90,Denah lokasi,Site plan,must,,,,0,Keputusan Contoh")
    use(read("checklists", ("\n".join(lines) + "\n").encode()))
    asked = [asked.item.key for asked in services.checklist("nib", circumstances)]
    assert asked == [key for key in before if key != "nib.2"] + ["nib.90"]
    assert services.items()["nib.2"].words.en == "Active e-mail address"


def test_limits_are_those_of_the_day() -> None:
    raised = "".join(line.replace("2021-02-02", "2027-01-01").replace("2000000000,", "3000000000,") + "\n"
                     for line in shipped("scales").replace("1000000000,2000000000", "1000000000,3000000000").splitlines()
                     if line.startswith("2021"))  # fmt: skip
    use(read("scales", (shipped("scales") + raised).encode()))
    scale = {day: scales.scale_of(2_500_000_000, None, day) for day in (date(2026, 12, 31), date(2027, 1, 1))}
    assert [s.code for s in scale.values() if s] == ["small", "micro"]


def test_a_retired_region_leads_to_its_successor() -> None:
    here, there, further = (r.code for r in reference.children("351314")[:3])
    assert reference.region_now(here) == here
    name = reference.path(here)
    retired = {here: there, there: further, "35": "3574", "3574": "35"}
    lines = [
        "code,name,successor",
        *(f"{line},{retired.get(line.partition(',')[0], '')}" for line in shipped("regions").splitlines()),
    ]
    use(read("regions", ("\n".join(lines) + "\n").encode()))
    assert reference.region_now(here) == reference.region_now(there) == further
    assert reference.region_now("35") in ("35", "3574")  # two that name each other: it ends
    assert reference.path(here) == name  # a record that bears the code stays readable
    assert reference.children("351314")[0].code == further
    [problem] = kinds.VILLAGE.check(here, TODAY)
    assert (problem.severity, problem.code, problem.suggestion) == ("warning", "retired", reference.path(further))
    assert kinds.VILLAGE.check(further, TODAY) == []
    assert kinds.VILLAGE.parse(here, TODAY) == here
