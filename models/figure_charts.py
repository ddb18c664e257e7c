"""The charts of a report: what they show, not how they are drawn."""

from models.charts import Chart, Series, ranked
from models.figures import BREAKDOWNS
from models.i18n import Words
from models.statistics import Report

COURSE = Words("Sesi & fasilitasi terbit", "Sessions and cases issued")
SESSIONS, ISSUED = Words("Sesi", "Sessions"), Words("Terbit", "Issued")
SESSIONS_UNIT = Words("sesi", "sessions")
TOPICS = {
    "month": Words("Topik konsultasi bulan ini", "Topics of the month"),
    "year": Words("Topik konsultasi tahun ini", "Topics of the year"),
    "event": Words("Topik konsultasi kegiatan ini", "Topics of the event"),
}


def course(report: Report) -> Chart:
    """Sessions and issued cases, month by month."""
    labels = tuple(m.period.short for m in report.months)
    sessions, issued = (tuple(m.values[key] for m in report.months) for key in ("sessions", "cases_issued"))
    this = next((i for i, m in enumerate(report.months) if m.period == report.now.period), None)
    return Chart("bars", COURSE, labels, (Series(SESSIONS, sessions), Series(ISSUED, issued)), strong=this)


def topics(report: Report) -> Chart:
    """What the sessions were about."""
    said = BREAKDOWNS["topics"].words
    counted = {said(code): n for code, n in report.now.groups.get("topics", {}).items()}
    return ranked(TOPICS[report.now.period.kind], SESSIONS, counted, SESSIONS_UNIT)
