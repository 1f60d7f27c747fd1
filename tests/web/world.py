"""The simulated web as one thing to start: `with World(scale=0.05) as world`, or `async with`."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Self

from linkcheck.model import HostRule, Link
from tests.web.certificates import Authority
from tests.web.dns import Resolver
from tests.web.expected import Expected, load
from tests.web.lab import Lab, chosen
from tests.web.log import Log
from tests.web.server import Server
from tests.web.visit import Clock, Host

ATTEMPTS = 20
FREE_PORTS = range(20_000, 30_000)
"""Below what systems hand out to outgoing connections."""


class World:
    """All hosts, their resolver and their log, on a thread of their own.

    `only` names cases, behaviours or groups (see `lab.chosen`; () for none); `extra` are further builders, such as `realistic()`.
    `scale` shortens all durations: what is said to take a second takes `scale` seconds. `dns_delay` is in unscaled seconds.
    A `Retry-After` is written in unscaled seconds, and is over after `scale` times as many.
    """

    def __init__(
        self,
        scale: float = 0.05,
        only: Iterable[str] | None = None,
        *,
        extra: Iterable[Callable[[Lab], None]] = (),
        dns_delay: float = 0.0,
    ) -> None:
        self.scale = scale
        self._only = None if only is None else list(only)
        self._extra = list(extra)
        self._dns_delay = dns_delay
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._clock = Clock(scale)
        self._server: Server | None = None
        self.log = Log(scale)
        self.lab = Lab((0, 0), 0, scale)
        self.resolver: Resolver
        self.resolver_address = ""
        self.ssl_ca_pem = ""
        self.ssl_ca_path = Path()
        self.allow: tuple[IPv4Network | IPv6Network, ...] = (
            *(IPv4Network(f"127.{high}.0.0/16") for high in range(1, 21)),
            IPv6Network("::1/128"),
        )
        self.expected: dict[str, Expected] = {}
        """The row of the table for each link, by its URL."""

    @property
    def links(self) -> list[Link]:
        return self.lab.links

    @property
    def cases(self) -> dict[str, list[Link]]:
        """The links of each row of the table."""
        return self.lab.of

    @property
    def hosts(self) -> dict[str, Host]:
        return self.lab.hosts

    @property
    def endpoints(self) -> dict[str, str]:
        """Where the registries' interfaces are: doi, github, github_graphql, arxiv, youtube (and wayback, cdx with `mixes.archive`)."""
        return self.lab.endpoints

    @property
    def rules(self) -> tuple[HostRule, ...]:
        """The per-host settings, with secrets, that the checker is to be given."""
        return tuple(self.lab.rules)

    @property
    def ports(self) -> tuple[int, int]:
        """The ports for http and https, the same on all hosts."""
        return self.lab.ports

    @property
    def now(self) -> datetime:
        """The instant by the simulated calendar."""
        return self._clock.now()

    @property
    def night(self) -> int:
        return self._clock.night

    @night.setter
    def night(self, number: int) -> None:
        """Turn the calendar; scripts and counters of all hosts begin anew, what was logged stays."""

        def turn() -> None:
            self._clock.turn(number)
            if self._server:
                self._server.forget()

        self._run(turn)

    def client_context(self) -> ssl.SSLContext:
        """What a client needs to trust the web's own authority, and nothing else."""
        return ssl.create_default_context(cadata=self.ssl_ca_pem)

    def start(self) -> Self:
        """Start, and return when everything listens. Raises what prevented it."""
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main(ready)), name="simulated web", daemon=True)
        self._thread.start()
        ready.result(60)
        return self

    def stop(self) -> None:
        """Stop, and wait until all sockets are closed."""
        if self._loop and self._over:
            self._loop.call_soon_threadsafe(self._over.set)
        if self._thread:
            self._thread.join(30)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return self.start()

    async def __aexit__(self, *_: object) -> None:
        self.stop()

    def _run(self, act: Callable[[], None]) -> None:
        """Do it on the web's own thread."""
        assert self._loop is not None
        done: Future[None] = Future()

        def run() -> None:
            try:
                act()
                done.set_result(None)
            except BaseException as error:  # noqa: BLE001
                done.set_exception(error)

        self._loop.call_soon_threadsafe(run)
        done.result(30)

    async def _main(self, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        with contextlib.ExitStack() as stack:
            try:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simulated-web-")))
                self._open_up(Authority(folder), stack)
                self._clock.start()
                self.resolver = Resolver(self.lab.zones, lambda: self._clock.night, self._dns_delay * self.scale)
                self.resolver_address = await self.resolver.start()
            except BaseException as error:  # noqa: BLE001
                ready.set_exception(error)
                return
            ready.set_result(None)
            await self._over.wait()
            self.resolver.stop()
            assert self._server is not None
            await self._server.stop()

    def _open_up(self, authority: Authority, stack: contextlib.ExitStack) -> None:
        """Find free ports and addresses, build all cases for them, and listen."""
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self.ssl_ca_pem, self.ssl_ca_path = authority.pem, authority.path
        dice = random.Random()
        for attempt in range(ATTEMPTS):
            http = dice.choice(FREE_PORTS)
            lab = self._built(Lab((http, http + 1), dice.randrange(1, 255), self.scale))
            log = Log(self.scale, secrets=lab.secrets)
            server = Server(lab.hosts, self._contexts(authority, lab), log, self._clock, lab.ports)
            try:
                server.start()
            except OSError:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            self.lab, self.log, self._server = lab, log, server
            break
        for port in self.lab.ports:
            stack.enter_context(_black_hole(port))

    def _built(self, lab: Lab) -> Lab:
        for each in chosen(self._only):
            lab.current = each.id
            each.build(lab)
        for build in self._extra:
            lab.current = "R"
            build(lab)
        table = load()
        self.expected = {link.url: table[variant] for variant, links in lab.of.items() for link in links}
        return lab

    @staticmethod
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
