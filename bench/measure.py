"""How every benchmark measures: interleaved rounds, medians, ratios."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure: what, how much, in which unit, and the goal it is held against."""

    name: str
    value: float
    unit: str
    goal: str = ""
    ok: bool | None = None
    note: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def ratio(name: str, ours: float, bare: float, most: float, note: str = "") -> Figure:
    """Ours over the bare thing in the same run."""
    value = ours / bare
    return Figure(name, round(value, 2), "x", f"at most {most:g}x", value <= most, note)


def below(name: str, value: float, unit: str, most: float, note: str = "") -> Figure:
    """A figure with an upper bound."""
    return Figure(name, round(value, 2), unit, f"at most {most:g} {unit}", value <= most, note)


def timed(work: Callable[[], object]) -> float:
    """Wall milliseconds of one call."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def interleaved(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median milliseconds of each, run in turn so that drift meets all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for slot, work in zip(times, works, strict=True):
            slot.append(timed(work))
    return [statistics.median(slot) for slot in times]
