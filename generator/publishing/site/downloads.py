"""Links to the data files and feeds, for the pages that offer them."""

from __future__ import annotations

from urllib.parse import quote

from generator.markdown.formulas import plain
from generator.markdown.text import clean
from generator.publishing.data import CITATION, FEED, FOLDER, FORMATS, JSON_FEED, WHOLE
from generator.publishing.site.html import text
from generator.publishing.site.strings import Strings
from generator.sources.catalogue.model import Catalogue

__all__ = ["OPML", "collection_feed", "collection_files", "opml", "topic_feed", "topic_files"]


OPML = "feeds.opml"


def opml(catalogue: Catalogue, base_url: str) -> str:
    """The list of all feeds (OPML 2.0), which feed readers take in at once. It needs the URL of the site."""
    base = f"{base_url.rstrip('/')}/"
    title = clean(plain(catalogue.collection.title))
    rows = [(WHOLE, title, base)]
    rows += [
        (topic.slug, clean(plain(topic.title)), f"{base}topics/{quote(topic.slug)}.html")
        for topic in catalogue.topics
        if topic.slug != WHOLE
    ]
    outlines = "\n".join(
        f'<outline type="rss" text="{text(shown)}" title="{text(shown)}" xmlUrl="{text(_path(slug, FEED, base))}" htmlUrl="{text(page)}"/>'
        for slug, shown, page in rows
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- rendered from the lists by Listkeeper; edit those files, not this one -->
<opml version="2.0">
<head><title>{text(title)}</title></head>
<body>
{outlines}
</body>
</opml>
"""


def collection_files(words: Strings, *, opml: bool) -> str:
    """A list of the files of all entries with what each is for, for the home page; with that of all feeds if there is one (`opml`)."""
    rows = [f"<li>{_link(WHOLE, end, '')} <span>{text(words(f'use_{end}'))}</span></li>" for end in FORMATS]
    if opml:
        rows.append(f'<li><a href="{OPML}">OPML</a> <span>{text(words("use_opml"))}</span></li>')
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
    links = (("application/atom+xml", FEED), ("application/feed+json", JSON_FEED))
    return "\n".join(
        f'<link rel="alternate" type="{kind}" title="{title}" href="{text(_path(slug, end, root))}">' for kind, end in links
    )


def _link(slug: str, end: str, root: str) -> str:
    return f'<a href="{text(_path(slug, end, root))}">{text(FORMATS[end].name)}</a>'


def _path(slug: str, end: str, root: str) -> str:
    return f"{root}{FOLDER}/{quote(slug)}.{end}"
