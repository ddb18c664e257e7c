"""Isi template Dinas: which figure comes into which place of a workbook, seen before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from models import report_templates
from models.errors import FileTrouble
from models.files import save_chosen
from models.i18n import Words, number
from models.report_templates import NOTHING, Line, Spot
from models.statistics import Report
from models.store import Changes, Store
from reports import template_workbook
from reports.template_workbook import Template
from ui import theme
from ui.context import Context
from ui.import_columns import TargetBox
from ui.report_parts import scrolled
from ui.widgets import Banner, ElidedLabel, HintButton, column, frame, icon_label, label, link, row, rule
from ui.widgets.sheet import Sheet
from ui.words import common
from ui.words import template as words

WIDTH, HEIGHT = 860, 580
CHOICE, PREVIEW = 320, 150
ARROW = 28  # px of the arrow and the air beside it
SHOWN = 4  # values of a column


@dataclass
class Filling:
    """A template, the report for it, and which figure each of its lines gets."""

    template: Template
    report: Report
    lines: list[Line]
    chosen: dict[str, str] = field(default_factory=dict[str, str])  # by key of the line

    def values(self) -> dict[Spot, int | Words]:
        """What comes into which cell."""
        found: dict[Spot, int | Words] = {}
        for line in self.lines:
            found |= report_templates.fill(line, self.chosen[line.key], self.report)
        return found


def prepared(template: Template, report: Report, known: Mapping[str, str]) -> Filling:
    """Everything guessed, by what was chosen before and by the words of the template."""
    lines = report_templates.lines(template.spots, report)
    return Filling(template, report, lines, {ln.key: report_templates.guess(ln, report, known) for ln in lines})


def fill_template(ctx: Context, window: QWidget, report: Report) -> None:
    """Ask for the template, then show what would come into it."""
    path = ctx.dialogs.choose_file(words.CHOOSE, words.FILES)
    if path is None:
        return

    def show(template: Template) -> None:
        ctx.background.read(window, report_templates.remembered, lambda known: open_dialog(template, known))

    def open_dialog(template: Template, known: Mapping[str, str]) -> None:
        TemplateDialog(ctx, window, prepared(template, report, known)).open_over(window)

    ctx.background.run(window, partial(template_workbook.read, path), show)


class TemplateDialog(Sheet):
    """A line for each place of the template: its words, the figure, and what will stand there."""

    def __init__(self, ctx: Context, window: QWidget, filling: Filling) -> None:
        super().__init__(window, ctx.words(words.TITLE), ctx.words(common.CLOSE))
        self.ctx, self.over, self.filling = ctx, window, filling
        offered = report_templates.offered(filling.report)
        self._keys = {sort: [NOTHING, *figures] for sort, figures in offered.items()}
        empty = ctx.words(words.EMPTY)
        self._names = {
            s: QStringListModel([empty, *(ctx.words(w) for w in f.values())], self) for s, f in offered.items()
        }
        self.boxes: dict[str, TargetBox] = {}
        self._previews: dict[str, QLabel] = {}
        self._build()
        look = theme.current()
        self.setFixedSize(min(look.room(WIDTH), 1280), min(look.room(HEIGHT), 640))
        self._show_count()

    def _build(self) -> None:
        say, report, path = self.ctx.words, self.filling.report, self.filling.template.path
        body = self.body
        about = column(margins=(24, 0, 24, 10), spacing=8)
        period, place = say(report.now.period.words), say(report.place)
        about.addWidget(ElidedLabel(say(words.ABOUT, file=path.name, period=period, place=place), "muted"))
        about.addWidget(Banner("amber", "", say(words.LOSES)) if self.filling.template.loses
                        else label(say(words.HELP), "cap", wrap=True))  # fmt: skip
        body.addLayout(about)
        body.addWidget(rule())
        heads = row(margins=(24, 8, 24, 6), spacing=12)
        for said, width in ((words.IN_TEMPLATE, 0), (words.OUR_FIGURE, CHOICE), (words.FILLED_WITH, PREVIEW + 12)):
            heading = label(say(said), "smallbold")
            heading.setIndent(ARROW if said is words.OUR_FIGURE else 0)
            heads.addWidget(self._sized(heading, width), 0 if width else 1)
        body.addLayout(heads)
        lines = column(margins=(24, 6, 24, 12), spacing=6)
        for line in self.filling.lines:
            lines.addLayout(self._line(line))
            lines.addWidget(rule())
        lines.addStretch()
        body.addWidget(scrolled(frame("paper", lines)), 1)
        body.addWidget(rule())
        body.addLayout(self._foot())

    def _sized(self, widget: QWidget, width: int) -> QWidget:
        if width:
            widget.setFixedWidth(theme.current().lines(width))
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return widget

    def _line(self, line: Line) -> QHBoxLayout:
        say = self.ctx.words
        made, texts = row(spacing=12), column()
        sheet, n = line.spots[0].sheet, len(line.spots)
        where = words.COLUMN.fill(sheet=sheet, n=n) if n > 1 else words.CELLS.fill(sheet=sheet, cell=line.spots[0].cell)
        texts.addWidget(ElidedLabel(line.title, "smallbold"))
        texts.addWidget(ElidedLabel(say(where), "cap"))
        made.addLayout(texts, 1)
        made.addWidget(icon_label("arrow-right", "ink3", 16, stroke=2))
        box = self.boxes[line.key] = TargetBox(self._names[line.sort])
        box.setCurrentIndex(self._keys[line.sort].index(self.filling.chosen[line.key]))
        box.setAccessibleName(say(words.BECOMES, title=line.title))
        box.activated.connect(lambda at, chosen=line: self._choose(chosen, self._keys[chosen.sort][at]))
        made.addWidget(self._sized(box, CHOICE - ARROW))
        preview = self._previews[line.key] = ElidedLabel("", "bold")
        made.addWidget(self._sized(preview, PREVIEW))
        self._show_value(line)
        return made

    def _foot(self) -> QHBoxLayout:
        say, foot = self.ctx.words, row(margins=(24, 12, 24, 12), spacing=10)
        self.count = label("", "cap")
        foot.addWidget(self.count)
        foot.addWidget(link(say(words.OTHER_FILE), self._other_file))
        foot.addStretch()
        foot.addWidget(HintButton(say(common.CANCEL), hint="Esc", clicked=self.reject))
        self.save_button = HintButton(say(words.SAVE), "primary", icon="file-spreadsheet", clicked=self.save)
        self.save_button.setDefault(True)
        foot.addWidget(self.save_button)
        return foot

    def _choose(self, line: Line, key: str) -> None:
        self.filling.chosen[line.key] = key
        self._show_value(line)
        self._show_count()

    def _show_value(self, line: Line) -> None:
        """What will stand there, of a column its first values."""
        found = report_templates.fill(line, self.filling.chosen[line.key], self.filling.report)
        said = [v.to(self.ctx.lang) if isinstance(v, Words) else number(v, self.ctx.lang) for v in found.values()]
        more = " …" if len(said) > SHOWN else ""
        self._previews[line.key].setText(" · ".join(said[:SHOWN]) + more if said else "—")

    def _show_count(self) -> None:
        filled = sum(bool(self.filling.chosen[line.key]) for line in self.filling.lines)
        self.count.setText(self.ctx.words(words.COUNT, n=filled, all=len(self.filling.lines)))
        self.save_button.setEnabled(filled > 0)

    def _other_file(self) -> None:
        self.reject()
        fill_template(self.ctx, self.over, self.filling.report)

    def save(self) -> None:
        """Ask where, write the copy there, keep the choices."""
        template, when = self.filling.template.path, self.filling.report.now.period.first
        name = f"{template.stem}-{when:%Y-%m}.xlsx"
        path = self.ctx.dialogs.save_file(words.SAVE, name, words.FILES)
        if path is None:
            return
        if path.resolve() == template.resolve():
            self.ctx.dialogs.show_error(FileTrouble(words.SAME_FILE))
            return
        work = partial(_write, path, template, self.filling.values(), self.ctx)
        self.ctx.background.run(self, work, lambda _: self._saved(path))

    def _saved(self, path: Path) -> None:
        chosen = dict(self.filling.chosen)

        def keep(store: Store) -> Changes:
            return report_templates.remember(store, chosen)

        self.ctx.background.write(self.over, keep)
        self.ctx.toast(words.SAVED.fill(name=path.name))
        self.accept()


def _write(path: Path, template: Path, values: Mapping[Spot, int | Words], ctx: Context) -> None:
    save_chosen(path, template_workbook.fill(template, values, ctx.lang))
