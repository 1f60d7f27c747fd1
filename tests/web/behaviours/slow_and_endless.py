"""Bytes that come late, never end, or don't fit: B59, B60 and B61."""

from __future__ import annotations

import asyncio
import gzip
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING

from tests.web.answers import HTML, Answer, html, nginx
from tests.web.lab import Lab, add, case
from tests.web.prose import article, docs
from tests.web.sites import only

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.visit import Arrival, Visit

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
ENOUGH = 400_000_000
"""Even an endless body ends somewhere, lest a checker without a cap never finishes its test."""


def _raw(
    identity: str,
    name: str,
    title: str,
    handler: Callable[[Visit, bytes], Awaitable[None]],
    lang: str = "en",
    before: Callable[[], object] | None = None,
) -> None:
    """A host that writes its answer to the wire itself; it is handed an ordinary page."""

    def build(lab: Lab) -> None:
        page = article(title, name, lang).encode()

        async def answer(visit: Visit) -> None:
            await handler(visit, page)

        lab.link(lab.host(name, only("/x", answer)).url("/x"), title)

    add(identity, build)


async def _late(visit: Visit, page: bytes) -> None:
    await visit.wait(25)
    await visit.wire.write(OK + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(page) + page)


async def _drip(visit: Visit, page: bytes) -> None:
    short = b"<title>" + page.partition(b"<title>")[2].partition(b"</title>")[0] + b"</title>"
    await visit.wire.write(OK + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (len(short) + 12))
    await visit.wire.write(short)
    for _ in range(12):
        await visit.wait(1)
        await visit.wire.write(b".")


async def _slow_headers(visit: Visit, page: bytes) -> None:
    for line in (
        OK + b"X-Cache: MISS\r\nX-Served-By: mill-3\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(page)
    ).splitlines(keepends=True):
        await visit.wait(1.5)
        await visit.wire.write(line)
    await visit.wire.write(page)


_raw("B59.a", "patient-mill.org", "The Patient Mill", _late)
_raw("B59.b", "dripping-tap.net", "The Dripping Tap", _drip)
_raw("B59.c-de", "langsame-muehle.de", "Die langsame Mühle", _slow_headers, "de")


async def _pour(visit: Visit, piece: bytes, *, chunked: bool = False) -> None:
    wire = visit.wire
    piece = b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece
    while wire.sent < ENOUGH:
        await wire.write(piece)


async def _endless(visit: Visit, page: bytes) -> None:
    await visit.wire.write(OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(page), page))
    await _pour(visit, b"<p>and so on</p>\n" * 3000, chunked=True)


async def _five_gigabytes(visit: Visit, page: bytes) -> None:
    await visit.wire.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 5368709120\r\nAccept-Ranges: bytes\r\n\r\n"
    )
    await _pour(visit, bytes(65_536))


@cache
def _bomb(megabytes: int, page: bytes) -> bytes:
    """Gzip that inflates to so many megabytes of blanks, made from one packed megabyte: packing it all would hold up every host."""
    blanks = b" " * 1_048_576
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(page) + packer.flush(zlib.Z_FULL_FLUSH)
    segment = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(page)
    for _ in range(megabytes):
        checksum = zlib.crc32(blanks, checksum)
    length = len(page) + megabytes * len(blanks)
    return (
        b"\x1f\x8b\x08"
        + bytes(6)
        + b"\x03"
        + head
        + segment * megabytes
        + packer.flush()
        + struct.pack("<II", checksum, length)
    )


@cache
def _packed_bomb(megabytes: int, page: bytes) -> bytes:
    return gzip.compress(_bomb(megabytes, page), 1)


async def _gzip_bomb(visit: Visit, page: bytes) -> None:
    bomb = await asyncio.to_thread(_bomb, 100, page)
    await visit.wire.write(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(bomb) + bomb)


async def _double_bomb(visit: Visit, page: bytes) -> None:
    bomb = await asyncio.to_thread(_packed_bomb, 50, page)
    await visit.wire.write(
        OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(bomb) + bomb
    )


async def _deep(visit: Visit, page: bytes) -> None:
    """Valid enough to be sent, bad enough to keep a tree builder busy."""
    await visit.wire.write(OK + b"Connection: close\r\n\r\n" + page.replace(b"</body>", b"<div>" * 300_000))


