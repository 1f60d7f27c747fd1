"""What a run has seen so far: settled targets go to the store and the history, suspects wait for their second look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linkcheck.engine.interfaces import ProgressEvent, RunContext
from linkcheck.engine.link_store import LinkStore
from linkcheck.engine.observer import Look
from linkcheck.engine.targets import Target
from linkcheck.judging.outage import SiteNight
from linkcheck.judging.verdict import verdict
from linkcheck.model import FailureKind, Observation, Outcome
from linkcheck.policy import Policy

__all__ = ["Results", "Suspect"]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A target whose first look must be confirmed, and when that look was made (seconds of the run's clock)."""

    target: Target
    look: Look
    at: float


class Results:
    """The results of one run. `open_looks` counts the first looks that are still to come, by site."""

    def __init__(self, store: LinkStore, policy: Policy, context: RunContext, confirm: int = 1) -> None:
        self.open_looks: dict[str, int] = {}
        self.suspects: dict[str, list[Suspect]] = {}
        self.answered: set[str] = set()
        """Sites of which a link answered well: no outage explains their failures."""
        self.sites: dict[str, SiteNight] = {}
        """The other sites."""
        self.failures: set[FailureKind | None] = set()
        self.offline = asyncio.Event()
        self.waiting: Callable[[], list[tuple[str, int, float]]] = list
        self.estimate: Callable[[], float] = float
        """Functions for `ProgressEvent`."""
        self.requests: Callable[[], tuple[int, int]] = lambda: (0, 0)
        """The requests sent so far, and those that were answered."""
        self._store = store
        self._policy = policy
        self._context = context
        self._confirm = confirm
        self._done = 0

    def suspect(self, target: Target, look: Look) -> None:
        """Let a target wait for its second look."""
        self.suspects.setdefault(target.site, []).append(Suspect(target, look, self._context.clock()))

    def last_of_site(self, target: Target) -> bool:
        """Count one first look of a site as over; whether it was the site's last."""
        self.open_looks[target.site] -= 1
        if self.open_looks[target.site]:
            return False
        del self.open_looks[target.site]
        return True

    def settle(self, target: Target, look: Look) -> None:
        """Take a look as tonight's result: into the store, the history and the progress."""
        self._store.keep(look.seen)
        if self._context.past:
            self._context.past.add(look.seen)
        self.tally(target.site, look.seen, look.earlier)
        outcome = look.finding.outcome
        if outcome is Outcome.FAILING:
            nights = [*look.earlier, look.seen]
            outcome = verdict(target.link, nights, self._policy, self._context.calendar(), confirm=self._confirm).outcome
        self._emit(target.url, outcome)

    def skip(self, target: Target, reason: str) -> None:
        """Note why a target wasn't asked."""
        self._store.skip(target.key, reason)
        self._done += 1

    def tally(self, site: str, seen: Observation, earlier: Sequence[Observation]) -> None:
        """Count what was seen for the detection of outages; `earlier` is what the history had before."""
        if site in self.answered:
            return
        if seen.failure is None and (seen.status or 0) < 400:
            self.answered.add(site)
            self.sites.pop(site, None)
        else:
            self.sites.setdefault(site, SiteNight()).add(seen, earlier)

    def _emit(self, url: str, outcome: Outcome) -> None:
        self._done += 1
        self._context.emit(ProgressEvent(url, outcome, self._done, self._store.asked, self.waiting, self.estimate))
