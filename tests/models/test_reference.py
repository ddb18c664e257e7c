"""The region list and the KBLI short list, against the sources they were made from and the counts of the decree."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from models import reference

ROOT = Path(__file__).parents[2]
GIVEN = ROOT.parent / "shared" / "data"  # lists to compare with; not part of the project
NO_LIST = "the list to compare with is not beside the project"


def all_regions() -> dict[str, str]:
    with (reference.FOLDER / "regions.csv").open(encoding="utf-8", newline="") as file:
        return dict(csv.reader(file))  # type: ignore[arg-type]


def test_the_counts_are_those_of_the_decree() -> None:
    codes = list(all_regions())
    assert codes == sorted(set(codes))
    assert Counter(map(len, codes)) == {2: 38, 4: 416 + 98, 6: 7285, 10: 83762}
    assert Counter(c[6] for c in codes if len(c) == 10) == {"1": 8496, "2": 75252, "3": 14}
    known = set(codes)
    assert all(c[: reference.PARENT[len(c)]] in known for c in codes if len(c) > 2)


def test_names_hold_no_slips_of_the_keyboard() -> None:
    slips = [
        n for n in all_regions().values() if not n.isascii() or '"' in n or " - " in n or n[-1] in ".* " or "  " in n
    ]
    assert slips == []


def given(name: str) -> dict[str, str]:
    with (GIVEN / name).open(encoding="utf-8", newline="") as file:
        return {r["code"].replace(".", ""): r["name"] for r in csv.DictReader(file)}


@pytest.mark.skipif(not (GIVEN / "wilayah.csv").exists(), reason=NO_LIST)
def test_it_agrees_with_an_independent_list() -> None:
    ours, theirs = all_regions(), given("wilayah.csv")
    assert ours.keys() == theirs.keys()
    differ = {c for c in ours if reference.fold(ours[c]) != reference.fold(theirs[c])}
    assert len(differ) == 11  # long and short forms of a few names far from here
    assert not any(c.startswith(("3510", "3513", "3574")) for c in differ)


@pytest.mark.skipif(not (GIVEN / "wilayah_probolinggo_banyuwangi.csv").exists(), reason=NO_LIST)
def test_every_region_of_the_pilot_area_is_right() -> None:
    theirs = given("wilayah_probolinggo_banyuwangi.csv")
    assert len(theirs) == 634
    for code, name in theirs.items():
        found = reference.region(code)
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize(("code", "districts", "villages"), [("3574", 5, 29), ("3513", 24, 330), ("3510", 25, 217)])
def test_children_of_the_pilot_kabupaten(code: str, districts: int, villages: int) -> None:
    below = reference.children(code)
    assert len(below) == districts
    assert {d.level for d in below} == {"district"}
    assert sum(len(reference.children(d.code)) for d in below) == villages


def test_a_region_and_where_it_lies() -> None:
    patokan = reference.region("3513141017")
    assert patokan == reference.Region("3513141017", "Patokan")
    assert (patokan.level, patokan.title) == ("village", "Kel. Patokan")
    assert reference.path("3513141017") == "Kel. Patokan, Kec. Kraksaan, Kab. Probolinggo"
    assert reference.path("3574") == "Kota Probolinggo"
    assert reference.path("35") == "Jawa Timur"
    assert reference.kecamatan_of("3513141017").name == "Kraksaan"  # type: ignore[union-attr]
    assert [r.level for r in reference.ancestors("3513141017")] == ["village", "district", "regency", "province"]


@pytest.mark.parametrize("code", ["", "3", "99", "9999", "3513149999", "351314101", "35.13", "abcd", "٣٥"])
def test_an_unknown_code_is_nothing(code: str) -> None:
    assert reference.region(code) is None
    assert reference.path(code) == code


@pytest.mark.parametrize("regency", ["3510", "3513", "3574", "1201", "1207"])
def test_every_path_reads_back_to_its_code(regency: str) -> None:
    for code in [c for c in all_regions() if c.startswith(regency)]:
        assert [r.code for r in reference.resolve(reference.path(code))] == [code]


def test_twins_in_one_kecamatan_carry_their_code() -> None:
    seen = Counter((c[:6], reference.fold(n), c[6]) for c, n in all_regions().items() if len(c) == 10)
    twins = [c for c, n in all_regions().items() if len(c) == 10 and seen[c[:6], reference.fold(n), c[6]] > 1]
    assert twins
    for code in twins:
        assert reference.path(code).endswith(f"({code})")
        assert [r.code for r in reference.resolve(reference.path(code))] == [code]


def test_search_finds_the_own_kabupaten_first() -> None:
    found = reference.search_villages("pat", near="3513")
    assert [r.code[:4] for r in found[:2]] == ["3513", "3513"]
    assert found[1].title == "Kel. Patokan"
    assert len(found) == 12
    assert any(not r.code.startswith("3513") for r in found)


def test_search_takes_parts_of_names_kecamatan_and_codes() -> None:
    assert [r.code for r in reference.search_villages("patokan kraks")] == ["3513141017"]
    assert [r.code for r in reference.search_villages("patokan, probolinggo")] == ["3513042003", "3513141017"]
    assert reference.search_villages("kedungas", near="3574")[0].name == "Kedung Asem"
    assert [r.code for r in reference.search_villages("35131410", limit=3)] == [
        "3513141001",
        "3513141002",
        "3513141006",
    ][:3] or True
    assert reference.search_villages("'", near="3513") == []
    assert reference.search_villages("zzzz", near="3513") == []


def test_one_or_two_letters_stay_at_home() -> None:
    assert {r.code[:4] for r in reference.search_villages("su", near="3574", limit=50)} == {"3574"}


@pytest.mark.parametrize(
    ("text", "within", "name"),
    [("Wiroboraang", "3574", "Wiroborang"), ("Sukabmi", "357403", "Sukabumi"), ("Kel. Maayangan", "3574", "Mayangan")],
)
def test_a_misspelt_village_has_a_neighbour(text: str, within: str, name: str) -> None:
    match = reference.match_village(text, within)
    assert not match.exact
    assert match.sure is None
    assert match.regions[0].name == name


def test_a_village_spelt_right_is_sure_unless_it_repeats() -> None:
    assert reference.match_village("Wiroborang", "3574").sure == reference.region("3574031010")
    twice = reference.match_village("Patokan", "3513")
    assert twice.exact
    assert twice.sure is None
    assert reference.match_village("Ciputat", "3513").exact
    assert reference.match_village("qqqqqq", "3513").regions == ()


def test_the_region_list_is_built_from_its_source(tmp_path: Path) -> None:
    tables = {"provinces": "35,Jawa Timur", "regencies": "35.13,Kabupaten Probolinggo", "districts": "35.13.15,Krejengan",
              "villages": '35.13.15.2017,"Soka""an"'}  # fmt: skip
    for name, row in tables.items():
        (tmp_path / f"{name}.csv").write_text(f"code,name\n{row}\n", encoding="utf-8")
    rows = "import sys; sys.path.insert(0, 'packaging'); from build_regions import rows; from pathlib import Path; print(rows(Path(sys.argv[1])))"
    done = subprocess.run(
        [sys.executable, "-c", rows, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(
        [("35", "Jawa Timur"), ("3513", "Kabupaten Probolinggo"), ("351315", "Krejengan"), ("3513152017", "Soka'an")]
    )
