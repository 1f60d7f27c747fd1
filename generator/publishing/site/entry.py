"""Render an entry as an HTML list item: title, byline, description, links, citation, link health."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import MappingProxyType
from urllib.parse import quote, urlencode

from generator.markdown.text import clean
from generator.publishing.pages.outline import Step
from generator.publishing.site.activity import activity_badge, activity_facts, activity_order
from generator.publishing.site.embedded import coins
from generator.publishing.site.html import attributes, href, text
from generator.publishing.site.model import Health, LinkHealth
from generator.publishing.site.prose import line, title_html
from generator.publishing.site.strings import Strings
from generator.sources.catalogue.fields import columns
from generator.sources.catalogue.model import Author, Entry
from linkcheck.model import Outcome
from linkcheck.urls import display

__all__ = [
    "SHOWN", "CrossListing", "anchor", "anchors", "author_name", "author_path", "author_url",
    "item", "kind_name", "name", "permalink", "pointer", "step_item",
]  # fmt: skip

SHOWN = frozenset({
    "id", "aliases", "title", "url", "doi", "arxiv", "kind", "authors", "year", "date", "venue", "language", "description", "links",
    "archive_url", "state", "also_in", "extra", "tags",
})  # fmt: skip
"""The fields that an entry's item shows; those without an attribute of `Entry` are shown as columns as well."""

_BROKEN = frozenset({Outcome.DEAD, Outcome.FAILING, Outcome.INVALID})
_NOT_CITED = frozenset({"person", "group", "workshop"})
_NOBODY: Mapping[str, str] = MappingProxyType({})
_MAX_AUTHORS = 6
_AUTHORS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CrossListing:
    """An entry shown on another topic's page, with the slug, title and section of its own topic."""

    entry: Entry
    slug: str
    topic: str
    section: str


def anchor(entry: Entry) -> str:
    """The HTML id of an entry; heading ids never contain "/"."""
    return f"entry/{entry.id}"


def anchors(entry: Entry) -> tuple[str, ...]:
    """The HTML ids of an entry: of its id and of its aliases."""
    return tuple(f"entry/{key}" for key in dict.fromkeys((entry.id, *entry.aliases)))


def name(entry: Entry) -> str:
    """The title, else the URL in its display form, else the id."""
    return clean(entry.title or "") or clean(display(entry.page[1]) if entry.page else "") or clean(entry.id)


def kind_name(kind: str, words: Strings) -> str:
    """A kind of entries as readers see it."""
    return words(f"kind_{kind}")


@lru_cache(maxsize=65_536)
def author_name(author: Author) -> str:
    """The name of an author as pages show it."""
    return clean(author.name)


def byline(entry: Entry, words: Strings, people: Mapping[str, str], by: str = "") -> str:
    """Kind, people, venue and year on one line, as HTML. `people` are the addresses of authors' pages by name; `by` needs no link."""
    kind = kind_name(entry.kind, words) if entry.kind != "other" else ""
    names = [
        _person(shown, people.get(shown, "") if shown != by else "")
        for author in entry.authors
        if (shown := author_name(author))
    ]
    who = ", ".join(names) if len(names) <= _MAX_AUTHORS else words.html("et_al", people=", ".join(names[:_AUTHORS_SHOWN]))
    venue, when = clean(entry.venue or ""), str(entry.publication_year or "")
    return " · ".join(filter(None, (escape(kind), who, title_html(venue), when if when not in venue else "")))


@lru_cache(maxsize=65_536)
def _person(shown: str, slug: str) -> str:
    return f'<a href="../{author_url(slug)}">{escape(shown)}</a>' if slug else escape(shown)


def author_path(slug: str) -> str:
    """The path of an author's page in the site."""
    return f"authors/{slug}.html"


def author_url(slug: str) -> str:
    """The relative URL of an author's page, from the root of the site."""
    return f"authors/{quote(slug)}.html"


def item(entry: Entry, health: Health, cited: str, words: Strings, people: Mapping[str, str]) -> str:
    """The item of an entry on its own topic's page; `cited` is its BibTeX, `people` are the addresses of authors' pages by name."""
    page = entry.page[1] if entry.page else ""
    page_health = health.links.get(page)
    meta = byline(entry, words, people)
    parts = [_item_start(entry, activity_order(entry, health)), _title(entry, page)]
    if entry.state != "active":
        parts.append(f'<span class="decision">{escape(words(f"state_{entry.state}"))}</span>')
    parts.append(permalink(anchor(entry), name(entry), words))
    # The citation comes last: in a line, what follows a `details` element would begin a new one.
    tools = " ".join(filter(None, (
        f'<span class="origin">{meta}</span>' if meta else "",
        *_links(entry, page_health, health, words),
        _health_badge(page_health, words),
        activity_facts(entry, health, words),
        activity_badge(entry, health, words),
        f'<span class="tags">{" ".join(map(_tag, entry.tags))}</span>' if entry.tags else "",
        _citation(cited, words) if _citable(entry) else "",
    )))  # fmt: skip
    if tools:
        parts.append(f'<div class="tools">{tools}</div>')
    if about := line(entry.description) if entry.description else "":
        parts.append(f'<p class="about" dir="auto">{about}</p>')
    if extra := "; ".join(f"{text(key)}: {text(value)}" for key, value in columns(entry) if text(key) and text(value)):
        parts.append(f'<p class="origin more">{extra}</p>')
    parts.append(f"{coins(entry)}</li>")
    return "".join(parts)


