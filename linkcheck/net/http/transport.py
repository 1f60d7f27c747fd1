"""The connections of one host queue: kept alive, a request retried once where a kept one is dead, the head bounded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpcore

from linkcheck.model import FailureKind
from linkcheck.net.errors import NetworkFailure, causes, named
from linkcheck.net.headers import lenient_head
from linkcheck.net.http.connect import Dialer
from linkcheck.net.http.connection import Connection
from linkcheck.net.http.exchange import PreparedRequest

_IDLE = 60.0
"""A kept connection unused for so many seconds is closed: few servers keep one longer."""
_DISCONNECTED = "Server disconnected"
"""How httpcore's message begins where a connection ends before the end of the head; it has no type of its own."""
NETWORK = (
    NetworkFailure, OSError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.ConnectionNotAvailable,
    EOFError, UnicodeError, ExceptionGroup,
)  # fmt: skip
_BY_KIND: tuple[tuple[type[BaseException], FailureKind, str], ...] = (
    # Never the message here: it quotes the value, which may be a secret.
    (httpcore.LocalProtocolError, FailureKind.PROTOCOL, "the URL or a header has characters that can't be sent"),
    (httpcore.RemoteProtocolError, FailureKind.PROTOCOL, "the answer breaks HTTP: {}"),
    (httpcore.TimeoutException, FailureKind.TIMEOUT, "no answer in time"),
    (httpcore.NetworkError, FailureKind.RESET, "the connection broke"),
)


class _Stream(httpcore.AsyncNetworkStream):
    """A wire as httpcore uses it. Until the head of an answer is whole, its bytes are counted against a bound and kept."""

    def __init__(self, wire: Connection, most: int) -> None:
        self.wire = wire
        self.seen = 0
        self.head: bytearray | None = None
        self._most = most

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout  # every phase has a wall clock of its own
        if self.head is None:
            return await self.wire.read(max_bytes)
        if self.seen >= self._most:
            raise NetworkFailure(FailureKind.HEADERS_TOO_LARGE, f"more than {self._most:,} bytes of headers", self.wire.address)
        data = await self.wire.read(min(max_bytes, self._most - self.seen))
        self.seen += len(data)
        self.head += data
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        if not buffer:
            return
        try:
            self.wire.write(buffer)
        except OSError as error:  # httpcore then still reads what the server may have said before it left
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        self.wire.abort()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # httpcore's signature
        return self.wire.stale if info == "is_readable" else None


class _Connection:
    """One connection and who speaks on it; `origin` is scheme, host and port."""

    def __init__(self, origin: tuple[str, str, int], stream: _Stream) -> None:
        scheme, host, port = origin
        self.origin = origin
        self.stream = stream
        self.http = httpcore.AsyncHTTP11Connection(
            httpcore.Origin(scheme.encode("ascii"), host.encode("ascii"), port), stream, keepalive_expiry=_IDLE
        )


class _Stale(Exception):  # noqa: N818  # no error, a state
    """A kept connection turned out to be of no use; a new one must be asked."""


def _stale(error: BaseException, seen: int) -> bool:
    """Whether an error on a kept connection may come from its past: closed while idle, or with bytes left of the last answer."""
    if isinstance(error, httpcore.RemoteProtocolError):
        return not (seen and str(error).startswith(_DISCONNECTED))
    return isinstance(error, OSError) and not isinstance(error, TimeoutError) and not seen


