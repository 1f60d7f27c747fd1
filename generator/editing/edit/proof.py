"""Compare an edited source with the tree that its edits should give. Pure."""

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
"""A new value of a tree, or a node of the old tree in another place."""


@dataclass(slots=True)
class Expected:
    """The old tree and the changes expected of it, by path.

    `lines` are the numbers of rewritten lines of a file that wasn't valid YAML before: then entries are compared, not the tree.
    """

    before: Source
    replaced: dict[Path, Added] = field(default_factory=dict)
    removed: set[Path] = field(default_factory=set)
    inserted: dict[Path, dict[str, Added]] = field(default_factory=dict)
    appended: dict[Path, list[Added]] = field(default_factory=dict)
    wrapped: set[Path] = field(default_factory=set)
    """Bare URLs that become mappings with `url`."""
    lines: set[int] = field(default_factory=set)

    def matches(self, after: Source) -> bool:
        """Whether the edited source has exactly the expected values."""
        if self.lines:
            return _has_same_entries(self.before, after, self.lines)
        return _same(self._expected_value(self.before.root, ()), _value_of(after.root))

    def _expected_value(self, node: Node | None, path: Path) -> object:
        if path in self.replaced:
            return _value_of(self.replaced[path])
        if path in self.wrapped:
            pairs = [("url", _value_of(node))]
            return _Pairs(pairs, {key: _value_of(value) for key, value in self.inserted.get(path, {}).items()})
        if isinstance(node, Mapping):
            kept = [
                (key.text, self._expected_value(value, (*path, number)))
                for number, (key, value) in enumerate(node.items)
                if (*path, number) not in self.removed
            ]
            return _Pairs(kept, {key: _value_of(value) for key, value in self.inserted.get(path, {}).items()})
        if isinstance(node, Sequence):
            rest = [
                self._expected_value(item, (*path, number))
                for number, item in enumerate(node.items)
                if (*path, number) not in self.removed
            ]
            return [*rest, *(_value_of(value) for value in self.appended.get(path, []))]
        return _value_of(node)


@dataclass(slots=True)
class _Pairs:
    """The pairs of a mapping in order, and inserted pairs that may stand anywhere between them."""

    pairs: list[tuple[str, object]]
    anywhere: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scalar:
    """A scalar: text and YAML type; of a new one, white space isn't compared."""

    text: str
    kind: str
    new: bool = False


def _value_of(value: Added | None) -> object:
    if isinstance(value, Scalar):
        return _Scalar(value.text, value.kind)
    if isinstance(value, Mapping):
        return _Pairs([(key.text, _value_of(inner)) for key, inner in value.items])
    if isinstance(value, Sequence):
        return [_value_of(item) for item in value.items]
    if value is None:
        return None
    if isinstance(value, tuple):
        return [_value_of(text) for text in value]
    if not isinstance(value, str) and hasattr(value, "items"):
        return _Pairs([(key, _value_of(text)) for key, text in value.items()])
    return _Scalar(str(value), kind_of(value), new=True)


def _same(expected: object, found: object) -> bool:
    if isinstance(expected, _Scalar) and isinstance(found, _Scalar):
        if expected.kind != found.kind:
            return False
        # A block scalar at the end of a file without a final line break gets one when something is inserted after it.
        return (
            expected.text.split() == found.text.split() if expected.new else found.text in {expected.text, f"{expected.text}\n"}
        )
    if isinstance(expected, _Pairs) and isinstance(found, _Pairs):
        rest = [pair for pair in found.pairs if pair[0] not in expected.anywhere]
        extra = dict(pair for pair in found.pairs if pair[0] in expected.anywhere)
        return (
            [key for key, _ in rest] == [key for key, _ in expected.pairs]
            and all(_same(one[1], other[1]) for one, other in zip(expected.pairs, rest, strict=True))
            and extra.keys() == expected.anywhere.keys()
            and all(_same(value, extra[key]) for key, value in expected.anywhere.items())
        )
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_same, expected, found))
    return expected is None and found is None


def _has_same_entries(before: Source, after: Source, lines: set[int]) -> bool:
    """Whether both versions of a file have the same entries; strings of entries on these lines may be longer at their end."""
    old, new = (parse_topic(source.data, source.path)[0] for source in (before, after))
    if old is None or new is None or len(before.lines) != len(after.lines):
        return False
    rows, others = list(_parts(old)), list(_parts(new))
    if len(rows) != len(others):
        return False
    starts = sorted(place.line for place, _ in rows)
    for (place, one), (_, other) in zip(rows, others, strict=True):
        end = next((start for start in starts if start > place.line), len(before.lines) + 1)
        touched = any(place.line <= line < end for line in lines)
        if one != other and not (touched and _only_longer(one, other)):
            return False
    return True


def _only_longer(one: object, other: object) -> bool:
    if not isinstance(one, Entry) or not isinstance(other, Entry):
        return False
    pairs = [
        (one.id_given, other.id_given),
        *((field.of(one), field.of(other)) for field in ENTRY.values() if field.name != "id"),
    ]
    return all(a == b or (isinstance(a, str) and isinstance(b, str) and b.startswith(a)) for a, b in pairs)


def _parts(topic: Topic) -> Iterator[tuple[Place, object]]:
    nowhere = Place("")
    yield topic.place, replace(topic, place=nowhere, entries=(), sections=())
    parts: list[Topic | Section] = [topic, *(section for top in topic.sections for section in top.walk())]
    for part in parts:
        if isinstance(part, Section):
            yield part.place, replace(part, place=nowhere, entries=(), sections=())
        for entry in part.entries:
            yield entry.place, replace(entry, place=nowhere)
