"""Judging a whole run: what hit every host was the runner's, what hit a whole host was the host's. Pure.

A run or a host that is void keeps its observations, and they count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from linkcheck.model import FailureKind, Observation

_NETWORK = frozenset(
    {
        FailureKind.NO_DNS,
        FailureKind.DNS_FAILURE,
        FailureKind.NO_SUCH_HOST,
        FailureKind.UNREACHABLE,
        FailureKind.TIMEOUT,
        FailureKind.REFUSED,
        FailureKind.PROXY,
    }
)
_RUNNERS = frozenset({*_NETWORK, FailureKind.RESET, FailureKind.TLS_FAILED, FailureKind.TLS_UNKNOWN_ISSUER})

OFFLINE = "offline: nothing could be reached from here"
ENOUGH = 5
"""Fewer links or hosts than this say nothing about a whole."""


def looks_offline(troubles: Iterable[FailureKind | None]) -> bool:
    """Whether nothing at all answered: every host asked so far (one trouble each, None for an answer) failed below HTTP."""
    seen = list(troubles)
    return bool(seen) and all(trouble in _NETWORK for trouble in seen)


Before = Callable[[], bool | None]
"""Whether the night before saw content at a link; None where that night doesn't count, or where there was none."""


def find_outages(
    observations: Iterable[tuple[str, Observation, Before]], *, names_resolve: bool = False
) -> tuple[dict[str, str], str | None]:
    """Reasons to void, by host key, and one for the whole run or None.

    Takes, for each observation of one run, its host key and what tells of the night before. Hosts that failed then already say
    nothing of tonight's network: else a run over failing links alone would always be void. Where `names_resolve`, a name that
    does exist was found meanwhile, so a missing one is the link's own.
    """
    by_host: dict[str, list[tuple[Observation, Before]]] = defaultdict(list)
    for host, seen, before in observations:
        by_host[host].append((seen, before))
    if any(seen.failure is FailureKind.PROXY for its in by_host.values() for seen, _ in its):
        return {}, "the proxy of this network refused or failed"
    runners = _RUNNERS - {FailureKind.NO_SUCH_HOST} if names_resolve else _RUNNERS
    failed = [its for its in by_host.values() if all(seen.failure in runners for seen, _ in its)]
    anew = sum(any(before() is not False for _, before in its) for its in failed)
    telling = len(by_host) - len(failed) + anew
    if telling >= ENOUGH and anew > 0.6 * telling:
        return {}, f"{anew} of {telling} hosts could not be reached: this runner's network, not the links"
    hosts = {}
    for host, its in by_host.items():
        same = _one_failure([seen for seen, _ in its], sudden=partial(_any, [ask for _, ask in its]))
        if same:
            hosts[host] = f"all {len(its)} links of {host} failed alike ({same}): the host's trouble, not the links'"
    return hosts, None


def mark_inconclusive(seen: Observation, why: str) -> Observation:
    """The same observation, counting for nothing."""
    return replace(seen, discarded_reason=why)


def _one_failure(seen: list[Observation], *, sudden: Callable[[], bool]) -> str:
    """What failed alike for all of a host's links, "" where they differ, one is well, or too few were asked to say.

    Only the first night of it is void. Throttling and outages look like that, and so does a site that is gone: the nights that
    follow count, or it would stay alive for ever.
    """
    first = seen[0]
    kind = str(first.status or first.failure)
    telling = first.failure in _RUNNERS - {FailureKind.NO_SUCH_HOST} or (first.status is not None and first.status >= 500)
    if len(seen) < ENOUGH or not (telling or first.status == 404):
        return ""
    alike = all(str(one.status or one.failure) == kind for one in seen)
    return kind if alike and sudden() else ""


def _any(questions: Iterable[Before]) -> bool:
    return any(ask() for ask in questions)
