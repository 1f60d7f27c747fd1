"""One hop: what is sent and what is returned."""

from __future__ import annotations

import pytest

from linkcheck.model import FailureKind
from linkcheck.net.http import Request
from tests.net.scripted import Talk, answering, closing, fetching, page, serving

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "target",
    ["/", "/a%2Fb%23c", "/a+b;c", "/A/../b//c/.", "/%zz?q=%2f|[]", "/Path?x=a+b&y=%E4#", "/?url=http://x/?y#z"],
)
async def test_a_url_is_sent_as_written(target: str) -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url(target)))
    assert reply.hop.status == 200
    assert server.targets == [target.partition("#")[0].encode()]


@pytest.mark.parametrize(
    ("target", "sent"), [("/ü b", b"/%C3%BC%20b"), ('/`"<>{}', b"/%60%22%3C%3E%7B%7D"), ("", b"/"), ("?a=1", b"/?a=1")]
)
async def test_characters_not_allowed_in_a_request_line_are_encoded(target: str, sent: bytes) -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.fetch(Request(server.url(target)))
    assert server.targets == [sent]


async def test_host_is_the_name_and_the_connection_uses_the_approved_address() -> None:
    async with serving(answering(page()), host="127.0.0.2") as server, fetching(names={"a.example": ("127.0.0.2",)}) as fetcher:
        reply = await fetcher.fetch(Request(server.url("/", "a.example")))
    assert f"\r\nHost: a.example:{server.port}\r\n".encode() in server.heads[0]
    assert reply.hop.address == "127.0.0.2"


async def test_given_headers_replace_the_defaults() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.fetch(Request(server.url(), cookies="a=1; b=2"))
        await fetcher.fetch(Request(server.url(), (("user-agent", "other"), ("X-Token", "t"))))
    first, second = (head.lower() for head in server.heads)
    assert b"\r\nuser-agent: listkeeper/test\r\n" in first
    assert b"\r\naccept-encoding: gzip, deflate\r\n" in first
    assert b"\r\ncookie: a=1; b=2\r\n" in first
    assert second.count(b"user-agent:") == 1
    assert b"user-agent: other\r\n" in second
    assert b"x-token: t\r\n" in second
    assert b"cookie" not in second


async def test_content_is_posted() -> None:
    bodies: list[bytes] = []

    async def script(talk: Talk) -> None:
        head = await talk.request()
        assert b"Content-Length: 9\r\n" in head
        bodies.append(await talk.reader.readexactly(9))
        await talk.send(page())

    async with serving(script) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url(), method="POST", content=b'{"a": 12}'))
    assert (reply.hop.status, bodies) == (200, [b'{"a": 12}'])


async def test_cookies_are_returned_and_never_stored() -> None:
    answer = page(b"", "302 Found", "Location: /next", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2")
    async with serving(answering(answer, page())) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
        await fetcher.fetch(Request(server.url("/next")))
    assert [value for name, value in reply.headers if name == "set-cookie"] == ["a=1; Path=/", "b=2"]
    assert reply.hop.location == "/next"
    assert len(server.heads) == 2
    assert b"ookie" not in server.heads[1]


LOCATIONS = [
    (b"/next", "/next"),
    (b"http://[bad", "http://[bad"),
    ("/grüße ü".encode(), "/grüße ü"),
    ("/gr\xfc\xdfe".encode("latin-1"), "/gr%FC%DFe"),
    (b"//other.example/x", "//other.example/x"),
    (b"javascript:alert(1)", "javascript:alert(1)"),
    (b"/a\x1b]0;x\x07b", "/a]0;xb"),
    (b"", ""),
    (b"/" + b"x" * 7000, "/" + "x" * 7000),
    (b"/" + b"x" * 9000, None),
]


@pytest.mark.parametrize(("sent", "seen"), LOCATIONS, ids=range(len(LOCATIONS)))
async def test_a_redirect_is_reported_and_not_followed(sent: bytes, seen: str | None) -> None:
    answer = b"HTTP/1.1 301 Moved\r\nLocation: " + sent + b"\r\nContent-Length: 0\r\n\r\n"
    async with serving(answering(answer)) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.location, reply.hop.failure) == (301, seen, None)
    assert len(server.heads) == 1


async def test_a_redirect_without_location() -> None:
    async with serving(answering(page(b"", "301 Moved"))) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.location) == (301, None)


ANSWERS = [
    (page(b"x", "999 Request denied"), 999, b"x"),
    (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + page(b"x"), 200, b"x"),
    (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
    (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, b""),
    (b"HTTP/1.0 200 OK\r\n\r\nto the end", 200, b"to the end"),
    (b"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", 200, b"x"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, b"hello"),
    (b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/9\r\nContent-Length: 1\r\n\r\nx", 206, b"x"),
]


@pytest.mark.parametrize(("answer", "status", "body"), ANSWERS, ids=range(len(ANSWERS)))
async def test_good_answers(answer: bytes, status: int, body: bytes) -> None:
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.failure, reply.body, reply.complete, reply.broken) == (status, None, body, True, None)


LENIENT = [
    b"Content-Length: abc",
    b"Content-Length: 4\r\nContent-Length: 9",
    b"Content-Length: -1",
    b"Transfer-Encoding: gzip, chunked",
    b"Bad Name: x",
    b"no colon in this line",
    b"X: a\x00b",
]


@pytest.mark.parametrize("header", LENIENT)
async def test_an_invalid_head_still_has_its_status(header: bytes) -> None:
    answer = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n" + header + b"\r\n\r\n<p>gone</p>"
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.failure, reply.complete) == (404, None, False)
    assert reply.content_type == "text/html"
    assert b"gone" in reply.body
    assert "HTTP" in reply.hop.detail


async def test_hostile_text_is_made_harmless() -> None:
    answer = b"HTTP/1.1 200 \x1b[31mOK\r\nX-Evil: a\x1b]0;b\x07\r\nContent-Length: \x1b[2Jx\xe2\x80\xae\r\n\r\n"
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    everything = reply.hop.detail + "".join(name + value for name, value in reply.headers)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in everything)


async def test_a_secret_in_an_invalid_header_is_not_shown() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url(), (("Authorization", "Bearer s3cr\net"),)))
    assert reply.hop.failure is FailureKind.PROTOCOL
    assert "s3cr" not in reply.hop.detail


@pytest.mark.parametrize(("header", "seconds"), [("Retry-After: 2", 2.0), ("Retry-After: soon", None), ("X: y", None)])
async def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    async with serving(answering(page(b"", "429 Too Many Requests", header))) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.retry_after) == (429, seconds)


async def test_retry_after_as_a_date_counts_from_the_servers_clock() -> None:
    dates = ("Date: Mon, 06 Nov 2006 08:49:37 GMT", "Retry-After: Mon, 06 Nov 2006 08:50:07 GMT")
    async with serving(answering(page(b"", "503 Service Unavailable", *dates))) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert reply.hop.retry_after == 30.0
