"""THE table, second half: all nights and a policy -> a verdict. Pure.

Proof is asymmetric. One good answer proves life; death needs agreement, by a single rule (`_proven`): an authority's word at
once when asked twice, a missing host name on two nights, a denial on N nights, mere trouble only on many nights over weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from linkcheck.judging.classify import Finding, Proof, classify
from linkcheck.judging.moves import moved_to, seen_moved
from linkcheck.model import Link, Observation, Outcome, PageSignals, Verdict
from linkcheck.policy import NIGHT, Policy

__all__ = ["excused", "verdict"]

_A, _M, _F, _U = Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.UNCHECKED


def verdict(link: Link, observations: Sequence[Observation], policy: Policy, now: datetime, *, confirm: int) -> Verdict:
    """The verdict of one link from all its observations, oldest first; void ones count for nothing."""
    usable = [seen for seen in observations if not seen.discarded_reason]
    if not usable:
        why = observations[-1].discarded_reason if observations else "not asked yet"
        return Verdict(link.url, _U, _U, "not-asked", why)
    last = usable[-1]
    finding = classify(last, link, usable[:-1])
    alone = _proven(finding, last, [(last, finding)], policy, 1)[0]
    nights, needed, outcome = 0, 0, finding.outcome
    if finding.outcome is _F:
        outcome, nights, needed = _proven(finding, last, list(_failing_since(usable, link)), policy, confirm)
    elif outcome is _M:
        nights = seen_moved(usable, link)
    marks = last.signals or PageSignals()
    fragment = dict(marks.fragments).get(urlsplit(link.url).fragment) if "#" in link.url else None
    found = Verdict(
        url=link.url,
        outcome=outcome,
        seen=alone,
        rule=finding.rule,
        reason=finding.reason,
        status=last.status,
        final_url=moved_to(last),
        title=marks.title,
        fragment=fragment,
        nights=nights,
        needed=needed,
        hops=last.hops,
        last_alive=None if finding.outcome in {_A, _M} else _last_alive(usable, link),
    )
    return excused(found, link, now)


def _last_alive(usable: Sequence[Observation], link: Link) -> date | None:
    for index in range(len(usable) - 2, -1, -1):
        if classify(usable[index], link, usable[:index]).outcome in {_A, _M}:
            return usable[index].at.date()
    return None


def _failing_since(usable: Sequence[Observation], link: Link) -> Iterator[tuple[Observation, Finding]]:
    """The nights, latest first, since anything but failure was last seen; what says nothing is skipped."""
    counted: datetime | None = None
    for index in range(len(usable) - 1, -1, -1):
        seen = usable[index]
        finding = classify(seen, link, usable[:index])
        if finding.outcome in {_A, _M}:
            return
        if finding.outcome is _F and (counted is None or counted - seen.at >= NIGHT):
            counted = seen.at
            yield seen, finding


def _proven(
    finding: Finding, last: Observation, trail: Sequence[tuple[Observation, Finding]], policy: Policy, confirm: int
) -> tuple[Outcome, int, int]:
    """What a failing link has come to, with the nights that count for it and how many of these prove it.

    Counted is what the rule that decides counts: for a denial only denials, not the nights of mere trouble between them.
    """
    if finding.outcome is not _F:
        return finding.outcome, 0, 0
    hard = [seen for seen, other in trail if other.proof not in {Proof.TROUBLE, Proof.NONE}]
    nameless = [seen for seen, other in trail if other.proof is Proof.NAME]
    everything = [seen for seen, _ in trail]
    slow = max(policy.slow_confirm, confirm)
    ways = [(everything, slow, policy.slow_days)]
    if finding.proof not in {Proof.TROUBLE, Proof.NONE}:
        ways.insert(0, (hard, confirm, confirm - 1))
    if finding.proof is Proof.NAME:
        ways.insert(0, (nameless, min(2, confirm), min(2, confirm) - 1))
    own, needed, _ = ways[0]
    if finding.proof is Proof.AUTHORITY and last.times >= 2:
        return Outcome.DEAD, len(own), 1
    for nights, wanted, days in ways:
        if _spans(nights, wanted, days):
            return Outcome.DEAD, len(nights), wanted
    return _F, len(own), needed


def _spans(nights: Sequence[Observation], wanted: int, days: int) -> bool:
    if len(nights) < wanted or not nights:
        return False
    return (nights[0].at.date() - nights[-1].at.date()).days >= days


def excused(found: Verdict, link: Link, now: datetime) -> Verdict:
    """The verdict under a maintainer's decision for this link: its exception while that holds, and `state: dead`."""
    excuse = link.excuse
    if link.state == "dead" and found.outcome in {Outcome.DEAD, _F, Outcome.INVALID}:
        return _with(found, "its entry says `state: dead`")
    if excuse is None or (excuse.until is not None and now.date() > excuse.until) or found.outcome in {_A, _M, _U}:
        return found
    accepted = {str(found.outcome), str(found.seen), str(found.status), found.rule}
    return _with(found, excuse.reason) if accepted & set(excuse.accept) or not excuse.accept else found


def _with(found: Verdict, excuse: str) -> Verdict:
    return replace(found, outcome=_U, reason=f"excused: {found.reason}", excused=excuse)
