"""The search for the rate that a host allows, once it has refused one. Pure.

Most servers count with a token bucket: a burst, then a rate. So a refusal says little about the rate by itself. What passed since
the refusal before does: less the burst that a bucket may hold, it is a rate that the host allows. The search needs few refusals,
since each is a nuisance: after the first it starts again at less than half and climbs in steps of a quarter of what is left; after
every later one it goes to what should pass, and stays. Only long after that it tries a little more, each time more patiently.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LimitSearch", "Refusal"]

_BURST = 10
"""Requests that the bucket of a server may hold."""
_SOON = 30
"""Fewer answers than this between two refusals: the rate was far too high."""
_LONG = 100
"""After so many answers at one rate, a refusal means that the rate is slightly too high."""
_NEARLY = 0.9
"""From this share of the refused rate on, faster rates are tried four times more patiently."""
_STEP = 1.04
_DISPROVED = 30
"""Answers after which a faster rate is tried, once the refused rate has passed."""
_SETTLED = 3
"""After so many refusals the limit is known well."""
_PATIENCE = 800
"""The most answers after which a faster rate is tried; four times as many near the refused one."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused rate, how many answers passed in how many seconds since the refusal before, and how many of them at this rate.

    `burst` says whether the host takes bursts: without one, it refuses a rate that is too high at once.
    """

    rate: float
    answers: int
    seconds: float
    steady: int
    burst: bool

    @property
    def slight(self) -> bool:
        """Whether the rate is only slightly too high."""
        return self.steady >= (_LONG if self.burst else _SOON)


class LimitSearch:
    """What is known about the limit of a host. All rates are in requests a second.

    `refused` is the rate that it refused last, `passes` one that should pass, `target` where the rate climbs to.
    """

    __slots__ = ("_patience", "_refusals", "passes", "refused", "target")

    def __init__(self, refused: float, target: float, passes: float, *, refusals: int = 0) -> None:
        self.refused = refused
        self.target = target
        self.passes = passes
        self._refusals = refusals
        self._patience = _LONG

    @classmethod
    def begin(cls, refusal: Refusal) -> LimitSearch:
        """The search after the first refusal of a host."""
        if refusal.steady >= _LONG:
            held = _held(refusal, 0.93)
            return cls(refusal.rate, held, held, refusals=1)
        return cls(refusal.rate, 0.95 * refusal.rate, 0.45 * refusal.rate, refusals=1)

    @classmethod
    def go_on(cls, refused: float, passes: float) -> LimitSearch:
        """The search with what earlier nights taught."""
        return cls(refused, passes, passes, refusals=_SETTLED)

    @property
    def settled(self) -> bool:
        """Whether the limit is known well."""
        return self._refusals >= _SETTLED

    def refuse(self, refusal: Refusal) -> None:
        """Narrow the search down after another refusal; then ask at the rate that `passes`."""
        self._refusals += 1
        if self._refusals > _SETTLED:
            self._patience = min(_PATIENCE, 4 * self._patience)
        self.refused = refusal.rate
        if refusal.slight:
            self.passes = self.target = _held(refusal, 0.93)
        elif refusal.answers < _SOON:
            self.passes, self.target = 0.7 * refusal.rate, 0.9 * refusal.rate
        else:
            self.passes = self.target = _held(refusal, 0.8)

    def answers_needed(self, rate: float, healthy: int) -> int:
        """After how many answers a faster rate than this one is tried: `healthy`, until the target is reached."""
        if rate < 0.999 * self.target:
            return healthy
        return self._patience * (4 if _NEARLY * self.refused < rate < self.refused else 1)

    def faster(self, rate: float, answers: int) -> float:
        """The rate to try after this one; `answers` passed since the last refusal."""
        if answers >= _SOON + 2 * _BURST:
            self.passes = max(self.passes, rate)
        if rate >= 0.999 * self.target:
            if rate > self.refused:
                self._patience = _DISPROVED
            self.target *= _STEP
        left = self.target - rate
        return rate + left / 4 if left > 0.05 * self.target else self.target


def _held(refusal: Refusal, share: float) -> float:
    """A rate that passes: what did pass beyond a server's burst, but at least `share` of the refused rate, and below it."""
    passed = (refusal.answers - _BURST) / max(refusal.seconds, 1e-9)
    return min(0.98 * refusal.rate, max(passed, share * refusal.rate))
