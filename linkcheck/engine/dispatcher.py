"""Turn-taking on the loop: asks hops when the schedule says so. The edge between the pure schedule and the network."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from linkcheck import LISTKEEPER as VERSION
from linkcheck.engine.pacing.retry_after import RetryAfterTracker
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.redirect_chain import RequestProfile, requested_wait
from linkcheck.engine.targets import Target, credentials_for, rule_for
from linkcheck.model import FailureKind, Hop
from linkcheck.net.guard import Guard
from linkcheck.net.http import Request, Response
from linkcheck.policy import Policy
from linkcheck.registries import BatchRequest
from linkcheck.urls import Parts, host_key, split

Start = Callable[[str], None]
_KEPT = 256
"""So many groups at most keep connections open."""
_INTERFACE = 2 * 1024 * 1024
"""Bytes of an interface's answer: a hundred works of arXiv with their abstracts."""


@dataclass(frozen=True, slots=True)
class QueuedLink:
    """A resource that waits to be asked: `begin` gets it with its group when its turn has come, `refuse` with why it never will."""

    resource: Target
    begin: Callable[[Target, str | None], None]
    refuse: Callable[[Target, str], None]

    def __call__(self, group: str) -> None:
        """Begin."""
        self.begin(self.resource, group)


HOME = "https://github.com/listkeeper/listkeeper"


class HopFetcher(Protocol):
    """What fetches one hop: `linkcheck.net.http.Fetcher`, or a stand-in."""

    async def ask(self, ask: Request) -> Response:
        """Ask one hop; never raises for anything the network does."""

    async def release(self, group: str) -> None:
        """Close what is kept open for a group."""


