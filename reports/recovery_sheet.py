"""Lembar Kunci Pemulihan: the one paper that opens an account when its passphrase is forgotten.

It is made before there is an office: `of` needs no store.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.i18n import Lang, Words
from reports import office
from reports.blocks import ROUND, Facts, LeftTitle, Notice
from reports.page import CARD, Sheet, Strip
from reports.paper import MM, Paper, Request
from reports.pen import Pen
from reports.shapes import Ticks
from reports.text import BODY, BOLD, KEY, SMALL, Run, text_width, wrap

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Kunci Pemulihan", "Recovery Key")
BELOW = Words("Untuk membuka Dampingi bila kata sandi lupa.", "To open Dampingi when the passphrase is forgotten.")
NAME, MADE = Words("Milik", "Belongs to"), Words("Dibuat", "Made")
HOW = (
    Words("Simpan lembar ini di tempat terkunci, jauh dari laptop.", "Keep this sheet locked away, far from the laptop."),
    Words("Jangan difoto dan jangan dikirim lewat WhatsApp.", "Take no photo of it and never send it by WhatsApp."),
    Words("Di layar buka kata sandi, pilih “Pakai kunci pemulihan” lalu ketik 24 huruf ini; tanda hubung boleh dilewati.",
          "On the unlock screen choose “Use recovery key” and type these 24 letters; hyphens may be left out."),
    Words("Setelah dipakai, buat kata sandi baru.", "After using it, choose a new passphrase."),
)  # fmt: skip
NO_RESCUE = Words(
    "Lembar hilang dan kata sandi lupa: tidak ada orang lain, juga Dinas, yang bisa membuka laptop ini.",
    "Sheet lost and passphrase forgotten: nobody else, not even the Dinas, can open this laptop.",
)
FORM = Words("Kunci pemulihan", "Recovery key")
ONLY = Words("pemilik akun saja", "the account's owner alone")


@dataclass(frozen=True)
class Key(office.Data):
    """The key and whose it is."""

    key: str
    name: str

    title = TITLE


def of(key: str, name: str, today: date, lang: Lang) -> Key:
    """The sheet's data from what was just made."""
    return Key(office.plain(today, lang, name), TITLE.to(lang), key, name)


def collect(_store: "Store", request: Request) -> Key:
    """`request.given` is the key; whose it is, the officer says."""
    return of(str(request.given), request.officer.name, request.today, request.lang)


def layout(data: Key, _wanted: AbstractSet[str]) -> Sheet:
    """The sheet itself; no letterhead and no number, so that it tells a finder little."""
    us = data.office
    ticks = [f"{n}. {us.say(words)}" for n, words in enumerate(HOW, start=1)]
    return Sheet(
        title=us.say(TITLE),
        form=us.say(FORM),
        copy_for=us.say(ONLY),
        letterhead=us.letterhead,
        blocks=[
            LeftTitle(us.say(TITLE).upper(), us.say(BELOW)),
            Facts(
                [[(us.say(NAME), [Run(data.name, BOLD)] if data.name else ""), (us.say(MADE), us.day)]], 20, gap=3 * MM
            ),
            _Groups(data.key.split("-")),
            Ticks(ticks, 1, BODY, gap=5 * MM),
            Notice([Run(us.say(NO_RESCUE), SMALL)], 4 * MM, keep=False),
        ],
        lang=us.lang,
        frame=CARD,
    )


@dataclass(frozen=True)
class _Groups:
    """The key in groups large enough to be read by poor light, three a row."""

    groups: Sequence[str]

    def strips(self, width: float) -> Iterable[Strip]:
        room = (width - 8 * MM) / 3
        for start in range(0, len(self.groups), 3):
            yield self._row(self.groups[start : start + 3], room, first=not start)

    def _row(self, groups: Sequence[str], room: float, *, first: bool) -> Strip:
        def draw(pen: Pen, x: float, top: float) -> None:
            for group in groups:
                pen.box(x, top, room, 14 * MM, ROUND)
                pen.line(
                    wrap(group, KEY, room)[0],
                    x + (room - text_width(group, KEY)) / 2,
                    top + (14 * MM - KEY.leading) / 2,
                )
                x += room + 4 * MM

        return Strip(14 * MM, draw, keep=True, gap=5 * MM if first else 4 * MM)


PAPER = Paper("kunci-pemulihan", TITLE, "", ("A5", "A4"), (), collect, layout, about="given")
