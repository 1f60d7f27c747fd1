"""Asks sites in their own way: keys that wait for one site share its requests, and waiters for one key share its answer.

Nothing is remembered once it was answered. Turn-taking, connecting and the bounds of an answer are those of the `ask` passed in.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from linkcheck.model import RegistryAnswer
from linkcheck.registries import registry_for
from linkcheck.registries.question import BatchRequest, Headers, Registry, unknown
from linkcheck.registries.reading import spent

Answer = tuple[int | None, Headers, bytes]
Ask = Callable[[BatchRequest], Awaitable[Answer]]

MOMENT = 0.2
"""So long, in seconds, the first key waits for others, where a site answers for many at once."""
ABREAST = 4
"""So many questions at once go to a site that answers for one key at a time."""
ROUNDS = 3
"""So often the keys that an answer left out are asked for."""
FAILURES = 3
"""After so many failed answers in a row a site is left alone for a while."""
REST = 600.0
"""How long, in seconds; its links' own pages are asked meanwhile."""


class RegistryBatcher:
    """The words of all sites. `moment` is in seconds of the loop, `rest` in those of `clock`."""

    def __init__(
        self,
        sites: Sequence[Registry],
        ask: Ask,
        *,
        moment: float = MOMENT,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sites = tuple(sites)
        self._desks = {site.name: _RegistryQueue(site, ask, moment, rest, clock) for site in self._sites}

    async def answer(self, url: str) -> RegistryAnswer | None:
        """The word of the site that can settle a link; None where there is no such site.

        It is "unknown" where the question failed or the site is left alone. What `ask` raises is raised here, but for an
        OSError, which is a failed question. When the last waiter of a site is cancelled, so is what was asked for it.
        """
        found = registry_for(url, self._sites)
        return await self._desks[found[0].name].answer(found[1]) if found else None


class _Waiting:
    """One key that is waited for, and by how many."""

    __slots__ = ("answer", "waiters")

    def __init__(self) -> None:
        self.answer: asyncio.Future[RegistryAnswer] = asyncio.get_running_loop().create_future()
        self.waiters = 0


class _RegistryQueue:
    """The queue of one site. `open` holds what is waited for, `queue` the part of it that wasn't asked yet."""

    def __init__(self, site: Registry, ask: Ask, moment: float, rest: float, clock: Callable[[], float]) -> None:
        self.site = site
        self.ask = ask
        self.moment = moment if site.batch > 1 else 0.0
        self.rest = rest
        self.clock = clock
        self.abreast = 1 if site.batch > 1 else ABREAST
        self.open: dict[str, _Waiting] = {}
        self.queue: dict[str, _Waiting] = {}
        self.full = asyncio.Event()
        self.workers: set[asyncio.Task[None]] = set()
        self.failures = 0
        self.quiet_until = float("-inf")

    async def answer(self, key: str) -> RegistryAnswer:
        if self._quiet():
            return self._left_alone()
        waiting = self.open.get(key)
        if waiting is None:
            waiting = self.open[key] = self.queue[key] = _Waiting()
            if len(self.queue) >= self.site.batch:
                self.full.set()
            if len(self.workers) < self.abreast:
                self.workers.add(asyncio.get_running_loop().create_task(self._work()))
        waiting.waiters += 1
        try:
            return await asyncio.shield(waiting.answer)
        finally:
            waiting.waiters -= 1
            if waiting.waiters == 0 and not waiting.answer.done():
                await self._forsaken(key, waiting)

    async def _forsaken(self, key: str, waiting: _Waiting) -> None:
        """Nobody waits for a key any more: it isn't asked; and where nobody waits for anything, nothing is."""
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
                await self._company()
                keys = list(self.queue)[: self.site.batch]
                batch = {key: self.queue.pop(key) for key in keys}
                if len(self.queue) < self.site.batch:
                    self.full.clear()
                if batch:
                    await self._settle(batch)
        finally:
            task = asyncio.current_task()
            if task is not None:
                self.workers.discard(task)

    async def _company(self) -> None:
        """Wait until the batch is full, but no longer than a moment."""
        if self.moment > 0:
            try:
                async with asyncio.timeout(self.moment):
                    await self.full.wait()
            except TimeoutError:
                pass

    async def _settle(self, batch: dict[str, _Waiting]) -> None:
        """Ask for a batch and answer all who wait for it, whatever happens."""
        rest = tuple(batch)
        try:
            for _ in range(ROUNDS):
                words: dict[str, RegistryAnswer] = {}
                for question in self.site.questions(rest):
                    words |= await self._answer(question)
                for key in words:
                    self._deliver(key, batch[key], words[key])
                left = tuple(key for key in rest if key not in words)
                if not left or left == rest:
                    break
                rest = left
        except Exception as error:  # noqa: BLE001  # a mistake of ours belongs to those who wait, not to a task nobody reads
            for waiting in batch.values():
                if waiting.waiters and not waiting.answer.done():
                    waiting.answer.set_exception(error)
        finally:
            for key, waiting in batch.items():
                self._deliver(key, waiting, unknown(self.site.name, "left out of the answer"))

    def _deliver(self, key: str, waiting: _Waiting, word: RegistryAnswer) -> None:
        if not waiting.answer.done():
            waiting.answer.set_result(word)
        if self.open.get(key) is waiting:
            del self.open[key]

    async def _answer(self, question: BatchRequest) -> dict[str, RegistryAnswer]:
        if self._quiet():
            return dict.fromkeys(question.keys, self._left_alone())
        status: int | None
        headers: Headers
        try:
            status, headers, body = await self.ask(question)
        except OSError:
            status, headers, body = None, (), b""
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # A turn that was taken away, not this task: those who wait must hear of it.
            status, headers, body = None, (), b""
        if status is None:
            words = dict.fromkeys(question.keys, unknown(self.site.name, "no answer"))
        else:
            read = self.site.read(question, status, headers, body)
            words = {key: read[key] for key in question.keys if key in read}
        self._count(status, headers, words)
        return words

    def _count(self, status: int | None, headers: Headers, words: dict[str, RegistryAnswer]) -> None:
        """Keep count of failures in a row; a word on any key ends the row, and so does an answer that isn't about the asking."""
        refused = status is None or (status >= 400 and status != 451)
        failed = refused and all(word.status == "unknown" for word in words.values())
        self.failures = self.failures + 1 if failed else 0
        if spent(status, headers) or self.failures >= FAILURES:
            self.failures = 0
            self.quiet_until = self.clock() + self.rest

    def _quiet(self) -> bool:
        return self.clock() < self.quiet_until

    def _left_alone(self) -> RegistryAnswer:
        return unknown(self.site.name, "doesn't answer programs now: left alone for a while")
