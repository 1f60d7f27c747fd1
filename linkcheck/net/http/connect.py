"""Open a connection to a host: guard, TCP (directly or through a proxy), TLS. Each step has its own time limit."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from linkcheck.model import FailureKind
from linkcheck.net.errors import NetworkFailure
from linkcheck.net.guard import Guard
from linkcheck.net.http.connection import Connection, connect
from linkcheck.net.http.tls import (
    ASKS_CERTIFICATE,
    SPEAKS_HTTP2,
    HandshakeInfo,
    handshake_failure,
    handshake_info,
    unverified_context,
)
from linkcheck.net.proxy import Proxies, Proxy
from linkcheck.policy import Bounds

_Found = TypeVar("_Found")

_TUNNEL_HEAD = 16 * 1024
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([0-9]{3})[ \r]")


class Dialer:
    """Opens connections. `context` returns the TLS context; it is called only if one is needed."""

    def __init__(self, guard: Guard, bounds: Bounds, context: Callable[[], ssl.SSLContext], proxies: Proxies) -> None:
        self._guard = guard
        self._bounds = bounds
        self._context = context
        self._proxies = proxies

    def proxy(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy for a request, or None."""
        return self._proxies.choose(scheme, host, port)

    async def open(self, scheme: str, host: str, port: int, *, patience: float = 1.0, fresh: bool = False) -> Connection:
        """Open a connection, with TLS for https. `patience` multiplies all time limits. Raises NetworkFailure.

        `fresh` repeats a DNS lookup that failed before.
        """
        name = host.removesuffix(".")
        connection = await self._connect(scheme, host, port, patience, fresh=fresh)
        if scheme != "https":
            return connection
        try:
            await self._encrypt(connection, self._context(), name, patience)
        except TimeoutError:
            raise NetworkFailure(
                FailureKind.TIMEOUT, f"no TLS handshake within {self._bounds.tls * patience:g} s", connection.address
            ) from None
        except OSError as error:
            failure = await handshake_failure(
                error, lambda: self._probe_handshake(scheme, host, port, patience, connection.address)
            )
            raise NetworkFailure(failure.kind, failure.detail, connection.address) from error
        except ValueError as error:
            raise NetworkFailure(
                FailureKind.TLS_FAILED, f"no certificate can be valid for {name!r} ({error})", connection.address
            ) from error
        return connection

    async def _encrypt(self, connection: Connection, context: ssl.SSLContext, name: str, patience: float) -> None:
        try:
            async with asyncio.timeout(self._bounds.tls * patience):
                await connection.start_tls(context, name)
        except BaseException:
            connection.abort()
            raise

    async def explain_reset(
        self, failure: NetworkFailure, origin: tuple[str, str, int], patience: float, *, http1: bool
    ) -> NetworkFailure:
        """Why a server with TLS may have closed a connection without an answer; the same failure if that is unknown.

        `http1`: the server had agreed to HTTP/1.1.
        """
        scheme, host, port = origin
        info = await self._probe_handshake(scheme, host, port, patience, failure.address)
        if info is not None and info.asks_certificate:
            return NetworkFailure(FailureKind.CLIENT_CERTIFICATE, ASKS_CERTIFICATE, failure.address)
        if info is not None and info.http2 and not http1:
            return NetworkFailure(FailureKind.HTTP2_ONLY, SPEAKS_HTTP2, failure.address)
        return failure

    async def _probe_handshake(self, scheme: str, host: str, port: int, patience: float, address: str) -> HandshakeInfo | None:
        """Make an unverified handshake with the same address; None if that fails without asking for a client certificate."""
        asked: list[bool] = []
        info = None
        try:
            connection = await self._connect(scheme, host, port, patience, only=address)
            await self._encrypt(connection, unverified_context(asked), host.removesuffix("."), patience)
            info = handshake_info(connection.tls) if connection.tls is not None else None
            connection.abort()
        except (NetworkFailure, OSError):
            pass
        return replace(info or HandshakeInfo("", None), asks_certificate=True) if asked else info

    async def _connect(
        self, scheme: str, host: str, port: int, patience: float, *, fresh: bool = False, only: str = ""
    ) -> Connection:
        approval = await self._with_dns_timeout(self._guard.approve(host, port, scheme=scheme, fresh=fresh), patience)
        if approval.failure is not None:
            raise NetworkFailure(approval.failure, approval.detail)
        proxy = self.proxy(scheme, host, port)
        if proxy is not None:
            return await self._connect_to_proxy(proxy, scheme, host, port, patience)
        # The DNS answer may have changed: `only` must still be approved.
        addresses = (only,) if only in approval.addresses else approval.addresses
        return await connect(addresses, port, self._bounds.connect * patience)

    async def _connect_to_proxy(self, proxy: Proxy, scheme: str, host: str, port: int, patience: float) -> Connection:
        proxy_name = f"{proxy.host}:{proxy.port}"
        if proxy.flaw:
            raise NetworkFailure(FailureKind.PROXY, proxy.flaw)
        answer = await self._with_dns_timeout(self._guard.lookup(proxy.host), patience)
        if answer.failure is not None:
            raise NetworkFailure(FailureKind.PROXY, f"the proxy {proxy_name} can't be resolved: {answer.detail}")
        try:
            connection = await connect(answer.addresses, proxy.port, self._bounds.connect * patience)
            if proxy.scheme == "https":
                await self._encrypt(connection, self._context(), proxy.host, patience)
        except (NetworkFailure, OSError) as error:
            raise NetworkFailure(FailureKind.PROXY, f"the proxy {proxy_name} can't be reached: {error}") from error
        if scheme == "https":
            await self._tunnel(connection, proxy, host, port, patience)
        return connection

    async def _tunnel(self, connection: Connection, proxy: Proxy, host: str, port: int, patience: float) -> None:
        target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        authorization = f"Proxy-Authorization: {proxy.authorization}\r\n" if proxy.authorization else ""
        head = b""
        try:
            async with asyncio.timeout(self._bounds.first_byte * patience):
                connection.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{authorization}\r\n".encode("ascii"))
                while b"\r\n\r\n" not in head and len(head) < _TUNNEL_HEAD and (more := await connection.read(1024)):
                    head += more
        except BaseException as error:
            connection.abort()
            if isinstance(error, OSError):
                reason = str(error) or "no answer in time"
                raise NetworkFailure(FailureKind.PROXY, f"the proxy opened no connection to {target}: {reason}") from error
            raise
        status = _STATUS_LINE.match(head)
        if status is None or status[1][:1] != b"2" or not head.endswith(b"\r\n\r\n"):
            connection.abort()
            reason = f"it answered {int(status[1])}" if status else "it didn't answer in HTTP"
            raise NetworkFailure(FailureKind.PROXY, f"the proxy opened no connection to {target}: {reason}")

    async def _with_dns_timeout(self, lookup: Awaitable[_Found], patience: float) -> _Found:
        try:
            async with asyncio.timeout(self._bounds.dns * patience):
                return await lookup
        except TimeoutError:
            raise NetworkFailure(
                FailureKind.DNS_FAILURE, f"no answer from DNS within {self._bounds.dns * patience:g} s"
            ) from None
