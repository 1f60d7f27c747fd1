"""Judging a whole run: what hit every host was the runner's, what hit a whole host was the host's. Pure.

A run or a host that is void keeps its observations, and they count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from linkcheck.model import Observation, Trouble

_NETWORK = frozenset(
    {Trouble.NO_DNS, Trouble.DNS_FAILURE, Trouble.NO_SUCH_HOST, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.REFUSED, Trouble.PROXY}
)
_RUNNERS = frozenset({*_NETWORK, Trouble.RESET, Trouble.TLS_FAILED, Trouble.TLS_UNKNOWN_ISSUER})

OFFLINE = "offline: nothing could be reached from here"
ENOUGH = 5
"""Fewer links or hosts than this say nothing about a whole."""


def looks_offline(troubles: Iterable[Trouble | None]) -> bool:
    """Whether nothing at all answered: every host asked so far (one trouble each, None for an answer) failed below HTTP."""
    seen = list(troubles)
    return bool(seen) and all(trouble in _NETWORK for trouble in seen)


def void(observations: Iterable[tuple[str, Observation]]) -> tuple[dict[str, str], str | None]:
    """Reasons to void, by host key, and one for the whole run or None. Takes (host key, observation) of one run."""
    by_host: dict[str, list[Observation]] = defaultdict(list)
    for host, seen in observations:
        by_host[host].append(seen)
    if any(_proxy(seen) for seen in _all(by_host)):
        return {}, "the proxy of this network refused or failed"
    failed = {host for host, seen in by_host.items() if all(one.trouble in _RUNNERS for one in seen)}
    if len(by_host) >= ENOUGH and len(failed) > 0.6 * len(by_host):
        return {}, f"{len(failed)} of {len(by_host)} hosts could not be reached: this runner's network, not the links"
    hosts = {}
    for host, its in by_host.items():
        same = _one_failure(its)
        if same:
            hosts[host] = f"all {len(its)} links of {host} failed alike ({same}): the host's trouble, not the links'"
    return hosts, None


def voided(seen: Observation, why: str) -> Observation:
    """The same observation, counting for nothing."""
    return replace(seen, void=why)


def _all(by_host: dict[str, list[Observation]]) -> Iterable[Observation]:
    return (one for seen in by_host.values() for one in seen)


def _proxy(seen: Observation) -> bool:
    return seen.trouble is Trouble.PROXY


def _one_failure(seen: list[Observation]) -> str:
    """What failed alike for all of a host's links, "" where they differ, one is well, or too few were asked to say."""
    if len(seen) < ENOUGH:
        return ""
    first = seen[0]
    if first.trouble in {Trouble.NO_SUCH_HOST, None} and (first.status is None or not 500 <= first.status < 600):
        kind = str(first.status) if first.status == 404 else ""
    else:
        kind = str(first.status or first.trouble)
    if not kind or any(str(one.status or one.trouble) != kind for one in seen):
        return ""
    return kind
