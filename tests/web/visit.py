"""What a handler is given: the calendar, a visit, an arrival, and the host it belongs to."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from tests.web.answers import Answer
from tests.web.dns import Zone
from tests.web.log import Request
from tests.web.wire import Wire

FIRST_NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


class Clock:
    """The scripted calendar: night 1, 2, 3 ... Within a night, time goes by `1 / scale` times as fast as on the wall."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.night = 1
        self._turned = monotonic()

    def turn(self, night: int, at: float | None = None) -> float:
        """Go to the beginning of a night, which began at `at` (monotonic; default: now). Returns that."""
        self.night = night
        self._turned = monotonic() if at is None else at
        return self._turned

    def now(self) -> datetime:
        """The instant by the simulated calendar."""
        return FIRST_NIGHT + timedelta(days=self.night - 1, seconds=(monotonic() - self._turned) / self.scale)


@dataclass(slots=True)
class Visit:
    """One request as a handler sees it."""

    request: Request
    host: Host
    wire: Wire
    clock: Clock
    body: bytes = b""
    nth: int = 1
    """How many requests for this target, by any method, the host has had tonight, this one included."""

    @property
    def method(self) -> str:
        return self.request.method

    @property
    def night(self) -> int:
        return self.clock.night

    @property
    def target(self) -> str:
        """Path and query as sent."""
        return self.request.target.decode("latin-1")

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def header(self, name: str) -> str:
        """The header's value, or ""."""
        return self.request.header(name) or ""

    async def wait(self, seconds: float) -> None:
        """Let simulated seconds go by."""
        await asyncio.sleep(seconds * self.clock.scale)

    def since(self, label: str = "first") -> float:
        """Simulated seconds since the host first asked this tonight (0.0 then)."""
        begun: float = self.host.state.setdefault(label, self.request.at)
        return (self.request.at - begun) / self.clock.scale


@dataclass(slots=True)
class Arrival:
    """A connection before its first byte: how many are open at the address, and the how manieth it is tonight."""

    wire: Wire
    open: int
    nth: int
    tls: bool
    clock: Clock


Handler = Callable[[Visit], Answer | Awaitable[Answer | None] | None]
Greeter = Callable[[Arrival], Awaitable[bool]]
"""May end the connection itself and return False."""


@dataclass(slots=True, eq=False)
class Host:
    """A name with its handler. `tls` is the kind of its certificate, or None for plain HTTP only; `low` also takes 80 and 443."""

    name: str
    handler: Handler
    address: str
    http: bool = True
    tls: str | None = None
    greet: Greeter | None = None
    zone: Zone | Callable[[int], Zone] | None = None
    low: bool = False
    server: str = "nginx"
    state: dict[str, Any] = field(default_factory=dict)
    counts: Counter[bytes] = field(default_factory=Counter)
    ports: tuple[int, int] = (0, 0)

    def url(self, target: str = "/", scheme: str | None = None) -> str:
        """The URL of a target on this host, with the run's port; https where the host speaks it and nothing else is asked."""
        scheme = scheme or ("https" if self.tls else "http")
        return f"{scheme}://{self.name}:{self.ports[scheme == 'https']}{target}"
