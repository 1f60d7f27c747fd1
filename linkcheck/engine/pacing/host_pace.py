"""How fast one host may be asked, and what its answers teach about that. Pure: `now` is seconds that only grow.

A token bucket lets requests start: a burst, then `rate` a second. While nobody complains, every `Pace.healthy` answers double
the rate up to the ceiling. A complaint is read as a token bucket on the other side, as most servers keep one:

- a request that went out ahead of its spacing costs the burst, not the pace;
- the rate that drew the complaint is above the limit (`refused`). Below it is what passed since the complaint before, answers by
  seconds, since that bucket was empty then and is empty now. Before a second complaint it is the fastest rate that held;
- the ceiling becomes the middle of the two, and the rate goes back to 0.7 of it. Every 10 healthy answers then halve the
  distance to the ceiling, and a ceiling that holds for 20 answers moves halfway to the refused rate, until that is near.

After the fourth complaint the ceiling stays at what is known to pass. A refusal that names no limit (403, 503, a reset) slows
the host down, but says nothing about its limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from linkcheck.policy import Pace

__all__ = ["Feedback", "HostPace", "Learned", "Start"]

_CUT = 0.7
"""Share of the new ceiling at which a host is asked after a complaint."""
_TRIAL = 20
"""Answers that show that a rate holds."""
_FULL = 10
"""Requests that the bucket of a server may hold before it was ever empty."""
_NEAR = 0.08
"""A ceiling within this share of the refused rate is not raised any more."""
_COMPLAINTS = 4
"""After so many complaints about the rate, faster ones are not tried."""
_SURE = 0.97
"""Share of the known rate at which a host is asked then."""
_SLOWEST = 0.1
"""Least share of the first rate that complaints about the rate leave."""
_REFUSED = 0.5
"""Least share of the first rate that refusals without a limit leave: they may be the pages' own."""
_FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Learned:
    """What a host taught in earlier nights: the rate that went well, the rate it refused (None if none), the burst it takes."""

    rate: float
    refused: float | None
    burst: int


