"""Render what is new: a list for the home page, a page of the newest entries, and a page for each month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote

from generator.publishing.pages.outline import Outline
from generator.publishing.site.assets import version
from generator.publishing.site.entry import anchor, name
from generator.publishing.site.frame import Shell, shell
from generator.publishing.site.model import Settings
from generator.publishing.site.prose import title_html
from generator.publishing.site.strings import Strings, strings
from generator.sources.catalogue.model import Collection, Entry

__all__ = ["NewEntry", "new_entries", "newest", "news_pages", "visit_script"]

_ON_HOME = 6
_ON_PAGE = 50


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry with the day on which it was added, and the slug and title of its topic."""

    day: date
    entry: Entry
    slug: str
    topic: str


def new_entries(outlines: Iterable[Outline], first_seen: Mapping[str, date]) -> tuple[NewEntry, ...]:
    """All entries with a known day, newest first; those of one day in the order of the collection.

    Empty while more than 50 entries are all of one day. `first_seen` are days by id.
    """
    found = (
        NewEntry(day, entry, outline.topic.slug, outline.topic.title)
        for outline in outlines
        for entry, _ in outline.places()
        if (day := entry.added or first_seen.get(entry.id)) and entry.state != "dead"
    )
    newest = tuple(sorted(found, key=lambda one: one.day, reverse=True))
    # A collection that was taken over on one day has nothing new yet.
    return () if len(newest) > _ON_PAGE and newest[0].day == newest[-1].day else newest


def visit_script(news: Sequence[NewEntry], root: str) -> str:
    """The `script` element that marks what is new since the reader's last visit; "" where nothing is new."""
    return f'<script src="{root}assets/visit.js?v={version("visit.js")}" defer></script>' if news else ""


def newest(news: Sequence[NewEntry], words: Strings) -> str:
    """The section of the home page; "" where nothing is new."""
    if not news:
        return ""
    rows = _rows(news[:_ON_HOME], words, "")
    more = f'<p class="more"><a href="new/index.html">{escape(words("all_new"))}</a></p>'
    return f"""<section class="news" aria-labelledby="ui:new" data-newest="{news[0].day.isoformat()}">
<h2 id="ui:new">{escape(words("new"))}</h2>
{rows}
{more}
</section>"""


def news_pages(news: Sequence[NewEntry], collection: Collection, settings: Settings) -> dict[str, str]:
    """The pages by path: `new/index.html`, and one a month, such as `new/2026-11.html`. None where nothing is new."""
    if not news:
        return {}
    words = strings(collection.site.language)
    months = {month: tuple(entries) for month, entries in groupby(news, lambda one: one.day.replace(day=1))}
    latest = news[0].day.isoformat()
    pages = {"index": (words("new"), words("new_about"), tuple(_by_month(news[:_ON_PAGE], words)))}
    for month, entries in months.items():
        title = words("new_in", month=words.month(month))
        pages[_key(month)] = title, words.count("entry", len(entries)), (_rows(entries, words, "../"),)
    found = {}
    for key, (title, about, lists) in pages.items():
        body = "\n".join(lists)
        content = f"""<article class="topic plain news" data-newest="{latest}">
<header class="head">
<h1>{escape(title)}</h1>
<p class="lead">{escape(about)}</p>
</header>
<div class="body">
{body}
</div>
{_months(months, key, words)}
</article>"""
        path = f"new/{key}.html"
        own = Shell(path, title, f"{settings.folder}/", about, visit_script(news, "../"))
        found[path] = shell(own, content, collection, settings)
    return found


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


def _by_month(news: Sequence[NewEntry], words: Strings) -> Iterator[str]:
    for month, entries in groupby(news, lambda one: one.day.replace(day=1)):
        yield f'<h2 id="{_key(month)}">{escape(words.month(month))}</h2>\n{_rows(tuple(entries), words, "../")}'


def _months(months: Mapping[date, Sequence[NewEntry]], own: str, words: Strings) -> str:
    rows = "".join(
        f'<li><a href="{_key(month)}.html"{" aria-current=page" if _key(month) == own else ""}>{escape(words.month(month))}</a> '
        f'<span class="number" aria-hidden="true">{words.number(len(entries))}</span></li>'
        for month, entries in months.items()
    )
    return f'<nav class="months" aria-labelledby="ui:months"><h2 id="ui:months">{escape(words("by_month"))}</h2><ul>{rows}</ul></nav>'


def _rows(news: Sequence[NewEntry], words: Strings, root: str) -> str:
    """The entries as a list of links to their places on the pages of their topics."""
    rows = "\n".join(
        f'<li data-day="{one.day.isoformat()}"><a class="title" href="{root}topics/{quote(one.slug)}.html#{escape(quote(anchor(one.entry)))}" '
        f'dir="auto">{title_html(name(one.entry))}</a> <span class="origin">{title_html(one.topic)} · '
        f'<time datetime="{one.day.isoformat()}">{escape(words.day(one.day))}</time></span></li>'
        for one in news
    )
    return f'<ul class="newest">\n{rows}\n</ul>'
