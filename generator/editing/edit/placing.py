"""Where a key or an item is put into a text, and what goes with one that is removed. Pure; None where there is no good place."""

from __future__ import annotations

from collections.abc import Iterator

from generator.editing.edit.model import Splice, Value
from generator.editing.edit.source import Source, Spot
from generator.editing.edit.writing import field, scalar, written
from generator.sources.catalogue.fields import rank
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence

Splices = tuple[Splice, ...] | None


def insert(source: Source, spot: Spot, key: str, value: Value, *, ordered: bool = True) -> Splices:
    """A new key: behind the last of those that come before it in the fields' order, or (not `ordered`) behind all.

    A bare URL becomes a mapping first.
    """
    node = spot.node
    if isinstance(node, Scalar):
        return _wrap(source, spot, node, key, value)
    if not isinstance(node, Mapping) or not node.items:
        return None
    at = _after(node, key) if ordered else len(node.items) - 1
    before = node.items[at][1]
    if source.flow(node):
        end = source.end(before)
        return (Splice(end, end, f", {scalar(key, flow=True)}: {written(value, flow=True)}"),)
    indent = " " * (node.items[0][0].column - 1)
    # An empty value, or a reference, ends where its line does.
    end = max(source.end(before), source.index(node.items[at][0].end_line, node.items[at][0].end_column))
    stop = source.line_end(end)
    return (Splice(stop, stop, f"{source.newline}{indent}{field(scalar(key), value, indent, source.newline)}"),)


def _after(node: Mapping, key: str) -> int:
    """The number of the pair behind which a key belongs."""
    lower = [number for number, (other, _) in enumerate(node.items) if rank(other.text) < rank(key)]
    return lower[-1] if lower else len(node.items) - 1


def _wrap(source: Source, spot: Spot, node: Scalar, key: str, value: Value) -> Splices:
    start, end = source.start(node), source.end(node)
    if node.style not in {"plain", "quoted"} or start != source.index(node.line, node.column):
        return None
    if source.inside_brackets(spot):
        return Splice(start, start, "{url: "), Splice(end, end, f", {scalar(key, flow=True)}: {written(value, flow=True)}}}")
    indent = " " * (node.column - 1)
    stop = source.line_end(end)
    line = f"{source.newline}{indent}{field(scalar(key), value, indent, source.newline)}"
    return Splice(start, start, "url: "), Splice(stop, stop, line)


def append(source: Source, node: Sequence, more: tuple[str, ...]) -> Splices:
    """Further items at a list's end, in the way of those that are there."""
    if source.flow(node):
        if not node.items:
            at = source.start(node) + 1
            return (Splice(at, at, ", ".join(scalar(text, flow=True) for text in more)),)
        end = source.end(node.items[-1])
        return (Splice(end, end, "".join(f", {scalar(text, flow=True)}" for text in more)),)
    if not node.items:
        return None
    lead = _dash(source, node.items[-1])
    if lead is None:
        return None
    stop = source.line_end(source.end(node.items[-1]))
    return (Splice(stop, stop, "".join(f"{source.newline}{' ' * lead}- {scalar(text)}" for text in more)),)


def _dash(source: Source, item: Node) -> int | None:
    """How many characters stand before the dash of a block list's item; None where the dash isn't alone before it on its line."""
    begin = source.index(item.line, item.column)
    before = source.text[source.line_start(begin) : begin]
    bare = before.rstrip(" ")
    return len(bare) - 1 if bare.endswith("-") and not bare[:-1].strip(" ") else None


def remove_item(source: Source, spot: Spot) -> Splices:
    """An item of a list with all its lines, or out of the brackets."""
    parent = spot.parent
    if not isinstance(parent, Sequence) or len(parent.items) < 2:
        return None
    number = spot.path[-1]
    if source.flow(parent):
        return (_out_of_brackets(source, [(item, item) for item in parent.items], number),)
    if _dash(source, spot.node) is None:
        return None
    return _whole_lines(source, *extent(source, spot))


def extent(source: Source, spot: Spot) -> tuple[int, int]:
    """From where an item begins to the end of its last line; in brackets, to its own end."""
    begin, end = source.index(spot.node.line, spot.node.column), source.end(spot.node)
    if source.inside_brackets(spot):
        return begin, end
    return source.line_start(begin), source.line_end(end)


def remove_field(source: Source, spot: Spot) -> Splices:
    """A key with its value and its lines, a comment behind it on its last line among them."""
    parent = spot.parent
    if not isinstance(parent, Mapping) or len(parent.items) < 2:
        return None
    number = spot.path[-1]
    key, value = parent.items[number]
    if source.flow(parent):
        return (_out_of_brackets(source, list(parent.items), number),)
    begin = source.index(key.line, key.column)
    end = max(source.end(value), source.index(key.end_line, key.end_column))
    if not source.text[source.line_start(begin) : begin].strip(" "):
        return _whole_lines(source, source.line_start(begin), source.line_end(end))
    # The key stands behind its item's dash: the next one takes its place.
    if number + 1 >= len(parent.items):
        return None
    following = parent.items[number + 1][0]
    stop = source.index(following.line, following.column)
    return None if source.comments(source.line_end(end), stop, iter(())) else (Splice(begin, stop, ""),)


def _whole_lines(source: Source, start: int, end: int) -> Splices:
    stop = source.after_line(end)
    if stop == end and start:
        # The file ends without a line break, and goes on to.
        start -= 2 if source.text[start - 2 : start] == "\r\n" else 1
    return (Splice(start, stop, ""),)


def _out_of_brackets(source: Source, pairs: list[tuple[Scalar, Node]] | list[tuple[Node, Node]], number: int) -> Splice:
    starts = [source.index(first.line, first.column) for first, _ in _iterate(pairs)]
    if number + 1 < len(pairs):
        return Splice(starts[number], starts[number + 1], "")
    return Splice(source.end(pairs[number - 1][1]), source.end(pairs[number][1]), "")


def _iterate(pairs: list[tuple[Scalar, Node]] | list[tuple[Node, Node]]) -> Iterator[tuple[Node, Node]]:
    yield from pairs
