"""Turn an edit into splices of a text and the expected values afterwards, and apply them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.editing.edit.model import Edit, Splice, Value, texts
from generator.editing.edit.proof import Added, Expected
from generator.editing.edit.source import Path, Source, Spot
from generator.editing.edit.splices import append, extent, insert, remove_field, remove_item
from generator.editing.edit.writing import rewrite_scalar, scalar
from generator.sources.catalogue.model import Entry, Section, Topic
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar
from generator.sources.yaml_tree import Sequence as Items

__all__ = ["Change", "Refusal", "apply_changes", "apply_provable", "plan_change"]


class Refusal(NamedTuple):
    """Why an edit can't be made."""

    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """Splices of a text, and their effect on the expected tree. Two changes with the same `within` can't be made together."""

    splices: tuple[Splice, ...]
    expect: Callable[[Expected], None]
    within: object = None


_ALIAS = Refusal("the value is a YAML anchor or alias (& or *): edit it by hand")
_STALE = Refusal("another value is there than expected")
_LINKS = "links."


def apply_changes(source: Source, changes: Iterable[Change]) -> Source | None:
    """The source with all changes made, parsed again; None where other values changed or errors were added."""
    expected = Expected(source)
    splices: list[Splice] = []
    for change in changes:
        change.expect(expected)
        splices += change.splices
    if not splices:
        return source
    after = source.with_splices(splices)
    sound = after.whole == source.whole and after.problems <= source.problems and expected.matches(after)
    return after if sound else None


def apply_provable(source: Source, changes: Sequence[Change]) -> tuple[Source, list[Change]]:
    """The source with as many of the changes as can be made together, and these changes."""
    after = apply_changes(source, changes)
    if after is not None:
        return after, list(changes)
    kept = _provable_alone(source, changes)
    after = apply_changes(source, kept)
    if after is not None:
        return after, kept
    after, found = source, list[Change]()
    for change in kept:
        longer = apply_changes(source, [*found, change])
        if longer is not None:
            after, found = longer, [*found, change]
    return after, found


def _provable_alone(source: Source, changes: Sequence[Change]) -> list[Change]:
    """The changes that can be made on their own."""
    # Most can, so halves are tried before single changes.
    if not changes or apply_changes(source, changes) is not None:
        return list(changes)
    if len(changes) == 1:
        return []
    half = len(changes) // 2
    return [*_provable_alone(source, changes[:half]), *_provable_alone(source, changes[half:])]


def plan_change(source: Source, topic: Topic, entries: Mapping[str, Entry | None], edit: Edit) -> Change | Refusal:
    """The change that makes an edit, or why it can't be made. `topic` must have been parsed from `source`; `entries` are by id."""
    if edit.line:
        return _replace_lines(source, edit)
    if source.uneditable:
        return Refusal(source.uneditable)
    if edit.entry is None:
        return _change_topic(source, topic, edit)
    entry = entries.get(edit.entry)
    if entry is None:
        return Refusal("no entry of this file has this id, or more than one has")
    spot = source.at(entry.place.line, entry.place.column)
    if spot is None or (isinstance(spot.node, Scalar) and spot.node.style == "alias"):
        return _ALIAS
    if edit.field == "":
        return _remove_entry(source, spot) if edit.new is None else Refusal("a whole entry can only be removed")
    if edit.field.startswith(_LINKS) and edit.old is None and edit.new is not None:
        return _add_link(source, entry, spot, edit)
    place = entry.places.get(edit.field)
    if place is None:
        return _insert_field(source, spot, edit.field, edit.new) if edit.old is None and edit.new is not None else _STALE
    found = source.at(place.line, place.column)
    return _ALIAS if found is None else _change_value(source, found, edit)


def _replace_lines(source: Source, edit: Edit) -> Change | Refusal:
    if not isinstance(edit.old, str) or not isinstance(edit.new, str):
        return _STALE
    rows = edit.old.splitlines(keepends=True)
    first = edit.line - 1
    if "".join(source.lines[first : first + len(rows)]) != edit.old or len(edit.new.splitlines()) != len(rows):
        return _STALE
    start = source.index(edit.line, 1)

    def expect(expected: Expected) -> None:
        expected.lines.update(range(edit.line, edit.line + len(rows)))

    return Change((Splice(start, start + len(edit.old), edit.new),), expect)


def _change_topic(source: Source, topic: Topic, edit: Edit) -> Change | Refusal:
    part: Topic | Section = topic
    *steps, name = edit.field.split(".")
    for step in steps:
        if step != "sections":
            if not step.isdigit() or int(step) >= len(part.sections):
                return _STALE
            part = part.sections[int(step)]
    place = part.places.get(name)
    found = source.at(place.line, place.column) if place else None
    return _STALE if found is None else _change_value(source, found, edit)


def _change_value(source: Source, found: Spot, edit: Edit) -> Change | Refusal:
    """The change of an existing value."""
    node, new = found.node, edit.new
    if isinstance(node, Scalar) and node.style == "alias":
        return _ALIAS
    if new is None:
        return _remove_field(source, found)
    if isinstance(node, Scalar) and isinstance(new, str | int | date):
        return _replace_scalar(source, found, node, edit.old, new)
    if isinstance(node, Items) and isinstance(new, tuple):
        old = texts(edit.old)
        if len(node.items) != len(old) or new[: len(old)] != old:
            return Refusal("a list can only be made longer, at its end")
        return _append_items(source, found, node, new[len(old) :])
    return Refusal("a value of this type can't be edited in place")


