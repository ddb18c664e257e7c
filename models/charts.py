"""What a chart shows, whoever draws it: `ui/charts.py` on the screen, `reports/charts.py` on paper.

Few sorts only: upright bars (at most 12 groups of 2 series), lying bars (at most 8 and "others"), bars
of progress and one line over months. No pies, no second axis. Every chart also says itself in a
sentence and as a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.i18n import Lang, Words, number

Kind = Literal["bars", "hbars", "line", "progress"]
MOST: dict[Kind, tuple[int, int]] = {"bars": (12, 2), "hbars": (9, 1), "line": (24, 1), "progress": (12, 1)}
RANKED = 8  # of lying bars, before the others are summed up
OTHERS = Words("Lainnya", "Other")
NOTHING = Words("{title}: belum ada data.", "{title}: no data yet.")
TICKS = 5
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Series:
    """Values beside each other's labels, and what they are called."""

    name: Words
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before anybody draws it. `strong` is the label that stands out (this month).

    ValueError for more groups or series than its kind can show, or values that do not match the labels.
    """

    kind: Kind
    title: Words
    labels: tuple[Words, ...]
    series: tuple[Series, ...]
    unit: Words | None = None
    strong: int | None = None

    def __post_init__(self) -> None:
        groups, series = MOST[self.kind]
        fits = len(self.labels) <= groups and 1 <= len(self.series) <= series
        if not fits or any(len(s.values) != len(self.labels) for s in self.series):
            msg = f"{self.title.en}: {len(self.labels)} labels, {[len(s.values) for s in self.series]} values"
            raise ValueError(msg)
        if any(value < 0 for s in self.series for value in s.values):
            msg = f"{self.title.en}: a bar cannot be shorter than nothing"
            raise ValueError(msg)

    @property
    def top(self) -> int:
        """The largest value."""
        return max((value for s in self.series for value in s.values), default=0)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.top == 0

    def ticks(self) -> tuple[int, ...]:
        """Round numbers from nothing to just above the largest value, for the axis."""
        if self.kind == "progress":
            return (0, HUNDRED)
        step = _step(self.top)
        count = max(1, -(-self.top // step))
        return tuple(step * n for n in range(count + 1))

    def share(self, value: int) -> float:
        """How much of the axis a value fills, from 0 to 1; lying bars fill it with the largest."""
        whole = self.top if self.kind == "hbars" else self.ticks()[-1]
        return min(1.0, value / whole) if whole else 0.0

    def sentence(self, lang: Lang) -> str:
        """The chart in words, for who cannot see it."""
        if self.empty:
            return NOTHING.fill(title=self.title.to(lang)).to(lang)
        parts = [f"{row[0]} {self._said(row[1:], lang)}" for row in self.table(lang)[1:]]
        return f"{self.title.to(lang)}: {'; '.join(parts)}."

    def _said(self, values: Sequence[str], lang: Lang) -> str:
        if len(self.series) == 1:
            return f"{values[0]} {self.unit.to(lang)}" if self.unit else values[0]
        names = (s.name.to(lang).lower() for s in self.series)
        return ", ".join(f"{value} {name}" for value, name in zip(values, names, strict=True))

    def table(self, lang: Lang) -> list[list[str]]:
        """The same as a table: its head, then a line for each label."""
        head = ["", *(s.name.to(lang) for s in self.series)]
        lines = [
            [words.to(lang), *(number(s.values[i], lang) for s in self.series)] for i, words in enumerate(self.labels)
        ]
        return [head, *lines]


def _step(top: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that reaches the top in `TICKS` steps."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * TICKS >= top:
                return step
        power *= 10


def ranked(title: Words, name: Words, counted: Mapping[Words, int], unit: Words | None = None) -> Chart:
    """Lying bars, the largest first; what is beyond `RANKED` is summed up as others, with what is called so."""
    order = sorted((pair for pair in counted.items() if pair[0] != OTHERS), key=lambda pair: -pair[1])
    shown, rest = order[:RANKED], order[RANKED:]
    if rest or OTHERS in counted:
        shown.append((OTHERS, sum(n for _, n in rest) + counted.get(OTHERS, 0)))
    labels, values = tuple(words for words, _ in shown), tuple(n for _, n in shown)
    return Chart("hbars", title, labels, (Series(name, values),), unit)
