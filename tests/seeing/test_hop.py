"""One hop: what goes out, what comes back, and how each way of failing is named."""

from __future__ import annotations

import asyncio

import pytest

from linkcheck.fetch import Ask
from linkcheck.guard import Answer
from linkcheck.model import Trouble
from tests.seeing.scripted import QUICK, SHORT, Talk, answering, closing, fetching, forever, page, serving

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "target",
    ["/", "/a%2Fb%23c", "/a+b;c", "/A/../b//c/.", "/%zz?q=%2f|[]", "/Path?x=a+b&y=%E4#", "/`\"<>", "/?url=http://x/?y#z"],
)
async def test_the_bytes_of_a_url_go_out_as_written(target: str) -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url(target)))
    assert reply.hop.status == 200
    assert server.targets == [target.partition("#")[0].encode()]


@pytest.mark.parametrize(("target", "sent"), [("/ü b", b"/%C3%BC%20b"), ("", b"/"), ("?a=1", b"/?a=1")])
async def test_what_a_request_line_cannot_hold_is_encoded(target: str, sent: bytes) -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.ask(Ask(server.url(target)))
    assert server.targets == [sent]


async def test_host_stays_the_name_while_the_connection_leads_to_the_approved_address() -> None:
    async with serving(answering(page()), host="127.0.0.2") as server, fetching(names={"a.example": ("127.0.0.2",)}) as fetcher:
        reply = await fetcher.ask(Ask(server.url("/", "a.example")))
    assert f"\r\nHost: a.example:{server.port}\r\n".encode() in server.heads[0]
    assert reply.hop.address == "127.0.0.2"


async def test_headers_are_ours_unless_the_caller_gives_others() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.ask(Ask(server.url(), cookies="a=1; b=2"))
        await fetcher.ask(Ask(server.url(), (("user-agent", "other"), ("X-Token", "t"))))
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
        reply = await fetcher.ask(Ask(server.url(), method="POST", content=b'{"a": 12}'))
    assert (reply.hop.status, bodies) == (200, [b'{"a": 12}'])


async def test_cookies_are_handed_over_and_never_kept() -> None:
    answer = page(b"", "302 Found", "Location: /next", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2")
    async with serving(answering(answer, page())) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
        await fetcher.ask(Ask(server.url("/next")))
    assert reply.set_cookies == ("a=1; Path=/", "b=2")
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
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.hop.location, reply.hop.trouble) == (301, seen, None)
    assert len(server.heads) == 1


async def test_a_redirect_without_location() -> None:
    async with serving(answering(page(b"", "301 Moved"))) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
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
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.hop.trouble, reply.body, reply.complete, reply.broken) == (status, None, body, True, None)


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
async def test_a_head_that_breaks_the_grammar_still_has_its_status(header: bytes) -> None:
    answer = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n" + header + b"\r\n\r\n<p>gone</p>"
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.hop.trouble, reply.complete) == (404, None, False)
    assert reply.content_type == "text/html"
    assert b"gone" in reply.body
    assert "HTTP" in reply.hop.detail


BROKEN = [
    (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>half", b"<p>half"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", b"half"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzzz\r\n", b"half"),
]


@pytest.mark.parametrize(("answer", "body"), BROKEN, ids=range(len(BROKEN)))
async def test_a_broken_body_keeps_its_status(answer: bytes, body: bytes) -> None:
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.hop.trouble, reply.complete, reply.broken) == (200, None, False, Trouble.TRUNCATED)
    assert reply.body == body
    assert reply.hop.detail


async def test_a_reset_in_the_body_keeps_the_status() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await asyncio.sleep(0.1)
        talk.reset()

    async with serving(script) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.body, reply.broken) == (200, b"half", Trouble.TRUNCATED)


async def test_a_body_that_stops_coming_keeps_the_status() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await asyncio.sleep(3600)

    async with serving(script) as server, fetching(SHORT) as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.body, reply.complete, reply.broken) == (200, b"half", False, Trouble.TIMEOUT)


async def reset(talk: Talk) -> None:
    await talk.request()
    talk.reset()


async def half_a_head(talk: Talk) -> None:
    await talk.request()
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


FAILURES = [
    (reset, Trouble.RESET),
    (closing(b""), Trouble.RESET),
    (half_a_head, Trouble.TRUNCATED),
    (closing(b"<html>HTTP/0.9 needs no head</html>\r\n\r\n"), Trouble.PROTOCOL),
    (closing(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Trouble.PROTOCOL),
    (closing(b"\x00\x01\x02\xff\r\n\r\n"), Trouble.PROTOCOL),
    (forever, Trouble.TIMEOUT),
]


@pytest.mark.parametrize(("script", "trouble"), FAILURES, ids=range(len(FAILURES)))
async def test_failures_are_named(script, trouble: Trouble) -> None:
    async with serving(script) as server, fetching(SHORT) as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.hop.trouble) == (None, trouble)
    assert reply.hop.detail
    assert reply.hop.address == "127.0.0.1"
    assert not reply.complete


async def test_nobody_listens() -> None:
    async with serving(forever) as server:
        pass
    async with fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert reply.hop.trouble is Trouble.REFUSED
    assert str(server.port) in reply.hop.detail


