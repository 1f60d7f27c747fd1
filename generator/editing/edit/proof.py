"""What an edited source must hold: all that the old one held, but for what was edited. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.editing.edit.model import Value
from generator.editing.edit.source import Path, Source
from generator.editing.edit.writing import kind_of
from generator.problems import Place
from generator.sources.catalogue.fields import ENTRY
from generator.sources.catalogue.model import Entry, Section, Topic
from generator.sources.catalogue.parse import parse_topic
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence

Added = Value | Node
"""What is new in a tree: a value, or a part of the old tree at another place."""


@dataclass(slots=True)
class Expected:
    """The old tree with its changes: by path, what is replaced, removed, given a further key, longer at its end.

    `lines` are those that were rewritten before the file could be read as YAML; then entries are compared, not the tree.
    """

    before: Source
    replaced: dict[Path, Added] = field(default_factory=dict)
    removed: set[Path] = field(default_factory=set)
    inserted: dict[Path, dict[str, Added]] = field(default_factory=dict)
    appended: dict[Path, list[Added]] = field(default_factory=dict)
    wrapped: set[Path] = field(default_factory=set)
    """Bare URLs that become mappings."""
    lines: set[int] = field(default_factory=set)

    def holds(self, after: Source) -> bool:
        """Whether the edited source is what it must be."""
        if self.lines:
            return _same_entries(self.before, after, self.lines)
        return _same(self._of(self.before.root, ()), _plain(after.root))

    def _of(self, node: Node | None, path: Path) -> object:
        if path in self.replaced:
            return _plain(self.replaced[path])
        if path in self.wrapped:
            pairs = [("url", _plain(node))]
            return _Map(pairs, {key: _plain(value) for key, value in self.inserted.get(path, {}).items()})
        if isinstance(node, Mapping):
            kept = [
                (key.text, self._of(value, (*path, number)))
                for number, (key, value) in enumerate(node.items)
                if (*path, number) not in self.removed
            ]
            return _Map(kept, {key: _plain(value) for key, value in self.inserted.get(path, {}).items()})
        if isinstance(node, Sequence):
            rest = [
                self._of(item, (*path, number)) for number, item in enumerate(node.items) if (*path, number) not in self.removed
            ]
            return [*rest, *(_plain(value) for value in self.appended.get(path, []))]
        return _plain(node)


@dataclass(slots=True)
class _Map:
    """Pairs in their order, and those that may stand anywhere among them."""

    pairs: list[tuple[str, object]]
    anywhere: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Word:
    """A scalar: its text, in one line where it is new, and what YAML takes it for."""

    text: str
    kind: str
    new: bool = False


def _plain(value: Added | None) -> object:
    if isinstance(value, Scalar):
        return _Word(value.text, value.kind)
    if isinstance(value, Mapping):
        return _Map([(key.text, _plain(inner)) for key, inner in value.items])
    if isinstance(value, Sequence):
        return [_plain(item) for item in value.items]
    if value is None:
        return None
    if isinstance(value, tuple):
        return [_plain(text) for text in value]
    if not isinstance(value, str) and hasattr(value, "items"):
        return _Map([(key, _plain(text)) for key, text in value.items()])
    return _Word(str(value), kind_of(value), new=True)


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, _Word) and isinstance(found, _Word):
        alike = wanted.text.split() == found.text.split() if wanted.new else wanted.text == found.text
        return alike and wanted.kind == found.kind
    if isinstance(wanted, _Map) and isinstance(found, _Map):
        rest = [pair for pair in found.pairs if pair[0] not in wanted.anywhere]
        extra = dict(pair for pair in found.pairs if pair[0] in wanted.anywhere)
        return (
            [key for key, _ in rest] == [key for key, _ in wanted.pairs]
            and all(_same(one[1], other[1]) for one, other in zip(wanted.pairs, rest, strict=True))
            and extra.keys() == wanted.anywhere.keys()
            and all(_same(value, extra[key]) for key, value in wanted.anywhere.items())
        )
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_same, wanted, found))
    return wanted is None and found is None


def _same_entries(before: Source, after: Source, lines: set[int]) -> bool:
    """Whether two readings of a file have the same entries; texts on the lines may only have become longer."""
    old, new = (parse_topic(source.data, source.path)[0] for source in (before, after))
    if old is None or new is None or len(before.lines) != len(after.lines):
        return False
    rows, others = list(_rows(old)), list(_rows(new))
    if len(rows) != len(others):
        return False
    starts = sorted(place.line for place, _ in rows)
    for (place, one), (_, other) in zip(rows, others, strict=True):
        end = next((start for start in starts if start > place.line), len(before.lines) + 1)
        touched = any(place.line <= line < end for line in lines)
        if one != other and not (touched and _longer(one, other)):
            return False
    return True


def _longer(one: object, other: object) -> bool:
    if not isinstance(one, Entry) or not isinstance(other, Entry):
        return False
    pairs = [
        (one.id_given, other.id_given),
        *((field.of(one), field.of(other)) for field in ENTRY.values() if field.name != "id"),
    ]
    return all(a == b or (isinstance(a, str) and isinstance(b, str) and b.startswith(a)) for a, b in pairs)


def _rows(topic: Topic) -> Iterator[tuple[Place, object]]:
    nowhere = Place("")
    yield topic.place, replace(topic, place=nowhere, entries=(), sections=())
    parts: list[Topic | Section] = [topic, *(section for top in topic.sections for section in top.walk())]
    for part in parts:
        if isinstance(part, Section):
            yield part.place, replace(part, place=nowhere, entries=(), sections=())
        for entry in part.entries:
            yield entry.place, replace(entry, place=nowhere)
