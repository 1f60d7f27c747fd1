"""Waits that servers ask for: `Retry-After` (RFC 9110, section 10.2.3) and spent request budgets. Pure.

A wait that a run can afford is kept, and the site's links are asked after it. After a longer one, or waits without end, all that is
left of the site is put off to the next night: asking each link would only bring the same refusal.
"""

from __future__ import annotations

from time import time

from linkcheck.engine.pacing.host_pace import Feedback
from linkcheck.model import FailureKind, Hop
from linkcheck.net.headers import http_date
from linkcheck.policy import Policy

__all__ = ["RetryAfterTracker", "feedback", "requested_wait"]

_WAITS = 3
"""How many of the longest allowed waits a site may ask for in a row, without a healthy answer between them."""


def requested_wait(hop: Hop, headers: tuple[tuple[str, str], ...]) -> float | None:
    """How many seconds an answer asks us to wait: `Retry-After`, or a spent budget as GitHub and others announce it; else None."""
    if hop.status not in {403, 429, 503}:
        return None
    if hop.retry_after is not None:
        return hop.retry_after
    fields = {name.lower(): value for name, value in headers}
    reset = fields.get("x-ratelimit-reset", "")
    if fields.get("x-ratelimit-remaining") == "0" and reset.isdecimal() and len(reset) <= 12:
        left = float(reset)
        return max(0.0, left - _server_now(fields)) if left > 1e9 else left
    return None


def feedback(hop: Hop, headers: tuple[tuple[str, str], ...], policy: Policy) -> Feedback:
    """What an answer says about our pace: 429, 403, 503 and resets are complaints; 429 and a named wait are about the rate."""
    if hop.status not in {403, 429, 503} and hop.failure is not FailureKind.RESET:
        return Feedback(healthy=hop.status is not None)
    wait = requested_wait(hop, headers)
    limited = hop.status == 429 or wait is not None
    return Feedback(healthy=False, complaint=True, rate_limited=limited, wait=min(wait or 0.0, policy.longest_wait))


class RetryAfterTracker:
    """The waits that sites asked for in one run.

    `longest` is the longest wait, in seconds, that is kept within the run; `usual` what counts for a 429 that names none; `scale`
    shortens all durations in a rehearsal.
    """

    def __init__(self, longest: float, usual: float = 0.0, scale: float = 1.0) -> None:
        self._longest = longest
        self._usual = usual
        self._scale = scale
        self._since: dict[str, float] = {}
        self._over: set[str] = set()

    def record(self, site: str, now: float, asked: float | None, said: Feedback) -> str:
        """Record one answer, with the wait it asked for in seconds. Returns why the site must be put off from now on, or ""."""
        if said.healthy:
            self._since.pop(site, None)
        if site in self._over:
            return ""
        if asked is None:
            if not said.rate_limited:
                return ""
            asked = self._usual
        begun = self._since.setdefault(site, now)
        if asked > self._longest:
            why = f"{site} asks not to be asked again for {_span(asked / self._scale)}"
        elif now - begun + asked > _WAITS * self._longest:
            why = f"{site} asks again and again to wait, for {_span((now - begun) / self._scale)} now"
        else:
            return ""
        self._over.add(site)
        return f"{why}: first in line on the next night"


def _server_now(fields: dict[str, str]) -> float:
    date = http_date(fields.get("date", ""))
    return date.timestamp() if date is not None else time()


def _span(seconds: float) -> str:
    return f"{seconds / 3600:.0f} hours" if seconds >= 5400 else f"{seconds / 60:.0f} minutes"
