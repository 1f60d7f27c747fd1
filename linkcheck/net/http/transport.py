"""The connections of one group of hosts: reused, with limited response heads, and one retry if a reused connection is closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpcore

from linkcheck.model import FailureKind
from linkcheck.net.errors import NetworkFailure, causes, failure_behind
from linkcheck.net.headers import is_http2, lenient_head
from linkcheck.net.http.connect import Dialer
from linkcheck.net.http.connection import Connection
from linkcheck.net.http.exchange import PreparedRequest
from linkcheck.net.http.tls import SPEAKS_HTTP2

_IDLE = 60.0
"""Seconds after which an unused connection is closed; few servers keep one longer."""
_DISCONNECTED = "Server disconnected"
"""Beginning of httpcore's message for a connection that ends within the head; it has no exception type for it."""
NETWORK_ERRORS = (
    NetworkFailure, OSError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.ConnectionNotAvailable,
    EOFError, UnicodeError, ExceptionGroup,
)  # fmt: skip
_BY_TYPE: tuple[tuple[type[BaseException], FailureKind, str], ...] = (
    # Without the message: it quotes the value, which may be a secret.
    (httpcore.LocalProtocolError, FailureKind.PROTOCOL, "the URL or a header has characters that can't be sent"),
    (httpcore.RemoteProtocolError, FailureKind.PROTOCOL, "the answer breaks HTTP: {}"),
    (httpcore.TimeoutException, FailureKind.TIMEOUT, "no answer in time"),
    (httpcore.NetworkError, FailureKind.RESET, "the connection broke"),
)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection with httpcore's interface. Records the bytes of a response's head, at most `max_head`."""

    def __init__(self, connection: Connection, max_head: int) -> None:
        self.connection = connection
        self.seen = 0
        self.head: bytearray | None = None
        self._max_head = max_head

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout  # each phase has its own timeout
        if self.head is None:
            return await self.connection.read(max_bytes)
        if self.seen >= self._max_head:
            raise NetworkFailure(
                FailureKind.HEADERS_TOO_LARGE, f"more than {self._max_head:,} bytes of headers", self.connection.address
            )
        data = await self.connection.read(min(max_bytes, self._max_head - self.seen))
        self.seen += len(data)
        self.head += data
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        if not buffer:
            return
        try:
            self.connection.write(buffer)
        except OSError as error:  # httpcore then still reads an answer that the server sent before closing
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        self.connection.abort()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # httpcore's signature
        return self.connection.stale if info == "is_readable" else None


class _HttpConnection:
    """An HTTP/1.1 connection; `origin` is scheme, host and port."""

    def __init__(self, origin: tuple[str, str, int], stream: _Stream) -> None:
        scheme, host, port = origin
        self.origin = origin
        self.stream = stream
        self.http = httpcore.AsyncHTTP11Connection(
            httpcore.Origin(scheme.encode("ascii"), host.encode("ascii"), port), stream, keepalive_expiry=_IDLE
        )


class _StaleConnection(Exception):  # noqa: N818  # a state, no error
    """A reused connection turned out unusable: the request must be sent on a new one."""


def _may_be_stale(error: BaseException, seen: int) -> bool:
    """Whether an error may come from the connection's past: closed while idle, or bytes left over from the last response."""
    if isinstance(error, httpcore.RemoteProtocolError):
        return not (seen and str(error).startswith(_DISCONNECTED))
    return isinstance(error, OSError) and not isinstance(error, TimeoutError) and not seen


