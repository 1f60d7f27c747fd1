"""The DNS client against name servers on loopback: dnslib's, and one that misbehaves."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from dnslib import AAAA, CNAME, QTYPE, RCODE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSLogger, DNSServer

from linkcheck.model import FailureKind
from linkcheck.net.dns import Answer, DnsResolver, parse, question

pytestmark = pytest.mark.anyio

HERE = "127.0.0.1"
TABLE = {
    "both.example.": (["192.0.2.1", "192.0.2.2"], ["2001:db8::1"]),
    "four.example.": (["192.0.2.3"], []),
    "six.example.": ([], ["2001:db8::6"]),
    "empty.example.": ([], []),
    "big.example.": ([f"192.0.2.{number}" for number in range(1, 100)], []),
}


class Zone(BaseResolver):
    """A table of names; `servfail.`, `refused.`, `half.` fail, `alias.` is a chain of CNAMEs, others are NXDOMAIN."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def resolve(self, request: DNSRecord, _handler: object) -> DNSRecord:
        reply = request.reply()
        name, kind = str(request.q.qname), request.q.qtype
        self.asked.append(name)
        low = name.lower()
        if low == "servfail.example." or (low == "half.example." and kind == QTYPE.AAAA):
            reply.header.rcode = RCODE.SERVFAIL
        elif low == "refused.example.":
            reply.header.rcode = RCODE.REFUSED
        elif low == "half.example.":
            reply.add_answer(RR(name, QTYPE.A, rdata=A("192.0.2.5")))
        elif low == "alias.example.":
            reply.add_answer(RR(name, QTYPE.CNAME, rdata=CNAME("four.example.")))
            if kind == QTYPE.A:
                reply.add_answer(RR("four.example.", QTYPE.A, rdata=A("192.0.2.3")))
        elif low in TABLE:
            four, six = TABLE[low]
            for address in four if kind == QTYPE.A else six:
                reply.add_answer(RR(name, kind, rdata=A(address) if kind == QTYPE.A else AAAA(address)))
        elif low.startswith("n") and low.endswith(".many.example."):
            number = int(low[1:].split(".")[0])
            if kind == QTYPE.A:
                reply.add_answer(RR(name, QTYPE.A, rdata=A(f"198.51.{number // 250}.{number % 250}")))
        else:
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


def both(zone: Zone, quiet: DNSLogger) -> list[DNSServer]:
    """Servers on one port for UDP and TCP; a port free for UDP may be taken for TCP, so try several."""
    for _ in range(50):
        udp = DNSServer(zone, address=HERE, port=0, logger=quiet)
        try:
            return [udp, DNSServer(zone, address=HERE, port=udp.server.server_address[1], logger=quiet, tcp=True)]
        except OSError:
            udp.server.server_close()
    raise OSError("no port is free for both")


@contextmanager
def dnslib_server(zone: Zone, *, tcp: bool = False) -> Iterator[int]:
    quiet = DNSLogger("-request,-reply,-truncated,-error,-recv,-send,-data")
    servers = both(zone, quiet) if tcp else [DNSServer(zone, address=HERE, port=0, logger=quiet)]
    port = servers[0].server.server_address[1]
    for server in servers:
        server.start_thread()
    try:
        yield port
    finally:
        for server in servers:
            server.server.shutdown()
            server.server.server_close()


@asynccontextmanager
async def resolving(port: int, **options: float) -> AsyncIterator[DnsResolver]:
    resolver = DnsResolver(f"{HERE}:{port}", **options)  # type: ignore[arg-type]
    try:
        yield resolver
    finally:
        resolver.close()


@pytest.mark.parametrize(
    ("host", "addresses", "failure", "words"),
    [
        ("both.example", {"192.0.2.1", "192.0.2.2", "2001:db8::1"}, None, ""),
        ("BOTH.example.", {"192.0.2.1", "192.0.2.2", "2001:db8::1"}, None, ""),
        ("four.example", {"192.0.2.3"}, None, ""),
        ("six.example", {"2001:db8::6"}, None, ""),
        ("alias.example", {"192.0.2.3"}, None, ""),
        ("half.example", {"192.0.2.5"}, None, ""),
        ("empty.example", set(), FailureKind.DNS_FAILURE, "no address"),
        ("none.example", set(), FailureKind.NO_SUCH_HOST, "NXDOMAIN"),
        ("servfail.example", set(), FailureKind.DNS_FAILURE, "SERVFAIL"),
        ("refused.example", set(), FailureKind.DNS_FAILURE, "REFUSED"),
        ("a..b", set(), FailureKind.NO_SUCH_HOST, "no host"),
        ("x" * 64 + ".example", set(), FailureKind.NO_SUCH_HOST, "no host"),
        (".".join(["x" * 60] * 5), set(), FailureKind.NO_SUCH_HOST, "no host"),
        ("ü.example", set(), FailureKind.NO_SUCH_HOST, "no host"),
    ],
)
async def test_kinds_of_answers(host: str, addresses: set[str], failure: FailureKind | None, words: str) -> None:
    with dnslib_server(Zone()) as port:
        async with resolving(port) as resolver:
            answer = await resolver.resolve(host)
    assert (set(answer.addresses), answer.failure) == (addresses, failure)
    assert words in answer.detail


