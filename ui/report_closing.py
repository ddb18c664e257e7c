"""How a report stands: still changing, closed, or revised since; and what changed."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models import closing
from models.clock import from_iso
from models.i18n import Words, clock_time, number, rupiah, short_date
from models.revisions import Cause, Changed, Revision
from models.statistics import Report
from ui import theme
from ui.context import Context
from ui.report_parts import scrolled
from ui.shortcuts import hint
from ui.widgets import Card, ElidedLabel, HintButton, StatusChip, column, frame, label, link, row
from ui.words import reports as words

CAUSES_SHOWN = 6
CLOSE = {"month": words.CLOSE_MONTH, "year": words.CLOSE_YEAR}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the strip says; `revision` is None while it is not known yet."""

    report: Report
    closable: bool
    silent: int | None  # laptops that have not synced, for a report that is open
    revision: Revision | None = None


class ClosingStrip(QFrame):
    """One line over the figures; nothing is there while a period still runs, or for an event."""

    def __init__(self, ctx: Context, close: Callable[[], object], show_changes: Callable[[], object]) -> None:
        super().__init__()
        self._ctx = ctx
        self.chip, self.note = StatusChip("neu", ""), ElidedLabel("", "cap")
        self.changes = link("", show_changes)
        self.close_button = HintButton("", size="small", icon="lock", hint=hint("close_period"), clicked=close)
        line = row(spacing=10)
        line.addWidget(self.chip)
        line.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.changes)
        line.addWidget(self.close_button)
        self.setLayout(line)

    def show_standing(self, standing: Standing) -> None:
        """Say how this report stands."""
        report, say = standing.report, self._ctx.words
        closed, changed = report.closing is not None, standing.revision
        self.setVisible(closed or standing.closable)
        self.close_button.setVisible(standing.closable)
        self.changes.setVisible(bool(changed))
        if closed:
            self.chip.show_state(
                *(("wait", say(words.REVISED), "history") if changed else ("ok", say(words.CLOSED), "lock"))
            )
            self.note.setText(say(closing.cut_off(report, self._ctx.clock.zone)))
            n = len(changed.changes) if changed else 0
            self.changes.setText(say(words.ONE_CHANGE) if n == 1 else say(words.CHANGES, n=n))
        elif standing.closable:
            self.chip.show_state("wait", say(words.OPEN), "pencil-line")
            laptops = say(closing.laptops_said(standing.silent))
            said = say(words.OPEN_NOTE, period=say(report.now.period.words), laptops=laptops[:1].upper() + laptops[1:])
            self.note.setText(said)
            self.close_button.setText(say(CLOSE[report.now.period.kind]))


class ChangesView(QWidget):
    """Every figure that would be another now, with the records that cause it."""

    def __init__(self, ctx: Context, reopen: Callable[[], object]) -> None:
        super().__init__()
        self._ctx = ctx
        around = column(margins=(24, 14, 24, 14))
        self._card = Card(ctx.words(words.CHANGES_TITLE), margins=(16, 12, 16, 12), spacing=4)
        self.reopen_button = HintButton(ctx.words(words.REOPEN), size="small", icon="refresh-cw", clicked=reopen)
        self._card.head.addWidget(self.reopen_button)
        self._body: QWidget | None = None
        around.addWidget(self._card)
        around.addStretch()
        whole = column()
        whole.addWidget(scrolled(frame("canvas", around)))
        self.setLayout(whole)

    def show_revision(self, revision: Revision) -> None:
        """Show these in place of those before."""
        if self._body:
            self._card.body.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        inner = column(spacing=2)
        for said in (words.CHANGES_HELP, *([words.NEW_MEANINGS] if revision.new_meanings else []),
                     *([words.TOO_MANY] if revision.too_many else [])):  # fmt: skip
            inner.addWidget(label(self._ctx.words(said), "muted", wrap=True))
        for change in revision.changes:
            self._add(inner, change)
        self._body = QWidget()
        self._body.setLayout(inner)
        self._card.body.addWidget(self._body)

    def _add(self, inner: QVBoxLayout, change: Changed) -> None:
        line = row(spacing=12)
        line.addWidget(label(self._ctx.words(change.words), "bold"))
        line.addStretch()
        then, now = (self._number(change, n) for n in (change.then, change.now))
        sign = "+" if change.now > change.then else "−"
        line.addWidget(label(f"{then} → {now}", "bold"))
        by = label(f"({sign}{self._number(change, abs(change.now - change.then))})", "muted")
        by.setAlignment(Qt.AlignmentFlag.AlignRight)
        by.setMinimumWidth(theme.current().lines(64))
        line.addWidget(by)
        inner.addSpacing(10)
        inner.addLayout(line)
        for cause in change.causes[:CAUSES_SHOWN]:
            inner.addWidget(label(self._cause(cause), "cap", wrap=True))
        if (more := len(change.causes) - CAUSES_SHOWN) > 0:
            inner.addWidget(label(self._ctx.words(words.MORE_CAUSES, n=number(more, self._ctx.lang)), "cap"))

    def _number(self, change: Changed, n: int) -> str:
        return rupiah(n, self._ctx.lang) if change.unit == "rupiah" else number(n, self._ctx.lang)

    def _cause(self, cause: Cause) -> str:
        """`Batik Rengganis Ayu — Angka tahunan, 3 Des 2026 09.42, Sri Wahyuni · pindah kelompok`."""
        say, at = self._ctx.words, from_iso(cause.at).astimezone(self._ctx.clock.zone)
        verb: Words = words.TURNED if cause.came and cause.went else words.CAME if cause.came else words.WENT
        told = say(words.CAUSE, what=cause.name or say(words.NAMELESS), through=say(cause.through),
                   day=short_date(at.date(), self._ctx.lang, year=True),
                   time=clock_time(at, self._ctx.lang, self._ctx.clock.zone))  # fmt: skip
        return f"{say(words.CAUSE_BY, cause=told, by=cause.by) if cause.by else told} · {say(verb)}"
