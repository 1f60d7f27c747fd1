"""Links to the data files and feeds, for the pages that offer them."""

from __future__ import annotations

from urllib.parse import quote

from generator.publishing.data import CITATION, FEED, FOLDER, FORMATS, WHOLE
from generator.publishing.site.html import text
from generator.publishing.site.strings import Strings

__all__ = ["collection_feed", "collection_files", "topic_feed", "topic_files"]


def collection_files(words: Strings) -> str:
    """A list of the files of all entries with what each is for, for the home page."""
    rows = [f"<li>{_link(WHOLE, end, '')} <span>{text(words(f'use_{end}'))}</span></li>" for end in FORMATS]
    rows.append(f'<li><a href="{FOLDER}/{CITATION}">{CITATION}</a> <span>{text(words("use_cff"))}</span></li>')
    return f'<ul class="formats">{"".join(rows)}</ul>'


def topic_files(slug: str, words: Strings) -> str:
    """A line with the files of one topic; "" for a topic named like the files of all entries."""
    if slug == WHOLE:
        return ""
    links = "\n".join(_link(slug, end, "../") for end in FORMATS)
    return f'<p class="data"><span>{text(words("download_as"))}</span> {links}</p>'


def topic_feed(slug: str, title: str, words: Strings) -> str:
    """The `link` element for a topic's feed; "" for a topic without one."""
    return "" if slug == WHOLE else _feed(slug, title, "../", words)


def collection_feed(title: str, words: Strings) -> str:
    """The `link` element for the feed of all entries."""
    return _feed(WHOLE, title, "", words)


def _feed(slug: str, title: str, root: str, words: Strings) -> str:
    title = text(words("new_entries_of", title=title) if title else words("new_entries"))
    return f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{text(_path(slug, FEED, root))}">'


def _link(slug: str, end: str, root: str) -> str:
    return f'<a href="{text(_path(slug, end, root))}">{text(FORMATS[end].name)}</a>'


def _path(slug: str, end: str, root: str) -> str:
    return f"{root}{FOLDER}/{quote(slug)}.{end}"
