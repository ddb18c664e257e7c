"""Kartu Pintasan: the keys of the program on a card for the desk. The screen hands the rows over."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.i18n import Words
from reports import office
from reports.blocks import LeftTitle, Paragraph
from reports.page import CARD, Sheet
from reports.paper import MM, Paper, Request
from reports.tables import Column, Table
from reports.text import CAPTION, CELL, CELL_BOLD

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Kartu Pintasan", "Keyboard Card")
BELOW = Words(
    "Tombol yang menghemat waktu. Letakkan di samping laptop.", "Keys that save time. Keep it beside the laptop."
)
HEAD = (Words("Tombol", "Keys"), Words("Yang dikerjakan", "What it does"))
FN = Words(
    "Di sebagian laptop tombol F1–F12 perlu ditekan bersama Fn. Setiap pintasan juga ada tombolnya di layar.",
    "On some laptops F1–F12 need Fn as well. Every key also has a button on the screen.",
)
FORM = Words("Kartu pintasan · A5", "Keyboard card · A5")
DESK = Words("meja kerja", "the desk")


@dataclass(frozen=True)
class Card(office.Data):
    """The keys, each with what it does."""

    rows: Sequence[tuple[str, str]]

    title = TITLE


def collect(store: "Store", request: Request) -> Card:
    """`request.given` are rows of keys and what they do, both in words."""
    us = office.bearing(store, request)
    given: Sequence[tuple[Words, Words]] = request.given
    return Card(us, us.say(TITLE), [(us.say(keys), us.say(act)) for keys, act in given])


def layout(data: Card, _wanted: AbstractSet[str]) -> Sheet:
    """The card itself."""
    us = data.office
    keys, acts = (us.say(words) for words in HEAD)
    return Sheet(
        title=us.say(TITLE),
        form=us.say(FORM),
        copy_for=us.say(DESK),
        letterhead=us.letterhead,
        blocks=[
            LeftTitle(us.say(TITLE).upper(), us.say(BELOW)),
            Table([Column(keys, 42, CELL_BOLD), Column(acts, 0, CELL)], data.rows, gap=2 * MM),
            Paragraph(us.say(FN), CAPTION, 2 * MM),
        ],
        lang=us.lang,
        frame=CARD,
    )


PAPER = Paper("kartu-pintasan", TITLE, "", ("A5",), (), collect, layout, about="given")
