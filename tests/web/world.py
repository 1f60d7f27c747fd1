"""The simulated web as one thing to start: `with World(scale=0.2) as world`, or `async with`."""

from __future__ import annotations

import pickle
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Self

from linkcheck.model import Link
from linkcheck.policy import HostRule
from tests.web.dns import Query
from tests.web.expected import Expected, load
from tests.web.lab import Lab
from tests.web.log import Log
from tests.web.running import Facts, Opened, Wanted
from tests.web.visit import Clock

ROOT = Path(__file__).parents[2]


class World:
    """All hosts, their resolver and their log, in a process of their own.

    `only` names cases, behaviours or groups (see `lab.chosen`; () for none); `extra` are further builders, such as `realistic()`,
    which must be picklable. `scale` shortens all durations: what is said to take a second takes `scale` seconds. `dns_delay` is in
    unscaled seconds. A `Retry-After` is written in unscaled seconds, and is over after `scale` times as many.
    """

    def __init__(
        self,
        scale: float = 0.2,
        only: Iterable[str] | None = None,
        *,
        extra: Iterable[Callable[[Lab], None]] = (),
        dns_delay: float = 0.0,
    ) -> None:
        self.scale = scale
        self.allow: tuple[IPv4Network | IPv6Network, ...] = (
            *(IPv4Network(f"127.{high}.0.0/16") for high in range(1, 21)),
            IPv6Network("::1/128"),
        )
        self.expected: dict[str, Expected] = {}
        """The row of the table for each link, by its URL."""
        self._wanted = Wanted(scale, None if only is None else tuple(only), tuple(extra), dns_delay)
        self._clock = Clock(scale)
        self._process: subprocess.Popen[bytes] | None = None
        self._web: Opened

    @property
    def links(self) -> list[Link]:
        return self._web.links

    @property
    def cases(self) -> dict[str, list[Link]]:
        """The links of each row of the table."""
        return self._web.rows

    @property
    def hosts(self) -> dict[str, Facts]:
        """Name, address and kind of certificate of each host."""
        return self._web.hosts

    @property
    def endpoints(self) -> dict[str, str]:
        """Where the registries' interfaces are: doi, github, github_graphql, arxiv, youtube (and wayback, cdx with `mixes.archive`)."""
        return self._web.endpoints

    @property
    def rules(self) -> tuple[HostRule, ...]:
        """The per-host settings, with secrets, that the checker is to be given."""
        return tuple(self._web.rules)

    @property
    def data(self) -> dict[str, object]:
        """What cases left for their tests: "same" and "distinct" (duplicates), "plan" (realistic)."""
        return self._web.data

    @property
    def ports(self) -> tuple[int, int]:
        """The ports for http and https, the same on all hosts."""
        return self._web.ports

    @property
    def resolver_address(self) -> str:
        """ "address:port", by UDP."""
        return self._web.resolver

    @property
    def ssl_ca_pem(self) -> str:
        return self._web.ca_pem

    @property
    def ssl_ca_path(self) -> Path:
        """The same in a file, as long as the web runs."""
        return self._web.ca_path

    @property
    def log(self) -> Log:
        """What was seen so far: a copy, so look at it once for each question or set of questions."""
        log = self._ask("log")
        assert isinstance(log, Log)
        return log

    @property
    def queries(self) -> list[Query]:
        """What the resolver was asked so far."""
        queries = self._ask("queries")
        assert isinstance(queries, list)
        return queries

    @property
    def now(self) -> datetime:
        """The instant by the simulated calendar."""
        return self._clock.now()

    @property
    def night(self) -> int:
        return self._clock.night

    @night.setter
    def night(self, number: int) -> None:
        """Turn the calendar, forward or back; scripts and counters of all hosts begin anew, what was logged stays."""
        turned = self._ask("night", number)
        assert isinstance(turned, float)
        self._clock.turn(number, turned)

    def clear_log(self) -> None:
        """Forget what was logged, as before a new run."""
        self._ask("clear")

    def resolve(self, mode: str) -> None:
        """How all names fare from now on: "" (as each is written), "silent", "servfail" or "refused"."""
        self._ask("dns", mode)

    def client_context(self) -> ssl.SSLContext:
        """What a client needs to trust the web's own authority, and nothing else."""
        return ssl.create_default_context(cadata=self.ssl_ca_pem)

    def start(self) -> Self:
        """Start, and return when everything listens. Raises what prevented it."""
        command = [sys.executable, "-m", "tests.web.child"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        opened = self._say(self._wanted)
        assert isinstance(opened, Opened)
        self._web = opened
        self._clock.turn(1, opened.began)
        table = load()
        self.expected = {link.url: table[variant] for variant, links in self.cases.items() for link in links}
        return self

    def stop(self) -> None:
        """Stop, and wait until all sockets are closed."""
        if self._process is not None:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.close()
            self._process.wait(30)
            self._process.stdout.close()
            self._process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return self.start()

    async def __aexit__(self, *_: object) -> None:
        self.stop()

    def _ask(self, order: str, value: object = None) -> object:
        return self._say((order, value))

    def _say(self, message: object) -> object:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(message, self._process.stdin)
        self._process.stdin.flush()
        answer: object = pickle.load(self._process.stdout)
        if isinstance(answer, Exception):
            raise answer
        return answer
