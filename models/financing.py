"""Financing of a business: scheme, ceiling, what was paid out and where the application stands."""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

SCHEME = kinds.choice("financing_scheme", [
    ("kur_super", "KUR super mikro", "KUR super micro"), ("kur_micro", "KUR mikro", "KUR micro"),
    ("kur_small", "KUR kecil", "KUR small"), ("pnm_mekaar", "PNM Mekaar", "PNM Mekaar"),
    ("pnm_ulamm", "PNM ULaMM", "PNM ULaMM"), ("revolving", "Dana bergulir", "Revolving fund"),
    ("cooperative", "Koperasi", "Cooperative"), ("bank", "Kredit bank lain", "Other bank credit"),
    ("csr", "CSR / TJSL", "Company social fund"), ("other", "Lainnya", "Other"),
], {"kur": "kur_micro", "pnm": "pnm_mekaar", "mekaar": "pnm_mekaar", "ulamm": "pnm_ulamm"})  # fmt: skip
FINANCING_STATE = kinds.choice("financing_state", [
    ("planned", "Direncanakan", "Planned"), ("applied", "Diajukan", "Applied"), ("approved", "Disetujui", "Approved"),
    ("disbursed", "Cair", "Disbursed"), ("paid_off", "Lunas", "Paid off"), ("refused", "Ditolak", "Refused"),
    ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip
PAID_OUT = ("disbursed", "paid_off")
# KUR (Permenko 1/2022, last changed by 12/2025): the smallest and largest ceiling of each size.
KUR_CEILINGS = {"kur_super": (1, 10_000_000), "kur_micro": (10_000_001, 100_000_000),
                "kur_small": (100_000_001, 500_000_000)}  # fmt: skip
# How reports put the schemes together.
FAMILIES: dict[str, tuple[Words, tuple[str, ...]]] = {
    "kur": (Words("KUR", "KUR"), ("kur_super", "kur_micro", "kur_small")),
    "pnm": (Words("PNM", "PNM"), ("pnm_mekaar", "pnm_ulamm")),
    "revolving": (Words("Dana bergulir", "Revolving fund"), ("revolving",)),
    "other": (Words("Lainnya", "Other"), ("cooperative", "bank", "csr", "other")),
}


def _within_ceiling(row: Row, _today: date) -> Iterable[Problem]:
    ceiling, disbursed = row.get("ceiling"), row.get("disbursed")
    if ceiling is not None and disbursed is not None and disbursed > ceiling:
        yield Problem("warning", "disbursed", Words(
            "Yang cair lebih besar dari plafon. Cocokkan dengan surat bank.",
            "More was paid out than the ceiling. Compare with the bank's letter."), "disbursed")  # fmt: skip


def _ceiling_of_the_scheme(row: Row, _today: date) -> Iterable[Problem]:
    least, most = KUR_CEILINGS.get(str(row.get("scheme")), (0, None))
    ceiling = row.get("ceiling")
    if ceiling is not None and most is not None and not least <= ceiling <= most:
        yield Problem("warning", "ceiling", Words(
            "Plafon ini di luar batas skema KUR-nya. Pilih skema yang cocok.",
            "This ceiling lies outside its KUR scheme. Choose the scheme that fits."), "ceiling")  # fmt: skip


FINANCING = Entity(
    "financing",
    Words("Pembiayaan", "Financing"),
    Words("Pembiayaan", "Financing"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("organisation_id", kinds.REF, Words("Bank / lembaga", "Bank or lender")),
        Field("lender", kinds.NAME, Words("Nama bank / lembaga", "Name of the lender"), listed=True),
        Field("scheme", SCHEME, Words("Skema", "Scheme"), required=True, listed=True),
        Field("purpose", kinds.TEXT, Words("Untuk apa", "What for"), special=True),
        Field("ceiling", kinds.MONEY, Words("Plafon", "Ceiling"), private=True, special=True, listed=True),
        Field("months", kinds.COUNT, Words("Jangka waktu (bulan)", "Term in months"), special=True),
        Field("applied_on", kinds.DATE, Words("Diajukan pada", "Applied on"), listed=True),
        Field("state", FINANCING_STATE, Words("Keadaan", "State"), required=True, listed=True, group="outcome"),
        Field("disbursed", kinds.MONEY, Words("Yang cair", "Paid out"), private=True, special=True, listed=True, group="outcome"),
        Field("disbursed_on", kinds.DATE, Words("Cair pada", "Paid out on"), listed=True, group="outcome"),
        Field("refused_because", kinds.TEXT, Words("Alasan ditolak", "Reason of refusal"), special=True),
    ),
    rules=(_within_ceiling, _ceiling_of_the_scheme),
)  # fmt: skip
