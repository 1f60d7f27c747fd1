"""Insert missing fields into entries, each in the order of the field table.

All fields of an entry are one change, so that a bare URL becomes a mapping with the title first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.editing.edit.changes import Change, apply_provable
from generator.editing.edit.model import Splice
from generator.editing.edit.proof import Expected
from generator.editing.edit.source import Path, Source, Spot
from generator.editing.edit.splices import pair_before
from generator.problems import Place
from generator.sources.catalogue.fields import rank
from generator.sources.catalogue.model import Entry
from generator.sources.catalogue.write import entry_lines
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar, read
from generator.sources.yaml_tree.scalars import scalar

__all__ = ["NewFields", "fill_fields"]

_BLANK = Entry("", Place(""))


@dataclass(frozen=True, slots=True)
class NewFields:
    """Fields that an entry doesn't have yet, with values of the types of `Entry`."""

    entry: Entry
    values: Mapping[str, Any]


def fill_fields(source: Source, fillings: Sequence[NewFields]) -> tuple[Source, tuple[tuple[NewFields, str], ...]]:
    """The source with the fields inserted, and those that couldn't be, with reasons. The entries must have been parsed from it."""
    if source.uneditable:
        return source, tuple((one, source.uneditable) for one in fillings)
    planned: list[tuple[NewFields, Change]] = []
    refused: list[tuple[NewFields, str]] = []
    for one in fillings:
        change = _plan(source, one)
        if isinstance(change, str):
            refused.append((one, change))
        else:
            planned.append((one, change))
    after, kept = apply_provable(source, [change for _, change in planned])
    numbers = {id(change) for change in kept}
    odd = "the edit would change other values as well: add the fields by hand"
    refused += [(one, odd) for one, change in planned if id(change) not in numbers]
    return after, tuple(refused)


def _plan(source: Source, filling: NewFields) -> Change | str:
    entry = filling.entry
    spot = source.at(entry.place.line, entry.place.column)
    if spot is None or (isinstance(spot.node, Scalar) and spot.node.style not in {"plain", "quoted"}):
        return "the entry is a YAML anchor or alias (& or *): add the fields by hand"
    names = sorted(filling.values, key=rank)
    flow = source.flow(spot.node) or source.inside_brackets(spot)
    pairs = {name: _pair(name, filling.values[name], flow=flow) for name in names}
    if isinstance(spot.node, Scalar):
        splices = _wrap_url(source, spot, pairs)
    elif isinstance(spot.node, Pairs) and spot.node.items:
        splices = _insert_pairs(source, spot.node, pairs, flow=flow)
    else:
        return "the layout of the entry can't be kept: add the fields by hand"
    nodes = {name: _value(text) for name, text in pairs.items()}
    if any(node is None for node in nodes.values()):
        return "a value can't be written on one line: add the field by hand"
    known = {name: node for name, node in nodes.items() if node is not None}
    return Change(splices, _expect(spot, known), spot.path)


def _pair(name: str, value: Any, *, flow: bool) -> str:  # noqa: ANN401  # as the field of an `Entry`
    """`name: value`, on one line where that is possible."""
    if flow and isinstance(value, str):
        return f"{name}: {scalar(value, flow=True)}"
    lines = entry_lines(_BLANK.with_values({name: value}), 0)
    return lines[0].removeprefix("- ").strip() if len(lines) == 1 else "\n".join(lines)


def _value(pair: str) -> Node | None:
    tree = read(f"{{{pair}}}", "")
    if tree.problems or "\n" in pair:
        tree = read(pair, "")
    found = tree.root
    return found.items[0][1] if isinstance(found, Pairs) and not tree.problems and len(found.items) == 1 else None


def _wrap_url(source: Source, spot: Spot, pairs: Mapping[str, str]) -> tuple[Splice, ...]:
    """Turn a bare URL into a mapping: fields before `url` in the table precede it, the others follow."""
    node = spot.node
    assert isinstance(node, Scalar)  # noqa: S101  # as the caller saw
    start, end = source.start(node), source.end(node)
    before = [text for name, text in pairs.items() if rank(name) < rank("url")]
    behind = [text for name, text in pairs.items() if rank(name) > rank("url")]
    if source.inside_brackets(spot):
        return (
            Splice(start, start, "{" + "".join(f"{text}, " for text in before) + "url: "),
            Splice(end, end, "".join(f", {text}" for text in behind) + "}"),
        )
    lead = source.newline + " " * (node.column - 1)
    stop = source.line_end(end)
    return (
        Splice(start, start, "".join(f"{text}{lead}" for text in before) + "url: "),
        Splice(stop, stop, "".join(f"{lead}{text}" for text in behind)),
    )


def _insert_pairs(source: Source, node: Pairs, pairs: Mapping[str, str], *, flow: bool) -> tuple[Splice, ...]:
    lead = ", " if flow else source.newline + " " * (node.items[0][0].column - 1)
    at: dict[int, list[str]] = {}
    for name, text in pairs.items():
        at.setdefault(_pair_before(node, name), []).append(text)
    splices: list[Splice] = []
    for number, texts in at.items():
        if number < 0:
            key = next((key for key, _ in node.items if key.text == "url"), node.items[0][0])
            start = source.index(key.line, key.column)
            splices.append(Splice(start, start, "".join(f"{text}{lead}" for text in texts)))
            continue
        key, value = node.items[number]
        end = max(source.end(value), source.index(key.end_line, key.end_column))
        stop = end if flow else source.line_end(end)
        splices.append(Splice(stop, stop, "".join(f"{lead}{text}" for text in texts)))
    return tuple(splices)


def _pair_before(node: Pairs, name: str) -> int:
    """The index of the pair after which a field is inserted; -1 for a field that precedes `url`."""
    return -1 if rank(name) < rank("url") else pair_before(node, name)


def _expect(spot: Spot, values: Mapping[str, Node]) -> Callable[[Expected], None]:
    path: Path = spot.path

    def expect(expected: Expected) -> None:
        expected.inserted.setdefault(path, {}).update(values)
        if isinstance(spot.node, Scalar):
            expected.wrapped.add(path)

    return expect
