"""Resolve host names, either with the system's resolver in threads or by querying one name server (RFC 1035)."""

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

_A, _AAAA = 1, 28
_NXDOMAIN = 3
_RCODES = {1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP", 5: "REFUSED"}
_GRACE = 0.05
"""Seconds to wait for the second address family once the first has answered (RFC 8305 section 3)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The addresses of a name in the resolver's order, or the failure with a readable detail."""

    addresses: tuple[str, ...] = ()
    failure: FailureKind | None = None
    detail: str = ""


class Resolver(Protocol):
    """Resolves host names (ASCII). Never raises, and has its own timeout."""

    async def resolve(self, host: str) -> Answer:
        """The IPv4 and IPv6 addresses of `host`, or why there are none."""

    def close(self) -> None:
        """Release sockets and threads; running lookups are abandoned."""


NO_NAME = Answer(failure=FailureKind.NO_SUCH_HOST, detail="the name does not exist (NXDOMAIN)")
NO_ADDRESS = Answer(failure=FailureKind.DNS_FAILURE, detail="the name exists, but has no address")
NOT_ANSWERED = Answer(failure=FailureKind.DNS_FAILURE, detail="DNS gave no usable answer (SERVFAIL, timeout, or no DNS here)")
REFUSED = Answer(failure=FailureKind.DNS_FAILURE, detail="the name servers refused to answer")

# The numbers differ between systems, and Python names only those of its own.
_LINUX = {-2: NO_NAME, -3: NOT_ANSWERED, -4: REFUSED, -5: NO_ADDRESS, -9: NO_ADDRESS}
_BSD = {8: NO_NAME, 2: NOT_ANSWERED, 4: REFUSED, 7: NO_ADDRESS, 1: NO_ADDRESS}
_WINDOWS = {11001: NO_NAME, 11002: NOT_ANSWERED, 11003: REFUSED, 11004: NO_ADDRESS}


def answer_for_error(number: int | None, platform: str = sys.platform) -> Answer:
    """The answer for an error number of getaddrinfo; `platform` is as in `sys.platform`.

    macOS and Windows report "no such name" even without a network, so one such answer alone proves nothing there.
    """
    table = _WINDOWS if platform == "win32" else _BSD if platform == "darwin" or "bsd" in platform else _LINUX
    return table.get(number or 0, Answer(failure=FailureKind.DNS_FAILURE, detail=f"the resolver failed (error {number})"))


def system_lookup(host: str) -> Answer:
    """Resolve with getaddrinfo; blocks for as long as that takes."""
    try:
        # Given bytes, Python doesn't apply its IDNA 2003 codec.
        found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return answer_for_error(error.errno)
    except UnicodeError:
        return Answer(failure=FailureKind.NO_SUCH_HOST, detail="no host can have this name")
    except OSError as error:
        return Answer(failure=FailureKind.DNS_FAILURE, detail=f"the resolver failed ({error.strerror})")
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    return Answer(addresses) if addresses else NO_ADDRESS


class ThreadResolver:
    """Resolves with getaddrinfo in its own threads: asyncio's pool may have six, and a run has thousands of names.

    `deadline` is in seconds and counts from the start of a lookup. Waiting for a free thread fails only if no lookup at all ended
    within the deadline: a queue behind a slow resolver is no failure, one behind a dead resolver is.
    """

    def __init__(self, deadline: float = 5.0, threads: int = 64, ask: Callable[[str], Answer] = system_lookup) -> None:
        self._ask = ask
        self._deadline = deadline
        self._max_threads = threads
        self._threads = 0
        self._slots = asyncio.Semaphore(threads)
        self._running = 0
        self._last_answer_at = float("-inf")
        self._jobs: SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Future[Answer], str] | None] = SimpleQueue()

    async def resolve(self, host: str) -> Answer:
        """The addresses of a name. A lookup past its deadline is a `dns-failure`; its thread runs on, and its result is ignored."""
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            try:
                async with asyncio.timeout(self._deadline):
                    await self._slots.acquire()
                break
            except TimeoutError:
                if self._last_answer_at < started:
                    return self._timed_out()
        self._running += 1
        if self._running > self._threads:
            self._threads += 1
            # Daemon threads: at exit Python would wait for an executor's threads, with a dead name server for half a minute.
            threading.Thread(target=self._run, name=f"resolver-{self._threads}", daemon=True).start()
        pending_answer: asyncio.Future[Answer] = loop.create_future()
        self._jobs.put((loop, pending_answer, host))
        try:
            async with asyncio.timeout(self._deadline):
                return await pending_answer
        except TimeoutError:
            return self._timed_out()

    def close(self) -> None:
        """Stop the threads once they are idle."""
        for _ in range(self._threads):
            self._jobs.put(None)
        self._threads = 0

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            loop, pending_answer, host = job
            answer = self._ask(host)
            try:
                loop.call_soon_threadsafe(self._finish, loop, pending_answer, answer)
            except RuntimeError:  # the loop is closed
                return

    def _finish(self, loop: asyncio.AbstractEventLoop, pending_answer: asyncio.Future[Answer], answer: Answer) -> None:
        self._running -= 1
        self._last_answer_at = loop.time()
        self._slots.release()
        if not pending_answer.done():
            pending_answer.set_result(answer)

    def _timed_out(self) -> Answer:
        return Answer(failure=FailureKind.DNS_FAILURE, detail=f"no answer from DNS within {self._deadline:g} s")


