"""Notes on repositories among the links: archived ones, idle ones, and how many weren't asked about. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.problems import Place, Problem, Severity, counted
from linkcheck.model import Link, Vitality
from linkcheck.registries import repository_services
from linkcheck.registries.vitality import IDLE_DAYS, idle_days, repository

__all__ = ["repository_notes"]

_ARCHIVED = "look for a successor, or run `listkeeper fix --only deprecated`, which writes `state: deprecated`"
_IDLE = "look whether it is still maintained; `state: deprecated` tells readers that it isn't"
_NOT_ASKED = "set GITHUB_TOKEN: with it GitHub answers for all of them in few requests; without, the next nights ask about more"


def repository_notes(links: Iterable[Link], known: Mapping[str, Vitality], today: date) -> Iterator[Problem]:
    """Notes at the links of archived and idle repositories; for an entry at its page only, and not if it has a `state`.

    `known` is what services said, by the page of a repository.
    """
    services, unasked, pages = repository_services(), set[str](), set[str]()
    for link in links:
        of_page = link.place.field == "url" or not link.place.entry
        found = repository(link.url, services) if of_page and link.settled is None and link.state in {None, "active"} else None
        if found is None:
            continue
        page = found[2]
        pages.add(page)
        if page in known:
            yield from _notes(link, known[page], today)
        else:
            unasked.add(page)
    if unasked:
        message = (
            f"{len(unasked):,} of {counted(len(pages), 'repository', 'repositories')} not asked yet whether archived or idle"
        )
        yield Problem("repositories-not-asked", Severity.NOTE, message, Place(""), _NOT_ASKED)


def _notes(link: Link, vitality: Vitality, today: date) -> Iterator[Problem]:
    days = idle_days(vitality, today) or 0
    if vitality.archived:
        yield Problem(
            "archived", Severity.NOTE, f"{link.url} is archived: its owner has made it read-only", link.place, _ARCHIVED
        )
    elif days >= IDLE_DAYS:
        message = f"{link.url} is idle: no commit for {counted(days, 'day')}, the last on {vitality.pushed}"
        yield Problem("idle", Severity.NOTE, message, link.place, _IDLE)
