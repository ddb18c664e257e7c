"""A list as offices send it, of any length and with every sort of dirt, the same for the same seed.

Above the table stand titles, in it blank lines, subtotals and the headings once more, below it a total and
signatures. Each row may carry one sort of `DIRT`; its name is what a test says of a row that gets lost.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from models import reference, sample_people
from models.sample_neighbours import VILLAGES
from models.sample_office import SCOPE
from models.sample_words import SURNAMES

HEADINGS = (
    "NO", "NAMA PEMILIK", "NIK", "TEMPAT, TGL LAHIR", "ALAMAT", "RT/RW", "KELURAHAN/DESA", "KECAMATAN", "NO. HP", "NAMA USAHA",
    "JENIS USAHA", "OMZET/BULAN", "MODAL", "TK", "NIB", "TH BERDIRI",
)  # fmt: skip
NAME, NIK, BIRTH, RT_RW, VILLAGE, PHONE, BUSINESS, SALES, CAPITAL, WORKERS, NIB, STARTED = (
    HEADINGS.index(h) for h in ("NAMA PEMILIK", "NIK", "TEMPAT, TGL LAHIR", "RT/RW", "KELURAHAN/DESA", "NO. HP", "NAMA USAHA",
                                "OMZET/BULAN", "MODAL", "TK", "NIB", "TH BERDIRI")
)  # fmt: skip
CLEAN, AGAIN, SECOND = "clean", "the same row again", "a second business of the row before"
FURNITURE_EVERY = 97  # rows between two things in the table that are no rows of it

Cells = list[Any]
Soil = Callable[[Cells, Random], None]


def _put(column: int, *values: Any) -> Soil:
    """One of these in place of the cell."""

    def soil(cells: Cells, random: Random) -> None:
        cells[column] = random.choice(values)

    return soil


def _turn(column: int, change: Callable[[str], Any]) -> Soil:
    """The cell as something made of its text."""

    def soil(cells: Cells, _random: Random) -> None:
        cells[column] = change(str(cells[column]))

    return soil


# Most rows go in all the same; `HELD` are those that nobody but a person can settle.
DIRT: dict[str, Soil] = {
    "NIK as a number": _turn(NIK, int),
    "NIK rounded by Excel": _turn(NIK, lambda t: float(t[:15] + "0")),
    "NIK with blanks": _turn(NIK, lambda t: f" {t[:4]} {t[4:8]} {t[8:12]} {t[12:]} "),
    "NIK after an apostrophe": _turn(NIK, lambda t: f"'{t}"),
    "NIK with letters": _turn(NIK, lambda t: t.replace("0", "O").replace("1", "l")),
    "NIK too short": _turn(NIK, lambda t: t[:-1]),
    "NIK too long": _turn(NIK, lambda t: t + "0"),
    "NIK of an impossible day": _turn(NIK, lambda t: t[:6] + "99" + t[8:]),
    "NIK missing": _put(NIK, None, "-", "belum punya", "#N/A", "0"),
    "phone without its 0": _turn(PHONE, lambda t: int(t.lstrip("0"))),
    "phone as people write": _turn(PHONE, lambda t: f"+62 {t[1:4]}-{t[4:8]}-{t[8:]}"),
    "two phones": _turn(PHONE, lambda t: f"{t} / 0812-0000-0001"),
    "phone that is none": _put(PHONE, "tidak ada", "-", "#REF!", 12, "0812", True),
    "name in capitals with a title": _turn(NAME, lambda t: f"  HJ. {t.upper()},  S.Pd "),
    "name with odd blanks": _turn(NAME, lambda t: t.replace(" ", "\u00a0\u200b ")),
    "village with its sort": _turn(VILLAGE, lambda t: f"Kel. {t.upper()} "),
    "RT/RW as a date": _put(RT_RW, date(2026, 3, 1), date(2026, 2, 4)),
    "RT/RW in words": _put(RT_RW, "RT 03 RW 01", "3-1", "dekat masjid", "003", "999/999", 3),
    "money as people write": _put(SALES, "1,5 jt", "Rp 2.000.000,-", "500rb", 1_500_000.0, "2 juta", "Rp. 750.000"),
    "money that is none": _put(SALES, "lumayan", -1, "tidak tentu", "=B2*2", "1e99", "2-3 juta"),
    "capital too large": _put(CAPITAL, 10**15, "9" * 30),
    "workers in words": _put(WORKERS, "3 orang", "tiga", "2-3", 2.5, "sendiri", -2),
    "birth day as a serial": _put(BIRTH, 29352, 29352.5, date(1980, 5, 12)),
    "birth day that never was": _put(BIRTH, "Probolinggo, 31/02/1980", "1980", "Probolinggo", "12 Mei"),
    "NIB being made": _put(NIB, "dalam proses", "belum", 22000123456, "02200 0123 4567", 2.2e11),
    "year that is none": _put(STARTED, "lama", 1899, 3026, "th 2010", "'15"),
    "no business name": _put(BUSINESS, None, "-", "  "),
    "endless text": _put(BUSINESS, "Keripik " * 250),
    "text that is a formula": _put(BUSINESS, "=HYPERLINK(\"http://contoh\")", "+62", "@SUM(A1)", "-usaha"),
    "signs of other scripts": _put(BUSINESS, "Toko 🥭 Mangga", "Ｔｏｋｏ ２４", "متجر", "Kue\u202eterbalik"),
    "shifted by one column": lambda cells, _random: cells.__setitem__(slice(NAME + 1, None), [None, *cells[NAME + 1 : -1]]),
    "no name": _put(NAME, None, "-", " "),
    "name of digits": _put(NAME, 12345, "0812-0000-0009"),
    "village misspelt": _turn(VILLAGE, lambda t: t[:2] + t[3:] if len(t) > 5 else f"{t}xq"),
    "village unknown": _put(VILLAGE, "Antah Berantah", "???", "desa"),
    "village missing": _put(VILLAGE, None, " "),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dirty:
    """What was written: the sort of dirt of each row, by its number in Excel."""

    path: Path
    rows: dict[int, str]


def write(path: Path, count: int, seed: int = 1) -> Dirty:
    """Write a workbook of `count` rows; memory stays flat."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data UMKM")
    rows: dict[int, str] = {}
    written = 0

    def append(cells: Cells) -> int:
        nonlocal written
        sheet.append(cells)
        written += 1
        return written

    for title in ("DATA PELAKU USAHA MIKRO", "KECAMATAN KRAKSAAN TAHUN 2026", None):
        append([title])
    append(list(HEADINGS))
    append(list(range(1, len(HEADINGS) + 1)))
    for number, (dirt, cells) in enumerate(_rows(count, seed), start=1):
        rows[append([number, *cells[1:]])] = dirt
        if number % FURNITURE_EVERY == 0:
            append([None, ["Jumlah", None][number % 2]])
    for line in (["JUMLAH", count], [], [None, None, "Kraksaan, 24 November 2026"], [None, None, "Kasie Pemberdayaan"]):
        append(line)
    book.save(path)
    return Dirty(path, rows)


