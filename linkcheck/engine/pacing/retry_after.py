"""Which sites asked to be left alone. Pure: instants are seconds of a clock that is passed in.

A wait that a run can afford silences a site, and its links are asked after it. A longer one, or waits without end, put all that is
left of the site off to another night: asking each link anew would ask a server for nothing else than the same refusal.
"""

from __future__ import annotations

_WAITS = 3
"""So many of the longest waits a site may ask for, one after the other, without an answer between them."""


class RetryAfterTracker:
    """The sites of one run. `longest` is the longest wait, in seconds, that is kept within the run; `scale` that of a rehearsal."""

    def __init__(self, longest: float, scale: float = 1.0) -> None:
        self._longest = longest
        self._scale = scale
        self._reasons: dict[str, str] = {}
        self._since: dict[str, float] = {}

    def why(self, site: str) -> str | None:
        """Why a site isn't asked any more in this run; None while it may be."""
        return self._reasons.get(site)

    def record(self, site: str, now: float, asked: float | None, *, well: bool) -> bool:
        """Take note of one answer: for how many seconds of peace it `asked`, and whether all was `well`.

        Returns whether the site is to be left alone from now on, and wasn't before.
        """
        if well:
            self._since.pop(site, None)
        if asked is None or site in self._reasons:
            return False
        begun = self._since.setdefault(site, now)
        if asked > self._longest:
            why = f"{site} asks not to be asked again for {_span(asked / self._scale)}"
        elif now - begun + asked > _WAITS * self._longest:
            why = f"{site} asks again and again to wait, for {_span((now - begun) / self._scale)} now"
        else:
            return False
        self._reasons[site] = f"{why}: first in line on the next night"
        return True


def _span(seconds: float) -> str:
    return f"{seconds / 3600:.0f} hours" if seconds >= 5400 else f"{seconds / 60:.0f} minutes"
