"""Read what a page says about its work: citation tags, JSON-LD, Dublin Core, OpenGraph, and last its title.

`citation_*` as Google Scholar's inclusion guidelines have them; https://schema.org (CreativeWork); https://www.dublincore.org;
https://ogp.me. A page that is a wall, a login or an error says nothing about the work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from generator.metadata.jsonld import described
from linkcheck.identity import arxiv, doi
from linkcheck.model import RegistryAnswer
from linkcheck.pages import read as marks_of
from linkcheck.pages.bounds import limit_markup
from linkcheck.pages.decoding import Kind, decode, kind_of
from linkcheck.registries import BatchRequest, Headers, Person, Reading, Record, Subject
from linkcheck.registries.protocol import unknown
from linkcheck.registries.reading import header, plain, year

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from linkcheck.registries.asking import Ask

__all__ = ["NAME", "look_at", "page", "page_key", "read_page"]

NAME = "its page"
_HOPS = 6

_OG_KINDS = {"article": None, "book": "book", "video.other": "video", "video.movie": "video", "video.episode": "video"}
_PARTS = re.compile(r"\s+(?:[|\u00b7\u2013\u2014\u2022-]|::)\s+")
_EMPTY_TITLES = frozenset(("home", "index", "untitled", "untitled document", "welcome", "document", "new page", "title"))


def page_key(subject: Subject) -> str | None:
    """The URL of a subject's page; None if it isn't an http or https URL."""
    return subject.url if subject.url.startswith(("http://", "https://")) else None


async def look_at(url: str, ask: Ask) -> Reading:
    """Fetch a page, following redirects, and read it."""
    for _ in range(_HOPS):
        try:
            status, headers, body = await ask(BatchRequest(NAME, url, (), (url,)))
        except OSError:
            status, headers, body = None, (), b""
        if status is None:
            return unknown(NAME, "its page can't be reached")
        place = header(headers, "location")
        if not (300 <= status < 400 and place):
            return read_page(url, status, headers, body)
        url = urljoin(url, place)
        if urlsplit(url).scheme not in {"http", "https"}:
            return unknown(NAME, f"the page leads to {url[:80]}, which isn't a web page")
    return unknown(NAME, "its page leads from address to address without end")


def read_page(url: str, status: int, headers: Headers, body: bytes) -> Reading:
    """Read the answer to a request for a page."""
    if status in {404, 410}:
        return Reading(RegistryAnswer(NAME, "missing"))
    if status != 200:
        return unknown(NAME, f"the page answered {status}")
    found = page(body, headers, url)
    return unknown(NAME, found) if isinstance(found, str) else Reading(RegistryAnswer(NAME, "exists"), found)


def page(body: bytes, headers: Headers, url: str) -> Record | str:
    """The record of the work that a page presents, or why there is none."""
    fields = dict(reversed([(name.lower(), value) for name, value in headers]))
    content = fields.get("content-type", "")
    if kind_of(content, body) is not Kind.HTML:
        return "the page isn't HTML"
    marks = marks_of(body, tuple(headers), url, status=200)
    wall = next((name for name in ("challenge", "refusal", "login", "wall", "choice", "maintenance", "not_found", "parked",
                                   "sale", "gambling", "tombstone") if getattr(marks, name)), None)  # fmt: skip
    if wall:
        return f"the page shows something else instead of the work ({wall.replace('_', ' ')})"
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(limit_markup(decode(body, content)).with_scripts)
    tags = _tags(tree)
    cited, structured = _cited(tags), described(_scripts(tree))
    found = _joined(cited, structured, _described(tags), _shared(tags))
    if found.title is None and (title := _own_title(tree, tags)):
        found = replace(found, title=title)
    return found if found.title else "the page has no title"


def _tags(tree: LexborHTMLParser) -> Mapping[str, list[str]]:
    """The contents of `meta` elements by their names or properties in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        given = node.attributes
        key = (given.get("name") or given.get("property") or "").strip().lower()
        content = " ".join((given.get("content") or "").split())
        if key and content:
            # Digital Commons puts its vendor's name before the usual names.
            found.setdefault(key.removeprefix("bepress_"), []).append(content)
    return found


def _scripts(tree: LexborHTMLParser) -> list[str]:
    return [node.text() for node in tree.css('script[type="application/ld+json"]')]


