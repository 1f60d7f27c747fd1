"""Host names to IP addresses: by the system's resolver (in threads), or by asking one name server (RFC 1035)."""

from __future__ import annotations

import asyncio
import ipaddress
import random
import socket
import struct
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


_A, _AAAA = 1, 28
_NXDOMAIN = 3
_RCODES = {1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP", 5: "REFUSED"}
_GRACE = 0.05
"""How long the second family's answer is waited for once the first has addresses (RFC 8305 section 3)."""


@dataclass(frozen=True, slots=True)
class Response:
    """One parsed answer. `code` is its RCODE; `cut` says that more didn't fit into the datagram."""

    code: int
    addresses: tuple[str, ...] = ()
    cut: bool = False


def question(host: str, kind: int) -> bytes | None:
    """The question section for a name and record type, or None where DNS can't hold the name (RFC 1035 section 2.3.4)."""
    labels = host.removesuffix(".").split(".")
    if not host.isascii() or not all(0 < len(label) < 64 for label in labels) or len(host) > 254:
        return None
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + struct.pack("!xHH", kind, 1)


def parse(data: bytes, asked: bytes) -> Response | None:
    """An answer to the question `asked`; None for whatever isn't one (other question, not an answer, broken)."""
    try:
        _, flags, questions, answers = struct.unpack_from("!4H", data)
        end = 12 + len(asked)
        if not flags & 0x8000 or questions != 1 or data[12:end].lower() != asked.lower():
            return None
        addresses: list[str] = []
        for _ in range(answers):
            end = _past_name(data, end)
            kind, _, _, size = struct.unpack_from("!HHIH", data, end)
            end += 10
            if (kind, size) in {(_A, 4), (_AAAA, 16)} and end + size <= len(data):
                addresses.append(str(ipaddress.ip_address(data[end : end + size])))
            end += size
    except (struct.error, IndexError):
        return None
    return Response(flags & 15, tuple(dict.fromkeys(addresses)), bool(flags & 0x200))


def _past_name(data: bytes, at: int) -> int:
    while (size := data[at]) != 0:
        if size >= 192:  # a pointer ends a name
            return at + 2
        at += 1 + size
    return at + 1


class _Channel(asyncio.DatagramProtocol):
    """One socket for all questions, told apart by their ids."""

    def __init__(self) -> None:
        self.waiting: dict[int, tuple[bytes, asyncio.Future[Response]]] = {}

    def datagram_received(self, data: bytes, addr: object) -> None:
        del addr
        asked, answered = self.waiting.get(int.from_bytes(data[:2], "big"), (b"", None))
        response = parse(data, asked) if answered is not None and not answered.done() else None
        if answered is not None and response is not None:
            answered.set_result(response)

    def error_received(self, exc: Exception) -> None:
        for _, answered in self.waiting.values():
            if not answered.done():
                answered.set_exception(exc)


class DnsResolver:
    """Asks `server` ("127.0.0.1:5353", "[::1]:53", port 53 where none is written) for A and AAAA of a name at once.

    A question is sent again every `resend` seconds until `deadline` (seconds, from the question's start); at most `parallel`
    names are in the air, so that answers don't overflow the socket.
    """

    def __init__(self, server: str, deadline: float = 5.0, *, resend: float = 1.0, parallel: int = 128) -> None:
        host, port = server, "53"
        if server.startswith("[") or server.count(":") == 1:
            host, _, port = server.rpartition(":") if not server.endswith("]") else (server, "", "53")
        self._server = (host.strip("[]"), int(port))
        self._deadline = deadline
        self._resend = min(resend, deadline / 3)
        self._room = asyncio.Semaphore(parallel)
        self._opening = asyncio.Lock()
        self._open: tuple[asyncio.DatagramTransport, _Channel] | None = None

    async def resolve(self, host: str) -> Answer:
        """The addresses of a name. NXDOMAIN, no address and a failing server are told apart; an absent one is `no-dns`."""
        questions = [asked for asked in (question(host, _AAAA), question(host, _A)) if asked]
        if not questions:
            return Answer(failure=FailureKind.NO_SUCH_HOST, detail="no host can have this name")
        async with self._room:
            tasks = [asyncio.ensure_future(self._ask(asked)) for asked in questions]
            try:
                done, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                if late:
                    known = any(isinstance(it := task.result(), Response) and it.addresses for task in done)
                    await asyncio.wait(late, timeout=_GRACE if known else None)
                return _together([task.result() for task in tasks if task.done()])
            finally:
                for task in tasks:
                    task.cancel()

    def close(self) -> None:
        """Close the socket."""
        if self._open is not None:
            self._open[0].close()
            self._open = None

    async def _ask(self, asked: bytes) -> Response | Answer:
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._by_udp(asked)
                return await self._by_tcp(asked, response) if response.cut else response
        except TimeoutError:
            return Answer(failure=FailureKind.DNS_FAILURE, detail=f"no answer from DNS within {self._deadline:g} s")
        except OSError as error:
            return Answer(failure=FailureKind.NO_DNS, detail=f"the name server can't be reached ({error.strerror or error})")

    async def _by_udp(self, asked: bytes) -> Response:
        transport, channel = await self._channel()
        ident = random.randrange(65536)  # noqa: S311  # guessing is no danger: every address is judged, whoever names it
        while ident in channel.waiting:
            ident = random.randrange(65536)  # noqa: S311
        answered: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        channel.waiting[ident] = asked, answered
        try:
            while not answered.done():
                transport.sendto(struct.pack("!6H", ident, 0x0100, 1, 0, 0, 0) + asked)
                await asyncio.wait([answered], timeout=self._resend)
            return answered.result()
        finally:
            del channel.waiting[ident]

    async def _by_tcp(self, asked: bytes, cut: Response) -> Response:
        try:
            reader, writer = await asyncio.open_connection(*self._server)
        except OSError:
            return cut
        try:
            message = struct.pack("!6H", 1, 0x0100, 1, 0, 0, 0) + asked
            writer.write(struct.pack("!H", len(message)) + message)
            size = int.from_bytes(await reader.readexactly(2), "big")
            return parse(await reader.readexactly(size), asked) or cut
        except (OSError, EOFError):
            return cut
        finally:
            writer.close()

    async def _channel(self) -> tuple[asyncio.DatagramTransport, _Channel]:
        async with self._opening:
            if self._open is None or self._open[0].is_closing():
                loop = asyncio.get_running_loop()
                self._open = await loop.create_datagram_endpoint(_Channel, remote_addr=self._server)
            return self._open


def _together(results: list[Response | Answer]) -> Answer:
    """One answer out of those for AAAA and A: addresses win, then what says most of the name."""
    responses = [it for it in results if isinstance(it, Response)]
    addresses = tuple(dict.fromkeys(address for it in responses for address in it.addresses))
    if addresses:
        return Answer(addresses)
    if any(it.code == _NXDOMAIN for it in responses):
        return NO_NAME
    silent = next((it for it in results if isinstance(it, Answer)), None)
    failed = next((it.code for it in responses if it.code), None)
    if failed is not None:
        return Answer(
            failure=FailureKind.DNS_FAILURE, detail=f"the name server failed ({_RCODES.get(failed, f'RCODE {failed}')})"
        )
    return silent or NO_ADDRESS
