"""Render a topic's HTML page, and the pages at its former addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from posixpath import normpath
from urllib.parse import quote, unquote

from generator.markdown.anchors import Anchors
from generator.markdown.descriptions import first_paragraph, headings
from generator.markdown.text import clean, heading
from generator.publishing.pages.index import first_sentence
from generator.publishing.pages.outline import Outline, Part
from generator.publishing.site.activity import of_entry
from generator.publishing.site.assets import version
from generator.publishing.site.downloads import topic_feed, topic_files
from generator.publishing.site.embedded import topic_json_ld
from generator.publishing.site.entry import CrossListing, item, permalink, pointer, step_item
from generator.publishing.site.frame import Shell, file_url, shell
from generator.publishing.site.html import text
from generator.publishing.site.model import Health, Settings
from generator.publishing.site.prose import blocks, title_html, verbatim
from generator.publishing.site.strings import Strings, strings
from generator.sources.catalogue.model import Collection, Entry, Topic

__all__ = ["Page", "TopicLink", "moved_page", "summary", "topic_page", "topic_path", "topic_url"]

_RELATIVE = re.compile(r"(?!/)[\w%./~@+-]{1,300}")


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A link to another topic."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """The input of a topic's page besides collection, health and settings."""

    outline: Outline
    pointers: tuple[CrossListing, ...]
    related: tuple[TopicLink, ...]
    before: TopicLink | None
    after: TopicLink | None
    bibtex: tuple[tuple[str, str], ...] = ()
    """Entry ids with their BibTeX."""
    people: tuple[tuple[str, str], ...] = ()
    """Names of authors that have a page, with the names of these pages."""
    siblings: tuple[TopicLink, ...] = ()
    """The topics around this one in the order of the collection, itself among them."""
    slugs: frozenset[str] = frozenset()
    """All topics, where the header or footer may link them."""


def topic_path(slug: str) -> str:
    """The path of a topic's page in the site."""
    return f"topics/{slug}.html"


def topic_url(slug: str) -> str:
    """The relative URL of a topic's page, from the root of the site."""
    return f"topics/{quote(slug)}.html"


def summary(topic: Topic) -> str:
    """The first sentence of the topic's description; "" without one."""
    return first_sentence(first_paragraph(topic.description)) if topic.description else ""


def topic_page(page: Page, collection: Collection, health: Health, settings: Settings) -> str:
    """The HTML of the page."""
    outline, topic, bibtex = page.outline, page.outline.topic, dict(page.bibtex)
    words, people = strings(collection.site.language), dict(page.people)

    def link(url: str) -> str:
        return _site_url(url, page.slugs, collection, settings)

    def items(entries: Iterable[Entry]) -> str:
        return _list([item(entry, health, bibtex[entry.id], words, people) for entry in entries])

    count = sum(1 for _ in topic.walk())
    content = f"""<article class="{"topic" if outline.contents else "topic plain"}">
<header class="head">
<h1 dir="auto">{title_html(topic.title) or escape(words("untitled"))}</h1>
<p class="count">{escape(words.count("entry", count))} {_search_link(topic.slug, words)}</p>
<div class="lead">
{blocks(topic.description, words) if topic.description else ""}
</div>
{topic_files(topic.slug, words)}
{_view(words, repositories=any(of_entry(entry, health) for entry in topic.walk()))}
{verbatim(topic.header, _anchors(outline, above=True), words, where="header", resolve=link, pictures=settings.files.pictures)}
</header>
{_contents(outline, words, len(page.pointers)) if outline.contents else ""}
<div class="body">
{_reading_path(outline, words)}
{items(outline.unsectioned)}
{"".join(_part(part, items(part.entries), words) for part in outline.parts)}
{_see_also(outline.see_also, page.pointers, words, people)}
{verbatim(topic.footer, _anchors(outline), words, where="footer", resolve=link, pictures=settings.files.pictures)}
</div>
{_siblings(page, words)}
</article>
{_topic_navigation(page, words)}"""
    own = Shell(
        topic_path(topic.slug),
        topic.title,
        f"{settings.folder}/{topic.slug}.yaml",
        summary(topic),
        f"{topic_feed(topic.slug, topic.title, words)}\n{topic_json_ld(topic, settings.base_url)}",
        edit=f"{topic.slug}.yaml",
    )
    return shell(own, content, collection, settings)


def moved_page(topic: Topic, collection: Collection, settings: Settings) -> str:
    """The HTML of the page at a former address: it leads to the new one, with scripts to the same anchor; not for search engines."""
    words = strings(collection.site.language)
    target, title = text(f"{quote(topic.slug)}.html"), text(topic.title) or escape(words("untitled"))
    # A refresh would drop the fragment, which the script keeps; so it is only for readers without scripts.
    head = f"""<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
<script src="../assets/moved.js?v={version("moved.js")}" data-to="{target}"></script>"""
    content = f"""<article class="topic plain">
<header class="head">
<h1>{title}</h1>
<p class="lead">{words.html("page_moved", link=f'<a href="{target}">{title}</a>')}</p>
</header>
</article>"""
    source = f"the aliases in {settings.folder}/{topic.slug}.yaml"
    own = Shell(topic_path(topic.slug), topic.title, source, head=head, edit=f"{topic.slug}.yaml")
    return shell(own, content, collection, settings)


def _anchors(outline: Outline, *, above: bool = False) -> Anchors:
    """The anchors of the page on GitHub so far: those over the header, else those over the footer."""
    found = Anchors()
    found.add(heading(outline.topic.title)[0])
    if above:
        return found
    for title in (*headings(outline.topic.header or ""), *["Contents"] * outline.contents):
        found.add(title)
    for part in outline.headings():
        found.add(part.title)
    return found


