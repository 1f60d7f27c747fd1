"""Drafts and groups as entries and sections of the catalogue, in the form that the rendered page gives back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.importing.markdown.about import About, about
from generator.importing.markdown.filling import Group, described
from generator.importing.markdown.marks import Draft
from generator.markdown.text import clean, heading, text
from generator.problems import Place
from generator.sources.catalogue.fields import with_columns
from generator.sources.catalogue.model import Entry, Section
from linkcheck.urls import display

__all__ = ["drafts_of", "entry_of_draft", "sections_of"]

_DEEPEST = 5
"""So many levels of headings a page has below its title."""
_NUMBERED = re.compile(r"(?P<base>.+) (?P<number>\d+)$")


def sections_of(groups: Iterable[Group], path: str, depth: int = 1) -> tuple[Section, ...]:
    """The groups as sections; those deeper than a page can show stand beside the last that it can."""
    found: list[Section] = []
    for group in groups:
        deepest = depth >= _DEEPEST
        found.append(section_of(group, path, () if deepest else sections_of(group.groups, path, depth + 1)))
        if deepest:
            found += sections_of(group.groups, path, depth)
    return tuple(found)


def section_of(group: Group, path: str, sections: tuple[Section, ...]) -> Section:
    """One group with the sections made of its own groups."""
    entries = tuple(entry for draft in group.entries if (entry := entry_of_draft(draft, path)))
    title = heading(group.title)[0]
    return Section(title, Place(path, group.line, 1), None, described([shown for shown, _ in group.intro]), entries, sections)


def drafts_of(group: Group) -> Iterator[Draft]:
    """All drafts of a group, in order."""
    yield from group.entries
    for inner in group.groups:
        yield from drafts_of(inner)


def entry_of_draft(draft: Draft, path: str) -> Entry | None:
    """The entry of a draft; None where neither title nor URL is left of it."""
    title = _title(draft)
    if title is None and draft.url is None:
        return None
    told: About = about(draft.about, title)
    extra = dict(told.extra)
    for key, value in draft.extra:
        extra.setdefault(key, value)
    entry = Entry(
        id="",
        place=Place(path, draft.line, 1),
        title=title,
        url=draft.url,
        authors=told.authors,
        year=told.year,
        venue=told.venue,
        description=told.description,
        links=links(draft.links),
        state="deprecated" if draft.struck else told.state,
        extra=tuple(extra.items()),
    )
    return with_columns(entry)


def _title(draft: Draft) -> str | None:
    """The title, unless it only repeats the URL."""
    shown = clean(draft.title or "")
    if not shown or not text(shown):
        return None
    if draft.url is not None and "." in shown:
        bare = draft.url.partition("://")[2].rstrip("/")
        if shown.rstrip("/") in {draft.url.rstrip("/"), bare, bare.removeprefix("www."), display(draft.url)}:
            return None
    return shown


def links(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Labelled links, those of one label together: "code" and "code 2" are two of one."""
    found: dict[str, list[str]] = {}
    for label, url in pairs:
        key = clean(label) or "link"
        match = _NUMBERED.fullmatch(key)
        if match and len(found.get(match["base"], ())) + 1 == int(match["number"]):
            key = match["base"]
        found.setdefault(key, []).append(url)
    return tuple((label, tuple(urls)) for label, urls in found.items())
