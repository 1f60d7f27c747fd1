"""The only resolver of the simulated web: DNS over UDP, with every way in which a name can fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dnslib import AAAA, QTYPE, RCODE, RR, SOA, A, DNSError, DNSRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OK, NXDOMAIN, SERVFAIL, NODATA, TIMEOUT = "ok", "nxdomain", "servfail", "nodata", "timeout"


@dataclass(frozen=True, slots=True)
class Zone:
    """What is known of one name. `aaaa` is how the AAAA question fares where that differs from A (see `NODATA`, `TIMEOUT`)."""

    v4: tuple[str, ...] = ()
    v6: tuple[str, ...] = ()
    answer: str = OK
    aaaa: str = OK


@dataclass(frozen=True, slots=True)
class Query:
    """One question as it arrived; `at` is monotonic."""

    at: float
    name: str
    kind: str


class Resolver(asyncio.DatagramProtocol):
    """Answers for `zones` (a name, or `*.name` for all under it) and says NXDOMAIN to the rest.

    `mode` overrides all names: "" (normal), "silent" (no answer at all), "servfail" or "refused".
    `delay` is in real seconds. A zone may be a function of the night.
    """

    def __init__(self, zones: Mapping[str, Zone | Callable[[int], Zone]], night: Callable[[], int], delay: float = 0.0) -> None:
        self._zones = zones
        self._night = night
        self._transport: asyncio.DatagramTransport | None = None
        self.delay = delay
        self.mode = ""
        self.queries: list[Query] = []

    async def start(self) -> str:
        """Listen on a free port of 127.0.0.1; returns "address:port"."""
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        address, port = transport.get_extra_info("sockname")
        return f"{address}:{port}"

    def stop(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        loop = asyncio.get_running_loop()
        try:
            question = DNSRecord.parse(data)
        except DNSError:
            return
        name = str(question.q.qname).rstrip(".").lower()
        kind = str(QTYPE.get(question.q.qtype))
        self.queries.append(Query(loop.time(), name, kind))
        reply = self._reply(question, name, kind)
        if reply is None:
            return
        if self.delay:
            loop.call_later(self.delay, self._send, reply, addr)
        else:
            self._send(reply, addr)

    def zone(self, name: str) -> Zone | None:
        """What this resolver would say of `name` tonight."""
        found = self._zones.get(name)
        while found is None and "." in name:
            name = name.partition(".")[2]
            found = self._zones.get("*." + name)
        return found(self._night()) if callable(found) else found

    def _send(self, reply: bytes, addr: tuple[str, int]) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(reply, addr)

    def _reply(self, question: DNSRecord, name: str, kind: str) -> bytes | None:
        zone = self.zone(name) or Zone(answer=NXDOMAIN)
        answer = zone.aaaa if kind == "AAAA" and zone.answer == OK else zone.answer
        answer = {"silent": TIMEOUT, "servfail": SERVFAIL, "refused": "refused"}.get(self.mode, answer)
        reply = question.reply()
        codes = {NXDOMAIN: RCODE.NXDOMAIN, SERVFAIL: RCODE.SERVFAIL, "refused": RCODE.REFUSED}
        if answer == TIMEOUT:
            return None
        if answer in codes:
            reply.header.rcode = codes[answer]
        elif answer == OK and kind == "A":
            reply.add_answer(*(RR(question.q.qname, QTYPE.A, rdata=A(address), ttl=300) for address in zone.v4))
        elif answer == OK and kind == "AAAA":
            reply.add_answer(*(RR(question.q.qname, QTYPE.AAAA, rdata=AAAA(address), ttl=300) for address in zone.v6))
        if not reply.rr and answer in {OK, NXDOMAIN, NODATA}:
            times = (2026030100, 7200, 3600, 1209600, 60)
            top = ".".join(name.rsplit(".", 2)[-2:])
            reply.add_auth(RR(top, QTYPE.SOA, rdata=SOA("ns1." + top, "hostmaster." + top, times), ttl=60))
        packed: bytes = reply.pack()
        return packed
