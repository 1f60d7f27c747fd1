"""Render the build target "site": pages, search data, style sheet, scripts and data files by path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape

from generator.publishing.data import FOLDER, Rows, render_data
from generator.publishing.data.bibtex import cited
from generator.publishing.pages.outline import Outline, Pointer, outlines
from generator.publishing.site.activity import activity
from generator.publishing.site.assets import asset
from generator.publishing.site.authors import AuthorPage, author_page, author_pages, authors_page, authors_path, slugs
from generator.publishing.site.downloads import OPML, opml
from generator.publishing.site.entry import CrossListing, author_name, author_path, author_url
from generator.publishing.site.frame import FACE, face_css, words_script
from generator.publishing.site.health import health_page
from generator.publishing.site.home import home_page, not_found_page
from generator.publishing.site.model import Health, Settings
from generator.publishing.site.news import new_entries, news_pages
from generator.publishing.site.search import Row, row, search_data
from generator.publishing.site.strings import strings
from generator.publishing.site.topic import Page, TopicLink, moved_page, topic_page, topic_path, topic_url
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import former, resolved

__all__ = ["RenderCache", "render_site"]

_MAX_SIBLINGS = 30
_ASSETS = ("site.css", "page.js", "search.js", "visit.js")


@dataclass(slots=True)
class RenderCache:
    """Results of the last call of `render_site`, so that the next one only renders what changed."""

    rows: Rows = field(default_factory=Rows)
    inputs: object = None
    pages: dict[str, tuple[Page, str, tuple[Row, ...]]] | None = None


def render_site(
    catalogue: Catalogue,
    health: Health | None = None,
    settings: Settings | None = None,
    cache: RenderCache | None = None,
    first_seen: Mapping[str, date] | None = None,
    feeds: str = "",
) -> dict[str, str]:
    """All files of the site by path (with `/`), including the data files; equal arguments give equal texts.

    `first_seen` are days by entry id, for the feeds, of entries without `added`; `feeds` makes their ids unique. `cache` is kept
    between calls to reuse pages and data whose input is the same.
    """
    catalogue = resolved(catalogue)
    health, settings, cache = health or Health(), settings or Settings(), cache or RenderCache()
    outlined = outlines(catalogue)
    people = author_pages(outline for outline, _ in outlined)
    news = new_entries((outline for outline, _ in outlined), first_seen or {})
    settings = replace(settings, authors=bool(people), news=bool(news))
    inputs = (catalogue.collection, health, settings)
    if cache.inputs != inputs:
        cache.inputs, cache.pages = inputs, {}
    address = f"{settings.base_url.rstrip('/')}/{FOLDER}/" if settings.base_url else ""
    files = render_data(catalogue, folder="", first_seen=first_seen or {}, rows=cache.rows, feeds=feeds, address=address)
    old, new = cache.pages or {}, {}
    for page in _pages(catalogue, outlined, slugs(people), cache.rows):
        slug = page.outline.topic.slug
        known = old.get(slug)
        if known is None or known[0] != page:
            known = (page, topic_page(page, *inputs), tuple(_rows(page.outline, health)))
        new[slug] = known
    cache.pages = new
    files |= {topic_path(slug): text for slug, (_, text, _) in new.items()}
    for alias, topic in former(catalogue.topics).items():
        files[topic_path(alias)] = moved_page(topic, catalogue.collection, settings)
        files["assets/moved.js"] = asset("moved.js")
    files["index.html"] = home_page(catalogue, health, settings, news)
    files |= (months := news_pages(news, catalogue.collection, settings))
    files["health.html"] = health_page(catalogue, health, settings)
    files["assets/search-data.js"] = search_data(
        catalogue.topics, (one for _, _, rows in new.values() for one in rows), strings(catalogue.collection.site.language)
    )
    files["assets/words.js"] = words_script(strings(catalogue.collection.site.language))
    files |= {f"assets/{name}": asset(name) for name in _ASSETS}
    if settings.live:
        files["assets/live.js"] = asset("live.js")
    if people:
        files[authors_path()] = authors_page(people, catalogue.collection, settings)
    files |= {author_path(one.slug): author_page(one, catalogue.collection, settings) for one in people}
    if settings.base_url:
        files["sitemap.xml"] = _sitemap(catalogue, settings.base_url, people, months)
        files[OPML] = opml(catalogue, settings.base_url)
        files["404.html"] = not_found_page(catalogue.collection, settings)
    if face := face_css(catalogue.collection.site, settings.files, settings.folder):
        files[f"assets/{FACE}"] = face
    return files


def _rows(outline: Outline, health: Health) -> Iterator[Row]:
    for entry, part in outline.places():
        page_health = health.links.get(entry.page[1]) if entry.page else None
        yield row(outline.topic, entry, part, page_health, activity(entry, health))


def _pages(
    catalogue: Catalogue, outlined: Sequence[tuple[Outline, tuple[Pointer, ...]]], people: Mapping[str, str], rows: Rows
) -> list[Page]:
    links = [TopicLink(topic.slug, topic.title) for topic in catalogue.topics]
    known = {one.slug: one for one in links}
    return [
        Page(
            outline,
            tuple(map(_cross_listing, pointers)),
            _related(outline, known),
            links[index - 1] if index else None,
            links[index + 1] if index + 1 < len(links) else None,
            tuple(_citations(rows, outline.topic.slug)),
            _people(outline, pointers, people),
            _around(links, index),
            frozenset(known) if outline.topic.header or outline.topic.footer else frozenset(),
        )
        for index, (outline, pointers) in enumerate(outlined)
    ]


def _people(outline: Outline, pointers: Iterable[Pointer], people: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The authors on a topic's page that have a page of their own."""
    entries = (*outline.topic.walk(), *(pointer.entry for pointer in pointers))
    names = dict.fromkeys([author_name(author) for entry in entries for author in entry.authors])
    return tuple([(one, people[one]) for one in names if one in people])


def _around(links: Sequence[TopicLink], index: int) -> tuple[TopicLink, ...]:
    """The topics around one of them, so that no page grows with the number of topics."""
    first = max(0, min(index - _MAX_SIBLINGS // 2, len(links) - _MAX_SIBLINGS))
    return tuple(links[first : first + _MAX_SIBLINGS])


def _cross_listing(pointer: Pointer) -> CrossListing:
    return CrossListing(pointer.entry, pointer.topic.slug, pointer.topic.title, pointer.part.title if pointer.part else "")


def _citations(rows: Rows, slug: str) -> Iterator[tuple[str, str]]:
    """The ids of a topic's entries, each with its BibTeX without our fields (description, tags)."""
    exported, texts = rows.topics.get(slug, ((), {"bib": ()}))
    for one, record in zip(exported, texts["bib"], strict=True):
        yield one.entry.id, cited(record)


def _related(outline: Outline, known: dict[str, TopicLink]) -> tuple[TopicLink, ...]:
    own = outline.topic
    return tuple(known[slug] for slug in dict.fromkeys(own.related) if slug in known and slug != own.slug)


def _sitemap(catalogue: Catalogue, base_url: str, people: Sequence[AuthorPage], months: Iterable[str]) -> str:
    base = base_url.rstrip("/")
    paths = [
        "",
        "health.html",
        *months,
        *([authors_path()] if people else []),
        *(topic_url(topic.slug) for topic in catalogue.topics),
        *(author_url(one.slug) for one in people),
    ]
    rows = "\n".join(f"<url><loc>{escape(f'{base}/{path}')}</loc></url>" for path in paths)
    note = "<!-- rendered from the lists by Listkeeper; edit those files, not this one -->"
    return f'{note}\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'
