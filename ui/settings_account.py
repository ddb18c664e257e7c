"""The settings that stand in the account: profile and letterhead."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models import numbering
from models.errors import FileTrouble
from models.i18n import Words, number
from models.kinds import KINDS
from models.onboarding import Person, change_profile, profile
from models.pictures import sniff
from models.store import Changes
from reports import office
from ui.context import Context
from ui.passphrase_change import PassphraseChange
from ui.settings_rows import Section
from ui.widgets import GroupedLineEdit, HintButton, TextEdit, label, row
from ui.words import settings as w

if TYPE_CHECKING:
    from models.store import Store

FIELD_WIDTH = 340
LARGEST_EMBLEM = 1_000_000
LETTERHEAD = (("above", w.ABOVE), ("office", w.OFFICE), ("address", w.ADDRESS))
SUMMARY = "RP"  # the paper that is made most
SINGLE = (("letter_place", w.PLACE), ("office_hours", w.HOURS))
SIGNERS = (
    ("head.name", w.HEAD_NAME, w.DOTS_HELP), ("head.nip", w.HEAD_NIP, w.DOTS_HELP),
    ("dinas.above", w.DINAS_ABOVE, w.DINAS_HELP), ("dinas.name", w.DINAS_NAME, w.DOTS_HELP),
    ("dinas.nip", w.DINAS_NIP, w.DOTS_HELP),
)  # fmt: skip


class ProfileSection(Section):
    """Position, number and office phone of who works here, and the passphrase."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, w.TITLES["profile"], w.PROFILE_HELP)
        self._person: Person | None = None
        self.position, self.nip = TextEdit(), TextEdit()
        self.phone = GroupedLineEdit((4, 4, 4), "-")
        self.add_row(w.NAME, w.NAME_HELP, label(ctx.profile.name, "bold"))
        for title, why, edit in (
            (w.POSITION, w.POSITION_HELP, self.position),
            (w.NIP, w.NIP_HELP, self.nip),
            (w.OFFICE_PHONE, w.OFFICE_PHONE_HELP, self.phone),
        ):
            edit.setFixedWidth(FIELD_WIDTH)
            edit.left.connect(self.leave)
            self.add_row(title, why, edit)
        if ctx.profile.account and not ctx.profile.sample:
            form = PassphraseChange(ctx, ctx.profile.account)
            self.add_row(w.PASSPHRASE, w.PASSPHRASE_HELP, HintButton(ctx.words(w.CHANGE), clicked=form.start))
            self.body.addWidget(form)
            form.hide()

    @override
    def open(self) -> None:
        self.ctx.background.read(self, profile, self._show)

    def _show(self, person: Person) -> None:
        self._person = person
        self.position.setText(person.position)
        self.nip.setText(KINDS["nip"].show(person.nip or None))
        self.phone.setText(KINDS["phone"].show(person.office_phone or None).replace("-", ""))

    @override
    def leave(self) -> None:
        """Keep what was typed, unless it cannot be right: then say why."""
        if self._person is None:
            return
        typed = {"nip": self.nip.text(), "phone": self.phone.text()}
        problems = (p for kind, text in typed.items() if text for p in KINDS[kind].check(text))
        if wrong := next((p for p in problems if p.severity == "error"), None):
            self.ctx.toast(wrong.words)
            return
        person = replace(
            self._person,
            position=self.position.text().strip(),
            nip=str(KINDS["nip"].parse(typed["nip"]) or ""),
            office_phone=str(KINDS["phone"].parse(typed["phone"]) or ""),
        )
        if person != self._person:
            self._person = person
            self.ctx.background.write(self, _keeper(lambda store: change_profile(store, person)))


class OfficeSection(Section):
    """The letterhead, the place and hours that papers bear, and who signs them."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, w.TITLES["office"], w.OFFICE_LEAD)
        self._kept: dict[str, str] = {}
        self._emblem = ""
        self.edits: dict[str, TextEdit] = {}
        for key, title in (*LETTERHEAD, *SINGLE):
            self._line(key, title, w.FROM_REGION if key in ("above", "office", "letter_place") else "")
        self.add_row(w.EMBLEM, w.EMBLEM_HELP, self._emblem_control())
        for key, title, why in SIGNERS:
            self._line(key, title, why)
        self.numbers = label("", "bold")
        self.add_row(w.NUMBERS, w.NUMBERS_HELP, self.numbers)

    def _line(self, key: str, title: Words, why: Words | str) -> None:
        edit = TextEdit()
        edit.setFixedWidth(FIELD_WIDTH)
        edit.left.connect(self.leave)
        self.edits[key] = edit
        self.add_row(title, why, edit)

    @override
    def open(self) -> None:
        self.ctx.background.read(self, office.own, self._show)
        self.ctx.background.read(self, _numbers_left, self._show_numbers)

    @override
    def leave(self) -> None:
        """Keep the lines as they stand."""
        now = {key: edit.text().strip() for key, edit in self.edits.items()} | {"emblem": self._emblem}
        if self._kept and now != self._kept:
            self._kept = now
            self.ctx.background.write(self, _keeper(lambda store: office.keep_own(store, now)))

    def _show(self, kept: dict[str, str]) -> None:
        self._kept, self._emblem = kept, kept["emblem"]
        for key, edit in self.edits.items():
            edit.setText(kept[key])
        self.remove.setVisible(bool(self._emblem))

    def _show_numbers(self, left: dict[str, int | None]) -> None:
        counted = {series: "–" if n is None else number(n, self.ctx.lang) for series, n in left.items()}
        known = any(n is not None for n in left.values())
        self.numbers.setText(self.ctx.words(w.NUMBERS_LEFT, **counted) if known else self.ctx.words(w.NO_NUMBERS))

    def _emblem_control(self) -> QWidget:
        made = QWidget()
        line = row(spacing=8)
        made.setLayout(line)
        self.remove = HintButton(self.ctx.words(w.REMOVE), "text", clicked=lambda: self._set_emblem(""))
        line.addWidget(self.remove)
        line.addWidget(HintButton(self.ctx.words(w.CHOOSE), clicked=self._choose))
        return made

    def _choose(self) -> None:
        chosen = self.ctx.dialogs.choose_file(w.EMBLEM, self.ctx.words(w.EMBLEM_FILTER))
        if chosen is None:
            return
        data = _picture(chosen)
        if not data:
            self.ctx.show_error(FileTrouble(w.EMBLEM_WRONG))
            return
        self._set_emblem(b64encode(data).decode())

    def _set_emblem(self, encoded: str) -> None:
        self._emblem = encoded
        self.remove.setVisible(bool(encoded))
        self.leave()


def _keeper(keep: "Callable[[Store], object]") -> "Callable[[Store], Changes]":
    """A write of settings: no record changes."""

    def work(store: "Store") -> Changes:
        keep(store)
        return Changes()

    return work


def _numbers_left(store: "Store") -> dict[str, int | None]:
    """By series, how many numbers of its blocks this laptop has left; None where it has none."""
    given = {"letter": SUMMARY, "session": store.home_scope, "case": store.home_scope}
    return {series: numbering.left(store, series, of) for series, of in given.items()}


def _picture(path: Path) -> bytes:
    """The bytes of a usable picture, else nothing."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_EMBLEM else b""
    except OSError:
        return b""
    return data if sniff(data) in ("image/png", "image/jpeg") and QPixmap().loadFromData(data) else b""
