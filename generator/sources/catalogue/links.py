"""Every URL of a catalogue with its place and work; its entries as candidates for duplicates."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import unquote

from generator.markdown.autolinks import autolinks, may_link
from generator.sources.catalogue.fields import ENTRY
from generator.sources.catalogue.model import Catalogue, Entry, Section
from generator.sources.catalogue.shapes import URL
from linkcheck.model import Candidate, Excuse, Link, Place, Work

_SAME_WORK = frozenset(
    ("pdf", "version", "doi", "arxiv", "abs", "html", "preprint", "paper", "published", "openreview", "proceedings")
)
MARKDOWN_FIELDS = ("description", "abstract")


def links(catalogue: Catalogue, today: date | None = None) -> tuple[Link, ...]:
    """All URLs as written, topic by topic. With `today`, exceptions that have ended are left out.

    An entry's exception and state apply to all its URLs but its archived copy, which is there for when they are gone.
    """
    found: list[Link] = []
    for name in ("header", "description", "footer"):
        place = catalogue.collection.places.get(name)
        if place is not None:
            found += _in_markdown(getattr(catalogue.collection, name), place)
    for topic in catalogue.topics:
        for name in ("header", "description", "footer"):
            place = topic.places.get(name, replace(topic.place, field=name))
            found += _in_markdown(getattr(topic, name), place, topic.places)
        for entry in topic.entries:
            found += _of_entry(entry, today)
        for top in topic.sections:
            for section in top.walk():
                found += _of_section(section)
                for entry in section.entries:
                    found += _of_entry(entry, today)
    return tuple(found)


def candidates(catalogue: Catalogue) -> tuple[Candidate, ...]:
    """Every entry with the URLs of the work itself (its page, its text), without slides or code."""
    return tuple(
        Candidate(
            entry.where("url") if entry.url else entry.where("title"),
            (*([entry.url] if entry.url else []), *(url for label, urls in entry.links if _same(label) for url in urls)),
            work(entry),
            entry.id,
            tuple(other.id for other in entry.not_duplicate_of),
        )
        for _, entry in catalogue.entries()
    )


def work(entry: Entry) -> Work:
    """The work of an entry, as far as the entry describes it."""
    return Work(
        entry.title,
        tuple(author.family or author.literal for author in entry.authors),
        entry.publication_year,
        entry.doi,
        entry.arxiv,
        entry.added,
    )


def _same(label: str) -> bool:
    return label.casefold() in _SAME_WORK


def _of_section(section: Section) -> Iterator[Link]:
    place = section.places.get("description", replace(section.place, field="description"))
    return _in_markdown(section.description, place, section.places)


def _of_entry(entry: Entry, today: date | None) -> Iterator[Link]:
    about = work(entry)
    excuse: Excuse | None = entry.link_check
    if excuse and today and excuse.until and excuse.until < today:
        excuse = None
    state = entry.state if entry.state != "active" else None
    if entry.page:
        field, url = entry.page
        yield Link(url, entry.where(field), about, excuse, state)
    for label, urls in entry.links:
        for index, url in enumerate(urls):
            name = f"links.{label}"
            place = entry.places.get(f"{name}.{index}") or entry.where(name)
            yield Link(url, place, about, excuse, state)
    for name, value in entry.more.items():
        if ENTRY[name].shape is URL:
            yield Link(value, entry.where(name), about, excuse, state)
    if entry.archive_url:
        yield Link(entry.archive_url, entry.where("archive_url"), about)
    for name in MARKDOWN_FIELDS:
        for link in _in_markdown(getattr(entry, name), entry.where(name), entry.places):
            yield replace(link, excuse=excuse)


def _in_markdown(text: str | None, place: Place, places: Mapping[str, Place] | None = None) -> Iterator[Link]:
    """The links of a text, each at its own place in `places` where it has one, else at that of the text."""
    if text and may_link(text):
        for index, url in enumerate(urls_in(text)):
            yield Link(url, (places or {}).get(f"{place.field}.{index}", place))


def urls_in(text: str) -> tuple[str, ...]:
    """The URLs of a Markdown text in their order, as written; without images and anchors of the page itself."""
    found: list[str] = []
    state: Any = _parser()
    tokens: Any = state(text)
    _collect(tokens, found)
    return tuple(dict.fromkeys(_as_written(url, text) for url in found if url and not url.startswith("#")))


def _collect(tokens: list[dict[str, Any]], found: list[str]) -> None:
    for token in tokens:
        if token["type"] == "link":
            found.append(token["attrs"]["url"])
        _collect(token.get("children") or [], found)


def _as_written(url: str, text: str) -> str:
    # The parser percent-encodes forbidden characters and leaves entities; the link is checked as it is written.
    if url in text:
        plain = html.unescape(url)
        return plain if plain != url and "&" in url and ";" in url else url
    for candidate in (unquote(url), html.unescape(unquote(url))):
        if candidate in text:
            return candidate
    return html.unescape(url)


@cache
def _parser() -> Any:  # noqa: ANN401  (mistune has no types)
    import mistune

    return mistune.create_markdown(renderer=None, plugins=[autolinks, "strikethrough", "table", "footnotes"])
