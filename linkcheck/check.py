"""A whole run: links in, events as they happen, verdicts at the end. The linear story; what each step means stands in its own room.

Links become resources (one per fetch key), resources queue at their hosts, `probe` sees, a patient second pass asks again what wasn't
alive, `rounds` voids what was the network's fault, and `judge` decides from all nights.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from linkcheck import rounds
from linkcheck.arrivals import Arrivals
from linkcheck.findings import Finding, find
from linkcheck.guard import Guard
from linkcheck.judge import verdict
from linkcheck.limits import pace_of
from linkcheck.model import Link, Observation, Outcome, Place, Policy, Run, Verdict
from linkcheck.passes import agree, unaskable, worth_asking_again
from linkcheck.probe import Manner, Resource, probe
from linkcheck.schedule import Schedule
from linkcheck.turns import Fetches, Notes, Start, Turns
from linkcheck.urls import fetch_key, host_key, split

__all__ = ["Past", "Seen", "Tools", "check"]

_PATIENT = Manner(patience=2.0, plain=True)
_FIRST = Manner()
_CONTROL = "example.com"
"""A name that always exists (RFC 2606): where it doesn't resolve either, there is no network."""


class Past(Notes, Protocol):
    """What remembers: `linkcheck.history.History`, or nothing at all."""

    def of(self, key: str) -> tuple[Observation, ...]:
        """All observations of a fetch key, oldest first."""

    def add(self, seen: Observation) -> None:
        """Commit one observation."""

    def void(self, why: Mapping[str, str]) -> None:
        """Let the newest observation of each key count for nothing, for the reason given."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An event: one resource was seen (its links' number, what this run alone says), and how many of all are done."""

    url: str
    outcome: Outcome
    links: int
    done: int
    total: int
    waiting: tuple[tuple[str, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Tools:
    """The edges that a run is given."""

    fetcher: Fetches
    guard: Guard
    emit: Callable[[Seen], None] = lambda _event: None
    past: Past | None = None
    clock: Callable[[], float] = time.monotonic
    calendar: Callable[[], datetime] = lambda: datetime.now(UTC)
    control: str = _CONTROL


async def check(links: Iterable[Link], policy: Policy, tools: Tools, *, confirm: int | None = None) -> Run:
    """Ask every link as `policy` says and judge it. One verdict per distinct URL, in the order of first places.

    `confirm` is the number of nights that death takes: `policy.confirm` where there is a past, 1 where there is none. Cancelling
    ends the run with what was seen so far committed to the past.
    """
    nights = confirm if confirm is not None else (policy.confirm if tools.past else 1)
    run = _Run(policy, tools, nights)
    return await run.go(tuple(links))


class _Run:
    """One run's state: what was seen so far, and what is still open."""

    def __init__(self, policy: Policy, tools: Tools, confirm: int) -> None:
        self.policy, self.tools, self.confirm = policy, tools, confirm
        self.begun, self.started = tools.clock(), tools.calendar()
        self.schedule: Schedule[Start] = Schedule(partial(pace_of, policy=policy), policy.concurrency)
        self.turns = Turns(self.schedule, tools.fetcher, tools.guard, policy, tools.clock, tools.calendar)
        self.seen: dict[str, tuple[Observation, Finding]] = {}
        self.skipped: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.first_pass: dict[str, int] = {}
        self.later: dict[str, list[Resource]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.total = self.open = 0
        self.over = asyncio.Event()
        self.offline = False
        self.failure: BaseException | None = None

    async def go(self, links: Sequence[Link]) -> Run:
        resources, settled = self._sort(links)
        self.total = self.open = len(resources)
        if resources:
            try:
                await self._ask_all(resources)
            finally:
                for task in self.tasks:
                    task.cancel()
                await asyncio.gather(*self.tasks, return_exceptions=True)
            if self.failure:
                raise self.failure
            await self._no_network()
        void = self._void(resources)
        verdicts = [*settled, *(found for resource in resources.values() for found in self._judge(resource))]
        order = {link.url: index for index, link in reversed(list(enumerate(links)))}
        return Run(
            self.started, self.tools.clock() - self.begun, self.turns.requests, self.confirm,
            tuple(sorted(verdicts, key=lambda found: order[found.url])), self.offline, void, self.schedule.tallies(),
        )  # fmt: skip

    def _sort(self, links: Sequence[Link]) -> tuple[dict[str, Resource], list[Verdict]]:
        """What must be asked, by fetch key; and verdicts of what can't or needn't be."""
        resources: dict[str, Resource] = {}
        settled: dict[str, Verdict] = {}
        for link in links:
            if link.url in settled:
                settled[link.url] = replace(settled[link.url], places=(*settled[link.url].places, link.place))
                continue
            found = unaskable(link, self.policy)
            if found is not None:
                settled[link.url] = replace(found, places=(link.place,))
                continue
            key = fetch_key(link.url)
            resource = resources.get(key)
            if resource is None:
                resources[key] = Resource(key, link.url.partition("#")[0], [link])
            else:
                resource.links.append(link)
        return resources, list(settled.values())

    async def _ask_all(self, resources: Mapping[str, Resource]) -> None:
        for resource in resources.values():
            self.first_pass[_host(resource)] = self.first_pass.get(_host(resource), 0) + 1
        arrivals = Arrivals(self.turns, self.tools.guard, self.policy, self.tools.past, self._begin, self._forbid)
        arrivals.all(resources.values(), self._spawn)
        try:
            async with asyncio.timeout(self.policy.budget):
                await self.over.wait()
        except TimeoutError:
            self.schedule.drain()
            why = "the time budget is spent: first in line on the next night"
            self.skipped.update((key, why) for key in resources if key not in self.seen)

    def _begin(self, resource: Resource, granted: str | None) -> None:
        self._spawn(self._first(resource, granted))

    def _forbid(self, resource: Resource, why: str) -> None:
        self.skipped[resource.key] = why
        self._close()

    async def _first(self, resource: Resource, granted: str | None) -> None:
        """The first pass over one resource; when it was its host's last one, what wasn't alive there is asked again."""
        seen, finding = await self._look(resource, _FIRST, granted)
        self.seen[resource.key] = seen, finding
        host = _host(resource)
        if self.policy.second_pass and worth_asking_again(finding):
            self.later.setdefault(host, []).append(resource)
        else:
            self._settle(resource)
        self.first_pass[host] -= 1
        if self.first_pass[host] == 0 and self.later.get(host):
            await self._again(host, self.later.pop(host))

    async def _again(self, host: str, resources: Sequence[Resource]) -> None:
        """The second pass over a host: one by one, unhurried, patient, with names looked up anew."""
        if await self._no_network():
            return
        if self.policy.pace.rate < 1e6:
            self.turns.slow(host, "", self.policy.pace.rate / 2)
        await self.turns.rest(self.policy.retry_wait)
        for resource in resources:
            self.tools.guard.forget(split(resource.url).ascii_host)
            second = await self._look(resource, _PATIENT, None)
            self.seen[resource.key] = agree(self.seen[resource.key], second)
            self._settle(resource)

    async def _look(self, resource: Resource, manner: Manner, granted: str | None) -> tuple[Observation, Finding]:
        earlier = self.tools.past.of(resource.key) if self.tools.past else ()
        seen = await probe(resource, self.turns, self.policy, manner, granted=granted, twin=self._twin, earlier=earlier)
        return seen, find(seen, resource.link, earlier)

    async def _no_network(self) -> bool:
        """After failures only, before patience is spent on them: is there a network at all? Ends the run where there is none."""
        troubles = [seen.trouble for seen, _ in self.seen.values()]
        if self.turns.answered or not rounds.looks_offline(troubles):
            return False
        if self.policy.allow_private or (await self.tools.guard.approve(self.tools.control, 443)).trouble is None:
            return False
        self.offline = True
        self.over.set()
        return True

    def _settle(self, resource: Resource) -> None:
        seen, _ = self.seen[resource.key]
        if self.tools.past:
            self.tools.past.add(seen)
        self._close()
        alone = verdict(resource.link, [seen], self.policy, self.tools.calendar(), confirm=1)
        self.tools.emit(Seen(resource.url, alone.outcome, len(resource.links), self.total - self.open, self.total))

    def _close(self) -> None:
        self.open -= 1
        if self.open == 0:
            self.over.set()

    def _twin(self, digest: str, key: str) -> bool:
        return bool(digest) and self.pages.setdefault(digest, key) != key

    def _void(self, resources: Mapping[str, Resource]) -> str | None:
        """Let what was the network's fault count for nothing; returns the reason where it is the whole run."""
        asked = [(_host(resources[key]), seen) for key, (seen, _) in self.seen.items()]
        hosts, whole = ({}, rounds.OFFLINE) if self.offline else rounds.void(asked)
        reasons = {key: why for key in self.seen if (why := whole or hosts.get(_host(resources[key])))}
        for key, why in reasons.items():
            seen, finding = self.seen[key]
            self.seen[key] = rounds.voided(seen, why), finding
        if self.tools.past:
            self.tools.past.void(reasons)
        return whole

    def _judge(self, resource: Resource) -> Iterable[Verdict]:
        """One verdict per distinct URL of a resource, with all its places."""
        places: dict[str, list[Place]] = {}
        chosen: dict[str, Link] = {}
        for link in resource.links:
            places.setdefault(link.url, []).append(link.place)
            chosen.setdefault(link.url, link)
        seen, _ = self.seen.get(resource.key, (None, None))
        nights = self.tools.past.of(resource.key) if self.tools.past else (seen,) if seen else ()
        for url, link in chosen.items():
            found = verdict(link, nights, self.policy, self.tools.calendar(), confirm=self.confirm)
            if seen is None or seen.void:
                why = seen.void if seen else rounds.OFFLINE if self.offline else self.skipped.get(resource.key, "not asked")
                found = Verdict(url, Outcome.UNCHECKED, Outcome.UNCHECKED, "offline" if self.offline else "void" if seen else "not-asked", why)
            yield replace(found, places=tuple(places[url]))

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.failure = self.failure or task.exception()
            self.over.set()


def _host(resource: Resource) -> str:
    return host_key(split(resource.url).ascii_host)
