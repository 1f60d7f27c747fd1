"""The health of all current links, now and night by night, judged from the history."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from generator.problems import Place, Problem, Severity
from generator.publishing.site import Health, LinkHealth, Night
from generator.sources.files import shown
from linkcheck.engine.targets import group_links, links_by_url
from linkcheck.history import History, HistoryError
from linkcheck.judging.verdict import excused, verdict
from linkcheck.model import Link, Observation, Outcome, Verdict, Vitality
from linkcheck.policy import Policy
from linkcheck.registries import repository_services
from linkcheck.registries.vitality import repository, vitalities

__all__ = ["link_health"]

_MAX_NIGHTS = 60
"""Maximum number of nights in the chart; more bars would be too thin to tell apart."""


def link_health(links: Sequence[Link], policy: Policy, path: Path, now: datetime) -> tuple[Health, tuple[Problem, ...]]:
    """The health of all links, empty without a history; a history that can't be read is a warning."""
    if not path.is_file():
        return Health(), ()
    try:
        with History(path) as history:
            health = _summary(links, policy, history, now)
            known = _repositories(links, history) if health.known else {}
            return replace(health, repositories=known, today=now.date()), ()
    except (sqlite3.DatabaseError, HistoryError) as error:
        message = f"{shown(path)} can't be read, so the site shows no link health: {error}"
        hint = "name another file with --history; listkeeper check renames a damaged history and creates a new one"
        return Health(), (Problem("damaged-history", Severity.WARNING, message, Place(shown(path)), hint),)


def _repositories(links: Sequence[Link], history: History) -> Mapping[str, Vitality | None]:
    """What is known of the repositories among the links, by URL; None for one that no service was asked about."""
    services, known = repository_services(), vitalities(history.notes())
    found = {url: repository(url, services) for url in dict.fromkeys(link.url for link in links)}
    return {url: known.get(one[2]) for url, one in found.items() if one}


def _summary(links: Sequence[Link], policy: Policy, history: History, now: datetime) -> Health:
    targets, settled = group_links(links, policy)
    days = sorted(map(date.fromisoformat, history.days()))
    if not days:
        return Health()
    chosen = _sample(days, _MAX_NIGHTS)
    ends = [datetime.combine(one, time.max, UTC) for one in chosen]
    counts = [Counter[Outcome]() for _ in chosen]
    by_url = {link.url: link for link in reversed(links)}
    found: dict[str, LinkHealth] = {}
    for one in settled:
        judged = excused(one, by_url[one.url], now)
        found[one.url] = _health(judged, None)
        for count in counts:
            count[judged.outcome] += 1
    for key, target in targets.items():
        # Observations are loaded for one link at a time to bound memory.
        nights = [one for one in history.of(key) if not one.discarded_reason]
        for link, _ in links_by_url(target.links):
            last = nights[-1].at.date() if nights else None
            found[link.url] = _health(verdict(link, nights, policy, now, confirm=policy.confirm), last)
            for count, outcome in zip(counts, _outcome_by_day(link, nights, policy, ends), strict=True):
                count[outcome] += 1
    order = {link.url: found[link.url] for link in links}
    nights_shown = tuple(Night(one, tuple(sorted(count.items()))) for one, count in zip(chosen, counts, strict=True))
    return Health(order, nights_shown, len(days))


def _health(found: Verdict, last: date | None) -> LinkHealth:
    return LinkHealth(found.outcome, found.reason, last, found.last_alive)


def _sample(days: Sequence[date], limit: int) -> list[date]:
    """At most `limit` of the days, evenly spaced, including the last."""
    if len(days) <= limit:
        return list(days)
    step = len(days) / limit
    return [days[len(days) - 1 - int(step * back)] for back in range(limit)][::-1]


def _outcome_by_day(link: Link, nights: Sequence[Observation], policy: Policy, ends: Sequence[datetime]) -> list[Outcome]:
    """The outcome of the link at the end of each day."""
    outcomes, known, outcome = list[Outcome](), 0, Outcome.UNCHECKED
    for end in ends:
        until = known
        while until < len(nights) and nights[until].at <= end:
            until += 1
        if until > known:
            # An alive link with equal observations stays alive; this spares judging most nights of most links.
            same = outcome is Outcome.ALIVE and all(_from_one_row(nights[known - 1], one) for one in nights[known:until])
            if not same:
                outcome = verdict(link, nights[:until], policy, end, confirm=policy.confirm).outcome
            known = until
        outcomes.append(outcome)
    return outcomes


def _from_one_row(one: Observation, other: Observation) -> bool:
    """Whether both come from one row of the history: they share their parts then."""
    return one.hops is other.hops and one.signals is other.signals and one.registry is other.registry
