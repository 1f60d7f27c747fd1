"""The kinds of failures of a hop, and what is kept of the answer."""

from __future__ import annotations

import asyncio
import errno

import pytest

from linkcheck.model import FailureKind
from linkcheck.net.dns import Answer
from linkcheck.net.errors import failure_behind
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, Request
from tests.net.scripted import QUICK, SHORT, Names, Talk, answering, closing, fetching, forever, page, serving

pytestmark = pytest.mark.anyio

BROKEN = [
    (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>half", b"<p>half"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", b"half"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzzz\r\n", b"half"),
]


@pytest.mark.parametrize(("answer", "body"), BROKEN, ids=range(len(BROKEN)))
async def test_a_broken_body_keeps_its_status(answer: bytes, body: bytes) -> None:
    async with serving(closing(answer)) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.failure, reply.complete, reply.broken) == (200, None, False, FailureKind.TRUNCATED)
    assert reply.body == body
    assert reply.hop.detail


async def test_a_reset_in_the_body_keeps_the_status() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await asyncio.sleep(0.1)
        talk.reset()

    async with serving(script) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.body, reply.broken) == (200, b"half", FailureKind.TRUNCATED)


async def test_a_stalled_body_keeps_the_status() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await asyncio.sleep(3600)

    async with serving(script) as server, fetching(SHORT) as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.body, reply.complete, reply.broken) == (200, b"half", False, FailureKind.TIMEOUT)


async def reset(talk: Talk) -> None:
    await talk.request()
    talk.reset()


async def half_a_head(talk: Talk) -> None:
    await talk.request()
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


