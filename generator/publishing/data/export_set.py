"""The input of every format: the entries of one topic or of all topics, with their keys, sections and cleaned texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from urllib.parse import quote

from generator.markdown import descriptions
from generator.publishing.data.texts import plain
from generator.sources.catalogue.model import Author, Catalogue, Collection, Entry, Section, Topic
from linkcheck.urls import display, web

__all__ = ["WHOLE", "ExportSet", "ExportedEntry", "export_sets", "tidied"]

WHOLE = "all"
_LOOSE = re.compile(r'  | "|" |^ | $')
_KEY = re.compile(r"[^\s,{}()\"#%'=~\\@\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""A key that BibTeX and biblatex read as it stands."""
_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """An entry with its citation key, topic, section titles and the day when it was added.

    `title` is the readable URL if the entry has no title, as on the pages. `url` is the web page to read, or the archived copy of
    a dead entry; None if there is none or if it isn't an http(s) URL. `about` is the description without markup, on one line.
    `authors` are the entry's, with each name on one line.
    """

    entry: Entry
    key: str
    home: Topic = field(compare=False)  # for all entries of a topic it is the same, and much to compare
    sections: tuple[str, ...]
    added: date | None
    title: str
    url: str | None
    about: str
    authors: tuple[Author, ...]


@dataclass(frozen=True, slots=True)
class ExportSet:
    """The content of one file in each format: a topic's entries and those of other topics shown there (`also_in`), or all entries.

    `feeds` makes the ids of feeds unique where the collection names no repository. `address` is the URL of the file without its
    extension; "" where it isn't known.
    """

    name: str
    title: str
    description: str | None
    collection: Collection
    topics: tuple[Topic, ...]
    entries: tuple[ExportedEntry, ...]
    whole: bool
    feeds: str = ""
    address: str = ""


def export_sets(catalogue: Catalogue, first_seen: Mapping[str, date], feeds: str = "", folder: str = "") -> Iterator[ExportSet]:
    """The export set of the whole, then one for each topic. An entry's key is the same in all of them.

    `folder` is the URL of the folder of the files, with "/" at its end; "" where it isn't known.
    """
    entries = tuple(_exported_entries(catalogue, first_seen))
    collection = catalogue.collection
    yield ExportSet(
        WHOLE,
        collection.title,
        collection.description,
        collection,
        catalogue.topics,
        entries,
        whole=True,
        feeds=feeds,
        address=folder and f"{folder}{WHOLE}",
    )
    for topic in catalogue.topics:
        if topic.slug != WHOLE:
            own = [exported for exported in entries if exported.home.slug == topic.slug]
            shown = [one for one in entries if topic.slug in one.entry.also_in and one.home.slug != topic.slug]
            yield ExportSet(
                topic.slug,
                topic.title,
                topic.description,
                collection,
                (topic,),
                (*own, *shown),
                whole=False,
                feeds=feeds,
                address=folder and f"{folder}{quote(topic.slug)}",
            )


def _exported_entries(catalogue: Catalogue, first_seen: Mapping[str, date]) -> Iterator[ExportedEntry]:
    names = Counter(key.casefold() for _, entry in catalogue.entries() for key in {entry.id, entry.citation_key or entry.id})
    for topic in catalogue.topics:
        for entry, sections in _placed(topic):
            # BibTeX treats keys that differ only by case as equal.
            own = entry.citation_key or ""
            shared = names[entry.id.casefold()] > 1 and entry.id != entry.id.casefold()
            key = f"{entry.id}-{sha256(entry.id.encode()).hexdigest()[:8]}" if shared else entry.id
            if _KEY.fullmatch(own) and names[own.casefold()] == 1:
                key = own
            about = plain(descriptions.all_text(entry.description)) if entry.description else ""
            added = entry.added or first_seen.get(entry.id)
            yield ExportedEntry(entry, key, topic, sections, added, _title(entry), _url(entry), about, tidied(entry.authors))


def _title(entry: Entry) -> str:
    return plain(entry.title or "") or plain(display(entry.page[1]) if entry.page else "") or entry.id


def tidied(people: Iterable[Author]) -> tuple[Author, ...]:
    """The people with each name on one line and without characters that a format doesn't allow."""
    return tuple([one if _tidy(one) else _plain(one) for one in people])


def _tidy(author: Author) -> bool:
    """Whether the names need no cleaning; one check for all three is faster."""
    whole = f'{author.family}"{author.given}"{author.literal}"{author.suffix}'
    return whole.isprintable() and not _LOOSE.search(whole)


def _plain(author: Author) -> Author:
    return Author(plain(author.family), plain(author.given), plain(author.literal), plain(author.suffix))


def _url(entry: Entry) -> str | None:
    found = entry.archive_url if entry.state == "dead" else entry.page[1] if entry.page else None
    return found if found and web(found) and not _UNSENDABLE.search(found) else None


def _placed(topic: Topic) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    for entry in topic.entries:
        yield entry, ()
    for section in topic.sections:
        yield from _within(section, ())


def _within(section: Section, above: tuple[str, ...]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    here = (*above, section.title)
    for entry in section.entries:
        yield entry, here
    for inner in section.sections:
        yield from _within(inner, here)
