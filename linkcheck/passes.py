"""What a run decides between its passes. Pure: which links need no asking, which are asked again, and which of two answers counts."""

from __future__ import annotations

from linkcheck.findings import Finding, Proof
from linkcheck.model import Link, Observation, Outcome, Policy, Verdict
from linkcheck.turns import rule_for
from linkcheck.urls import fault, scheme_note, split

_FINAL = frozenset({"challenge", "unauthorized", "payment-required", "legal", "refused", "private-address", "headers-too-large"})
"""Answers that asking again doesn't change, or that make asking again rude."""

_LIFE = {Outcome.ALIVE: 0, Outcome.MOVED: 1, Outcome.BLOCKED: 2, Outcome.UNCHECKED: 3, Outcome.FAILING: 4}
_STRENGTH = {Proof.NONE: 0, Proof.TROUBLE: 1, Proof.DENIAL: 2, Proof.NAME: 3, Proof.AUTHORITY: 4}


def unaskable(link: Link, policy: Policy) -> Verdict | None:
    """The verdict of a link that isn't asked at all, or None: no web link, malformed, private as written, or by a host rule."""
    wrong = fault(link.url, allowed=policy.allow_private)
    if wrong is not None:
        reason = f"{wrong.message} ({wrong.hint})" if wrong.hint else wrong.message
        return Verdict(link.url, Outcome.INVALID, Outcome.INVALID, wrong.code, reason)
    note = scheme_note(link.url)
    if note is not None:
        return Verdict(link.url, Outcome.UNCHECKED, Outcome.UNCHECKED, "not-web", note)
    rule = rule_for(split(link.url).ascii_host, policy.hosts)
    if rule is not None and rule.skip:
        return Verdict(link.url, Outcome.UNCHECKED, Outcome.UNCHECKED, "host-rule", rule.skip)
    return None


def worth_asking_again(finding: Finding) -> bool:
    """Whether a second, patient pass could show life, or must confirm a denial."""
    return finding.outcome not in {Outcome.ALIVE, Outcome.MOVED, Outcome.UNCHECKED} and finding.rule not in _FINAL


def agree(first: tuple[Observation, Finding], second: tuple[Observation, Finding]) -> tuple[Observation, Finding]:
    """What two passes say together: the nearer to life wins; the same rule twice is one observation asked twice."""
    (old, was), (new, now) = first, second
    if was.rule == now.rule:
        return Observation(
            new.key, new.at, new.hops, new.marks, new.sibling or old.sibling, new.registry or old.registry, old.times + new.times
        ), now
    return min(first, second, key=lambda one: (_LIFE[one[1].outcome], _STRENGTH[one[1].proof]))
