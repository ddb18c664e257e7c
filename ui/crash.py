"""What happens to a bug: a line in the log without personal data, and a dialog that keeps calm.

The log holds where it happened and the sort of error, never its message: a message may quote what
was typed.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from models.errors import AppError
from ui.dialogs import Dialogs, Question
from ui.words import shell as words

LOG_BYTES, LOGS_KEPT = 500_000, 3
ROOT = Path(__file__).resolve().parent.parent
_log = logging.getLogger("dampingi")


def open_log(home: Path) -> Path:
    """The rotating log of this computer; a folder that cannot be written means no log."""
    path = home / "logs" / "dampingi.log"
    from logging.handlers import RotatingFileHandler

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)
        _log.propagate = False
        _log.info("start, Python %s, %s", platform.python_version(), platform.platform())
    return path


def watch_faults(log: Path) -> None:
    """Let a fault in C code write where Python stood, beside the log."""
    with suppress(OSError):
        faulthandler.enable((log.parent / "faults.log").open("a"))


def outline(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it happened and the sort of error: `ValueError at ui/form.py:120 check < ui/...`."""
    places = []
    for frame in reversed(traceback.extract_tb(trace)):
        file = Path(frame.filename)
        name = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        places.append(f"{name}:{frame.lineno} {frame.name}")
    return f"{kind.__name__} at {' < '.join(places) or 'nowhere'}"


class CrashHook(QObject):
    """Catches what nobody caught, on any thread, and speaks on the main one."""

    _met = Signal(object)

    def __init__(self, dialogs: Dialogs, log: Path) -> None:
        super().__init__()
        self._dialogs, self._path = dialogs, log
        self._speaking = False
        self._met.connect(self._speak)

    def install(self) -> None:
        """Stand in for Python's own hooks until the program ends."""
        sys.excepthook = self.catch
        threading.excepthook = lambda args: self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    def catch(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """One error that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if isinstance(error, AppError):
            self._met.emit(error)
            return
        text = outline(kind, trace)
        _log.error("%s", text)
        if sys.flags.dev_mode:  # `python -X dev`: the message too, which may quote what was typed
            traceback.print_exception(kind, error, trace)
        self._met.emit(None)

    def _speak(self, error: AppError | None) -> None:
        if self._speaking:
            return
        self._speaking = True
        try:
            if error is not None:
                self._dialogs.show_error(error)
            elif self._dialogs.confirm(self._question()):
                QApplication.exit(1)
        finally:
            self._speaking = False

    def _question(self) -> Question:
        text = words.CRASH_TEXT.fill(log=self._path)
        return Question(words.CRASH_TITLE, text, words.CLOSE_APP, cancel=words.GO_ON)