@dataclass(frozen=True, slots=True)
class Start:
    """One request that went out: when, at which rate, and whether ahead of its spacing (a token that was saved)."""

    at: float
    rate: float
    early: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an answer says about our pace. `wait` is in seconds; `rate_limited` means that the host named a limit (429, Retry-After)."""

    healthy: bool = True
    complaint: bool = False
    rate_limited: bool = False
    wait: float = 0.0


class HostPace:
    """The pace of one host group. `rate` and `ceiling` are in requests a second."""

    __slots__ = (
        "_adjusted", "_answers", "_before", "_began", "_complained", "_complaints", "_healthy", "_last", "_low", "_quickness", "_refilled",
        "_refused", "_slowest", "_tokens", "ceiling", "limits", "not_before", "rate",
    )  # fmt: skip

    def __init__(self, limits: Pace, learned: Learned | None, now: float) -> None:
        self.limits = limits
        self.rate = limits.rate
        self.ceiling = limits.ceiling
        self.not_before = 0.0
        self._low = 0.0
        self._refused: float | None = None
        self._complaints = 0
        if learned is not None:
            self.limits = Pace(
                limits.connections, min(limits.burst, learned.burst), limits.rate, limits.ceiling, limits.healthy
            )
            self.rate = max(min(learned.rate, limits.ceiling), min(limits.rate, limits.ceiling) * _SLOWEST)
            if learned.refused is not None and learned.refused <= limits.ceiling:
                self._low, self._refused, self.ceiling = self.rate, learned.refused, self.rate
                self._complaints = _COMPLAINTS - 1
        self._tokens = float(self.limits.burst)
        self._began = self._refilled = now
        self._last = -_FOREVER
        self._adjusted = -_FOREVER
        self._complained: float | None = None
        self._answers = 0
        self._healthy = 0
        self._quickness = 0.0
        self._slowest = _FOREVER
        self._before = 0.0

    @property
    def learned(self) -> Learned:
        """What another night should begin with."""
        rate = self.rate if self._refused is None else min(self._low or self.rate, self.ceiling)
        return Learned(rate, self._refused, self.limits.burst)

    def ready_at(self, now: float) -> float:
        """The earliest instant at which the next request may start."""
        tokens = min(self.limits.burst, self._tokens + (now - self._refilled) * self.rate)
        missing = max(0.0, 1.0 - tokens - 1e-9)
        return max(self.not_before, now + missing / self.rate)

    def spend(self, now: float) -> Start:
        """Take one token for a request that starts now."""
        self._tokens = min(self.limits.burst, self._tokens + (now - self._refilled) * self.rate) - 1.0
        self._refilled = now
        start = Start(now, self.rate, (now - self._last) * self.rate < 0.9)
        self._last = now
        return start

    def answered(self, start: Start, now: float, seconds: float, feedback: Feedback) -> None:
        """Learn from one answer, which took `seconds`."""
        self._quickness = seconds if not self._quickness else 0.9 * self._quickness + 0.1 * seconds
        if feedback.complaint:
            self._complaint(start, now, feedback)
        elif feedback.healthy:
            self._answer(start)
        if feedback.wait > 0:
            self.not_before = max(self.not_before, now + feedback.wait)

    def slow(self, rate: float) -> None:
        """Never exceed `rate` from now on, without bursts (a Crawl-delay)."""
        self.limits = Pace(
            self.limits.connections, 1, min(self.limits.rate, rate), min(self.limits.ceiling, rate), self.limits.healthy
        )
        self.rate, self.ceiling = min(self.rate, rate), min(self.ceiling, rate)
        self._tokens = min(self._tokens, 1.0)

    def join(self, other: HostPace) -> None:
        """Take over the stricter of both: another host turned out to answer from the same address."""
        if (other.limits.ceiling, other.limits.connections) < (self.limits.ceiling, self.limits.connections):
            self.limits = other.limits
        self.rate, self.ceiling = min(self.rate, other.rate), min(self.ceiling, other.ceiling)
        self._tokens = min(self._tokens, other._tokens)  # of the same class
        self.not_before = max(self.not_before, other.not_before)

    def _complaint(self, start: Start, now: float, feedback: Feedback) -> None:
        self._healthy = 0
        if start.at < self._adjusted:  # it was under way when the pace was changed
            return
        self._adjusted = self._refilled = now
        self._tokens = 0.0
        if feedback.rate_limited and start.early and self.limits.burst > 1:
            self._burst(max(1, self.limits.burst - 1))
        elif feedback.rate_limited:
            self._limit(start.rate, now)
        else:
            self.rate = min(self.rate, max(self.rate * _CUT, self.limits.rate * _REFUSED))
            return
        self._complained, self._answers = now, 0
        self._slowest, self._before = _FOREVER, 0.0

    def _burst(self, burst: int) -> None:
        self.limits = Pace(self.limits.connections, burst, self.limits.rate, self.limits.ceiling, self.limits.healthy)

    def _limit(self, refused: float, now: float) -> None:
        """Narrow down what the host allows, after it refused a rate."""
        self._complaints += 1
        passed = self._passed(now)
        if passed and self._complaints > 1:
            self._low = min(passed, refused)
        elif self._low >= refused:
            self._low = max(passed, _CUT * refused) if passed < refused else 0.9 * refused
        self._refused = refused
        if self._complaints >= _COMPLAINTS:
            self.ceiling = _SURE * self._low if self._low else 0.8 * refused
            self._low = self.ceiling
        else:
            self.ceiling = (self._low + refused) / 2 if self._low else 0.8 * refused
        self.ceiling = max(self.ceiling, self.limits.rate * _SLOWEST)
        self.rate = max(self.ceiling * _CUT, self.limits.rate * _SLOWEST)

    def _passed(self, now: float) -> float:
        """The requests a second that passed since the complaint before; 0.0 where too few did to tell.

        Before tonight's first complaint the bucket may have been full, so as many as a large burst are left out.
        """
        answers = self._answers if self._complained is not None else self._answers - _FULL
        begun = self._complained if self._complained is not None else self._began
        return answers / max(1e-9, now - begun) if answers >= _TRIAL else 0.0

    def _answer(self, start: Start) -> None:
        self._answers += 1
        self._healthy += 1
        self._slowest = min(self._slowest, start.rate)
        if self._answers % (_TRIAL // 2) == 0:  # two halves of a trial: the slowest rate of both held
            self._low = max(self._low, min(self._slowest, self._before))
            self._slowest, self._before = _FOREVER, self._slowest
        if self._healthy < self.limits.healthy:
            return
        self._healthy = 0
        if self._refused is None:
            self._low, faster = max(self._low, start.rate), self.rate * 2
        else:
            self._raise_ceiling()
            distance = self.ceiling - self.rate
            faster = self.rate + distance / 2 if distance > 0.05 * self.ceiling else self.ceiling
        possible = self.limits.connections / self._quickness if self._quickness > 0 else _FOREVER
        self.rate = max(self.rate, min(faster, self.ceiling, possible))

    def _raise_ceiling(self) -> None:
        """Try a faster rate where the ceiling held for a while and the refused rate is not near."""
        refused = self._refused or self.ceiling
        held = self.rate >= self.ceiling and self._low >= 0.999 * self.ceiling
        if held and self._complaints < _COMPLAINTS and refused - self.ceiling > _NEAR * refused:
            self.ceiling = (self.ceiling + refused) / 2