def _rows(count: int, seed: int) -> Iterator[tuple[str, Cells]]:
    """Two rows of five carry dirt, each sort in its turn; some repeat what stands above."""
    random = Random(seed)
    sorts = list(DIRT)
    before: Cells = []
    for number, (owner, business) in enumerate(sample_people.pairs(count, seed)):
        cells = _cells(random, number, owner, business)
        dirt = sorts[number * 2 // 5 % len(sorts)] if number % 5 in (1, 3) else CLEAN
        if number % 50 == 10:
            dirt, cells = AGAIN, list(before)
        elif number % 50 == 30:
            dirt, cells = SECOND, [*before[:BUSINESS], f"Warung {number}", *before[BUSINESS + 1 :]]
        elif dirt != CLEAN:
            DIRT[dirt](cells, random)
        before = cells
        yield dirt, cells


def _cells(random: Random, number: int, owner: dict[str, Any], business: dict[str, Any]) -> Cells:
    """A clean row: somebody of one of the 18 villages."""
    village = reference.region(random.choice([SCOPE, *(v.code for v in VILLAGES)]))
    assert village is not None
    born = date(1955, 1, 1) + timedelta(days=number // 100)  # so that no two have one NIK
    day = born.day + 40 * (owner["sex"] == "P")
    return [
        None, f"{owner['name']} {random.choice(SURNAMES)}", f"{SCOPE[:6]}{day:02d}{born:%m%y}{9_900 + number % 100}",
        f"Probolinggo, {born:%d-%m-%Y}", owner["address"], f"{owner['rt']:03d}/{owner['rw']:03d}", village.name, "Kraksaan",
        f"0812{number:08d}", business["name"], business["activity"], business["sales_year"] // 12, business["capital"],
        business["workers"], business["nib"], business["started"],
    ]  # fmt: skip
