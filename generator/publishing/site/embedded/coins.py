"""COinS: an entry as an OpenURL context object in the title of an empty element (Z39.88-2004), which Zotero offers to save.

A page of many works can't use `citation_*` elements, which describe the page itself as one work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urlencode

from generator.markdown.formulas import plain
from generator.markdown.text import clean
from generator.publishing.site.html import web
from generator.sources.catalogue.authors import named
from generator.sources.catalogue.model import Entry

__all__ = ["coins"]

_GENRES: Mapping[str, tuple[str, str, str]] = {
    "paper": ("journal", "article", "atitle"), "survey": ("journal", "article", "atitle"), "preprint": ("journal", "preprint", "atitle"),
    "book": ("book", "book", "btitle"), "thesis": ("dissertation", "", "title"),
}  # fmt: skip
"""For each kind with a format of its own: the format, its genre, and its field for the title."""
_TYPES: Mapping[str, str] = {
    "software": "computerProgram", "video": "videoRecording", "lecture": "videoRecording", "blog": "blogPost", "dataset": "dataset",
    "course": "webpage", "project": "webpage", "other": "webpage",
}  # fmt: skip
"""Zotero's types of the other works. People, groups and workshops are no works."""


def coins(entry: Entry) -> str:
    """The element of an entry; "" for an entry that isn't a work, or has no title."""
    title = clean(plain(entry.title or ""))
    if not title or entry.kind not in {*_GENRES, *_TYPES}:
        return ""
    pairs = [("ctx_ver", "Z39.88-2004"), *(_fields(entry, title) if entry.kind in _GENRES else _dublin_core(entry, title))]
    if entry.doi:
        pairs.append(("rft_id", f"info:doi/{entry.doi}"))
    if entry.page and (url := web(entry.page[1])):
        pairs.append(("rft_id", url))
    return f'<span class="Z3988" title="{escape(urlencode(pairs, errors="replace"))}"></span>'


def _fields(entry: Entry, title: str) -> Iterator[tuple[str, str]]:
    form, genre, key = _GENRES[entry.kind]
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    if genre:
        yield "rft.genre", genre
    yield f"rft.{key}", title
    if entry.venue and form == "journal":
        yield "rft.jtitle", clean(entry.venue)
    for author in named(entry.authors):
        if author.literal:
            yield "rft.aucorp", clean(author.literal)
        else:
            yield "rft.au", ", ".join(filter(None, (clean(author.family), clean(author.given), clean(author.suffix))))
    yield from _when(entry)


def _dublin_core(entry: Entry, title: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", _TYPES[entry.kind]
    yield "rft.title", title
    for author in named(entry.authors):
        yield "rft.creator", clean(author.literal) or ", ".join(filter(None, (clean(author.family), clean(author.given))))
    yield from _when(entry)
    if entry.page and (url := web(entry.page[1])):
        yield "rft.identifier", url


def _when(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.date or entry.year:
        yield "rft.date", entry.date.isoformat() if entry.date else str(entry.year)
