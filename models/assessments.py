"""The yearly figures of a business: what it turned over, what it owns, who works there, and the scale that follows.

One record a business and year; an earlier year is never changed by a later one. Two measures of scale
are kept apart (capital, sales); the official one is by sales where they are known, unless an officer
chose, with a reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models import kinds
from models.businesses import BOOKKEEPING, MARKET_REACH, WORKERS, workers_add_up
from models.dates import EARLIEST
from models.i18n import Words
from models.scales import Scale, limits, scale_of
from models.schema import Entity, Field, Problem, Row

SCALE = kinds.choice("scale", [(s.code, s.words.id, s.words.en) for s in limits(date.max)])
SCALES = tuple(o.code for o in SCALE.options)  # smallest first
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Measures:
    """The scale by each measure, and the official one; None where nothing is known."""

    by_capital: Scale | None
    by_sales: Scale | None
    official: Scale | None
    chosen: bool  # by an officer

    @property
    def differ(self) -> bool:
        """Whether the two measures disagree, so that an officer should look."""
        both = (self.by_capital, self.by_sales)
        return None not in both and both[0] != both[1]


def year_end(year: int, today: date) -> date:
    """The day by which a year's figures are judged: its last, or today while it runs."""
    return min(date(year, 12, 31), today)


def measures(assessment: Mapping[str, Any], today: date) -> Measures:
    """The scale of one year's figures by the limits of that year."""
    day = year_end(assessment["year"], today)
    by_capital = scale_of(None, assessment.get("capital"), day)
    by_sales = scale_of(assessment.get("sales"), None, day)
    chosen = next((s for s in limits(day) if s.code == assessment.get("scale_chosen")), None)
    return Measures(by_capital, by_sales, chosen or by_sales or by_capital, chosen is not None)


def workers(figures: Mapping[str, Any]) -> int | None:
    """How many people work there: by sex, else by pay, else the bare number."""
    for pair in (WORKERS[:2], WORKERS[2:]):
        known = [figures[n] for n in pair if figures.get(n) is not None]
        if known:
            return sum(known)
    return figures.get("workers")


def _a_choice_has_a_reason(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("scale_chosen") and not row.get("scale_reason"):
        yield Problem("error", "missing", Words(
            "Tulis alasan memilih skala ini.", "Write why this scale was chosen."), "scale_reason")  # fmt: skip


def _measures_agree(row: Row, today: date) -> Iterable[Problem]:
    if not EARLIEST <= (row.get("year") or 0) <= today.year or row.get("scale_chosen"):
        return
    found = measures(row, today)
    if found.differ and found.by_capital and found.by_sales:
        yield Problem("warning", "scales_differ", Words(
            f"Menurut modal {found.by_capital.words.id}, menurut penjualan {found.by_sales.words.id}. "
            "Pilih yang resmi dan tulis alasannya.",
            f"By capital {found.by_capital.words.en}, by sales {found.by_sales.words.en}. "
            "Choose the official one and say why."), "scale_chosen")  # fmt: skip


def _online_is_a_share(row: Row, _today: date) -> Iterable[Problem]:
    if (row.get("online_share") or 0) > HUNDRED:
        yield Problem("error", "percent", Words(
            "Persen paling banyak 100.", "A percentage is 100 at most."), "online_share")  # fmt: skip


ASSESSMENT = Entity(
    "assessment",
    Words("Angka tahunan", "Yearly figures"),
    Words("Angka tahunan", "Yearly figures"),
    (
        Field("business_id", kinds.REF, Words("Usaha", "Business"), "year", required=True),
        Field("year", kinds.YEAR, Words("Tahun", "Year"), "year", required=True, listed=True),
        Field("assessed_on", kinds.DATE, Words("Didata pada", "Assessed on"), "year"),
        Field("sales", kinds.MONEY, Words("Penjualan setahun", "Yearly sales"), "money",
              headings=("omzet", "omset"), wanted=True, private=True, listed=True),
        Field("capital", kinds.MONEY, Words("Modal usaha", "Capital"), "money",
              Words("Tanpa tanah dan bangunan.", "Without land and buildings."), wanted=True, private=True),
        Field("assets_land", kinds.MONEY, Words("Aset tanah dan bangunan", "Land and buildings"), "money", private=True),
        Field("assets_other", kinds.MONEY, Words("Aset lain", "Other assets"), "money", private=True),
        Field("costs", kinds.MONEY, Words("Pengeluaran setahun", "Yearly costs"), "money", private=True),
        Field("online_share", kinds.COUNT, Words("Penjualan daring (%)", "Sold online (%)"), "money"),
        Field("workers_men", kinds.COUNT, Words("Pekerja laki-laki", "Men working"), "workers", wanted=True,
              group="workers"),
        Field("workers_women", kinds.COUNT, Words("Pekerja perempuan", "Women working"), "workers", wanted=True,
              group="workers"),
        Field("workers_paid", kinds.COUNT, Words("Pekerja dibayar", "Paid workers"), "workers", group="workers"),
        Field("workers_unpaid", kinds.COUNT, Words("Pekerja tidak dibayar", "Unpaid workers"), "workers",
              group="workers"),
        Field("bookkeeping", BOOKKEEPING, Words("Pembukuan", "Bookkeeping"), "market"),
        Field("market_reach", MARKET_REACH, Words("Jangkauan pasar", "Market reach"), "market"),
        Field("scale_chosen", SCALE, Words("Skala pilihan petugas", "Scale chosen by an officer"), "scale",
              group="scale"),
        Field("scale_reason", kinds.TEXT, Words("Alasan", "Reason"), "scale", group="scale"),
        Field("scale_by", kinds.NAME, Words("Dipilih oleh", "Chosen by"), "scale", group="scale"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note"), "year"),
        Field("import_id", kinds.REF, Words("Berkas impor", "Import"), "year"),
    ),
    sections=(
        ("year", Words("Tahun", "Year")),
        ("money", Words("Penjualan, modal, aset", "Sales, capital, assets")),
        ("workers", Words("Pekerja", "Workers")),
        ("market", Words("Pembukuan dan pasar", "Books and market")),
        ("scale", Words("Skala", "Scale")),
    ),
    rules=(workers_add_up, _a_choice_has_a_reason, _measures_agree, _online_is_a_share),
    kept_with=("business_id",),
)  # fmt: skip
