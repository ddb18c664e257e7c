"""Connect a laptop that works alone: code and address, or the file of the Dinas; the key is compared."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.codes import clean_code, is_code, server_address
from models.errors import AppError
from models.i18n import Words
from models.onboarding import Person, change_profile, profile
from models.store import Changes, Store
from ui.code_edit import CodeEdit
from ui.context import Context
from ui.widgets import Banner, Field, HintButton, TextEdit, column, label, link, row
from ui.words import first_run as f
from ui.words import sync as w


class ConnectCard(QWidget):
    """Asks for the code, shows the server's key when no authority vouches for it, and enrols."""

    connected = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self._pin = ""
        body = column(margins=(20, 18, 20, 18), spacing=0)
        self.setLayout(body)
        body.addWidget(label(ctx.words(w.CONNECT), "h2"))
        body.addSpacing(4)
        body.addWidget(label(ctx.words(w.CONNECT_HELP), "muted", wrap=True))
        body.addSpacing(16)
        self.code, self.address = CodeEdit(), TextEdit()
        self.address.setPlaceholderText("https://")
        self.code_field = Field(ctx.words(f.CODE), self.code, help_=ctx.words(f.CODE_HELP))
        self.address_field = Field(ctx.words(f.ADDRESS), self.address, help_=ctx.words(f.ADDRESS_HELP))
        for field in (self.code_field, self.address_field):
            body.addWidget(field)
            body.addSpacing(4)
        self.code.returnPressed.connect(self.address.setFocus)
        self.address.returnPressed.connect(self.go)
        self.code.textEdited.connect(lambda: self.code_field.show_problem(""))
        self.address.textEdited.connect(lambda: self.address_field.show_problem(""))
        self.said = Banner("amber", "", "")
        self.said.hide()
        body.addWidget(self.said)
        body.addSpacing(8)
        self._key = self._key_part()
        body.addWidget(self._key)
        line = row(spacing=12)
        line.addWidget(link(ctx.words(f.FILE), self._choose))
        line.addStretch()
        self.button = HintButton(ctx.words(w.CONNECT_NOW), "primary", clicked=self.go)
        line.addWidget(self.button)
        body.addLayout(line)
        body.addStretch()

    def start(self) -> None:
        """Show what was typed before and could not be tried yet."""
        self.ctx.background.read(self, profile, self._fill)

    def _fill(self, person: Person) -> None:
        if person.code and not self.code.text():
            self.code.setText(person.code)
            self.address.setText(person.server)

    def go(self) -> None:
        """Check what was typed, then look at the server's key."""
        code, address = clean_code(self.code.text()), server_address(self.address.text())
        if not is_code(code):
            self.code_field.show_problem(self.ctx.words(f.CODE_WRONG))
            return
        if not address:
            self.address_field.show_problem(self.ctx.words(f.ADDRESS_WRONG))
            return
        self._busy(on=True)
        self.ctx.background.run(
            self, lambda: _look(address), lambda shown: self._shown(shown, code, address), self._failed
        )

    def _shown(self, shown: "tuple[str, bool] | None", code: str, address: str) -> None:
        if shown is None:
            self._keep_for_later(code, address)
            return
        self._pin, public = shown
        if public:
            self._enrol()
            return
        self._busy(on=False)
        self.fingerprint.setText(grouped(self._pin))
        self.button.hide()
        self._key.show()

    def _enrol(self) -> None:
        from sync.enrol import Ticket

        ticket = Ticket(server_address(self.address.text()), self._pin, clean_code(self.code.text()))
        self._start(ticket)

    def _start(self, ticket: object) -> None:
        self._busy(on=True)
        sync = self.ctx.sync
        if sync is not None:
            sync.enrol(ticket, self._done, self._failed)  # pyright: ignore[reportArgumentType]

    def _choose(self) -> None:
        from sync.enrol import read_file

        chosen = self.ctx.dialogs.choose_file(f.FILE, self.ctx.words(f.FILE_FILTER))
        if chosen is None:
            return
        try:
            self._start(read_file(chosen))
        except AppError as error:
            self.ctx.show_error(error)

    def _done(self) -> None:
        self._busy(on=False)
        self.ctx.toast(w.CONNECTED)
        self.connected.emit()

    def _failed(self, error: AppError | None) -> None:
        self._busy(on=False)
        self._say(error.words if error else w.NO_LINE)

    def _keep_for_later(self, code: str, address: str) -> None:
        self._busy(on=False)
        self.ctx.background.write(self, lambda store: _keep(store, code, address))
        self._say(w.NO_LINE)

    def _say(self, words: Words) -> None:
        self._key.hide()
        self.button.show()
        self.said.say(self.ctx.words(words))
        self.said.show()

    def _busy(self, *, on: bool) -> None:
        self.button.setEnabled(not on)
        self.button.setText(self.ctx.words(w.CONNECTING if on else w.CONNECT_NOW))
        if on:
            self.said.hide()
            self._key.hide()

    def _key_part(self) -> QWidget:
        part = QWidget()
        body = column(spacing=8)
        part.setLayout(body)
        body.addWidget(label(self.ctx.words(w.FINGERPRINT), "h3"))
        body.addWidget(label(self.ctx.words(w.FINGERPRINT_HELP), "small", wrap=True))
        self.fingerprint = label("", "mono", wrap=True)
        body.addWidget(self.fingerprint)
        line = row(spacing=10)
        line.addWidget(HintButton(self.ctx.words(w.DIFFERS), "danger", clicked=lambda: self._say(w.STOPPED)))
        line.addStretch()
        line.addWidget(HintButton(self.ctx.words(w.MATCHES), "primary", clicked=self._enrol))
        body.addLayout(line)
        part.hide()
        return part


def grouped(pin: str) -> str:
    """A fingerprint in groups of four that can be read aloud."""
    return " ".join(pin[at : at + 4].upper() for at in range(0, len(pin), 4))


def _keep(store: "Store", code: str, address: str) -> Changes:
    change_profile(store, replace(profile(store), code=code, server=address, server_pin=""))
    return Changes()


def _look(address: str) -> tuple[str, bool] | None:
    from sync.engine import Offline
    from sync.transport import look

    try:
        shown = look(address)
    except Offline:
        return None
    return shown.pin, shown.public
