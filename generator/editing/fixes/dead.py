"""Fixes for dead pages: add an archived copy (class archive), or mark the entry as dead (class dead)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext
from generator.sources.catalogue.model import Entry
from linkcheck.model import Outcome, Verdict

_DEAD = "dead"


class LostPage(NamedTuple):
    """The URL of a dead page, when it was added to the list, and when it was last seen alive (None: unknown)."""

    url: str
    added: date | None
    last_alive: date | None


def lost_pages(context: FixContext) -> tuple[LostPage, ...]:
    """The dead pages without an archived copy, each once."""
    found = {
        entry.url: LostPage(entry.url, entry.added, verdict.last_alive)
        for _, entry in context.catalogue.entries()
        if entry.url and entry.archive_url is None and (verdict := _dead_verdict(context, entry))
    }
    return tuple(found.values())


def find(context: FixContext) -> Iterator[Fix]:
    """Fixes of both classes; where the archive has no copy, one without edits that says so."""
    for topic, entry in context.catalogue.entries():
        verdict = _dead_verdict(context, entry)
        if verdict is None or entry.url is None:
            continue
        place = entry.where("url")
        if entry.archive_url is None and (found := context.archived_copies.get(entry.url)):
            if found.copy is None:
                yield Fix("archive", place, f"{entry.url} is dead: {found.why}", (), safe=False)
            else:
                edit = Edit(topic.path, entry.id, "archive_url", None, found.copy.url)
                yield Fix(
                    "archive", place, f"{entry.url} is dead: archived copy of {found.copy.at:%Y-%m-%d}", (edit,), safe=False
                )
        if entry.state == "active":
            edit = Edit(topic.path, entry.id, "state", "active" if "state" in entry.places else None, _DEAD)
            yield Fix("dead", place, f"{entry.url} is dead: {verdict.reason}", (edit,), safe=False)


def _dead_verdict(context: FixContext, entry: Entry) -> Verdict | None:
    """The verdict of an entry's page if it is proven dead, or marked dead by a maintainer and not seen alive since."""
    verdict = context.verdicts.get(entry.url or "")
    if verdict is None:
        return None
    declared = entry.state == _DEAD and verdict.excused is not None and verdict.seen not in {Outcome.ALIVE, Outcome.MOVED}
    return verdict if verdict.outcome is Outcome.DEAD or declared else None
