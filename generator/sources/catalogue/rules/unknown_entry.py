"""References to entries that don't exist, in `not_duplicate_of` and `start`; `not_duplicate_of` that names its own entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, nearest, quoted
from generator.sources.catalogue.model import Catalogue


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every such reference, with the most similar id."""
    _ = today
    asking = [entry for _, entry in catalogue.entries() if entry.not_duplicate_of]
    starting = [topic for topic in catalogue.topics if topic.start]
    if not asking and not starting:
        return
    known = {key for _, entry in catalogue.entries() for key in (entry.id, *entry.aliases)}
    for entry in asking:
        for index, other in enumerate(entry.not_duplicate_of):
            place = entry.places.get(f"not_duplicate_of.{index}") or entry.where("not_duplicate_of")
            if other.id in {entry.id, *entry.aliases}:
                message = f"not_duplicate_of: {quoted(other.id)} is this entry itself"
                yield Problem("unknown-entry", Severity.ERROR, message, place, "name the other entry")
            elif other.id not in known:
                yield _unknown("not_duplicate_of", other.id, known, place, "the other entry")
    for topic in starting:
        for index, step in enumerate(topic.start):
            if step.id not in known:
                place = topic.places.get(f"start.{index}") or topic.places.get("start", topic.place)
                yield _unknown("start", step.id, known, place, "an entry")


def _unknown(field: str, key: str, known: Collection[str], place: Place, whose: str) -> Problem:
    near = nearest(key, known)
    hint = f'did you mean "{near}"?' if near else f"copy the id of {whose}"
    return Problem("unknown-entry", Severity.ERROR, f"{field}: there is no entry {quoted(key)}", place, hint)
