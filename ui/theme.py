"""Colours, type and the style sheet, all from `resources/tokens.json` and `resources/style.qss`."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

Mode = Literal["light", "dark"]

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
TEXT, TITLE = "Dampingi Teks", "Dampingi Judul"
TEXT_SIZES: dict[str, float] = {"normal": 1.0, "large": 1.14, "huge": 1.28}

PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "surface2"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.PlaceholderText, "ink3"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.Highlight, "pri"),
    (QPalette.ColorRole.HighlightedText, "onPri"),
    (QPalette.ColorRole.ToolTipBase, "ink"),
    (QPalette.ColorRole.ToolTipText, "surface"),
    (QPalette.ColorRole.Link, "pri"),
)


@cache
def tokens() -> dict[str, dict[str, str]]:
    """The colours by mode and name."""
    loaded = json.loads((RESOURCES / "tokens.json").read_text("utf-8"))
    return {mode: loaded[mode] for mode in ("light", "dark")}


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: light or dark, and the text size factor `k` (1.0, 1.14 or 1.28)."""

    mode: Mode = "light"
    k: float = 1.0

    def hex(self, name: str) -> str:
        """A colour as `#RRGGBB`; a name that is not a token is an error."""
        return tokens()[self.mode][name]

    def color(self, name: str) -> QColor:
        """A colour for painting."""
        return QColor(self.hex(name))

    def text(self, px: float) -> int:
        """A text size, grown with `k`, never under 12 px."""
        return max(12, round(px * self.k))

    def room(self, px: float) -> int:
        """A height that holds one line of text: grows half as fast as the text does."""
        return round(px * (1 + (self.k - 1) / 2))

    def lines(self, px: float) -> int:
        """A height that holds two lines of text: grows as the text does."""
        return round(px * self.k)

    def font(self, px: float, weight: int = 400, family: str = TEXT) -> QFont:
        """A font for painting, `px` at 100 %."""
        font = QFont(family)
        font.setPixelSize(self.text(px))
        font.setWeight(QFont.Weight(weight))
        return font


_current = Theme()


def current() -> Theme:
    """The look that stands on the screen; painters ask for it each time they paint."""
    return _current


def style_sheet(theme: Theme) -> str:
    """The style sheet: `$name` is a colour, `t(14)` a text size, `h(36)` and `l(84)` heights of one and two lines."""
    template = (RESOURCES / "style.qss").read_text("utf-8")
    sizes: dict[str, Callable[[float], int]] = {"t": theme.text, "h": theme.room, "l": theme.lines}
    sheet = re.sub(r"\b([thl])\(([\d.]+)\)", lambda m: f"{sizes[m[1]](float(m[2]))}px", template)
    sheet = re.sub(r"\$icons", (RESOURCES / "icons").as_posix(), sheet).replace("$mode", theme.mode)
    return re.sub(r"\$(\w+)", lambda m: theme.hex(m[1]), sheet)


def load_fonts() -> None:
    """Register the seven font files; harmless when called again."""
    if TEXT in QFontDatabase.families():
        return
    for path in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(theme: Theme) -> None:
    """Put a look on the whole application: style, font, palette and one style sheet."""
    global _current
    app = cast("QApplication", QApplication.instance())
    load_fonts()
    _current = theme
    if app.property("styled") is None:
        app.setStyle("Fusion")
        app.setProperty("styled", True)
    app.setStyleSheet("")  # from one sheet to the next Qt goes over every widget several times: four times as long
    app.setFont(theme.font(14))
    palette = QPalette()
    for role, name in PALETTE:
        palette.setColor(role, theme.color(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("ink3"))
    app.setPalette(palette)
    from PySide6.QtCore import Qt  # its many names take 20 ms, and the window is to be seen before

    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if theme.mode == "dark" else Qt.ColorScheme.Light)
    app.setStyleSheet(style_sheet(theme))