async def test_a_truncated_answer_is_fetched_by_tcp() -> None:
    with dnslib_server(Zone(), tcp=True) as port:
        async with resolving(port) as resolver:
            answer = await resolver.resolve("big.example")
    assert len(answer.addresses) == 99


async def test_many_names_share_one_socket() -> None:
    zone = Zone()
    with dnslib_server(zone) as port:
        async with resolving(port, deadline=20.0) as resolver:
            answers = await asyncio.gather(*(resolver.resolve(f"n{number}.many.example") for number in range(400)))
    assert [answer.addresses for answer in answers] == [(f"198.51.{number // 250}.{number % 250}",) for number in range(400)]


async def test_an_unreachable_server_is_no_dns() -> None:
    with dnslib_server(Zone()) as port:
        pass
    async with resolving(port) as resolver:
        answer = await resolver.resolve("both.example")
    assert answer.failure is FailureKind.NO_DNS


class Odd(asyncio.DatagramProtocol):
    """Answers each datagram with the result of `say`."""

    def __init__(self, say) -> None:
        self.say = say
        self.queries: list[DNSRecord] = []

    def connection_made(self, transport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr) -> None:
        query = DNSRecord.parse(data)
        self.queries.append(query)
        for answer in self.say(query, len(self.queries)):
            self.transport.sendto(answer, addr)


@asynccontextmanager
async def odd(say) -> AsyncIterator[tuple[Odd, int]]:
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Odd(say), local_addr=(HERE, 0))
    try:
        yield protocol, transport.get_extra_info("sockname")[1]
    finally:
        transport.close()


def good(query: DNSRecord) -> bytes:
    reply = query.reply()
    if query.q.qtype == QTYPE.A:
        reply.add_answer(RR(query.q.qname, QTYPE.A, rdata=A("192.0.2.9")))
    return bytes(reply.pack())


def only_four(query: DNSRecord, _number: int) -> list[bytes]:
    return [good(query)] if query.q.qtype == QTYPE.A else []


def lies(query: DNSRecord, _number: int) -> list[bytes]:
    other = DNSRecord.question("other.example")
    other.header.id = query.header.id
    forged = other.reply()
    forged.add_answer(RR("other.example", QTYPE.A, rdata=A("192.0.2.66")))
    return [b"", b"x", b"\xff" * 40, bytes(query.pack()), bytes(forged.pack()), good(query)[:20], good(query)]


async def test_a_lost_query_is_repeated() -> None:
    async with (
        odd(lambda query, number: [good(query)] if number > 2 else []) as (server, port),
        resolving(port, resend=0.05) as resolver,
    ):
        answer = await resolver.resolve("a.example")
    assert answer.addresses == ("192.0.2.9",)
    assert len(server.queries) > 2


async def test_no_answer_ends_at_the_deadline() -> None:
    async with odd(lambda _query, _number: []) as (server, port), resolving(port, deadline=0.3, resend=0.1) as resolver:
        answer = await resolver.resolve("a.example")
    assert answer.failure is FailureKind.DNS_FAILURE
    assert 4 <= len(server.queries) <= 8


async def test_one_family_is_enough_if_the_other_does_not_answer() -> None:
    async with odd(only_four) as (_, port), resolving(port, deadline=60.0) as resolver:
        answer = await asyncio.wait_for(resolver.resolve("a.example"), 20)
    assert answer.addresses == ("192.0.2.9",)


async def test_answers_to_other_questions_are_ignored() -> None:
    async with odd(lies) as (_, port), resolving(port) as resolver:
        answer = await resolver.resolve("a.example")
    assert answer == Answer(("192.0.2.9",))


async def test_a_truncated_answer_is_used_if_tcp_fails() -> None:
    def cut(query: DNSRecord, _number: int) -> list[bytes]:
        reply = DNSRecord.parse(good(query))
        reply.header.tc = 1
        return [bytes(reply.pack())]

    async with odd(cut) as (_, port), resolving(port) as resolver:
        answer = await resolver.resolve("a.example")
    assert answer.addresses == ("192.0.2.9",)


@pytest.mark.parametrize("server", ["127.0.0.1", "[::1]", "::1", "[::1]:53", "127.0.0.1:53"])
def test_spellings_of_a_server(server: str) -> None:
    assert DnsResolver(server)._server == (("::1" if "::1" in server else HERE), 53)


def test_no_datagram_breaks_the_parser() -> None:
    asked = question("a.example", 1)
    assert asked is not None
    rng = random.Random(7)
    whole = good(DNSRecord.question("a.example"))
    assert parse(whole, asked) is not None
    for _ in range(20_000):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        parse(bytes(data[: rng.randrange(len(data) + 1)]), asked)
