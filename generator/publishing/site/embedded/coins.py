"""COinS: an entry as an OpenURL context object in the title of an empty element (Z39.88-2004), which Zotero offers to save.

A page of many works can't use `citation_*` elements, which describe the page itself as one work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote_plus

from generator.markdown.formulas import plain
from generator.markdown.text import clean
from generator.publishing.site.html import web
from generator.sources.catalogue.authors import named
from generator.sources.catalogue.model import Author, Entry

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


_UNSAFE = re.compile(r"[^A-Za-z0-9_.~/:,()!* -]+")
_START = "ctx_ver=Z39.88-2004&amp;rft_val_fmt=info:ofi/fmt:kev:mtx:"


def coins(entry: Entry) -> str:
    """The element of an entry; "" for an entry that isn't a work, or has no title."""
    title = clean(plain(entry.title or ""))
    if title and entry.kind in _GENRES:
        parts = _publication(entry, title)
    elif title and entry.kind in _TYPES:
        parts = _dublin_core(entry, title)
    else:
        return ""
    if entry.date or entry.year:
        parts.append(f"rft.date={entry.date.isoformat() if entry.date else entry.year}")
    if entry.doi:
        parts.append(f"rft_id=info:doi/{_encoded(entry.doi)}")
    if entry.page and (url := web(entry.page[1])):
        parts.append(f"rft_id={_encoded(url)}")
    return f'<span class="Z3988" title="{"&amp;".join(parts)}"></span>'


@lru_cache(maxsize=65_536)
def _encoded(value: str) -> str:
    """A value as in the query of a URL, which needs no escaping in HTML. Most are plain words, so this is faster than `urlencode`."""
    return _UNSAFE.sub(lambda part: quote_plus(part[0], errors="replace"), value).replace(" ", "+")


def _publication(entry: Entry, title: str) -> list[str]:
    form, genre, key = _GENRES[entry.kind]
    parts = [f"{_START}{form}"]
    if genre:
        parts.append(f"rft.genre={genre}")
    parts.append(f"rft.{key}={_encoded(title)}")
    if entry.venue and form == "journal":
        parts.append(f"rft.jtitle={_encoded(clean(plain(entry.venue)))}")
    return parts + [f"rft.aucorp={_person(one)}" if one.literal else f"rft.au={_person(one)}" for one in named(entry.authors)]


def _dublin_core(entry: Entry, title: str) -> list[str]:
    parts = [f"{_START}dc", f"rft.type={_TYPES[entry.kind]}", f"rft.title={_encoded(title)}"]
    parts += [f"rft.creator={_person(one)}" for one in named(entry.authors)]
    if entry.page and (url := web(entry.page[1])):
        parts.append(f"rft.identifier={_encoded(url)}")
    return parts


@lru_cache(maxsize=65_536)
def _person(author: Author) -> str:
    names = (author.literal,) if author.literal else (author.family, author.given, author.suffix)
    return _encoded(", ".join(filter(None, map(clean, names))))
