"""`EDITORS`: which widget types which kind of value; the others are one line or a choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from models import kbli, reference
from models.clock import Clock
from models.i18n import Lang
from models.reference import DISTRICT_DIGITS
from models.schema import Field, Kind
from ui.conditions_edit import ConditionsEdit
from ui.widgets.chips import Chip
from ui.widgets.choices import Segmented
from ui.widgets.edits import GroupedLineEdit, MoneyEdit, SmartDateEdit, TextArea, TextEdit
from ui.widgets.frames import row
from ui.widgets.search_edit import ChoiceSearchEdit
from ui.words import common

OPEN_CHOICES = 3  # so many answers stand side by side; more are searched
REGENCY_DIGITS = 4

GROUPS: dict[str, tuple[tuple[int, ...], str]] = {
    "nik": ((4, 4, 4, 4), " "),
    "kk": ((4, 4, 4, 4), " "),
    "nib": ((4, 4, 5), " "),
    "nip": ((8, 6, 1, 3), " "),
    "phone": ((4, 4, 5), "-"),
}


@dataclass(frozen=True, slots=True)
class Tools:
    """What editors need to know: the language, the day, and the regency that is searched first."""

    lang: Lang
    clock: Clock
    home_scope: str = ""


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget and the text in it, as `Kind.parse` and `Kind.check` read it (codes for choices)."""

    widget: QWidget
    typed: Callable[[], str]
    write: Callable[[str], object]
    edited: tuple[SignalInstance, ...] = ()  # a key was pressed
    left: tuple[SignalInstance, ...] = ()  # the person went on, or chose


class ChoicesEdit(QWidget):
    """Any number of answers as chips."""

    def __init__(self, kind: Kind, lang: Lang) -> None:
        super().__init__()
        line = row(spacing=8)
        self.setLayout(line)
        self.chips = {o.code: Chip(o.words.to(lang)) for o in kind.options}
        for chip in self.chips.values():
            line.addWidget(chip)
        line.addStretch()
        self.setFocusProxy(next(iter(self.chips.values())))

    def typed(self) -> str:
        """The codes that are on: `nib,halal`."""
        return ",".join(code for code, chip in self.chips.items() if chip.isChecked())

    def write(self, typed: str) -> None:
        """Switch exactly these codes on."""
        wanted = typed.split(",")
        for code, chip in self.chips.items():
            chip.setChecked(code in wanted)


def _line(_field: Field, _tools: Tools) -> Editor:
    edit = TextEdit()
    return Editor(edit, edit.text, edit.setText, (edit.textEdited,), (edit.left,))


def _money(_field: Field, _tools: Tools) -> Editor:
    edit = MoneyEdit()
    return Editor(edit, edit.text, edit.setText, (edit.textEdited,), (edit.left,))


def _area(_field: Field, _tools: Tools) -> Editor:
    edit = TextArea()
    return Editor(edit, edit.text, edit.setText, (edit.textChanged,), (edit.left,))


def _grouped(field: Field, _tools: Tools) -> Editor:
    groups, separator = GROUPS[field.kind.name]
    edit = GroupedLineEdit(groups, separator, counted=field.kind.name in ("nik", "nib", "kk"))
    return Editor(edit, edit.text, edit.setText, (edit.textEdited,), (edit.left,))


def _date(field: Field, tools: Tools) -> Editor:
    edit = SmartDateEdit(tools.clock, tools.lang, field.kind.name, calendar=common.OPEN_CALENDAR.to(tools.lang))
    return Editor(edit, edit.text, edit.setText, (edit.textEdited,), (edit.left,))


def side_by_side(options: Sequence[tuple[str, str]]) -> Editor:
    """A few answers as (code, words) that stand open."""
    seg = Segmented(options)
    return Editor(seg, lambda: seg.value() or "", seg.set_value, (seg.chosen,), (seg.chosen,))


def _yes_no(field: Field, tools: Tools) -> Editor:
    made = side_by_side([("1", common.YES.to(tools.lang)), ("0", common.NO.to(tools.lang))])
    made.widget.setAccessibleName(field.label.to(tools.lang))
    return made


def _choice(field: Field, tools: Tools) -> Editor:
    options = [(o.code, o.words.to(tools.lang)) for o in field.kind.options]
    if len(options) <= OPEN_CHOICES:
        return side_by_side(options)
    names = dict(options)

    def find(typed: str) -> list[tuple[str, str]]:
        return [(code, words) for code, words in options if typed.casefold() in words.casefold()]

    return searched(ChoiceSearchEdit(find, lambda code: names.get(code, code)))


def _choices(field: Field, tools: Tools) -> Editor:
    chips = ChoicesEdit(field.kind, tools.lang)
    toggles = tuple(chip.toggled for chip in chips.chips.values())
    return Editor(chips, chips.typed, chips.write, toggles, toggles)


def _conditions(_field: Field, tools: Tools) -> Editor:
    edit = ConditionsEdit(tools.lang, tools.clock)
    return Editor(edit, edit.typed, edit.write, (edit.edited,), (edit.edited,))


def _village(_field: Field, tools: Tools) -> Editor:
    near = tools.home_scope[:REGENCY_DIGITS]

    def find(typed: str) -> list[tuple[str, str]]:
        found = [r.code for r in reference.search_villages(typed, near)]
        found.sort(key=lambda code: not code.startswith(tools.home_scope[:DISTRICT_DIGITS]))
        return [(code, village_words(code)) for code in found]

    return searched(ChoiceSearchEdit(find, village_words))


def _kbli(_field: Field, _tools: Tools) -> Editor:
    def find(typed: str) -> list[tuple[str, str]]:
        return [(f"{kbli.NOW}:{k.code}", f"{k.title} — {k.code}") for k in kbli.search(typed)]

    return searched(ChoiceSearchEdit(find, kbli_words))


def searched(edit: ChoiceSearchEdit) -> Editor:
    """One of many by typing; the text itself while it is no choice."""

    def typed() -> str:
        return edit.value() or edit.text()

    return Editor(edit, typed, edit.set_value, (edit.textEdited, edit.chosen), (edit.left, edit.chosen))


def village_words(code: str) -> str:
    """`Patokan — Kec. Kraksaan`."""
    village, district = reference.region(code), reference.kecamatan_of(code)
    return f"{village.name} — {district.title}" if village and district else code


def kbli_words(value: str) -> str:
    """`Industri batik — 13133` for `2025:13133`."""
    version, _, code = value.partition(":")
    title = kbli.title(version, code)
    return f"{title} — {code}" if title else value


EDITORS: dict[str, Callable[[Field, Tools], Editor]] = {
    "long_text": _area, "money": _money, "yes_no": _yes_no,
    "date": _date, "birth_date": _date, "due_date": _date, "day": _date,
    "nik": _grouped, "kk": _grouped, "nib": _grouped, "nip": _grouped, "phone": _grouped,
    "region": _village, "village": _village, "kbli": _kbli, "conditions": _conditions,
}  # fmt: skip


def editor(field: Field, tools: Tools) -> Editor:
    """The widget for a field: by its kind's name, else by whether it has options, else one line."""
    made = EDITORS.get(field.kind.name)
    if made is None and field.kind.options:
        made = _choices if field.merge == "union" else _choice
    return (made or _line)(field, tools)
