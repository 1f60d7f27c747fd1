"""Network access for commands that send requests: name resolution, proxies, trusted authorities, and the pacing of `check`."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from linkcheck.policy import Policy

if TYPE_CHECKING:
    import ssl

    from linkcheck.engine.sender import Sender
    from linkcheck.net.guard import Guard
    from linkcheck.net.http import Fetcher

__all__ = ["NetworkOptions", "authorities_of", "open_fetcher", "open_sender", "proxies_of", "trusted_by"]


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How to reach the network: name server, additional certificate authority, environment (proxies, authorities), factor of all durations."""

    resolver: str | None = None
    authority: Path | None = None
    environ: Mapping[str, str] | None = None
    scale: float = 1.0


def open_fetcher(policy: Policy, network: NetworkOptions) -> AbstractAsyncContextManager[tuple[Guard, Fetcher]]:
    """The guard and the fetcher of a policy that is already scaled; both are closed at the end of the block."""
    from linkcheck.engine.checker import connect

    environ = network.environ or {}
    return connect(policy, network.resolver, trusted_by(environ, network.authority), proxies_of(environ))


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


def authorities_of(environ: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Files and folders of certificate authorities beside the bundled ones; and what is wrong with those that the environment names.

    As OpenSSL finds them: `SSL_CERT_FILE`, else the system's file; `SSL_CERT_DIR` (several folders with `:`, on Windows `;`), else the
    system's folder. The system's are left out where there are none.
    """
    import ssl

    standard = ssl.get_default_verify_paths()
    file, folders = environ.get("SSL_CERT_FILE", ""), environ.get("SSL_CERT_DIR", "")
    found, faults = list[str](), list[str]()
    for path in filter(None, [file or standard.openssl_cafile]):
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
            found.append(path)
        except (OSError, ValueError) as error:
            if file:
                faults.append(f'SSL_CERT_FILE names "{path}", which contains no certificate in PEM form ({error})')
    for path in filter(None, (folders or standard.openssl_capath).split(os.pathsep)):
        if Path(path).is_dir():
            found.append(path)
        elif folders:
            faults.append(f'SSL_CERT_DIR names "{path}", which is no folder')
    return tuple(found), tuple(faults)


def trusted_by(environ: Mapping[str, str], authority: Path | None = None) -> ssl.SSLContext:
    """A TLS context that trusts the bundled authorities, the system's or those of the environment, and `authority`."""
    from linkcheck.net.http import tls_context

    found, _ = authorities_of(environ)
    return tls_context(*found, *([str(authority)] if authority else []), system=True)
