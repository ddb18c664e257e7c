"""Ctrl+/: the keys of this screen and of every screen, from the one table; Enter does what a line says."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models.i18n import Words
from models.search import words as folded
from ui.context import Context
from ui.palette_box import Keys, PaletteBox
from ui.palette_list import Item
from ui.screens import SCREENS
from ui.shortcuts import SHORTCUTS, on_keyboard
from ui.words import help as w
from ui.words import palette as palette_words

KEYS: Keys = ((("↑", "↓"), palette_words.CHOOSE), (("Enter",), w.DO_IT))


class KeysBox(PaletteBox):
    """`here` are the names of the acts that the page in front takes itself; `act` does one."""

    def __init__(self, window: QWidget, ctx: Context, here: Iterable[str], act: Callable[[str], object]) -> None:
        self._here, self._do = set(here), act
        super().__init__(window, ctx, ctx.words(w.KEYS_SEARCH), ctx.words(w.KEYS), KEYS)
        self.field.setFocus()

    @override
    def ask(self, typed: str) -> None:
        first = [name for name in SHORTCUTS if name in self._here]
        rest = [name for name in SHORTCUTS if name not in self._here]
        items = [*self._acts(w.KEYS, first, typed), *self._acts(w.EVERYWHERE, rest, typed), *self._screens(typed)]
        self.show_items(items or [Item(self.ctx.words(w.NO_KEY, text=typed))], typed)

    def _acts(self, head: Words, names: list[str], typed: str) -> list[Item]:
        items = [
            Item(
                self.ctx.words(SHORTCUTS[name].act), "", "arrow-right", _shown(SHORTCUTS[name].keys), self._runner(name)
            )
            for name in names
        ]
        return _headed(self.ctx.words(head), items, typed)

    def _screens(self, typed: str) -> list[Item]:
        items = [
            Item(self.ctx.words(s.title), "", s.icon, _shown((s.keys,)), lambda key=s.key: self.ctx.go(key))
            for s in SCREENS.values()
            if s.keys
        ]
        return _headed(self.ctx.words(w.SCREENS), items, typed)

    def _runner(self, name: str) -> Callable[[], object]:
        return lambda: self._do(name)


def _shown(keys: tuple[str, ...]) -> str:
    return on_keyboard(keys[0]).replace("+", " ")


def _headed(head: str, items: list[Item], typed: str) -> list[Item]:
    """The lines in which every typed word begins one, under their heading."""
    wanted = folded(typed)
    fitting = [
        i for i in items if all(any(word.startswith(one) for word in folded(f"{i.text} {i.key}")) for one in wanted)
    ]
    return [Item(head), *fitting] if fitting else []
