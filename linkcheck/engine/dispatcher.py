"""Hands out slots: permission for one request to a host, when the schedule allows it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from linkcheck.engine.pacing.host_pace import Feedback, Start
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.targets import Target

__all__ = ["Dispatcher", "Slot", "SlotRequest"]


class Slot:
    """Permission for one request to the hosts of `group`. Leaving its block gives it back.

    Set `feedback` to what the answer says of our pace; without it the schedule learns nothing. Where `refusal` isn't empty there
    is no permission, and it says why. A target whose name doesn't resolve has a slot without a group: nothing can be sent.
    """

    __slots__ = ("_dispatcher", "feedback", "group", "refusal", "start")

    def __init__(self, dispatcher: Dispatcher, group: str = "", start: Start | None = None, refusal: str = "") -> None:
        self._dispatcher = dispatcher
        self.group = group
        self.start = start
        self.refusal = refusal
        self.feedback: Feedback | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self._dispatcher.release(self)

    async def leave(self) -> None:
        """Wait until the request may leave, once its connection is open."""
        await self._dispatcher.leave(self)


@dataclass(slots=True)
class SlotRequest:
    """What waits in a host's queue: a target that wasn't asked yet, or a task that waits for the slot of its next hop."""

    site: str
    target: Target | None = None
    granted: asyncio.Future[Slot] | None = None


class Dispatcher:
    """The slots of one run: `async for slot, target in dispatcher` for targets, `async with dispatcher.slot(...)` for later hops.

    Targets are queued with `put`; after `close` the iteration ends with the last of them.
    """

    def __init__(self, schedule: Schedule[SlotRequest], clock: Callable[[], float]) -> None:
        self.schedule = schedule
        self._clock = clock
        self._refused: dict[str, str] = {}
        self._granted: deque[tuple[Slot, Target]] = deque()
        self._queued = 0
        self._closed = False
        self._changed = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    def refusal(self, site: str) -> str:
        """Why a site may not be asked any more in this run; "" while it may."""
        return self._refused.get(site, "")

    def group(self, site: str, address: str) -> str:
        """The group that shares a pace with a site at this address."""
        return self.schedule.group(site, address, self._clock())

    def put(self, target: Target, address: str) -> None:
        """Queue a target at its host."""
        if self.refusal(target.site):
            self.refuse(target, self.refusal(target.site))
            return
        self._queued += 1
        self.schedule.put(self.group(target.site, address), SlotRequest(target.site, target), self._clock())
        self._pump()

    def put_unresolved(self, target: Target) -> None:
        """Hand out a target whose name doesn't resolve: it needs no slot."""
        self._hand_out(Slot(self), target)

    def refuse(self, target: Target, reason: str) -> None:
        """Hand out a target that may not be asked, with the reason."""
        self._hand_out(Slot(self, refusal=reason), target)

    def close(self) -> None:
        """End the iteration with the last queued target."""
        self._closed = True
        self._changed.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> tuple[Slot, Target]:
        while not self._granted:
            if self._closed and not self._queued:
                raise StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        return self._granted.popleft()

    @asynccontextmanager
    async def slot(self, site: str, address: str, host: str) -> AsyncIterator[Slot]:
        """Wait for a slot at `host` (a host key): for a redirect's next hop, a retry, a registry.

        `site` is what may refuse it while it waits ("" for none).
        """
        if refusal := self.refusal(site):
            yield Slot(self, refusal=refusal)
            return
        granted: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        self.schedule.put(self.group(host, address), SlotRequest(site, granted=granted), self._clock(), first=True)
        self._pump()
        try:
            slot = await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self.release(granted.result())
            raise
        async with slot:
            yield slot

    def release(self, slot: Slot) -> None:
        """Give a slot back and start what may start now."""
        if slot.start is not None:
            self.schedule.done(slot.group, slot.start, self._clock(), slot.feedback)
            slot.start = None
            self._pump()

    async def leave(self, slot: Slot) -> None:
        """Wait until the request of a slot may leave: requests are kept apart where they leave, not only where they start."""
        waited = False
        while slot.start is not None:
            now = self._clock()
            wait = self.schedule.leaves_at(slot.group, now) - now
            if wait <= 0:
                slot.start = self.schedule.leave(slot.group, slot.start, now, waited=waited)
                return
            waited = True
            await asyncio.sleep(wait)

    def refuse_site(self, site: str, group: str, reason: str) -> None:
        """Refuse everything queued for a site; other sites that share its IP address stay queued."""
        self._refused[site] = reason
        now = self._clock()
        for request in self.schedule.drop(group):
            if request.site != site:
                self.schedule.put(group, request, now)
            elif request.target is not None:
                self._queued -= 1
                self.refuse(request.target, reason)
            elif request.granted is not None and not request.granted.done():
                request.granted.set_result(Slot(self, refusal=reason))
        self._pump()

    def expect(self, site: str, address: str, targets: int) -> None:
        """Count targets of a site that will be queued later (a negative number takes away)."""
        self.schedule.expect(self.group(site, address), targets)

    def slow(self, site: str, address: str, rate: float) -> None:
        """Never ask a site faster than `rate` requests a second in this run."""
        self.schedule.slow(self.group(site, address), self._clock(), rate)

    def waiting(self) -> list[tuple[str, int, float]]:
        """Groups with waiting links, how many, and the seconds until the first of them may start; most work first."""
        return self.schedule.queues(self._clock())

    def estimate(self) -> float:
        """Seconds that the busiest group still needs at its present pace."""
        return self.schedule.estimate(self._clock())

    def _hand_out(self, slot: Slot, target: Target) -> None:
        self._granted.append((slot, target))
        self._changed.set()

    def _pump(self) -> None:
        """Grant every slot that is free now, and come back when the next one will be."""
        while (grant := self.schedule.take(self._clock())) is not None:
            slot, request = Slot(self, grant.group, grant.start), grant.job
            if request.target is not None:
                self._queued -= 1
                self._hand_out(slot, request.target)
            elif request.granted is not None and not request.granted.done():
                request.granted.set_result(slot)
            else:  # the task that waited was cancelled
                self.schedule.done(grant.group, grant.start, self._clock(), None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        wake = self.schedule.wake()
        if wake != float("inf"):
            self._timer = asyncio.get_running_loop().call_later(max(0.0, wake - self._clock()), self._pump)
