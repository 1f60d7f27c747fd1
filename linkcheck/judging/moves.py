"""Permanent redirects: where a link moved, on how many nights that was seen, and the observation of the new address. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from linkcheck.judging.classify import Finding
from linkcheck.model import Observation, Outcome
from linkcheck.policy import NIGHT
from linkcheck.urls import fetch_key, lasting, web

__all__ = ["CONFIRMING_NIGHTS", "moved_to", "nights_moved", "observation_at_target"]

CONFIRMING_NIGHTS = 2
"""Nights that must see a link moved to the same address before it is replaced."""

_PERMANENT = frozenset({301, 308})


def moved_to(observation: Observation) -> str:
    """The new address: the registry's, else the URL of the last hop, without what was added for one visit."""
    answer = observation.registry
    if answer is not None and answer.status == "moved" and answer.url:
        return answer.url
    return (
        lasting(observation.final_url, observation.hops[0].url, observation.at)
        if len(observation.hops) > 1
        else observation.final_url
    )


def nights_moved(nights: Iterable[tuple[Observation, Finding]]) -> int:
    """The number of nights that saw a link moved to its present address, back to when it was alive or moved elsewhere.

    `nights` are observations with their findings, latest first; the latest one saw the move. Failing and blocked ones are skipped.
    """
    target, number = "", 0
    counted: datetime | None = None
    for observation, finding in nights:
        target = target or moved_to(observation)
        if finding.outcome is Outcome.MOVED and moved_to(observation) == target:
            if counted is None or counted - observation.at >= NIGHT:
                counted = observation.at
                number += 1
        elif finding.outcome in {Outcome.ALIVE, Outcome.MOVED}:
            break
    return number


def observation_at_target(observation: Observation) -> Observation | None:
    """The observation of the address to which a link has permanently moved; None if it didn't move or saw no content there.

    Following a permanent redirect also checks the page at its end, so the nights of a link carry over to its new URL.
    """
    if observation.discarded_reason:
        return None
    answer = observation.registry
    if answer is not None:
        if answer.status != "moved" or not web(answer.url):
            return None
        moved = replace(observation, key=fetch_key(answer.url), hops=(), registry=replace(answer, status="exists", url=""))
    else:
        if (
            len(observation.hops) < 2
            or observation.failure
            or any(hop.status not in _PERMANENT for hop in observation.hops[:-1])
        ):
            return None
        if not 200 <= (observation.status or 0) < 300:
            return None
        moved = replace(observation, key=fetch_key(moved_to(observation)), hops=observation.hops[-1:])
    return moved if moved.key != observation.key else None
