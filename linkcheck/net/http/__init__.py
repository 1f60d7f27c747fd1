"""Make one HTTP request and return the response. Only this package imports httpx and httpcore.

Redirects aren't followed and requests not repeated (except on a reused connection that turns out closed). Connections lead to
addresses that the guard approved; the URL's path and query are sent exactly as written.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import AsyncIterable, Mapping
from datetime import UTC, datetime
from functools import cache
from os import PathLike
from pathlib import Path
from time import perf_counter

import httpx

from linkcheck.model import FailureKind, Hop
from linkcheck.net.errors import NetworkFailure
from linkcheck.net.guard import Guard
from linkcheck.net.headers import clean, decode_fields, decode_location, http_date, media_type, retry_after, varies_by_language
from linkcheck.net.http.body import PEEK, Body, is_html, is_text
from linkcheck.net.http.connect import Dialer
from linkcheck.net.http.exchange import PreparedRequest, Request, Response
from linkcheck.net.http.transport import NETWORK_ERRORS, Transport, as_failure
from linkcheck.net.proxy import Proxies
from linkcheck.policy import Bounds
from linkcheck.urls import split, web

__all__ = ["Fetcher", "Request", "Response", "tls_context"]

_EXPLAINED = frozenset({FailureKind.RESET, FailureKind.TLS_FAILED})
"""Failures after a TLS handshake that may mean that the server wants a client certificate or HTTP/2."""
_SIGNS_OF_A_PROXY = frozenset({"proxy-status", "x-squid-error", "proxy-authenticate"})


@cache
def tls_context(*authorities: str | PathLike[str], system: bool = False) -> ssl.SSLContext:
    """A TLS context that trusts httpx's bundled authorities, the same on every machine, and those of `authorities`.

    Each is a PEM file or a folder as `openssl rehash` leaves it. `system` adds the store that Windows keeps; elsewhere the system's
    authorities are files. Raises OSError for a file that can't be read or contains no certificate. Cached, since it takes 20 ms.
    """
    context = httpx.create_ssl_context(trust_env=False)
    context.set_alpn_protocols(["http/1.1"])
    # Python 3.13 refuses certificates that every browser accepts; a verdict must not depend on the version.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if system and sys.platform == "win32":
        context.load_default_certs()
    for each in authorities:
        folder = Path(each).is_dir()
        context.load_verify_locations(None if folder else each, each if folder else None)
    return context


class Fetcher:
    """Makes HTTP requests, with one transport for each group of hosts and one TLS context for all.

    httpx's client isn't used: redirects, cookies and authorization are handled by the caller, one redirect chain at a time.

    `connections` is the number of connections that a group keeps open; the caller limits parallel requests. `ssl_context` replaces
    the default one; `proxies` are settings for `Proxies`, and are set on the guard, too. `requests` counts the requests sent.
    """

    def __init__(
        self,
        guard: Guard,
        bounds: Bounds,
        *,
        user_agent: str,
        ssl_context: ssl.SSLContext | None = None,
        proxies: Mapping[str, str] | None = None,
        connections: int = 2,
    ) -> None:
        self.requests = 0
        self._bounds = bounds
        self._agent = user_agent
        self._connections = connections
        self._transports: dict[str, Transport] = {}
        routes = Proxies(proxies)
        guard.use_proxies(routes)
        self._dialer = Dialer(guard, bounds, lambda: ssl_context or tls_context(), routes)

    async def fetch(self, request: Request) -> Response:
        """Make one request. Network errors are returned in the `Response`, never raised; cancelling closes the connection."""
        started = perf_counter()
        parts = split(request.url)
        if not web(request.url) or not parts.ascii_host:
            return Response(Hop(request.url, failure=FailureKind.BAD_LOCATION, detail="not an http(s) URL with a host"))
        prepared = PreparedRequest(
            request, parts, self._bounds, self._agent, self._dialer.proxy(parts.scheme, parts.ascii_host, parts.port)
        )
        try:
            return await self._hop(request, prepared, started)
        except NETWORK_ERRORS as error:
            failed = as_failure(error)
            failed.address = failed.address or prepared.address
        if parts.scheme == "https" and failed.kind in _EXPLAINED and prepared.address:
            failed = await self._dialer.explain_reset(failed, prepared.origin, request.patience, http1=prepared.http1)
        seconds = perf_counter() - started
        return Response(Hop(request.url, None, seconds, None, failed.kind, clean(failed.detail), failed.address))

    async def release(self, group: str) -> None:
        """Close a group's connections; its next request opens new ones."""
        transport = self._transports.pop(group, None)
        if transport is not None:
            await transport.aclose()

    async def aclose(self) -> None:
        """Close all connections, but not the guard."""
        for group in list(self._transports):
            await self.release(group)

    def _transport(self, group: str) -> Transport:
        transport = self._transports.get(group)
        if transport is None:
            transport = Transport(self._dialer, self._bounds.header_bytes, self._connections, self._count)
            self._transports[group] = transport
        return transport

    def _count(self) -> None:
        self.requests += 1

    async def _hop(self, request: Request, prepared: PreparedRequest, started: float) -> Response:
        async with self._transport(request.group).send(prepared) as (response, flaw):
            status, head = response.status, decode_fields(response.headers)
            values = dict(reversed(head))
            if prepared.proxied and (status == 407 or (status in {502, 503, 504} and not _SIGNS_OF_A_PROXY.isdisjoint(values))):
                raise NetworkFailure(FailureKind.PROXY, f"the proxy answered {status}", prepared.address)
            coding = ", ".join(value for name, value in head if name == "content-encoding")
            body, broken, detail = await _read(response.aiter_stream(), values.get("content-type", ""), coding, prepared)
        complete = broken is None and body.complete and not flaw
        if body.coding == "" and "content-encoding" in values:
            head = tuple(pair for pair in head if pair[0] != "content-encoding")
        raw_location = next((value for name, value in response.headers if name.lower() == b"location"), None)
        location = decode_location(raw_location) if raw_location is not None else None
        if raw_location is not None and location is None:
            detail = f"a Location of {len(raw_location):,} bytes, too long to be followed"
        now = http_date(values.get("date", "")) or datetime.now(UTC)
        hop = Hop(
            request.url,
            status,
            perf_counter() - started,
            location,
            detail=clean(detail or (f"the headers break HTTP: {flaw}" if flaw else "")),
            address=prepared.address,
            retry_after=retry_after(values.get("retry-after"), now),
            by_language=300 <= status < 400 and varies_by_language(head),
        )
        return Response(hop, head, body.bytes(), complete=complete, broken=broken, coding=body.coding)


async def _read(
    pieces: AsyncIterable[bytes], content_type: str, coding: str, prepared: PreparedRequest
) -> tuple[Body, FailureKind | None, str]:
    """Read the body up to its limit: the body, why it is incomplete, and a detail. The status is known, so nothing here fails the hop."""
    kind = media_type(content_type)
    wanted = prepared.body_bytes if is_text(kind) else min(PEEK, prepared.body_bytes)
    body = Body(coding, wanted, prepared.decoded_bytes, prepared.weigh if is_html(kind) else None)
    broken, detail = None, ""
    try:
        async with asyncio.timeout(prepared.body_seconds):
            async for piece in pieces:
                if not body.take(piece):
                    break
    except TimeoutError:
        broken, detail = (
            FailureKind.TIMEOUT,
            f"the body was not complete within {prepared.body_seconds:g} s, got {body.taken:,} bytes",
        )
    except NETWORK_ERRORS as error:
        broken = FailureKind.TRUNCATED
        detail = f"the body ends early, after {body.taken:,} bytes ({as_failure(error).detail})"
    return body, broken, detail
