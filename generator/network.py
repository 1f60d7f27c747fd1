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
    from linkcheck.engine.dispatcher import Dispatcher
    from linkcheck.net.guard import Guard
    from linkcheck.net.http import Fetcher

__all__ = ["Edges", "proxies_of", "reach", "turns"]


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the network is reached otherwise than by default: a name server, a further authority, proxies of the environment."""

    resolver: str | None = None
    authority: Path | None = None
    environ: Mapping[str, str] | None = None
    scale: float = 1.0


def reach(policy: Policy, edges: Edges) -> tuple[Guard, Fetcher]:
    """What connects, and what asks through it; both are to be closed. `policy` is scaled already."""
    from linkcheck.engine.dispatcher import user_agent
    from linkcheck.net.guard import DnsResolver, Guard, ThreadResolver
    from linkcheck.net.http import Fetcher, tls_context

    deadline = policy.bounds.dns / policy.scale  # a rehearsal shortens what servers may take, not what a name server may
    resolver = DnsResolver(edges.resolver, deadline) if edges.resolver else ThreadResolver(deadline)
    guard = Guard(resolver, policy.allow_private)
    return guard, Fetcher(
        guard,
        policy.bounds,
        user_agent=user_agent(policy.contact),
        ssl_context=tls_context(edges.authority) if edges.authority else None,
        proxies=proxies_of(edges.environ or {}),
        connections=policy.pace.connections,
    )


@asynccontextmanager
async def turns(policy: Policy, edges: Edges) -> AsyncIterator[Dispatcher]:
    """Whoever asks through these keeps to hosts' published limits, one queue a host, and never connects to private addresses."""
    from linkcheck.engine.dispatcher import Dispatcher
    from linkcheck.engine.pacing.limits import pace_of
    from linkcheck.engine.pacing.schedule import Schedule

    policy = policy if edges.scale == 1.0 else policy.scaled(edges.scale)
    guard, fetcher = reach(policy, edges)
    schedule = Schedule[Callable[[str], None]](partial(pace_of, policy=policy), policy.concurrency)
    try:
        yield Dispatcher(schedule, fetcher, guard, policy, time.monotonic, lambda: datetime.now(UTC))
    finally:
        await fetcher.aclose()
        await guard.aclose()


def proxies_of(environ: Mapping[str, str]) -> dict[str, str]:
    """The proxies that the environment names, as curl and others read it: `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`."""
    lower = {name.lower(): value for name, value in environ.items() if value}
    found = {scheme: proxy for scheme in ("http", "https") if (proxy := lower.get(f"{scheme}_proxy") or lower.get("all_proxy"))}
    if found and "no_proxy" in lower:
        found["no"] = lower["no_proxy"]
    return found