def _replace_scalar(source: Source, found: Spot, node: Scalar, old: Value | None, new: str | int | date) -> Change | Refusal:
    if old is None or node.text.split() != str(old).split():
        return _STALE
    start, end = source.start(node), source.end(node)
    if start != source.index(node.line, node.column):
        return _ALIAS
    if isinstance(new, str):
        raw = rewrite_scalar(source.text[start:end], str(old), new, flow=source.inside_brackets(found))
    else:
        raw = str(new) if node.style == "plain" else None
    if raw is None:
        return Refusal("the value spans several lines, or its quoting can't be kept: edit it by hand")
    return Change((Splice(start, end, raw),), _expect_replaced("replaced", found.path, new), found.path)


def _insert_field(source: Source, spot: Spot, key: str, value: Value | None) -> Change | Refusal:
    if value is None or "." in key:
        return _STALE
    splices = insert(source, spot, key, value)
    if splices is None:
        return Refusal("there is no place to insert the field: add it by hand")
    return Change(splices, _expect_insert(spot, key, value), spot.path if isinstance(spot.node, Scalar) else None)


def _add_link(source: Source, entry: Entry, spot: Spot, edit: Edit) -> Change | Refusal:
    """Add a URL under a label of `links`."""
    label, url = edit.field.removeprefix(_LINKS), edit.new
    if not isinstance(url, str):
        return _STALE
    place = entry.places.get("links")
    if place is None:
        change = _insert_field(source, spot, "links", {label: url})
        return change if isinstance(change, Refusal) else Change(change.splices, change.expect, (spot.path, "links"))
    links = source.at(place.line, place.column)
    if links is None or not isinstance(links.node, Pairs):
        return _ALIAS
    number = next((at for at, (key, _) in enumerate(links.node.items) if " ".join(key.text.split()) == label), None)
    if number is None:
        splices = insert(source, links, label, url, ordered=False)
        if splices is None:
            return Refusal("there is no place to insert the link: add it by hand")
        return Change(splices, _expect_insert(links, label, url), links.path)
    node = links.node.items[number][1]
    found = Spot(node, (*links.path, number), (*links.above, links.node))
    if isinstance(node, Items):
        return _append_items(source, found, node, (url,))
    if not isinstance(node, Scalar) or node.style not in {"plain", "quoted"}:
        return _ALIAS
    start, end = source.start(node), source.end(node)
    raw = source.text[start:end]
    first = raw if node.style == "quoted" else scalar(node.text, flow=True)
    splice = Splice(start, end, f"[{first}, {scalar(url, flow=True)}]")
    return Change((splice,), _expect_replaced("replaced", found.path, (node.text, url)), found.path)


def _append_items(source: Source, found: Spot, node: Items, more: tuple[str, ...]) -> Change | Refusal:
    splices = append(source, node, more)
    if splices is None or not more:
        return Refusal("the layout of the list can't be kept: edit it by hand")

    def expect(expected: Expected) -> None:
        expected.appended.setdefault(found.path, []).extend(more)

    return Change(splices, expect, found.path)


def _remove_field(source: Source, found: Spot) -> Change | Refusal:
    splices = remove_field(source, found)
    if splices is None:
        return Refusal("removing the field would also remove a comment or a neighbouring value: edit it by hand")
    return Change(splices, _expect_removed(found.path))


def _remove_entry(source: Source, spot: Spot) -> Change | Refusal:
    start, end = extent(source, spot)
    nodes: list[Node] = [spot.node]
    parent = spot.parent
    if isinstance(parent, Items) and len(parent.items) == 1:
        above = Spot(parent, spot.path[:-1], spot.above[:-1])
        splices = remove_field(source, above)
        path = above.path
        if isinstance(above.parent, Pairs):
            # The key is removed with its only entry, so comments between both would be lost as well.
            key, _ = above.parent.items[path[-1]]
            start, nodes = source.index(key.line, key.column), [key, parent]
            end = source.end(parent) if source.flow(above.parent) else source.line_end(source.end(parent))
    else:
        splices, path = remove_item(source, spot), spot.path
    if source.comments(start, end, iter(nodes)):
        return Refusal("a comment would be lost with the entry: remove the entry by hand")
    if splices is None:
        return Refusal("removing the entry would also remove something beside it: remove it by hand")
    return Change(splices, _expect_removed(path))


def _expect_replaced(what: str, path: Path, value: Added) -> Callable[[Expected], None]:
    def expect(expected: Expected) -> None:
        getattr(expected, what)[path] = value

    return expect


def _expect_insert(spot: Spot, key: str, value: Added) -> Callable[[Expected], None]:
    def expect(expected: Expected) -> None:
        expected.inserted.setdefault(spot.path, {})[key] = value
        if isinstance(spot.node, Scalar):
            expected.wrapped.add(spot.path)

    return expect


def _expect_removed(path: Path) -> Callable[[Expected], None]:
    return lambda expected: expected.removed.add(path)
