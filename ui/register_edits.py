"""Two edits of their own: the village, own regency first, and the product that brings its KBLI."""

from typing_extensions import override

from models import kbli, reference
from models.schema import Problem
from ui.context import Context
from ui.editors import REGENCY_DIGITS, Editor, searched, village_words
from ui.widgets import ChoiceSearchEdit
from ui.words import register as words

OUTSIDE = "outside"
SEARCHED = 40  # villages asked for, of which those of the own regency are shown
SHOWN = 8


class VillageEdit(ChoiceSearchEdit):
    """Villages of the own regency; `Di luar wilayah` opens the search to all Indonesia."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(self._villages, village_words)
        self._near = ctx.profile.home_scope[:REGENCY_DIGITS]
        self._outside_words = ctx.words(words.OUTSIDE)
        self._outside, self._asked = not self._near, ""

    def editor(self) -> Editor:
        """As a form takes it."""
        return searched(self)

    def _villages(self, typed: str) -> list[tuple[str, str]]:
        self._asked = typed
        found = reference.search_villages(typed, self._near, SEARCHED)
        if self._outside:
            return [(r.code, reference.path(r.code)) for r in found[:SHOWN]]
        own = [(r.code, village_words(r.code)) for r in found if r.code.startswith(self._near)]
        return [*own[:SHOWN], (OUTSIDE, self._outside_words)]

    @override
    def _take_row(self, row: int) -> None:
        if 0 <= row < len(self._found) and self._found[row][0] == OUTSIDE:
            self._outside = True
            self.textEdited.emit(self._asked)
            return
        super()._take_row(row)

    @override
    def _settle(self) -> None:
        """The only village left is taken; the way outside is taken by hand alone."""
        near = [row for row, found in enumerate(self._found) if found[0] != OUTSIDE]
        if not self._value and self.text().strip() and len(near) == 1:
            self._take_row(near[0])


class ProductEdit(ChoiceSearchEdit):
    """What is made or sold, in everyday words; choosing one fills in its KBLI.

    The value is `2025:10794|Keripik`; without a KBLI (`|Pijat bayi`) it is "Lainnya".
    """

    def __init__(self, ctx: Context) -> None:
        super().__init__(self._products, lambda value: value.partition("|")[2])
        self._ctx = ctx

    @staticmethod
    def joined(kbli: str, activity: str) -> str:
        """The value of a stored pair; empty when nothing is stored."""
        return f"{kbli}|{activity}" if kbli or activity else ""

    def editor(self) -> Editor:
        """As a form takes it; the typed text is the activity alone."""
        return Editor(self, self.text, self.set_value, (self.textEdited, self.chosen), (self.left, self.chosen))

    def parts(self) -> tuple[str, str]:
        """(KBLI as stored or empty, activity)."""
        return (self.value() or "").partition("|")[0], self.text().strip()

    def meaning(self) -> str:
        """`10794 · KBLI 2025 · Industri kerupuk`, empty while nothing with a KBLI is chosen."""
        version, _, code = self.parts()[0].partition(":")
        title = kbli.title(version, code) or ""
        return f"{code} · KBLI {version} · {title}".removesuffix(" · ") if code else ""

    def problems(self, key: str) -> list[Problem]:
        """Typed, but neither chosen from the list nor called something else."""
        unchosen = bool(self.text().strip()) and not self.value()
        return [Problem("error", "choose", words.CHOOSE_PRODUCT, key)] if unchosen else []

    def _products(self, typed: str) -> list[tuple[str, str]]:
        text = typed.strip()
        if not text:
            return []
        found: list[tuple[str, str]] = []
        for entry in kbli.search(text, SHOWN):
            said = next((w for w in entry.words if text.casefold() in w.casefold()), entry.title)
            name, title = said[:1].upper() + said[1:], "" if said == entry.title else f" {entry.title}"
            found.append((f"{kbli.NOW}:{entry.code}|{name}", f"{name} — {entry.code}{title}"))
        other = words.OTHER_PRODUCT.fill(typed=text)
        return [*found, (f"|{text}", self._ctx.words(other))]
