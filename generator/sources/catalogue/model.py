"""The catalogue: collection, topics, sections and entries as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Day  # noqa: N812  (an entry has a field named `date`)
from ipaddress import IPv4Network, IPv6Network
from types import MappingProxyType
from typing import Any

from generator.sources.catalogue.identifiers import doi_page
from generator.sources.collection import Collection
from linkcheck.model import Excuse, Place

__all__ = [
    "ATTRIBUTES", "KINDS", "STATES", "STATUSES", "Author", "Catalogue", "Collection", "Entry", "NotDuplicate", "Section", "Start", "Topic",
]  # fmt: skip

KINDS = (
    "paper", "preprint", "book", "thesis", "survey", "course", "lecture", "video", "workshop", "blog", "software", "dataset",
    "person", "group", "project", "other",
)  # fmt: skip
STATES = ("active", "deprecated", "dead", "withdrawn", "retracted")
STATUSES = ("abstract", "advance-online", "in-preparation", "in-press", "preprint", "submitted", "published")

_NOTHING: Mapping[str, Place] = MappingProxyType({})
_NO_VALUES: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Author:
    """A person by family name, given name and suffix ("Jr."), or a group or single name (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name as pages show it: "Given Family Jr."."""
        if self.given and self.family and not (self.literal or self.suffix):
            return f"{self.given} {self.family}"
        return self.literal or " ".join(filter(None, (self.given, self.family, self.suffix)))


@dataclass(frozen=True, slots=True)
class NotDuplicate:
    """The id of an entry that is another work, and why it is."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One work or resource. Everything but `id` and `place` may be missing; one of `url` and `title` is there.

    The attributes are the fields that code reads by name; a field of the table `fields.ENTRY` without one has its value in `more`.
    """

    id: str
    place: Place
    title: str | None = None
    url: str | None = None
    kind: str = "other"
    aliases: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    year: int | None = None
    date: Day | None = None
    venue: str | None = None
    language: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    description: str | None = None
    abstract: str | None = None
    tags: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    not_duplicate_of: tuple[NotDuplicate, ...] = ()
    links: tuple[tuple[str, tuple[str, ...]], ...] = ()
    archive_url: str | None = None
    added: Day | None = None
    status: str | None = None
    state: str = "active"
    link_check: Excuse | None = None
    extra: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, Any] = field(default_factory=lambda: _NO_VALUES, hash=False)
    citation_key: str | None = None
    cite_as: str | None = None
    keep_case: tuple[str, ...] = ()
    id_given: bool = False
    places: Mapping[str, Place] = field(default_factory=lambda: _NOTHING, compare=False, repr=False)
    """The place of each field's value; `links.pdf`, `links.code.1` for a URL among several, `description` for the links in it."""

    def where(self, name: str) -> Place:
        """The place of a field's value, else the entry's own."""
        return self.places.get(name, self.place)

    def with_values(self, values: Mapping[str, Any]) -> Entry:
        """The entry with other values, by the names of their fields; None or () takes a value out of `more`."""
        own = {name: value for name, value in values.items() if name in ATTRIBUTES}
        if len(own) == len(values):
            return replace(self, **own)
        more = {**self.more, **{name: value for name, value in values.items() if name not in own}}
        return replace(
            self, **own, more=MappingProxyType({name: value for name, value in more.items() if value not in {None, ()}})
        )

    @property
    def page(self) -> tuple[str, str] | None:
        """The page to read with the field that gives it: `url`, else the one that `doi` or `arxiv` resolves to."""
        if self.url:
            return "url", self.url
        if self.doi:
            return "doi", doi_page(self.doi)
        return ("arxiv", f"https://arxiv.org/abs/{self.arxiv}") if self.arxiv else None

    @property
    def publication_year(self) -> int | None:
        """The `year`, else the year of `date`."""
        return self.year or (self.date.year if self.date else None)


ATTRIBUTES = frozenset(Entry.__dataclass_fields__) - {"place", "places", "more", "id_given"}
"""The fields that have an attribute of an entry."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its entries and subsections."""

    title: str
    place: Place
    id: str | None = None
    description: str | None = None
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    places: Mapping[str, Place] = field(default_factory=lambda: _NOTHING, compare=False, repr=False)
    """The place of each value that is written, by key."""

    def walk(self) -> Iterator[Section]:
        """This section and all its subsections, as written."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Start:
    """A step of a topic's reading path: the id of an entry of the collection, and why to read it then."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One source file, one page. `slug` is the file's name without `.yaml`, `aliases` are its former names."""

    slug: str
    path: str
    title: str
    place: Place
    description: str | None = None
    related: tuple[str, ...] = ()
    header: str | None = None
    footer: str | None = None
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    places: Mapping[str, Place] = field(default_factory=lambda: _NOTHING, compare=False, repr=False)
    """The place of each value that is written, by key; `related.0`, `aliases.0` or `start.0` for one of several."""
    start: tuple[Start, ...] = ()
    aliases: tuple[str, ...] = ()

    def walk(self) -> Iterator[Entry]:
        """All entries, as written."""
        yield from self.entries
        for top in self.sections:
            for section in top.walk():
                yield from section.entries


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All topics, in the order of the index."""

    collection: Collection = field(default_factory=Collection)
    topics: tuple[Topic, ...] = ()
    allow_private: tuple[IPv4Network | IPv6Network, ...] = ()
    """The private networks whose addresses the collection's settings allow."""

    def entries(self) -> Iterator[tuple[Topic, Entry]]:
        """Every entry with its home topic."""
        for topic in self.topics:
            for entry in topic.walk():
                yield topic, entry
