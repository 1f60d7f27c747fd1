"""Where a link has moved to, how often that was seen, and what a move says of the address at its end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from linkcheck.judging.classify import classify
from linkcheck.model import Link, Observation, Outcome
from linkcheck.policy import NIGHT
from linkcheck.urls import fetch_key, web

__all__ = ["moved_to", "observation_at_target", "seen_moved"]

_PERMANENT = frozenset({301, 308})


def moved_to(seen: Observation) -> str:
    """Where an observation ended: what an authority names as the new address, else the URL that was asked last."""
    word = seen.registry
    return word.url if word is not None and word.status == "moved" and word.url else seen.final_url


def seen_moved(usable: Sequence[Observation], link: Link) -> int:
    """On how many nights the link was seen moved to where it is now, back to when it was alive or moved elsewhere.

    `usable` are observations that count, oldest first. What says nothing of a move (trouble, a block) is passed over; 0 where the
    last one saw none.
    """
    counted: datetime | None = None
    nights = 0
    for index in range(len(usable) - 1, -1, -1):
        seen = usable[index]
        outcome = classify(seen, link, usable[:index]).outcome
        moved = outcome is Outcome.MOVED and moved_to(seen) == moved_to(usable[-1])
        if not moved:
            if index == len(usable) - 1 or outcome in {Outcome.ALIVE, Outcome.MOVED}:
                break
        elif counted is None or counted - seen.at >= NIGHT:
            counted = seen.at
            nights += 1
    return nights


def observation_at_target(seen: Observation) -> Observation | None:
    """The same night, told of the address to which a link has permanently moved; None where it didn't, or where nothing was seen.

    Whoever follows a permanent redirect has seen the page at its end as well.
    """
    if seen.discarded_reason:
        return None
    word = seen.registry
    if word is not None:
        if word.status != "moved" or not web(word.url):
            return None
        there = replace(seen, key=fetch_key(word.url), hops=(), registry=replace(word, status="exists", url=""))
    else:
        if len(seen.hops) < 2 or seen.failure or any(hop.status not in _PERMANENT for hop in seen.hops[:-1]):
            return None
        if not 200 <= (seen.status or 0) < 300:
            return None
        there = replace(seen, key=fetch_key(seen.final_url), hops=seen.hops[-1:])
    return there if there.key != seen.key else None
