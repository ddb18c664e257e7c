"""The figures of a report as an Excel workbook: whole numbers, frozen heads, and what each of them means."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from models.closing import laptops_said
from models.figures import definitions, group_words, title_of
from models.i18n import Lang, Words, clock_time, long_date
from models.services import SERVICES
from models.statistics import AREA, AREA_FIGURES, CASE_FIGURES, SERIES_FIGURES, Report, share

SHEETS = {
    "figures": Words("Angka", "Figures"), "areas": Words("Wilayah", "Areas"), "months": Words("Bulan", "Months"),
    "cases": Words("Fasilitasi", "Cases"), "groups": Words("Rincian", "Breakdowns"), "meanings": Words("Arti angka", "Definitions"),
}  # fmt: skip
FIGURE, VALUE, BEFORE, CHANGE = (Words("Angka", "Figure"), Words("Nilai", "Value"), Words("Sebelumnya", "Before"),
                                 Words("Perubahan", "Change"))  # fmt: skip
COVERAGE, MONTH = Words("Cakupan NIB (%)", "NIB coverage (%)"), Words("Bulan", "Month")
SERVICE, BREAKDOWN, GROUP = Words("Layanan", "Service"), Words("Rincian", "Breakdown"), Words("Kelompok", "Group")
MEANING, SUM = Words("Artinya", "Meaning"), Words("Jumlah", "Sum")
PERIOD, COUNTED, UNSENT = (
    Words("Periode", "Period"), Words("Dihitung pada", "Counted at"),
    Words("Data yang belum terkirim", "Records not yet sent"),
)  # fmt: skip
CLOSED, CLOSED_BY, LAPTOPS = (
    Words("Ditutup pada", "Closed at"), Words("Ditutup oleh", "Closed by"), Words("Laptop lain", "Other laptops"),
)  # fmt: skip
WIDTHS = (44, 16, 16, 16, 16, 16, 16, 16)
MEANING_WIDTH = 100

Row = Sequence[str | int | None]


def file_name(report: Report) -> str:
    """`angka-3513141017-2026-11.xlsx`: the place and the time, never a name."""
    period = report.now.period
    when = {"month": f"{period.first:%Y-%m}", "year": f"{period.first:%Y}", "event": f"{period.first:%Y-%m-%d}"}
    return f"angka-{report.within}-{when[period.kind]}.xlsx"


def workbook(report: Report, lang: Lang, zone: tzinfo) -> bytes:
    """The workbook of a report."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    sheets = {"figures": _figures(report, lang), "areas": _areas(report, lang), "months": _months(report, lang),
              "cases": _cases(report, lang), "groups": _groups(report, lang), "meanings": _meanings(report, lang, zone)}  # fmt: skip
    for key, (head, *rows) in sheets.items():
        if rows:
            _sheet(book, SHEETS[key].to(lang), head, rows, MEANING_WIDTH if key == "meanings" else 0)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Any, title: str, head: Row, rows: Iterable[Row], second_width: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.append([_safe(value) for value in head])
    for row in rows:
        sheet.append([_safe(value) for value in row])
    sheet.freeze_panes = "B2"
    for column, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E3EFEC")
        cell.alignment = Alignment(horizontal="left" if column == 1 else "right", vertical="center", wrap_text=True)
        width = second_width if column == 2 and second_width else WIDTHS[min(column, len(WIDTHS)) - 1]
        sheet.column_dimensions[get_column_letter(column)].width = width
    for line in sheet.iter_rows(min_row=2, min_col=2):
        for cell in line:
            if isinstance(cell.value, int):
                cell.number_format = "#,##0"


def _safe(value: str | int | None) -> str | int | None:
    """Text that begins like a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") and len(value) > 1 else value


def _figures(report: Report, lang: Lang) -> list[Row]:
    before: Mapping[str, int] = report.before.values if report.before else {}
    head = [FIGURE.to(lang), report.now.period.words.to(lang)]
    if report.before:
        head += [report.before.period.words.to(lang), CHANGE.to(lang)]
    rows: list[Row] = [head]
    for key, value in report.now.values.items():
        more = [before[key], report.change(key)] if report.before else []
        rows.append([title_of(key).to(lang), value, *more])
    return rows


def _areas(report: Report, lang: Lang) -> list[Row]:
    keys = [key for key in AREA_FIGURES if key in report.now.values]
    head = [AREA.to(lang), *(title_of(key).to(lang) for key in keys)]
    if "with_nib" not in keys:
        return [head, *([a.words.to(lang), *(a.values[key] for key in keys)] for a in report.areas)]

    def line(name: Words, values: Mapping[str, int]) -> Row:
        return [name.to(lang), *(values[key] for key in keys), share(values["with_nib"], values["businesses"])]

    lines = [line(a.words, a.values) for a in report.areas]
    return [[*head, COVERAGE.to(lang)], *lines, line(report.place, report.now.values)]


def _months(report: Report, lang: Lang) -> list[Row]:
    head = [MONTH.to(lang), *(title_of(key).to(lang) for key in SERIES_FIGURES)]
    return [head, *([m.period.words.to(lang), *(m.values[key] for key in SERIES_FIGURES)] for m in report.months)]


def _cases(report: Report, lang: Lang) -> list[Row]:
    head = [SERVICE.to(lang), *(title_of(key).to(lang) for key in CASE_FIGURES)]
    lines = [[_service(code, lang), *(line[key] for key in CASE_FIGURES)] for code, line in report.cases.items()]
    total = [SUM.to(lang), *(sum(line[key] for line in report.cases.values()) for key in CASE_FIGURES)]
    return [head, *lines, total] if lines else [head]


def _service(code: str, lang: Lang) -> str:
    return SERVICES[code].words.to(lang) if code in SERVICES else code


def _groups(report: Report, lang: Lang) -> list[Row]:
    before: Mapping[str, Mapping[str, int]] = report.before.groups if report.before else {}
    rows: list[Row] = [[BREAKDOWN.to(lang), GROUP.to(lang), VALUE.to(lang), *([BEFORE.to(lang)] if before else [])]]
    for key, groups in report.now.groups.items():
        title, words = group_words(key)
        was = before.get(key, {})
        for code in dict.fromkeys([*groups, *was]):
            more = [was.get(code, 0)] if before else []
            rows.append([title.to(lang), words(code).to(lang), groups.get(code, 0), *more])
    return rows


def _meanings(report: Report, lang: Lang, zone: tzinfo) -> list[Row]:
    at = report.counted_at.astimezone(zone)
    rows: list[Row] = [
        [FIGURE.to(lang), MEANING.to(lang)],
        [PERIOD.to(lang), f"{report.now.period.words.to(lang)}, {report.place.to(lang)}"],
        [
            (CLOSED if report.closing else COUNTED).to(lang),
            f"{long_date(at.date(), lang)} {clock_time(at, lang, zone)}",
        ],
        [UNSENT.to(lang), str(report.unsent)],
    ]
    if report.closing:
        rows += [
            [CLOSED_BY.to(lang), report.closing.by],
            [LAPTOPS.to(lang), laptops_said(report.closing.laptops).to(lang)],
        ]
    return rows + [
        [title.to(lang), meaning.to(lang)]
        for key, (title, meaning) in definitions().items()
        if key in report.now.values
    ]
