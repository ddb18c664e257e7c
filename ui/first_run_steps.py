"""The pages of the first run for language, office and person."""

from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from models.codes import clean_code, is_code, server_address
from models.errors import AppError
from models.i18n import Words
from models.schema import Kind
from ui.code_edit import CodeEdit
from ui.first_run import FirstRun
from ui.widgets import (
    Banner,
    ChoiceSearchEdit,
    Field,
    GroupedLineEdit,
    HintButton,
    Segmented,
    TextEdit,
    column,
    frame,
    icon_label,
    label,
    row,
)
from ui.words import common
from ui.words import first_run as w

PHONE_GROUPS = (4, 4, 4)


class StepPage(QWidget):
    """One page of the first run: a heading, a lead, and what is asked."""

    skippable = False

    def __init__(self, run: FirstRun, heading: Words, lead: Words) -> None:
        super().__init__()
        self.run = run
        self.body: QVBoxLayout = column(spacing=0)
        self.setLayout(self.body)
        self.heading = label(heading.to(run.lang), "hero", wrap=True)
        self.body.addWidget(self.heading)
        self.body.addSpacing(6)
        self.lead = label(lead.to(run.lang), "lead", wrap=True)
        self.body.addWidget(self.lead)
        self.body.addSpacing(22)

    def words(self, words: Words) -> str:
        """A text in the language chosen."""
        return words.to(self.run.lang)

    def field(self, title: Words, edit: QWidget, help_: Words | None = None, *, optional: bool = False) -> Field:
        """A labelled field in the page."""
        tag = self.words(common.OPTIONAL) if optional else ""
        made = Field(self.words(title), edit, help_=self.words(help_) if help_ else "", tag=tag)
        self.body.addWidget(made)
        self.body.addSpacing(8)
        return made

    def option(self, icon: str, title: Words, help_: Words, button: HintButton) -> QWidget:
        """A card with another way to go on."""
        line = row(margins=(16, 11, 16, 11), spacing=14)
        line.addWidget(icon_label(icon, "pri", 20))
        texts = column()
        texts.addWidget(label(self.words(title), "bold"))
        texts.addWidget(label(self.words(help_), "cap", wrap=True))
        line.addLayout(texts, 1)
        line.addWidget(button)
        return frame("card", line)

    def start(self) -> None:
        """The page comes to the front."""

    def check(self) -> bool:
        """Whether what was answered is enough to go on; says what is missing beside its field."""
        return True


class LanguageStep(StepPage):
    """Which language; or only the sample office."""

    def __init__(self, run: FirstRun) -> None:
        super().__init__(run, w.LANGUAGE, w.LANGUAGE_HELP)
        self.choice = Segmented([("id", "Bahasa Indonesia"), ("en", "English")])
        self.choice.set_value(run.lang)
        self.choice.chosen.connect(run.language.emit)
        self.body.addWidget(self.choice)
        self.body.addSpacing(36)
        self.sample = HintButton(self.words(w.TRY), size="small", clicked=self._sample)
        self.body.addWidget(self.option("book-open", w.SAMPLE, w.SAMPLE_HELP, self.sample))
        self.body.addStretch()

    @override
    def start(self) -> None:
        self.run.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sample(self) -> None:
        self.sample.setEnabled(False)
        self.sample.setText(self.words(w.PREPARING))
        self.run.make_sample(self._failed)

    def _failed(self, error: AppError) -> None:
        self.sample.setEnabled(True)
        self.sample.setText(self.words(w.TRY))
        self.run.dialogs.show_error(error)


