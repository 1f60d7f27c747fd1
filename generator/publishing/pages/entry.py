"""Render an entry as a list item: `- [Title](url) - Authors. _Venue_, 2019. Description. [pdf](...) · [code](...)`, then tags as code.

awesome-lint checks how a description begins if it has no markup. One that begins with a lower-case or accented letter gets "By" before
its authors, a capital if the first word is a function word, else emphasis on that word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.markdown import descriptions
from generator.markdown.text import capitalized, code, destination, line_start, link, sentence, text
from generator.sources.catalogue.model import Entry
from linkcheck.urls import display

__all__ = ["SHOWN", "item", "linked_name", "named", "pointer", "target"]

SHOWN = frozenset({
    "title", "url", "doi", "arxiv", "authors", "year", "date", "venue", "description", "links", "archive_url", "state", "tags", "also_in",
    "extra",
})  # fmt: skip
"""The fields that a page shows; those without an attribute of `Entry` are shown as columns as well."""

_MAX_AUTHORS = 6
_AUTHORS_SHOWN = 3
_STATE_NOTES = {"deprecated": "**Deprecated.**", "withdrawn": "**Withdrawn.**", "retracted": "**Retracted.**"}
_HAS_MARKUP = re.compile(r"(?<!\\)(?:\\\\)*(?:[_*`\[]|~~)")
_BREAKS = re.compile(r"[- ;./'\\]+")
_NOT_ASCII_WORD = re.compile(r"\W", re.ASCII)
_ACCEPTED_WORD = re.compile(r"[A-Z]|[a-z]+[A-Z]|.*\d", re.ASCII)


def named(entry: Entry) -> str:
    """The title as inline Markdown, else the URL in its display form."""
    return _name(entry, entry.page[1] if entry.page else None)


def target(entry: Entry) -> str | None:
    """The link destination: the page, or the archived copy of a dead entry; None without an http(s) URL."""
    if entry.state == "dead":
        return destination(entry.archive_url) if entry.archive_url else None
    return destination(entry.page[1]) if entry.page else None


def item(entry: Entry) -> str:
    """The line of an entry on the page of its own topic."""
    url = entry.page[1] if entry.page else None
    name = _name(entry, url)
    if entry.state == "dead":
        return _joined(
            line_start(name), [*_origin(entry), *_description(entry), *_columns(entry), _gone_note(entry), *_tags(entry)]
        )
    target = destination(url) if url else None
    links = list(_links(entry))
    if url and not target and entry.title:
        links.insert(0, link("page", url))
    warning = [_STATE_NOTES[entry.state]] if entry.state in _STATE_NOTES else []
    tail = [*warning, *_origin(entry), *_description(entry), *_columns(entry), *_link_row(links)]
    if not target:
        return _joined(line_start(name), [*tail, *_tags(entry)])
    about = [_with_accepted_start(" ".join(tail), name, by=bool(_people(entry)))] if tail else []
    return _joined(f"[{name}]({target})", [*about, *_tags(entry)])


def linked_name(entry: Entry) -> str:
    """An entry by its title, as a link to the work where it has one."""
    url, name = target(entry), named(entry)
    return f"[{name}]({url})" if url else line_start(name)


def pointer(entry: Entry, place: str) -> str:
    """The line of an entry on the page of another topic: a link to the work, and where its own topic has it (`place`, a link)."""
    who = _dated(_people(entry), entry)
    return _joined(linked_name(entry), [sentence(who)] * bool(who) + [f"In {place}."])


def _joined(head: str, tail: list[str]) -> str:
    return f"- {head} - {' '.join(tail)}" if tail else f"- {head}"


def _name(entry: Entry, url: str | None) -> str:
    """The title, else the URL in its display form, else the id, as inline Markdown."""
    return text(entry.title or "") or text(display(url) if url else "") or text(entry.id) or "Untitled"


def _origin(entry: Entry) -> list[str]:
    """Authors, venue and year, as sentences."""
    people, venue = _people(entry), text(entry.venue or "")
    if not venue:
        return [sentence(dated)] if (dated := _dated(people, entry)) else []
    year = str(entry.publication_year or "")
    place = f"_{venue}_, {year}" if year and not _names_year(venue, year) else f"_{venue}_"
    return [sentence(part) for part in (people, place) if part]


def _people(entry: Entry) -> str:
    names = [shown for author in entry.authors if (shown := text(author.name))]
    if len(names) > _MAX_AUTHORS:
        names = [*names[:_AUTHORS_SHOWN], "et al."]
    return f"{', '.join(names[:-1])} et al." if names[1:] and names[-1] == "et al." else ", ".join(names)


def _dated(people: str, entry: Entry) -> str:
    """People and year; the year alone only if the title doesn't contain it."""
    year = str(entry.publication_year or "")
    return ", ".join(filter(None, (people, year if people or not _names_year(entry.title or "", year) else "")))


def _names_year(name: str, year: str) -> bool:
    return year in name and re.search(rf"(?<!\d){year}(?!\d)", name) is not None


def _description(entry: Entry) -> list[str]:
    shown = descriptions.line(entry.description) if entry.description else ""
    return [sentence(shown)] if shown else []


def _columns(entry: Entry) -> list[str]:
    """Fields without a place of their own on a page, and `extra`: values as code, so that they aren't read as Markdown."""
    pairs = entry.extra
    if entry.more:
        from generator.sources.catalogue.fields import columns

        pairs = columns(entry)
    shown = [f"{text(key)}: {code(value)}" for key, value in pairs if text(key) and value.strip()]
    return [f"{'; '.join(shown)}."] if shown else []


def _tags(entry: Entry) -> Iterator[str]:
    """The tags as code, behind all else."""
    return (code(tag) for tag in entry.tags if tag.strip())


def _links(entry: Entry) -> Iterator[str]:
    for label, urls in entry.links:
        for number, url in enumerate(urls, 1):
            yield link(label if number == 1 else f"{label} {number}", url)
    if entry.archive_url and entry.state != "active":
        yield link("archived copy", entry.archive_url)


def _link_row(links: list[str]) -> list[str]:
    """The links joined by " · ", with a full stop only where the last is plain text."""
    if not links:
        return []
    row = " · ".join(links)
    return [row if links[-1].startswith("[") else sentence(row)]


def _gone_note(entry: Entry) -> str:
    copy = f" ({link('archived copy', entry.archive_url)})" if entry.archive_url else ""
    return f"The page is gone{copy}."


def _with_accepted_start(tail: str, name: str, *, by: bool) -> str:
    """The text after a linked title, with a beginning that awesome-lint accepts."""
    if _HAS_MARKUP.search(tail):
        return tail
    repeats = tail.lower().startswith(name.lower())
    word = next(filter(None, _BREAKS.split(tail)), "")
    accepted = word[:1] in "\"'(" or _ACCEPTED_WORD.match(_NOT_ASCII_WORD.sub("", word)) or word.lower() == word.upper()
    if by and (repeats or not accepted):
        return f"By {tail}"
    if accepted:
        return tail
    if (capital := capitalized(tail)) != tail:
        return capital
    # Any other word may be a lower-case name.
    first, space, rest = tail.partition(" ")
    return f"_{first}_{space}{rest}"
