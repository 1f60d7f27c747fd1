"""Archived copies of pages that are gone, asked for over the network: politely, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from generator.actions.check import proxies_of
from generator.fixes.dead import Wanted
from linkcheck.archive import ENDPOINTS, Archive, Found
from linkcheck.limits import pace_of
from linkcheck.policy import Policy
from linkcheck.schedule import Schedule
from linkcheck.turns import Turns, agent


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the network is reached otherwise than by default: a name server, a further authority, proxies of the environment."""

    resolver: str | None = None
    authority: Path | None = None
    environ: Mapping[str, str] | None = None


async def copies(wanted: Sequence[Wanted], policy: Policy, edges: Edges, tell: Callable[[str], None]) -> dict[str, Found]:
    """What the archive has of each page, by URL."""
    from linkcheck.fetch import Fetcher, tls_context
    from linkcheck.guard import DnsResolver, Guard, ThreadResolver

    resolver = DnsResolver(edges.resolver, policy.bounds.dns) if edges.resolver else ThreadResolver(policy.bounds.dns)
    guard = Guard(resolver, policy.allow_private)
    fetcher = Fetcher(
        guard,
        policy.bounds,
        user_agent=agent(policy.contact),
        ssl_context=tls_context(edges.authority) if edges.authority else None,
        proxies=proxies_of(edges.environ or {}),
    )
    schedule = Schedule[Callable[[str], None]](partial(pace_of, policy=policy), policy.concurrency)
    turns = Turns(schedule, fetcher, guard, policy, time.monotonic, lambda: datetime.now(UTC))
    archive = Archive(turns.ask_site, {**ENDPOINTS, **dict(policy.endpoints)})
    found: dict[str, Found] = {}
    async with AsyncExitStack() as stack:
        stack.push_async_callback(guard.aclose)
        stack.push_async_callback(fetcher.aclose)
        for number, one in enumerate(wanted, 1):
            tell(f"asking the archive for a copy, {number} of {len(wanted)}: {one.url}")
            found[one.url] = await archive.copy(one.url, near=one.added, before=one.last_alive)
    return found
