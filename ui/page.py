"""What the window expects of a page. How to build one: docs/how-to.md."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context

if TYPE_CHECKING:
    from models.store import Changes


class Page(QWidget):
    """One screen inside the window. It is built once, when it is first shown, and then kept.

    `shows_back`, `shows_search` and `shows_pill` say what stands in the top bar beside the page's own things.
    """

    shows_back = False
    shows_search = False
    shows_pill = True
    top_changed = Signal()  # the title, notes or buttons are others now

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab from the page itself reaches its first field

    def title(self) -> str:
        """The heading in the top bar."""
        raise NotImplementedError

    def notes(self) -> Sequence[QWidget]:
        """Quiet things in the top bar before the pill: when the draft was saved."""
        return ()

    def buttons(self) -> Sequence[QWidget]:
        """Buttons at the right of the top bar; the one primary button stands last."""
        return ()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What this page does for keys of `ui.shortcuts.SHORTCUTS`: `{"print": self.print_it}`."""
        return {}

    def open(self, **args: object) -> None:
        """The page is shown; `args` are those of `ctx.go(key, **args)`."""

    def subject(self) -> Mapping[str, object]:
        """Ids of the record in front (`owner_id`, `business_id`): what the palette offers papers for."""
        return {}

    def refresh(self, changes: "Changes | None") -> None:
        """Data changed while the page is in front; None: it was hidden meanwhile, ask anew."""

    def again(self) -> Mapping[str, object]:
        """What it is opened with besides, once it was left and is built anew in another look: the draft under way."""
        return {}

    def leave(self) -> None:
        """Another page comes to the front, or the window closes: save drafts now."""

    def regions(self) -> Sequence[QWidget]:
        """The parts between which F6 moves."""
        return (self,)
