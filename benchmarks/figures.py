"""A figure, the floor it is held against, and how both are measured so that neither has the better moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter, thread_time
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """One measured value. It is ok when it isn't above the goal; without a goal it is only told."""

    name: str
    value: float
    unit: str
    floor: str  # what it was held against, in words and numbers
    goal: float | None
    note: str = ""

    @property
    def verdict(self) -> str:
        """ok, missed, or told (there is no goal)."""
        if self.goal is None:
            return "told"
        return "ok" if self.value <= self.goal else "missed"

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**self._asdict(), "verdict": self.verdict}


def alternating(times: int, **runs: Callable[[], float]) -> dict[str, list[float]]:
    """Each run in turn, so many times; the first round warms up and doesn't count."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(times + 1):
        for name, run in runs.items():
            value = run()
            if turn:
                found[name].append(value)
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    start = perf_counter()
    work()
    return perf_counter() - start


def processor_ms(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that it took in this thread, whatever else the computer was doing."""
    start = thread_time()
    work()
    return 1000 * (thread_time() - start)


def p95(values: Sequence[float]) -> float:
    """The value that nineteen out of twenty don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def ratio(found: dict[str, list[float]], ours: str, floor: str) -> float:
    """Median against median."""
    return round(median(found[ours]) / median(found[floor]), 2)
