"""How a page is divided: its headings with their anchors, and where each entry stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator.catalogue.model import Catalogue, Entry, Section, Topic
from generator.render.anchors import Anchors
from generator.render.descriptions import headings
from generator.render.text import heading

__all__ = ["Outline", "Part", "Pointer", "outlines", "page_name"]

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands directly under it. `level` counts as in HTML; `title` is plain, `markdown` as written."""

    level: int
    title: str
    markdown: str
    anchor: str
    description: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointer:
    """An entry that a topic shows, too; `part` is its place at home, None where that has no heading."""

    entry: Entry
    home: Topic
    part: Part | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A topic's page: entries without a heading, parts in order, and the part with pointers where there are any."""

    topic: Topic
    loose: tuple[Entry, ...]
    parts: tuple[Part, ...]
    see_also: Part | None
    contents: bool

    def headed(self) -> tuple[Part, ...]:
        """All parts that the contents list."""
        return (*self.parts, self.see_also) if self.see_also else self.parts

    def places(self) -> Iterator[tuple[Entry, Part | None]]:
        """Each entry with the part it stands in."""
        for entry in self.loose:
            yield entry, None
        for part in self.parts:
            for entry in part.entries:
                yield entry, part


def page_name(slug: str) -> str:
    """A topic's page as a relative URL."""
    return f"{quote(slug)}.md"


def outlines(catalogue: Catalogue) -> list[tuple[Outline, tuple[Pointer, ...]]]:
    """Every page's outline with its pointers, in the order of the topics."""
    shown = {topic.slug: topic for topic in catalogue.topics}
    wanted = {slug for topic, entry in catalogue.entries() for slug in entry.also_in if slug != topic.slug and slug in shown}
    pages = [_outline(topic, see_also=topic.slug in wanted) for topic in catalogue.topics]
    pointers: dict[str, list[Pointer]] = {slug: [] for slug in shown}
    for page in pages:
        for entry, part in page.places():
            for slug in dict.fromkeys(entry.also_in):
                if slug in shown and slug != page.topic.slug:
                    pointers[slug].append(Pointer(entry, page.topic, part))
    return [(page, tuple(pointers[page.topic.slug])) for page in pages]


def _outline(topic: Topic, *, see_also: bool) -> Outline:
    titles = list(_titles(topic.sections))
    # Entries beside sections would stand under the contents, where readers and linters take them for a part of it.
    loose = topic.entries if not topic.sections else ()
    if topic.entries and topic.sections:
        titles.insert(0, (2, "General", None, topic.entries))
    contents = sum(level == 2 for level, *_ in titles) + see_also > 1
    anchors = Anchors()
    anchors.add(heading(topic.title)[0])
    for title in headings(topic.header) if topic.header else ():
        anchors.add(title)
    if contents:
        anchors.add("Contents")
    parts = tuple(_part(anchors, *title) for title in titles)
    return Outline(topic, loose, parts, _part(anchors, 2, "See also") if see_also else None, contents)


def _part(anchors: Anchors, level: int, title: str, description: str | None = None, entries: tuple[Entry, ...] = ()) -> Part:
    shown, markdown = heading(title)
    return Part(level, shown, markdown, anchors.add(shown), description, entries)


def _titles(sections: tuple[Section, ...], level: int = 2) -> Iterator[tuple[int, str, str | None, tuple[Entry, ...]]]:
    for section in sections:
        yield level, section.title, section.description, section.entries
        yield from _titles(section.sections, min(level + 1, _DEEPEST))