ADDRESSES = [
    ("http://10.1.2.3/", Trouble.PRIVATE_ADDRESS),
    ("http://169.254.169.254/latest/meta-data", Trouble.PRIVATE_ADDRESS),
    ("http://[fd00::1]/", Trouble.PRIVATE_ADDRESS),
    ("http://2852039166/", Trouble.PRIVATE_ADDRESS),
    ("http://inside.example/", Trouble.PRIVATE_ADDRESS),
    ("http://nowhere.example/", Trouble.NO_SUCH_HOST),
    ("http://ill.example/", Trouble.DNS_FAILURE),
    ("http:///x", Trouble.BAD_LOCATION),
    ("ftp://a.example/", Trouble.BAD_LOCATION),
    ("", Trouble.BAD_LOCATION),
]


@pytest.mark.parametrize(("url", "trouble"), ADDRESSES)
async def test_what_is_never_connected_to(url: str, trouble: Trouble) -> None:
    names = {"inside.example": ("10.0.0.1", "fe80::1"), "ill.example": Answer(trouble=Trouble.DNS_FAILURE, detail="SERVFAIL")}
    async with fetching(names=names) as fetcher:
        reply = await fetcher.ask(Ask(url))
    assert reply.hop.trouble is trouble
    assert reply.hop.detail
    assert fetcher.requests == 0


async def test_loopback_is_refused_unless_allowed() -> None:
    from linkcheck.fetch import Fetcher
    from linkcheck.guard import Guard
    from tests.seeing.scripted import Names

    async with serving(answering(page())) as server:
        guard = Guard(Names({"a.example": ("127.0.0.1",)}))
        fetcher = Fetcher(guard, QUICK, user_agent="t")
        replies = [await fetcher.ask(Ask(server.url("/", host))) for host in ("127.0.0.1", "localhost", "a.example", "0.0.0.0")]
        await fetcher.aclose()
        await guard.aclose()
    assert [reply.hop.trouble for reply in replies] == [Trouble.PRIVATE_ADDRESS] * 4
    assert server.connections == 0


async def test_a_resolver_that_hangs() -> None:
    class Hanging:
        async def resolve(self, _host: str) -> Answer:
            await asyncio.sleep(3600)
            return Answer()

        def close(self) -> None:
            pass

    from linkcheck.fetch import Fetcher
    from linkcheck.guard import Guard

    guard = Guard(Hanging())
    fetcher = Fetcher(guard, SHORT, user_agent="t")
    reply = await fetcher.ask(Ask("http://a.example/"))
    await guard.aclose()
    assert reply.hop.trouble is Trouble.DNS_FAILURE


async def test_a_slow_head_is_waited_for_as_long_as_the_ask_says() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await asyncio.sleep(0.6)
        await talk.send(page())

    async with serving(script) as server, fetching(SHORT) as fetcher:
        early, patient, given = await asyncio.gather(
            fetcher.ask(Ask(server.url(), group="a")),
            fetcher.ask(Ask(server.url(), patience=20.0, group="b")),
            fetcher.ask(Ask(server.url(), first_byte=10.0, group="c")),
        )
    assert early.hop.trouble is Trouble.TIMEOUT
    assert (patient.hop.status, given.hop.status) == (200, 200)


async def test_cancelling_closes_the_connection() -> None:
    async with serving(forever) as server, fetching() as fetcher:
        task = asyncio.ensure_future(fetcher.ask(Ask(server.url())))
        while not server.heads:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        reply = await fetcher.ask(Ask(server.url(), first_byte=0.05))
    assert reply.hop.trouble is Trouble.TIMEOUT
    assert server.connections == 2


async def test_hostile_text_is_made_harmless() -> None:
    answer = b"HTTP/1.1 200 \x1b[31mOK\r\nX-Evil: a\x1b]0;b\x07\r\nContent-Length: \x1b[2Jx\xe2\x80\xae\r\n\r\n"
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    everything = reply.hop.detail + "".join(name + value for name, value in reply.headers)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in everything)


async def test_a_secret_in_a_header_that_cannot_be_sent_stays_secret() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url(), (("Authorization", "Bearer s3cr\net"),)))
    assert reply.hop.trouble is Trouble.PROTOCOL
    assert "s3cr" not in reply.hop.detail


@pytest.mark.parametrize(("header", "seconds"), [("Retry-After: 2", 2.0), ("Retry-After: soon", None), ("X: y", None)])
async def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    async with serving(answering(page(b"", "429 Too Many Requests", header))) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert (reply.hop.status, reply.hop.retry_after) == (429, seconds)


async def test_retry_after_as_a_date_counts_from_the_servers_own_clock() -> None:
    dates = ("Date: Mon, 06 Nov 2006 08:49:37 GMT", "Retry-After: Mon, 06 Nov 2006 08:50:07 GMT")
    async with serving(answering(page(b"", "503 Service Unavailable", *dates))) as server, fetching() as fetcher:
        reply = await fetcher.ask(Ask(server.url()))
    assert reply.hop.retry_after == 30.0