def _first(tags: Mapping[str, list[str]], *keys: str) -> str | None:
    return next((text for key in keys for one in tags.get(key, ()) if (text := plain(one))), None)


def _cited(tags: Mapping[str, list[str]]) -> Record:
    """The citation tags. Each author has a tag, or one tag has all, separated by semicolons."""
    people = [one for text in tags.get("citation_author") or tags.get("citation_authors", []) for one in text.split(";")]
    given = _first(tags, "citation_doi")
    preprint = _first(tags, "citation_arxiv_id")
    thesis = "citation_dissertation_institution" in tags
    venue = _first(tags, "citation_journal_title", "citation_conference_title", "citation_inbook_title", "citation_book_title")
    title = _first(tags, "citation_title")
    book = "citation_isbn" in tags and venue is None
    return Record(
        "its citation tags",
        title=title,
        authors=tuple(Person(written=text) for one in people if (text := plain(one))),
        year=year(_first(tags, "citation_publication_date", "citation_date", "citation_year", "citation_online_date")),
        venue=None if thesis else venue,
        doi=doi(given) if given else None,
        arxiv=arxiv(preprint) if preprint else None,
        kind="thesis" if thesis else "paper" if venue else "book" if book and title else None,
    )


def _described(tags: Mapping[str, list[str]]) -> Record:
    """Dublin Core, as in repositories and older journals. A title without a creator may be the site's, so it isn't believed."""
    people = tags.get("dc.creator.personalname") or tags.get("dc.creator") or tags.get("dcterms.creator", [])
    title = _first(tags, "dc.title", "dcterms.title")
    if title is None or not people:
        return Record("its Dublin Core tags")
    identifiers = [*tags.get("dc.identifier.doi", ()), *tags.get("dc.identifier", ()), *tags.get("dcterms.identifier", ())]
    return Record(
        "its Dublin Core tags",
        title=title,
        authors=tuple(Person(written=text) for one in people if (text := plain(one))),
        year=year(_first(tags, "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created")),
        doi=next((found for one in identifiers if (found := doi(one))), None),
    )


def _shared(tags: Mapping[str, list[str]]) -> Record:
    """OpenGraph: the title without the site's name. Its authors are often addresses of profiles, so they aren't read."""
    title = _first(tags, "og:title")
    said = (_first(tags, "og:type") or "").lower()
    return Record(
        "its OpenGraph tags",
        title=_without(title, _first(tags, "og:site_name")) if title else None,
        year=year(_first(tags, "article:published_time", "book:release_date", "video:release_date")) if title else None,
        kind=_OG_KINDS.get(said),
    )


def _joined(*records: Record) -> Record:
    """The first record with a title, completed from later ones with the same title."""
    named = [record for record in records if record.title]
    if not named:
        return Record("its page")
    found = named[0]
    for other in named[1:]:
        alike = (other.title or "").casefold() == (found.title or "").casefold()
        if alike:
            found = replace(
                found,
                authors=found.authors or other.authors,
                year=found.year or other.year,
                venue=found.venue or other.venue,
                doi=found.doi or other.doi,
                kind=found.kind or other.kind,
            )
    return found


def _own_title(tree: LexborHTMLParser, tags: Mapping[str, list[str]]) -> str | None:
    """The page's title; if its only `h1` is a part of it, that part."""
    node = tree.css_first("title")
    title = plain(node.text(separator="")) if node is not None else None
    if title is None or title.casefold() in _EMPTY_TITLES or "://" in title:
        return None
    headings = tree.css("h1")
    heading = plain(headings[0].text(separator="")) if len(headings) == 1 else None
    if heading and heading in _PARTS.split(title):
        return heading
    return _without(title, _first(tags, "og:site_name", "application-name"))


def _without(title: str, site: str | None) -> str:
    """A title without the site's name at its start or end."""
    parts = _PARTS.split(title)
    if site and len(parts) > 1:
        for gone, rest in ((parts[-1], title[: -len(parts[-1])]), (parts[0], title[len(parts[0]) :])):
            if gone.casefold() == site.casefold():
                return _trimmed(rest)
    return title


def _trimmed(text: str) -> str:
    return text.strip().strip("|\u00b7\u2013\u2014\u2022-:").strip()
