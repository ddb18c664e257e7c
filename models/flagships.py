"""Local flagship products (PUD) of a village: proposal, curation, minutes, decision; and what a kecamatan has.

Three criteria from 1 to 5, weighted to 100. Numbers only sort: the curators decide and sign the minutes,
and the decision of the Dinas closes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

WEIGHTS = {"uniqueness": 40, "competitiveness": 35, "labour": 25}
BEST = 5
SIGNATURES = 2  # the minutes need at least as many

FLAGSHIP_STATE = kinds.choice("flagship_state", [
    ("proposed", "Usulan", "Proposal"), ("curated", "Kurasi", "Curation"), ("minuted", "Berita acara", "Minutes"),
    ("decided", "Ditetapkan", "Decided"), ("dropped", "Tidak dilanjutkan", "Dropped"),
])  # fmt: skip
STEPS = ("proposed", "curated", "minuted", "decided")
RATING = kinds.choice("rating", [(str(n), str(n), str(n)) for n in range(1, BEST + 1)])
DERIVED_STATE = kinds.choice("derived_state", [
    ("idea", "Gagasan", "Idea"), ("tried", "Sudah dicoba", "Tried"), ("made", "Sudah diproduksi", "In production"),
])  # fmt: skip


_RATINGS = (
    Field("uniqueness", RATING, Words("Ciri khas", "Distinctiveness"), "criteria", listed=True),
    Field("competitiveness", RATING, Words("Daya saing", "Competitiveness"), "criteria", listed=True),
    Field("labour", RATING, Words("Tenaga kerja", "Labour"), "criteria", listed=True),
)
_EVIDENCE = (
    Field("uniqueness_evidence", kinds.LONG_TEXT, Words("Bukti ciri khas", "Evidence of distinctiveness"), "criteria"),
    Field("competitiveness_evidence", kinds.LONG_TEXT, Words("Bukti daya saing", "Evidence of competitiveness"), "criteria"),
    Field("labour_evidence", kinds.LONG_TEXT, Words("Bukti tenaga kerja", "Evidence of labour"), "criteria"),
)  # fmt: skip


FLAGSHIP = Entity(
    "flagship",
    Words("Produk unggulan", "Flagship product"),
    Words("Produk unggulan", "Flagship products"),
    (
        Field("name", kinds.NAME, Words("Produk", "Product"), headings=("produk unggulan",), required=True, listed=True,
              searched=True),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village"), required=True, listed=True),
        Field("year", kinds.YEAR, Words("Tahun", "Year"), required=True, listed=True),
        Field("proposed_by", kinds.NAME, Words("Diusulkan oleh", "Proposed by")),
        Field("proposed_on", kinds.DATE, Words("Diusulkan pada", "Proposed on")),
        *_RATINGS,
        *_EVIDENCE,
        Field("state", FLAGSHIP_STATE, Words("Langkah", "Step"), required=True, listed=True, group="step"),
        Field("curated_on", kinds.DATE, Words("Dikurasi pada", "Curated on"), group="step"),
        Field("minutes", kinds.TEXT, Words("Nomor berita acara", "Number of the minutes"), group="step"),
        Field("minuted_on", kinds.DATE, Words("Tanggal berita acara", "Date of the minutes"), group="step"),
        Field("decree", kinds.TEXT, Words("Nomor SK Dinas", "Number of the decree"), group="step"),
        Field("decided_on", kinds.DATE, Words("Ditetapkan pada", "Decided on"), group="step"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    sections=(("criteria", Words("Kriteria", "Criteria")),),
    kept_with=(),
)  # fmt: skip

FLAGSHIP_SCORE = Entity(
    "flagship_score",
    Words("Nilai kurator", "Curator's score"),
    Words("Nilai kurator", "Curators' scores"),
    (
        Field("flagship_id", kinds.REF, Words("Produk unggulan", "Flagship product"), required=True),
        Field("curator", kinds.NAME, Words("Kurator", "Curator"), required=True, listed=True),
        Field("office", kinds.TEXT, Words("Unsur", "Office"), listed=True),
        *_RATINGS,
        Field("signed_on", kinds.DATE, Words("Tanda tangan pada", "Signed on"), listed=True),
    ),
    kept_with=("flagship_id",),
)

FLAGSHIP_BUSINESS = Entity(
    "flagship_business",
    Words("Usaha pembuat", "Maker"),
    Words("Usaha pembuat", "Makers"),
    (
        Field("flagship_id", kinds.REF, Words("Produk unggulan", "Flagship product"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business"), required=True),
        Field(
            "workers",
            kinds.COUNT,
            Words("Tenaga kerja produk ini", "Workers of this product"),
            "",
            Words("Kosong: semua pekerja usaha itu.", "Empty: all workers of the business."),
        ),
    ),
    kept_with=("flagship_id",),
)

POTENTIAL = Entity(
    "potential",
    Words("Potensi lokal", "Local potential"),
    Words("Potensi lokal", "Local potential"),
    (
        Field("name", kinds.NAME, Words("Potensi", "Potential"), headings=("komoditas", "potensi"), required=True, listed=True,
              searched=True),
        Field("district", kinds.REGION, Words("Kecamatan", "District"), required=True, listed=True),
        Field("villages", kinds.TEXT, Words("Sentra di desa", "Villages where it is")),
        Field("season", kinds.TEXT, Words("Musim", "Season")),
        Field("amount", kinds.COUNT, Words("Hasil setahun", "Yearly yield"), group="amount"),
        Field("unit", kinds.TEXT, Words("Satuan", "Unit"), group="amount"),
        Field("year", kinds.YEAR, Words("Tahun data", "Year of the figure"), group="amount"),
        Field("source", kinds.TEXT, Words("Sumber angka", "Source of the figure"), group="amount"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    kept_with=(),
    scope_digits=6,
)  # fmt: skip

DERIVED_PRODUCT = Entity(
    "derived_product",
    Words("Produk turunan", "Derived product"),
    Words("Produk turunan", "Derived products"),
    (
        Field("potential_id", kinds.REF, Words("Potensi lokal", "Local potential"), required=True),
        Field("name", kinds.NAME, Words("Produk turunan", "Derived product"), required=True, listed=True),
        Field("state", DERIVED_STATE, Words("Keadaan", "State"), required=True, listed=True),
        Field("makers", kinds.COUNT, Words("Jumlah usaha pembuat", "Businesses making it"), listed=True),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
    kept_with=("potential_id",),
    scope_digits=6,
)


def score(row: Mapping[str, Any]) -> int | None:
    """The weighted sum of the three criteria up to 100; None while one of them is open."""
    ratings = {name: row.get(name) for name in WEIGHTS}
    if None in ratings.values():
        return None
    return sum(weight * int(str(ratings[name])) for name, weight in WEIGHTS.items()) // BEST


def agreed(scores: Sequence[Mapping[str, Any]]) -> Row:
    """The curators' mean of each criterion, a half rounded up; a criterion nobody rated stays open."""
    means: Row = {}
    for name in WEIGHTS:
        given = [int(s[name]) for s in scores if s.get(name)]
        means[name] = str((2 * sum(given) + len(given)) // (2 * len(given))) if given else None
    return means


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps; `lacking` says what it still needs, None when nothing."""

    code: str
    done_on: str | None
    lacking: Words | None = None


def steps(flagship: Mapping[str, Any], scores: Sequence[Mapping[str, Any]]) -> list[Step]:
    """The four steps with their days, and what each still needs."""
    signed = sum(bool(s.get("signed_on")) for s in scores)
    return [
        Step("proposed", flagship.get("proposed_on")),
        Step("curated", flagship.get("curated_on"), NO_SCORE if score(flagship) is None else None),
        Step("minuted", flagship.get("minuted_on"), UNSIGNED.fill(n=SIGNATURES - signed) if signed < SIGNATURES else None),
        Step("decided", flagship.get("decided_on"), NO_DECREE if not flagship.get("decree") else None),
    ]  # fmt: skip


NO_SCORE = Words("Isi nilai ketiga kriteria.", "Fill in the score of all three criteria.")
UNSIGNED = Words("perlu {n} tanda tangan", "{n} signatures needed")
NO_MINUTES = Words("Tulis nomor berita acara.", "Write the number of the minutes.")
NO_DECREE = Words("Tulis nomor SK Dinas.", "Write the number of the decree.")
OUT_OF_ORDER = Words("Langkah ini belum waktunya: selesaikan langkah sebelumnya.",
                     "Not yet: finish the step before.")  # fmt: skip


def may_step(flagship: Mapping[str, Any], scores: Sequence[Mapping[str, Any]], step: str) -> list[Problem]:
    """What keeps a flagship from taking a step; an empty list when nothing does."""
    now = str(flagship.get("state"))
    if now not in STEPS or STEPS.index(step) != STEPS.index(now) + 1:
        return [Problem("error", "order", OUT_OF_ORDER, "state")]
    lacking = next(s.lacking for s in steps(flagship, scores) if s.code == step)
    found = [Problem("error", "lacking", lacking, "state")] if lacking else []
    if step == "minuted" and not flagship.get("minutes"):
        found.append(Problem("error", "missing", NO_MINUTES, "minutes"))
    return found
