"""Villages and regions by name or code, RT and RW, postal codes, coordinates."""

from datetime import date

import pytest

from models.kinds import KINDS

TODAY = date(2026, 11, 24)
VILLAGE = KINDS["village"]


@pytest.mark.parametrize(
    "typed",
    ["3513141017", "35.13.14.1017", "Patokan, Kraksaan", "Kel. Patokan, Kec. Kraksaan, Kab. Probolinggo", "kelurahan PATOKAN,kraksaan",
     "Desa Patokan, Kraksaan"],
)  # fmt: skip
def test_a_village_by_code_or_by_name_and_kecamatan(typed: str) -> None:
    assert VILLAGE.parse(typed, TODAY) == "3513141017"
    assert VILLAGE.check(typed, TODAY) == []
    assert VILLAGE.show("3513141017") == "Kel. Patokan, Kec. Kraksaan, Kab. Probolinggo"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kedungasem, Wonoasih", "3574021005"),
        ("sumbertaman", "3574021006"),
        ("Soka'an, Krejengan", "3513152017"),
        ("Sokaan, Krejengan", "3513152017"),
    ],
)
def test_spaces_case_and_apostrophes_do_not_matter(typed: str, code: str) -> None:
    assert VILLAGE.parse(typed, TODAY) == code


def test_a_name_that_repeats_names_its_places_and_is_not_guessed() -> None:
    (problem,) = VILLAGE.check("Patokan, Kab. Probolinggo", TODAY)
    assert (problem.severity, problem.code, problem.suggestion) == ("error", "ambiguous", "")
    assert "Kec. Kraksaan" in problem.words.id
    assert "Kec. Bantaran" in problem.words.en
    assert VILLAGE.parse("Patokan, Kab. Probolinggo", TODAY) is None


def test_a_name_almost_right_suggests_the_right_one() -> None:
    (problem,) = VILLAGE.check("Sukabmi, Mayangan", TODAY)
    assert problem.suggestion == "Kel. Sukabumi, Kec. Mayangan, Kota Probolinggo"


@pytest.mark.parametrize("typed", ["xyz", "Kraksaan Tengah", "Kab. Probolinggo"])
def test_an_unknown_village_gets_the_designs_sentence(typed: str) -> None:
    (problem,) = VILLAGE.check(typed, TODAY)
    assert problem.words.id == "Pilih kelurahan dari daftar. Tidak ada? Pilih “Di luar wilayah”."
    assert VILLAGE.parse(typed, TODAY) is None


def test_a_code_of_a_newer_list_is_kept() -> None:
    assert VILLAGE.parse("3513149999", TODAY) == "3513149999"
    assert VILLAGE.show("3513149999") == "3513149999"
    assert [p.code for p in VILLAGE.check("3513149999", TODAY)] == ["unknown"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Jawa Timur", "35"),
        ("Kota Probolinggo", "3574"),
        ("Kab. Probolinggo", "3513"),
        ("Kecamatan Kraksaan", "351314"),
        ("3513141017", "3513141017"),
    ],
)
def test_a_region_of_any_level(typed: str, code: str) -> None:
    region = KINDS["region"]
    assert region.parse(typed, TODAY) == code
    assert region.parse(region.show(code), TODAY) == code


def test_probolinggo_is_a_city_and_a_regency() -> None:
    (problem,) = KINDS["region"].check("Probolinggo", TODAY)
    assert "Kab. Probolinggo; Kota Probolinggo" in problem.words.id


@pytest.mark.parametrize(
    ("typed", "value", "code"),
    [("003", 3, ""), ("RT 003", 3, ""), ("rw.5", 5, ""), ("3.0", 3, ""), ("-", None, ""), ("0", None, "zero"), ("1000", None, "too_big"),
     ("003/002", None, "pair"), ("tiga", None, "letters")],
)  # fmt: skip
def test_rt_and_rw(typed: str, value: int | None, code: str) -> None:
    assert KINDS["rt_rw"].parse(typed, TODAY) == value
    assert "".join(p.code for p in KINDS["rt_rw"].check(typed, TODAY)) == code
    assert KINDS["rt_rw"].show(3) == "003"


def test_letters_in_rt_get_the_designs_sentence() -> None:
    assert KINDS["rt_rw"].check("x", TODAY)[0].words.id == "RT/RW berisi angka saja."


@pytest.mark.parametrize(
    ("typed", "fine"), [("67282", True), ("67 282", True), ("06728", False), ("6728", False), ("kode", False)]
)
def test_postal_code(typed: str, fine: bool) -> None:
    assert (KINDS["postal_code"].check(typed, TODAY) == []) is fine


@pytest.mark.parametrize(
    ("typed", "micro", "code"),
    [("-7.754321", -7754321, ""), ("-7,754321", -7754321, ""), ("7.754321 S", -7754321, ""), ("7,75 LS", -7750000, ""), ("113.4° BT", 113400000, ""),
     ("51.5", 51500000, "abroad"), ("190", None, "degrees"), ("-7.7, 113.4", None, "degrees"), ("utara", None, "degrees")],
)  # fmt: skip
def test_coordinates_are_whole_micro_degrees(typed: str, micro: int | None, code: str) -> None:
    assert KINDS["micro_degrees"].parse(typed, TODAY) == micro
    assert "".join(p.code for p in KINDS["micro_degrees"].check(typed, TODAY)) == code
