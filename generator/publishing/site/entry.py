"""Render an entry as an HTML list item: title, byline, description, links, citation, link health."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote

from generator.markdown.text import clean
from generator.publishing.pages.outline import Step
from generator.publishing.site.html import attributes, href, text
from generator.publishing.site.model import Health, LinkHealth
from generator.publishing.site.prose import line, title_html
from generator.sources.catalogue.fields import columns
from generator.sources.catalogue.model import Entry
from linkcheck.model import Outcome
from linkcheck.urls import display

__all__ = ["KINDS", "SHOWN", "CrossListing", "anchor", "anchors", "byline", "day", "item", "name", "pointer", "step_item"]

KINDS: Mapping[str, str] = {
    "paper": "Paper", "preprint": "Preprint", "book": "Book", "thesis": "Thesis", "survey": "Survey", "course": "Course",
    "lecture": "Lecture", "video": "Video", "workshop": "Workshop", "blog": "Blog post", "software": "Software",
    "dataset": "Dataset", "person": "Person", "group": "Group", "project": "Project", "other": "Other",
}  # fmt: skip

SHOWN = frozenset({
    "id", "aliases", "title", "url", "doi", "arxiv", "kind", "authors", "year", "date", "venue", "language", "description", "links",
    "archive_url", "state", "also_in", "extra",
})  # fmt: skip
"""The fields that an entry's item shows; those without an attribute of `Entry` are shown as columns as well."""

_MAX_AUTHORS = 6
_AUTHORS_SHOWN = 3
_STATE_NOTES = {"deprecated": "Deprecated", "withdrawn": "Withdrawn", "retracted": "Retracted", "dead": "The page is gone"}


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
    return clean(entry.title or "") or clean(display(entry.page[1]) if entry.page else "") or clean(entry.id) or "Untitled"


def day(when: date) -> str:
    """A date such as 20 November 2026."""
    return f"{when.day} {when:%B %Y}"


def byline(entry: Entry) -> str:
    """Kind, people, venue and year on one line."""
    kind = KINDS.get(entry.kind, entry.kind) if entry.kind != "other" else ""
    people = [shown for author in entry.authors if (shown := clean(author.name))]
    who = ", ".join(people) if len(people) <= _MAX_AUTHORS else f"{', '.join(people[:_AUTHORS_SHOWN])} et al."
    venue, when = clean(entry.venue or ""), str(entry.publication_year or "")
    return " · ".join(filter(None, (kind, who, venue, when if when not in venue else "")))


def item(entry: Entry, health: Health, cited: str) -> str:
    """The item of an entry on its own topic's page; `cited` is its BibTeX."""
    page = entry.page[1] if entry.page else ""
    page_health = health.links.get(page)
    about = line(entry.description) if entry.description else ""
    parts = [_item_start(entry), _title(entry, page)]
    if entry.state in _STATE_NOTES:
        parts.append(f'<span class="decision">{_STATE_NOTES[entry.state]}</span>')
    if meta := byline(entry):
        parts.append(f'<p class="origin">{escape(meta)}</p>')
    if about:
        parts.append(f'<p class="about">{about}</p>')
    if extra := "; ".join(f"{text(key)}: {text(value)}" for key, value in columns(entry) if text(key) and text(value)):
        parts.append(f'<p class="origin">{extra}</p>')
    parts.append(
        f'<div class="tools">{"".join(_links(entry, page_health, health))}{_citation(cited)}{_health_badge(page_health)}</div></li>'
    )
    return "".join(parts)


def pointer(listing: CrossListing) -> str:
    """The item of an entry on another topic's page, with a link to its own; it has the same id, for links to an entry that moved."""
    entry = listing.entry
    where = f"{quote(listing.slug)}.html#{quote(anchor(entry))}"
    place = title_html(f"{listing.topic}: {listing.section}" if listing.section else listing.topic)
    meta = f'<p class="origin">{escape(shown)}</p>' if (shown := byline(entry)) else ""
    work = _title(entry, entry.page[1] if entry.page else "")
    return f'{_item_start(entry)}{work}{meta}<p class="origin">In <a href="{text(where)}">{place}</a></p></li>'


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


def _links(entry: Entry, page_health: LinkHealth | None, health: Health) -> Iterator[str]:
    for label, urls in entry.links:
        for number, url in enumerate(urls, 1):
            shown = text(label if number == 1 else f"{label} {number}")
            target = href(url)
            yield f'<a href="{target}">{shown}</a>' if target else f"<span>{shown}: {text(url)}</span>"
            state = health.links.get(url)
            if state and state.outcome in {Outcome.DEAD, Outcome.FAILING}:
                yield f'<span class="health {state.outcome}" title="{text(state.reason)}">{state.outcome}</span>'
    lost = entry.state != "active" or (page_health is not None and page_health.outcome is Outcome.DEAD)
    if entry.archive_url and lost and (target := href(entry.archive_url)):
        yield f'<a href="{target}">archived copy</a>'


def _health_badge(page_health: LinkHealth | None) -> str:
    if page_health is None:
        return ""
    when = f"checked on {day(page_health.seen)}" if page_health.seen else "never checked"
    detail = f"{page_health.reason}; {when}" if page_health.reason and page_health.outcome is not Outcome.ALIVE else when
    return f'<span class="health own {page_health.outcome}" title="{text(detail)}">{page_health.outcome}</span>'


def _citation(cited: str) -> str:
    return f"<details><summary>Cite</summary><pre><code>{escape(cited)}</code></pre></details>"
