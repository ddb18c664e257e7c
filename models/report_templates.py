"""Which figure belongs into which cell of a workbook that the Dinas wants filled: guessed, chosen, remembered.

`reports/template_workbook.py` finds the empty cells of a workbook (`Spot`) with the words beside and above
them. Cells of one column whose rows are areas or services are chosen together (`Line`); every other cell
is a line of its own. What was chosen is remembered by those words, not by places: next month's workbook
with a row more is filled as well.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.figures import BREAKDOWNS, UNKNOWN, group_words, title_of
from models.i18n import LANGS, MONTHS, Words
from models.services import SERVICES
from models.statistics import AREA_FIGURES, CASE_FIGURES, Report
from models.store import Changes, Store
from models.workbook import plain

SETTING = "report_template"  # {what stands at a line: key of a figure, or empty for nothing}
NOTHING = ""  # the key of what is left empty
MOST_REMEMBERED = 2_000
_OF = Words("{group} — {title}", "{group} — {title}")
PERIOD, PLACE = Words("Periode", "Period"), Words("Wilayah", "Area")
_TIMES = {plain(name) for lang in LANGS for month in MONTHS[lang] for name in (month, month[:3])}
_RW = re.compile(r"rw 0*(\d+)")
_OFFICES = re.compile(r"^(kelurahan|kel|desa|ds|kecamatan|kec) ")

# Other words that offices use for a figure; its own title in both languages is always known.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "businesses": ("jumlah umkm", "umkm binaan", "jumlah usaha", "usaha binaan", "jumlah usaha mikro", "usaha", "umkm"),
    "businesses_new": ("umkm baru", "usaha baru", "pendaftar baru"),
    "businesses_gone": ("usaha tutup", "umkm tutup", "tidak aktif"),
    "owners": ("jumlah pelaku usaha", "jumlah pelaku umkm"),
    "with_nib": ("punya nib", "memiliki nib", "ber nib", "nib", "umkm ber nib"),
    "sessions": ("konsultasi", "jumlah konsultasi", "pendampingan", "jumlah sesi", "sesi"),
    "persons": ("orang", "jumlah orang", "yang berkonsultasi"),
    "present": ("peserta", "jumlah peserta", "peserta pelatihan"),
    "cases_opened": ("fasilitasi baru", "diajukan", "dibuka", "permohonan"),
    "cases_issued": ("terbit", "selesai", "izin terbit"),
    "cases_refused": ("ditolak",),
    "cases_running": ("berjalan", "proses", "dalam proses"),
    "financed": ("penerima kur", "penerima pembiayaan", "kur"),
    "financed_sum": ("nilai kur", "nilai pembiayaan", "jumlah pembiayaan rp", "nilai kredit"),
    "moved_up": ("naik kelas", "umkm naik kelas"),
    "workers": ("pekerja", "jumlah tenaga kerja", "tenaga kerja terserap"),
    "groups": ("koperasi", "jumlah koperasi", "kelompok"),
    "contracts": ("kemitraan", "jumlah kemitraan"),
    "scale:micro": ("mikro", "usaha mikro"), "scale:small": ("kecil", "usaha kecil"),
    "scale:medium": ("menengah", "usaha menengah"),
    "sex:L": ("laki laki", "pria", "l"), "sex:P": ("perempuan", "wanita", "p"),
    "permit:pirt": ("p irt", "pirt", "spp irt", "punya p irt"), "permit:halal": ("halal", "sertifikat halal"),
    "permit:brand": ("merek", "hki"), "permit:bpom": ("bpom",),
    "said:period": ("bulan", "periode", "tahun", "bulan tahun"),
    "said:place": ("kelurahan", "desa kelurahan", "kelurahan desa", "kecamatan", "wilayah", "unit kerja"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that can be filled: where it is, and the words to its left and above it (empty where there are none)."""

    sheet: str
    cell: str
    left: str
    above: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is chosen at once: a cell, or the cells of a column whose rows are areas or services (`rows`, their codes)."""

    key: str  # by which the choice is remembered
    title: str
    spots: tuple[Spot, ...]
    sort: str = "figure"  # "figure", "area" or "service": which keys of `offered` fit
    rows: tuple[str, ...] = ()


def lines(spots: Sequence[Spot], report: Report) -> list[Line]:
    """The choices that a workbook asks for, in its own order."""
    codes = {"area": _area_names(report), "service": _service_names()}
    columns: dict[tuple[str, str, str, str], list[tuple[Spot, str]]] = defaultdict(list)
    for spot in spots:
        for sort, names in codes.items():
            if (code := names.get(_name(spot.left))) and spot.above:
                columns[sort, spot.sheet, re.sub(r"\d", "", spot.cell), spot.above].append((spot, code))
                break
    together = {spot: key for key, found in columns.items() if len(found) > 1 for spot, _ in found}
    made: dict[object, Line] = {}
    for spot in spots:
        column = together.get(spot)
        if column is None:
            made[spot] = Line(f"{_key(spot.left)}|{_key(spot.above)}", _title(spot), (spot,))
        elif column not in made:
            sort, _, _, above = column
            members, rows = zip(*columns[column], strict=True)
            made[column] = Line(f"{sort}|{_key(above)}", above, tuple(members), sort, tuple(rows))
    return list(made.values())


def offered(report: Report) -> dict[str, dict[str, Words]]:
    """By sort of line: the figures that can be chosen, by key, in the order of the report."""
    figures = {key: title_of(key) for key in report.now.values}
    for group, counted in report.now.groups.items():
        title, words = group_words(group)
        codes = [code for code in dict.fromkeys([*_known_codes(group), *counted]) if code != UNKNOWN]
        figures |= {f"{group}:{code}": _OF.fill(title=title, group=words(code)) for code in codes}
    figures |= {"said:period": PERIOD, "said:place": PLACE}
    areas = {key: title_of(key) for key in AREA_FIGURES if key in report.now.values}
    return {"figure": figures, "area": areas, "service": {key: title_of(key) for key in CASE_FIGURES}}


def guess(line: Line, report: Report, remembered: Mapping[str, str]) -> str:
    """The figure of a line: as chosen before, else by its words; NOTHING when neither tells."""
    keys = offered(report)[line.sort]
    if line.key in remembered and remembered[line.key] in ("", *keys):
        return remembered[line.key]
    if line.sort != "figure":
        return _by_words(line.title, keys)[0]
    left, above = (_by_words(text, keys) for text in (line.spots[0].left, line.spots[0].above))
    if left[0] and above[0] and ":" in above[0] and ":" not in left[0]:
        return above[0]
    return left[0] or above[0]


def fill(line: Line, key: str, report: Report) -> dict[Spot, int | Words]:
    """What comes into the cells of a line; nothing when nothing was chosen."""
    if not key:
        return {}
    if line.sort == "area":
        counted = {area.code: area.values for area in report.areas}
        return {spot: counted.get(code, {}).get(key, 0) for spot, code in zip(line.spots, line.rows, strict=True)}
    if line.sort == "service":
        return {spot: report.cases.get(code, {}).get(key, 0) for spot, code in zip(line.spots, line.rows, strict=True)}
    return {line.spots[0]: _value(key, report)}


def _value(key: str, report: Report) -> int | Words:
    group, _, code = key.partition(":")
    if group == "said":
        return report.now.period.words if code == "period" else report.place
    return report.now.groups.get(group, {}).get(code, 0) if code else report.now.values[key]


def remembered(store: Store) -> dict[str, str]:
    """What was chosen before, by key of a line."""
    return dict(store.setting(SETTING) or {})


def remember(store: Store, chosen: Mapping[str, str]) -> Changes:
    """Keep what was chosen; the newest choices stay when there are too many."""
    kept = {key: value for key, value in remembered(store).items() if key not in chosen} | dict(chosen)
    store.set_setting(SETTING, dict(list(kept.items())[-MOST_REMEMBERED:]))
    return Changes()


def _known_codes(group: str) -> Iterable[str]:
    """The groups that may be empty this time: the options of what a breakdown divides by."""
    if group == "scale":
        return ("micro", "small", "medium")
    return BREAKDOWNS[group].codes if group in BREAKDOWNS else ()


def _by_words(text: str, keys: Mapping[str, Words]) -> tuple[str, float]:
    """The figure whose words fit best, and how well: all its words stand there, and few others."""
    said = set(_key(text).split())
    best = (NOTHING, 0.0)
    for key, title in keys.items():
        for spelling in (
            plain(title.id.rpartition(": ")[2]),
            plain(title.en.rpartition(": ")[2]),
            *SPELLINGS.get(key, ()),
        ):
            words = set(spelling.split())
            score = len(words) / len(said) if words and words <= said else 0.0
            if score > best[1]:
                best = (key, score)
    return best if best[1] >= LEAST else (NOTHING, 0.0)


LEAST = 0.5  # of the words that stand there


def _key(text: str) -> str:
    """Words without the month and the year, which are others next time."""
    return " ".join(
        word for word in plain(text).split() if word not in _TIMES and not re.fullmatch("(19|20)[0-9]{2}", word)
    )


def _name(text: str) -> str:
    """An area as offices write it: `Kel. Patokan`, `RW 1`."""
    name = _OFFICES.sub("", plain(text))
    return _RW.sub(r"rw \1", name)


def _title(spot: Spot) -> str:
    return " · ".join(dict.fromkeys(part for part in (spot.left, spot.above) if part))


def _area_names(report: Report) -> dict[str, str]:
    return {_name(area.words.id): area.code for area in report.areas if area.code != UNKNOWN}


def _service_names() -> dict[str, str]:
    return {plain(words.to(lang)): code for code, service in SERVICES.items()
            for words in (service.words, service.short) for lang in LANGS}  # fmt: skip
