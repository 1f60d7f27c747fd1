"""What a run is given (fetcher, guard, history, clock), and the progress event that it emits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from linkcheck.engine.sender import HopFetcher
from linkcheck.engine.soft404_probe import NoteStore
from linkcheck.engine.targets import Continuation
from linkcheck.model import Observation, Outcome
from linkcheck.net.guard import Guard
from linkcheck.registries import Registry, RepositoryService

_CONTROL = "example.com"
"""A name that always exists (RFC 2606, section 3): where it doesn't resolve either, there is no network."""


class HistoryStore(NoteStore, Protocol):
    """Remembers observations: `linkcheck.history.History`, or a stand-in."""

    def of(self, key: str) -> tuple[Observation, ...]:
        """All observations of a fetch key, oldest first."""

    def add(self, seen: Observation) -> None:
        """Commit one observation."""

    def discard(self, reasons: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Let this run's newest observation of some keys count for nothing. `reasons` gives pairs of key and reason."""


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """One target is settled: its outcome from all nights so far, and how many of all are done.

    `waiting` gives the hosts with waiting links (host, links, seconds until the first may start), `estimate` the seconds that the
    busiest of them still needs; both are functions, since few events are shown.
    """

    url: str
    outcome: Outcome
    done: int
    total: int
    waiting: Callable[[], list[tuple[str, int, float]]]
    estimate: Callable[[], float]


@dataclass(frozen=True, slots=True)
class RunContext:
    """The edges of a run. `resumed` says which fetch keys an interrupted run has seen already; `sites` are the registries to ask."""

    fetcher: HopFetcher
    guard: Guard
    emit: Callable[[ProgressEvent], None] = lambda _event: None
    past: HistoryStore | None = None
    resumed: Callable[[str], bool] = lambda _key: False
    clock: Callable[[], float] = time.monotonic
    calendar: Callable[[], datetime] = lambda: datetime.now(UTC)
    sites: tuple[Registry, ...] = ()
    control: str = _CONTROL
    owns: Callable[[str], bool] = lambda _host: True
    """Whether this machine may ask a host key; a redirect to another is handed over."""
    hand_over: Callable[[Continuation], None] = lambda _chain: None
    continuations: Callable[[str], Continuation | None] = lambda _key: None
    """What another machine handed over of a fetch key."""
    repositories: tuple[RepositoryService, ...] = ()
    """The services to ask how alive repositories are."""

    async def names_resolve(self) -> bool:
        """Whether a name that certainly exists resolves now."""
        return (await self.guard.approve(self.control, 443, fresh=True)).failure is None
