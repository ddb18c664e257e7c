"""Icons: single-colour SVG files tinted with a token, sharp at every screen scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from ui import theme

LOGO = "logo"


def pixmap(name: str, color: str = "ink2", size: int = 18, *, stroke: float = 1.75) -> QPixmap:
    """An icon as a square picture of `size` px in a token's colour (or a `#RRGGBB`)."""
    tint = color if color.startswith("#") else theme.current().hex(color)
    return _render(name, tint, size, stroke, QGuiApplication.primaryScreen().devicePixelRatio())


def icon(name: str, color: str = "ink2", size: int = 18, *, on: str = "") -> QIcon:
    """An icon for a button; `on` is the colour while the button is checked."""
    made = QIcon()
    made.addPixmap(pixmap(name, color, size))
    made.addPixmap(pixmap(name, "ink3", size), QIcon.Mode.Disabled)
    if on:
        made.addPixmap(pixmap(name, on, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def put(button: QAbstractButton, name: str, color: str = "ink", size: int = 17, *, stroke: float = 2,
        gap: int = 4) -> None:  # fmt: skip
    """Put an icon before a button's text, `gap` px further from it than Qt's own 4 px."""
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, "ink3")):
        made.addPixmap(_with_gap(pixmap(name, tint, size, stroke=stroke), gap), mode)
    button.setIcon(made)
    button.setIconSize(QSize(size + gap, size))


def _with_gap(shape: QPixmap, gap: int) -> QPixmap:
    ratio = shape.devicePixelRatio()
    wide = QPixmap(round(shape.width() + gap * ratio), shape.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(QColor(0, 0, 0, 0))
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, shape)
    painter.end()
    return wide


def app_icon() -> QIcon:
    """The mark of the program for the window and the task bar."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap(LOGO, "ink", size))
    return made


def drawing(name: str, width: int, height: int) -> QPixmap:
    """A line drawing whose strokes name tokens (`fill="$priSoft"`)."""
    svg = (theme.RESOURCES / "drawings" / f"{name}.svg").read_text("utf-8")
    for token in sorted(theme.tokens()["light"], key=len, reverse=True):
        svg = svg.replace(f"${token}", theme.current().hex(token))
    return _paint(svg, width, height, QGuiApplication.primaryScreen().devicePixelRatio())


@lru_cache(maxsize=512)
def _render(name: str, tint: str, size: int, stroke: float, ratio: float) -> QPixmap:
    svg = (theme.RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    svg = svg.replace("currentColor", tint).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return _paint(svg, size, size, ratio)


def _paint(svg: str, width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return picture
