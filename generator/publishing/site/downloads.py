"""The data files as pages offer them: links to every format, and the feed as readers of feeds look for it."""

from __future__ import annotations

from urllib.parse import quote

from generator.publishing.data import CITATION, FEED, FOLDER, FORMATS, WHOLE
from generator.publishing.site.html import text

__all__ = ["collection_feed", "collection_files", "topic_feed", "topic_files"]


def collection_files() -> str:
    """The files of all entries, each with what it is for; for the first page."""
    rows = [f"<li>{_link(WHOLE, end, '')} <span>{text(form.use)}</span></li>" for end, form in FORMATS.items()]
    rows.append(f'<li><a href="{FOLDER}/{CITATION}">{CITATION}</a> <span>how to cite the collection</span></li>')
    return f'<ul class="formats">{"".join(rows)}</ul>'


def topic_files(slug: str) -> str:
    """The files of one topic, on a line for its page; "" for a topic whose name is taken by the files of all."""
    if slug == WHOLE:
        return ""
    links = "\n".join(_link(slug, end, "../") for end in FORMATS)
    return f'<p class="data"><span>This list as</span> {links}</p>'


def topic_feed(slug: str, title: str) -> str:
    """What the head of a topic's page says of its feed, "" where it has none of its own."""
    return "" if slug == WHOLE else _feed(slug, title, "../")


def collection_feed(title: str) -> str:
    """What the head of the first page says of the feed of all entries."""
    return _feed(WHOLE, title, "")


def _feed(slug: str, title: str, root: str) -> str:
    told = text(f"{title}: new entries" if title else "New entries")
    return f'<link rel="alternate" type="application/atom+xml" title="{told}" href="{text(_path(slug, FEED, root))}">'


def _link(slug: str, end: str, root: str) -> str:
    return f'<a href="{text(_path(slug, end, root))}">{text(FORMATS[end].name)}</a>'


def _path(slug: str, end: str, root: str) -> str:
    return f"{root}{FOLDER}/{quote(slug)}.{end}"
