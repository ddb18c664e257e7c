"""One record whose facts were changed in two places: choose a side for each, by mouse or by 1, 2 and ↓."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from models.clock import Clock
from models.conflicts import DELETED
from models.entities import SYNCED
from models.i18n import Lang, Words, clock_time, long_date
from models.schema import Field, Row, Value
from models.settling import OpenConflict, Side, Version
from ui.context import Context
from ui.widgets import ElidedLabel, column, frame, label, row
from ui.words import sync as w

FIELD_COLUMN = 128


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record with its open conflicts, its name, and the row as it stands."""

    title: Words
    conflicts: tuple[OpenConflict, ...]
    row: Row

    @property
    def same(self) -> int:
        """How many filled fields nobody disputes."""
        disputed = {name for c in self.conflicts for name in c.kept.values}
        entity = SYNCED[self.conflicts[0].entity]
        return sum(1 for f in entity.fields if self.row.get(f.name) is not None and f.name not in disputed)


def unit_label(conflict: OpenConflict) -> Words:
    """What is disputed: a field, the fields of a group, or whether the record stays."""
    if conflict.unit == DELETED:
        return w.RECORD
    entity = SYNCED[conflict.entity]
    names = [entity[n].label for n in {**conflict.kept.values, **conflict.lost.values} if n in entity]
    return Words(", ".join(n.id for n in names), ", ".join(n.en for n in names))


def value_text(conflict: OpenConflict, version: Version, lang: Lang) -> str:
    """One side of the dispute as people read it."""
    if conflict.unit == DELETED:
        return (w.DELETED if version.values.get(DELETED) is not None else w.STAYS).to(lang)
    entity = SYNCED[conflict.entity]
    shown = [_part(entity[n], v, lang) for n, v in version.values.items() if n in entity]
    return ", ".join(t for t in shown if t) or w.EMPTY.to(lang)


def _part(field: Field, value: Value, lang: Lang) -> str:
    """One fact of a group; a bare number says what it counts."""
    text = field.kind.show(value, lang)
    return f"{field.label.to(lang)} {text}" if text and field.kind.storage == "integer" and field.group else text


def when_text(moment: datetime | None, clock: Clock, lang: Lang) -> str:
    """`hari ini, 07.58`, `kemarin 14.50`, else the date with the time."""
    if moment is None:
        return ""
    day, time = moment.astimezone(clock.zone).date(), clock_time(moment, lang, clock.zone)
    if day == clock.today():
        return w.TODAY.fill(time=time).to(lang)
    if day == clock.today() - timedelta(days=1):
        return w.YESTERDAY.fill(time=time).to(lang)
    return f"{long_date(day, lang)} {time}"


