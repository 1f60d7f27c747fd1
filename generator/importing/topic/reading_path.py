"""The reading path of a rendered page, read back: steps that name entries of the page, with their reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.importing.imported import LeftOut
from generator.importing.page.blocks import read_blocks
from generator.importing.page.spans import Link, plain
from generator.markdown.text import line_start
from generator.publishing.pages.entry import named
from generator.sources.catalogue.ids import derive, digest
from generator.sources.catalogue.model import Entry, Section, Start, Topic

__all__ = ["Step", "with_path", "without_path"]

_PATH = re.compile(r"\n#{2,3} Start here\n\n(?P<rows>(?:\d+\. [^\n]*\n)+)(?=\n|\Z)")
_REFERENCE = re.compile(r"\]\[([\w-]+)\]")
_TARGET = re.compile(r"^\[([\w-]+)\]: ([^\n]*)$", re.MULTILINE)
_UNKNOWN = "a step of the reading path that is no entry of this page"


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the path: its text without the number, the page it leads to ("" for none), and its line, from 1."""

    shown: str
    url: str
    line: int


def without_path(page: str) -> tuple[str, tuple[Step, ...]]:
    """A rendered page without its reading paths (one a topic), blank lines in their place, and the steps of them."""
    if "# Start here\n" not in page:
        return page, ()
    targets = dict(_TARGET.findall(page))
    steps: list[Step] = []

    def taken(path: re.Match[str]) -> str:
        first = page.count("\n", 0, path.start("rows")) + 1
        steps.extend(_step(row, targets, first + at) for at, row in enumerate(path["rows"].splitlines()))
        return "\n" * path[0].count("\n")

    return _PATH.sub(taken, page), tuple(steps)


def _step(row: str, targets: Mapping[str, str], line: int) -> Step:
    shown = _REFERENCE.sub(lambda found: f"]({targets[found[1]]})" if found[1] in targets else found[0], row.partition(". ")[2])
    links = [span for block in read_blocks(shown).blocks for span in block.spans[:1] if isinstance(span, Link)]
    return Step(shown, links[0].url if links else "", line)


def with_path(topic: Topic, steps: tuple[Step, ...]) -> tuple[Topic, tuple[LeftOut, ...]]:
    """The topic with the path, and the steps that no entry of it is. The entries that it names keep their ids in writing."""
    if not steps:
        return topic, ()
    entries: dict[tuple[str, str], Entry] = {}
    for entry in topic.walk():
        title = _text(line_start(named(entry)))
        entries.setdefault((title, entry.page[1] if entry.page else ""), entry)
        entries.setdefault((title, ""), entry)
    names: dict[int, str] = {}
    start: list[Start] = []
    left: list[LeftOut] = []
    for step in steps:
        head, reason = _apart(step.shown, entries)
        found = entries.get((head, step.url)) or entries.get((head, ""))
        if found is None:
            left.append(LeftOut(step.url or step.shown, _UNKNOWN, step.line, step.url))
            continue
        name = names.setdefault(id(found), _free(found, set(names.values())))
        start.append(Start(name, _text(reason)))
    if not start:
        return topic, tuple(left)
    entries_, sections = (
        tuple(_named(one, names) for one in topic.entries),
        tuple(_within(one, names) for one in topic.sections),
    )
    return replace(topic, start=tuple(start), entries=entries_, sections=sections), tuple(left)


def _apart(shown: str, entries: Mapping[tuple[str, str], Entry]) -> tuple[str, str]:
    """A row's title as text, and its reason; a title may have a dash itself, so the longest that an entry has is taken."""
    parts = shown.split(" - ")
    for count in range(len(parts), 0, -1):
        if ((head := _text(" - ".join(parts[:count]))), "") in entries:
            return head, " - ".join(parts[count:])
    return shown, ""


def _text(markdown: str) -> str:
    return " ".join(plain(block.spans) for block in read_blocks(markdown).blocks) if markdown else ""


def _free(entry: Entry, taken: set[str]) -> str:
    name = derive(entry.title, entry.url, entry.authors, entry.year)
    return name if name not in taken else f"{name}-{digest(entry.url or entry.title or '')}"


def _within(section: Section, names: Mapping[int, str]) -> Section:
    entries = tuple(_named(one, names) for one in section.entries)
    return replace(section, entries=entries, sections=tuple(_within(one, names) for one in section.sections))


def _named(entry: Entry, names: Mapping[int, str]) -> Entry:
    name = names.get(id(entry))
    return replace(entry, id=name, id_given=True) if name else entry