def _site_url(url: str, slugs: frozenset[str], collection: Collection, settings: Settings) -> str:
    """Where a relative link of a topic's header or footer leads: to a page of the site, else to the file; "" if to neither."""
    path, sign, anchor = url.partition("#")
    name = unquote(path.removeprefix("./"))
    if name == "README.md":
        return f"../index.html{sign}{anchor}"
    if name.removesuffix(".md") in slugs and name.endswith(".md"):
        return f"{quote(name.removesuffix('.md'))}.html{sign}{anchor}"
    inner = normpath(f"{settings.folder}/{path}") if _RELATIVE.fullmatch(path) else ".."
    found = "" if inner.startswith("..") else file_url(collection, unquote(inner))
    return f"{found}{sign}{anchor}" if found else ""


def _search_link(slug: str, words: Strings) -> str:
    return f'<a class="within" href="../index.html?topic={quote(slug)}">{escape(words("search_in_topic"))}</a>'


def _contents(outline: Outline, words: Strings, see_also: int) -> str:
    headings = outline.headings()
    rows = "".join(
        f'<li class="level{part.level}"><a href="#{text(quote(part.anchor))}">{title_html(_heading(part, outline, words))}</a> '
        f'<span class="number" aria-hidden="true">{words.number(_count(headings, at, outline, see_also))}</span></li>'
        for at, part in enumerate(headings)
        if part.level <= 3
    )
    title = escape(words("on_this_page"))
    return f'<nav class="contents" aria-labelledby="ui:contents"><h2 id="ui:contents">{title}</h2><ul>{rows}</ul></nav>'


def _count(headings: Sequence[Part], at: int, outline: Outline, see_also: int) -> int:
    """The number of entries under a heading and those below it."""
    part = headings[at]
    if part is outline.start or part is outline.see_also:
        return len(outline.steps) if part is outline.start else see_also
    below = takewhile(lambda one: one.level > part.level, headings[at + 1 :])
    return len(part.entries) + sum(len(one.entries) for one in below)


def _view(words: Strings, *, repositories: bool) -> str:
    """How entries are shown: their order and density; hidden without scripts, which it needs."""
    keys = ("list", "year", "title", "stars", "pushed") if repositories else ("list", "year", "title")
    orders = "".join(f'<option value="{key}">{escape(words(f"order_{key}"))}</option>' for key in keys)
    return f"""<div class="view">
<label for="ui:order">{escape(words("order"))}</label>
<select id="ui:order">{orders}</select>
<button type="button" class="compact" aria-pressed="false">{escape(words("compact"))}</button>
</div>"""


def _siblings(page: Page, words: Strings) -> str:
    """Links to the topics around this one, beside the page on wide screens."""
    if len(page.siblings) < 2:
        return ""
    own = page.outline.topic.slug
    rows = "".join(
        f'<li><a href="{quote(one.slug)}.html"{" aria-current=page" if one.slug == own else ""} dir="auto">'
        f"{title_html(one.title) or escape(words('untitled'))}</a></li>"
        for one in page.siblings
    )
    title = escape(words("topics"))
    return f'<nav class="siblings" aria-labelledby="ui:siblings"><h2 id="ui:siblings">{title}</h2><ul>{rows}</ul></nav>'


def _heading(part: Part, outline: Outline, words: Strings) -> str:
    """The title of a heading; those that aren't from the lists are in the language of the site."""
    if part is outline.start:
        return words("start_here")
    return words("see_also") if part is outline.see_also else clean(part.title)


def _part(part: Part, entries: str, words: Strings) -> str:
    about = f'<div class="note">{blocks(part.description, words, level=part.level + 1)}</div>' if part.description else ""
    return f"{_title(part, part.title, words)}\n{about}{entries}\n"


def _title(part: Part, title: str, words: Strings) -> str:
    level = part.level
    return f'<h{level} id="{text(part.anchor)}" dir="auto">{title_html(title)} {permalink(part.anchor, clean(title), words)}</h{level}>'


def _reading_path(outline: Outline, words: Strings) -> str:
    """The heading and steps of the reading path; "" without one."""
    if outline.start is None:
        return ""
    rows = "".join(step_item(step) for step in outline.steps)
    return f'{_title(outline.start, words("start_here"), words)}\n<ol class="path">{rows}</ol>'


def _list(items: Sequence[str]) -> str:
    rows = "\n".join(items)
    return f'<ul class="entries">\n{rows}\n</ul>' if items else ""


def _see_also(part: Part | None, pointers: tuple[CrossListing, ...], words: Strings, people: Mapping[str, str]) -> str:
    if part is None:
        return ""
    note = f'<div class="note"><p>{escape(words("also_belong"))}</p></div>'
    rows = _list([pointer(listing, words, people) for listing in pointers])
    return f"{_title(part, words('see_also'), words)}\n{note}{rows}"


def _topic_navigation(page: Page, words: Strings) -> str:
    related = ", ".join(f'<a href="{quote(one.slug)}.html">{title_html(one.title)}</a>' for one in page.related)
    items = [f'<p class="related"><span>{escape(words("related_topics"))}</span> {related}</p>'] if related else []
    for one, word, rel in ((page.before, words("previous"), "prev"), (page.after, words("next"), "next")):
        if one:
            items.append(
                f'<p class="{rel}"><span>{escape(word)}</span> <a href="{quote(one.slug)}.html" rel="{rel}">{title_html(one.title)}</a></p>'
            )
    return f'<nav class="topic-nav" aria-label="{escape(words("other_topics"))}">{"".join(items)}</nav>' if items else ""
