"""The pace of each host: what its owner published, what a host rule says, what it taught in earlier nights. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from linkcheck.engine.pacing.host_pace import Learned
from linkcheck.policy import Pace, Policy
from linkcheck.services import LIMITS


def pace_of(host: str, policy: Policy) -> Pace:
    """The pace of a host key: the policy's, under the published limit, under the strictest host rule that concerns its group."""
    pace = policy.pace
    published = LIMITS.get(host)
    if published and pace.rate < 1e6:
        pace = replace(
            published,
            rate=min(pace.rate, published.rate / policy.scale),
            ceiling=min(pace.ceiling, published.ceiling / policy.scale),
        )
    rules = [rule for rule in policy.hosts if _concerns(rule.host, host)]
    rate = min((rule.rate for rule in rules if rule.rate), default=None)
    if rate:
        pace = replace(pace, rate=rate, ceiling=rate, burst=1)
    connections = min((rule.connections for rule in rules if rule.connections), default=None)
    return replace(pace, connections=connections) if connections else pace


def _concerns(rule: str, host: str) -> bool:
    """Whether a rule's host (or `.name`) is the host key, lies below it, or has it below."""
    name = rule.lstrip(".")
    return name == host or name.endswith(f".{host}") or (rule.startswith(".") and host.endswith(rule))


def learned_pace(host: str, note: Callable[[str], str | None]) -> Learned | None:
    """What a host key taught in earlier nights, by its note; None where there is none that can be read."""
    text = note(f"pace {host}")
    if text is None:
        return None
    try:
        found = json.loads(text)
        return Learned(float(found["rate"]), found["refused"] and float(found["refused"]), max(1, int(found["burst"])))
    except (ValueError, TypeError, KeyError):
        return None


def pace_note(host: str, learned: Learned) -> tuple[str, str]:
    """The note that keeps what a host taught: its name and its text."""
    refused = learned.refused and round(learned.refused, 3)
    return f"pace {host}", json.dumps({"rate": round(learned.rate, 3), "refused": refused, "burst": learned.burst})
