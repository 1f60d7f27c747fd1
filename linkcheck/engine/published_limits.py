"""The pace of a host: what its owners publish (`linkcheck.services`) wins over every pace of the policy but `none`."""

from __future__ import annotations

from dataclasses import replace

from linkcheck.policy import Pace, Policy
from linkcheck.services import LIMITS


def pace_of(host: str, policy: Policy) -> Pace:
    """The pace of one host key: the policy's, under the published limit, under what a maintainer's host rule says."""
    pace = policy.pace
    published = LIMITS.get(host)
    if published and pace.rate < 1e6:
        pace = replace(
            published,
            rate=min(pace.rate, published.rate / policy.scale),
            ceiling=min(pace.ceiling, published.ceiling / policy.scale),
        )
    for rule in policy.hosts:
        if host == rule.host.lstrip(".") and (rule.rate or rule.connections):
            rate = rule.rate or pace.rate
            pace = replace(
                pace,
                rate=rate,
                ceiling=rule.rate or pace.ceiling,
                burst=1 if rule.rate else pace.burst,
                connections=rule.connections or pace.connections,
            )
    return pace
