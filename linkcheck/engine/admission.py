"""Brings targets to their hosts' queues: names are resolved before a slot is spent, and robots.txt is read for busy hosts.

Of each host only a few targets are loaded at a time, and only so many hosts are open at once, so memory doesn't grow with the links.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from linkcheck.engine.link_store import LinkStore
from linkcheck.engine.pacing.robots import Robots, parse
from linkcheck.engine.sender import PageRequest, Sender
from linkcheck.engine.soft404_probe import NoteStore
from linkcheck.engine.targets import Target
from linkcheck.net.guard import Guard
from linkcheck.policy import Policy
from linkcheck.urls import split

_LOOK_UPS = 64
"""Names that are resolved at the same time."""
_OPEN = 2000
"""Maximum number of hosts with targets in memory."""
_CHUNK = 16
"""Targets of one host in memory; the next are loaded when a quarter is left."""
_ROBOTS_DAYS = 7.0


@dataclass(slots=True)
class _OpenHost:
    """A host whose targets are being asked: `left` in the store, `loaded` in memory. `address` is "" where the name doesn't resolve."""

    host: str
    left: int
    address: str
    robots: Robots
    loaded: int = 0


class Admission:
    """Brings the targets of `store` to the dispatcher."""

    def __init__(
        self, store: LinkStore, sender: Sender, guard: Guard, policy: Policy, notes: NoteStore | None,
        calendar: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._store = store
        self._dispatcher = sender.dispatcher
        self._sender = sender
        self._guard = guard
        self._policy = policy
        self._notes = notes
        self._calendar = calendar
        self._busy = store.busy_sites(policy.robots_above)
        self._places = asyncio.Semaphore(_OPEN)
        self._hosts: dict[str, _OpenHost] = {}
        self._robots: dict[str, asyncio.Future[Robots]] = {}

    async def admit_all(self) -> None:
        """Open every host of the store, the one with the most targets first."""
        hosts = self._store.hosts()

        async def work() -> None:
            for host, links in hosts:
                await self._places.acquire()
                await self._open(host, links)

        async with asyncio.TaskGroup() as workers:
            for _ in range(_LOOK_UPS):
                workers.create_task(work())

    async def admit(self, target: Target) -> None:
        """Bring one target to its host's queue, beside those of the store."""
        address = await self._address(target)
        robots = await self._rules(target, address)
        self._put(target, address, robots)

    def refill(self, host: str) -> None:
        """Note that a target of `host` was handed out, and load more where few are left in memory."""
        opened = self._hosts.get(host)
        if opened is None:
            return
        opened.loaded -= 1
        if opened.left and opened.loaded <= _CHUNK // 4:
            self._load(opened)
        elif not opened.left and opened.loaded <= 0:
            del self._hosts[host]
            self._places.release()

    async def _open(self, host: str, links: int) -> None:
        (first,) = self._store.peek(host)
        address = await self._address(first)
        robots = await self._rules(first, address)
        opened = self._hosts[host] = _OpenHost(host, links, address, robots)
        if address:
            self._dispatcher.expect(first.site, address, links)
        self._load(opened)

    def _load(self, opened: _OpenHost) -> None:
        targets = self._store.take(opened.host, _CHUNK)
        opened.left = opened.left - len(targets) if targets else 0
        opened.loaded += len(targets)
        if opened.address and targets:
            self._dispatcher.expect(targets[0].site, opened.address, -len(targets))
        for target in targets:
            self._put(target, opened.address, opened.robots)

    def _put(self, target: Target, address: str, robots: Robots) -> None:
        if not address:
            self._dispatcher.put_unresolved(target)
        elif robots.allows(split(target.url).target.decode("ascii", "replace")):
            self._dispatcher.put(target, address)
        else:
            self._dispatcher.refuse(target, f"the robots.txt of {target.host} asks Listkeeper by name not to")

    async def _address(self, target: Target) -> str:
        """An address of the target's host, "" where the name doesn't resolve or leads to a private address."""
        parts = split(target.url)
        approval = await self._guard.approve(target.host, parts.port, scheme=parts.scheme)
        return min(approval.addresses) if approval.failure is None else ""

    async def _rules(self, target: Target, address: str) -> Robots:
        """The robots.txt of a host whose site has many links in this run; no rules for others."""
        if not address or target.site not in self._busy:
            return Robots()
        robots = await self._robots_of(target.url)
        if robots.delay:
            delay = min(robots.delay * self._policy.scale, self._policy.crawl_delay)
            self._dispatcher.slow(target.site, address, 1 / delay)
        return robots

    async def _robots_of(self, url: str) -> Robots:
        """A host's rules, asked for once in a run."""
        parts = split(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        known = self._robots.get(place)
        if known is None:
            known = self._robots[place] = asyncio.get_running_loop().create_future()
            rules = Robots()
            try:
                rules = await self._read(place)
            finally:
                known.set_result(rules)
        return await asyncio.shield(known)

    async def _read(self, place: str) -> Robots:
        """An unavailable file means no rules (RFC 9309, section 2.3.1.3), and is asked for again in the next run."""
        known = self._notes.note(place, self._calendar(), _ROBOTS_DAYS) if self._notes is not None else None
        if known is not None:
            return parse(known)
        response = await self._sender.send(PageRequest(place, place))
        hop = response.hop
        text = response.body.decode("utf-8", "replace") if hop.status == 200 and "html" not in response.content_type else ""
        if self._notes is not None and hop.status is not None and hop.status != 429 and hop.status < 500:
            self._notes.remember(place, text, self._calendar())
        return parse(text)
