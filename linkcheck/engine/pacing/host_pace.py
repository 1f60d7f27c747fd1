"""How fast one host may be asked, and what its answers teach about that. Pure: `now` is seconds that only grow.

A token bucket lets requests start: a burst, then `rate` a second. A second one, with the same rate and burst, spaces them where they
are sent: opening a connection takes time, so requests that started apart may be ready together. Without complaints, every
`Pace.healthy` answers double the rate up to the ceiling. A complaint is read as a token bucket on the other side:

- about a request that was sent close behind another, it costs a token of the burst, not the rate, unless the limit is known well;
- within the first ten answers it costs all of the burst, or where there is none, a part of the rate;
- else it is about the rate, and `LimitSearch` looks for the one that the host allows.

A refusal that names no limit (403, 503, a reset) slows the host down, but says nothing about its limit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from linkcheck.engine.pacing.limit_search import LimitSearch, Refusal
from linkcheck.policy import Pace

__all__ = ["Feedback", "HostPace", "Learned", "Start"]

_CUT = 0.7
"""Share of the rate that is left after a complaint that doesn't tell what is allowed."""
_FEW = 10
"""Answers of a night before which a complaint tells nothing about the rate."""
_CLOSE = 0.95
"""Closer than this share of the spacing, a request leaves with a token that was saved."""
_HELD = 50
"""Answers in a row that show that a rate holds."""
_SLOWEST = 0.1
"""Least share of the policy's first rate that complaints about the rate leave."""
_REFUSED = 0.5
"""Least share of the first rate that refusals without a limit leave: they may be the pages' own."""
_PAUSE = 5.0
"""Seconds that a request with an open connection waits for a pause that the host asked for; one that waits longer may as well leave."""
_FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Learned:
    """What a host taught in earlier nights: the rate that went well, the rate it refused (None if none), the burst it takes."""

    rate: float
    refused: float | None
    burst: int


