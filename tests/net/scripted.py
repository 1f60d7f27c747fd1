"""Scripted servers on loopback, and a fetcher that resolves their names."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

from linkcheck.model import FailureKind
from linkcheck.net.dns import Answer
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import Bounds

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
QUICK = Bounds(dns=2.0, connect=2.0, tls=2.0, first_byte=2.0, body=2.0)
SHORT = Bounds(dns=0.3, connect=0.3, tls=0.3, first_byte=0.3, body=0.3)
"""Short time limits, for answers that never come."""


class Names:
    """A resolver with a table of names that records its lookups."""

    def __init__(self, table: Mapping[str, tuple[str, ...] | Answer] | None = None) -> None:
        self.table = dict(table or {})
        self.asked: list[str] = []

    async def resolve(self, host: str) -> Answer:
        self.asked.append(host)
        await asyncio.sleep(0)
        found = self.table.get(host)
        if isinstance(found, Answer):
            return found
        return Answer(found) if found else Answer(failure=FailureKind.NO_SUCH_HOST, detail="no such name")

    def close(self) -> None:
        pass


@dataclass
class Talk:
    """One connection, for a script."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    server: Server

    async def request(self) -> bytes:
        """The next request's head; b"" when the client is gone."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return b""
        self.server.heads.append(head)
        self.server.asked.set()
        return head

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
        self.server.sent += len(data)

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        import socket
        import struct

        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass
class Server:
    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    peak: int = 0
    sent: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def targets(self) -> list[bytes]:
        return [head.split(b" ")[1] for head in self.heads]

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


Script = Callable[[Talk], Awaitable[Any]]


def answering(*answers: bytes) -> Script:
    """Answer the requests of each connection with these in order, then repeat the last one."""

    async def script(talk: Talk) -> None:
        number = 0
        while await talk.request():
            await talk.send(answers[min(number, len(answers) - 1)])
            number += 1

    return script


def closing(answer: bytes) -> Script:
    """Answer one request with these bytes and close the connection."""

    async def script(talk: Talk) -> None:
        if await talk.request():
            await talk.send(answer)

    return script


def page(body: bytes = b"<p>here</p>", status: str = "200 OK", *more: str, kind: str = "text/html") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def serving(
    script: Script, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, port: int = 0
) -> AsyncIterator[Server]:
    server = Server()
    tasks: set[asyncio.Task[Any]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        server.connections += 1
        server.open += 1
        server.peak = max(server.peak, server.open)
        with suppress(ConnectionError, asyncio.CancelledError, ssl.SSLError, TimeoutError):
            try:
                await script(Talk(reader, writer, server.connections, server))
            finally:
                server.open -= 1
                writer.close()
        tasks.discard(task)

    listener = await asyncio.start_server(handle, host, port, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def fetching(
    bounds: Bounds = QUICK, names: Mapping[str, tuple[str, ...] | Answer] | None = None, **options: Any
) -> AsyncIterator[Fetcher]:
    guard = Guard(Names(names), LOOPBACK)
    fetcher = Fetcher(guard, bounds, user_agent="Listkeeper/test", **options)
    try:
        yield fetcher
    finally:
        await fetcher.aclose()
        await guard.aclose()


async def forever(talk: Talk) -> None:
    """Read the request and never answer."""
    await talk.request()
    await asyncio.sleep(3600)
