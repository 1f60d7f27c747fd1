"""Several records of one work, as one: which source is believed for which field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.metadata.record import Record
from generator.sources.catalogue.model import Author

__all__ = ["FIELDS", "Fact", "facts"]

FIELDS = ("title", "authors", "year", "venue", "doi", "arxiv", "kind", "state")
"""The fields that are looked up, in the order of an entry."""

_REGISTRIES = frozenset(("Crossref", "DataCite"))
_OF_THE_PUBLICATION = frozenset(("year", "venue", "kind"))


@dataclass(frozen=True, slots=True)
class Fact:
    """A field's value and who says so."""

    value: str | int | tuple[Author, ...]
    source: str


def facts(records: Iterable[Record], *, preprint: bool = False) -> Mapping[str, Fact]:
    """What is known of a work, by field.

    `records` stand in the order in which they are believed. Of year, venue and kind a registry of publications knows best, unless
    the entry is meant as the preprint (`preprint`): then its own year stands, and its kind.
    """
    given = list(records)
    registered = [one for one in given if one.source in _REGISTRIES and one.kind != "preprint"]
    found: dict[str, Fact] = {}
    for name in FIELDS:
        order = given
        if name in _OF_THE_PUBLICATION and registered:
            own = [one for one in given if one not in registered]
            order = [*own, *registered] if preprint and name != "venue" else [*registered, *own]
        for one in order:
            value = one.posted if preprint and name == "year" and one.posted else getattr(one, name)
            if value and not (preprint and name == "kind"):
                found[name] = Fact(value, one.source)
                break
    published = next((one for one in given if one.published), None)
    if published is not None and published.published and "doi" not in found:
        found["doi"] = Fact(published.published, published.source)
    return {name: found[name] for name in FIELDS if name in found}