FAILURES = [
    (reset, FailureKind.RESET),
    (closing(b""), FailureKind.RESET),
    (half_a_head, FailureKind.TRUNCATED),
    (closing(b"<html>HTTP/0.9 needs no head</html>\r\n\r\n"), FailureKind.PROTOCOL),
    (closing(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), FailureKind.PROTOCOL),
    (closing(b"\x00\x01\x02\xff\r\n\r\n"), FailureKind.PROTOCOL),
    (closing(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00\x03\x00\x00\x00\x64" * 3), FailureKind.HTTP2_ONLY),
    (closing(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"), FailureKind.HTTP2_ONLY),
    (closing(b"\x00\x00\x08\x07\x00\x00\x00\x00\x00" + bytes(8)), FailureKind.HTTP2_ONLY),
    (closing(b"\x00\x00\x12\x04\x00\x00\x00\x00\x05" + bytes(18)), FailureKind.PROTOCOL),
    (forever, FailureKind.TIMEOUT),
]


@pytest.mark.parametrize(("script", "failure"), FAILURES, ids=range(len(FAILURES)))
async def test_kinds_of_failures(script, failure: FailureKind) -> None:
    async with serving(script) as server, fetching(SHORT) as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert (reply.hop.status, reply.hop.failure) == (None, failure)
    assert reply.hop.detail
    assert reply.hop.address == "127.0.0.1"
    assert not reply.complete


async def test_a_closed_port_is_refused() -> None:
    async with serving(forever) as server:
        pass
    async with fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert reply.hop.failure is FailureKind.REFUSED
    assert str(server.port) in reply.hop.detail


ADDRESSES = [
    ("http://10.1.2.3/", FailureKind.PRIVATE_ADDRESS),
    ("http://169.254.169.254/latest/meta-data", FailureKind.PRIVATE_ADDRESS),
    ("http://[fd00::1]/", FailureKind.PRIVATE_ADDRESS),
    ("http://2852039166/", FailureKind.PRIVATE_ADDRESS),
    ("http://inside.example/", FailureKind.PRIVATE_ADDRESS),
    ("http://nowhere.example/", FailureKind.NO_SUCH_HOST),
    ("http://ill.example/", FailureKind.DNS_FAILURE),
    ("http:///x", FailureKind.BAD_LOCATION),
    ("ftp://a.example/", FailureKind.BAD_LOCATION),
    ("", FailureKind.BAD_LOCATION),
]


@pytest.mark.parametrize(("url", "failure"), ADDRESSES)
async def test_what_is_never_connected_to(url: str, failure: FailureKind) -> None:
    names = {
        "inside.example": ("10.0.0.1", "fe80::1"),
        "ill.example": Answer(failure=FailureKind.DNS_FAILURE, detail="SERVFAIL"),
    }
    async with fetching(names=names) as fetcher:
        reply = await fetcher.fetch(Request(url))
    assert reply.hop.failure is failure
    assert reply.hop.detail
    assert fetcher.requests == 0


async def test_loopback_is_refused_unless_allowed() -> None:

    async with serving(answering(page())) as server:
        guard = Guard(Names({"a.example": ("127.0.0.1",)}))
        fetcher = Fetcher(guard, QUICK, user_agent="t")
        replies = [
            await fetcher.fetch(Request(server.url("/", host))) for host in ("127.0.0.1", "localhost", "a.example", "0.0.0.0")
        ]
        await fetcher.aclose()
        await guard.aclose()
    assert [reply.hop.failure for reply in replies] == [FailureKind.PRIVATE_ADDRESS] * 4
    assert server.connections == 0


async def test_a_hanging_resolver_times_out() -> None:
    class Hanging:
        async def resolve(self, _host: str) -> Answer:
            await asyncio.sleep(3600)
            return Answer()

        def close(self) -> None:
            pass

    guard = Guard(Hanging())
    fetcher = Fetcher(guard, SHORT, user_agent="t")
    reply = await fetcher.fetch(Request("http://a.example/"))
    await guard.aclose()
    assert reply.hop.failure is FailureKind.DNS_FAILURE


async def test_the_request_sets_the_time_limit_of_the_head() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await asyncio.sleep(0.6)
        await talk.send(page())

    async with serving(script) as server, fetching(SHORT) as fetcher:
        early, patient, given = await asyncio.gather(
            fetcher.fetch(Request(server.url(), group="a")),
            fetcher.fetch(Request(server.url(), patience=20.0, group="b")),
            fetcher.fetch(Request(server.url(), first_byte=10.0, group="c")),
        )
    assert early.hop.failure is FailureKind.TIMEOUT
    assert (patient.hop.status, given.hop.status) == (200, 200)


async def test_cancelling_closes_the_connection() -> None:
    async with serving(forever) as server, fetching() as fetcher:
        task = asyncio.ensure_future(fetcher.fetch(Request(server.url())))
        await server.asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        reply = await fetcher.fetch(Request(server.url(), first_byte=0.05))
    assert reply.hop.failure is FailureKind.TIMEOUT
    assert server.connections == 2


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ECONNREFUSED, "REFUSED"), (10061, "REFUSED"), (1225, "REFUSED"),
        (errno.ECONNRESET, "RESET"), (errno.EPIPE, "RESET"), (10053, "RESET"), (10054, "RESET"), (64, "RESET"),
        (errno.ETIMEDOUT, "TIMEOUT"), (10060, "TIMEOUT"), (121, "TIMEOUT"),
        (errno.EHOSTUNREACH, "UNREACHABLE"), (10065, "UNREACHABLE"), (1232, "UNREACHABLE"),
        (errno.ENETUNREACH, "UNREACHABLE"), (10051, "UNREACHABLE"), (1231, "UNREACHABLE"),
        (errno.EAFNOSUPPORT, "UNREACHABLE"), (10047, "UNREACHABLE"), (10049, "UNREACHABLE"),
        (errno.EACCES, "UNREACHABLE"), (10013, "UNREACHABLE"),
        (errno.EMFILE, "UNREACHABLE"), (10024, "UNREACHABLE"), (10055, "UNREACHABLE"),
    ],
)  # fmt: skip
def test_numbers_of_every_system_have_a_meaning(number, kind):
    found = failure_behind(OSError(number, "as the system says it"))
    assert found is not None
    assert found.kind is FailureKind[kind]


def test_an_unknown_number_has_none_of_them():
    found = failure_behind(OSError(99_999, "odd"))
    assert found is None or found.kind is FailureKind.UNREACHABLE
