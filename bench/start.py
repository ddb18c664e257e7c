"""The first window against an empty PySide6 window, as whole processes."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, ratio

ROUNDS = 7
EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); w = QWidget(); w.resize(1366, 688); w.show()
QTimer.singleShot(0, app.quit); app.exec()
"""
OURS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.app as a
build = a.start
a.warm_up = lambda: None
def start(window, **options):
    if sys.argv[1] == "screen":
        build(window, **options)
    QTimer.singleShot(0, QApplication.instance().quit)
a.start = start
raise SystemExit(a.run(a.Options()))
"""


def run() -> Iterator[Figure]:
    """First run (no account) and unlock screen (one account)."""
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as known:
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DAMPINGI_HOME": known}
        make = (
            "from models import accounts; accounts.create('Sri Wahyuni','Kel. Patokan','kuda teh sumur','3513141017')"
        )
        subprocess.run([sys.executable, "-c", make], env=env, check=True, cwd=_root())
        bare, window, first, unlock = [], [], [], []
        for _ in range(ROUNDS):
            bare.append(_process(EMPTY, empty))
            window.append(_process(OURS, known, "window"))
            first.append(_process(OURS, empty, "screen"))
            unlock.append(_process(OURS, known, "screen"))
    middle = statistics.median(bare)
    yield Figure("an empty PySide6 window, whole process", round(middle), "ms")
    yield ratio("our window on the screen / empty window", statistics.median(window), middle, 1.5)
    for name, times in (("first run", first), ("unlock screen", unlock)):
        more = statistics.median(times) - statistics.median(window)
        yield Figure(f"{name} ready after the window", round(more), "ms")


def _process(code: str, home: str, until: str = "") -> float:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DAMPINGI_HOME": home}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # people start compiled modules
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, until], env=env, check=True, cwd=_root(), stderr=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def _root() -> Path:
    return Path(__file__).parents[1]
