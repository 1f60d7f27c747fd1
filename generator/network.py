"""Network access for commands that send requests: name resolution, proxies, and the pacing that `check` uses."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from linkcheck.policy import Policy

if TYPE_CHECKING:
    from linkcheck.engine.sender import Sender
    from linkcheck.net.guard import Guard
    from linkcheck.net.http import Fetcher

__all__ = ["NetworkOptions", "open_fetcher", "open_sender", "proxies_of"]


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How to reach the network: name server, additional certificate authority, environment with proxies, factor of all durations."""

    resolver: str | None = None
    authority: Path | None = None
    environ: Mapping[str, str] | None = None
    scale: float = 1.0


def open_fetcher(policy: Policy, network: NetworkOptions) -> AbstractAsyncContextManager[tuple[Guard, Fetcher]]:
    """The guard and the fetcher of a policy that is already scaled; both are closed at the end of the block."""
    from linkcheck.engine.checker import connect

    return connect(policy, network.resolver, network.authority, proxies_of(network.environ or {}))


@asynccontextmanager
async def open_sender(policy: Policy, network: NetworkOptions) -> AsyncIterator[Sender]:
    """A sender that keeps to each host's published limits, with one queue a host, and never connects to private addresses."""
    from linkcheck.engine.dispatcher import Dispatcher, SlotRequest
    from linkcheck.engine.pacing.limits import pace_of
    from linkcheck.engine.pacing.schedule import Schedule
    from linkcheck.engine.sender import Sender

    policy = policy if network.scale == 1.0 else policy.scaled(network.scale)
    schedule = Schedule[SlotRequest](partial(pace_of, policy=policy), policy.concurrency)
    async with open_fetcher(policy, network) as (guard, fetcher):
        yield Sender(Dispatcher(schedule, time.monotonic), fetcher, guard, policy, time.monotonic)


def proxies_of(environ: Mapping[str, str]) -> dict[str, str]:
    """The proxies that the environment names, by scheme, as curl reads them: `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`."""
    lower = {name.lower(): value for name, value in environ.items() if value}
    found = {scheme: proxy for scheme in ("http", "https") if (proxy := lower.get(f"{scheme}_proxy") or lower.get("all_proxy"))}
    if found and "no_proxy" in lower:
        found["no"] = lower["no_proxy"]
    return found
