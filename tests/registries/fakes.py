"""A fake registry and a fake service, for the tests of `linkcheck.registries.asking`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from linkcheck.model import RegistryAnswer
from linkcheck.registries import BatchRequest, Headers, Reading, Record, Subject


@dataclass(frozen=True, slots=True)
class FakeRegistry:
    """A registry for links `shelf:key`, whose answers have a line `key=status` for each key."""

    name: str = "shelf"
    batch: int = 1
    kind: str = ""

    def key(self, url: str) -> str | None:
        return url.removeprefix(f"{self.name}:") if url.startswith(f"{self.name}:") else None

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        return tuple(
            BatchRequest(self.name, "http://shelf.test/" + ",".join(part), (), part)
            for start in range(0, len(keys), self.batch)
            if (part := tuple(keys[start : start + self.batch]))
        )

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        if status != 200:
            return {key: Reading(RegistryAnswer(self.name, "unknown", f"refused: {status}")) for key in request.keys}
        lines = dict(line.split("=") for line in body.decode().split())
        return {key: Reading(RegistryAnswer(self.name, lines[key])) for key in request.keys if key in lines}

    def record_key(self, subject: Subject) -> str | None:
        return subject.doi or None

    def records(self, saved: object) -> tuple[Record, ...]:
        return ()


class Service:
    """A service that records its requests; it answers when `go` is set."""

    def __init__(self, known=None, status=200, headers=(), fails=None):
        self.known, self.status, self.headers, self.fails = known, status, headers, fails
        self.asked: list[tuple[str, ...]] = []
        self.busy = self.most = 0
        self.cancelled = 0
        self.go = asyncio.Event()
        self.go.set()
        self.begun = asyncio.Event()

    async def __call__(self, request):
        self.asked.append(request.keys)
        self.busy += 1
        self.most = max(self.most, self.busy)
        self.begun.set()
        try:
            await self.go.wait()
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            await asyncio.sleep(0.01)  # closing takes time
            self.cancelled += 1
            raise
        finally:
            self.busy -= 1
        if self.fails is not None and self.fails(request):
            raise self.fails(request)
        keys = request.keys if self.known is None else [key for key in request.keys if key in self.known]
        return self.status, self.headers, "\n".join(f"{key}=exists" for key in keys).encode()


async def statuses(registries, *urls):
    return [found and found.status for found in await asyncio.gather(*map(registries.answer, urls))]


def tasks():
    """The tasks of registry queues that haven't ended."""
    return {task for task in asyncio.all_tasks() if "_RegistryQueue" in task.get_coro().__qualname__}


async def until(condition):
    """Run the loop until the condition is true; the suite's time limit ends an endless wait."""
    while not condition():  # noqa: ASYNC110  # the condition has no event
        await asyncio.sleep(0.001)
