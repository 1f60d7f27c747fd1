"""Pages that are gone: an archived copy, and the entry marked instead of deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, Known
from generator.sources.catalogue.model import Entry
from linkcheck.model import Outcome, Verdict

_DEAD = "dead"


class Wanted(NamedTuple):
    """A page that is gone, the day on which it was listed, and the last on which it was seen alive (None: not known)."""

    url: str
    added: date | None
    last_alive: date | None


def wanted(known: Known) -> tuple[Wanted, ...]:
    """The pages of which an archived copy would help, each once."""
    found = {
        entry.url: Wanted(entry.url, entry.added, verdict.last_alive)
        for _, entry in known.catalogue.entries()
        if entry.url and entry.archive_url is None and (verdict := _gone(known, entry))
    }
    return tuple(found.values())


def find(known: Known) -> Iterator[Fix]:
    """Fixes of both classes; without a copy, what the archive said."""
    for topic, entry in known.catalogue.entries():
        verdict = _gone(known, entry)
        if verdict is None or entry.url is None:
            continue
        place = entry.where("url")
        if entry.archive_url is None and (found := known.copies.get(entry.url)):
            if found.copy is None:
                yield Fix("archive", place, f"{entry.url} is gone: {found.why}", (), safe=False)
            else:
                edit = Edit(topic.path, entry.id, "archive_url", None, found.copy.url)
                yield Fix("archive", place, f"{entry.url} is gone: a copy of {found.copy.at:%Y-%m-%d}", (edit,), safe=False)
        if entry.state == "active":
            edit = Edit(topic.path, entry.id, "state", "active" if "state" in entry.places else None, _DEAD)
            yield Fix("dead", place, f"{entry.url} is gone: {verdict.reason}", (edit,), safe=False)


def _gone(known: Known, entry: Entry) -> Verdict | None:
    """The verdict of an entry's page if it is dead, proven or by a person's decision."""
    verdict = known.verdicts.get(entry.url or "")
    if verdict is None:
        return None
    declared = entry.state == _DEAD and verdict.excused is not None and verdict.seen not in {Outcome.ALIVE, Outcome.MOVED}
    return verdict if verdict.outcome is Outcome.DEAD or declared else None
