"""The search data, as a classic script, since pages opened from disk can't fetch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.markdown.descriptions import first_paragraph
from generator.markdown.formulas import plain
from generator.markdown.text import clean
from generator.publishing.pages.outline import Part
from generator.publishing.site.activity import Activity
from generator.publishing.site.entry import anchor, anchors, author_name, kind_name, name
from generator.publishing.site.html import web
from generator.publishing.site.model import LinkHealth
from generator.publishing.site.strings import Strings
from generator.sources.catalogue.identifiers import arxiv, doi
from generator.sources.catalogue.model import KINDS, Entry, Topic
from generator.sources.catalogue.names import former
from linkcheck.model import Outcome

__all__ = ["SHOWN", "Row", "row", "search_data"]

SHOWN = frozenset({
    "id", "aliases", "title", "url", "doi", "arxiv", "kind", "authors", "year", "date", "venue", "language", "description", "tags",
    "state", "also_in",
})  # fmt: skip
"""The fields that the search knows."""

_MAX_TEXT = 300
_IDENTIFYING = ("doi", "arxiv", "lanl.gov")
"""What URLs with an identifier contain; most have none, and to parse them takes long."""


class Row(NamedTuple):
    """An entry in the search data; `url` is "" without a page to read, `section` the title and anchor of its heading."""

    title: str
    url: str
    anchor: str
    kind: str
    people: str
    year: int
    venue: str
    topics: tuple[str, ...]
    about: str
    identifiers: str
    section: tuple[str, str] | None = None
    tags: tuple[str, ...] = ()
    language: str = ""
    health: Outcome | None = None
    former: tuple[str, ...] = ()
    activity: Activity | None = None


def row(
    topic: Topic, entry: Entry, part: Part | None = None, health: LinkHealth | None = None, activity: Activity | None = None
) -> Row:
    """The search data of an entry under a heading; `health` and `activity` are those of its page. Its own topic comes first."""
    about = plain(first_paragraph(entry.description)) if entry.description else ""
    return Row(
        plain(name(entry)),
        web(entry.page[1]) if entry.page and entry.state != "dead" else "",
        anchor(entry),
        entry.kind,
        ", ".join([author_name(author) for author in entry.authors]),
        entry.publication_year or 0,
        clean(plain(entry.venue)) if entry.venue else "",
        (topic.slug, *entry.also_in),
        about if len(about) <= _MAX_TEXT else f"{about[: _MAX_TEXT - 1].rstrip()}…",
        clean(" ".join(dict.fromkeys(filter(None, _identifiers(entry))))),
        (clean(part.title), part.anchor) if part else None,
        tuple([shown for tag in entry.tags if (shown := clean(tag))]),
        clean(entry.language or ""),
        health.outcome if health else None,
        anchors(entry)[1:],
        activity,
    )


def _identifiers(entry: Entry) -> tuple[str | None, ...]:
    """DOI and arXiv id, also those in the URL."""
    url = entry.url or ""
    small = url.lower()
    if not (any(part in small for part in _IDENTIFYING) or small.lstrip().startswith("10.")):
        return entry.doi, entry.arxiv
    return entry.doi or doi(url), entry.arxiv or arxiv(url)


def search_data(topics: Sequence[Topic], rows: Iterable[Row], words: Strings) -> str:
    """A script that assigns all rows to `window.listkeeper`; rows refer to kinds, topics, venues, sections and tags by number.

    Former names of topics and former anchors of entries have the number of the topic or entry.
    """
    rows = tuple(rows)
    slugs = {topic.slug: number for number, topic in enumerate(topics)}
    kinds = {kind: number for number, kind in enumerate(KINDS)}
    venues, tags = dict[str, int](), dict[str, int]()
    sections: dict[tuple[int, str, str], int] = {}
    entries = [
        (
            one.title,
            one.url,
            one.anchor,
            kinds.get(one.kind, len(kinds) - 1),
            one.people,
            one.year,
            venues.setdefault(one.venue, len(venues)) if one.venue else -1,
            [slugs[slug] for slug in dict.fromkeys(one.topics) if slug in slugs],
            one.about,
            one.identifiers,
            sections.setdefault((slugs[one.topics[0]], *one.section), len(sections)) if one.section else -1,
            [tags.setdefault(tag, len(tags)) for tag in one.tags],
            one.language,
            one.health or "",
            one.activity or "",
        )
        for one in rows
    ]
    found = {
        "kinds": [(kind, kind_name(kind, words)) for kind in KINDS],
        "topics": [(topic.slug, clean(plain(topic.title))) for topic in topics],
        "venues": list(venues),
        "sections": list(sections),
        "tags": list(tags),
        "health": [(outcome, words(f"outcome_{outcome}")) for outcome in Outcome],
        "activity": [(one, words(f"activity_{one}")) for one in Activity],
        "entries": entries,
        "renamed": [(alias, slugs[topic.slug]) for alias, topic in former(topics).items()],
        "former": [(old, number) for number, one in enumerate(rows) for old in one.former],
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    # Browsers parse JSON in a string about twice as fast as the same literal.
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    note = "/* rendered from the lists by Listkeeper; edit those files, not this one */"
    return f"{note}\nwindow.listkeeper = JSON.parse('{quoted}');\n"
