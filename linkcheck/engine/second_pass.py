"""What a run decides around its passes. Pure: what is known well enough already, what is asked again, which of two answers counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from linkcheck.engine.targets import Target
from linkcheck.judging.classify import Finding, Proof
from linkcheck.model import Observation, Outcome
from linkcheck.policy import Policy

_FINAL = frozenset({
    "challenge", "unauthorized", "payment-required", "legal", "refused", "script-shell", "client-certificate", "http-version",
    "private-address", "headers-too-large", "wall",
})  # fmt: skip
"""Answers that asking again doesn't change, or that make asking again rude."""

_LIFE = {Outcome.ALIVE: 0, Outcome.MOVED: 1, Outcome.BLOCKED: 2, Outcome.UNCHECKED: 3, Outcome.FAILING: 4}
_STRENGTH = {Proof.NONE: 0, Proof.TROUBLE: 1, Proof.DENIAL: 2, Proof.NAME: 3, Proof.AUTHORITY: 4}
_MONTH = 30.0


def known_well_enough(resource: Target, last: Observation, finding: Finding, policy: Policy, now: datetime) -> bool:
    """Whether a resource needn't be asked: alive and fresh (an age jittered by its key), or declared dead and asked this month."""
    age = now - last.at
    if last.discarded_reason or age < timedelta():
        return False
    if all(link.state == "dead" for link in resource.links):
        return age < timedelta(days=_MONTH)
    jitter = 0.75 + 0.5 * (crc32(resource.key.encode()) % 1000) / 1000
    return finding.outcome in {Outcome.ALIVE, Outcome.MOVED} and age < timedelta(days=policy.fresh_days * jitter)


def priority(last: Observation | None, finding: Finding | None) -> tuple[int, str]:
    """The place in line when time is short: failing first, then never asked or put off, then the longest unasked."""
    if last is None or finding is None:
        return 1, ""
    if finding.rule == "not-asked":
        return 1, last.at.isoformat()
    return (0 if finding.outcome is Outcome.FAILING else 2), last.at.isoformat()


def worth_asking_again(finding: Finding) -> bool:
    """Whether a second, patient pass could show life, or must confirm a denial."""
    return finding.outcome not in {Outcome.ALIVE, Outcome.MOVED, Outcome.UNCHECKED} and finding.rule not in _FINAL


def merge_passes(first: tuple[Observation, Finding], second: tuple[Observation, Finding]) -> tuple[Observation, Finding]:
    """What two passes say together: the nearer to life wins; the same rule twice is one observation asked twice.

    A second pass that was put off says nothing.
    """
    (old, was), (new, now) = first, second
    if now.rule == "not-asked":
        return first
    if was.rule == now.rule:
        sibling, registry = new.soft404 or old.soft404, new.registry or old.registry
        return replace(new, soft404=sibling, registry=registry, times=old.times + new.times), now
    return min(first, second, key=lambda one: (_LIFE[one[1].outcome], _STRENGTH[one[1].proof]))
