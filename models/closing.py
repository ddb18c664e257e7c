"""Closing a month or a year: its figures are frozen, and whatever is entered later shows as a revision.

A closed report is a record like any other (`models/closed_reports.py`). What differs from it now is derived
by counting again; which records did that comes out of the sketch of what was counted (`models/sketches.py`),
so every laptop with the same records finds the same, in whatever order they arrived.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, tzinfo

import msgspec

from models import laptops, periods, sketches, statistics
from models.clock import from_iso
from models.closed_reports import CLOSED_REPORT
from models.errors import AppError
from models.figures import FIGURES, statement, version
from models.i18n import Words, clock_time, in_both, long_date
from models.periods import Period
from models.schema import Row
from models.sketches import Sketch
from models.statistics import Area, Closing, Counted, Month, Report
from models.store import Changes, Store

ENTITY = CLOSED_REPORT.name
LONGEST = 20_000  # characters that one text of a record may have
RUNNING = Words("{period} masih berjalan. Laporannya bisa ditutup mulai {day}.",
                "{period} is still running. Its report can be closed from {day}.")  # fmt: skip
NOT_EVENTS = Words("Kegiatan ditutup di halaman kegiatannya.", "An event is closed on its own page.")
UNREADABLE = Words("Laporan {period} ditutup dengan Dampingi versi lain. Pasang versi terbaru untuk membukanya.",
                   "The report of {period} was closed by another version of Dampingi. Install the newest to open it.")  # fmt: skip
CUT_OFF = Words("Ditutup {day} {time} oleh {by}", "Closed {day} {time} by {by}")
CUT_OFF_BY_NOBODY = Words("Ditutup {day} {time}", "Closed {day} {time}")
ALL_SENT, UNSENT = (
    Words("semua data sudah terkirim", "all data had been sent"),
    Words("{n} data belum terkirim", "{n} records not yet sent"),
)
LAPTOPS_UNKNOWN, NO_LAPTOP, LAPTOPS = (
    Words("laptop lain belum diketahui", "other laptops not known"),
    Words("semua laptop sudah sinkron", "all laptops had synced"),
    Words("{n} laptop belum sinkron", "{n} laptops not yet synced"),
)


class CannotClose(AppError):
    """The period still runs, or is none that is closed."""


class UnreadableReport(AppError):
    """The figures of a closed report are not as this version writes them."""


class Frozen(msgspec.Struct):
    """The figures of a report as they are kept: in the order in which they are shown, words left out."""

    values: dict[str, int]
    groups: dict[str, dict[str, int]]
    before: dict[str, int] | None
    areas: list[tuple[str, dict[str, int]]]
    months: list[tuple[date, dict[str, int]]]
    cases: dict[str, dict[str, int]]


def closes_from(period: Period) -> date:
    """The first day on which a period may be closed: its last."""
    return period.last


def close(store: Store, period: Period, within: str, by: str) -> Changes:
    """Freeze the report of a month or a year; nothing when it is closed already. CannotClose while it runs."""
    if period.kind == "event":
        raise CannotClose(NOT_EVENTS)
    first = closes_from(period)
    if store.clock.today() < first:
        day = in_both(lambda lang: long_date(first, lang))
        raise CannotClose(RUNNING.fill(period=period.words, day=day))
    with store.transaction():
        if _record(store, period, within):
            return Changes()
        report = statistics.report(store, period, within)
        return store.save(ENTITY, {
            "scope": within, "area": within, "kind": period.kind, "first": period.first.isoformat(),
            "cut_off": store.clock.stamp(), "closed_by": by, "unsent": report.unsent,
            "laptops": silent_laptops(store, period, within),
            "definitions": version(), "figures": _text(report), "members": sketch(store, period, within).text(),
        })  # fmt: skip


def cut_off(report: Report, zone: tzinfo) -> Words:
    """`Ditutup 30 November 2026 15.02 oleh Sri Wahyuni · 10 data belum terkirim · 2 laptop belum sinkron`."""
    at = report.counted_at.astimezone(zone)
    day = in_both(lambda lang: long_date(at.date(), lang))
    time_ = in_both(lambda lang: clock_time(at, lang, zone))
    by = report.closing.by if report.closing else ""
    said = (CUT_OFF if by else CUT_OFF_BY_NOBODY).fill(day=day, time=time_, by=by)
    sent = UNSENT.fill(n=report.unsent) if report.unsent else ALL_SENT
    parts = (said, sent, laptops_said(report.closing.laptops if report.closing else None))
    return in_both(lambda lang: " · ".join(part.to(lang) for part in parts))


def laptops_said(silent: int | None) -> Words:
    """How many laptops had not synced."""
    if silent is None:
        return LAPTOPS_UNKNOWN
    return LAPTOPS.fill(n=silent) if silent else NO_LAPTOP


def silent_laptops(store: Store, period: Period, within: str) -> int | None:
    """How many laptops of the area the server has not heard since the last day of the period; None: not known."""
    morning = datetime.combine(min(period.last, store.clock.today()), time(), store.clock.zone)
    return laptops.silent_since(store, within, morning)


def reopen(store: Store, record_id: str) -> Changes:
    """Take a closing back: the period is counted again."""
    return store.delete(ENTITY, record_id)


def closed(store: Store, period: Period, within: str) -> Report | None:
    """The report as it was closed; None when it is open. UnreadableReport when this version cannot read it."""
    record = _record(store, period, within)
    return _report(record, period) if record else None


def closed_periods(store: Store, within: str) -> list[Period]:
    """What is closed, the newest first, years before their months."""
    made = {"month": periods.month, "year": periods.year}
    found = {made[row["kind"]](date.fromisoformat(row["first"])) for row in store.find(ENTITY, area=within)}
    return sorted(found, key=lambda period: (period.last, period.kind), reverse=True)


def _record(store: Store, period: Period, within: str) -> Row | None:
    """The closing that counts: of two laptops that closed the same period apart, the first."""
    found = store.find(ENTITY, area=within, kind=period.kind, first=period.first.isoformat())
    return min(found, key=lambda row: (row["cut_off"], row["id"]), default=None)


def _text(report: Report) -> str:
    frozen = Frozen(
        dict(report.now.values),
        {key: dict(groups) for key, groups in report.now.groups.items()},
        dict(report.before.values) if report.before else None,
        [(area.code, dict(area.values)) for area in report.areas],
        [(month.period.first, dict(month.values)) for month in report.months],
        {service: dict(line) for service, line in report.cases.items()},
    )
    if len(text := msgspec.json.encode(frozen).decode()) > LONGEST:
        frozen.groups.pop("village", None)  # the one that grows with the area, which the table by area says as well
        text = msgspec.json.encode(frozen).decode()
    return text


def _report(record: Row, period: Period) -> Report:
    try:
        kept = msgspec.json.decode(record["figures"], type=Frozen)
    except msgspec.MsgspecError as error:
        raise UnreadableReport(UNREADABLE.fill(period=period.words)) from error
    within, before = record["area"], period.before()
    return Report(
        within=within,
        now=Counted(period, kept.values, kept.groups),
        before=Counted(before, kept.before, {}) if before and kept.before else None,
        areas=tuple(Area(code, statistics.area_words(code, within), values) for code, values in kept.areas),
        months=tuple(Month(periods.month(first), values) for first, values in kept.months),
        cases=kept.cases,
        counted_at=from_iso(record["cut_off"]),
        unsent=record["unsent"] or 0,
        closing=Closing(record["id"], record["closed_by"] or "", record["laptops"]),
    )


def counted(store: Store, period: Period, within: str) -> Iterator[tuple[str, int, str]]:
    """What is behind each figure: its key (`scale:micro` of a group), how much a record adds, and the record's id."""
    for figure in FIGURES.values():
        by = f"{figure.table}.id"
        for record_id, n in store.query(statement(figure, by), statistics.values_of(store, period, within)):
            yield figure.key, n, record_id
    for business in statistics.derived(store, period, within):
        said: Mapping[str, int] = {
            f"scale:{business.scale}": 1, f"stage:{business.stage}": 1, "workers": business.workers,
            "moved_up": business.moved_up, "moved_up_before": business.moved_up_before,
        }  # fmt: skip
        yield from ((key, int(n), business.business_id) for key, n in said.items() if n)


def member(key: str, n: int, record_id: str) -> str:
    """How a record counts, as the sketch knows it."""
    return f"{key}={n} {record_id}"


def sketch(store: Store, period: Period, within: str) -> Sketch:
    """The sketch of everything that is counted now."""
    return sketches.sketch(member(*line) for line in counted(store, period, within))
