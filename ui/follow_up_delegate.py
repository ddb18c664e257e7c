"""How a follow-up is painted: the box, how late it is, who, what, and the arrow that opens it."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from models.consultations import FOLLOW_UP_KIND
from models.i18n import Lang, Words, in_both, short_date
from models.kinds import KINDS
from models.schema import Row
from ui import icons, theme
from ui.context import Context
from ui.widgets.painting import chip_size, paint_chip
from ui.words import common
from ui.words import home as words

ROW, DONE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
HEIGHT, EDGE, BOX, GAP, ARROW = 54, 16, 20, 12, 17
CHIP_ROOM, NAME_ROOM = 134, 176
TICKS, OPENS, UNDOES = EDGE + BOX + GAP, 48, 110  # px from the left edge, from the right edge
Index = QModelIndex | QPersistentModelIndex


def lateness(row: Row, *, done: bool = False) -> tuple[str, str, Words]:
    """The chip of a follow-up: tone, icon, words."""
    days = row["days"]
    if done:
        return "ok", "check", words.DONE
    if days < 0:
        return "bad", "triangle-alert", words.ONE_DAY_LATE if days == -1 else words.DAYS_LATE.fill(n=-days)
    if days == 0:
        return "wait", "clock", words.TODAY
    if days == 1:
        return "neu", "calendar", words.TOMORROW
    day = date.fromisoformat(row["due"])
    return "neu", "calendar", in_both(lambda lang: short_date(day, lang))


def what_to_do(row: Row, lang: Lang) -> str:
    """What the follow-up asks for, with its time of day."""
    what = row["what"] or FOLLOW_UP_KIND.show(row["kind"], lang)
    time = row["due_time"]
    return words.AT_TIME.fill(time=time, what=what).to(lang) if time and time not in what else what


class FollowUpDelegate(QStyledItemDelegate):
    """Paints the rows of a `FollowUpList`."""

    def __init__(self, view: QListView, ctx: Context) -> None:
        super().__init__(view)
        self._view, self._ctx = view, ctx

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.current().lines(HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        done: bool = index.data(DONE)
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, chosen=bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus())
        inner = box.adjusted(EDGE, 0, -EDGE, -1)
        _paint_tick(painter, QRectF(inner.left() + 0.75, inner.center().y() - 9, 18.5, 18.5), on=done)
        self._paint_chip(painter, inner, row, done=done)
        look = theme.current()
        left = inner.left() + BOX + GAP + look.lines(CHIP_ROOM) + GAP
        right = self._paint_end(painter, inner, done=done)
        names = min(look.lines(NAME_ROOM), (right - left) * 2 // 5)
        self._paint_who(painter, QRect(left, inner.top(), names, inner.height()), row, done=done)
        left += names + GAP
        self._paint_what(painter, QRect(left, inner.top(), right - left - GAP, inner.height()), row, done=done)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, *, chosen: bool) -> None:
        look = theme.current()
        painter.fillRect(box, look.color("priSoft" if chosen else "surface"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.color("line"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.color("pri"))

    def _paint_chip(self, painter: QPainter, inner: QRect, row: Row, *, done: bool) -> None:
        tone, icon, said = lateness(row, done=done)
        size = chip_size(self._ctx.words(said), icon)
        top = inner.center().y() - size.height() // 2 + 1
        paint_chip(painter, QRect(QPoint(inner.left() + BOX + GAP, top), size), tone, self._ctx.words(said), icon)

    def _paint_who(self, painter: QPainter, room: QRect, row: Row, *, done: bool) -> None:
        upper, lower = _halves(room)
        _paint_line(painter, upper, row["owner"], 14, 600, "ink3" if done else "ink", struck=done)
        _paint_line(painter, lower, row["business"] or "", 12.5, 400, "ink3")

    def _paint_what(self, painter: QPainter, room: QRect, row: Row, *, done: bool) -> None:
        upper, lower = _halves(room)
        _paint_line(painter, upper, what_to_do(row, self._ctx.lang), 14, 400, "ink3" if done else "ink", struck=done)
        phone = KINDS["phone"].show(row["phone"], self._ctx.lang)
        if phone:
            painter.drawPixmap(lower.left(), lower.center().y() - 6, icons.pixmap("phone", "ink3", 13))
            lower = lower.adjusted(17, 0, 0, 0)
        _paint_line(painter, lower, phone or self._ctx.words(words.NO_PHONE), 12.5, 400, "ink3")

    def _paint_end(self, painter: QPainter, inner: QRect, *, done: bool) -> int:
        """The arrow, or the word that takes "done" back; answers where it begins."""
        if not done:
            left = inner.right() - ARROW + 1
            painter.drawPixmap(left, inner.center().y() - ARROW // 2, icons.pixmap("chevron-right", "ink3", ARROW))
            return left
        painter.setFont(theme.current().font(13, 600))
        painter.setPen(theme.current().color("pri"))
        text = self._ctx.words(common.UNDO)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return inner.right() - painter.fontMetrics().horizontalAdvance(text)


def _paint_tick(painter: QPainter, box: QRectF, *, on: bool) -> None:
    look = theme.current()
    painter.setPen(QPen(look.color("pri" if on else "ctl"), 1.5))
    painter.setBrush(look.color("pri" if on else "surface"))
    painter.drawRoundedRect(box, 5, 5)
    if on:
        painter.drawPixmap(box.adjusted(2.5, 2.5, 0, 0).topLeft(), icons.pixmap("check", "onPri", 14, stroke=3))


def _halves(room: QRect) -> tuple[QRect, QRect]:
    """The upper and the lower line of a row."""
    look = theme.current()
    upper, lower = look.lines(20), look.lines(18)
    top = room.top() + (room.height() - upper - lower) // 2
    return QRect(room.left(), top, room.width(), upper), QRect(room.left(), top + upper, room.width(), lower)


def _paint_line(painter: QPainter, room: QRect, text: str, px: float, weight: int, ink: str, *,
                struck: bool = False) -> None:  # fmt: skip
    font = QFont(theme.current().font(px, weight))
    font.setStrikeOut(struck)
    painter.setFont(font)
    painter.setPen(theme.current().color(ink))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