def permalink(target: str, title: str, words: Strings) -> str:
    """A visible link to an element of the page, by its id."""
    label = words("permalink", title=title)
    return f'<a class="permalink" href="#{escape(quote(target))}" aria-label="{escape(label)}">#</a>'


def _citable(entry: Entry) -> bool:
    """Whether a citation means something: a work with people or an identifier."""
    return entry.kind not in _NOT_CITED and bool(entry.authors or entry.doi or entry.arxiv)


@lru_cache(maxsize=4096)
def _tag(tag: str) -> str:
    return f'<a href="../index.html?{escape(urlencode({"tag": clean(tag)}))}">{text(tag)}</a>'


def pointer(listing: CrossListing, words: Strings, people: Mapping[str, str] = _NOBODY, by: str = "") -> str:
    """The item of an entry on another page, with a link to its own; it has the same id, for links to an entry that moved."""
    entry = listing.entry
    where = f"../topics/{quote(listing.slug)}.html#{quote(anchor(entry))}"
    place = f"{listing.topic}: {listing.section}" if listing.section else listing.topic
    meta = f'<span class="origin">{shown}</span>' if (shown := byline(entry, words, people, by)) else ""
    title = _title(entry, entry.page[1] if entry.page else "")
    link = words.html("in_topic", place=f'<a href="{text(where)}">{title_html(place)}</a>')
    about = f'<p class="about" dir="auto">{shown}</p>' if by and (shown := line(entry.description or "")) else ""
    return f'{_item_start(entry)}{title}<div class="tools">{meta} <span class="origin">{link}</span></div>{about}</li>'


def step_item(step: Step) -> str:
    """The item of a reading path: the entry's title, and why to read it at that point."""
    entry = step.entry
    reason = f'<p class="about">{title_html(step.reason)}</p>' if step.reason.strip() else ""
    return f"<li>{_title(entry, entry.page[1] if entry.page else '')}{reason}</li>"


def _item_start(entry: Entry, order: str = "") -> str:
    """The start tag of an item, with the attributes `order`, and empty elements for the ids of its aliases."""
    former = "".join(f'<span id="{escape(one)}"></span>' for one in anchors(entry)[1:])
    year = f' data-year="{entry.publication_year}"' if entry.publication_year else ""
    return f'<li class="entry" id="{escape(anchor(entry))}"{year}{order}>{former}'


def _title(entry: Entry, page: str) -> str:
    target = href(page) if entry.state != "dead" else ""
    lang = attributes(lang=clean(entry.language)) if entry.language else ""
    shown = title_html(name(entry))
    return (
        f'<a class="title" href="{target}" dir="auto"{lang}>{shown}</a>'
        if target
        else f'<span class="title" dir="auto"{lang}>{shown}</span>'
    )


def _links(entry: Entry, page_health: LinkHealth | None, health: Health, words: Strings) -> Iterator[str]:
    for label, urls in entry.links:
        for number, url in enumerate(urls, 1):
            shown = text(label if number == 1 else f"{label} {number}")
            target = href(url)
            yield f'<a href="{target}">{shown}</a>' if target else f"<span>{shown}: {text(url)}</span>"
            state = health.links.get(url)
            if state and state.outcome in _BROKEN:
                yield f'<span class="health {state.outcome}" title="{text(state.reason)}">{words(f"outcome_{state.outcome}")}</span>'
    lost = entry.state != "active" or (page_health is not None and page_health.outcome is Outcome.DEAD)
    if entry.archive_url and lost and (target := href(entry.archive_url)):
        yield f'<a href="{target}">{escape(words("archived_copy"))}</a>'


def _health_badge(page_health: LinkHealth | None, words: Strings) -> str:
    """What is wrong with the page's link; "" for one that readers can follow, or that isn't known to be broken."""
    if page_health is None or page_health.outcome not in _BROKEN:
        return ""
    when = words("checked_on", day=words.day(page_health.seen)) if page_health.seen else words("never_checked")
    detail = f"{page_health.reason}; {when}" if page_health.reason else when
    return f'<span class="health own {page_health.outcome}" title="{text(detail)}">{words(f"outcome_{page_health.outcome}")}</span>'


def _citation(cited: str, words: Strings) -> str:
    return f"<details><summary>{escape(words('cite'))}</summary><pre><code>{escape(cited)}</code></pre></details>"