class SideValue(QWidget):
    """A radio button whose text wraps; the whole of it can be pressed."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__()
        self.text = text
        line = row(spacing=8)
        self.setLayout(line)
        self.radio = QRadioButton()
        self.radio.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.radio.setAccessibleName(f"{field}: {text}")
        line.addWidget(self.radio)
        line.addWidget(label(text, wrap=True), 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.radio.click()


class ReviewRow(QFrame):
    """One disputed unit: its name and two values; nothing is chosen at the start."""

    chosen = Signal()
    next_row = Signal()
    previous_row = Signal()

    def __init__(self, ctx: Context, conflict: OpenConflict, sides: tuple[Side, Side]) -> None:
        super().__init__()
        self.conflict, self._sides = conflict, sides
        self.setProperty("role", "reviewrow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = ctx.words(unit_label(conflict))
        self.setAccessibleName(self.name)
        line = row(margins=(16, 8, 16, 8), spacing=12)
        self.setLayout(line)
        title = label(self.name, "label", wrap=True)
        title.setFixedWidth(FIELD_COLUMN - 16)
        line.addWidget(title)
        self._group = QButtonGroup(self)
        self.values = [SideValue(value_text(conflict, self._version(side), ctx.lang), self.name) for side in sides]
        for n, value in enumerate(self.values):
            self._group.addButton(value.radio, n)
            line.addWidget(value, 1)
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    @property
    def choice(self) -> Side | None:
        """Which version was chosen, None while none is."""
        at = self._group.checkedId()
        return self._sides[at] if at >= 0 else None

    @property
    def value(self) -> str:
        """The chosen value as people read it."""
        return self.values[self._group.checkedId()].text if self.choice else ""

    def choose(self, at: int) -> None:
        """Choose the left (0) or the right (1) value."""
        self.values[at].radio.setChecked(True)
        self.chosen.emit()

    def _version(self, side: Side) -> Version:
        return self.conflict.kept if side == "kept" else self.conflict.lost

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_1: lambda: self.choose(0),
            Qt.Key.Key_2: lambda: self.choose(1),
            Qt.Key.Key_Left: lambda: self.choose(0),
            Qt.Key.Key_Right: lambda: self.choose(1),
            Qt.Key.Key_Down: self.next_row.emit,
            Qt.Key.Key_Up: self.previous_row.emit,
        }
        act = acts.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()


class ConflictReview(QWidget):
    """The rows of one record, and the line that says what comes out."""

    changed = Signal()

    def __init__(self, ctx: Context, reviewed: Reviewed) -> None:
        super().__init__()
        self.ctx, self.reviewed = ctx, reviewed
        body = column()
        self.setLayout(body)
        body.addWidget(self._heads())
        self.rows = [ReviewRow(ctx, c, self._sides(c)) for c in reviewed.conflicts]
        for at, line in enumerate(self.rows):
            body.addWidget(line)
            line.chosen.connect(self._show_result)
            line.next_row.connect(lambda at=at: self._focus(at + 1))
            line.previous_row.connect(lambda at=at: self._focus(at - 1))
        body.addSpacing(14)
        self._result = QGridLayout()
        self._result.setContentsMargins(12, 9, 12, 9)
        box = column(margins=(16, 0, 16, 0), spacing=8)
        box.addWidget(label(ctx.words(w.RESULT), "h3"))
        holder = frame("resultline")
        holder.setLayout(self._result)
        box.addWidget(holder)
        body.addLayout(box)
        body.addStretch()
        self._lines: list[ElidedLabel] = []
        for at, _ in enumerate(self.rows):
            line = ElidedLabel("", "small")
            self._lines.append(line)
            self._result.addWidget(line, at // 2, at % 2)
        self._show_result()

    def start(self) -> None:
        """Ready for 1, 2 and ↓."""
        self._focus(0)

    def choices(self) -> dict[str, Side] | None:
        """What was chosen for each conflict; None until every one has an answer."""
        answered: dict[str, Side] = {}
        for line in self.rows:
            if line.choice is None:
                return None
            answered[line.conflict.id] = line.choice
        return answered

    def undecided(self) -> Sequence[str]:
        """The names of what has no answer yet; all of them when everything has one."""
        return [line.name for line in self.rows if line.choice is None] or [line.name for line in self.rows]

    def _focus(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_result(self) -> None:
        for line, text in zip(self.rows, self._lines, strict=True):
            words = (
                w.CHOSEN.fill(field=line.name, value=line.value) if line.choice else w.NOT_CHOSEN.fill(field=line.name)
            )
            text.setText(self.ctx.words(words))
        self.changed.emit()

    def _sides(self, conflict: OpenConflict) -> tuple[Side, Side]:
        """My own value stands at the left; when neither is mine, the one in use does."""
        return ("lost", "kept") if conflict.lost.mine and not conflict.kept.mine else ("kept", "lost")

    def _heads(self) -> QWidget:
        first = self.reviewed.conflicts[0]
        left, right = self._sides(first)
        mine = first.kept.mine or first.lost.mine
        titles = (w.HERE, w.THERE) if mine else (w.IN_USE, w.OTHER)
        line = row(margins=(16, 9, 16, 9), spacing=12)
        field = label(self.ctx.words(w.FIELD), "smallbold")
        field.setFixedWidth(FIELD_COLUMN - 16)
        line.addWidget(field)
        for title, side in zip(titles, (left, right), strict=True):
            version = first.kept if side == "kept" else first.lost
            who = self.ctx.words(w.YOU) if version.mine else version.by or self.ctx.words(w.SOMEBODY)
            when = when_text(version.at, self.ctx.clock, self.ctx.lang)
            texts = column(spacing=1)
            texts.addWidget(label(self.ctx.words(title), "bold"))
            texts.addWidget(ElidedLabel(", ".join(t for t in (who, when) if t), "smallmuted"))
            line.addLayout(texts, 1)
        head = frame("reviewhead", line)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return head
