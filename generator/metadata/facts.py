"""Combine the records of one work: which source is believed for which field, with values of the catalogue. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import KINDS, STATES, Author
from linkcheck.registries import Person, Record

__all__ = ["FIELDS", "Fact", "authors_of", "facts"]

FIELDS = ("title", "authors", "year", "venue", "doi", "arxiv", "kind", "state")
"""The fields that are looked up, in the order of an entry."""

_REGISTRIES = frozenset(("Crossref", "DataCite"))
_OF_THE_PUBLICATION = frozenset(("year", "venue", "kind"))
_WORDS = {"kind": KINDS, "state": STATES}
_MANY = 60
_SHOWN = 20

Value = str | int | tuple[Author, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of a field and its source."""

    value: Value
    source: str


def facts(records: Iterable[Record], *, preprint: bool = False) -> Mapping[str, Fact]:
    """The facts about a work, by field.

    `records` are in the order in which they are believed. Year, venue and kind come from a registry of publications first, unless the
    entry is meant as the preprint (`preprint`): then it keeps its own year and kind.
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
            value = _value(one, name, preprint=preprint)
            if value and not (preprint and name == "kind"):
                found[name] = Fact(value, one.source)
                break
    published = next((one for one in given if one.published), None)
    if published is not None and published.published and "doi" not in found:
        found["doi"] = Fact(published.published, published.source)
    return {name: found[name] for name in FIELDS if name in found}


def _value(record: Record, name: str, *, preprint: bool) -> Value | None:
    """The value that a record has for a field; None for a word that isn't one of the field's."""
    if name == "authors":
        return authors_of(record)
    if name == "year" and preprint and record.posted:
        return record.posted
    value: str | int | None = getattr(record, name)
    return value if name not in _WORDS or value in _WORDS[name] else None


def authors_of(record: Record) -> tuple[Author, ...]:
    """The authors, without repetitions. Of more than 60 the first 20 and "et al."."""
    distinct = tuple(dict.fromkeys(found for one in record.authors if (found := _author(one)).name))
    return distinct if len(distinct) <= _MANY else (*distinct[:_SHOWN], Author(literal="et al."))


def _author(person: Person) -> Author:
    return author(person.written) if person.written else Author(person.family, person.given, person.literal)