class OfficeStep(StepPage):
    """The code of the Dinas with the server's address, or its file."""

    skippable = True

    def __init__(self, run: FirstRun) -> None:
        super().__init__(run, w.CONNECT, w.CONNECT_HELP)
        self.code = CodeEdit()
        self.code_field = self.field(w.CODE, self.code, w.CODE_HELP)
        self.address = TextEdit()
        self.address.setPlaceholderText("https://")
        self.address_field = self.field(w.ADDRESS, self.address, w.ADDRESS_HELP)
        self.code.textEdited.connect(lambda: self.code_field.show_problem(""))
        self.address.textEdited.connect(lambda: self.address_field.show_problem(""))
        self.code.returnPressed.connect(self.address.setFocus)
        self.address.returnPressed.connect(run.next)
        self.body.addSpacing(6)
        self.body.addWidget(Banner("amber", self.words(w.LATER_TITLE), self.words(w.LATER)))
        self.body.addSpacing(14)
        choose = HintButton(self.words(w.CHOOSE_FILE), size="small", clicked=self._choose)
        self.body.addWidget(self.option("usb", w.FILE, w.FILE_HELP, choose))
        self.taken = Banner("green", "")
        self.taken.hide()
        self.body.addSpacing(8)
        self.body.addWidget(self.taken)
        self.body.addStretch()

    @override
    def start(self) -> None:
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def check(self) -> bool:
        """A whole code and an address, or a file taken; what is typed is checked without internet."""
        if self.run.answers.person.server_pin:
            return True
        code, address = clean_code(self.code.text()), server_address(self.address.text())
        if not is_code(code):
            self.code_field.show_problem(self.words(w.CODE_WRONG))
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if not address:
            self.address_field.show_problem(self.words(w.ADDRESS_WRONG))
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.run.answers.person = replace(self.run.answers.person, code=code, server=address, server_pin="")
        return True

    def _choose(self) -> None:
        chosen = self.run.dialogs.choose_file(w.FILE, self.words(w.FILE_FILTER))
        if chosen is None:
            return
        from sync.enrol import read_file  # only who has a file pays for it

        try:
            ticket = read_file(chosen)
        except AppError as error:
            self.run.dialogs.show_error(error)
            return
        self.run.answers.person = replace(
            self.run.answers.person, code=ticket.code, server=ticket.server, server_pin=ticket.pin
        )
        self.taken.say(self.words(w.FILE_TAKEN.fill(server=ticket.server)))
        self.taken.show()
        self.run.next_button.setFocus(Qt.FocusReason.OtherFocusReason)


class PersonStep(StepPage):
    """Who works here, and for which village."""

    def __init__(self, run: FirstRun) -> None:
        from models.reference import path, search_villages

        super().__init__(run, w.PERSON, w.PERSON_HELP)
        self.name, self.nip, self.position = TextEdit(), TextEdit(), TextEdit()
        self.position.setText(w.POSITION_HINT.id)
        self.village = ChoiceSearchEdit(
            lambda typed: [(r.code, path(r.code)) for r in search_villages(typed)] if len(typed) >= 3 else [], path
        )
        self.phone = GroupedLineEdit(PHONE_GROUPS, "-")
        self.name_field = self.field(w.NAME, self.name)
        self.village_field = self.field(w.VILLAGE, self.village, w.VILLAGE_HELP)
        self.position_field = Field(self.words(w.POSITION), self.position)
        self.nip_field = Field(self.words(w.NIP), self.nip, tag=self.words(common.OPTIONAL))
        beside = row(spacing=16)
        for field in (self.position_field, self.nip_field):
            beside.addWidget(field, 1)
        self.body.addLayout(beside)
        self.body.addSpacing(4)
        self.phone_field = self.field(w.OFFICE_PHONE, self.phone, w.OFFICE_PHONE_HELP, optional=True)
        self.body.addStretch()
        order = [self.name, self.village, self.position, self.nip, self.phone]
        for edit, following in pairwise(order):
            edit.returnPressed.connect(partial(following.setFocus, Qt.FocusReason.TabFocusReason))
        self.phone.returnPressed.connect(run.next)
        for field in (self.name_field, self.village_field, self.nip_field, self.phone_field):
            field.edit.textEdited.connect(lambda _="", field=field: field.show_problem(""))  # pyright: ignore[reportAttributeAccessIssue]

    @override
    def start(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def check(self) -> bool:
        """Name and village are needed; NIP and phone only have to look right."""
        problems = [
            (self.name_field, "" if self.name.text().strip() else self.words(w.NAME_MISSING)),
            (self.village_field, "" if self.village.value() else self.words(w.VILLAGE_MISSING)),
            (self.nip_field, self._wrong("nip", self.nip.text())),
            (self.phone_field, self._wrong("phone", self.phone.text())),
        ]
        for field, sentence in problems:
            field.show_problem(sentence)
        first = next((field for field, sentence in problems if sentence), None)
        if first:
            first.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.run.answers.person = replace(
            self.run.answers.person,
            name=self.name.text().strip(),
            nip=str(_kind("nip").parse(self.nip.text()) or ""),
            position=self.position.text().strip(),
            village=self.village.value() or "",
            office_phone=str(_kind("phone").parse(self.phone.text()) or ""),
        )
        return True

    def _wrong(self, kind: str, typed: str) -> str:
        if not typed.strip():
            return ""
        errors = [p for p in _kind(kind).check(typed) if p.severity == "error"]
        return self.words(errors[0].words) if errors else ""


def _kind(name: str) -> Kind:
    from models.kinds import KINDS  # the language can be chosen before the kinds are there

    return KINDS[name]
