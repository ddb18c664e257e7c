"""The left side of the import: what each column of the file becomes."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QListView, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from models.i18n import Lang
from models.import_columns import SKIP, SKIP_WORDS, TARGETS, Guess, typed
from models.kinds import TEXT
from models.typed import is_excel_number
from models.workbook import Sheet
from ui import icons, theme
from ui.widgets.frames import column, frame, row
from ui.widgets.labels import ElidedLabel, icon_label, label, rule
from ui.words import importing as words

WIDTH, LEAST, SHARE = 364, 290, 0.315  # px at 100 % text, px, of the page
KEYS = (SKIP, *TARGETS)
MARKS = {  # of a column: icon, colour, spoken words
    "certain": ("circle-check", "greenInk", words.CERTAIN),
    "uncertain": ("circle-alert", "mangoInk", words.UNCERTAIN),
    "skip": ("minus", "ink3", words.SKIPPED_COLUMN),
}


def masked(text: str, target: str, lang: Lang) -> str:
    """A text of the file as strangers may see it: identity numbers hidden, in whatever column they stand."""
    bare = text.replace(" ", "")
    if is_excel_number(text):
        return text  # it names nobody any more
    key = target if target in TARGETS else "owner.nik" if bare.isdigit() and len(bare) > 14 else ""
    return TARGETS[key].kind.mask(text, lang) if key in ("owner.nik", "owner.family_card", "owner.npwp") else text


class TargetBox(QComboBox):
    """The list of things a column may become; letters jump, the wheel scrolls the page instead."""

    def __init__(self, names: QStringListModel) -> None:
        super().__init__()
        self.setModel(names)
        self.setMaxVisibleItems(14)
        self.setProperty("scale", "small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def showPopup(self) -> None:
        if self.view().property("role") != "popup":  # made when it is first wanted: sixteen cost a tenth of a second
            popup = QListView()
            popup.setProperty("role", "popup")
            self.setView(popup)
        super().showPopup()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())


class ColumnCard(QWidget):
    """One column: its heading and a sample, an arrow, what it becomes, and how sure that is."""

    changed = Signal(str)

    def __init__(self, heading: str, sample: str, names: QStringListModel, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._sample = sample
        line = row(spacing=10)
        self.setLayout(line)
        texts = column()
        self.caption = ElidedLabel("", "cap")
        title = ElidedLabel(heading, "smallbold")
        texts.addStretch()
        texts.addWidget(title)
        texts.addWidget(self.caption)
        texts.addStretch()
        left = QWidget()
        left.setLayout(texts)
        left.setFixedWidth(100)
        line.addWidget(left)
        self.arrow = icon_label("arrow-right", "ink3", 16, stroke=2)
        line.addWidget(self.arrow)
        self.box = TargetBox(names)
        self.box.setAccessibleName(words.BECOMES.fill(heading=heading).to(lang))
        self.box.activated.connect(lambda at: self.changed.emit(KEYS[at]))
        line.addWidget(self.box, 1)
        self.mark = icon_label("minus", "ink3", 17, stroke=2)
        line.addWidget(self.mark)
        self.setMinimumHeight(theme.current().lines(46))

    def show_guess(self, guess: Guess) -> None:
        """Show what the column becomes; an uncertain guess in amber."""
        self.box.setCurrentIndex(KEYS.index(guess.target))
        state = "skip" if guess.target == SKIP else "certain" if guess.certain else "uncertain"
        icon, color, meaning = MARKS[state]
        self.mark.setPixmap(icons.pixmap(icon, color, 17, stroke=2))
        self.mark.setToolTip(meaning.to(self._lang))
        self.box.setAccessibleDescription(meaning.to(self._lang))
        tone = "amber" if state == "uncertain" else ""
        known = self.box.property("tone") or ""
        self.box.setProperty("tone", tone)
        if tone != known:
            self.box.style().unpolish(self.box)
            self.box.style().polish(self.box)
        self.caption.setText(masked(self._sample, guess.target, self._lang) or "—")


class ColumnsPanel(QFrame):
    """All columns of a sheet under each other."""

    changed = Signal(object)  # list[str]: the target of every column
    sheet_chosen = Signal(int)

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self.guesses, self.cards = list[Guess](), list[ColumnCard]()
        self._narrow = False
        self._names = QStringListModel([SKIP_WORDS.to(lang), *(t.words.to(lang) for t in TARGETS.values())])
        self.setProperty("role", "mapping")
        whole = column(margins=(18, 14, 6, 12), spacing=0)
        self.setLayout(whole)
        whole.addWidget(label(words.COLUMNS.to(lang), "h2"))
        whole.addWidget(label(words.COLUMNS_HELP.to(lang), "smallmuted", wrap=True))
        whole.addSpacing(6)
        self.sheets = TargetBox(QStringListModel())
        self.sheets.setAccessibleName(words.SHEET.to(lang))
        self.sheets.activated.connect(self.sheet_chosen)
        whole.addWidget(self.sheets)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self._scroll, 1)
        self.remember = QCheckBox(words.REMEMBER.to(lang))
        self.remember.setChecked(True)
        self.remember.setToolTip(words.REMEMBER.to(lang))
        whole.addSpacing(8)
        whole.addWidget(self.remember)

    def fit(self, page_width: int, *, narrow: bool) -> None:
        """Take a share of the page; where it is narrow, do without arrows and long words."""
        self._narrow = narrow
        self.setFixedWidth(min(theme.current().room(WIDTH), max(LEAST, round(page_width * SHARE))))
        self.remember.setText((words.REMEMBER_SHORT if narrow else words.REMEMBER).to(self._lang))
        for card in self.cards:
            card.arrow.setVisible(not narrow)

    def show_sheets(self, sheets: Sequence[Sheet], at: int) -> None:
        """The sheets with a table to choose from; one alone needs no choice."""
        self.sheets.clear()
        self.sheets.addItems([f"{s.title} ({len(s.rows)})" for s in sheets])
        self.sheets.setCurrentIndex(at)
        self.sheets.setVisible(len(sheets) > 1)

    def show_sheet(self, sheet: Sheet) -> None:
        """One card a column; what each becomes follows by `show_guesses`."""
        stack = column(margins=(0, 0, 8, 0))
        self.cards = []
        for i, heading in enumerate(sheet.headings):
            sample = next((typed(r.values[i], TEXT) for r in sheet.rows if r.values[i] is not None), "")
            name = heading or words.NO_HEADING.fill(n=i + 1).to(self._lang)
            card = ColumnCard(name, sample, self._names, self._lang)
            card.changed.connect(lambda target, i=i: self._choose(i, target))
            card.arrow.setVisible(not self._narrow)
            self.cards.append(card)
            stack.addWidget(card)
            stack.addWidget(rule())
        stack.addStretch()
        self._scroll.setWidget(frame("paper", stack))

    def show_guesses(self, guesses: Sequence[Guess]) -> None:
        """What every column becomes now."""
        self.guesses = list(guesses)
        for card, guess in zip(self.cards, self.guesses, strict=True):
            card.show_guess(guess)

    def _choose(self, at: int, target: str) -> None:
        """A person's choice is certain; a column that held the same target before becomes free."""
        for i, guess in enumerate(self.guesses):
            if guess.target == target and target != SKIP:
                self.guesses[i] = Guess(SKIP)
        self.guesses[at] = Guess(target)
        self.show_guesses(self.guesses)
        self.changed.emit([g.target for g in self.guesses])
