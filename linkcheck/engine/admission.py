"""How resources come to their hosts' queues: names are looked up ahead of the turns, and a host with much to do has its robots.txt read.

Looking up ahead means that no turn waits for a name, and that failing names are seen without one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable

from linkcheck.engine.dispatcher import Dispatcher, QueuedLink
from linkcheck.engine.pacing.robots import Robots, parse
from linkcheck.engine.redirect_chain import RequestProfile
from linkcheck.engine.soft404_probe import NoteStore
from linkcheck.engine.targets import Target
from linkcheck.net.guard import Guard
from linkcheck.policy import Policy
from linkcheck.urls import split

_AT_ONCE = 64
_ROBOTS_DAYS = 7.0

Begin = Callable[[Target, str | None], None]
Spawn = Callable[[Coroutine[object, object, None]], None]


class Admission:
    """Brings resources to the queues of `turns`.

    `begin` starts one (with its turn's group, or None where no turn is needed); `turn_away` takes one that won't be asked, with why.
    """

    def __init__(
        self,
        turns: Dispatcher,
        guard: Guard,
        policy: Policy,
        notes: NoteStore | None,
        begin: Begin,
        turn_away: Callable[[Target, str], None],
    ) -> None:
        self._turns = turns
        self._guard = guard
        self._policy = policy
        self._notes = notes
        self._begin = begin
        self._turn_away = turn_away
        self._brought: dict[str, int] = {}
        self._known: dict[str, asyncio.Future[Robots]] = {}

    def all(self, resources: Iterable[Target], spawn: Spawn) -> None:
        """Bring all of them, the hosts with the most first; those that were brought before count as well for what a site sees."""
        hosts: dict[str, list[Target]] = {}
        for resource in resources:
            hosts.setdefault(resource.host, []).append(resource)
            self._brought[resource.site] = self._brought.get(resource.site, 0) + 1
        queue = deque(sorted(hosts.items(), key=lambda item: -len(item[1])))
        for _ in range(min(_AT_ONCE, len(queue))):
            spawn(self._look_up(queue, spawn))

    async def _look_up(self, queue: deque[tuple[str, list[Target]]], spawn: Spawn) -> None:
        while queue:
            host, resources = queue.popleft()
            parts = split(resources[0].url)
            approval = await self._guard.approve(host, parts.port, scheme=parts.scheme)
            if approval.failure is not None:
                for resource in resources:
                    self._begin(resource, None)
            elif self._brought[resources[0].site] > self._policy.robots_above:
                spawn(self._with_robots(host, min(approval.addresses), resources))
            else:
                self._queue(min(approval.addresses), resources)

    def _queue(self, address: str, resources: Iterable[Target]) -> None:
        for resource in resources:
            self._turns.start(resource.site, address, QueuedLink(resource, self._begin, self._turn_away))

    async def _with_robots(self, host: str, address: str, resources: list[Target]) -> None:
        robots = await self._robots(resources[0].url)
        if robots.delay:
            delay = min(robots.delay * self._policy.scale, self._policy.crawl_delay)
            self._turns.slow(resources[0].site, address, 1 / delay)
        allowed = []
        for resource in resources:
            if robots.allows(split(resource.url).target.decode("ascii", "replace")):
                allowed.append(resource)
            else:
                self._turn_away(resource, f"the robots.txt of {host} asks Listkeeper by name not to")
        self._queue(address, allowed)

    async def _robots(self, url: str) -> Robots:
        """A host's rules, asked for once in a run."""
        parts = split(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = asyncio.get_running_loop().create_future()
            rules = Robots()
            try:
                rules = await self._read(place)
            finally:
                known.set_result(rules)
        return await asyncio.shield(known)

    async def _read(self, place: str) -> Robots:
        """What can't be had says nothing (RFC 9309 section 2.3.1.3), and is asked for again on another night."""
        known = self._notes.note(place, self._turns.now(), _ROBOTS_DAYS) if self._notes is not None else None
        if known is not None:
            return parse(known)
        reply = await self._turns.ask(place, place, "", RequestProfile(), fragments=False, granted=None)
        text = reply.body.decode("utf-8", "replace") if reply.hop.status == 200 and "html" not in reply.content_type else ""
        if self._notes is not None and reply.hop.status is not None and reply.hop.status != 429 and reply.hop.status < 500:
            self._notes.remember(place, text, self._turns.now())
        return parse(text)
