"""An Atom feed (RFC 4287) of new entries.

Ids don't depend on an entry's place, topic or present name: one that is moved or renamed isn't new again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from generator.markdown import descriptions
from generator.publishing.data.shelves import Shelf, Volume
from generator.publishing.data.texts import plain
from generator.sources.collection import Collection
from linkcheck.urls import web

__all__ = ["MOST", "SHOWN", "render"]

SHOWN = frozenset({
    "id", "aliases", "title", "authors", "url", "doi", "arxiv", "archive_url", "added", "description", "abstract",
    "state",
})  # fmt: skip
"""The fields that it writes."""

MOST = 50
"""So many entries a feed holds, the newest."""
_BEFORE = date(1970, 1, 1)


def render(shelf: Shelf, _: Sequence[str]) -> str:
    """The newest entries whose day is known, newest first; without any, a feed without entries."""
    dated = sorted(
        ((one.added, one) for one in shelf.volumes if one.added), key=lambda pair: (pair[0], pair[1].key), reverse=True
    )
    collection = shelf.collection
    title = shelf.title if shelf.whole else f"{shelf.title} ({collection.title})"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!-- rendered from the sources by Listkeeper; edit those, not this file -->",
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_id(collection, f'feed {_first_name(shelf)}')}</id>",
        f"  <title>{_text(title)}</title>",
        f"  <updated>{_moment(dated[0][0] if dated else _BEFORE)}</updated>",
        "  <generator>Listkeeper</generator>",
        f"  <author><name>{_text(collection.title)}</name></author>",
    ]
    if shelf.description and (about := descriptions.plain(shelf.description)):
        lines.append(f"  <subtitle>{_text(about)}</subtitle>")
    if collection.repository and web(collection.repository):
        lines.append(f'  <link rel="alternate" href={_attribute(collection.repository)}/>')
    if collection.license:
        lines.append(f"  <rights>{_text(collection.license)}</rights>")
    for day, volume in dated[:MOST]:
        lines += _entry(collection, volume, day)
    return "\n".join([*lines, "</feed>"]) + "\n"


def _entry(collection: Collection, volume: Volume, day: date) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{_id(collection, f'entry {(*volume.entry.aliases, volume.entry.id)[0]}')}</id>"
    yield f"    <title>{_text(volume.title)}</title>"
    yield f"    <published>{_moment(day)}</published>"
    yield f"    <updated>{_moment(day)}</updated>"
    for author in volume.authors:
        if name := _text(author.name):
            yield f"    <author><name>{name}</name></author>"
    if volume.url:
        yield f'    <link rel="alternate" href={_attribute(volume.url)}/>'
    yield f"    <category term={_attribute(volume.home.slug)} label={_attribute(volume.home.title)}/>"
    # An entry without a link must have content (RFC 4287, section 4.1.2).
    if about := _text(volume.about or volume.entry.abstract or ("" if volume.url else volume.title)):
        name = "summary" if volume.url else "content"
        yield f"    <{name}>{about}</{name}>"
    yield "  </entry>"


def _id(collection: Collection, name: str) -> str:
    """A name for ever (RFC 4287, section 4.2.6), as long as the repository's address, or else the title, stays."""
    return uuid5(NAMESPACE_URL, plain(f"{collection.repository or collection.title} {name}")).urn


def _first_name(shelf: Shelf) -> str:
    """The name under which a feed began: who reads it under an older one than today's has the same feed."""
    aliases = () if shelf.whole else shelf.topics[0].aliases
    return aliases[0] if aliases else shelf.name


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(value: str) -> str:
    return escape(plain(value))


def _attribute(value: str) -> str:
    return quoteattr(plain(value))
