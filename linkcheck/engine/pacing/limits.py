"""What the owners of some hosts ask of programs, published by themselves; it wins over every pace but `none`."""

from __future__ import annotations

from dataclasses import replace

from linkcheck.policy import Pace, Policy

PUBLISHED: dict[str, Pace] = {
    "arxiv.org": Pace(
        connections=1, burst=1, rate=1 / 3, ceiling=1 / 3
    ),  # arXiv API terms of use: one request every three seconds
    "github.com": Pace(connections=1, burst=1, rate=1.0, ceiling=1.0),  # pages without a token
    "crossref.org": Pace(connections=1, burst=1, rate=1.0, ceiling=5.0),
    "archive.org": Pace(connections=1, burst=1, rate=0.5, ceiling=0.5),
}


def pace_of(host: str, policy: Policy) -> Pace:
    """The pace of one host key: the policy's, under the published limit, under what a maintainer's host rule says."""
    pace = policy.pace
    published = PUBLISHED.get(host)
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
