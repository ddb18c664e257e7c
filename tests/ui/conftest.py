"""Fixtures of the screens: an application in its look, and a context on a real encrypted store."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.clock import Clock
from models.store import Store
from tests.fakes import VILLAGE, InstantBackground, SaidDialogs
from tests.ui.desk import Host
from ui import theme
from ui.context import Context, Profile
from ui.events import Events


def bury(qapp: QApplication) -> None:
    """Free the windows of the test that is over: without a running loop Qt keeps them, and styles them as well."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light look at normal text size."""
    if theme.current() != theme.Theme() or qapp.property("styled") is None:
        theme.apply(theme.Theme())
    yield
    bury(qapp)


@pytest.fixture(autouse=True)
def light_key_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases cost milliseconds here; their real price is paid in tests/models/test_vault.py."""
    monkeypatch.setattr("models.vault.ARGON2", {"opslimit": 1, "memlimit": 8192 * 8})


@pytest.fixture
def ctx(store: Store, clock: Clock) -> Context:
    """What a page is given; its work is done at once, its dialogs answer by themselves."""
    events, dialogs = Events(), SaidDialogs()
    background = InstantBackground(store, events)
    background.show_error = dialogs.show_error
    profile = Profile("Sri Wahyuni", "Kasie Patokan", "Kelurahan Patokan, Kec. Kraksaan", VILLAGE)
    return Context(background, events, dialogs, clock, profile)


@pytest.fixture
def host(ctx: Context) -> Host:
    """What the pages ask of the window."""
    made = Host()
    ctx.host = made  # pyright: ignore[reportAttributeAccessIssue]
    return made


@pytest.fixture
def wear() -> Callable[[theme.Theme], None]:
    """Put on another look for one test; the next begins in the light one."""
    return theme.apply


@pytest.fixture
def shown(qtbot) -> Callable[[QWidget], QWidget]:
    """Show a widget, as wide as the smallest laptop, keep it for the test and free it after."""
    kept = []

    def show(widget: QWidget, width: int = 1366, height: int = 688) -> QWidget:
        qtbot.addWidget(widget)
        kept.append(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show
