"""An entry as an item of a list: title, who and where and when, description, then its links, its citation, its health."""

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
from generator.publishing.site.prose import line
from generator.sources.catalogue.fields import columns
from generator.sources.catalogue.model import Entry
from linkcheck.model import Outcome
from linkcheck.urls import display

__all__ = ["KINDS", "SHOWN", "Brief", "anchor", "anchors", "day", "item", "name", "origin", "pointer", "step_item", "year"]

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

_MANY = 6
_SHOWN = 3
_DECISIONS = {"deprecated": "Deprecated", "withdrawn": "Withdrawn", "retracted": "Retracted", "dead": "The page is gone"}


@dataclass(frozen=True, slots=True)
class Brief:
    """An entry that a topic shows, too, and where it is at home."""

    entry: Entry
    slug: str
    topic: str
    section: str


def anchor(entry: Entry) -> str:
    """The entry's id on its page; with a "/", so it can never be the id of a heading."""
    return f"entry/{entry.id}"


def anchors(entry: Entry) -> tuple[str, ...]:
    """The same, and those of its former ids."""
    return tuple(f"entry/{key}" for key in dict.fromkeys((entry.id, *entry.aliases)))


def name(entry: Entry) -> str:
    """The title, else the URL as people read it."""
    return clean(entry.title or "") or clean(display(entry.page[1]) if entry.page else "") or clean(entry.id) or "Untitled"


def year(entry: Entry) -> int | None:
    """The year of the work, as far as known."""
    return entry.year or (entry.date.year if entry.date else None)


def day(when: date) -> str:
    """A date as people read it: 20 November 2026."""
    return f"{when.day} {when:%B %Y}"


def origin(entry: Entry) -> str:
    """Kind, people, venue, year: what tells a reader at a glance what this is."""
    kind = KINDS.get(entry.kind, entry.kind) if entry.kind != "other" else ""
    people = [shown for author in entry.authors if (shown := clean(author.name))]
    who = ", ".join(people) if len(people) <= _MANY else f"{', '.join(people[:_SHOWN])} et al."
    venue, when = clean(entry.venue or ""), str(year(entry) or "")
    return " · ".join(filter(None, (kind, who, venue, when if when not in venue else "")))


def item(entry: Entry, health: Health, cited: str) -> str:
    """The entry at home; `cited` is its BibTeX."""
    page = entry.page[1] if entry.page else ""
    known = health.links.get(page)
    about = line(entry.description) if entry.description else ""
    parts = [_opened(entry), _title(entry, page)]
    if entry.state in _DECISIONS:
        parts.append(f'<span class="decision">{_DECISIONS[entry.state]}</span>')
    if meta := origin(entry):
        parts.append(f'<p class="origin">{escape(meta)}</p>')
    if about:
        parts.append(f'<p class="about">{about}</p>')
    if extra := "; ".join(f"{text(key)}: {text(value)}" for key, value in columns(entry) if text(key) and text(value)):
        parts.append(f'<p class="origin">{extra}</p>')
    parts.append(f'<div class="tools">{"".join(_links(entry, known, health))}{_cite(cited)}{_health(known)}</div></li>')
    return "".join(parts)


def pointer(brief: Brief) -> str:
    """The entry on another topic's page, with the way home; links from when it was at home here lead to it."""
    entry = brief.entry
    where = f"{quote(brief.slug)}.html#{quote(anchor(entry))}"
    place = f"{brief.topic}: {brief.section}" if brief.section else brief.topic
    meta = f'<p class="origin">{escape(shown)}</p>' if (shown := origin(entry)) else ""
    title = _title(entry, entry.page[1] if entry.page else "")
    return f'{_opened(entry)}{title}{meta}<p class="origin">In <a href="{text(where)}">{text(place)}</a></p></li>'


def step_item(step: Step) -> str:
    """A step of a reading path: the entry's title, and why to read it there."""
    entry = step.entry
    reason = f'<p class="about">{text(step.reason)}</p>' if step.reason.strip() else ""
    return f"<li>{_title(entry, entry.page[1] if entry.page else '')}{reason}</li>"


def _opened(entry: Entry) -> str:
    """The beginning of its item, with the places that its former ids lead to."""
    former = "".join(f'<span id="{escape(one)}"></span>' for one in anchors(entry)[1:])
    return f'<li class="entry" id="{escape(anchor(entry))}">{former}'


def _title(entry: Entry, page: str) -> str:
    target = href(page) if entry.state != "dead" else ""
    lang = attributes(lang=clean(entry.language)) if entry.language else ""
    shown = escape(name(entry))
    return f'<a class="title" href="{target}"{lang}>{shown}</a>' if target else f'<span class="title"{lang}>{shown}</span>'


def _links(entry: Entry, known: LinkHealth | None, health: Health) -> Iterator[str]:
    for label, urls in entry.links:
        for number, url in enumerate(urls, 1):
            shown = text(label if number == 1 else f"{label} {number}")
            target = href(url)
            yield f'<a href="{target}">{shown}</a>' if target else f"<span>{shown}: {text(url)}</span>"
            state = health.links.get(url)
            if state and state.outcome in {Outcome.DEAD, Outcome.FAILING}:
                yield f'<span class="health {state.outcome}" title="{text(state.reason)}">{state.outcome}</span>'
    lost = entry.state != "active" or (known is not None and known.outcome is Outcome.DEAD)
    if entry.archive_url and lost and (target := href(entry.archive_url)):
        yield f'<a href="{target}">archived copy</a>'


def _health(known: LinkHealth | None) -> str:
    if known is None:
        return ""
    when = f"looked at on {day(known.seen)}" if known.seen else "never looked at"
    detail = f"{known.reason}; {when}" if known.reason and known.outcome is not Outcome.ALIVE else when
    return f'<span class="health own {known.outcome}" title="{text(detail)}">{known.outcome}</span>'


def _cite(cited: str) -> str:
    return f"<details><summary>Cite</summary><pre><code>{escape(cited)}</code></pre></details>"
