"""Values outside the vocabularies that the collection sets for its fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem, Severity, nearest, quoted
from generator.sources.catalogue.model import Catalogue, Entry


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every value that isn't in the vocabulary of its field."""
    _ = today
    for field, words in catalogue.collection.vocabularies:
        allowed = frozenset(words)
        for _, entry in catalogue.entries():
            for index, value in enumerate(_values(entry, field)):
                if value not in allowed:
                    near = nearest(value, words)
                    hint = f'did you mean "{near}"?' if near else "use one of its words, or add this one in _collection.yaml"
                    message = f"{field}: {quoted(value)} is not in the collection's vocabulary"
                    own = f"links.{value}" if field == "links" else f"{field}.{index}"
                    place = entry.places.get(own) or entry.where(field)
                    yield Problem("outside-vocabulary", Severity.ERROR, message, place, hint)


def _values(entry: Entry, field: str) -> tuple[str, ...]:
    if field == "links":
        return tuple(label for label, _ in entry.links)
    value = getattr(entry, field)
    if value is None or (field == "kind" and "kind" not in entry.places):
        return ()
    return value if isinstance(value, tuple) else (value,)
