"""The running web: cases built for free ports and addresses, hosts listening, orders obeyed."""

from __future__ import annotations

import contextlib
import random
import resource
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linkcheck.model import Link
from linkcheck.policy import HostRule
from tests.web.certificates import Authority
from tests.web.dns import Resolver, Zone
from tests.web.lab import Lab, chosen
from tests.web.log import Log
from tests.web.server import Server
from tests.web.visit import Clock

ATTEMPTS = 20
FREE_PORTS = range(20_000, 30_000)
"""Below what systems hand out to outgoing connections."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What web is to be built; see `World`."""

    scale: float
    only: tuple[str, ...] | None
    extra: tuple[Callable[[Lab], None], ...]
    dns_delay: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known outside of one host."""

    name: str
    address: str
    tls: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What web has been built."""

    ports: tuple[int, int]
    resolver: str
    ca_pem: str
    ca_path: Path
    began: float
    hosts: dict[str, Facts]
    links: list[Link]
    rows: dict[str, list[Link]]
    rules: list[HostRule]
    secrets: dict[str, tuple[str, str]] = field(default_factory=dict)
    endpoints: dict[str, str] = field(default_factory=dict)
    data: dict[str, object] = field(default_factory=dict)


class Web:
    """The running web."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._clock = Clock(wanted.scale)
        self._lab = Lab((0, 0), 0, wanted.scale)
        self._log = Log()
        self._server: Server | None = None
        self._resolver: Resolver | None = None

    def open(self, folder: Path, stack: contextlib.ExitStack) -> Opened:
        """Find free ports and addresses, build all cases for them, and listen. Raises OSError when nothing is free."""
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        authority = Authority(folder)
        dice = random.Random()
        for attempt in range(ATTEMPTS):
            http = dice.choice(FREE_PORTS)
            lab = self._built(Lab((http, http + 1), dice.randrange(1, 255), self._wanted.scale))
            log = Log(self._wanted.scale, secrets=lab.secrets)
            server = Server(lab.hosts, _contexts(authority, lab), log, self._clock, lab.ports)
            try:
                server.start()
            except OSError:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            break
        self._lab, self._log, self._server = lab, log, server
        for port in lab.ports:
            stack.enter_context(_black_hole(port))
        self._resolver = Resolver(lab.zones, lambda: self._clock.night, self._wanted.dns_delay * self._wanted.scale)
        hosts = {host.name: Facts(host.name, host.address, host.tls) for host in lab.hosts.values()}
        began = self._clock.turn(1)
        return Opened(
            lab.ports, self._resolver.start(), authority.pem, authority.path, began,
            hosts, lab.links, lab.of, lab.rules, lab.secrets, lab.endpoints, lab.data,
        )  # fmt: skip

    async def close(self) -> None:
        """Close everything."""
        if self._resolver:
            self._resolver.stop()
        if self._server:
            await self._server.stop()

    def obey(self, order: str, value: object) -> object:
        """Carry out one order and return its answer. Raises ValueError for an unknown one."""
        assert self._server is not None
        assert self._resolver is not None
        if order == "night" and isinstance(value, int):
            self._server.forget()
            return self._clock.turn(value)
        if order == "log":
            return self._log
        if order == "clear":
            self._log.clear()
            self._resolver.queries.clear()
            return None
        if order == "dns" and isinstance(value, str):
            self._resolver.mode = value
            return None
        if order == "queries":
            return self._resolver.queries
        raise ValueError(f"{order} {value!r}")

    def _built(self, lab: Lab) -> Lab:
        lab.name("example.com", Zone((lab.address(),)))  # always exists (RFC 2606): checkers ask it whether there is a network
        for each in chosen(self._wanted.only):
            lab.current = each.id
            each.build(lab)
        for build in self._wanted.extra:
            lab.current = "R"
            build(lab)
        return lab


def _contexts(authority: Authority, lab: Lab) -> dict[str, ssl.SSLContext]:
    names = [host.name for host in lab.hosts.values() if host.tls == "good"]
    good = authority.good(names) if names else None
    return {
        host.name: good if host.tls == "good" and good else authority.bad(host.tls, host.name)
        for host in lab.hosts.values()
        if host.tls
    }


@contextlib.contextmanager
def _black_hole(port: int) -> Iterator[None]:
    """On ::1, a listener that never accepts and whose queue is full: further attempts hang. Nothing where there is no IPv6."""
    sockets: list[socket.socket] = []
    try:
        with contextlib.suppress(OSError):
            listener = socket.socket(socket.AF_INET6)
            sockets.append(listener)
            listener.bind(("::1", port))
            listener.listen(0)
            for _ in range(4):
                filler = socket.socket(socket.AF_INET6)
                filler.setblocking(False)
                sockets.append(filler)
                filler.connect_ex(("::1", port))
        yield
    finally:
        for each in sockets:
            each.close()
