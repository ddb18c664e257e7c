"""The first summary, a thousand in one file against a bare reportlab canvas, and the memory of ten thousand."""

import io
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from bench.measure import Figure, below, interleaved, ratio
from reports import summary
from reports.fields import Fields
from reports.page import Sheet, draw_sheet, write_to
from reports.paper import SIZES
from reports.pen import Pen
from reports.text import BODY
from tests.reports.samples import DRAWN

MANY, MOST = 1_000, 10_000
RECORDED = 50  # different pages that the bare canvas draws in turn
ROUNDS, STARTS = 3, 5
FIRST = """
import time
began = time.perf_counter()
import reports
from tests.reports.samples import DRAWN
reports.render(reports.PAPERS["ringkasan"], DRAWN, "A4")
print(time.perf_counter() - began)
"""
PEAK = """
import resource, sys
from bench.papers import summaries
summaries(int(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

Calls = list[tuple[str, tuple[Any, ...], dict[str, Any]]]


def run() -> Iterator[Figure]:
    first = statistics.median(_child(FIRST) for _ in range(STARTS))
    yield below("first summary, reportlab's import included", first, "s", 1)
    pages = _recorded()
    ours, bare = interleaved(ROUNDS, lambda: summaries(MANY), lambda: _bare(pages, MANY))
    yield Figure(f"{MANY:,} summaries in one file", round(ours / 1000, 2), "s")
    yield ratio(f"{MANY:,} summaries / bare canvas, the same pages", ours, bare, 1 / 0.6)
    yield Figure(f"peak memory of {MANY:,} pages", round(_child(PEAK, MANY)), "MB")
    yield below(f"peak memory of {MOST:,} pages", _child(PEAK, MOST), "MB", 150)


def summaries(count: int) -> None:
    """So many summaries set and written to a file that keeps nothing."""
    with _Nowhere() as out:
        write_to(out, (_sheet(number) for number in range(count)), SIZES["A4"], papers_only=True)


def _sheet(number: int) -> Sheet:
    """Each about somebody else."""
    owner = {**DRAWN.owner, "owner": f"Siti Aminah {number}", "phone": f"0812-0000-{number % 10_000:04d}"}
    data = replace(DRAWN, number=f"RP/2026/11/{number:06d}", owner_name=owner["owner"], owner=owner)
    return summary.layout(data, summary.PAPER.usual_parts)


class _Nowhere(io.BytesIO):
    """Takes all and keeps nothing: the disk is not what is measured."""

    @override
    def write(self, data: Any, /) -> int:
        return len(data)


def _recorded() -> list[Calls]:
    """What each of a few different pages asks of its canvas."""
    pages: list[Calls] = []
    for number in range(RECORDED):
        notes = _Notes()
        draw_sheet(_ByHand(notes, SIZES["A4"].points[1], Fields(notes)), _sheet(number), SIZES["A4"])
        pages.append(notes.calls)
    return pages


def _bare(pages: Sequence[Calls], count: int) -> None:
    """The same strokes and strings by reportlab's canvas alone."""
    untyped: Any = Canvas
    canvas = untyped(io.BytesIO(), pagesize=SIZES["A4"].points, pageCompression=1, initialFontName=BODY.font)
    for number in range(count):
        for name, args, more in pages[number % len(pages)]:
            if name == "drawPath":
                path = canvas.beginPath()
                for step, where in args[0]:
                    getattr(path, step)(*where)
                canvas.drawPath(path, **more)
            elif name not in ("bookmarkPage", "addOutlineEntry"):
                getattr(canvas, name)(*args, **more)
    canvas.save()


class _ByHand(Pen):
    """Draws a QR code as one would with reportlab alone."""

    @override
    def squares(self, dark: Sequence[Sequence[bool]], x: float, top: float, side: float) -> None:
        cell = side / len(dark)
        self.canvas.setFillGray(0)
        path = self.canvas.beginPath()
        for row, values in enumerate(dark):
            for black, squares in groupby(enumerate(values), key=lambda pair: pair[1]):
                run = [column for column, _ in squares]
                if black:
                    path.rect(x + run[0] * cell, self.page_height - top - (row + 1) * cell, len(run) * cell, cell)
        self.canvas.drawPath(path, stroke=0, fill=1)


class _Notes:
    """Stands where the canvas stood and notes what is asked of it, strings as one would draw them by hand."""

    def __init__(self) -> None:
        self.calls: Calls = []
        self._bare = {"beginText": partial(_Text, self.calls), "beginPath": _Path, "drawText": lambda _: None,
                      "drawPath": lambda path, **more: self.calls.append(("drawPath", (path.steps,), more))}  # fmt: skip

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return self._bare.get(name) or (lambda *args, **more: self.calls.append((name, args, more)))


class _Path:
    """The steps of a path."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args: self.steps.append((name, args))


class _Text:
    """A text object that ends as strings drawn at their place."""

    def __init__(self, calls: Calls, x: float, y: float) -> None:
        self._calls, self._at, self._space = calls, (x, y), 0.0

    def setWordSpace(self, space: float) -> None:  # noqa: N802 - reportlab's name
        self._space = space

    def textLine(self, text: str) -> None:  # noqa: N802 - reportlab's name
        self._calls.append(("drawString", (*self._at, text), {"wordSpace": self._space} if self._space else {}))

    textOut = textLine  # noqa: N815 - reportlab's name

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args: self._calls.append((name, args, {}))


def _child(code: str, *args: object) -> float:
    """What a fresh process prints."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as people start
    command, root = [sys.executable, "-c", code, *map(str, args)], Path(__file__).parents[1]
    done = subprocess.run(command, check=True, cwd=root, env=env, capture_output=True, text=True)
    return float(done.stdout)
