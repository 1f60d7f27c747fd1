"""Splices that insert or remove keys and items of a YAML text. Pure; None where the layout allows no safe splice."""

from __future__ import annotations

from collections.abc import Sequence as Pairs

from generator.editing.edit.model import Splice, Value
from generator.editing.edit.source import Source, Spot
from generator.editing.edit.writing import format_field, format_value, scalar
from generator.sources.catalogue.fields import rank
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence

Splices = tuple[Splice, ...] | None


def insert(source: Source, spot: Spot, key: str, value: Value, *, ordered: bool = True) -> Splices:
    """Insert a key after the fields that precede it in the field table, or (not `ordered`) at the end of the mapping.

    A bare URL becomes a mapping with `url` first.
    """
    node = spot.node
    if isinstance(node, Scalar):
        return _wrap(source, spot, node, key, value)
    if not isinstance(node, Mapping) or not node.items:
        return None
    at = pair_before(node, key) if ordered else len(node.items) - 1
    before = node.items[at][1]
    if source.flow(node):
        end = source.end(before)
        return (Splice(end, end, f", {scalar(key, flow=True)}: {format_value(value, flow=True)}"),)
    indent = " " * (node.items[0][0].column - 1)
    # An empty value or an alias ends where its key does or later.
    end = max(source.end(before), source.index(node.items[at][0].end_line, node.items[at][0].end_column))
    stop = source.line_end(end)
    return (Splice(stop, stop, f"{source.newline}{indent}{format_field(scalar(key), value, indent, source.newline)}"),)


def pair_before(node: Mapping, key: str) -> int:
    """The index of the pair after which a key is inserted."""
    lower = [number for number, (other, _) in enumerate(node.items) if rank(other.text) < rank(key)]
    return lower[-1] if lower else len(node.items) - 1


def _wrap(source: Source, spot: Spot, node: Scalar, key: str, value: Value) -> Splices:
    start, end = source.start(node), source.end(node)
    if node.style not in {"plain", "quoted"} or start != source.index(node.line, node.column):
        return None
    if source.inside_brackets(spot):
        return Splice(start, start, "{url: "), Splice(
            end, end, f", {scalar(key, flow=True)}: {format_value(value, flow=True)}}}"
        )
    indent = " " * (node.column - 1)
    stop = source.line_end(end)
    line = f"{source.newline}{indent}{format_field(scalar(key), value, indent, source.newline)}"
    return Splice(start, start, "url: "), Splice(stop, stop, line)


def append(source: Source, node: Sequence, more: tuple[str, ...]) -> Splices:
    """Append items to a list in the layout of the existing ones."""
    if source.flow(node):
        if not node.items:
            at = source.start(node) + 1
            return (Splice(at, at, ", ".join(scalar(text, flow=True) for text in more)),)
        end = source.end(node.items[-1])
        return (Splice(end, end, "".join(f", {scalar(text, flow=True)}" for text in more)),)
    if not node.items:
        return None
    lead = _dash_column(source, node.items[-1])
    if lead is None:
        return None
    stop = source.line_end(source.end(node.items[-1]))
    return (Splice(stop, stop, "".join(f"{source.newline}{' ' * lead}- {scalar(text)}" for text in more)),)


def _dash_column(source: Source, item: Node) -> int | None:
    """The column (from 0) of the dash of a block list's item; None where other text precedes the item on its line."""
    begin = source.index(item.line, item.column)
    before = source.text[source.line_start(begin) : begin]
    bare = before.rstrip(" ")
    return len(bare) - 1 if bare.endswith("-") and not bare[:-1].strip(" ") else None


def remove_item(source: Source, spot: Spot) -> Splices:
    """Remove an item: its lines, or its part of a flow sequence."""
    parent = spot.parent
    if not isinstance(parent, Sequence) or len(parent.items) < 2:
        return None
    number = spot.path[-1]
    if source.flow(parent):
        return (_cut_item(source, [(item, item) for item in parent.items], number),)
    if _dash_column(source, spot.node) is None:
        return None
    return _cut_lines(source, *extent(source, spot))


def extent(source: Source, spot: Spot) -> tuple[int, int]:
    """The range of an item: whole lines, or in a flow sequence the item alone."""
    begin, end = source.index(spot.node.line, spot.node.column), source.end(spot.node)
    if source.inside_brackets(spot):
        return begin, end
    return source.line_start(begin), source.line_end(end)


def remove_field(source: Source, spot: Spot) -> Splices:
    """Remove a key with its value and its lines, including a comment at the end of the last line."""
    parent = spot.parent
    if not isinstance(parent, Mapping) or len(parent.items) < 2:
        return None
    number = spot.path[-1]
    key, value = parent.items[number]
    if source.flow(parent):
        return (_cut_item(source, parent.items, number),)
    begin = source.index(key.line, key.column)
    end = max(source.end(value), source.index(key.end_line, key.end_column))
    if not source.text[source.line_start(begin) : begin].strip(" "):
        return _cut_lines(source, source.line_start(begin), source.line_end(end))
    # The key follows the dash of its item: the next key moves there.
    if number + 1 >= len(parent.items):
        return None
    following = parent.items[number + 1][0]
    stop = source.index(following.line, following.column)
    return None if source.comments(source.line_end(end), stop, iter(())) else (Splice(begin, stop, ""),)


def _cut_lines(source: Source, start: int, end: int) -> Splices:
    stop = source.after_line(end)
    if stop == end and start:
        # The file ended without a line break, and still does.
        start -= 2 if source.text[start - 2 : start] == "\r\n" else 1
    return (Splice(start, stop, ""),)


def _cut_item(source: Source, pairs: Pairs[tuple[Node, Node]], number: int) -> Splice:
    starts = [source.index(first.line, first.column) for first, _ in pairs]
    if number + 1 < len(pairs):
        return Splice(starts[number], starts[number + 1], "")
    return Splice(source.end(pairs[number - 1][1]), source.end(pairs[number][1]), "")
