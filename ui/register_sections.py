"""The fields of Daftarkan usaha on one scrolling page: owner, business, product and permits."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from models import registration, scales
from models.dates import MONTHS_A_YEAR
from models.i18n import Words, rupiah
from models.official_ids import nik_facts
from models.owners import SEX
from models.registration import STEPS
from models.schema import Problem
from ui.context import Context
from ui.editors import Editor, side_by_side
from ui.form import Form
from ui.register_edits import ProductEdit, VillageEdit
from ui.widgets import ElidedLabel, Segmented, StatusChip, column, label, row, rule
from ui.words import common
from ui.words import register as words

FORM_STEPS = ("owner", "business", "product")
HEADS = {"owner": words.HEAD_OWNER, "business": words.HEAD_BUSINESS, "product": words.HEAD_PRODUCT}
# Where a field stands: (row, column) of two columns; a tuple of fields shares one cell.
PLACES: dict[str, tuple[tuple[str | tuple[str, ...], ...], ...]] = {
    "owner": (
        ("owner.name", "owner.nik"),
        ("owner.phone", "owner.sex"),
        ("owner.village", ("owner.address", "owner.rt", "owner.rw")),
        ("owner.birth_date",),
    ),
    "business": (("business.name", "business.activity"), ("business.sales_month", "business.capital")),
    "product": (("business.main_product", "business.nib"), ("business.brand", "business.started")),
}
NARROW = {"owner.rt": 58, "owner.rw": 58}  # px of the boxes that hold three digits
ONE_COLUMN_BELOW = 430  # px of form width at 100 % text
FROM_NIK = ("owner.sex", "owner.birth_date")


class RegisterForm(QScrollArea):
    """The three steps that are filled in; `form` holds the fields, `typed` is the entry."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._from_nik = ctx, dict[str, str]()
        self._village, self._product = VillageEdit(ctx), ProductEdit(ctx)
        keys = [key for step in FORM_STEPS for key in STEPS[step]]
        special = {
            "owner.sex": self._sex(),
            "owner.village": self._village.editor(),
            "business.activity": self._product.editor(),
        }
        titles = {key: words.LABEL[key] for key in keys}
        declared = {key: registration.field_of(key) for key in keys}
        self.form = Form(ctx, declared, titles=titles, check=self.check_key, special=special)
        self._sections: dict[str, QWidget] = {}
        self._grids: list[tuple[QGridLayout, list[QWidget]]] = []
        self._columns = 0
        self._accepted: set[tuple[str, str, str]] = set()  # faults that were said, with what was typed
        self._taken = StatusChip("wait", ctx.words(words.TAKEN), "users")
        self._a_year = label("", "cap")
        self._build()
        self.form.changed.connect(self._typed)
        self.form.left.connect(self._left)

    @property
    def steps(self) -> list[QWidget]:
        """The sections in order."""
        return list(self._sections.values())

    def typed(self) -> dict[str, str]:
        """The entry as `models.registration` takes it."""
        entry = self.form.typed()
        kbli, activity = self._product.parts()
        return entry | {"business.activity": activity, registration.KBLI: kbli}

    def write(self, entry: Mapping[str, str]) -> None:
        """Show an entry; fields that it does not name are emptied."""
        product = ProductEdit.joined(entry.get(registration.KBLI, ""), entry.get("business.activity", ""))
        self.form.write({key: entry.get(key, "") for key in self.form.fields} | {"business.activity": product})
        self._from_nik, self._accepted = {}, set()
        self.form.clear_problems()
        for key in self.form.fields:
            self.form.fields[key].show_problem("")
            self._set_help(key)
        self._say_product()
        self._say_scale()

    def check_key(self, key: str, typed: str) -> list[Problem]:
        """What is wrong with one field as it stands."""
        today = self._ctx.clock.today()
        if key == "business.activity":
            return self._product.problems(key)
        return registration.check_field(key, typed, today)

    def problems(self) -> list[Problem]:
        """Every error of the three steps, in reading order."""
        found = registration.check(self.typed(), self._ctx.clock.today(), FORM_STEPS)
        found += self._product.problems("business.activity")
        order = list(self.form.fields)
        return sorted((p for p in found if p.severity == "error"), key=lambda p: order.index(p.field))

    def passes(self) -> bool:
        """Whether the entry may go on. Faults that may stand are said once and then let through."""
        problems = self.problems()
        marks = {(p.field, p.code, self.form.editors[p.field].typed()) for p in problems}
        blocked = any(registration.blocks(p) for p in problems)
        if not problems or (marks == self._accepted and not blocked):
            self.form.clear_problems()
            return True
        self._accepted = marks
        self.form.show_problems(problems, "" if blocked else self._ctx.words(common.AS_IT_IS))
        self.verticalScrollBar().setValue(0)
        return False

    def lead_to_step(self, number: int) -> None:
        """Scroll to a section and put the caret into its first field."""
        step = FORM_STEPS[number]
        self.verticalScrollBar().setValue(max(0, self._sections[step].y() - 16))
        self.form.editors[STEPS[step][0]].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_taken(self, *, taken: bool) -> None:
        """Say inside the phone's box that somebody else has this number."""
        self._taken.setVisible(taken)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= ONE_COLUMN_BELOW * self._ctx.theme.k
        self._arrange(2 if wide else 1)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas, stack = QWidget(self.viewport()), column(margins=(24, 16, 12, 24), spacing=14)
        canvas.setProperty("role", "canvas")
        canvas.setLayout(stack)
        stack.addWidget(self.form.summary)
        for step in FORM_STEPS:
            self._sections[step] = self._section(step, canvas)
            stack.addWidget(self._sections[step])
        stack.addStretch()
        self.setWidget(canvas)
        self._arrange(2)
        _put_inside(self.form.editors["owner.phone"].widget, self._taken)
        _put_inside(self.form.editors["business.sales_month"].widget, self._a_year)
        chain = [self.form.editors[key].widget for step in FORM_STEPS for key in STEPS[step]]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(_last(before), _first(after))

    def _sex(self) -> Editor:
        """Women first: most who come are."""
        return side_by_side([(o.code, self._ctx.words(o.words)) for o in reversed(SEX.options)])

    def _section(self, step: str, canvas: QWidget) -> QWidget:
        section = QWidget(canvas)
        whole: QVBoxLayout = column(spacing=10)
        section.setLayout(whole)
        if step != "owner":
            whole.addWidget(rule())
        head = row(spacing=12)
        head.addWidget(label(self._ctx.words(HEADS[step]), "h2"))
        note = ElidedLabel(self._ctx.words(words.MANDATORY) if step == "owner" else "", "cap")
        note.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(note, 1)
        whole.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        whole.addLayout(grid)
        cells = [self._cell(c) for line in PLACES[step] for c in (*line, "")[:2]]
        for cell in cells:
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # both columns equally wide
        self._grids.append((grid, cells))
        return section

    def _cell(self, cell: str | tuple[str, ...]) -> QWidget:
        if not cell:
            return QWidget()
        if isinstance(cell, str):
            return self._field(cell)
        line, holder = row(spacing=12), QWidget()
        holder.setLayout(line)
        for key in cell:
            field = self._field(key)
            if key in NARROW:
                field.setFixedWidth(self._ctx.theme.lines(NARROW[key]))
            line.addWidget(field, 0 if key in NARROW else 1)
        return holder

    def _field(self, key: str) -> QWidget:
        field = self.form.fields[key]
        if key in registration.MANDATORY or key in (*NARROW, "owner.sex", "business.activity"):
            field.tag.hide()
        if key in words.PLACEHOLDER:
            edit = self.form.editors[key].widget
            edit.setPlaceholderText(self._ctx.words(words.PLACEHOLDER[key]))  # pyright: ignore[reportAttributeAccessIssue]
        self.form.editors[key].widget.setToolTip(self._ctx.words(registration.field_of(key).help))
        self._set_help(key)
        return field

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, cells in self._grids:
            for cell in cells:
                grid.removeWidget(cell)
            for i, cell in enumerate(cells):
                grid.addWidget(cell, i // columns, i % columns, Qt.AlignmentFlag.AlignTop)
            for i in range(2):
                grid.setColumnStretch(i, 1 if i < columns else 0)
                grid.setColumnMinimumWidth(i, 0)

    def _set_help(self, key: str) -> None:
        self.form.fields[key].set_help(self._ctx.words(words.HELP.get(key, Words("", ""))))

    def _typed(self, key: str) -> None:
        if key == "owner.nik":
            self._fill_from_nik()
        elif key in FROM_NIK:
            self._from_nik.pop(key, None)
            self._set_help(key)
        elif key == "business.activity":
            self._say_product()
        elif key in ("business.sales_month", "business.capital"):
            self._say_scale()

    def _left(self, key: str) -> None:
        if key in ("owner.nik", *FROM_NIK):
            self._check_agreement()

    def _fill_from_nik(self) -> None:
        """Sex and birth date from the digits, unless somebody wrote something else there."""
        facts = nik_facts(self.form.editors["owner.nik"].typed(), self._ctx.clock.today())
        if facts is None:
            return
        birth = registration.field_of("owner.birth_date").kind.show(facts.birth_dates[0], self._ctx.lang)
        for key, text in (("owner.sex", facts.sex), ("owner.birth_date", birth)):
            standing = self.form.editors[key].typed()
            if not standing or standing == self._from_nik.get(key):
                self.form.editors[key].write(text)
                self._from_nik[key] = self.form.editors[key].typed()
                self.form.fields[key].show_problem("")
                self.form.fields[key].set_help(self._ctx.words(words.FROM_NIK))

    def _check_agreement(self) -> None:
        """What was written beside a NIK that says otherwise asks for a second look."""
        today = self._ctx.clock.today()
        found = {p.field: p for p in registration.check(self.typed(), today, ("owner",))}
        for key in FROM_NIK:
            problem = found.get(key)
            sentence = self._ctx.words(problem.words) if problem else ""
            self.form.fields[key].show_problem(sentence, problem.severity if problem else "")

    def _say_product(self) -> None:
        help_ = self._product.meaning() or self._ctx.words(words.HELP["business.activity"])
        self.form.fields["business.activity"].set_help(help_)

    def _say_scale(self) -> None:
        today = self._ctx.clock.today()
        entry = self.form.typed()
        month = registration.SALES_MONTH.kind.parse(entry["business.sales_month"], today)
        capital = registration.field_of("business.capital").kind.parse(entry["business.capital"], today)
        year = month * MONTHS_A_YEAR if isinstance(month, int) else None
        hint = scales.hint(year, capital if isinstance(capital, int) else None, today)
        key = "business.sales_month" if year is not None else "business.capital"
        for other in ("business.sales_month", "business.capital"):
            self._set_help(other)
        if hint:
            self.form.fields[key].set_help(self._ctx.words(hint))
        self._a_year.setVisible(year is not None)
        self._a_year.setText(self._ctx.words(words.A_YEAR, money=rupiah(year or 0, self._ctx.lang)))


def _put_inside(edit: QWidget, said: QWidget) -> None:
    """At the right end of an edit, hidden until it has something to say."""
    line = row(margins=(0, 0, 8, 0))
    line.addStretch()
    line.addWidget(said)
    said.hide()
    edit.setLayout(line)


def _first(widget: QWidget) -> QWidget:
    return widget.buttons()[0] if isinstance(widget, Segmented) else widget


def _last(widget: QWidget) -> QWidget:
    return widget.buttons()[-1] if isinstance(widget, Segmented) else widget
