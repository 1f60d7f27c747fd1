"""Ask services: keys for one service share requests, and waiters for one key share its answer.

Nothing is kept after it was answered. Pacing, connecting and the bounds of an answer are those of the `ask` passed in.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from linkcheck.model import RegistryAnswer
from linkcheck.registries import registry_for
from linkcheck.registries.protocol import BatchRequest, Headers, Reading, Registry, unknown
from linkcheck.registries.reading import header, spent

Answer = tuple[int | None, Headers, bytes]
Ask = Callable[[BatchRequest], Awaitable[Answer]]

MOMENT = 0.2
"""Seconds for which the first key waits for others, at a service that takes many keys in one request."""
CONCURRENCY = 4
"""Maximum number of requests at the same time to a service that takes one key in a request."""
ROUNDS = 3
"""Maximum number of requests for keys that answers leave out."""
HOPS = 6
"""Maximum number of requests for one answer, redirects included."""
FAILURES = 3
"""Failed answers in a row after which a service isn't asked for a while."""
REST = 600.0
"""Seconds for which it isn't asked; pages are fetched instead."""


class RegistryBatcher:
    """Asks all services. `moment` is in seconds of the loop, `rest` in those of `clock`; a failed request is made `attempts` times."""

    def __init__(
        self,
        sites: Sequence[Registry],
        ask: Ask,
        *,
        moment: float = MOMENT,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
        attempts: int = 1,
    ) -> None:
        self._sites = tuple(sites)
        self._queues = {site.name: _RegistryQueue(site, ask, moment, rest, clock, attempts) for site in self._sites}

    async def answer(self, url: str) -> RegistryAnswer | None:
        """The answer of the service that knows the state of a link; None if there is no such service."""
        reading = await self.reading(url)
        return reading.answer if reading else None

    async def reading(self, url: str) -> Reading | None:
        """What the service that knows the state of a link says about it; None if there is no such service.

        It is "unknown" if the request failed or the service isn't asked for a while. Exceptions of `ask` are raised here, except
        OSError, which is a failed request. When no key of a service has a waiter left, its requests are cancelled.
        """
        found = registry_for(url, self._sites)
        return await self._queues[found[0].name].answer(found[1]) if found else None

    async def look_up(self, name: str, key: str) -> Reading:
        """What the service of this name says about a key, with its record; "unknown" as for `reading`."""
        return await self._queues[name].answer(key)


class _Waiting:
    """One key that is waited for, and by how many."""

    __slots__ = ("answer", "waiters")

    def __init__(self) -> None:
        self.answer: asyncio.Future[Reading] = asyncio.get_running_loop().create_future()
        self.waiters = 0


