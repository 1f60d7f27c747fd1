"""Derive the verdict of a link from all its observations. Pure.

One good answer proves that a link is alive. Death needs agreement (`_proven`): a registry's answer or 410 counts at once if it
was given twice, a missing host name on two nights, other denials on N nights, other failures only on many nights over weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from urllib.parse import urlsplit

from linkcheck.judging.classify import Finding, Proof, classified
from linkcheck.judging.moves import moved_to, nights_moved
from linkcheck.model import Link, Observation, Outcome, PageSignals, Verdict
from linkcheck.policy import NIGHT, Policy

__all__ = ["excused", "verdict"]

_A, _M, _F, _U = Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.UNCHECKED


def verdict(link: Link, observations: Sequence[Observation], policy: Policy, now: datetime, *, confirm: int) -> Verdict:
    """The verdict of one link from all its observations, oldest first; discarded ones don't count.

    `confirm` is the number of denying nights that prove death (`policy.confirm`, or 1 without a history).
    """
    counting = [observation for observation in observations if not observation.discarded_reason]
    if not counting:
        why = observations[-1].discarded_reason if observations else "not checked yet"
        return Verdict(link.url, _U, _U, "not-asked", why)
    latest_first = classified(counting, link)
    last, finding = next(latest_first)
    this_run = _proven(finding, last, [(last, finding)], policy, 1)[0]
    nights, needed, outcome, last_alive = 0, 0, finding.outcome, None
    if outcome is _M:
        nights = nights_moved(chain([(last, finding)], latest_first))
    elif outcome is not _A:
        earlier, last_alive = _until_content(latest_first)
        failing = list(_failing_nights([(last, finding), *earlier]))
        outcome, nights, needed = _proven(finding, last, failing, policy, confirm)
    signals = last.signals or PageSignals()
    fragment = dict(signals.fragments).get(urlsplit(link.url).fragment) if "#" in link.url else None
    result = Verdict(
        url=link.url,
        outcome=outcome,
        seen=this_run,
        rule=finding.rule,
        reason=finding.reason,
        status=last.status,
        final_url=moved_to(last),
        title=signals.title,
        fragment=fragment,
        nights=nights,
        needed=needed,
        hops=last.hops,
        last_alive=last_alive,
    )
    return excused(result, link, now)


def _until_content(nights: Iterable[tuple[Observation, Finding]]) -> tuple[list[tuple[Observation, Finding]], date | None]:
    """The nights (latest first) since content was last seen, and the day of that; None if it never was."""
    since: list[tuple[Observation, Finding]] = []
    for observation, finding in nights:
        if finding.outcome in {_A, _M}:
            return since, observation.at.date()
        since.append((observation, finding))
    return since, None


def _failing_nights(nights: Iterable[tuple[Observation, Finding]]) -> Iterator[tuple[Observation, Finding]]:
    """The failing ones of these nights (latest first) that are at least a night apart."""
    counted: datetime | None = None
    for observation, finding in nights:
        if finding.outcome is _F and (counted is None or counted - observation.at >= NIGHT):
            counted = observation.at
            yield observation, finding


def _proven(
    finding: Finding, last: Observation, failing: Sequence[tuple[Observation, Finding]], policy: Policy, confirm: int
) -> tuple[Outcome, int, int]:
    """The outcome of a failing link, the nights that count towards its death, and the number of nights that prove it.

    For a denial only denials count, not the nights with other failures between them.
    """
    if finding.outcome is not _F:
        return finding.outcome, 0, 0
    denials = [observation for observation, other in failing if other.proof not in {Proof.TROUBLE, Proof.NONE}]
    without_name = [observation for observation, other in failing if other.proof is Proof.NAME]
    all_failing = [observation for observation, _ in failing]
    slow_confirm = max(policy.slow_confirm, confirm)
    criteria = [(all_failing, slow_confirm, policy.slow_days)]
    if finding.proof not in {Proof.TROUBLE, Proof.NONE}:
        criteria.insert(0, (denials, confirm, confirm - 1))
    if finding.proof is Proof.NAME:
        criteria.insert(0, (without_name, min(2, confirm), min(2, confirm) - 1))
    decisive, needed, _ = criteria[0]
    if finding.proof is Proof.AUTHORITY and last.times >= 2:
        return Outcome.DEAD, len(decisive), 1
    for nights, wanted, days in criteria:
        if _spans(nights, wanted, days):
            return Outcome.DEAD, len(nights), wanted
    return _F, len(decisive), needed


def _spans(nights: Sequence[Observation], wanted: int, days: int) -> bool:
    if len(nights) < wanted or not nights:
        return False
    return (nights[0].at.date() - nights[-1].at.date()).days >= days


def excused(result: Verdict, link: Link, now: datetime) -> Verdict:
    """The verdict with the maintainer's decision applied: the link's exception until its last day, and `state: dead`."""
    excuse = link.excuse
    if link.state == "dead" and result.outcome in {Outcome.DEAD, _F, Outcome.INVALID}:
        return _excused_as(result, "its entry says `state: dead`")
    if excuse is None or (excuse.until is not None and now.date() > excuse.until) or result.outcome in {_A, _M, _U}:
        return result
    matches = {str(result.outcome), str(result.seen), str(result.status), result.rule}
    return _excused_as(result, excuse.reason) if matches & set(excuse.accept) or not excuse.accept else result


def _excused_as(result: Verdict, excuse: str) -> Verdict:
    return replace(result, outcome=_U, reason=f"excused: {result.reason}", excused=excuse)
