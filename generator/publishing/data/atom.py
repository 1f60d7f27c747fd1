"""An Atom feed (RFC 4287) of new entries.

Ids don't depend on an entry's section, topic or current id, so a moved or renamed entry doesn't become new again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from generator.markdown import descriptions
from generator.markdown.formulas import plain as without_tex
from generator.publishing.data.export_set import ExportedEntry, ExportSet
from generator.publishing.data.texts import plain
from generator.sources.catalogue.authors import named
from linkcheck.urls import web

__all__ = ["MOST", "SHOWN", "dated", "entry_id", "feed_title", "render"]

SHOWN = frozenset({
    "id", "aliases", "title", "authors", "url", "doi", "arxiv", "archive_url", "added", "description", "abstract",
    "state",
})  # fmt: skip
"""The fields that the feed uses."""

MOST = 50
"""Maximum number of entries in a feed."""
_BEFORE = date(1970, 1, 1)


def render(export: ExportSet, _: Sequence[str]) -> str:
    """The feed of the `MOST` newest entries with a known day, newest first. It may have no entries."""
    newest, collection = dated(export), export.collection
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!-- rendered from the sources by Listkeeper; edit those, not this file -->",
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_id(export, f'feed {_first_name(export)}')}</id>",
        f"  <title>{_text(feed_title(export))}</title>",
        f"  <updated>{_moment(newest[0][0] if newest else _BEFORE)}</updated>",
        "  <generator>Listkeeper</generator>",
        f"  <author><name>{_text(collection.title)}</name></author>",
    ]
    if export.description and (about := descriptions.first_paragraph(export.description)):
        lines.append(f"  <subtitle>{_text(about)}</subtitle>")
    # A relative address is that of the feed itself, too (RFC 4287, section 4.2.7.1).
    own = f"{export.address or quote(export.name)}.atom.xml"
    lines.append(f'  <link rel="self" type="application/atom+xml" href={_attribute(own)}/>')
    if collection.repository and web(collection.repository):
        lines.append(f'  <link rel="alternate" href={_attribute(collection.repository)}/>')
    if collection.license:
        lines.append(f"  <rights>{_text(collection.license)}</rights>")
    for day, exported in newest:
        lines += _entry(export, exported, day)
    return "\n".join([*lines, "</feed>"]) + "\n"


def dated(export: ExportSet) -> list[tuple[date, ExportedEntry]]:
    """The `MOST` newest entries with their days, newest first."""
    found = [(one.added, one) for one in export.entries if one.added]
    return sorted(found, key=lambda pair: (pair[0], pair[1].key), reverse=True)[:MOST]


def feed_title(export: ExportSet) -> str:
    """The title of a feed; that of a topic names the collection, too."""
    return export.title if export.whole else f"{export.title} ({export.collection.title})"


def entry_id(export: ExportSet, exported: ExportedEntry) -> str:
    """The permanent id of an entry in feeds."""
    return _id(export, f"entry {(*exported.entry.aliases, exported.entry.id)[0]}")


def _entry(export: ExportSet, exported: ExportedEntry, day: date) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{entry_id(export, exported)}</id>"
    yield f"    <title>{_text(exported.title)}</title>"
    yield f"    <published>{_moment(day)}</published>"
    yield f"    <updated>{_moment(day)}</updated>"
    for author in named(exported.authors):
        if name := _text(author.name):
            yield f"    <author><name>{name}</name></author>"
    if exported.url:
        yield f'    <link rel="alternate" href={_attribute(exported.url)}/>'
    yield f"    <category term={_attribute(exported.home.slug)} label={_attribute(exported.home.title)}/>"
    # An entry without a link must have content (RFC 4287, section 4.1.2).
    if about := _text(exported.about or exported.entry.abstract or ("" if exported.url else exported.title)):
        name = "summary" if exported.url else "content"
        yield f"    <{name}>{about}</{name}>"
    yield "  </entry>"


def _id(export: ExportSet, name: str) -> str:
    """A permanent id, unique among all feeds (RFC 4287, section 4.2.6).

    It is made of the repository's URL; without one, of the name that the first build gave the feeds, or of the title.
    """
    collection = export.collection
    return uuid5(NAMESPACE_URL, plain(f"{collection.repository or export.feeds or collection.title} {name}")).urn


def _first_name(export: ExportSet) -> str:
    """The topic's first name: the feed keeps its id when the topic is renamed."""
    aliases = () if export.whole else export.topics[0].aliases
    return aliases[0] if aliases else export.name


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(value: str) -> str:
    return escape(plain(without_tex(value)))


def _attribute(value: str) -> str:
    return quoteattr(plain(value))
