"""Runs the steps of the tour, keeps what each one proved, and leaves build/tour/tour.json."""

import json
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

Evidence = dict[str, Any]


class StepFailed(Exception):
    """A step did not show what it had to show."""


class Recorder:
    """One run of the tour: where its files go and what its steps said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old.suffix in {".png", ".pdf", ".json"}:
                old.unlink()
        self.results: list[dict[str, Any]] = []
        self._pictures = 0

    def picture(self, widget: QWidget, name: str, over: QWidget | None = None) -> str:
        """Save a numbered screenshot of a widget, with a dialog `over` its middle, and return its file name."""
        self._pictures += 1
        file = f"{self._pictures:02d}-{name}.png"
        pixmap = widget.grab()
        if over is not None:
            shown = over.grab()
            with QPainter(pixmap) as painter:
                painter.drawPixmap(
                    (pixmap.width() - shown.width()) // 2, (pixmap.height() - shown.height()) // 2, shown
                )
        saved = pixmap.save(str(self.folder / file), "PNG", 90)  # lightly packed: packing well costs as much as a step
        expect(saved, f"{file} was not written")
        return file

    def run(self, steps: Sequence[tuple[str, Callable[[], Evidence]]]) -> bool:
        """Run the steps in order; the first that fails ends the tour."""
        for name, step in steps:
            began = time.perf_counter()
            try:
                evidence, ok = step(), True
            except Exception as error:  # the tour reports every sort of failure and stops
                evidence, ok = {"error": f"{type(error).__name__}: {error}"}, False
                traceback.print_exc()
            seconds = round(time.perf_counter() - began, 3)
            self.results.append({"step": name, "ok": ok, "seconds": seconds, "evidence": evidence})
            self._write()
            print(f"{'ok  ' if ok else 'FAIL'} {seconds:7.2f} s  {name}  {summary(evidence)}")
            sys.stdout.flush()
            if not ok:
                return False
        return True

    def _write(self) -> None:
        text = json.dumps(self.results, ensure_ascii=False, indent=1)
        (self.folder / "tour.json").write_text(text + "\n", encoding="utf-8")


def summary(evidence: Evidence) -> str:
    """The evidence in one line."""
    text = ", ".join(f"{k} {v}" for k, v in evidence.items() if k != "pictures")
    return text if len(text) <= 110 else text[:107] + "..."


def expect(truth: object, otherwise: str) -> None:
    """Fail the step with a sentence unless something holds."""
    if not truth:
        raise StepFailed(otherwise)