@dataclass(frozen=True, slots=True)
class DnsResponse:
    """A parsed response. `code` is its RCODE, `truncated` its TC bit."""

    code: int
    addresses: tuple[str, ...] = ()
    truncated: bool = False


def question(host: str, kind: int) -> bytes | None:
    """The question section for a name and record type; None if DNS can't hold the name (RFC 1035 section 2.3.4)."""
    labels = host.removesuffix(".").split(".")
    if not host.isascii() or not all(0 < len(label) < 64 for label in labels) or len(host) > 254:
        return None
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + struct.pack("!xHH", kind, 1)


def parse(data: bytes, question_sent: bytes) -> DnsResponse | None:
    """The response to `question_sent`; None if `data` is malformed, no response, or answers another question."""
    try:
        _, flags, questions, answers = struct.unpack_from("!4H", data)
        end = 12 + len(question_sent)
        if not flags & 0x8000 or questions != 1 or data[12:end].lower() != question_sent.lower():
            return None
        addresses: list[str] = []
        for _ in range(answers):
            end = _skip_name(data, end)
            kind, _, _, size = struct.unpack_from("!HHIH", data, end)
            end += 10
            if (kind, size) in {(_A, 4), (_AAAA, 16)} and end + size <= len(data):
                addresses.append(str(ipaddress.ip_address(data[end : end + size])))
            end += size
    except (struct.error, IndexError):
        return None
    return DnsResponse(flags & 15, tuple(dict.fromkeys(addresses)), bool(flags & 0x200))


def _skip_name(data: bytes, at: int) -> int:
    while (size := data[at]) != 0:
        if size >= 192:  # a pointer ends a name
            return at + 2
        at += 1 + size
    return at + 1


class _UdpSocket(asyncio.DatagramProtocol):
    """One socket for all queries, matched with their responses by id."""

    def __init__(self) -> None:
        self.waiting: dict[int, tuple[bytes, asyncio.Future[DnsResponse]]] = {}

    def datagram_received(self, data: bytes, addr: object) -> None:
        del addr
        question_sent, pending_answer = self.waiting.get(int.from_bytes(data[:2], "big"), (b"", None))
        response = parse(data, question_sent) if pending_answer is not None and not pending_answer.done() else None
        if pending_answer is not None and response is not None:
            pending_answer.set_result(response)

    def error_received(self, exc: Exception) -> None:
        for _, pending_answer in self.waiting.values():
            if not pending_answer.done():
                pending_answer.set_exception(exc)


