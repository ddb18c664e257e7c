"""Colours, sizes and icons: contrast by the WCAG formula, one style sheet without loose ends."""

import json
import re

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel

from ui import icons, theme
from ui.screens import SCREENS
from ui.widgets.painting import AVATAR_TONES, CHIP_ICONS, TONES

PAIRS = json.loads((theme.RESOURCES / "tokens.json").read_text("utf-8"))["contrast"]
LOOKS = [theme.Theme(mode, k) for mode in ("light", "dark") for k in theme.TEXT_SIZES.values()]


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p[0]}-on-{p[1]}")
def test_contrast_suffices(mode, pair):
    ink, ground, needed = pair[:3]
    colors = theme.tokens()[mode]
    assert contrast(colors[ink], colors[ground]) >= needed


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_every_chip_can_be_read(mode, tone):
    ground, ink = TONES[tone]
    assert contrast(theme.tokens()[mode][ground], theme.tokens()[mode][ink]) >= 4.5


def test_both_modes_have_the_same_tokens():
    assert theme.tokens()["light"].keys() == theme.tokens()["dark"].keys()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_style_sheet_has_no_loose_ends(look):
    sheet = theme.style_sheet(look)
    assert not re.search(r"\$|\b[thl]\(", sheet)
    for picture in re.findall(r'url\("([^"]+)"\)', sheet):
        assert theme.Path(picture).is_file()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_text_is_smaller_than_12_px_but_keys(look):
    sizes = [int(s) for s in re.findall(r"font-size: (\d+)px", theme.style_sheet(look))]
    assert sizes
    assert min(sizes) >= 12


def test_an_unknown_colour_is_an_error():
    with pytest.raises(KeyError):
        theme.Theme().color("pink")


def test_both_type_faces_are_shipped(qapp):
    assert {theme.TEXT, theme.TITLE} <= set(QFontDatabase.families())


def test_a_look_reaches_the_widgets(qtbot, wear):
    label = QLabel("x")
    qtbot.addWidget(label)
    wear(theme.Theme("dark", 1.28))
    label.ensurePolished()
    assert label.font().pixelSize() == 18
    assert label.palette().windowText().color() == theme.Theme("dark").color("ink")


def test_icons_wear_the_colour_and_are_kept(qapp):
    red = icons.pixmap("check", "red", 20)
    assert icons.pixmap("check", "red", 20).cacheKey() == red.cacheKey()
    inks = {
        image.pixelColor(x, y).name()
        for image in [red.toImage()]
        for x in range(20)
        for y in range(20)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#b3261e"}


def test_every_icon_of_the_tables_is_there():
    names = [*CHIP_ICONS.values(), icons.LOGO, *(s.icon for s in SCREENS.values() if s.icon)]
    missing = [n for n in names if not (theme.RESOURCES / "icons" / f"{n}.svg").is_file()]
    assert not missing
    assert set(AVATAR_TONES) <= set(TONES)


def test_no_icon_lies_there_unused():
    root = theme.RESOURCES.parent
    told = [*(root / "ui").rglob("*.py"), theme.RESOURCES / "style.qss", theme.RESOURCES / "help" / "answers.toml"]
    text = "\n".join(path.read_text("utf-8").replace("$mode", mode) for path in told for mode in ("light", "dark"))
    lying = [p.stem for p in (theme.RESOURCES / "icons").glob("*.svg") if not re.search(rf'["/]{p.stem}[".]', text)]
    assert not lying
