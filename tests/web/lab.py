"""How a case is written: a function that gets a `Lab`, puts hosts into it and says which links exercise them.

A case is found by itself: any module under `tests/web/behaviours/`, and `decoys.py` and `mixes.py`, registers its own with `@case`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module

from linkcheck.model import Link, Place, Work
from linkcheck.policy import HostRule
from tests.web.dns import Zone
from tests.web.visit import Greeter, Handler, Host

LISTS = "lists/simulated-web.yaml"
PER_BLOCK = 250


@dataclass(frozen=True, slots=True)
class Case:
    """One variant of one behaviour: its id ("B47.b-de"), its group, and how it is built."""

    id: str
    group: str
    build: Callable[[Lab], None]

    @property
    def behaviour(self) -> str:
        """The id without the variant."""
        return self.id.partition(".")[0]


_CASES: dict[str, Case] = {}


def case(identity: str, group: str = "behaviours") -> Callable[[Callable[[Lab], None]], Callable[[Lab], None]]:
    """Register the decorated builder under `identity`; several may be stacked."""

    def register(build: Callable[[Lab], None]) -> Callable[[Lab], None]:
        add(identity, build, group)
        return build

    return register


def add(identity: str, build: Callable[[Lab], None], group: str = "behaviours") -> None:
    """Register a builder. Raises ValueError for an id that is taken."""
    if identity in _CASES:
        raise ValueError(f"two cases are called {identity}")
    _CASES[identity] = Case(identity, group, build)


def cases() -> dict[str, Case]:
    """All cases by id."""
    folder = import_module("tests.web.behaviours")
    for module in sorted(each.name for each in pkgutil.iter_modules(folder.__path__)):
        import_module(f"tests.web.behaviours.{module}")
    import_module("tests.web.decoys")
    import_module("tests.web.mixes")
    return dict(_CASES)


def chosen(only: Iterable[str] | None) -> list[Case]:
    """The cases that `only` names by id ("B4.a"), behaviour ("B4") or group ("decoys"); None means all but the mixes.

    Raises KeyError for a name that fits nothing.
    """
    everything = cases()
    if only is None:
        return [each for each in everything.values() if each.group != "mixes"]
    wanted = list(only)
    known = {name for each in everything.values() for name in (each.id, each.behaviour, each.group)}
    for name in wanted:
        if name not in known:
            raise KeyError(name)
    return [each for each in everything.values() if {each.id, each.behaviour, each.group} & set(wanted)]


@dataclass(slots=True)
class Lab:
    """Where cases put their hosts and links. Addresses are 127.1.S.1, ... with S the run's own block."""

    ports: tuple[int, int]
    block: int
    scale: float
    hosts: dict[str, Host] = field(default_factory=dict)
    zones: dict[str, Zone | Callable[[int], Zone]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    of: dict[str, list[Link]] = field(default_factory=dict)
    rules: list[HostRule] = field(default_factory=list)
    secrets: dict[str, tuple[str, str]] = field(default_factory=dict)
    endpoints: dict[str, str] = field(default_factory=dict)
    data: dict[str, object] = field(default_factory=dict)
    current: str = ""
    _taken: int = 0

    def address(self) -> str:
        """The next free address. Raises RuntimeError after 5,000."""
        high, low = divmod(self._taken, PER_BLOCK)
        self._taken += 1
        if high >= 20:
            raise RuntimeError("more hosts than addresses")
        return f"127.{high + 1}.{self.block}.{low + 1}"

    def host(
        self,
        name: str,
        handler: Handler,
        *,
        tls: str | None = None,
        http: bool | None = None,
        at: Host | None = None,
        greet: Greeter | None = None,
        zone: Zone | Callable[[int], Zone] | None = None,
        low: bool = False,
        server: str = "nginx",
    ) -> Host:
        """A new host. With `tls` it speaks https only, unless `http` is True; `at` shares another host's address."""
        if name in self.hosts:
            raise ValueError(f"{self.current}: two hosts are called {name}")
        address = at.address if at else self.address()
        plain = tls is None if http is None else http
        host = Host(name, handler, address, plain, tls, greet, zone, low, server, ports=self.ports)
        self.hosts[name] = host
        self.zones[name] = zone or Zone((address,))
        return host

    def name(self, name: str, zone: Zone | Callable[[int], Zone]) -> None:
        """A name without a server of its own."""
        self.zones[name] = zone

    def link(
        self,
        url: str,
        title: str | None = None,
        *,
        authors: tuple[str, ...] = (),
        year: int | None = None,
        doi: str | None = None,
        arxiv: str | None = None,
        variant: str = "",
    ) -> Link:
        """A link, as the collection knows it. Its row in the table is `variant`, by default the case that is being built."""
        mine = self.of.setdefault(variant or self.current, [])
        entry = f"{variant or self.current}-{len(mine) + 1}"
        place = Place(LISTS, len(self.links) + 1, 10, entry, "url")
        link = Link(url, place, Work(title, authors, year, doi, arxiv) if title else None)
        self.links.append(link)
        mine.append(link)
        return link
