"""The structure of a page: headings with anchors, and the entries under each, in the collection's order."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.markdown import descriptions
from generator.markdown.anchors import Anchors
from generator.markdown.text import heading
from generator.sources.catalogue.model import Catalogue, Entry, Section, Topic
from linkcheck.urls import display

__all__ = ["Outline", "Part", "Pointer", "Step", "chapters", "ordered", "outlines", "page_name"]

_MAX_LEVEL = 6
_MARK_CATEGORIES = frozenset({"Mn", "Mc", "Me"})


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its description and entries. `level` is that of HTML; `title` is plain text, `markdown` escaped."""

    level: int
    title: str
    markdown: str
    anchor: str
    description: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointer:
    """An entry of `topic` that is also shown on another page; `part` is its section, None where it has none."""

    entry: Entry
    topic: Topic
    part: Part | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a reading path: an entry, and why to read it at that point."""

    entry: Entry
    reason: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a topic's page; `see_also` is the heading for pointers, `start` that of the reading path (None: no heading)."""

    topic: Topic
    unsectioned: tuple[Entry, ...]
    parts: tuple[Part, ...]
    see_also: Part | None
    contents: bool
    start: Part | None = None
    steps: tuple[Step, ...] = ()

    def headings(self) -> tuple[Part, ...]:
        """All headings for the table of contents."""
        return tuple(part for part in (self.start, *self.parts, self.see_also) if part)

    def places(self) -> Iterator[tuple[Entry, Part | None]]:
        """Each entry with its part; None for entries without a section."""
        for entry in self.unsectioned:
            yield entry, None
        for part in self.parts:
            for entry in part.entries:
                yield entry, part


def page_name(slug: str) -> str:
    """The relative URL of a topic's page."""
    return f"{quote(slug)}.md"


def outlines(catalogue: Catalogue) -> list[tuple[Outline, tuple[Pointer, ...]]]:
    """The outline and the pointers of each page, in the order of the topics."""
    return _with_pointers(catalogue, [_page(draft) for draft in _drafts(catalogue)])


def chapters(catalogue: Catalogue, anchors: Anchors) -> list[tuple[Part | None, Outline, tuple[Pointer, ...]]]:
    """Heading, outline and pointers of each topic as a chapter of one page, with headings from level 2; `anchors` are the page's.

    A single topic has no heading of its own (None): its sections are the chapters.
    """
    tops, pages = list[Part | None](), list[Outline]()
    deeper = int(len(catalogue.topics) > 1)
    for draft in _drafts(catalogue):
        tops.append(_part(anchors, 2, draft.topic.title, draft.topic.description) if deeper else None)
        pages.append(_outline(draft, anchors, deeper=deeper, contents=False))
    return [(top, page, pointers) for top, (page, pointers) in zip(tops, _with_pointers(catalogue, pages), strict=True)]


def _with_pointers(catalogue: Catalogue, pages: list[Outline]) -> list[tuple[Outline, tuple[Pointer, ...]]]:
    pointers: dict[str, list[Pointer]] = {topic.slug: [] for topic in catalogue.topics}
    for page in pages:
        for entry, part in page.places():
            for slug in dict.fromkeys(entry.also_in):
                if slug in pointers and slug != page.topic.slug:
                    pointers[slug].append(Pointer(entry, page.topic, part))
    return [(page, tuple(pointers[page.topic.slug])) for page in pages]


_Title = tuple[int, str, str | None, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class _Draft:
    """The structure of a topic's page before anchors are assigned."""

    topic: Topic
    steps: tuple[Step, ...]
    unsectioned: tuple[Entry, ...]
    titles: tuple[_Title, ...]
    see_also: bool


def _drafts(catalogue: Catalogue) -> list[_Draft]:
    shown = {topic.slug for topic in catalogue.topics}
    wanted = {slug for topic, entry in catalogue.entries() for slug in entry.also_in if slug != topic.slug and slug in shown}
    known = {}
    if any(topic.start for topic in catalogue.topics):
        known = {key: entry for _, entry in catalogue.entries() for key in (*entry.aliases, entry.id)}
    return [_draft(topic, catalogue.collection.order, known, see_also=topic.slug in wanted) for topic in catalogue.topics]


def _draft(topic: Topic, order: str, known: Mapping[str, Entry], *, see_also: bool) -> _Draft:
    steps = tuple(Step(known[step.id], step.reason) for step in topic.start if step.id in known)
    start = tuple(dict.fromkeys(step.entry.id for step in steps))
    titles = list(_section_titles(topic.sections))
    # Entries without a section would follow the table of contents and look like part of it.
    unsectioned = topic.entries if not titles and not steps else ()
    if topic.entries and not unsectioned:
        titles.insert(0, (2, "General" if titles else "All entries", None, topic.entries))
    sorted_ = tuple((level, title, about, ordered(entries, order, start)) for level, title, about, entries in titles)
    return _Draft(topic, steps, ordered(unsectioned, order, start), sorted_, see_also)


def _page(draft: _Draft) -> Outline:
    topic = draft.topic
    contents = sum(level == 2 for level, *_ in draft.titles) + draft.see_also + bool(draft.steps) > 1
    anchors = Anchors()
    anchors.add(heading(topic.title)[0])
    for title in descriptions.headings(topic.header) if topic.header else ():
        anchors.add(title)
    if contents:
        anchors.add("Contents")
    return _outline(draft, anchors, deeper=0, contents=contents)


def _outline(draft: _Draft, anchors: Anchors, *, deeper: int, contents: bool) -> Outline:
    start = _part(anchors, 2 + deeper, "Start here") if draft.steps else None
    parts = tuple(
        _part(anchors, min(level + deeper, _MAX_LEVEL), title, about, own) for level, title, about, own in draft.titles
    )
    see_also = _part(anchors, 2 + deeper, "See also") if draft.see_also else None
    return Outline(draft.topic, draft.unsectioned, parts, see_also, contents, start, draft.steps)


def _part(anchors: Anchors, level: int, title: str, description: str | None = None, entries: tuple[Entry, ...] = ()) -> Part:
    shown, markdown = heading(title)
    return Part(level, shown, markdown, anchors.add(shown), description, entries)


def _section_titles(sections: tuple[Section, ...], level: int = 2) -> Iterator[_Title]:
    for section in sections:
        yield level, section.title, section.description, section.entries
        yield from _section_titles(section.sections, min(level + 1, _MAX_LEVEL))


def ordered(entries: tuple[Entry, ...], order: str, start: Collection[str] = ()) -> tuple[Entry, ...]:
    """The entries in the collection's `order`; ties, and unknown orders, keep the source's order.

    `title` ignores case, accents and leading punctuation; `year` is newest first, undated last; `start-here` puts the ids of `start`
    first, in their order.
    """
    match order:
        case "title":
            return tuple(sorted(entries, key=_sort_title))
        case "year":
            return tuple(sorted(entries, key=lambda entry: -(entry.publication_year or 0)))
        case "start-here" if start:
            ranks = {key: rank for rank, key in enumerate(start)}
            return tuple(sorted(entries, key=lambda entry: ranks.get(entry.id, len(ranks))))
        case _:
            return entries


def _sort_title(entry: Entry) -> str:
    shown = entry.title or (display(entry.page[1]) if entry.page else entry.id)
    letters = "".join(
        char for char in unicodedata.normalize("NFKD", shown.casefold()) if unicodedata.category(char) not in _MARK_CATEGORIES
    )
    return letters.lstrip("".join({char for char in letters if not char.isalnum()})) or letters
