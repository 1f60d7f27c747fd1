"""What feeds need that isn't in the sources: the day each entry was first seen, and a name that no other collection's feeds have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

from generator.publishing import manifest
from generator.sources import git
from generator.sources.catalogue.model import Catalogue, Entry

__all__ = ["feeds_name", "first_seen_days", "recorded_days"]


def first_seen_days(catalogue: Catalogue, before: Mapping[str, date | None], *, today: date) -> Mapping[str, date | None]:
    """The day by id of each entry without `added`; None where it is unknown. `before` are days from the manifest, also by alias.

    Entries that `before` has no day for get the commit day of their oldest line (needs the full history of git); without one, entries
    that are new since an earlier build get `today`.
    """
    found: dict[str, date | None] = {}
    for topic in catalogue.topics:
        lines: Mapping[int, date] | None = None
        for entry in topic.walk():
            if entry.added:
                continue
            known = next((key for key in (entry.id, *entry.aliases) if key in before), None)
            if known is not None and before[known] is not None:
                found[entry.id] = before[known]
                continue
            if lines is None:
                lines = git.line_days(Path(topic.path))
            found[entry.id] = _oldest(entry, lines) or (today if before and known is None else None)
    return found


def recorded_days(folder: Path, catalogue: Catalogue, *, today: date) -> Mapping[str, date]:
    """The known first-seen days, by the manifest in the lists folder, which isn't changed."""
    before = manifest.load(folder) or manifest.Manifest()
    return {key: day for key, day in first_seen_days(catalogue, before.first_seen, today=today).items() if day}


def feeds_name(folder: Path, catalogue: Catalogue, before: manifest.Manifest, *, kept: bool) -> str:
    """A name for the ids of feeds that is unique among collections; "" where the collection's own repository or title is used.

    It is the manifest's, else made of the URL that git fetches from, else random. Only a `kept` manifest may have a random one; and where
    an earlier build wrote feeds without a name, they keep their ids.
    """
    if catalogue.collection.repository or before.feeds or before.data:
        return "" if catalogue.collection.repository else before.feeds
    remote = git.fetched_from(folder)
    if remote:
        return uuid5(NAMESPACE_URL, remote).hex
    return uuid4().hex if kept else ""


def _oldest(entry: Entry, lines: Mapping[int, date]) -> date | None:
    """The day of the entry's oldest line; later edits of other lines don't count."""
    own = {entry.place.line, *(place.line for place in entry.places.values())}
    return min((day for line in range(min(own), max(own) + 1) if (day := lines.get(line))), default=None)
