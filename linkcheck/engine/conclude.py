"""The end of a run: observations that an outage explains are discarded, then every URL is judged from all nights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.link_store import LinkStore, Tonight
from linkcheck.engine.results import Results
from linkcheck.engine.targets import unaskable
from linkcheck.judging import outage
from linkcheck.judging.verdict import excused, verdict
from linkcheck.model import FailureKind, Hop, Link, Outcome, Verdict
from linkcheck.policy import Policy


async def discard_outages(
    results: Results, store: LinkStore, context: RunContext, *, answered: int, interrupted: bool
) -> outage.Outage | None:
    """Let what an outage explains count for nothing; returns the outage where that is the whole run.

    `answered` is the number of requests that were answered.
    """
    offline = outage.Outage(outage.OFFLINE, FailureKind.NO_DNS) if results.offline.is_set() else None
    sites, whole = ({}, offline) if offline else outage.find_outages(results.sites, len(results.answered))
    if whole and answered and not interrupted and await context.names_resolve():
        sites, whole = outage.find_outages(results.sites, len(results.answered), names_resolve=True)
    if whole:
        store.discard(None, whole.reason)
    else:
        for site, reason in sites.items():
            store.discard(site, reason)
    if context.past:
        context.past.discard(store.discarded)
    return whole


def conclude(store: LinkStore, policy: Policy, context: RunContext, *, confirm: int, offline: bool) -> Iterator[Verdict]:
    """One verdict per distinct URL, in the order of first places."""
    for link, places, key in store.urls():
        if key is None:
            found = unaskable(link, policy)
            if found is not None:
                yield replace(excused(found, link, context.calendar()), places=places)
            continue
        found, hops = _judged(link, key, store.tonight(key), policy, context, confirm, offline=offline)
        yield replace(found, places=places, hops=hops or found.hops)


def _judged(
    link: Link, key: str, tonight: Tonight, policy: Policy, context: RunContext, confirm: int, *, offline: bool
) -> tuple[Verdict, tuple[Hop, ...]]:
    """The verdict and tonight's hops, with their seconds, which the history doesn't keep.

    A discarded observation changes nothing: then all other nights say what they said before.
    """
    seen = tonight.seen
    nights = context.past.of(key) if context.past else (seen,) if seen else ()
    if seen is None or offline or all(night.discarded_reason for night in nights):
        reason = outage.OFFLINE if offline else seen.discarded_reason if seen else tonight.reason
        rule = "offline" if offline else "void" if seen else "not-asked"
        return Verdict(link.url, Outcome.UNCHECKED, Outcome.UNCHECKED, rule, reason), ()
    found = verdict(link, nights, policy, context.calendar(), confirm=confirm)
    if seen.discarded_reason:
        reason = f"{found.reason}; this night doesn't count: {seen.discarded_reason}"
        return replace(found, seen=Outcome.UNCHECKED, reason=reason), ()
    return found, seen.hops
