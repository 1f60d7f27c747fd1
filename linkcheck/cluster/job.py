"""What a partition is given and what it reports; no Dask. `run_partition` asks the targets of a partition in this process."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from linkcheck.engine.checker import connect
from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.link_store import LinkStore
from linkcheck.engine.planning import Asked, plan
from linkcheck.engine.results import Results
from linkcheck.engine.run import ask_here
from linkcheck.engine.targets import Continuation, partition
from linkcheck.model import FailureKind, Link, Observation
from linkcheck.net.http import tls_context
from linkcheck.policy import Policy
from linkcheck.registries import registries, repository_services

__all__ = [
    "LOCAL", "Chain", "Event", "Job", "JobReport", "Network", "Note", "Owners", "Progress", "Seen", "run_partition",
]  # fmt: skip

LOCAL = 0
"""The partition that the client asks itself: whatever needs a secret."""
_PROGRESS = 1.0
"""Seconds between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Network:
    """How a worker reaches the network: name server, proxies, and certificate authorities (PEM) beside its own."""

    resolver: str | None = None
    proxies: Mapping[str, str] = field(default_factory=dict)
    authorities: str = ""

    def context(self) -> ssl.SSLContext | None:
        """The TLS context with `authorities`; None for the usual one."""
        if not self.authorities:
            return None
        with TemporaryDirectory() as folder:
            file = Path(folder) / "authorities.pem"
            file.write_text(self.authorities, "ascii")
            return tls_context(file, system=True)


@dataclass(frozen=True, slots=True)
class Owners:
    """Which partition (1 to `count`) asks a host key; those in `local` stay with the client."""

    count: int
    local: frozenset[str] = frozenset()

    def of(self, host: str) -> int:
        """The partition of a host key."""
        return LOCAL if host in self.local else partition(host, self.count)


@dataclass(frozen=True, slots=True)
class Job:
    """The targets of one partition: their links, what earlier nights saw of them, redirect chains to go on with, and notes on hosts.

    `site_links` and `confirm` are those of the `Plan`.
    """

    number: int
    owners: Owners
    links: tuple[Link, ...]
    past: Mapping[str, tuple[Observation, ...]]
    chains: Mapping[str, Continuation]
    notes: Mapping[str, tuple[str, datetime]]
    site_links: Mapping[str, int]
    confirm: int
    policy: Policy
    now: datetime
    network: Network = Network()
    token: str = ""
    """GitHub's token; only for the client's own partition."""

    def owns(self, host: str) -> bool:
        """Whether this partition asks a host key."""
        return self.owners.of(host) == self.number


@dataclass(frozen=True, slots=True)
class Seen:
    """An observation was made."""

    observation: Observation


@dataclass(frozen=True, slots=True)
class Chain:
    """A redirect leads to a host of another partition."""

    continuation: Continuation


@dataclass(frozen=True, slots=True)
class Note:
    """Something was learned about a host."""

    name: str
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a partition: requests so far, those answered, and hosts with waiting links as in `ProgressEvent`."""

    requests: int
    answered: int
    waiting: tuple[tuple[str, int, float], ...] = ()
    estimate: float = 0.0


Event = Seen | Chain | Note | Progress


@dataclass(frozen=True, slots=True)
class JobReport:
    """The end of a partition: how asking ended, the targets that weren't asked with the reason, and how many events there were."""

    asked: Asked
    skipped: tuple[tuple[str, str], ...]
    failures: frozenset[FailureKind | None]
    offline: bool
    events: int


class _PartitionHistory:
    """The earlier nights of a partition's targets. What is added goes to the client, which writes the history."""

    def __init__(self, job: Job, emit: Callable[[Event], None]) -> None:
        self._past = job.past
        self._notes = dict(job.notes)
        self._emit = emit

    def of(self, key: str) -> tuple[Observation, ...]:
        return self._past.get(key, ())

    def add(self, seen: Observation) -> None:
        self._emit(Seen(seen))

    def discard(self, reasons: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """The client decides what is discarded."""

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        value, at = self._notes.get(name, ("", None))
        return value if at is not None and timedelta() <= now - at <= timedelta(days=keep_days) else None

    def remember(self, name: str, value: str, now: datetime) -> None:
        self._notes[name] = value, now
        self._emit(Note(name, value, now))

    def notes(self) -> Iterable[tuple[str, str, datetime]]:
        return ((name, value, at) for name, (value, at) in self._notes.items())


async def run_partition(job: Job, emit: Callable[[Event], None]) -> JobReport:
    """Ask the targets of a partition; every observation is emitted as it is made. Cancelled, it stops early and reports as usual."""
    begun, sent = monotonic(), 0

    def send(event: Event) -> None:
        nonlocal sent
        sent += 1
        emit(event)

    async with connect(job.policy, job.network.resolver, job.network.context(), job.network.proxies) as (guard, fetcher):
        context = RunContext(
            fetcher,
            guard,
            past=_PartitionHistory(job, send),
            calendar=lambda: job.now + timedelta(seconds=monotonic() - begun),
            sites=registries(dict(job.policy.endpoints), job.token),
            owns=job.owns,
            hand_over=lambda chain: send(Chain(chain)),
            continuations=job.chains.get,
            repositories=repository_services(dict(job.policy.endpoints), job.token),
        )
        store = LinkStore()
        try:
            store.read(job.links, job.policy)
            planned = replace(plan(store, job.policy, context, confirm=job.confirm), site_links=job.site_links)
            progress = asyncio.ensure_future(_progress(planned.results, send))
            try:
                asked = await ask_here(planned)
            finally:
                progress.cancel()
            results = planned.results
            return JobReport(asked, tuple(store.skipped()), frozenset(results.failures), results.offline.is_set(), sent)
        finally:
            store.close()


async def _progress(results: Results, send: Callable[[Event], None]) -> None:
    while True:
        await asyncio.sleep(_PROGRESS)
        requests, answered = results.requests()
        send(Progress(requests, answered, tuple(results.waiting()[:8]), results.estimate()))
