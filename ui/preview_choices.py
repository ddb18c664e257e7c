"""What the side of the preview chooses with: lists of few, and a switch between the sizes of a paper."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QListView, QWidget
from typing_extensions import override

from reports.paper import SIZES, Paper
from ui.widgets import Field, Segmented, row


class SheetChoice(QWidget):
    """The sizes of the paper that is shown; `chosen` when a person takes another."""

    chosen = Signal(str)

    def __init__(self, label: str, papers: Sequence[Paper]) -> None:
        super().__init__()
        line = row()
        self.setLayout(line)
        self._switches: dict[tuple[str, ...], Segmented] = {}
        self._fields: dict[tuple[str, ...], Field] = {}
        for sizes in dict.fromkeys(paper.sizes for paper in papers):
            switch = Segmented([(name, SIZES[name].label or name) for name in sizes])
            switch.chosen.connect(self.chosen)
            self._switches[sizes] = switch
            self._fields[sizes] = Field(label, switch, reserve=False)
            line.addWidget(self._fields[sizes])
        self._sizes = papers[0].sizes

    def show_paper(self, paper: Paper, size: str = "") -> None:
        """Offer the sizes of one kind of paper."""
        self._sizes = paper.sizes
        for sizes, field in self._fields.items():
            field.setVisible(sizes == paper.sizes)
        self._switches[paper.sizes].set_value(size if size in paper.sizes else paper.sizes[0])

    @property
    def current(self) -> Segmented:
        """The switch that is shown."""
        return self._switches[self._sizes]


class _Combo(QComboBox):
    """A choice of few."""

    @override
    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        size.setWidth(120)  # a printer's long name must not widen the panel
        return size


def choice_of_few() -> QComboBox:
    """An empty list of a few answers."""
    combo = _Combo()
    view = QListView()
    view.setProperty("role", "popup")
    combo.setView(view)
    return combo
