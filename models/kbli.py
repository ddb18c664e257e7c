"""KBLI, the classification of business activities: titles, everyday words, and what 2020 codes became.

The program ships the codes that small businesses use, with search words of its own. The full official lists come
as reference packs: then they say which codes there are, and the everyday words still find the usual ones first.
"""

import re
from dataclasses import dataclass

from models import packs
from models.i18n import Words
from models.packs import remembered

NOW = "2025"  # the version in force since 18 June 2026
STAYED = "Kode dan judul tetap"  # in the words of the official list of changes
_ABBREVIATIONS = re.compile(r"\b(ytdl|cpo|spa|lpg|lng|bbm|mp|cd|dvd|tv|vcd|it)\b")


@dataclass(frozen=True, slots=True)
class Kbli:
    """One KBLI 2025 code: its title, category letter, its 2020 codes, everyday words, and the words of its title."""

    code: str
    title: str
    category: str
    codes_2020: tuple[str, ...]
    words: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KbliChange:
    """What a 2020 code became, in the words of the list; an empty `code` went without one successor.

    `same_meaning` only where the list says that code and title stayed; anything else is to be asked.
    """

    code: str
    title: str
    change: str
    same_meaning: bool


@remembered
def _usual() -> dict[str, Kbli]:
    return {r["code"]: _entry(r["code"], r["title"], r["category"], tuple(r["codes_2020"].split()),
                              tuple(r["words"].split(","))) for r in packs.shipped("kbli")}  # fmt: skip


def _entry(code: str, title: str, category: str, codes_2020: tuple[str, ...], words: tuple[str, ...]) -> Kbli:
    return Kbli(code, title, category, codes_2020, words, tuple(re.findall(r"[a-z]+", title.casefold())))


@remembered
def _all() -> dict[str, Kbli]:
    """Every code of 2025 by code; without the official list, the usual ones."""
    pack, usual = packs.current("kbli_2025"), _usual()
    if pack is None:
        return usual
    made: dict[str, Kbli] = {}
    for row in pack.rows():
        known, title = usual.get(row["code"]), _readable(row["title"])
        earlier, words = (known.codes_2020, known.words) if known else ((), ())
        same = known is not None and known.title.casefold() == title.casefold()
        made[row["code"]] = known if known and same else _entry(row["code"], title, row["category"], earlier, words)
    return made


def _readable(title: str) -> str:
    """An official title as people write it: `INDUSTRI KAIN BATIK` as `Industri kain batik`."""
    if not title.isupper():
        return title
    lower = _ABBREVIATIONS.sub(lambda found: found[0].upper(), title.lower())
    return lower[:1].upper() + lower[1:]


@remembered
def _titles_2020() -> dict[str, str]:
    pack = packs.current("kbli_2020")
    return {row["code"]: _readable(row["title"]) for row in pack.rows()} if pack else {}


@remembered
def _became() -> dict[str, tuple[KbliChange, ...]]:
    pack = packs.current("kbli_changes")
    made: dict[str, tuple[KbliChange, ...]] = {}
    for row in pack.rows() if pack else ():
        now = _all().get(row["code_2025"])
        change = KbliChange(row["code_2025"], now.title if now else "", row["change"], row["change"] == STAYED)
        made[row["code_2020"]] = (*made.get(row["code_2020"], ()), change)
    return made


def entry(code: str) -> Kbli | None:
    """The entry of a KBLI 2025 code; None when the list that counts has none."""
    return _all().get(code)


def title(version: str, code: str) -> str | None:
    """`Industri kain batik` for `("2025", "13133")`; None for a code that the list of its version does not have."""
    if version != NOW:
        return _titles_2020().get(code)
    found = entry(code)
    return found.title if found else None


def is_official(version: str) -> bool:
    """Whether the full official list of a version is here: a code outside it is wrong, not merely unusual."""
    return packs.current(f"kbli_{version}") is not None


def changes(code_2020: str) -> tuple[KbliChange, ...]:
    """What became of a 2020 code, as the list of changes says; empty when it says nothing or is not loaded."""
    return _became().get(code_2020, ())


def successors(code_2020: str) -> list[Kbli]:
    """The 2025 codes that took over a 2020 code; suggestions only, the owner decides."""
    listed = [found for change in changes(code_2020) if (found := entry(change.code))]
    return listed or [k for k in _all().values() if code_2020 in k.codes_2020]


def search(text: str, limit: int = 12) -> list[Kbli]:
    """Codes by everyday word (`keri`, `pracangan`), title word or code; the closest meaning first."""
    wanted = text.casefold().split()
    if not wanted:
        return []
    ranked = [(rank, k.code, k) for k in _all().values() if (rank := _rank(k, wanted))]
    return [k for _, _, k in sorted(ranked, key=lambda r: r[:2])[:limit]]


def _rank(of: Kbli, wanted: list[str]) -> tuple[int, int] | None:
    """How near an entry is: a phrase begun so (the shortest first), words inside phrases, title words, codes."""
    phrase = " ".join(wanted)
    if begun := [w for w in of.words if w.startswith(phrase)]:
        return 1, min(map(len, begun))
    spoken = [part for w in of.words for part in w.split()]
    if all(any(part.startswith(w) for part in spoken) for w in wanted):
        return 2, len(spoken)
    if all(any(part.startswith(w) for part in (*spoken, *of.said)) for w in wanted):
        return 3, len(of.said)
    return (4, 0) if of.code.startswith(phrase) or phrase in of.codes_2020 else None


@remembered
def categories() -> dict[str, Words]:
    """The 22 categories by letter, in both languages."""
    return {r["category"]: Words(r["id"], r["en"]) for r in packs.shipped("kbli_categories")}