@dataclass(frozen=True, slots=True)
class Start:
    """One request: when it started, when it left, at which rate, and whether close behind another (with a token that was saved)."""

    at: float
    left: float
    rate: float
    close: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an answer says about our pace. `wait` is in seconds; `rate_limited` means that the host named a limit (429, Retry-After)."""

    healthy: bool = True
    complaint: bool = False
    rate_limited: bool = False
    wait: float = 0.0


class HostPace:
    """The pace of one host group. `rate` and `ceiling` are in requests a second.

    Of each bucket the instant is kept at which the next request would be due if all came evenly: with a burst, one may be early by
    the tokens that were saved (the generic cell rate algorithm).
    """

    __slots__ = (
        "_answers", "_due", "_last", "_least", "_left", "_quickness", "_resumed", "_search", "_since", "_steady", "ceiling", "limits",
        "not_before", "rate",
    )  # fmt: skip

    def __init__(self, limits: Pace, learned: Learned | None, now: float) -> None:
        self.limits = limits
        self.rate = limits.rate
        self.ceiling = limits.ceiling
        self.not_before = 0.0
        self._least = limits.rate * _SLOWEST
        self._search: LimitSearch | None = None
        if learned is not None:
            self.limits = replace(limits, burst=min(limits.burst, learned.burst))
            self.rate = self._allowed(learned.rate)
            if learned.refused is not None and learned.refused <= limits.ceiling:
                self._search = LimitSearch.go_on(learned.refused, self.rate)
        self._due = self._left = self._resumed = now
        self._last = -_FOREVER
        self._answers = self._since = self._steady = 0
        self._quickness = 0.0

    @property
    def learned(self) -> Learned:
        """What another night should begin with."""
        if self._search is None:
            return Learned(self.rate, None, self.limits.burst)
        rate = self.rate if self._steady >= _HELD else self._search.passes
        return Learned(rate, self._search.refused, self.limits.burst)

    def ready_at(self, now: float) -> float:
        """The earliest instant at which the next request may start."""
        return max(now, self.not_before, self._due - self._saved)

    def spend(self, now: float) -> Start:
        """Take one token for a request that starts now."""
        self._due = max(now, self._due) + 1 / self.rate
        return Start(now, now, self.rate)

    def rested(self, now: float) -> bool:
        """Whether the pace is as that of a new host: all tokens are saved again, and no pause is left."""
        return max(self.not_before, self._due, self._left) <= now

    def leaves_at(self, now: float) -> float:
        """The earliest instant at which a request that has its connection may leave."""
        pause = self.not_before if self.not_before - now <= _PAUSE else now
        return max(now, pause, self._left - self._saved)

    def leave(self, start: Start, now: float, *, waited: bool) -> Start:
        """Take the other token for a request that leaves now; later ones start so that they needn't wait."""
        close = (now - self._last) * self.rate < _CLOSE
        self._last = now
        self._left = max(now, self._left) + 1 / self.rate
        if waited:
            self._due = max(self._due, self._left)
        return Start(start.at, now, self.rate, close)

    def answered(self, start: Start, now: float, seconds: float, feedback: Feedback, left: float = _FOREVER) -> None:
        """Learn from one answer, which took `seconds`; `left` is how many requests still wait."""
        self._quickness = seconds if not self._quickness else 0.9 * self._quickness + 0.1 * seconds
        if feedback.complaint:
            self._complaint(start, now, feedback)
        elif feedback.healthy:
            self._answer(left)
        if feedback.wait > 0:
            self.not_before = max(self.not_before, now + feedback.wait)
            self._resumed = max(self._resumed, self.not_before)

    def slow(self, rate: float) -> None:
        """Never exceed `rate` from now on, without bursts (a Crawl-delay)."""
        self.limits = replace(self.limits, burst=1, rate=min(self.limits.rate, rate), ceiling=min(self.limits.ceiling, rate))
        self.rate, self.ceiling = min(self.rate, rate), min(self.ceiling, rate)

    def join(self, other: HostPace) -> None:
        """Take over the stricter of both: another host turned out to answer from the same address."""
        stricter = min(self.limits, other.limits, key=lambda limits: (limits.ceiling, limits.rate))
        self.limits = replace(
            stricter,
            connections=min(self.limits.connections, other.limits.connections),
            burst=min(self.limits.burst, other.limits.burst),
        )
        self.rate, self.ceiling = min(self.rate, other.rate), min(self.ceiling, other.ceiling)
        self._due, self._left = max(self._due, other._due), max(self._left, other._left)  # of the same class
        self._search = min(filter(None, (self._search, other._search)), key=lambda search: search.refused, default=None)
        self.not_before = max(self.not_before, other.not_before)

    @property
    def _saved(self) -> float:
        """Seconds by which a request may be early, with the tokens that a burst saves."""
        return (self.limits.burst - 1) / self.rate

    def _allowed(self, rate: float) -> float:
        """The nearest rate to this one that is neither above the ceiling nor needlessly slow."""
        return min(self.ceiling, max(rate, self._least))

    def _complaint(self, start: Start, now: float, feedback: Feedback) -> None:
        early = self._answers < _FEW
        burst = feedback.rate_limited and self.limits.burst > 1 and (start.close or early)
        if burst:
            self.limits = replace(self.limits, burst=1 if early else self.limits.burst - 1)
        refusal = Refusal(
            start.rate, self._answers - self._since, start.left - self._resumed, self._steady, self.limits.burst > 1
        )
        self._steady = 0
        if start.left < self._resumed:  # it was under way when the pace was changed, or left in a pause
            return
        self._since = self._answers
        self._resumed = now
        if not feedback.rate_limited:
            self.rate = min(self.rate, max(self.rate * _CUT, self.limits.rate * _REFUSED))
        elif not early and (not burst or (self._search is not None and self._search.settled)):
            self.rate = self._allowed(self._narrow_down(refusal))
        elif not burst:
            self.rate = self._allowed(start.rate * _CUT)
        self._due = now + self.limits.burst / self.rate
        self._left = max(self._left, self._due)

    def _narrow_down(self, refusal: Refusal) -> float:
        """The rate to go on with after a refused one."""
        if self._search is None:
            self._search = LimitSearch.begin(refusal)
        else:
            self._search.refuse(refusal)
        return self._search.passes

    def _answer(self, left: float) -> None:
        self._answers += 1
        self._steady += 1
        search, healthy = self._search, self.limits.healthy
        needed = healthy if search is None else search.answers_needed(self.rate, healthy)
        if self._steady < needed or (needed > healthy and left < needed):  # with little left, a faster rate gains nothing
            return
        faster = self.rate * 2 if search is None else search.faster(self.rate, self._answers - self._since)
        possible = self.limits.connections / self._quickness if self._quickness > 0 else _FOREVER
        rate = max(self.rate, min(faster, self.ceiling, possible))
        if rate != self.rate or search is not None:
            self._steady = 0
        self.rate = rate
