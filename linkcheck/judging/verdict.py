"""Derive the verdict of a link from all its observations. Pure.

One good answer proves that a link is alive. Death needs agreement (`_proven`): a registry's answer or 410 counts at once if it
was given twice, a missing host name on two nights, other denials on N nights (over more days where the site denies as a whole),
other failures only on many nights over weeks. A night that showed a page of the link's own ends the count, even where that page was
a login or empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from urllib.parse import urlsplit

from linkcheck.judging.classify import Finding, Proof, classified
from linkcheck.judging.moves import moved_to, nights_moved
from linkcheck.judging.title_match import names_work, similar
from linkcheck.model import Link, Observation, Outcome, PageSignals, Verdict
from linkcheck.policy import NIGHT, Policy

__all__ = ["SITE_DAYS", "excused", "verdict"]

_A, _M, _F, _B, _U = Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.BLOCKED, Outcome.UNCHECKED
_SAME_EVERYWHERE = frozenset({"same-for-any-address"})
"""Rules of pages that say nothing about their own address."""
SITE_DAYS = 6
"""Days that denials must span whose site denies as a whole: it may be broken over a weekend."""
_SITE_REASON = f"its whole site denies, so the nights must span {SITE_DAYS} days"
_Night = tuple[Observation, Finding]


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
    this_run = _proven([(last, finding)], policy, 1).outcome
    nights = needed = of_nights = 0
    outcome, last_alive, changed_from = finding.outcome, None, ""
    if outcome is _A:
        changed_from = _changed_from(link, last, latest_first)
    elif outcome is _M:
        nights = nights_moved(chain([(last, finding)], latest_first))
    else:
        earlier, last_alive = _until_content(latest_first)
        trail = [(last, finding), *earlier]
        proof = _proven(trail, policy, confirm)
        outcome, nights, needed = proof.outcome, len(proof.nights), proof.needed
        of_nights = _nights_since(proof.nights[-1], trail) if proof.nights else 0
    signals = last.signals or PageSignals()
    fragment = dict(signals.fragments).get(urlsplit(link.url).fragment) if "#" in link.url else None
    result = Verdict(
        url=link.url,
        outcome=outcome,
        seen=this_run,
        rule=finding.rule,
        reason=f"{finding.reason}; {_SITE_REASON}" if outcome is _F and last.site_denies else finding.reason,
        status=last.status,
        final_url=moved_to(last),
        title=signals.title,
        fragment=fragment,
        nights=nights,
        needed=needed,
        of_nights=of_nights,
        hops=last.hops,
        last_alive=last_alive,
        changed_from=changed_from,
    )
    return excused(result, link, now)


def _changed_from(link: Link, last: Observation, earlier: Iterable[_Night]) -> str:
    """The latest earlier title of a page that now has another one and doesn't name the work; "" where it is the same page.

    All earlier nights (latest first) on which the page was fine and had a title must differ from it, at least two of them.
    """
    signals = last.signals
    work = link.work.title if link.work else None
    if signals is None or not signals.title or names_work(work, f"{signals.title} {signals.heading}"):
        return ""
    titles = []
    for observation, finding in _apart(night for night in earlier if last.at - night[0].at >= NIGHT):
        if finding.outcome in {_A, _M} and observation.signals and (title := observation.signals.title):
            if title == signals.title or similar(title, signals.title):
                return ""
            titles.append(title)
    return titles[0] if len(titles) >= 2 else ""


def _until_content(nights: Iterable[_Night]) -> tuple[list[_Night], date | None]:
    """The nights (latest first) since a page of the link's own was last seen, and the day of the last alive one; None if unknown."""
    since: list[_Night] = []
    ended = False
    for observation, finding in nights:
        if finding.outcome in {_A, _M}:
            return since, observation.at.date()
        ended = ended or _own_page(observation, finding)
        if not ended:
            since.append((observation, finding))
    return since, None


def _own_page(observation: Observation, finding: Finding) -> bool:
    """Whether a blocked night showed a page of the link's own (empty, a login, a challenge): a 2xx that doesn't deny."""
    status = observation.status or 0
    return finding.outcome is _B and finding.rule not in _SAME_EVERYWHERE and 200 <= status < 300 and not observation.failure


def _apart(nights: Iterable[_Night]) -> Iterator[_Night]:
    """Those of these nights (latest first) that are at least a night apart."""
    counted: datetime | None = None
    for observation, finding in nights:
        if counted is None or counted - observation.at >= NIGHT:
            counted = observation.at
            yield observation, finding


def _nights_since(first: Observation, trail: Sequence[_Night]) -> int:
    """The number of nights with an answer or failure from `first` to the latest."""
    return sum(1 for observation, finding in _apart(trail) if observation.at >= first.at and finding.outcome is not _U)


@dataclass(frozen=True, slots=True)
class _Proven:
    """What a trail of nights proves: the outcome, the nights that count (latest first), and the number that proves death."""

    outcome: Outcome
    nights: Sequence[Observation] = ()
    needed: int = 0


def _proven(trail: Sequence[_Night], policy: Policy, confirm: int) -> _Proven:
    """What the nights since content was last seen (latest first, not empty) prove.

    For a denial only denials count, not the nights with other failures between them. Trouble counts back to the last night on which
    the host answered otherwise. What has no proof (`Proof.NONE`) never counts.
    """
    last, finding = trail[0]
    if finding.outcome is not _F or finding.proof is Proof.NONE:
        return _Proven(finding.outcome)
    failing = list(_apart(night for night in trail if night[1].outcome is _F and night[1].proof is not Proof.NONE))
    denials = [observation for observation, other in failing if other.proof is not Proof.TROUBLE]
    without_name = [observation for observation, other in failing if other.proof is Proof.NAME]
    slow_confirm = max(policy.slow_confirm, confirm)
    criteria = [(_without_answer(failing, trail), slow_confirm, policy.slow_days)]
    if finding.proof is not Proof.TROUBLE:
        site_lived = [observation for observation in denials if not observation.site_denies]
        site_days = max(SITE_DAYS, confirm - 1) if confirm > 1 else 0
        criteria = [(denials, confirm, site_days), (site_lived, confirm, confirm - 1), *criteria]
    if finding.proof is Proof.NAME:
        criteria.insert(0, (without_name, min(2, confirm), min(2, confirm) - 1))
    decisive, needed, _ = criteria[0]
    if finding.proof is Proof.AUTHORITY and last.times >= 2:
        return _Proven(Outcome.DEAD, decisive, 1)
    for nights, wanted, days in criteria:
        if _spans(nights, wanted, days):
            return _Proven(Outcome.DEAD, nights, wanted)
    return _Proven(_F, decisive, needed)


def _without_answer(failing: Sequence[_Night], trail: Sequence[_Night]) -> list[Observation]:
    """The failing nights since the host last answered, though not to us: a host that refuses programs on some nights is there."""
    refused = next((observation.at for observation, finding in trail if finding.outcome is _B and observation.status), None)
    return [observation for observation, _ in failing if refused is None or observation.at > refused]


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
