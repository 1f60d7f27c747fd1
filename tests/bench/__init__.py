"""Benchmarks: run by hand or by `make bench`, never by the tests."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median of some runs, in seconds."""
    spent = []
    for _ in range(times):
        begun = perf_counter()
        work()
        spent.append(perf_counter() - begun)
    return median(spent)


def ratio(what: str, ours: float, theirs: float, goal: float, *, yardstick: str) -> str:
    """One line: ours beside the yardstick, and whether the goal is met."""
    found = ours / theirs
    return f"{what}: {ours:.3f} s, {found:.2f}x of {yardstick} ({theirs:.3f} s); goal {goal}x: {'met' if found <= goal else 'MISSED'}"
