"""The two forms of the unlock screen: passphrase, and recovery key with a new passphrase."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from models.i18n import Lang
from models.vault import passphrase_problem
from ui import icons, theme
from ui.widgets import Banner, Field, HintButton, TextEdit, column, frame, icon_label, label, link, row, rule
from ui.words import unlock as w
from ui.words.first_run import DIFFERENT

MARGINS = (30, 30, 30, 26)


class SecretEdit(TextEdit):
    """A passphrase: dots until Lihat is pressed; notices Caps Lock while letters are typed."""

    caps_lock = Signal(bool)

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setTextMargins(0, 0, 76, 0)
        self._eye = HintButton("", "link", clicked=self._toggle, parent=self)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show_words()
        self.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._eye.setGeometry(self.width() - 84, 0, 74, self.height())
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(text.isupper() != shifted)
        super().keyPressEvent(event)

    def reveal(self) -> None:
        """Show what was typed."""
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        self._show_words()

    def _toggle(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show_words()

    def _show_words(self) -> None:
        words = w.SHOW if self.echoMode() == QLineEdit.EchoMode.Password else w.HIDE
        self._eye.setText(words.to(self._lang))
        icons.put(self._eye, "eye", "pri", 17)


class PassphraseForm(QWidget):
    """Greeting, passphrase, and the way out for those who forgot it."""

    use_key = Signal()

    def __init__(self, lang: Lang, attempt: Callable[[str], object]) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._attempt = attempt
        whole = column(margins=MARGINS, spacing=0)
        self.setLayout(whole)
        self._greeting = label("", "h1", wrap=True)
        self.edit = SecretEdit(lang)
        self.edit.setMinimumHeight(theme.current().room(42))
        self.field = Field(w.PASSPHRASE.to(lang), self.edit)
        self.button = HintButton(w.OPEN.to(lang), "primary", icon="lock", hint="Enter", size="large", clicked=self._go)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.returnPressed.connect(self._go)
        self.edit.caps_lock.connect(self._caps)
        self.edit.textEdited.connect(lambda: self.field.show_problem(""))
        whole.addWidget(self._greeting)
        whole.addSpacing(2)
        self._usual = (label(w.TYPE_IT.to(lang), "muted"), label(w.LOST_TOO.to(lang), "cap", wrap=True))
        whole.addWidget(self._usual[0])
        self.news = Banner("blue", "")
        told = column(margins=(0, 8, 0, 0))
        told.addWidget(self.news)
        whole.addLayout(told)
        whole.addSpacing(18)
        whole.addWidget(self.field)
        whole.addSpacing(8)
        whole.addWidget(self.button)
        whole.addSpacing(14)
        whole.addLayout(_divider(w.FORGOTTEN.to(lang)))
        whole.addSpacing(14)
        whole.addWidget(self._key_card())
        whole.addSpacing(12)
        whole.addWidget(self._usual[1])
        whole.addStretch()

    def greet(self, greeting: str) -> None:
        """Say good morning to the person chosen."""
        self._greeting.setText(greeting)

    def start(self) -> None:
        """Empty and ready to type."""
        self._tell("")
        self.edit.clear()
        self.field.show_problem("")
        self.busy(on=False)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self, *, on: bool) -> None:
        """While the key is derived nothing can be pressed twice."""
        self.button.setEnabled(not on)
        self.button.setText((w.OPENING if on else w.OPEN).to(self._lang))
        self.edit.setReadOnly(on)

    def say(self, sentence: str) -> None:
        """Say what became of the data while it was closed; it takes the place of what always stands there."""
        self._tell(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why the data stays closed."""
        self.busy(on=False)
        self.field.show_problem(sentence)
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str) -> None:
        self.news.say(sentence)
        self.news.setVisible(bool(sentence))
        for part in self._usual:
            part.setVisible(not sentence)

    def _go(self) -> None:
        if self.edit.text() and self.button.isEnabled():
            self._attempt(self.edit.text())

    def _caps(self, on: bool) -> None:
        self.field.show_problem(w.CAPS_LOCK.to(self._lang) if on else "", "warning")

    def _key_card(self) -> QWidget:
        line = row(margins=(14, 10, 14, 10), spacing=12)
        line.addWidget(icon_label("key-round", "pri", 22))
        texts = column()
        texts.addWidget(label(w.USE_KEY.to(self._lang), "bold"))
        texts.addWidget(label(w.USE_KEY_HELP.to(self._lang), "cap"))
        line.addLayout(texts, 1)
        line.addWidget(HintButton(w.USE.to(self._lang), size="small", clicked=self.use_key.emit))
        return frame("card", line)


class RecoveryForm(QWidget):
    """The key on paper and a new passphrase, typed twice; or the way to the office when the paper is lost too."""

    ask_office = Signal()
    take_answer = Signal()

    def __init__(self, lang: Lang, attempt: Callable[[str, str], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._attempt = attempt
        whole = column(margins=MARGINS, spacing=6)
        self.setLayout(whole)
        whole.addWidget(label(w.USE_KEY.to(lang), "h1"))
        self.key, self.first, self.second = TextEdit(), SecretEdit(lang), SecretEdit(lang)
        self.fields = [
            Field(w.KEY.to(lang), self.key, help_=w.KEY_HELP.to(lang)),
            Field(w.NEW_PASSPHRASE.to(lang), self.first, help_=""),
            Field(w.AGAIN.to(lang), self.second, help_=""),
        ]
        for field in self.fields:
            whole.addWidget(field)
            field.edit.textEdited.connect(lambda _="", field=field: field.show_problem(""))  # pyright: ignore[reportAttributeAccessIssue]
        self.key.returnPressed.connect(self.first.setFocus)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self._go)
        self.button = HintButton(w.SET_AND_OPEN.to(lang).replace("&", "&&"), "primary", hint="Enter", clicked=self._go)
        line = row(spacing=12)
        line.addWidget(link(w.BACK_TO_PASSPHRASE.to(lang), back))
        line.addStretch()
        line.addWidget(self.button)
        whole.addLayout(line)
        whole.addWidget(label(w.NEW_KEY_NOTE.to(lang), "cap", wrap=True))
        whole.addStretch()
        lost = row(spacing=16)
        lost.addWidget(link(w.ASK_OFFICE.to(lang), self.ask_office.emit))
        lost.addWidget(link(w.TAKE_ANSWER.to(lang), self.take_answer.emit))
        lost.addStretch()
        whole.addLayout(lost)

    def say(self, sentence: str) -> None:
        """Say what comes next, beside the key."""
        self.fields[0].show_problem(sentence, "warning")
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Empty and ready to type."""
        for edit in (self.key, self.first, self.second):
            edit.clear()
        for field in self.fields:
            field.show_problem("")
        self.busy(on=False)
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self, *, on: bool) -> None:
        """While the keys are derived nothing can be pressed twice."""
        self.button.setEnabled(not on)

    def refuse(self, sentence: str) -> None:
        """Say why the data stays closed."""
        self.busy(on=False)
        self.fields[0].show_problem(sentence)
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        problem = passphrase_problem(self.first.text())
        if problem:
            self.fields[1].show_problem(problem.words.to(self._lang))
        elif self.first.text() != self.second.text():
            self.fields[2].show_problem(DIFFERENT.to(self._lang))
        elif self.button.isEnabled():
            self._attempt(self.key.text(), self.first.text())


def _divider(text: str) -> QHBoxLayout:
    line = row(spacing=10)
    line.addWidget(rule(), 1)
    line.addWidget(label(text, "cap"))
    line.addWidget(rule(), 1)
    return line
