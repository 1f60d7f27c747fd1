"""TCP and TLS connections, opened to the first of several addresses that accepts (RFC 8305)."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from typing import cast

from linkcheck.model import FailureKind
from linkcheck.net.errors import NetworkFailure, failure_behind

_MAX_UNREAD = 128 * 1024
"""Unread bytes above which reading from the socket pauses."""

# Of several failed addresses, the first of these kinds is reported.
_BY_PRECISION = (FailureKind.REFUSED, FailureKind.RESET, FailureKind.TIMEOUT)


class Connection(asyncio.Protocol):
    """A connection to `address`, read and written as a stream."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._transport: asyncio.Transport | None = None
        self._unread = bytearray()
        self._paused = False
        self._ended = False
        self._error: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None

    @property
    def tls(self) -> ssl.SSLObject | None:
        """The TLS object, or None without TLS."""
        found = self._transport.get_extra_info("ssl_object") if self._transport else None
        return found if isinstance(found, ssl.SSLObject) else None

    @property
    def stale(self) -> bool:
        """Whether an idle connection can't be reused: closed, or with unread bytes."""
        return self._ended or bool(self._unread) or self._transport is None or self._transport.is_closing()

    async def read(self, max_bytes: int) -> bytes:
        """The next bytes, at most `max_bytes`; b"" at the end. Raises OSError for a broken connection."""
        if not self._unread and not self._ended:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        if not self._unread:
            if self._error is not None:
                raise self._error
            return b""
        if len(self._unread) <= max_bytes:
            data = bytes(self._unread)
            self._unread.clear()
        else:
            data = bytes(memoryview(self._unread)[:max_bytes])
            del self._unread[:max_bytes]
        if self._paused and len(self._unread) < _MAX_UNREAD and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return data

    def write(self, data: bytes) -> None:
        """Send bytes. Raises OSError where the connection is known to be gone."""
        if self._transport is None or self._transport.is_closing():
            raise self._error or ConnectionResetError("the connection was closed")
        self._transport.write(data)

    async def start_tls(self, context: ssl.SSLContext, name: str) -> None:
        """Switch to TLS; raises what the handshake raises."""
        if self._transport is None or self._transport.is_closing():
            raise self._error or ConnectionResetError("the connection was closed")
        loop = asyncio.get_running_loop()
        over = await loop.start_tls(self._transport, self, context, server_hostname=name)
        if over is None:
            raise self._error or ConnectionResetError("the connection was closed")
        self._transport = over

    def abort(self) -> None:
        """Close at once, without TLS shutdown; unread and unsent bytes are lost."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop once connected."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's transport is none by type

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with received bytes."""
        self._unread += data
        if len(self._unread) >= _MAX_UNREAD and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Called by the event loop when the peer stops sending."""
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop when the connection is closed."""
        self._error = exc if isinstance(exc, OSError) else None
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


async def connect(addresses: Sequence[str], port: int, seconds: float) -> Connection:
    """Connect to the first address that accepts. They are tried in order, each a little after the last (RFC 8305).

    All attempts together take at most `seconds`. Raises NetworkFailure; if several addresses failed, the most precise one.
    """
    stagger = min(0.25, seconds / 20)
    failures: list[NetworkFailure] = []
    waiting: set[asyncio.Task[tuple[str, socket.socket]]] = set()
    remaining = list(addresses)
    try:
        async with asyncio.timeout(seconds):
            while remaining or waiting:
                if remaining:
                    waiting.add(asyncio.ensure_future(_open_socket(remaining.pop(0), port)))
                done, waiting = await asyncio.wait(
                    waiting, timeout=stagger if remaining else None, return_when=asyncio.FIRST_COMPLETED
                )
                connected = [task.result() for task in done if task.exception() is None]
                errors = (error for task in done if (error := task.exception()) is not None)
                failures.extend(
                    failure_behind(error) or NetworkFailure(FailureKind.UNREACHABLE, str(error)) for error in errors
                )
                for _, extra in connected[1:]:
                    extra.close()
                if connected:
                    return await _attach(*connected[0])
    except TimeoutError:
        failures.append(NetworkFailure(FailureKind.TIMEOUT, f"no connection within {seconds:g} s"))
    finally:
        for task in waiting:
            task.add_done_callback(_close_late)
            task.cancel()
    failure = min(failures, key=lambda one: _BY_PRECISION.index(one.kind) if one.kind in _BY_PRECISION else len(_BY_PRECISION))
    more = f" (and {len(addresses) - 1} more)" if len(addresses) > 1 else ""
    raise NetworkFailure(failure.kind, f"{failure.detail}: {addresses[0]}{more}, port {port}", addresses[0])


async def _attach(address: str, connected: socket.socket) -> Connection:
    _, connection = await asyncio.get_running_loop().create_connection(lambda: Connection(address), sock=connected)
    return connection


async def _open_socket(address: str, port: int) -> tuple[str, socket.socket]:
    opened = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.setblocking(False)
        await asyncio.get_running_loop().sock_connect(opened, (address, port))
    except BaseException:
        opened.close()
        raise
    return address, opened


def _close_late(task: asyncio.Task[tuple[str, socket.socket]]) -> None:
    if not task.cancelled() and task.exception() is None:
        task.result()[1].close()