class DnsResolver:
    """Queries `server` ("127.0.0.1:5353", "[::1]:53"; the default port is 53) for the A and AAAA records of a name in parallel.

    A query is repeated every `resend` seconds until `deadline` (seconds from its start). At most `parallel` names are queried at
    the same time, so that answers don't overflow the socket.
    """

    def __init__(self, server: str, deadline: float = 5.0, *, resend: float = 1.0, parallel: int = 128) -> None:
        host, port = server, "53"
        if server.startswith("[") or server.count(":") == 1:
            host, _, port = server.rpartition(":") if not server.endswith("]") else (server, "", "53")
        self._server = (host.strip("[]"), int(port))
        self._deadline = deadline
        self._resend = min(resend, deadline / 3)
        self._slots = asyncio.Semaphore(parallel)
        self._open_lock = asyncio.Lock()
        self._socket: tuple[asyncio.DatagramTransport, _UdpSocket] | None = None

    async def resolve(self, host: str) -> Answer:
        """The addresses of a name. NXDOMAIN, no address and a failing server differ; an unreachable server is `no-dns`."""
        questions = [question_sent for question_sent in (question(host, _AAAA), question(host, _A)) if question_sent]
        if not questions:
            return Answer(failure=FailureKind.NO_SUCH_HOST, detail="no host can have this name")
        async with self._slots:
            tasks = [asyncio.ensure_future(self._ask(question_sent)) for question_sent in questions]
            try:
                done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                if pending:
                    known = any(isinstance(one := task.result(), DnsResponse) and one.addresses for task in done)
                    await asyncio.wait(pending, timeout=_GRACE if known else None)
                return _merged([task.result() for task in tasks if task.done()])
            finally:
                for task in tasks:
                    task.cancel()

    def close(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket[0].close()
            self._socket = None

    async def _ask(self, question_sent: bytes) -> DnsResponse | Answer:
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._by_udp(question_sent)
                return await self._by_tcp(question_sent, response) if response.truncated else response
        except TimeoutError:
            return Answer(failure=FailureKind.DNS_FAILURE, detail=f"no answer from DNS within {self._deadline:g} s")
        except OSError as error:
            return Answer(failure=FailureKind.NO_DNS, detail=f"the name server can't be reached ({error.strerror or error})")

    async def _by_udp(self, question_sent: bytes) -> DnsResponse:
        transport, socket = await self._udp_socket()
        query_id = random.randrange(65536)  # noqa: S311  # a forged answer does no harm: every address must pass the guard
        while query_id in socket.waiting:
            query_id = random.randrange(65536)  # noqa: S311
        pending_answer: asyncio.Future[DnsResponse] = asyncio.get_running_loop().create_future()
        socket.waiting[query_id] = question_sent, pending_answer
        try:
            while not pending_answer.done():
                transport.sendto(struct.pack("!6H", query_id, 0x0100, 1, 0, 0, 0) + question_sent)
                await asyncio.wait([pending_answer], timeout=self._resend)
            return pending_answer.result()
        finally:
            del socket.waiting[query_id]

    async def _by_tcp(self, question_sent: bytes, truncated: DnsResponse) -> DnsResponse:
        try:
            reader, writer = await asyncio.open_connection(*self._server)
        except OSError:
            return truncated
        try:
            message = struct.pack("!6H", 1, 0x0100, 1, 0, 0, 0) + question_sent
            writer.write(struct.pack("!H", len(message)) + message)
            size = int.from_bytes(await reader.readexactly(2), "big")
            return parse(await reader.readexactly(size), question_sent) or truncated
        except (OSError, EOFError):
            return truncated
        finally:
            writer.close()

    async def _udp_socket(self) -> tuple[asyncio.DatagramTransport, _UdpSocket]:
        async with self._open_lock:
            if self._socket is None or self._socket[0].is_closing():
                loop = asyncio.get_running_loop()
                self._socket = await loop.create_datagram_endpoint(_UdpSocket, remote_addr=self._server)
            return self._socket


def _merged(results: list[DnsResponse | Answer]) -> Answer:
    """One answer from the two for AAAA and A: addresses first, then NXDOMAIN, a server failure, a timeout."""
    responses = [one for one in results if isinstance(one, DnsResponse)]
    addresses = tuple(dict.fromkeys(address for one in responses for address in one.addresses))
    if addresses:
        return Answer(addresses)
    if any(one.code == _NXDOMAIN for one in responses):
        return NO_NAME
    unanswered = next((one for one in results if isinstance(one, Answer)), None)
    failed = next((one.code for one in responses if one.code), None)
    if failed is not None:
        return Answer(
            failure=FailureKind.DNS_FAILURE, detail=f"the name server failed ({_RCODES.get(failed, f'RCODE {failed}')})"
        )
    return unanswered or NO_ADDRESS