async def _endless_headers(visit: Visit, _: bytes) -> None:
    await visit.wire.write(OK)
    number = 0
    while visit.wire.sent < ENOUGH:
        number += 1
        await visit.wire.write(b"X-Trace-%d: %s\r\n" % (number, b"a" * 900))


_raw("B60.a", "endless-scroll.io", "Infinite Descent", _endless)
_raw("B60.b", "huge-downloads.org", "All Primes, One File", _five_gigabytes)
_raw("B60.c", "compressed-worlds.com", "Compressed Worlds", _gzip_bomb)
_raw("B60.d-de", "doppelt-gepackt.de", "Doppelt gepackt", _double_bomb, "de")
_raw("B60.e", "deep-nesting.net", "On Nested Structures", _deep)
_raw("B60.f", "talkative-headers.com", "Prefaces Without End", _endless_headers)


async def _truncated(visit: Visit, page: bytes) -> None:
    await visit.wire.write(OK + b"Content-Length: %d\r\n\r\n" % (len(page) + 5000) + page)


async def _bad_chunk(visit: Visit, page: bytes) -> None:
    await visit.wire.write(OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\nZZ\r\nnonsense" % (len(page), page))


async def _too_long(visit: Visit, page: bytes) -> None:
    """More bytes than were announced."""
    await visit.wire.write(
        OK + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(page) + page + b"<!-- and more -->" * 20
    )


async def _reset_in_body(visit: Visit, page: bytes) -> None:
    await visit.wire.write(OK + b"Content-Length: 900000\r\n\r\n" + page)
    await visit.wait(0.2)
    visit.wire.reset()


async def _bare_newlines(visit: Visit, page: bytes) -> None:
    await visit.wire.write(b"HTTP/1.0 200 OK\nContent-Type: text/html\nContent-Length: %d\n\n" % len(page) + page)


_raw("B61.a", "cut-short.org", "A Proof Cut Short", _truncated)
_raw("B61.b-de", "kaputte-stuecke.de", "Stückwerk", _bad_chunk, "de")
_raw("B61.c", "too-generous.com", "More Than Announced", _too_long)
_raw("B61.d", "reset-midway.net", "Halfway There", _reset_in_body)
_raw("B61.e", "bare-newlines.co.uk", "Old Habits", _bare_newlines)


@case("B61.f")
def encodings_unasked(lab: Lab) -> None:
    """Brotli and Zstandard to whoever asks for neither; raw deflate, as one old server sends it."""
    text = b"<title>Packed</title><p>Unasked compression, stored as it is.</p>"
    brotli = ((len(text) - 1) << 4 | 1 << 20).to_bytes(3, "little") + text + b"\x03"
    zstd = bytes.fromhex("28b52ffd20") + bytes([len(text)]) + (len(text) << 3 | 1).to_bytes(3, "little") + text
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = deflate.compress(docs("Packed", "Packed").encode()) + deflate.flush()
    bodies = {
        "/br": ("br", brotli),
        "/zstd": ("zstd", zstd),
        "/deflate": ("deflate", raw),
        "/odd": ("x-unheard-of", b"<title>Packed</title>"),
    }

    def handler(visit: Visit) -> Answer:
        if visit.path not in bodies:
            return nginx(404)
        name, body = bodies[visit.path]
        return Answer(200, body, (HTML, ("Content-Encoding", name)))

    host = lab.host("unasked-compression.io", handler)
    for path in bodies:
        lab.link(host.url(path), "Packed")


@case("B61.g")
def stale_keep_alive(lab: Lab) -> None:
    """Promises to keep the connection and closes it at once, or when the second request has been read."""

    async def greet(arrival: Arrival) -> bool:
        return True

    async def handler(visit: Visit) -> Answer | None:
        served = visit.host.state.setdefault("served", set())
        if visit.request.connection in served:
            visit.wire.close()
            return None
        served.add(visit.request.connection)
        answer = html(article(f"Part {visit.path[1:]}")) if visit.path[1:].isdigit() else Answer(404)
        if visit.path == "/2":
            await visit.wire.write(answer.wire(visit.method, "Sun, 01 Mar 2026 02:00:00 GMT", "nginx"))
            visit.wire.close()
            return None
        return answer

    host = lab.host("stale-keepalive.de", handler, greet=greet)
    for number in range(1, 5):
        lab.link(host.url(f"/{number}"), f"Part {number}")
