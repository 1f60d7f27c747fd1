"""The only resolver of the simulated web: DNS over UDP, with every way in which a name can fail."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


class Resolver:
    """Answers for `zones` (a name, or `*.name` for all under it) and says NXDOMAIN to the rest.

    `mode` overrides all names: "" (normal), "silent" (no answer at all), "servfail" or "refused".
    `delay` is in real seconds. A zone may be a function of the night.
    """

    def __init__(self, zones: Mapping[str, Zone | Callable[[int], Zone]], night: Callable[[], int], delay: float = 0.0) -> None:
        self._zones = zones
        self._night = night
        self._sock: socket.socket | None = None
        self._ready: dict[tuple[bytes, str, Zone], bytes] = {}
        self.delay = delay
        self.mode = ""
        self.queries: list[Query] = []

    def start(self) -> str:
        """Listen on a free port of 127.0.0.1; returns "address:port"."""
        self._sock = sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_194_304)
        sock.setblocking(False)
        sock.bind(("127.0.0.1", 0))
        asyncio.get_running_loop().add_reader(sock, self._drain, sock)
        address, port = sock.getsockname()
        return f"{address}:{port}"

    def stop(self) -> None:
        """Listen no more."""
        if self._sock is not None:
            asyncio.get_running_loop().remove_reader(self._sock)
            self._sock.close()
            self._sock = None

    def zone(self, name: str) -> Zone | None:
        """What this resolver would say of `name` tonight."""
        found = self._zones.get(name)
        while found is None and "." in name:
            name = name.partition(".")[2]
            found = self._zones.get("*." + name)
        return found(self._night()) if callable(found) else found

    def _drain(self, sock: socket.socket) -> None:
        """Take all that has come, in one go: hundreds of names are asked at once when a run begins."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(BlockingIOError):
            while True:
                data, addr = sock.recvfrom(4096)
                reply = self._answer(data)
                if reply is not None and self.delay:
                    loop.call_later(self.delay, self._send, reply, addr)
                elif reply is not None:
                    self._send(reply, addr)

    def _send(self, reply: bytes, addr: tuple[str, int]) -> None:
        if self._sock is not None:
            with contextlib.suppress(OSError):
                self._sock.sendto(reply, addr)

    def _answer(self, data: bytes) -> bytes | None:
        """The reply to a datagram, or None for silence. Replies are packed once and then only get the question's id and case."""
        end = data.find(b"\0", 12) + 5
        question = data[12:end]
        labels, at = [], 0
        while question[at : at + 1] not in {b"\0", b""}:
            labels.append(question[at + 1 : at + 1 + question[at]])
            at += 1 + question[at]
        name = b".".join(labels).decode("latin-1").lower()
        kind = str(QTYPE.get(int.from_bytes(question[-4:-2], "big")))
        self.queries.append(Query(asyncio.get_running_loop().time(), name, kind))
        zone = self.zone(name) or Zone(answer=NXDOMAIN)
        key = (question.lower(), self.mode, zone)
        if key not in self._ready:
            try:
                self._ready[key] = self._reply(DNSRecord.parse(data), name, kind, zone)
            except DNSError:
                return None
        ready = self._ready[key]
        return data[:2] + ready[2:12] + question + ready[end:] if ready else None

    def _reply(self, question: DNSRecord, name: str, kind: str, zone: Zone) -> bytes:
        """The packed reply; b"" for silence."""
        answer = zone.aaaa if kind == "AAAA" and zone.answer == OK else zone.answer
        answer = {"silent": TIMEOUT, "servfail": SERVFAIL, "refused": "refused"}.get(self.mode, answer)
        reply = question.reply()
        codes = {NXDOMAIN: RCODE.NXDOMAIN, SERVFAIL: RCODE.SERVFAIL, "refused": RCODE.REFUSED}
        if answer == TIMEOUT:
            return b""
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
