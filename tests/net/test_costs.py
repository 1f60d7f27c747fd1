"""Limits for hostile servers, measured in bytes read and memory, not in time."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from linkcheck.model import FailureKind
from linkcheck.net.http import Request
from linkcheck.net.http.exchange import Response
from linkcheck.policy import Bounds
from tests.net.scripted import QUICK, SHORT, Script, Server, Talk, answering, fetching, page, serving

pytestmark = pytest.mark.anyio

MEGA = 1024 * 1024
HTML = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def stream(head: str, pieces: Iterable[bytes], pause: float = 0.0) -> Script:
    """Send a head and then chunks until the client disconnects."""

    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(head.encode())
        for piece in pieces:
            await talk.send(piece)
            await asyncio.sleep(pause)

    return script


def chunked(piece: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(piece), piece)


@asynccontextmanager
async def measured() -> AsyncIterator[list[int]]:
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
        peak.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


async def ask(script: Script, bounds: Bounds = SHORT, **options: int) -> tuple[Response, Server, int]:
    """The reply, the server (with the bytes it sent), and the peak of traced memory."""
    async with serving(script) as server, fetching(bounds) as fetcher:
        await fetcher.fetch(Request("http://127.0.0.1:1/"))  # one-time costs
        async with measured() as peak:
            reply = await fetcher.fetch(Request(server.url(), **options))
    return reply, server, peak[0]


BOMB = gzip.compress(bytes(200 * MEGA), 9)
ENDLESS = {
    "identity": stream(f"{HTML}\r\n", itertools.repeat(b"x" * 65536)),
    "5 GB announced": stream(f"{HTML}Content-Length: 5000000000\r\n\r\n", itertools.repeat(b"x" * 65536)),
    "chunked": stream(f"{HTML}Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(chunked(b"x" * 65536))),
    "small chunks": stream(f"{HTML}Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(chunked(b"x") * 1000)),
    "gzip bomb": stream(f"{HTML}Content-Encoding: gzip\r\n\r\n", itertools.repeat(BOMB)),
    "twice gzip": stream(f"{HTML}Content-Encoding: gzip, gzip\r\n\r\n", [gzip.compress(BOMB)]),
    "deflate bomb": stream(f"{HTML}Content-Encoding: deflate\r\n\r\n", [zlib.compress(bytes(200 * MEGA))]),
    "empty members": stream(f"{HTML}Content-Encoding: gzip\r\n\r\n", itertools.repeat(gzip.compress(b"") * 1000)),
}


@pytest.mark.parametrize("name", ENDLESS)
async def test_endless_bodies_are_cut_off_and_alive(name: str) -> None:
    reply, server, peak = await ask(ENDLESS[name])
    assert (reply.hop.status, reply.hop.failure, reply.complete) == (200, None, False)
    assert len(reply.body) <= SHORT.decoded_bytes
    assert peak < 4 * MEGA
    assert server.sent < 16 * MEGA  # the kernel buffers some MB


@pytest.mark.parametrize("wanted", [1, 1000, 65536, 2 * MEGA])
async def test_a_body_is_limited_to_the_requested_bytes(wanted: int) -> None:
    reply, _, peak = await ask(ENDLESS["identity"], body_bytes=wanted)
    assert len(reply.body) == wanted
    assert peak < 2 * MEGA + 3 * wanted


async def test_a_body_of_exactly_the_limit_is_complete_and_keeps_the_connection() -> None:
    async with serving(answering(page(b"x" * 5000))) as server, fetching() as fetcher:
        exact = await fetcher.fetch(Request(server.url(), body_bytes=5000))
        short = await fetcher.fetch(Request(server.url(), body_bytes=4999))
    assert (exact.complete, len(exact.body), exact.broken) == (True, 5000, None)
    assert (short.complete, len(short.body), short.broken) == (False, 4999, None)
    assert server.connections == 1


async def test_endless_headers() -> None:
    lines = (b"X-%d: %s\r\n" % (number, b"y" * 1000) for number in itertools.count())
    reply, server, peak = await ask(stream(HTML, lines))
    assert (reply.hop.status, reply.hop.failure) == (None, FailureKind.HEADERS_TOO_LARGE)
    assert peak < 4 * MEGA
    assert server.sent < 16 * MEGA


@pytest.mark.parametrize("piece", [b"y" * 1000, b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"])
async def test_endless_header_lines_and_endless_early_hints(piece: bytes) -> None:
    flood = itertools.chain([b"HTTP/1.1 103 Early\r\n\r\n"], itertools.repeat(piece))
    reply, _, peak = await ask(stream("", flood), replace(QUICK, first_byte=20.0))  # the limit here is bytes, not time
    assert (reply.hop.status, reply.hop.failure) in [(None, FailureKind.HEADERS_TOO_LARGE), (None, FailureKind.PROTOCOL)]
    assert peak < 4 * MEGA


async def test_the_limit_of_headers_is_a_setting() -> None:
    big = page(b"x", "200 OK", "X-Big: " + "y" * 20_000)
    async with serving(answering(big)) as server:
        async with fetching(replace(QUICK, header_bytes=30_000)) as fetcher:
            assert (await fetcher.fetch(Request(server.url()))).hop.status == 200
        async with fetching(replace(QUICK, header_bytes=10_000)) as fetcher:
            assert (await fetcher.fetch(Request(server.url()))).hop.failure is FailureKind.HEADERS_TOO_LARGE


async def test_a_flood_on_an_idle_connection_is_not_read() -> None:
    async def flood(talk: Talk) -> None:
        await talk.request()
        await talk.send(page())
        while True:
            await talk.send(b"x" * 65536)
            await asyncio.sleep(0)

    async with serving(flood) as server, fetching() as fetcher, measured() as peak:
        await fetcher.fetch(Request(server.url()))
        await asyncio.sleep(0.3)
    assert server.sent < 16 * MEGA
    assert peak[0] < 4 * MEGA


async def test_slow_answers_time_out() -> None:
    body = stream(f"{HTML}Content-Length: 100000\r\n\r\n", itertools.repeat(b"x"), pause=0.02)
    head = stream(HTML, itertools.repeat(b"X: y\r\n"), pause=0.02)
    (in_body, _, _), (in_head, _, _) = await ask(body), await ask(head)
    assert (in_body.hop.status, in_body.broken) == (200, FailureKind.TIMEOUT)
    assert 0 < len(in_body.body) < 100
    assert (in_head.hop.status, in_head.hop.failure) == (None, FailureKind.TIMEOUT)
    assert "only" in in_head.hop.detail


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("text/html", 65536), ("text/html; charset=utf-8", 65536), ("application/xhtml+xml", 65536), ("application/json", 65536),
        ("application/atom+xml", 65536), ("text/plain", 65536), ("", 65536),
        ("application/pdf", 1024), ("image/png", 1024), ("application/zip", 1024), ("video/mp4", 1024),
        ("application/octet-stream", 1024),
    ],
)  # fmt: skip
async def test_binary_files_are_not_read(kind: str, wanted: int) -> None:
    line = f"Content-Type: {kind}\r\n" if kind else ""
    reply, _, _ = await ask(stream(f"HTTP/1.1 200 OK\r\n{line}\r\n", itertools.repeat(b"x" * 65536)))
    assert (reply.hop.status, len(reply.body), reply.complete, reply.broken) == (200, wanted, False, None)
