"""What widgets and table cells paint alike: tones, chips, avatar tiles, initials."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ui import icons, theme

# Each tone has its background and its ink.
TONES: dict[str, tuple[str, str]] = {
    "ok": ("greenSoft", "greenInk"),
    "wait": ("mangoSoft", "mangoInk"),
    "bad": ("redSoft", "redInk"),
    "info": ("blueSoft", "blueInk"),
    "gr": ("grapeSoft", "grapeInk"),
    "neu": ("neutSoft", "neutInk"),
    "prs": ("priSoft", "priInk"),
}
AVATAR_TONES = ("prs", "gr", "info", "wait", "bad", "neu")
CHIP_ICONS = {"ok": "check", "wait": "clock", "bad": "triangle-alert", "info": "send", "neu": "minus"}


def initials(name: str) -> str:
    """The first letters of the first two words: `Batik Rengganis Ayu` is `BR`."""
    words = [w for w in name.split() if w[0].isalnum()]
    return "".join(w[0] for w in words[:2]).upper() or "–"


def avatar_tone(name: str) -> str:
    """A tone that stays the same for the same name."""
    return AVATAR_TONES[sum(name.encode()) % len(AVATAR_TONES)]


def chip_size(text: str, icon: str) -> QSize:
    """The room that a status chip needs."""
    metrics = QFontMetrics(theme.current().font(12.5, 600))
    width = 7 + (19 if icon else 2) + metrics.horizontalAdvance(text) + 9
    return QSize(width, theme.current().room(24))


def paint_chip(painter: QPainter, at: QRect, tone: str, text: str, icon: str) -> None:
    """A status chip that fills `at`: an icon, the word, a soft round background."""
    back, ink = TONES[tone]
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(back))
    radius = at.height() / 2
    painter.drawRoundedRect(QRectF(at), radius, radius)
    left = at.left() + 9
    if icon:
        painter.drawPixmap(QPointF(at.left() + 7, at.center().y() - 6.5), icons.pixmap(icon, ink, 14, stroke=2))
        left = at.left() + 26
    painter.setFont(look.font(12.5, 600))
    painter.setPen(look.color(ink))
    room = QRect(left, at.top(), at.right() - left - 6, at.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 2)
    painter.drawText(room.adjusted(0, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def paint_tile(painter: QPainter, at: QRect, tone: str, text: str, px: float) -> None:
    """A soft tile with letters: the avatar of a business, or a digit."""
    back, ink = TONES[tone]
    look = theme.current()
    font = QFont(look.font(px, 700))
    font.setPixelSize(min(font.pixelSize(), round(at.height() * 0.45)))
    paint_letters(painter, at, look.color(back), look.color(ink), text, font, 8)


def paint_letters(painter: QPainter, at: QRect, back: QColor, ink: QColor, text: str, font: QFont,
                  radius: float) -> None:  # fmt: skip
    """Letters in the middle of a rounded box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    painter.drawRoundedRect(QRectF(at), radius, radius)
    painter.setPen(QPen(ink))
    painter.setFont(font)
    painter.drawText(at, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