class Transport:
    """The connections of one group: at most `most` open at once, as far as the callers ask no more than that at once."""

    def __init__(self, dialer: Dialer, header_bytes: int, most: int, count: Callable[[], None]) -> None:
        self._dialer = dialer
        self._header_bytes = header_bytes
        self._most = most
        self._count = count
        self._kept: list[_Connection] = []
        self._busy = 0
        self._closed = False

    @asynccontextmanager
    async def send(self, way: PreparedRequest) -> AsyncIterator[tuple[httpcore.Response, str]]:
        """Send on a kept connection or a new one: the answer, whose body can be read until the block ends, and a flaw of its head.

        Raises what `NETWORK` names.
        """
        connection, answer, flaw = await self._answered(way)
        try:
            yield answer, flaw
        finally:
            try:
                await answer.aclose()
            finally:
                self._give_back(connection)

    async def _answered(self, way: PreparedRequest) -> tuple[_Connection, httpcore.Response, str]:
        kept = None if way.fresh else self._take(way.origin)
        if kept is not None:
            with suppress(_Stale):
                return kept, *await self._exchange(kept, way, reused=True)
        self._busy += 1
        try:
            await self._make_room()
            scheme, host, port = way.origin
            wire = await self._dialer.open(scheme, host, port, patience=way.patience, fresh=way.anew)
        finally:
            self._busy -= 1
        opened = _Connection(way.origin, _Stream(wire, self._header_bytes))
        return opened, *await self._exchange(opened, way, reused=False)

    async def _exchange(self, connection: _Connection, way: PreparedRequest, *, reused: bool) -> tuple[httpcore.Response, str]:
        """Ask on a connection, which is busy from then on; closed where that raises."""
        way.address = connection.stream.wire.address
        self._busy += 1
        self._count()
        try:
            return await _exchange(connection, way, reused=reused)
        except BaseException:
            self._busy -= 1
            connection.stream.wire.abort()
            raise

    async def aclose(self) -> None:
        """Close what is idle now; what is under way closes when it ends."""
        self._closed = True
        for connection in self._kept:
            connection.stream.wire.abort()
        self._kept.clear()

    def _take(self, origin: tuple[str, str, int]) -> _Connection | None:
        for connection in reversed(self._kept):
            if connection.origin == origin:
                self._kept.remove(connection)
                if not connection.http.has_expired():
                    return connection
                connection.stream.wire.abort()
        return None

    async def _make_room(self) -> None:
        """Close idle connections, the oldest first, so that a host never sees more of them than its queue may have."""
        spare = len(self._kept) + self._busy - self._most
        for connection in self._kept[: max(0, spare)]:
            self._kept.remove(connection)
            connection.stream.wire.abort()
        if spare > 0:
            await asyncio.sleep(0)  # the loop closes them on its next turn

    def _give_back(self, connection: _Connection) -> None:
        self._busy -= 1
        if connection.http.is_idle() and not self._closed and len(self._kept) + self._busy < self._most:
            self._kept.append(connection)
        else:
            connection.stream.wire.abort()


async def _exchange(connection: _Connection, way: PreparedRequest, *, reused: bool) -> tuple[httpcore.Response, str]:
    """The answer to a request, and what h11 finds wrong with its head. Raises `_Stale`, else what `NETWORK` names."""
    stream = connection.stream
    stream.seen, stream.head = 0, bytearray()
    scheme, host, port = way.origin
    url = httpcore.URL(scheme=scheme.encode(), host=host.encode(), port=port, target=way.target)
    request = httpcore.Request(way.method, url, headers=way.headers, content=way.content)
    try:
        async with asyncio.timeout(way.first_byte):
            answer = await connection.http.handle_async_request(request)
    except (httpcore.RemoteProtocolError, OSError) as error:
        if reused and _stale(error, stream.seen):
            raise _Stale from error
        return _despite(error, stream, way.first_byte)
    if reused and not stream.seen:  # h11 made this answer of what the last one had too much
        raise _Stale
    stream.head = None
    return answer, ""


def _despite(error: Exception, stream: _Stream, seconds: float) -> tuple[httpcore.Response, str]:
    """What can be read in spite of an error: a head that only h11 finds fault with. Else raises the error, or its cause."""
    if isinstance(error, httpcore.RemoteProtocolError):
        lenient = lenient_head(bytes(stream.head or b""))
        if lenient is not None:
            status, head, rest = lenient
            return httpcore.Response(status, headers=head, content=rest), str(error)
        if str(error).startswith(_DISCONNECTED):
            if stream.seen:
                raise NetworkFailure(FailureKind.TRUNCATED, "the answer ends inside its headers") from error
            raise NetworkFailure(FailureKind.RESET, "the server closed the connection without an answer") from error
    if isinstance(error, TimeoutError):
        came = f"only {stream.seen:,} bytes of headers" if stream.seen else "no answer"
        raise NetworkFailure(FailureKind.TIMEOUT, f"{came} within {seconds:g} s") from error
    raise error


def failure(error: BaseException) -> NetworkFailure:
    """What an error of the network comes to: the operating system's or TLS's word if there is one, else httpcore's."""
    found = named(error)
    if found is not None:
        return found
    for it in causes(error):
        for kind, trouble, detail in _BY_KIND:
            if isinstance(it, kind):
                return NetworkFailure(trouble, detail.format(it))
    return NetworkFailure(FailureKind.PROTOCOL, f"{type(error).__name__}: {error}")
