"""Names to addresses by the system's own resolver: hosts file, search domains and VPNs as the user has them."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from linkcheck.model import FailureKind


@dataclass(frozen=True, slots=True)
class Answer:
    """What a resolver says of a name: addresses in its own order, or the trouble and in which words to tell it."""

    addresses: tuple[str, ...] = ()
    failure: FailureKind | None = None
    detail: str = ""


class Resolver(Protocol):
    """Turns a host name (ASCII, as it goes on the wire) into addresses. Never raises; bounded in time by itself."""

    async def resolve(self, host: str) -> Answer:
        """All addresses of `host`, of both families, or why there are none."""

    def close(self) -> None:
        """Let go of sockets and threads; what still runs is abandoned."""


NO_NAME = Answer(failure=FailureKind.NO_SUCH_HOST, detail="the name does not exist (NXDOMAIN)")
NO_ADDRESS = Answer(failure=FailureKind.DNS_FAILURE, detail="the name exists, but has no address")
NOT_ANSWERED = Answer(failure=FailureKind.DNS_FAILURE, detail="DNS gave no usable answer (SERVFAIL, timeout, or no DNS here)")
REFUSED = Answer(failure=FailureKind.DNS_FAILURE, detail="the name servers refused to answer")

# The numbers differ by system and Python names only those of the one it runs on.
_LINUX = {-2: NO_NAME, -3: NOT_ANSWERED, -4: REFUSED, -5: NO_ADDRESS, -9: NO_ADDRESS}
_BSD = {8: NO_NAME, 2: NOT_ANSWERED, 4: REFUSED, 7: NO_ADDRESS, 1: NO_ADDRESS}
_WINDOWS = {11001: NO_NAME, 11002: NOT_ANSWERED, 11003: REFUSED, 11004: NO_ADDRESS}


def by_number(number: int | None, platform: str = sys.platform) -> Answer:
    """What an error number of getaddrinfo means on a platform (as `sys.platform` names it).

    macOS and Windows say "no such name" without any network, too: there a majority of names must decide.
    """
    table = _WINDOWS if platform == "win32" else _BSD if platform == "darwin" or "bsd" in platform else _LINUX
    return table.get(number or 0, Answer(failure=FailureKind.DNS_FAILURE, detail=f"the resolver failed (error {number})"))


def look_up(host: str) -> Answer:
    """Ask getaddrinfo and wait for it, as long as it takes."""
    try:
        # Bytes keep Python's codec (IDNA of 2003) out of it.
        found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return by_number(error.errno)
    except UnicodeError:
        return Answer(failure=FailureKind.NO_SUCH_HOST, detail="no host can have this name")
    except OSError as error:
        return Answer(failure=FailureKind.DNS_FAILURE, detail=f"the resolver failed ({error.strerror})")
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    return Answer(addresses) if addresses else NO_ADDRESS


class ThreadResolver:
    """getaddrinfo in threads of our own: asyncio's are six on a small machine, and a run has thousands of names.

    `deadline`, in seconds, holds for one lookup from its start. Waiting for a thread ends only when no lookup at all came back
    for that long: a queue behind a slow resolver is no failure, a queue behind a dead one is.
    """

    def __init__(self, deadline: float = 5.0, threads: int = 64, ask: Callable[[str], Answer] = look_up) -> None:
        self._ask = ask
        self._deadline = deadline
        self._most = threads
        self._threads = 0
        self._room = asyncio.Semaphore(threads)
        self._running = 0
        self._last = float("-inf")
        self._jobs: SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Future[Answer], str] | None] = SimpleQueue()

    async def resolve(self, host: str) -> Answer:
        """The addresses of a name. A lookup past its deadline is a `dns-failure`; its thread finishes unheard."""
        loop = asyncio.get_running_loop()
        while True:
            begun = loop.time()
            try:
                async with asyncio.timeout(self._deadline):
                    await self._room.acquire()
                break
            except TimeoutError:
                if self._last < begun:
                    return self._late()
        self._running += 1
        if self._running > self._threads:
            self._threads += 1
            # Daemons: the interpreter would wait at its exit for an executor's threads, half a minute for a dead name server.
            threading.Thread(target=self._serve, name=f"resolver-{self._threads}", daemon=True).start()
        answered: asyncio.Future[Answer] = loop.create_future()
        self._jobs.put((loop, answered, host))
        try:
            async with asyncio.timeout(self._deadline):
                return await answered
        except TimeoutError:
            return self._late()

    def close(self) -> None:
        """Let the threads end."""
        for _ in range(self._threads):
            self._jobs.put(None)
        self._threads = 0

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            loop, answered, host = job
            answer = self._ask(host)
            try:
                loop.call_soon_threadsafe(self._done, loop, answered, answer)
            except RuntimeError:  # the loop is closed: nobody waits
                return

    def _done(self, loop: asyncio.AbstractEventLoop, answered: asyncio.Future[Answer], answer: Answer) -> None:
        self._running -= 1
        self._last = loop.time()
        self._room.release()
        if not answered.done():
            answered.set_result(answer)

    def _late(self) -> Answer:
        return Answer(failure=FailureKind.DNS_FAILURE, detail=f"no answer from DNS within {self._deadline:g} s")
