"""A line under the top bar when a stick with a file for this laptop is plugged in; it takes nothing by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models.clock import from_iso
from models.i18n import long_date, number
from models.store import Store
from ui.context import Context
from ui.drives import Drive, removable
from ui.widgets import Banner, column
from ui.words import usb as w

if TYPE_CHECKING:
    from ui.usb_dialog import Stick

EVERY = 5_000  # ms between two looks


class StickBanner(QWidget):
    """Looks for sticks beside the screen while its window is in front; closed, it stays away until another file."""

    def __init__(self, ctx: Context, drives: Callable[[], list[Drive]] = removable) -> None:
        super().__init__()
        self._ctx, self._drives = ctx, drives
        self._looking = False
        self.shown = self._closed = ""  # the moments at which files were made
        self.banner: Banner | None = None
        self._holder = column(margins=(24, 12, 24, 0))
        self.setLayout(self._holder)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        if not ctx.profile.sample:
            self._timer.start()

    def look(self) -> None:
        """Ask which sticks are there; the computer may need a moment to say."""
        if not self._looking and self.window().isActiveWindow():
            self._looking = True
            self._ctx.background.run(self, self._drives, self._inspect)

    def _inspect(self, found: list[Drive]) -> None:
        if not found:
            self._show(None)
            return
        self._ctx.background.read(self, lambda store: _for_us(store, found), self._show)

    def _show(self, stick: "Stick | None") -> None:
        self._looking = False
        head = stick.answers[0].head if stick and stick.news and stick.answers else None
        made = head.made if head else ""
        if made == self.shown or (made and made == self._closed):
            return
        self.shown = made
        if self.banner:
            self.banner.deleteLater()
            self.banner = None
        self.setVisible(head is not None)
        if stick and head:
            day = long_date(from_iso(made).astimezone(self._ctx.clock.zone).date(), self._ctx.lang)
            say = self._ctx.words
            self.banner = Banner(
                "blue", say(w.BANNER, name=stick.drive.name),
                say(w.BANNER_HELP, date=day, n=number(head.records, self._ctx.lang)), icon="usb",
                action=say(w.BANNER_ACT), act=self._open, close=say(w.BANNER_CLOSE),
            )  # fmt: skip
            self.banner.closed.connect(self._close)
            self._holder.addWidget(self.banner)

    def _open(self) -> None:
        from ui.usb_dialog import show_exchange

        show_exchange(self._ctx, self.window(), self._drives)

    def _close(self) -> None:
        self._closed, self.shown = self.shown, ""
        self.hide()


def _for_us(store: Store, drives: list[Drive]) -> "Stick | None":
    """The first stick with a file for this account that was not taken yet."""
    from sync.enrol import SETTING
    from ui.usb_dialog import inspect

    if store.setting(SETTING) is None:
        return None
    sticks = (inspect(store, drive) for drive in drives)
    return next((stick for stick in sticks if stick.answers and stick.news), None)
