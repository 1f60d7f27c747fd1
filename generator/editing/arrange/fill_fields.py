"""Missing fields of entries, filled in: each line put where its field belongs, and nothing else touched.

The same as single edits would do, but for all fields of an entry at once, so that a bare URL becomes an entry in one step, with its
title first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.editing.edit.changes import Change, changed
from generator.editing.edit.model import Splice
from generator.editing.edit.proof import Expected
from generator.editing.edit.source import Path, Source, Spot
from generator.problems import Place
from generator.sources.catalogue.fields import rank
from generator.sources.catalogue.model import Entry
from generator.sources.catalogue.write import entry_lines
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar, read
from generator.sources.yaml_tree.scalars import scalar

__all__ = ["Filling", "filled"]

_BLANK = Entry("", Place(""))


@dataclass(frozen=True, slots=True)
class Filling:
    """Fields that an entry lacks, with their values as an `Entry` has them."""

    entry: Entry
    values: Mapping[str, Any]


def filled(source: Source, fillings: Sequence[Filling]) -> tuple[Source, tuple[tuple[Filling, str], ...]]:
    """The source with all fields, and those fillings that couldn't be made, each with the reason. The entries were read from it."""
    if source.editable:
        return source, tuple((one, source.editable) for one in fillings)
    made: list[tuple[Filling, Change]] = []
    refused: list[tuple[Filling, str]] = []
    for one in fillings:
        change = _planned(source, one)
        if isinstance(change, str):
            refused.append((one, change))
        else:
            made.append((one, change))
    sound = _sound(source, made)
    kept = {id(change) for _, change in sound}
    odd = "the file would then say something else as well: fill it in by hand"
    refused += [(one, odd) for one, change in made if id(change) not in kept]
    return _proven(source, sound) or source, tuple(refused)


def _sound(source: Source, made: list[tuple[Filling, Change]]) -> list[tuple[Filling, Change]]:
    """Those that are well by themselves, sought by halves: most are."""
    if not made or _proven(source, made) is not None:
        return made
    if len(made) == 1:
        return []
    half = len(made) // 2
    return [*_sound(source, made[:half]), *_sound(source, made[half:])]


def _proven(source: Source, made: Sequence[tuple[Filling, Change]]) -> Source | None:
    after, expected = changed(source, (change for _, change in made))
    sound = after.whole == source.whole and after.problems <= source.problems and expected.holds(after)
    return after if sound else None


def _planned(source: Source, filling: Filling) -> Change | str:
    entry = filling.entry
    spot = source.at(entry.place.line, entry.place.column)
    if spot is None or (isinstance(spot.node, Scalar) and spot.node.style not in {"plain", "quoted"}):
        return "the entry is written as a reference (* or &): fill it in by hand"
    names = sorted(filling.values, key=rank)
    flow = source.flow(spot.node) or source.inside_brackets(spot)
    pairs = {name: _pair(name, filling.values[name], flow=flow) for name in names}
    if isinstance(spot.node, Scalar):
        splices = _around(source, spot, pairs)
    elif isinstance(spot.node, Pairs) and spot.node.items:
        splices = _within(source, spot.node, pairs, flow=flow)
    else:
        return "the entry is written in a way that can't be kept: fill it in by hand"
    nodes = {name: _value(text) for name, text in pairs.items()}
    if any(node is None for node in nodes.values()):
        return "a value can't be written on one line: fill it in by hand"
    known = {name: node for name, node in nodes.items() if node is not None}
    return Change(splices, _expecting(spot, known), spot.path)


def _pair(name: str, value: Any, *, flow: bool) -> str:  # noqa: ANN401  # as the field of an `Entry`
    """`name: value` on one line."""
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


def _around(source: Source, spot: Spot, pairs: Mapping[str, str]) -> tuple[Splice, ...]:
    """A bare URL: what comes before `url` before it, the rest behind it."""
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


def _within(source: Source, node: Pairs, pairs: Mapping[str, str], *, flow: bool) -> tuple[Splice, ...]:
    lead = ", " if flow else source.newline + " " * (node.items[0][0].column - 1)
    at: dict[int, list[str]] = {}
    for name, text in pairs.items():
        at.setdefault(_behind(node, name), []).append(text)
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


def _behind(node: Pairs, name: str) -> int:
    """The number of the pair behind which a field belongs; -1 for a title, which goes before the URL."""
    if rank(name) < rank("url"):
        return -1
    lower = [number for number, (key, _) in enumerate(node.items) if rank(key.text) < rank(name)]
    return lower[-1] if lower else len(node.items) - 1


def _expecting(spot: Spot, values: Mapping[str, Node]) -> Callable[[Expected], None]:
    path: Path = spot.path

    def expect(expected: Expected) -> None:
        expected.inserted.setdefault(path, {}).update(values)
        if isinstance(spot.node, Scalar):
            expected.wrapped.add(path)

    return expect
