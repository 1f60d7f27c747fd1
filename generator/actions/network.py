"""The network for commands that look things up: everything polite that `check` has, without a run around it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from linkcheck.policy import Policy

if TYPE_CHECKING:
    from linkcheck.turns import Turns

__all__ = ["Edges", "turns"]


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the network is reached otherwise than by default: a name server, a further authority, proxies of the environment."""

    resolver: str | None = None
    authority: Path | None = None
    environ: Mapping[str, str] | None = None
    scale: float = 1.0


@asynccontextmanager
async def turns(policy: Policy, edges: Edges) -> AsyncIterator[Turns]:
    """Whoever asks through these keeps to hosts' published limits, one queue a host, and never connects to private addresses."""
    from generator.actions.check import proxies_of
    from linkcheck.fetch import Fetcher, tls_context
    from linkcheck.guard import DnsResolver, Guard, ThreadResolver
    from linkcheck.limits import pace_of
    from linkcheck.schedule import Schedule
    from linkcheck.turns import Turns, agent

    policy = policy if edges.scale == 1.0 else policy.scaled(edges.scale)
    resolver = DnsResolver(edges.resolver, policy.bounds.dns) if edges.resolver else ThreadResolver(policy.bounds.dns)
    guard = Guard(resolver, policy.allow_private)
    fetcher = Fetcher(
        guard,
        policy.bounds,
        user_agent=agent(policy.contact),
        ssl_context=tls_context(edges.authority) if edges.authority else None,
        proxies=proxies_of(edges.environ or {}),
        connections=policy.pace.connections,
    )
    schedule = Schedule[Callable[[str], None]](partial(pace_of, policy=policy), policy.concurrency)
    try:
        yield Turns(schedule, fetcher, guard, policy, time.monotonic, lambda: datetime.now(UTC))
    finally:
        await fetcher.aclose()
        await guard.aclose()
