"""KBLI: everyday words, titles by version, and the official lists once they are loaded."""

import csv
from datetime import date
from pathlib import Path

import pytest

from models import kbli, kinds, packs
from models.packs import FOLDER

OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "kbli.csv"  # not part of the project
LETTERS = "ABCDEFGHIJKLMNOPQRSTUV"
TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("shipped_lists")


@pytest.mark.parametrize(
    ("word", "code"),
    [("keripik", "10794"), ("keri", "10794"), ("batik", "13133"), ("warung makan", "56101"), ("kaki lima", "56102"), ("pracangan", "47112"),
     ("kelontong", "47112"), ("tempe", "10307"), ("roti", "10710"), ("jahit", "14120"), ("laundry", "96100"), ("bengkel motor", "95320"),
     ("mlijo", "47213"), ("camilan", "47249"), ("13133", "13133"), ("BATIK TULIS", "13133")],
)  # fmt: skip
def test_by_everyday_word(word: str, code: str) -> None:
    assert kbli.search(word)[0].code == code


def test_search_finds_title_words_and_old_codes() -> None:
    assert "10794" in [k.code for k in kbli.search("industri kerupuk")]
    assert [k.code for k in kbli.search("13134")] == ["13133"]
    assert kbli.search("") == kbli.search("zzzz") == []


def test_titles_belong_to_a_version() -> None:
    assert kbli.title("2025", "13133") == "Industri kain batik"
    assert kbli.title("2020", "13133") is None
    assert [k.code for k in kbli.successors("13134")] == ["13133"]
    assert kbli.title("2025", "96230") == "Aktivitas sante par aqua (SPA) harian, sauna, dan pemandian"


def test_the_short_list_is_whole() -> None:
    with (FOLDER / "kbli.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({r["code"] for r in rows}) == len(rows) == 148
    assert {r["category"] for r in rows} <= kbli.categories().keys()
    assert len(kbli.categories()) == 22
    assert all(r["words"] and r["title"][1:] != r["title"][1:].upper() for r in rows)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official list is not beside the project")
def test_the_short_list_agrees_with_the_official_one() -> None:
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        official = {r["code"]: (r["title"], r["category"]) for r in csv.DictReader(file)}
    with (FOLDER / "kbli.csv").open(encoding="utf-8", newline="") as file:
        assert all(official[r["code"]] == (r["title"].upper(), r["category"]) for r in csv.DictReader(file))


def listed(*first: str, count: int = 1_800, letters: str = LETTERS) -> str:
    """An invented list in the form of the official one."""
    lines = [f"{60_000 + n},KEGIATAN CONTOH {n},{letters[n * len(letters) // count]}" for n in range(count)]
    return "\n".join(["code,title,category", *first, *lines, ""])


def load(**lists: str) -> None:
    packs.use([packs.read(n, text.encode(), "1", "Keputusan Contoh", "2026-11-01") for n, text in lists.items()], TODAY)


def problems(typed: str) -> list[tuple[str, str]]:
    return [(p.severity, p.code) for p in kinds.KBLI.check(typed, TODAY)]


def test_the_official_list_says_which_codes_there_are_and_everyday_words_still_find_them() -> None:
    assert problems("60001 KBLI 2025") == [("warning", "unknown")]
    assert kbli.entry("47112")
    load(
        kbli_2025=listed(
            "10794,INDUSTRI KERUPUK DAN KERIPIK YTDL,C", "13133,INDUSTRI KAIN BATIK,C", "10299,PENGASAPAN BELUT,C"
        )
    )
    assert [k.code for k in kbli.search("keripik")] == ["10794"]
    assert kbli.title("2025", "10794") == "Industri kerupuk dan keripik YTDL"
    assert kbli.title("2025", "13133") == "Industri kain batik"
    assert [k.code for k in kbli.search("pengasapan bel")] == ["10299"]
    assert kbli.entry("47112") is None
    assert problems("60001 KBLI 2025") == []
    assert problems("47112 KBLI 2025") == [("error", "unknown")]


def test_a_2020_code_is_known_by_the_list_of_2020_and_named_by_it() -> None:
    load(kbli_2020=listed("13134,INDUSTRI BATIK,C", letters=LETTERS[:-1]))
    assert kbli.title("2020", "13134") == "Industri batik"
    assert kbli.title("2020", "13133") is None
    assert problems("13134 KBLI 2020") == [("warning", "old_version")]
    assert problems("13135 KBLI 2020") == [("error", "unknown")]


def test_what_became_of_a_code_is_said_in_the_words_of_the_list() -> None:
    assert kbli.changes("13134") == ()
    rows = [f"{40_000 + n},{60_000 + n},{kbli.STAYED}" for n in range(1_500)]
    told = ["13134,13133,Gabung Kode", "13134,13139,Gabung Kode", "01119,,Hapus"]
    load(kbli_changes="\n".join(["code_2020,code_2025,change", *told, *rows, ""]))
    batik, other = kbli.changes("13134")
    assert (batik.code, batik.title, batik.change, batik.same_meaning) == (
        "13133",
        "Industri kain batik",
        "Gabung Kode",
        False,
    )
    assert (other.code, other.title) == ("13139", "")  # not in the short list
    assert [(c.code, c.same_meaning) for c in kbli.changes("01119")] == [("", False)]
    assert kbli.changes("40000")[0].same_meaning
    assert [k.code for k in kbli.successors("13134")] == ["13133"]
    assert [k.code for k in kbli.successors("10393")] == ["10309"]  # the list does not say: the short list does


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official list is not beside the project")
def test_every_usual_code_keeps_its_title_under_the_official_list() -> None:
    before = {code: kbli.title("2025", code) for code in ("10794", "13133", "47112", "56101", "96230")}
    load(kbli_2025=OFFICIAL.read_text(encoding="utf-8"))
    assert {code: kbli.title("2025", code) for code in before} == before
    assert kbli.search("pracangan")[0].code == "47112"
    assert kbli.search("99000")[0].title.startswith("Aktivitas badan internasional")
