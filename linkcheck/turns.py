"""Turn-taking on the loop: asks hops when the schedule says so. The edge between the pure schedule and the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from linkcheck import LISTKEEPER as VERSION
from linkcheck.fetch import Ask, Reply
from linkcheck.guard import Guard
from linkcheck.model import Hop, HostRule, Policy, Trouble
from linkcheck.probe import Manner
from linkcheck.schedule import Schedule
from linkcheck.urls import Parts, host_key, split

Start = Callable[[str], None]
HOME = "https://github.com/listkeeper/listkeeper"


class Fetches(Protocol):
    """What fetches one hop: `linkcheck.fetch.Fetcher`, or a stand-in."""

    async def ask(self, ask: Ask) -> Reply:
        """Ask one hop; never raises for anything the network does."""

    async def release(self, group: str) -> None:
        """Close what is kept open for a group."""


class Notes(Protocol):
    """What is remembered by name from night to night: a robots.txt, a sibling's answer."""

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        """The text, or None where it is unknown or older than that."""

    def remember(self, name: str, value: str, now: datetime) -> None:
        """Keep a text."""


class Turns:
    """One run's turns. `closed` says why nothing more may start ("" while it may)."""

    def __init__(
        self, schedule: Schedule[Start], fetcher: Fetches, guard: Guard, policy: Policy, clock: Callable[[], float],
        calendar: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self.schedule = schedule
        self.requests = 0
        self.answered = 0
        self.quiet_until: dict[str, float] = {}
        self._fetcher = fetcher
        self._guard = guard
        self._policy = policy
        self._clock = clock
        self._calendar = calendar
        self._timer: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def now(self) -> datetime:
        """The calendar's instant."""
        return self._calendar()

    async def rest(self, seconds: float) -> None:
        """Wait without holding a turn."""
        await asyncio.sleep(seconds)

    def left_alone(self, url: str, seconds: float) -> None:
        """Remember that a host asked for a longer peace than a run waits."""
        self.quiet_until[host_key(split(url).ascii_host)] = self._clock() + seconds

    def slow(self, host: str, address: str, rate: float) -> None:
        """Never ask a host faster than `rate` requests a second in this run."""
        now = self._clock()
        self.schedule.slow(self.schedule.group(host, address, now), now, rate)

    def start(self, host: str, address: str, begin: Start) -> None:
        """Queue what begins a link: it is called with its group when its turn has come."""
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
        self, url: str, origin: str, cookies: str, manner: Manner, *, fragments: bool, granted: str | None
    ) -> Reply:
        parts = split(url)
        approval = await self._guard.approve(parts.ascii_host, parts.port, scheme=parts.scheme)
        if approval.trouble is not None:
            if granted is not None:
                self._give_back(granted)
            return Reply(Hop(url, trouble=approval.trouble, detail=approval.detail))
        group = granted
        if group is None:
            now = self._clock()
            group = self.schedule.group(host_key(parts.ascii_host), min(approval.addresses), now)
            turn: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            self.schedule.put(group, _Waiting(turn, self._give_back), now, first=True)
            self.pump()
            group = await turn
        reply = await self._in_turn(group, url, parts, origin, cookies, manner, fragments)
        if reply.hop.trouble in {Trouble.UNREACHABLE, Trouble.TIMEOUT} and all(":" in address for address in approval.addresses):
            return replace(reply, hop=replace(reply.hop, trouble=Trouble.IPV6_ONLY))
        return reply

    async def _in_turn(
        self, group: str, url: str, parts: Parts, origin: str, cookies: str, manner: Manner, fragments: bool
    ) -> Reply:
        bounds, begun = self._policy.bounds, self._clock()
        rule = rule_for(parts.ascii_host, self._policy.hosts)
        headers = list(rule.headers) if rule and _origin(parts) == _origin(split(origin)) else []
        if manner.plain:
            headers.append(("User-Agent", plain_agent(self._policy.contact)))
        self.requests += 1
        reply: Reply | None = None
        try:
            async with asyncio.timeout(bounds.link * manner.patience):
                reply = await self._fetcher.ask(
                    Ask(
                        url,
                        tuple(headers),
                        method=rule.method if rule else "GET",
                        body_bytes=bounds.fragment_bytes if fragments else bounds.body_bytes,
                        patience=manner.patience,
                        cookies=cookies,
                        group=group,
                        fresh=manner.patience > 1,
                    )
                )
        except TimeoutError:
            reply = Reply(Hop(url, seconds=self._clock() - begun, trouble=Trouble.TIMEOUT, detail="the whole link took too long"))
        finally:
            self._end(group, reply, self._clock() - begun)
        return reply

    def _end(self, group: str, reply: Reply | None, seconds: float) -> None:
        hop = reply.hop if reply else None
        complaint = hop is not None and (hop.status in {429, 403, 503} or hop.trouble is Trouble.RESET)
        wait = (hop.retry_after or 0.0) if hop and complaint else 0.0
        if hop is not None and hop.status is not None:
            self.answered += 1
        healthy = hop is not None and hop.status is not None and not complaint
        self.schedule.done(
            group, self._clock(), seconds, complaint=complaint, healthy=healthy, wait=min(wait, self._policy.longest_wait)
        )
        self.pump()
        if self.schedule.empty(group):
            self._closing.add(task := asyncio.get_running_loop().create_task(self._fetcher.release(group)))
            task.add_done_callback(self._closing.discard)

    def _give_back(self, group: str) -> None:
        self.schedule.done(group, self._clock(), 0.0, healthy=False)
        self.pump()


class _Waiting:
    """A begun chain's place in a queue: its turn goes back if the chain was cancelled meanwhile."""

    __slots__ = ("give_back", "turn")

    def __init__(self, turn: asyncio.Future[str], give_back: Start) -> None:
        self.turn = turn
        self.give_back = give_back

    def __call__(self, group: str) -> None:
        if self.turn.cancelled():
            self.give_back(group)
        else:
            self.turn.set_result(group)


def rule_for(host: str, rules: tuple[HostRule, ...]) -> HostRule | None:
    """The maintainer's rule for a host: its very name first, then the nearest `.name` above it."""
    fitting = [rule for rule in rules if host == rule.host or (rule.host.startswith(".") and f".{host}".endswith(rule.host))]
    return max(fitting, key=lambda rule: (not rule.host.startswith("."), len(rule.host)), default=None)


def agent(contact: str) -> str:
    """The honest User-Agent of the first pass; `contact` is the collection's repository or address."""
    return f"Mozilla/5.0 (compatible; Listkeeper/{VERSION}; +{contact or HOME})"


def plain_agent(contact: str) -> str:
    """The equally honest one of the second pass, for sites that refuse whatever begins like a browser."""
    return f"Listkeeper/{VERSION} (+{contact or HOME})"


def _origin(parts: Parts) -> tuple[str, str, int]:
    return parts.scheme, parts.ascii_host, parts.port
