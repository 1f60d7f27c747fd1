"""Decoding of bodies with limits, in chunks of any size."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.net.http import Request
from linkcheck.net.http.body import Body, content_codings, is_text
from tests.net.scripted import answering, fetching, page, serving

TEXT = b"<!doctype html><title>Words</title>" + random.Random(3).randbytes(3000) + b"<p>the end</p>" * 500
ROOM = 1_000_000


def raw_deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(data) + machine.flush()


CODINGS = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "GZIP": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "gzip ": gzip.compress(TEXT) + bytes(512),
    "deflate": zlib.compress(TEXT),
    " deflate": raw_deflate(TEXT),
    "gzip,": zlib.compress(TEXT),
    "deflate, gzip": gzip.compress(zlib.compress(TEXT)),
    "gzip, gzip": gzip.compress(gzip.compress(TEXT)),
}


def pour(
    coding: str, data: bytes, size: int, wire: int = ROOM, room: int = ROOM, weigh: Callable[[bytes], int] | None = None
) -> Body:
    body = Body(coding, wire, room, weigh)
    for start in range(0, len(data), size):
        if not body.take(data[start : start + size]):
            break
    return body


@pytest.mark.parametrize("size", [1, 2, 3, 17, 1000, 10**6])
@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_in_every_chunk_size(coding: str, size: int) -> None:
    body = pour(coding, CODINGS[coding], size)
    assert body.bytes() == TEXT
    assert (body.complete, body.truncated, body.coding) == (True, False, "")


@pytest.mark.parametrize(("members", "read"), [(999, 999), (1000, 1000), (1001, 1000), (5000, 1000)])
def test_the_members_of_a_gzip_stream_are_limited(members: int, read: int) -> None:
    body = pour("gzip", gzip.compress(b"a") * members, 4096)
    assert body.bytes() == b"a" * read


@pytest.mark.parametrize("coding", ["gzip", "deflate", " deflate", "gzip, gzip"])
@pytest.mark.parametrize("room", [1, 1000, 5000])
def test_decoded_bytes_are_limited(coding: str, room: int) -> None:
    body = pour(coding, CODINGS[coding], 100, room=room)
    assert body.bytes() == TEXT[:room]
    assert (body.complete, body.truncated) == (False, True)


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_raw_bytes_are_limited(coding: str) -> None:
    body = pour(coding, CODINGS[coding], 100, wire=1234)
    assert body.taken == 1234
    assert TEXT.startswith(body.bytes())
    assert (body.complete, body.truncated) == (False, True)


@pytest.mark.parametrize("coding", ["gzip", "deflate", " deflate", "deflate, gzip"])
def test_a_truncated_stream_is_not_complete(coding: str) -> None:
    body = pour(coding, CODINGS[coding][:-20], 1000)
    assert not body.complete
    assert not body.truncated
    assert TEXT.startswith(body.bytes())
    assert len(body.bytes()) > 1000


def test_bytes_before_an_error_are_kept() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[2500:2600] = bytes(100)
    body = pour("gzip", bytes(data), 500)
    assert not body.complete
    assert TEXT.startswith(body.bytes()[:500])


@pytest.mark.parametrize("text", [b"<!doctype html><p>plain</p>" * 90, b"x", b"\x1f\x8bnot gzip at all", b"plain text"])
@pytest.mark.parametrize("size", [1, 7, 10**6])
def test_an_uncompressed_body_is_passed_through(text: bytes, size: int) -> None:
    body = pour("gzip", text, size)
    assert body.bytes() in {text, b""}
    assert not body.complete
    if text.startswith(b"<!doctype"):
        assert body.bytes() == text


def test_an_empty_body_is_complete() -> None:
    assert pour("gzip", b"", 1).complete


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "junk", "gzip," * 9 + "gzip"])
def test_an_unsupported_coding_stays(coding: str) -> None:
    body = pour(coding, b"raw bytes", 4)
    assert (body.bytes(), body.coding) == (b"raw bytes", coding)


@given(st.sampled_from(["gzip", "deflate", "gzip, deflate"]), st.lists(st.binary(max_size=300), max_size=8))
@settings(deadline=None, derandomize=True, database=None)
def test_no_bytes_raise(coding: str, pieces: list[bytes]) -> None:
    body = Body(coding, 1000, 2000)
    for piece in pieces:
        body.take(piece)
    assert len(body.bytes()) <= 2000
    assert body.taken <= 1000


def test_content_codings() -> None:
    assert content_codings("deflate, gzip") == ("gzip", "deflate")
    assert content_codings("") == content_codings("identity") == ()
    assert content_codings("br") is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("", True), ("text/html", True), ("TEXT/HTML", True), ("html", True), ("application/xml", True), ("image/svg+xml", True),
     ("application/ld+json", True), ("application/pdf", False), ("image/png", False), ("multipart/x-mixed-replace", False)],
)  # fmt: skip
def test_text_media_types(kind: str, expected: bool) -> None:
    assert is_text(kind) is expected


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("coding", "left", "body"),
    [("gzip", "", TEXT), ("deflate", "", TEXT), ("br", "br", b"raw"), ("zstd", "zstd", b"raw")],
)
async def test_headers_describe_the_decoded_body(coding: str, left: str, body: bytes) -> None:
    answer = page(CODINGS.get(coding, b"raw"), "200 OK", f"Content-Encoding: {coding}")
    async with serving(answering(answer)) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.body, reply.coding, reply.header("Content-Encoding"), reply.complete) == (body, left, left, True)


SCRIPTS, WORDS = b"x" * 100_000, b"word " * 20_000


def light(body: bytes) -> int:
    """Scripts (written as x) weigh nothing."""
    return len(body) - body.count(b"x")


@pytest.mark.parametrize("size", [7, 1000, 10**6])
@pytest.mark.parametrize(
    ("data", "room", "taken"),
    [
        (SCRIPTS + b"word " * 10, ROOM, 100_050),
        (WORDS, ROOM, 1000),
        (SCRIPTS + WORDS, ROOM, (100_000, 140_000)),
        (SCRIPTS * 3, 150_000, 150_000),
        (b"x" * 900, ROOM, 900),
    ],
    ids=["scripts first", "words", "both", "too long", "short"],
)
def test_what_has_no_weight_does_not_count(data: bytes, room: int, taken: int | tuple[int, int], size: int) -> None:
    body = pour("", data, size, wire=1000, room=room, weigh=light)
    least, most = (taken, taken) if isinstance(taken, int) else taken
    assert least <= body.taken <= most
    assert body.complete is (body.taken == len(data))
    assert data.startswith(body.bytes())


def test_an_unknown_coding_is_not_weighed() -> None:
    assert pour("br", SCRIPTS, 1000, wire=5000, weigh=light).taken == 5000


def test_a_compressed_body_is_weighed_as_its_text() -> None:
    data = random.Random(7).randbytes(40_000) + WORDS
    assert pour("gzip", gzip.compress(data), 1000, wire=10_000, weigh=lambda body: body.count(b"word")).complete


@pytest.mark.anyio
async def test_only_html_is_read_further() -> None:
    body = SCRIPTS + b"the end"
    for kind, whole in (("text/html", True), ("application/xhtml+xml; charset=utf-8", True), ("text/plain", False)):
        async with serving(answering(page(body, kind=kind))) as server, fetching() as fetcher:
            reply = await fetcher.fetch(Request(server.url(), body_bytes=1000, weigh=light))
        assert reply.body.endswith(b"the end") is whole
