"""Look up many subjects at services, and then what their answers lead to: an id to a DOI, a DOI to another registry.

Pacing, connecting and the bounds of an answer are those of the `ask` passed in; nothing is remembered between runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.metadata.pages import NAME as PAGE
from generator.metadata.pages import look_at, page_key
from linkcheck.registries import Reading, Record, Registry, Subject
from linkcheck.registries.asking import Ask, RegistryBatcher

__all__ = ["LookupResult", "look_up"]

_ROUNDS = 4
"""Maximum number of steps: an id leads to a DOI, a DOI to another registry, a page to an id."""
_ATTEMPTS = 2
_PAGES = 16
"""Maximum number of pages that are fetched at the same time."""


@dataclass(slots=True)
class LookupResult:
    """What was found about one subject: records in the order in which they are believed, and why others are missing.

    `absent` names the services without such a work, `failures` says why a service gave no answer, `odd` why one wasn't understood.
    """

    subject: Subject
    records: list[Record] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Add a record, and its identifiers to the subject."""
        self.records.append(record)
        known = self.subject
        found = known.doi or record.published or record.doi or ""
        self.subject = replace(known, arxiv=known.arxiv or record.arxiv or "", doi=found)


async def look_up(subjects: Sequence[Subject], services: Sequence[Registry], ask: Ask) -> list[LookupResult]:
    """Look up all subjects at all services, and at their own pages. One result for each subject, in their order; never raises for an answer."""
    found = [LookupResult(subject) for subject in subjects]
    batcher = RegistryBatcher(services, ask, moment=0, attempts=_ATTEMPTS)
    gate = asyncio.Semaphore(_PAGES)

    async def reading(name: str, key: str) -> Reading:
        if name != PAGE:
            return await batcher.look_up(name, key)
        async with gate:
            return await look_at(key, ask)

    asked: set[tuple[str, str]] = set()
    for _ in range(_ROUNDS):
        keys = [_keys(services, one) for one in found]
        wanted: dict[tuple[str, str], list[LookupResult]] = {}
        for name in (*(service.name for service in services), PAGE):
            for one, known in zip(found, keys, strict=True):
                if name in known and (name, known[name]) not in asked:
                    wanted.setdefault((name, known[name]), []).append(one)
        if not wanted:
            break
        asked |= wanted.keys()
        readings = await asyncio.gather(*(reading(name, key) for name, key in wanted))
        for (name, _), ones, answer in zip(wanted, wanted.values(), readings, strict=True):
            for one in ones:
                _note(one, name, answer)
    return found


def _keys(services: Sequence[Registry], one: LookupResult) -> dict[str, str]:
    """The keys of a subject by the names of services; its own page if no service has a record of it."""
    keys = {service.name: key for service in services if (key := service.record_key(one.subject)) is not None}
    if not keys and (page := page_key(one.subject)) is not None:
        return {PAGE: page}
    # Crossref and DataCite share the DOIs: DataCite is asked only for those that Crossref doesn't have.
    return {name: key for name, key in keys.items() if name != "DataCite" or "Crossref" in one.absent}


def _note(one: LookupResult, name: str, found: Reading) -> None:
    if found.record is not None:
        one.add(found.record)
    elif found.answer.status == "missing":
        one.absent.append(name)
    elif found.odd:
        one.odd.append(found.answer.detail)
    elif found.answer.status == "unknown":
        one.failures.append(found.answer.detail)
    else:
        one.failures.append(f"{name} says nothing more of it{f' ({found.answer.detail})' if found.answer.detail else ''}")
