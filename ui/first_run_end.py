"""The last pages of the first run: passphrase, recovery key, and where to start."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from models.errors import AppError
from models.i18n import Words
from models.onboarding import NewAccount
from models.vault import passphrase_problem, suggest
from ui.first_run import FirstRun
from ui.first_run_steps import StepPage
from ui.recovery_sheet import RecoverySheet
from ui.unlock_forms import SecretEdit
from ui.widgets import Field, HintButton, column, frame, icon_label, label, link, row
from ui.words import first_run as w


class PassphraseStep(StepPage):
    """A passphrase typed twice; then the recovery key, which has to be kept before going on."""

    def __init__(self, run: FirstRun) -> None:
        super().__init__(run, w.SECRET, w.SECRET_HELP)
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages, 1)
        self._pages.addWidget(self._passphrase_page())

    @override
    def start(self) -> None:
        if self.run.answers.made is None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def check(self) -> bool:
        """First makes the account; the second time the recovery key is kept."""
        if self.run.answers.made is not None:
            return self.sheet.check.isChecked()
        problem = passphrase_problem(self.first.text())
        different = self.first.text() != self.second.text()
        self.first_field.show_problem(self.words(problem.words) if problem else "")
        self.second_field.show_problem(self.words(w.DIFFERENT) if different and not problem else "")
        if problem or different:
            (self.first if problem else self.second).setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.run.make(self.first.text(), self._made, self._failed)
        return False

    def _passphrase_page(self) -> QWidget:
        page = QWidget()
        body = column(spacing=4)
        page.setLayout(body)
        self.first, self.second = SecretEdit(self.run.lang), SecretEdit(self.run.lang)
        self.first_field = Field(self.words(w.PASSPHRASE), self.first)
        self.second_field = Field(self.words(w.AGAIN), self.second)
        self.first.textEdited.connect(lambda: self.first_field.show_problem(""))
        self.second.textEdited.connect(lambda: self.second_field.show_problem(""))
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.run.next)
        body.addWidget(self.first_field)
        body.addWidget(self.second_field)
        body.addSpacing(8)
        self.suggestion = label(suggest(), "bold")
        line = row(margins=(16, 10, 16, 10), spacing=12)
        line.addWidget(icon_label("lightbulb", "pri", 20))
        line.addWidget(label(self.words(w.SUGGESTION), "smallmuted"))
        line.addWidget(self.suggestion, 1)
        line.addWidget(link(self.words(w.ANOTHER), lambda: self.suggestion.setText(suggest())))
        line.addWidget(HintButton(self.words(w.TAKE), size="small", clicked=self.take_suggestion))
        body.addWidget(frame("card", line))
        body.addStretch()
        return page

    def take_suggestion(self) -> None:
        """Fill in the suggested words and show them, so that they can be written down."""
        for edit in (self.first, self.second):
            edit.setText(self.suggestion.text())
            edit.reveal()
        self.run.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, made: NewAccount) -> None:
        self.run.answers.made = made
        self.heading.setText(self.words(w.RECOVERY))
        self.sheet = RecoverySheet(self.run, self.run.dialogs, self.run.clock, made.recovery_key, made.account.name)
        self.sheet.kept.connect(self.run.next_button.setEnabled)
        self._pages.addWidget(self.sheet)
        self._pages.setCurrentIndex(1)
        self.lead.setText(self.sheet.lead.text())
        self.sheet.lead.hide()
        self.run.back_button.hide()
        self.run.next_button.setEnabled(False)
        self.sheet.start()

    def _failed(self, error: AppError) -> None:
        self.run.next_button.setEnabled(True)
        self.run.dialogs.show_error(error)


class ReadyStep(StepPage):
    """Three big choices: where to begin."""

    def __init__(self, run: FirstRun) -> None:
        first_name = run.answers.person.name.split()[0] if run.answers.person.name else ""
        super().__init__(run, w.READY.fill(name=first_name), w.READY_HELP)
        self.choices: dict[str, HintButton] = {}
        for key, icon, words, act in w.START:
            self._add(key, icon, words, act)
        self.body.addStretch()

    @override
    def start(self) -> None:
        self.choices["register"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, key: str, icon: str, words: Words, act: Words) -> None:
        kind = "primary" if key == "register" else ""
        button = HintButton(self.words(act), kind, clicked=lambda: self._begin(key))
        self.choices[key] = button
        self.body.addWidget(self.option(icon, words, w.START_HELP[key], button))
        self.body.addSpacing(12)

    def _begin(self, key: str) -> None:
        made = self.run.answers.made
        assert made is not None  # noqa: S101 - the step before made it
        self.run.finish_with(made, key)
