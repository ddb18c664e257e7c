"""The panel beside the list: one business at a glance, and what can be done with it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from models import access, reference
from models.consultations import PLACE
from models.i18n import Words, short_date
from models.kinds import KINDS
from models.lists import nik_faulty
from models.schema import Row
from models.store import Changes
from models.summaries import BusinessCard
from models.village_moves import Moved
from ui import theme
from ui.attachment_panel import AttachmentPanel
from ui.context import Context
from ui.follow_up_delegate import lateness, what_to_do
from ui.move_dialog import place
from ui.paper_chooser import open_papers
from ui.shortcuts import hint
from ui.widgets import (
    Avatar,
    ElidedLabel,
    HintButton,
    IconButton,
    StatusChip,
    column,
    frame,
    icon_label,
    label,
    link,
    row,
    rule,
)
from ui.widgets.flow import Flow
from ui.words import common
from ui.words import moving as move_words
from ui.words import owners as words
from ui.words.papers import TITLE as ALL_PAPERS

WIDTH, EDGE = 350, 18
TASKS_SHOWN = 3


class OwnerPanel(QFrame):
    """Filled for each business that is selected; it never takes the focus by itself."""

    closed = Signal()
    opened = Signal()
    session = Signal()
    moved = Signal()  # to another village, or not after all

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.card: BusinessCard | None = None
        self.waits: Moved | None = None
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().room(WIDTH))
        whole = column()
        self.setLayout(whole)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot())
        self.nik = label("")
        self.nik_button = link("", self._toggle_nik)

    def show_card(self, card: BusinessCard, waits: Moved | None = None) -> None:
        """Show a business, or an owner without one; the NIK is masked again. `waits`: the move it waits for."""
        self.card, self.waits = card, waits
        body = QWidget()
        body.setProperty("role", "paper")
        inner = column()
        body.setLayout(inner)
        inner.addWidget(self._head(card))
        for section in (self._facts(card), self._tasks(card), self._sessions(card)):
            if section is not None:
                inner.addWidget(rule())
                inner.addLayout(section)
        inner.addWidget(rule())
        inner.addLayout(self._files(card))
        inner.addStretch()
        self._area.setWidget(body)

    def _foot(self) -> QFrame:
        line = row(margins=(EDGE, 0, EDGE, 0), spacing=8)
        foot = frame("footer", line)
        foot.setFixedHeight(theme.current().room(60))
        line.addWidget(IconButton("printer", self._ctx.words(ALL_PAPERS), self._all_papers, hint=hint("papers")))
        line.addStretch()
        line.addWidget(HintButton(self._ctx.words(words.OPEN), hint="Enter", clicked=self.opened.emit))
        line.addWidget(HintButton(self._ctx.words(words.SESSION), "primary", hint=hint("session"),
                                  clicked=self.session.emit))  # fmt: skip
        return foot

    def _head(self, card: BusinessCard) -> QWidget:
        owner = card.owner["name"] if card.owner else ""
        name = card.business["name"] if card.business else owner
        sub = words.OWNER_OF.fill(name=owner) if card.business else words.OWNER_ONLY
        box, line, texts = column(margins=(EDGE, 16, EDGE, 14), spacing=10), row(spacing=12), column()
        line.addWidget(Avatar(name, 48))
        texts.addWidget(ElidedLabel(name, "h2"))
        texts.addWidget(ElidedLabel(self._ctx.words(sub), "smallmuted"))
        line.addLayout(texts, 1)
        line.addWidget(IconButton("x", self._ctx.words(words.CLOSE_PANEL), self.closed.emit, hint="Esc"))
        box.addLayout(line)
        marks = Flow(spacing=6)
        for tone, icon, said in chips(card, self._ctx.clock.today()):
            marks.addWidget(StatusChip(tone, self._ctx.words(said), icon))
        if self.waits:
            said = self._ctx.words(move_words.WAITS, place=place(self.waits.target))
            marks.addWidget(StatusChip("info", said, "truck"))
        box.addLayout(marks)
        made = QWidget()
        made.setLayout(box)
        return made

    def _facts(self, card: BusinessCard) -> QVBoxLayout:
        owner, business = card.owner or {}, card.business or {}
        box = column(margins=(EDGE, 14, EDGE, 14), spacing=10)
        self.nik, self.nik_button = label(""), link("", self._toggle_nik)
        if owner.get("nik"):
            self._mask_nik()
            box.addLayout(self._fact("id-card", words.NIK, self.nik, self.nik_button))
        phone = KINDS["phone"].show(owner.get("phone") or business.get("contact_phone"), self._ctx.lang)
        if phone:
            copy = link(self._ctx.words(common.COPY), lambda: self._copy(phone))
            box.addLayout(self._fact("phone", words.PHONE, label(phone), copy))
        where, said = address(business or owner) or "–", words.ADDRESS if business else words.HOME_ADDRESS
        box.addLayout(self._fact("map-pin", said, label(where, wrap=True), self._move_link(), wide=True))
        product = business.get("main_product") or business.get("activity")
        if product:
            box.addLayout(self._fact("package", words.PRODUCT, label(product, wrap=True)))
        return box

    def _move_link(self) -> HintButton:
        made = link(self._ctx.words(move_words.STAY if self.waits else move_words.MOVE), self.moved.emit)
        made.setToolTip(f"{made.text()} ({hint('move')})")
        return made

    def _fact(
        self, icon: str, name: Words, value: QWidget, act: QWidget | None = None, *, wide: bool = False
    ) -> QVBoxLayout:
        """`wide`: the act stands beside the caption, so that a long value has the whole line."""
        line, texts, head = row(spacing=12), column(), row()
        line.addWidget(icon_label(icon, "ink3", 17), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(self._ctx.words(name), "cap"), 1)
        texts.addLayout(head)
        texts.addWidget(value)
        line.addLayout(texts, 1)
        if act:
            beside = head if wide else line
            beside.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        holder = column()
        holder.addLayout(line)
        return holder

    def _tasks(self, card: BusinessCard) -> QVBoxLayout | None:
        if not card.follow_ups:
            return None
        box = column(margins=(EDGE, 12, EDGE, 12), spacing=8)
        box.addWidget(label(self._ctx.words(words.FOLLOW_UPS), "h3"))
        today = self._ctx.clock.today()
        for task in card.follow_ups[:TASKS_SHOWN]:
            tone, icon, said = lateness(task | {"days": (date.fromisoformat(task["due"]) - today).days})
            line = row(spacing=8)
            line.addWidget(StatusChip(tone, self._ctx.words(said), icon))
            line.addWidget(ElidedLabel(what_to_do(task, self._ctx.lang), "small"), 1)
            box.addLayout(line)
        return box

    def _sessions(self, card: BusinessCard) -> QVBoxLayout:
        box = column(margins=(EDGE, 12, EDGE, 12), spacing=6)
        box.addWidget(label(self._ctx.words(words.SESSIONS), "h3"))
        if not card.sessions:
            box.addWidget(label(self._ctx.words(words.NO_SESSION), "smallmuted", wrap=True))
            return box
        last, *earlier = card.sessions
        line = row(spacing=0)
        line.addWidget(label(self._day(last), "smallbold"))
        place = PLACE.show(last["place"], self._ctx.lang) if last["place"] else ""
        rest = "".join(f" · {part}" for part in (place, last["staff_name"]) if part)
        line.addWidget(ElidedLabel(rest, "small"), 1)
        box.addLayout(line)
        if last["note"]:
            box.addWidget(label(last["note"], "smallmuted", wrap=True))
        if earlier:
            days = ", ".join(self._day(held) for held in earlier)
            box.addWidget(label(self._ctx.words(words.EARLIER, days=days), "cap", wrap=True))
        return box

    def _files(self, card: BusinessCard) -> QVBoxLayout:
        box = column(margins=(EDGE, 12, EDGE, 16))
        ids = ((part or {}).get("id") for part in (card.owner, card.business))
        box.addWidget(AttachmentPanel(self._ctx, *ids))
        return box

    def _all_papers(self) -> None:
        if self.card and self.card.owner:
            ids = {"owner_id": self.card.owner["id"], "business_id": (self.card.business or {}).get("id", "")}
            open_papers(self.window(), self._ctx, ids, ("owner",))

    def _day(self, held: Row) -> str:
        return short_date(date.fromisoformat(held["held_on"]), self._ctx.lang, year=True)

    def _mask_nik(self) -> None:
        nik = self.card.owner["nik"] if self.card and self.card.owner else None
        self.nik.setText(KINDS["nik"].mask(nik, self._ctx.lang))
        self.nik_button.setText(self._ctx.words(words.SHOW))
        self.nik_button.setAccessibleName(self._ctx.words(words.SHOW_NIK))
        self.nik_button.setToolTip(self._ctx.words(words.SHOW_LOGGED))

    def _toggle_nik(self) -> None:
        owner = self.card.owner if self.card else None
        if owner is None:
            return
        if self.nik_button.text() == self._ctx.words(words.HIDE):
            self._mask_nik()
            return
        owner_id: str = owner["id"]
        self._ctx.background.write(
            self, lambda store: (Changes(), access.reveal(store, "owner", owner_id, "nik")), self._show_nik
        )

    def _show_nik(self, nik: str) -> None:
        self.nik.setText(KINDS["nik"].show(nik, self._ctx.lang))
        self.nik_button.setText(self._ctx.words(words.HIDE))
        self._ctx.toast(words.SHOW_LOGGED)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._ctx.toast(words.PHONE_COPIED)


def chips(card: BusinessCard, today: date) -> list[tuple[str, str, Words]]:
    """What is to be known of a business before anything else: tone, icon, words."""
    owner, business, found = card.owner or {}, card.business, list[tuple[str, str, Words]]()
    if card.scale:
        found.append(("prs", "", card.scale.words))
    if business:
        found.append(("ok", "check", words.NIB_THERE) if business["nib"] else ("neu", "minus", words.NIB_MISSING))
    if any(task["due"] < today.isoformat() for task in card.follow_ups):
        found.append(("bad", "triangle-alert", words.LATE))
    if owner.get("informed") == "not_yet":
        found.append(("wait", "user-x", words.NOT_INFORMED))
    if nik_faulty(owner.get("nik")):
        found.append(("wait", "id-card", words.NIK_CHECK))
    return found


def address(where: Row) -> str:
    """`Jl. Mawar 3, RT 03 / RW 02, Kel. Patokan, Kec. Kraksaan`."""
    numbers = " / ".join(f"{name.upper()} {where[name]:02d}" for name in ("rt", "rw") if where.get(name))
    village = ", ".join(reference.path(where["village"]).split(", ")[:2]) if where.get("village") else ""
    return ", ".join(part for part in (where.get("address"), numbers, village) if part)