class Dispatcher:
    """One run's turns. `closed` says why nothing more may start ("" while it may)."""

    def __init__(
        self, schedule: Schedule[Start], fetcher: HopFetcher, guard: Guard, policy: Policy, clock: Callable[[], float],
        calendar: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self.schedule = schedule
        self.requests = 0
        self.answered = 0
        self._peace = RetryAfterTracker(policy.longest_wait, policy.scale)
        self._fetcher = fetcher
        self._guard = guard
        self._policy = policy
        self._clock = clock
        self._calendar = calendar
        self._timer: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._idle: OrderedDict[str, None] = OrderedDict()

    def now(self) -> datetime:
        """The calendar's instant."""
        return self._calendar()

    async def rest(self, seconds: float) -> None:
        """Wait without holding a turn."""
        await asyncio.sleep(seconds)

    def quiet(self, site: str) -> bool:
        """Whether a site asked to be left alone in this run."""
        return self._peace.why(site) is not None

    def _leave_alone(self, site: str, group: str) -> None:
        """Turn away all that waits for a site; others that answer from the same address have said nothing of the kind."""
        now, why = self._clock(), self._peace.why(site) or ""
        for job in self.schedule.drop(group):
            if isinstance(job, QueuedLink) and job.resource.site == site:
                job.refuse(job.resource, why)
            elif isinstance(job, SlotWaiter) and job.site == site:
                job.refuse()
            else:
                self.schedule.put(group, job, now)

    def waiting(self) -> list[tuple[str, int, float]]:
        """Groups with waiting jobs, how many, and for how many seconds the first of them does; most work first."""
        return self.schedule.queues(self._clock())

    def estimate(self) -> float:
        """The seconds that the busiest group still needs at its present pace."""
        return self.schedule.estimate(self._clock())

    def slow(self, host: str, address: str, rate: float) -> None:
        """Never ask a host faster than `rate` requests a second in this run."""
        now = self._clock()
        self.schedule.slow(self.schedule.group(host, address, now), now, rate)

    def start(self, host: str, address: str, begin: QueuedLink) -> None:
        """Queue a link, unless its site asked to be left alone meanwhile."""
        why = self._peace.why(host)
        if why is not None:
            begin.refuse(begin.resource, why)
            return
        now = self._clock()
        self.schedule.put(self.schedule.group(host, address, now), begin, now)
        self.pump()

    def pump(self) -> None:
        """Start all that may start now, and see to it that this is called again when more may."""
        while (given := self.schedule.take(self._clock())) is not None:
            group, begin = given
            begin(group)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        wake = self.schedule.wake()
        if wake != float("inf"):
            self._timer = asyncio.get_running_loop().call_later(max(0.0, wake - self._clock()), self.pump)

    async def ask(  # noqa: D102  # the protocol's word
        self, url: str, origin: str, cookies: str, manner: RequestProfile, *, fragments: bool, granted: str | None
    ) -> Response:
        parts, bounds = split(url), self._policy.bounds
        site = host_key(parts.ascii_host)
        why = self._peace.why(site) if granted is None else None
        if why is not None:
            return Response(Hop(url, failure=FailureKind.LEFT_ALONE, detail=why))
        rule = rule_for(parts.ascii_host, self._policy.hosts)
        headers = list[tuple[str, str]]()
        if self._policy.hosts and _origin(parts) == _origin(split(origin)):
            headers += (*(rule.headers if rule else ()), *credentials_for(parts, self._policy.hosts))
        if manner.plain:
            headers.append(("User-Agent", plain_user_agent(self._policy.contact)))
        request = Request(
            url,
            tuple(headers),
            method=rule.method if rule else "GET",
            body_bytes=bounds.fragment_bytes if fragments else bounds.body_bytes,
            patience=manner.patience,
            cookies=cookies,
            group=granted or "",
            fresh=manner.patience > 1,
        )
        return await self._turn(request, parts, site, granted)

    async def ask_site(self, question: BatchRequest) -> tuple[int | None, tuple[tuple[str, str], ...], bytes]:
        """Ask a site's interface in its turn; the question's headers (a token among them) go to this one address only."""
        request = Request(question.url, question.headers, body_bytes=_INTERFACE)
        reply = await self._turn(request, split(question.url), "", None)
        return reply.hop.status, reply.headers, reply.body

    async def _turn(self, request: Request, parts: Parts, site: str, granted: str | None) -> Response:
        """Ask when the turn has come. `site` is what an answer may speak for: nothing ("") where an interface is asked."""
        approval = await self._guard.approve(parts.ascii_host, parts.port, scheme=parts.scheme)
        if approval.failure is not None:
            if granted is not None:
                self._give_back(granted)
            return Response(Hop(request.url, failure=approval.failure, detail=approval.detail))
        group = granted
        if group is None:
            now = self._clock()
            group = self.schedule.group(host_key(parts.ascii_host), min(approval.addresses), now)
            turn: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            self.schedule.put(group, SlotWaiter(turn, site, self._give_back), now, first=True)
            self.pump()
            group = await turn
            if not group:
                return Response(Hop(request.url, failure=FailureKind.LEFT_ALONE, detail=self._peace.why(site) or ""))
        reply = await self._fetch(request if request.group == group else replace(request, group=group), site)
        unreached = reply.hop.failure in {FailureKind.UNREACHABLE, FailureKind.TIMEOUT}
        if unreached and all(":" in address for address in approval.addresses):
            return replace(reply, hop=replace(reply.hop, failure=FailureKind.IPV6_ONLY))
        return reply

    async def _fetch(self, request: Request, site: str) -> Response:
        """Ask within a turn that was given, and give it back."""
        begun = self._clock()
        self.requests += 1
        reply: Response | None = None
        try:
            async with asyncio.timeout(self._policy.bounds.link * request.patience):
                reply = await self._fetcher.ask(request)
        except TimeoutError:
            hop = Hop(
                request.url, seconds=self._clock() - begun, failure=FailureKind.TIMEOUT, detail="the whole link took too long"
            )
            reply = Response(hop)
        finally:
            self._end(request.group, site, reply, self._clock() - begun)
        return reply

    def _end(self, group: str, site: str, reply: Response | None, seconds: float) -> None:
        hop = reply.hop if reply else None
        complaint = hop is not None and (hop.status in {429, 403, 503} or hop.failure is FailureKind.RESET)
        well = hop is not None and hop.status is not None and not complaint
        asked = requested_wait(reply.hop, reply.headers) if reply and complaint else None
        if hop is not None and hop.status is not None:
            self.answered += 1
        self.schedule.done(
            group,
            self._clock(),
            seconds,
            complaint=complaint,
            too_fast=complaint and hop is not None and (hop.status == 429 or hop.retry_after is not None),
            healthy=well,
            wait=min(asked or 0.0, self._policy.longest_wait),
        )
        if site and self._peace.record(site, self._clock(), asked, well=well):
            self._leave_alone(site, group)
        self.pump()
        self._idle[group] = None
        self._idle.move_to_end(group)
        if self.schedule.empty(group):
            self._release(group)
        elif len(self._idle) > _KEPT:
            self._release(next((idle for idle in self._idle if self.schedule.idle(idle)), group))

    def _release(self, group: str) -> None:
        """Close what a group keeps open: it has nothing left to ask, or too many others keep something, too."""
        self._idle.pop(group, None)
        self._closing.add(task := asyncio.get_running_loop().create_task(self._fetcher.release(group)))
        task.add_done_callback(self._closing.discard)

    def _give_back(self, group: str) -> None:
        self.schedule.done(group, self._clock(), 0.0, healthy=False)
        self.pump()


class SlotWaiter:
    """A begun chain's place in a queue: its turn goes back if the chain was cancelled meanwhile."""

    __slots__ = ("give_back", "site", "turn")

    def __init__(self, turn: asyncio.Future[str], site: str, give_back: Start) -> None:
        self.turn = turn
        self.site = site
        self.give_back = give_back

    def __call__(self, group: str) -> None:
        """Take the slot, or return it if the task that waited was cancelled."""
        if self.turn.cancelled():
            self.give_back(group)
        else:
            self.turn.set_result(group)

    def refuse(self) -> None:
        """Its turn will never come."""
        if not self.turn.done():
            self.turn.set_result("")


def user_agent(contact: str) -> str:
    """The honest User-Agent of the first pass; `contact` is the collection's repository or address."""
    return f"Mozilla/5.0 (compatible; Listkeeper/{VERSION}; +{contact or HOME})"


def plain_user_agent(contact: str) -> str:
    """The equally honest one of the second pass, for sites that refuse whatever begins like a browser."""
    return f"Listkeeper/{VERSION} (+{contact or HOME})"


def _origin(parts: Parts) -> tuple[str, str, int]:
    return parts.scheme, parts.ascii_host, parts.port
