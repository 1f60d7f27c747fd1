"""An entry as one list item: `- [Title](url) - Authors. _Venue_, 2019. Description. [pdf](...) · [code](...)`.

These are the shapes that awesome-lint accepts. It asks how a description begins only where all of it is text; there, one that
begins with a small or accented letter gets "By" before its authors, a capital where that is a function word, else emphasis on the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.markdown import descriptions
from generator.markdown.text import begun, code, destination, line_start, link, sentence, text
from generator.publishing.pages.order import year_of
from generator.sources.catalogue.model import Entry
from linkcheck.urls import display

__all__ = ["SHOWN", "item", "named", "pointer", "target"]

SHOWN = frozenset({
    "title", "url", "doi", "arxiv", "authors", "year", "date", "venue", "description", "links", "archive_url", "state", "also_in", "extra",
})  # fmt: skip
"""The fields that a page shows; those without an attribute of `Entry` are shown as columns as well."""

_MANY = 6
_SHOWN = 3
_WARNINGS = {"deprecated": "**Deprecated.**", "withdrawn": "**Withdrawn.**", "retracted": "**Retracted.**"}
_MARKED = re.compile(r"(?<!\\)(?:\\\\)*[_*`\[]")
_BREAKS = re.compile(r"[- ;./'\\]+")
_NOT_ASCII_WORD = re.compile(r"\W", re.ASCII)
_FINE_WORD = re.compile(r"[A-Z]|[a-z]+[A-Z]|.*\d", re.ASCII)


def named(entry: Entry) -> str:
    """The title as inline Markdown, else the URL as people read it."""
    return _name(entry, entry.page[1] if entry.page else None)


def target(entry: Entry) -> str | None:
    """The page to read as the destination of a link; for a dead entry its archived copy; None where there is none of the web."""
    if entry.state == "dead":
        return destination(entry.archive_url) if entry.archive_url else None
    return destination(entry.page[1]) if entry.page else None


def item(entry: Entry) -> str:
    """The line of an entry at home."""
    url = entry.page[1] if entry.page else None
    name = _name(entry, url)
    if entry.state == "dead":
        return _joined(line_start(name), [*_origin(entry), *_description(entry), *_columns(entry), _gone(entry)])
    target = destination(url) if url else None
    links = list(_links(entry))
    if url and not target and entry.title:
        links.insert(0, link("page", url))
    warning = [_WARNINGS[entry.state]] if entry.state in _WARNINGS else []
    tail = [*warning, *_origin(entry), *_description(entry), *_columns(entry), *_row(links)]
    if not target:
        return _joined(line_start(name), tail)
    return _joined(f"[{name}]({target})", [_well_begun(" ".join(tail), name, by=bool(_people(entry)))] if tail else [])


def pointer(entry: Entry, home: str) -> str:
    """The line of an entry on another topic's page; `home` is a link to where it stands."""
    who = _dated(_people(entry), entry)
    return _joined(
        line_start(_name(entry, (entry.page[1] if entry.page else None))), [sentence(who)] * bool(who) + [f"In {home}."]
    )


def _joined(head: str, tail: list[str]) -> str:
    return f"- {head} - {' '.join(tail)}" if tail else f"- {head}"


def _name(entry: Entry, url: str | None) -> str:
    """The title, else the URL as people read it."""
    return text(entry.title or "") or text(display(url) if url else "") or text(entry.id) or "Untitled"


def _origin(entry: Entry) -> list[str]:
    """Who made it, where it appeared, when."""
    people, venue = _people(entry), text(entry.venue or "")
    if not venue:
        return [sentence(dated)] if (dated := _dated(people, entry)) else []
    year = str(year_of(entry) or "")
    place = f"_{venue}_, {year}" if year and not _tells(venue, year) else f"_{venue}_"
    return [sentence(part) for part in (people, place) if part]


def _people(entry: Entry) -> str:
    names = [shown for author in entry.authors if (shown := text(author.name))]
    return ", ".join(names) if len(names) <= _MANY else f"{', '.join(names[:_SHOWN])} et al."


def _dated(people: str, entry: Entry) -> str:
    """People and year; a year alone only where the title doesn't hold it."""
    year = str(year_of(entry) or "")
    return ", ".join(filter(None, (people, year if people or not _tells(entry.title or "", year) else "")))


def _tells(name: str, year: str) -> bool:
    return year in name and re.search(rf"(?<!\d){year}(?!\d)", name) is not None


def _description(entry: Entry) -> list[str]:
    shown = descriptions.line(entry.description) if entry.description else ""
    return [sentence(shown)] if shown else []


def _columns(entry: Entry) -> list[str]:
    """Fields without a place of their own on a page, and `extra`: the values as code, so that none is taken for Markdown."""
    pairs = entry.extra
    if entry.more:
        from generator.sources.catalogue.fields import columns

        pairs = columns(entry)
    shown = [f"{text(key)}: {code(value)}" for key, value in pairs if text(key) and value.strip()]
    return [f"{'; '.join(shown)}."] if shown else []


def _links(entry: Entry) -> Iterator[str]:
    for label, urls in entry.links:
        for number, url in enumerate(urls, 1):
            yield link(label if number == 1 else f"{label} {number}", url)
    if entry.archive_url and entry.state != "active":
        yield link("archived copy", entry.archive_url)


def _row(links: list[str]) -> list[str]:
    """The links as one part; it ends as a sentence only where its last isn't a link (those have their own end)."""
    if not links:
        return []
    row = " · ".join(links)
    return [row if links[-1].startswith("[") else sentence(row)]


def _gone(entry: Entry) -> str:
    copy = f" ({link('archived copy', entry.archive_url)})" if entry.archive_url else ""
    return f"The page is gone{copy}."


def _well_begun(tail: str, name: str, *, by: bool) -> str:
    """What follows a linked title, begun as awesome-lint wants it."""
    if _MARKED.search(tail):
        return tail
    repeats = tail.lower().startswith(name.lower())
    word = next(filter(None, _BREAKS.split(tail)), "")
    fine = word[:1] in "\"'(" or _FINE_WORD.match(_NOT_ASCII_WORD.sub("", word)) or word.lower() == word.upper()
    if by and (repeats or not fine):
        return f"By {tail}"
    if fine:
        return tail
    if (capital := begun(tail)) != tail:
        return capital
    # Any other word may be a name that is written small.
    first, space, rest = tail.partition(" ")
    return f"_{first}_{space}{rest}"
