"""An import into a folder that is curated already: what is new goes in, everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.editing.arrange import insert_entry
from generator.editing.arrange.insertion import indent_lines, item_end
from generator.editing.arrange.structure import has_shape, parse_item, shape, with_item
from generator.editing.edit.source import Source
from generator.editing.workspace import Workspace
from generator.sources.catalogue.ids import fold
from generator.sources.catalogue.model import Catalogue, Entry, Section, Topic
from generator.sources.catalogue.write import entry_lines, section_lines
from generator.sources.yaml_tree import Mapping, Sequence
from linkcheck.identity import identify
from linkcheck.urls import compare_key, web

__all__ = ["Known", "merged", "news"]


@dataclass(frozen=True, slots=True)
class Known:
    """The pages, further links and titles of a catalogue, as they are compared."""

    keys: frozenset[object] = frozenset()
    titles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, catalogue: Catalogue) -> Known:
        """Everything that the entries of a catalogue name."""
        keys: set[object] = set()
        titles: set[str] = set()
        for _, entry in catalogue.entries():
            for url in _urls(entry):
                keys.update(_keys(url))
            if entry.title:
                titles.add(fold(entry.title))
        return cls(frozenset(keys), frozenset(titles))

    def has(self, entry: Entry) -> bool:
        """Whether an entry is there already: by its page, or by its title where it has none."""
        if entry.page:
            return self.has_url(entry.page[1])
        return fold(entry.title or "") in self.titles

    def has_url(self, url: str) -> bool:
        """Whether a link stands at some entry."""
        return bool(self.keys) and any(key in self.keys for key in _keys(url))


def _urls(entry: Entry) -> Iterator[str]:
    if entry.page:
        yield entry.page[1]
    for _, urls in entry.links:
        yield from urls
    yield from filter(None, [entry.archive_url])


def _keys(url: str) -> Iterator[object]:
    yield compare_key(url) if web(url) else url
    yield from (found for found in identify(url) if found.certain)


def news(topic: Topic, known: Known) -> tuple[Topic, int]:
    """A topic with those entries that aren't known, in sections that have some; and how many were known."""
    count = sum(known.has(entry) for entry in topic.walk())
    entries = tuple(entry for entry in topic.entries if not known.has(entry))
    return replace(topic, entries=entries, sections=_new_sections(topic.sections, known)), count


def _new_sections(sections: Iterable[Section], known: Known) -> tuple[Section, ...]:
    found: list[Section] = []
    for section in sections:
        entries = tuple(entry for entry in section.entries if not known.has(entry))
        inner = _new_sections(section.sections, known)
        if entries or inner:
            found.append(replace(section, entries=entries, sections=inner))
    return tuple(found)


def merged(now: Workspace, topic: Topic) -> tuple[Workspace, list[tuple[Entry, str]]]:
    """The sources with a topic's entries put into the file of its name; and those that couldn't be, with why."""
    refused: list[tuple[Entry, str]] = []
    for entry in topic.entries:
        now, why = _put(now, topic.slug, (), entry)
        refused += [(entry, why)] if why else []
    for section in topic.sections:
        now = _section(now, topic.slug, (), section, refused)
    return now, refused


def _section(now: Workspace, slug: str, path: tuple[str, ...], section: Section, refused: list[tuple[Entry, str]]) -> Workspace:
    here = (*path, section.title)
    if _found(now, slug, here) is None:
        after = _new_section(now, slug, path, section)
        if after is not None:
            return after
    for entry in section.entries:
        now, why = _put(now, slug, here, entry)
        refused += [(entry, why)] if why else []
    for inner in section.sections:
        now = _section(now, slug, here, inner, refused)
    return now


def _found(now: Workspace, slug: str, path: tuple[str, ...]) -> Section | None:
    """The section that these headings lead to; one of that title anywhere in the topic where a maintainer moved it."""
    topic = now.topic(slug)
    if topic is None or not path:
        return None
    sections, found = topic.sections, None
    for title in path:
        found = next((one for one in sections if fold(one.title) == fold(title)), None)
        if found is None:
            everywhere = [one for top in topic.sections for one in top.walk() if fold(one.title) == fold(path[-1])]
            return everywhere[0] if len(everywhere) == 1 else None
        sections = found.sections
    return found


def _put(now: Workspace, slug: str, path: tuple[str, ...], entry: Entry) -> tuple[Workspace, str]:
    topic = now.topic(slug)
    if topic is None:
        return now, "its topic is gone"
    section = _found(now, slug, path)
    while section is None and path:
        path = path[:-1]
        section = _found(now, slug, path)
    if section is None and topic.sections:
        section = topic.sections[-1]
    number = len(section.entries if section else topic.entries)
    after = insert_entry(now.source(topic.path), topic, section, number, entry_lines(entry, 0))
    return (now, after) if isinstance(after, str) else (now.with_source(after), "")


def _new_section(now: Workspace, slug: str, path: tuple[str, ...], section: Section) -> Workspace | None:
    """A section behind the others of its parent; None where the file is written in a way that doesn't allow it."""
    topic = now.topic(slug)
    parent = _found(now, slug, path)
    if topic is None or (path and parent is None):
        return None
    source: Source = now.source(topic.path)
    spot = source.at(parent.place.line, parent.place.column) if parent else None
    node = spot.node if spot else source.root
    if source.uneditable or not source.whole or not isinstance(node, Mapping):
        return None
    at = next((at for at, (key, _) in enumerate(node.items) if key.text == "sections"), None)
    found = node.items[at][1] if at is not None else None
    rows = section_lines(section, 0)
    item = parse_item(rows)
    if at is None or not isinstance(found, Sequence) or not found.items or source.flow(found) or item is None:
        return None
    end = item_end(source, found.items[-1], found.column - 1)
    text = f"{source.text[:end]}{source.newline}{indent_lines(rows, found.column - 1, source.newline)}{source.text[end:]}"
    after = source.with_text(text)
    whole = with_item(shape(source.root), (*(spot.path if spot else ()), at), len(found.items), item)
    return now.with_source(after) if has_shape(after, source, whole) else None