class Transport:
    """The connections of one group, at most `max_open` as long as no more requests than that run in parallel."""

    def __init__(self, dialer: Dialer, header_bytes: int, max_open: int, count: Callable[[], None]) -> None:
        self._dialer = dialer
        self._header_bytes = header_bytes
        self._max_open = max_open
        self._count = count
        self._idle: list[_HttpConnection] = []
        self._busy = 0
        self._closed = False

    @asynccontextmanager
    async def send(self, prepared: PreparedRequest) -> AsyncIterator[tuple[httpcore.Response, str]]:
        """Send on an idle connection or a new one. Yields the response and what is wrong with its head ("": nothing).

        The body can be read until the block ends. Raises `NETWORK_ERRORS`.
        """
        connection, response, flaw = await self._send(prepared)
        try:
            yield response, flaw
        finally:
            try:
                await response.aclose()
            finally:
                self._return(connection)

    async def _send(self, prepared: PreparedRequest) -> tuple[_HttpConnection, httpcore.Response, str]:
        idle = None if prepared.new_connection else self._take_idle(prepared.origin)
        if idle is not None:
            with suppress(_StaleConnection):
                return idle, *await self._exchange(idle, prepared, reused=True)
        self._busy += 1
        try:
            await self._evict_idle()
            scheme, host, port = prepared.origin
            connection = await self._dialer.open(scheme, host, port, patience=prepared.patience, fresh=prepared.fresh_lookup)
        finally:
            self._busy -= 1
        opened = _HttpConnection(prepared.origin, _Stream(connection, self._header_bytes))
        return opened, *await self._exchange(opened, prepared, reused=False)

    async def _exchange(
        self, connection: _HttpConnection, prepared: PreparedRequest, *, reused: bool
    ) -> tuple[httpcore.Response, str]:
        """Send on a connection and mark it busy; close it on any error."""
        prepared.address = connection.stream.connection.address
        session = connection.stream.connection.tls
        prepared.http1 = session is not None and session.selected_alpn_protocol() == "http/1.1"
        self._busy += 1
        try:
            leave, prepared.leave = prepared.leave, None  # sent again on a new connection, it has had its turn
            if leave is not None:
                await leave()
            self._count()
            return await _response(connection, prepared, reused=reused)
        except BaseException:
            self._busy -= 1
            connection.stream.connection.abort()
            raise

    async def aclose(self) -> None:
        """Close idle connections now and busy ones when their response ends."""
        self._closed = True
        for connection in self._idle:
            connection.stream.connection.abort()
        self._idle.clear()

    def _take_idle(self, origin: tuple[str, str, int]) -> _HttpConnection | None:
        for connection in reversed(self._idle):
            if connection.origin == origin:
                self._idle.remove(connection)
                if not connection.http.has_expired():
                    return connection
                connection.stream.connection.abort()
        return None

    async def _evict_idle(self) -> None:
        """Close the oldest idle connections if a new one would exceed `max_open`."""
        excess = len(self._idle) + self._busy - self._max_open
        for connection in self._idle[: max(0, excess)]:
            self._idle.remove(connection)
            connection.stream.connection.abort()
        if excess > 0:
            await asyncio.sleep(0)  # the event loop closes them in its next iteration

    def _return(self, connection: _HttpConnection) -> None:
        self._busy -= 1
        if connection.http.is_idle() and not self._closed and len(self._idle) + self._busy < self._max_open:
            self._idle.append(connection)
        else:
            connection.stream.connection.abort()


async def _response(connection: _HttpConnection, prepared: PreparedRequest, *, reused: bool) -> tuple[httpcore.Response, str]:
    """The response to a request, and what h11 finds wrong with its head. Raises `_StaleConnection` or `NETWORK_ERRORS`."""
    stream = connection.stream
    stream.seen, stream.head = 0, bytearray()
    scheme, host, port = prepared.origin
    url = httpcore.URL(scheme=scheme.encode(), host=host.encode(), port=port, target=prepared.target)
    request = httpcore.Request(prepared.method, url, headers=prepared.headers, content=prepared.content)
    try:
        async with asyncio.timeout(prepared.first_byte):
            response = await connection.http.handle_async_request(request)
    except (httpcore.RemoteProtocolError, OSError) as error:
        if reused and _may_be_stale(error, stream.seen):
            raise _StaleConnection from error
        return _lenient_response(error, stream, prepared.first_byte)
    if reused and not stream.seen:  # parsed from bytes left over from the last response
        raise _StaleConnection
    stream.head = None
    return response, ""


def _lenient_response(error: Exception, stream: _Stream, seconds: float) -> tuple[httpcore.Response, str]:
    """The response if its head only breaks HTTP's grammar, and the error's message. Else raises the error or a clearer one."""
    if isinstance(error, httpcore.RemoteProtocolError):
        lenient = lenient_head(bytes(stream.head or b""))
        if lenient is not None:
            status, head, rest = lenient
            return httpcore.Response(status, headers=head, content=rest), str(error)
        if is_http2(bytes(stream.head or b"")):
            raise NetworkFailure(FailureKind.HTTP2_ONLY, SPEAKS_HTTP2) from error
        if str(error).startswith(_DISCONNECTED):
            if stream.seen:
                raise NetworkFailure(FailureKind.TRUNCATED, "the answer ends inside its headers") from error
            raise NetworkFailure(FailureKind.RESET, "the server closed the connection without an answer") from error
    if isinstance(error, TimeoutError):
        received = f"only {stream.seen:,} bytes of headers" if stream.seen else "no answer"
        raise NetworkFailure(FailureKind.TIMEOUT, f"{received} within {seconds:g} s") from error
    raise error


def as_failure(error: BaseException) -> NetworkFailure:
    """An error as a `NetworkFailure`: by its cause in the operating system or TLS if it has one, else by httpcore's type."""
    found = failure_behind(error)
    if found is not None:
        return found
    for cause in causes(error):
        for error_type, failure_kind, detail in _BY_TYPE:
            if isinstance(cause, error_type):
                return NetworkFailure(failure_kind, detail.format(cause))
    return NetworkFailure(FailureKind.PROTOCOL, f"{type(error).__name__}: {error}")
