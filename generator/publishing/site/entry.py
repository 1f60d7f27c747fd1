"""Render an entry as an HTML list item: title, byline, description, links, citation, link health."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from generator.markdown.text import clean
from generator.publishing.pages.outline import Step
from generator.publishing.site.embedded import coins
from generator.publishing.site.html import attributes, href, text
from generator.publishing.site.model import Health, LinkHealth
from generator.publishing.site.prose import line, title_html
from generator.publishing.site.strings import Strings
from generator.sources.catalogue.fields import columns
from generator.sources.catalogue.model import Entry
from linkcheck.model import Outcome
from linkcheck.urls import display

__all__ = ["SHOWN", "CrossListing", "anchor", "anchors", "byline", "item", "kind_name", "name", "pointer", "step_item"]

SHOWN = frozenset({
    "id", "aliases", "title", "url", "doi", "arxiv", "kind", "authors", "year", "date", "venue", "language", "description", "links",
    "archive_url", "state", "also_in", "extra",
})  # fmt: skip
"""The fields that an entry's item shows; those without an attribute of `Entry` are shown as columns as well."""

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


def byline(entry: Entry, words: Strings) -> str:
    """Kind, people, venue and year on one line."""
    kind = kind_name(entry.kind, words) if entry.kind != "other" else ""
    people = [shown for author in entry.authors if (shown := clean(author.name))]
    who = ", ".join(people) if len(people) <= _MAX_AUTHORS else words("et_al", people=", ".join(people[:_AUTHORS_SHOWN]))
    venue, when = clean(entry.venue or ""), str(entry.publication_year or "")
    return " · ".join(filter(None, (kind, who, venue, when if when not in venue else "")))


def item(entry: Entry, health: Health, cited: str, words: Strings) -> str:
    """The item of an entry on its own topic's page; `cited` is its BibTeX."""
    page = entry.page[1] if entry.page else ""
    page_health = health.links.get(page)
    about = line(entry.description) if entry.description else ""
    parts = [_item_start(entry), _title(entry, page)]
    if entry.state != "active":
        parts.append(f'<span class="decision">{escape(words(f"state_{entry.state}"))}</span>')
    if meta := byline(entry, words):
        parts.append(f'<p class="origin">{escape(meta)}</p>')
    if about:
        parts.append(f'<p class="about">{about}</p>')
    if extra := "; ".join(f"{text(key)}: {text(value)}" for key, value in columns(entry) if text(key) and text(value)):
        parts.append(f'<p class="origin">{extra}</p>')
    parts.append(
        f'<div class="tools">{"".join(_links(entry, page_health, health, words))}{_citation(cited, words)}'
        f"{_health_badge(page_health, words)}</div>{coins(entry)}</li>"
    )
    return "".join(parts)


def pointer(listing: CrossListing, words: Strings) -> str:
    """The item of an entry on another topic's page, with a link to its own; it has the same id, for links to an entry that moved."""
    entry = listing.entry
    where = f"{quote(listing.slug)}.html#{quote(anchor(entry))}"
    place = f"{listing.topic}: {listing.section}" if listing.section else listing.topic
    meta = f'<p class="origin">{escape(shown)}</p>' if (shown := byline(entry, words)) else ""
    title = _title(entry, entry.page[1] if entry.page else "")
    link = words.html("in_topic", place=f'<a href="{text(where)}">{title_html(place)}</a>')
    return f'{_item_start(entry)}{title}{meta}<p class="origin">{link}</p></li>'


def step_item(step: Step) -> str:
    """The item of a reading path: the entry's title, and why to read it at that point."""
    entry = step.entry
    reason = f'<p class="about">{text(step.reason)}</p>' if step.reason.strip() else ""
    return f"<li>{_title(entry, entry.page[1] if entry.page else '')}{reason}</li>"


def _item_start(entry: Entry) -> str:
    """The start tag of an item, with empty elements for the ids of its aliases."""
    former = "".join(f'<span id="{escape(one)}"></span>' for one in anchors(entry)[1:])
    return f'<li class="entry" id="{escape(anchor(entry))}">{former}'


def _title(entry: Entry, page: str) -> str:
    target = href(page) if entry.state != "dead" else ""
    lang = attributes(lang=clean(entry.language)) if entry.language else ""
    shown = title_html(name(entry))
    return f'<a class="title" href="{target}"{lang}>{shown}</a>' if target else f'<span class="title"{lang}>{shown}</span>'


def _links(entry: Entry, page_health: LinkHealth | None, health: Health, words: Strings) -> Iterator[str]:
    for label, urls in entry.links:
        for number, url in enumerate(urls, 1):
            shown = text(label if number == 1 else f"{label} {number}")
            target = href(url)
            yield f'<a href="{target}">{shown}</a>' if target else f"<span>{shown}: {text(url)}</span>"
            state = health.links.get(url)
            if state and state.outcome in {Outcome.DEAD, Outcome.FAILING}:
                yield f'<span class="health {state.outcome}" title="{text(state.reason)}">{words(f"outcome_{state.outcome}")}</span>'
    lost = entry.state != "active" or (page_health is not None and page_health.outcome is Outcome.DEAD)
    if entry.archive_url and lost and (target := href(entry.archive_url)):
        yield f'<a href="{target}">{escape(words("archived_copy"))}</a>'


def _health_badge(page_health: LinkHealth | None, words: Strings) -> str:
    if page_health is None:
        return ""
    when = words("checked_on", day=words.day(page_health.seen)) if page_health.seen else words("never_checked")
    detail = f"{page_health.reason}; {when}" if page_health.reason and page_health.outcome is not Outcome.ALIVE else when
    return f'<span class="health own {page_health.outcome}" title="{text(detail)}">{words(f"outcome_{page_health.outcome}")}</span>'


def _citation(cited: str, words: Strings) -> str:
    return f"<details><summary>{escape(words('cite'))}</summary><pre><code>{escape(cited)}</code></pre></details>"
