"""Laporan Bulanan (and of a year or an event): the figures of an office as they stood when they were counted."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from models import closing, figure_charts, statistics
from models.attention import Trouble, attention
from models.consultations import FOLLOW_UP
from models.event_figures import EventFigures, event_figures
from models.figures import BREAKDOWNS, FIGURES, definitions, title_of
from models.i18n import MONTHS, Words, clock_time, number, rupiah
from models.revisions import revision
from models.schema import Row
from models.services import SERVICES
from models.statistics import AREA, AREA_FIGURES, AREA_HEADS, COVERAGE, Report, share
from reports import blocks as b
from reports import office, subject
from reports.charts import Charts, Figures, Rules
from reports.office import Bearing, Data
from reports.page import Block, Sheet
from reports.paper import MM, Paper, Part, Request
from reports.tables import Column, Table
from reports.text import CAPTION, CELL_BOLD, SMALL, SMALL_LABEL, Run, Style

if TYPE_CHECKING:
    from models.store import Store

MOST_TROUBLES = 10
NOTE_LINES = 2
CASE_COLUMNS = (
    ("cases_before", Words("Awal", "Start")), ("cases_opened", Words("Dibuka", "Opened")),
    ("cases_issued", Words("Terbit", "Issued")), ("cases_refused", Words("Ditolak", "Refused")),
    ("cases_cancelled", Words("Batal", "Cancelled")), ("cases_running", Words("Akhir", "End")),
    ("cases_late", Words("Terlambat", "Past due")),
)  # fmt: skip
TITLES = {
    "month": Words("Laporan Bulanan Pendampingan Usaha Mikro", "Monthly Report on Assistance to Micro Businesses"),
    "year": Words("Laporan Tahunan Pendampingan Usaha Mikro", "Yearly Report on Assistance to Micro Businesses"),
    "event": Words("Laporan Kegiatan Pendampingan Usaha Mikro", "Event Report on Assistance to Micro Businesses"),
}  # fmt: skip
ABOUT = {"month": Words("Bulan {period}", "Month {period}"), "year": Words("{period}", "{period}"), "event": Words("{period}", "{period}")}  # fmt: skip
COURSE = {"month": Words("Perkembangan enam bulan", "Course of six months"), "year": Words("Perkembangan per bulan", "Course by month"), "event": Words("Yang dibahas", "What it was about")}  # fmt: skip
CASES, SERVICE, SUM = (
    Words("Fasilitasi menurut jenis", "Cases by service"),
    Words("Jenis fasilitasi", "Service"),
    Words("Jumlah", "Sum"),
)
AREAS = Words("Menurut wilayah", "By area")
OTHERS, FIGURE, BEFORE = Words("Angka lain", "Other figures"), Words("Angka", "Figure"), Words("Perubahan", "Change")
DESKS, DESK = Words("Meja layanan", "Desks"), Words("Meja", "Desk")
GIVEN, SERVED, NO_SHOW = Words("Nomor", "Numbers"), Words("Dilayani", "Served"), Words("Tidak hadir", "No-show")
TIMES = Words(
    "Rata-rata menunggu {waiting} menit, dilayani {service} menit.",
    "On average {waiting} minutes of waiting, {service} of service.",
)
ATTENTION = Words("Usaha yang perlu perhatian", "Businesses that need attention")
ATTENTION_HEAD = (
    Words("No.", "No."),
    Words("Usaha", "Business"),
    Words("Pemilik", "Owner"),
    Words("Keadaan", "State"),
    Words("Rencana", "Plan"),
)
NOBODY = Words("Tidak ada.", "None.")
STATES = {
    "case_late": Words("{service}: lewat tenggat {days} hari", "{service}: {days} days past due"),
    "documents": Words("{service}: kurang {missing} dokumen", "{service}: {missing} documents missing"),
    "follow_up_late": Words("Tindak lanjut terlambat {days} hari", "Follow-up {days} days late"),
}  # fmt: skip
NOTES = Words("Catatan dan usulan", "Notes and proposals")
MEANINGS = Words("Arti angka", "What the figures mean")
SINCE = Words("{before} {n} · {change}", "{before} {n} · {change}")
OF_BUSINESSES = Words("{n}% dari usaha", "{n}% of businesses")
DIFFERENT = Words("{n} orang berbeda", "{n} different persons")
SCALES_ARE = {"micro": Words("mikro", "micro"), "small": Words("kecil", "small"), "medium": Words("menengah", "medium")}
KNOWING = Words("Mengetahui,", "Seen by,")
REVISED = Words(
    "Data yang masuk sesudahnya mengubah {n} angka; lembar ini tetap seperti saat ditutup.",
    "Records that came later change {n} figures; this sheet stays as it was closed.",
)
CLOSED = Words("ditutup {day} {time} · {sent}", "closed {day} {time} · {sent}")
COUNTED = Words("dihitung {day} {time} · {sent}", "counted {day} {time} · {sent}")
ALL_SENT, UNSENT = (
    Words("semua data sudah terkirim", "all data has been sent"),
    Words("{n} data belum terkirim", "{n} records not yet sent"),
)
SUBJECT = Words("{place}, {period}", "{place}, {period}")
MESSAGE = Words("{title}, {place}, {period}.", "{title}, {place}, {period}.")
# What stands in the boxes, besides the small word below it.
BOXES = {
    "businesses": Words("usaha dampingan", "assisted businesses"), "with_nib": Words("sudah punya NIB", "with NIB"),
    "sessions": Words("sesi konsultasi", "sessions"), "cases_issued": Words("fasilitasi terbit", "cases issued"),
    "persons": Words("orang berbeda", "different persons"), "served": Words("tamu dilayani", "guests served"),
    "present": Words("peserta hadir", "participants present"),
}  # fmt: skip
IN_BOXES = ("businesses", "with_nib", "sessions", "persons", "cases_issued")


@dataclass(frozen=True)
class Monthly(Data):
    """The report as it was counted, and what needs somebody."""

    report: Report
    troubles: Sequence[Trouble]
    desks: EventFigures | None
    obstacles: str
    zone: tzinfo
    silent: int | None  # laptops of this area that have not synced; None: not known
    revised: int = 0  # figures that are others by now, of a closed report

    title: ClassVar[Words] = Words("Laporan", "Report")

    @override
    def counts(self) -> dict[str, Words]:
        """How many businesses need attention."""
        return {"attention": Words(str(len(self.troubles)), str(len(self.troubles)))}

    @override
    def message(self) -> str:
        """What the report is and of when; no name in it."""
        kind, say = self.report.now.period.kind, self.office.say
        return say(
            MESSAGE, title=say(TITLES[kind]), place=say(self.report.place), period=say(self.report.now.period.words)
        )


def collect(store: "Store", request: Request) -> Monthly:
    """The period that `request.given` is, for the office of `request.scope`: as it was closed, else counted now."""
    period = request.given
    report = closing.closed(store, period, request.scope) or statistics.report(store, period, request.scope)
    bearing = office.bearing(store, request)
    of_event = period.kind == "event"
    event: Row = (store.get("event", period.event_id) or {}) if of_event else {}
    return Monthly(
        office=bearing,
        subject=bearing.say(SUBJECT, place=bearing.say(report.place), period=bearing.say(period.words)),
        report=report,
        troubles=[] if of_event else attention(store, period, request.scope, MOST_TROUBLES),
        desks=event_figures(store, period.event_id) if of_event else None,
        obstacles=str(event.get("obstacles") or ""),
        zone=store.clock.zone,
        silent=None if report.closing or of_event else closing.silent_laptops(store, period, request.scope),
        revised=len(revision(store, report).changes) if report.closing else 0,
    )


def layout(data: Monthly, wanted: AbstractSet[str]) -> Sheet:
    """The report: numbers, course, cases, areas, what needs somebody, room for notes, signatures."""
    now, us, say = data.report.now, data.office, data.office.say
    parts = [(title, blocks) for key, title, blocks in _parts(data) if key in wanted and blocks]
    about = say(ABOUT[now.period.kind], period=say(now.period.words))
    body: list[Block] = [b.Title(say(TITLES[now.period.kind]).upper(), " · ".join(p for p in (about, us.officer.position) if p)),
                         *_cut_off(data), Figures(_boxes(data))]  # fmt: skip
    for at, (title, blocks) in enumerate(parts, start=1):
        body += [b.Heading(f"{at}. {say(title)}"), *blocks]
    return Sheet(
        title=f"{say(TITLES[now.period.kind])} {say(now.period.words)}",
        form=_form(data),
        copy_for=say(office.OFFICE_COPY),
        letterhead=us.letterhead,
        blocks=[*body, _signatures(us)],
        lang=us.lang,
    )


def _parts(data: Monthly) -> list[tuple[str, Words, list[Block]]]:
    report, kind = data.report, data.report.now.period.kind
    charts = (
        [figure_charts.topics(report)]
        if kind == "event"
        else [figure_charts.course(report), figure_charts.topics(report)]
    )
    return [
        ("desks", DESKS, _desks(data)),
        ("charts", COURSE[kind], [Charts(charts, data.office.lang)]),
        ("cases", CASES, _cases(data)),
        ("areas", AREAS, _areas(data) if kind != "event" else []),
        ("figures", OTHERS, _others(data)),
        ("attention", ATTENTION, _attention(data) if kind != "event" else []),
        ("notes", NOTES, [b.Paragraph(data.obstacles, SMALL, hold=True)] if data.obstacles else [Rules(NOTE_LINES)]),
        ("meanings", MEANINGS, [b.Paragraph(_meaning(data), CAPTION)]),
    ]


def _form(data: Monthly) -> str:
    """`dihitung 24 Nov 2026 09.42 · 10 data belum terkirim`: the figures hold for that minute."""
    report, say = data.report, data.office.say
    sent = say(UNSENT, n=number(report.unsent, data.office.lang)) if report.unsent else say(ALL_SENT)
    at = subject.day(report.counted_at.astimezone(data.zone).date().isoformat(), data.office.lang)
    said = COUNTED if report.closing is None else CLOSED
    return say(said, day=at, time=clock_time(report.counted_at, data.office.lang, data.zone), sent=sent)


def _cut_off(data: Monthly) -> list[Block]:
    """Until when the figures go and which laptops they lack; of a closed report also who closed it and what came later."""
    say = data.office.say
    if data.report.closing:
        said = say(closing.cut_off(data.report, data.zone))
    elif data.silent is not None:
        counted = _form(data)
        said = f"{counted[0].upper()}{counted[1:]} · {say(closing.laptops_said(data.silent))}"
    else:
        return []
    later = f" {say(REVISED, n=data.revised)}" if data.revised else ""
    return [b.Paragraph(f"{said}.{later}", CAPTION, gap=1.5 * MM, align="center")]


def _boxes(data: Monthly) -> list[tuple[str, str, str]]:
    report, lang, say = data.report, data.office.lang, data.office.say
    values = report.now.values
    keys = ("sessions", "persons", "served", "present")
    if report.now.period.kind != "event":
        keys = ("businesses", "with_nib", "sessions", "cases_issued")
    notes = {"sessions": say(DIFFERENT, n=number(values["persons"], lang)), "cases_issued": _issued(data)}
    if report.now.period.kind == "event":
        notes = {}
    elif (percent := report.now.percent("with_nib", "businesses")) is not None:
        notes["with_nib"] = say(OF_BUSINESSES, n=percent)
    if report.before and (change := report.change("businesses")) is not None:
        notes["businesses"] = say(SINCE, before=_named(data), n=number(report.before.values["businesses"], lang),
                                  change=_signed(change, lang == "en"))  # fmt: skip
    return [(number(values[key], lang), say(BOXES[key]), notes.get(key, "")) for key in keys]


def _named(data: Monthly) -> str:
    """The period before in one word: `Oktober`, `2025`."""
    before = data.report.before
    if before is None:
        return ""
    return (
        MONTHS[data.office.lang][before.period.first.month - 1]
        if before.period.kind == "month"
        else str(before.period.first.year)
    )


def _signed(change: int, english: bool) -> str:
    text = number(abs(change), "en" if english else "id")
    return f"+{text}" if change > 0 else f"−{text}" if change < 0 else "±0"


def _issued(data: Monthly) -> str:
    """`3 NIB · 1 P-IRT · 1 halal`."""
    words = BREAKDOWNS["issued"].words
    return " · ".join(
        f"{n} {data.office.say(words(code))}" for code, n in list(data.report.now.groups.get("issued", {}).items())[:3]
    )


def _cases(data: Monthly) -> list[Block]:
    if not data.report.cases:
        return []
    say, lang = data.office.say, data.office.lang
    sums = {key: sum(line[key] for line in data.report.cases.values()) for key, _ in CASE_COLUMNS}
    shown = [(key, words) for key, words in CASE_COLUMNS if key != "cases_refused" or sums[key]]
    columns = [Column(say(SERVICE)), *(Column(say(words), 23, align="right") for _, words in shown)]
    rows: list[Sequence[str | list[Run]]] = [
        [say(SERVICES[code].short) if code in SERVICES else code, *(number(line[key], lang) for key, _ in shown)]
        for code, line in data.report.cases.items()
    ]
    return [Table(columns, [*rows, _bold([say(SUM), *(number(sums[key], lang) for key, _ in shown)])], grid=True)]


def _bold(texts: Sequence[str]) -> list[list[Run]]:
    return [[Run(text, CELL_BOLD)] for text in texts]


def _areas(data: Monthly) -> list[Block]:
    say, lang, report = data.office.say, data.office.lang, data.report
    columns = [Column(say(AREA)), *(Column(say(head), 23, align="right") for head in AREA_HEADS.values()),
               Column(say(COVERAGE), 25, align="right")]  # fmt: skip

    def line(name: Words, values: Mapping[str, int]) -> list[str]:
        percent = share(values["with_nib"], values["businesses"])
        return [
            say(name),
            *(number(values[key], lang) for key in AREA_FIGURES),
            "—" if percent is None else f"{percent}%",
        ]

    rows: list[Sequence[str | list[Run]]] = [line(a.words, a.values) for a in report.areas]
    return [Table(columns, [*rows, _bold(line(report.place, report.now.values))], grid=True)]


def _others(data: Monthly) -> list[Block]:
    """Every figure that has no place above, with its change."""
    say, lang, report = data.office.say, data.office.lang, data.report
    rows: list[Sequence[str]] = []
    for key, value in report.now.values.items():
        if key in IN_BOXES or key.startswith("cases_"):
            continue
        shown = rupiah(value, lang) if key in FIGURES and FIGURES[key].unit == "rupiah" else number(value, lang)
        change = report.change(key)
        rows.append([say(title_of(key)), shown, "" if change is None else _signed(change, lang == "en")])
    scales = report.now.groups.get("scale", {})
    rows += [[f"{say(AREA_HEADS['businesses'])} {say(words)}", number(scales[code], lang), ""]
             for code, words in SCALES_ARE.items() if code in scales]  # fmt: skip
    columns = [Column(say(FIGURE)), Column(say(SUM), 40, align="right"), Column(say(BEFORE), 30, align="right")]
    return [Table(columns, rows)] if report.now.period.kind != "event" else []


def _desks(data: Monthly) -> list[Block]:
    figures, say = data.desks, data.office.say
    if figures is None or not figures.desks:
        return []
    columns = [Column(say(DESK)), *(Column(say(words), 28, align="right") for words in (GIVEN, SERVED, NO_SHOW))]
    rows: list[Sequence[str | list[Run]]] = [
        [f"{d.letter} · {d.name}", str(d.given), str(d.served), str(d.no_show)] for d in figures.desks
    ]
    total = _bold([say(SUM), str(figures.given), str(figures.served), str(figures.no_show)])
    times = say(TIMES, waiting=figures.waiting_minutes, service=figures.service_minutes)
    return [
        Table(columns, [*rows, total], grid=True),
        *([b.Paragraph(times, SMALL, gap=2 * MM)] if figures.served else []),
    ]


def _attention(data: Monthly) -> list[Block]:
    say = data.office.say
    if not data.troubles:
        return [b.Paragraph(say(NOBODY), SMALL)]
    widths, styles = (10, 38, 26, 0, 49), (SMALL, SMALL_LABEL, SMALL, SMALL, SMALL)
    columns = [
        Column(say(words), wide, style) for words, wide, style in zip(ATTENTION_HEAD, widths, styles, strict=True)
    ]
    return [Table(columns, [_trouble(data, n, t) for n, t in enumerate(data.troubles, start=1)])]


def _trouble(data: Monthly, at: int, trouble: Trouble) -> list[str]:
    say, lang = data.office.say, data.office.lang
    service = say(SERVICES[trouble.what].short) if trouble.what in SERVICES else trouble.what
    state = say(STATES[trouble.sort], service=service, days=trouble.days, missing=trouble.missing)
    plan = FOLLOW_UP["kind"].kind.show(trouble.plan_kind, lang)
    when = subject.day(trouble.plan_on, lang, year=False) if trouble.plan_on else ""
    return [str(at), trouble.business or "—", trouble.owner, state, ", ".join(p for p in (plan, when) if p) or "—"]


def _meaning(data: Monthly) -> list[Run]:
    """The definitions of every figure on the paper, running on."""
    say, bold = data.office.say, Style("DampingiTeks-SemiBold", CAPTION.size, CAPTION.leading)
    said = [
        (say(title), say(meaning)) for key, (title, meaning) in definitions().items() if key in data.report.now.values
    ]
    return [run for title, meaning in said for run in (Run(f"{title}: ", bold), Run(f"{meaning} ", CAPTION))]


def _signatures(us: Bearing) -> b.Signatures:
    head = b.Signer(f"{us.say(KNOWING)}\n{us.head.above}", us.head.name, us.head.below)
    return b.Signatures([head, us.signer], gap=4 * MM, room=13 * MM)


PAPER = Paper(
    key="laporan",
    title=Words("Laporan", "Report"),
    prefix="",
    sizes=("A4", "F4"),
    parts=(
        Part("desks", DESKS),
        Part("charts", Words("Grafik", "Charts")),
        Part("cases", CASES),
        Part("areas", AREAS, on=False),
        Part("figures", OTHERS, on=False),
        Part("attention", ATTENTION),
        Part("notes", NOTES),
        Part("meanings", MEANINGS, on=False),
    ),
    collect=collect,
    layout=layout,
    about="given",
)