class _RegistryQueue:
    """The queue of one service. `open` are the keys with waiters, `queue` those of them not yet sent."""

    def __init__(
        self, site: Registry, ask: Ask, moment: float, rest: float, clock: Callable[[], float], attempts: int
    ) -> None:  # fmt: skip
        self.site = site
        self.ask = ask
        self.moment = moment if site.batch > 1 else 0.0
        self.rest = rest
        self.clock = clock
        self.attempts = attempts
        self.concurrency = 1 if site.batch > 1 else CONCURRENCY
        self.open: dict[str, _Waiting] = {}
        self.queue: dict[str, _Waiting] = {}
        self.full = asyncio.Event()
        self.workers: set[asyncio.Task[None]] = set()
        self.failures = 0
        self.paused_until = float("-inf")
        self.pause_reason = ""

    async def answer(self, key: str) -> Reading:
        if self._paused():
            return self._paused_reading()
        waiting = self.open.get(key)
        if waiting is None:
            waiting = self.open[key] = self.queue[key] = _Waiting()
            if len(self.queue) >= self.site.batch:
                self.full.set()
            if len(self.workers) < self.concurrency:
                self.workers.add(asyncio.get_running_loop().create_task(self._work()))
        waiting.waiters += 1
        try:
            return await asyncio.shield(waiting.answer)
        finally:
            waiting.waiters -= 1
            if waiting.waiters == 0 and not waiting.answer.done():
                await self._cancel_if_unused(key, waiting)

    async def _cancel_if_unused(self, key: str, waiting: _Waiting) -> None:
        """Drop a key without waiters; stop the workers when no key has waiters."""
        if self.queue.get(key) is waiting:
            del self.queue[key], self.open[key]
        if any(other.waiters for other in self.open.values()):
            return
        workers, self.workers = self.workers, set()
        self.open.clear()
        self.queue.clear()
        self.full.clear()
        for worker in workers:
            worker.cancel()
        if workers:
            await asyncio.wait(workers)

    async def _work(self) -> None:
        try:
            while self.queue:
                await self._wait_for_batch()
                keys = list(self.queue)[: self.site.batch]
                batch = {key: self.queue.pop(key) for key in keys}
                if len(self.queue) < self.site.batch:
                    self.full.clear()
                if batch:
                    await self._answer_batch(batch)
        finally:
            task = asyncio.current_task()
            if task is not None:
                self.workers.discard(task)

    async def _wait_for_batch(self) -> None:
        """Wait until the batch is full or `moment` seconds have passed."""
        if self.moment > 0:
            try:
                async with asyncio.timeout(self.moment):
                    await self.full.wait()
            except TimeoutError:
                pass

    async def _answer_batch(self, batch: dict[str, _Waiting]) -> None:
        """Ask for a batch and answer all waiters, also if it fails."""
        rest = tuple(batch)
        try:
            for _ in range(ROUNDS):
                readings: dict[str, Reading] = {}
                for request in self.site.requests(rest):
                    readings |= await self._answer(request)
                for key in readings:
                    self._deliver(key, batch[key], readings[key])
                left = tuple(key for key in rest if key not in readings)
                if not left or left == rest:
                    break
                rest = left
        except Exception as error:  # noqa: BLE001  # a bug of ours is raised where the answer is awaited, not in this task
            for waiting in batch.values():
                if waiting.waiters and not waiting.answer.done():
                    waiting.answer.set_exception(error)
        finally:
            for key, waiting in batch.items():
                self._deliver(key, waiting, unknown(self.site.name, f"{self.site.name} left it out of its answer"))

    def _deliver(self, key: str, waiting: _Waiting, reading: Reading) -> None:
        if not waiting.answer.done():
            waiting.answer.set_result(reading)
        if self.open.get(key) is waiting:
            del self.open[key]

    async def _answer(self, request: BatchRequest) -> dict[str, Reading]:
        """The readings of one request, after following redirects to other requests."""
        for _ in range(HOPS):
            readings = await self._attempt(request)
            onward = next((one.onward for one in readings.values() if one.onward is not None), None)
            if onward is None:
                return readings
            request = onward
        return dict.fromkeys(request.keys, unknown(self.site.name, f"{self.site.name} redirects too often"))

    async def _attempt(self, request: BatchRequest) -> dict[str, Reading]:
        readings: dict[str, Reading] = {}
        for _ in range(self.attempts):
            if self._paused():
                return readings or dict.fromkeys(request.keys, self._paused_reading())
            status, headers, body = await self._once(request)
            if status is None:
                readings = dict.fromkeys(request.keys, unknown(self.site.name, f"{self.site.name} can't be reached"))
            else:
                read = self.site.read(request, status, headers, body)
                readings = {key: read[key] for key in request.keys if key in read}
            self._count(status, headers, readings)
            if status is not None and status < 500 and not spent(status, headers):
                break
        return readings

    async def _once(self, request: BatchRequest) -> Answer:
        try:
            return await self.ask(request)
        except OSError:
            return None, (), b""
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # The slot was taken away, this task wasn't cancelled: the waiters must be answered.
            return None, (), b""

    def _count(self, status: int | None, headers: Headers, readings: dict[str, Reading]) -> None:
        """Count failures in a row. Any answer about a key ends the row, and so does a refusal for legal reasons (451)."""
        refused = status is None or (status >= 400 and status != 451)
        unknown_all = all(reading.answer.status == "unknown" for reading in readings.values())
        self.failures = self.failures + 1 if refused and unknown_all else 0
        used_up = unknown_all and header(headers, "x-ratelimit-remaining") == "0"  # GitHub's GraphQL says so with status 200
        if used_up or spent(status, headers) or self.failures >= FAILURES:
            self.failures = 0
            self.paused_until = self.clock() + self.rest
            self.pause_reason = next((reading.answer.detail for reading in readings.values()), "")

    def _paused(self) -> bool:
        return self.clock() < self.paused_until

    def _paused_reading(self) -> Reading:
        return unknown(self.site.name, self.pause_reason or f"{self.site.name} doesn't answer programs now")
