"""Values of a YAML tree without positions and style, to compare a text before and after an edit."""

from __future__ import annotations

from collections.abc import Callable

from generator.editing.edit.source import Path, Source
from generator.sources.yaml_tree import Mapping, Node, Scalar, read

__all__ = ["Shape", "has_shape", "parse_item", "shape", "with_item", "with_pair", "with_value", "without"]

Shape = tuple[object, ...]
"""A scalar as ("=", text, kind), a list as ("-", items...), a mapping as (":", (key, value)...)."""


def shape(node: Node | None) -> Shape:
    """The values of a node; () for None."""
    if node is None:
        return ()
    if isinstance(node, Scalar):
        return "=", node.text, node.kind
    if isinstance(node, Mapping):
        return (":", *((key.text, shape(value)) for key, value in node.items))
    return ("-", *map(shape, node.items))


def parse_item(rows: list[str]) -> Shape | None:
    """The shape of the single list item in these lines; None where they aren't one item."""
    tree = read("\n".join(rows) + "\n", "")
    found = shape(tree.root)
    return found[1] if not tree.problems and len(found) == 2 and found[0] == "-" and isinstance(found[1], tuple) else None


def with_item(whole: Shape, path: Path, number: int, item: Shape) -> Shape:
    """A shape with an item inserted at index `number` of the list at `path`."""
    return _with_change(whole, path, lambda found: (*found[: number + 1], item, *found[number + 1 :]))


def with_pair(whole: Shape, path: Path, number: int, key: str, value: Shape) -> Shape:
    """A shape with a pair inserted at index `number` of the mapping at `path`."""
    return _with_change(whole, path, lambda found: (*found[: number + 1], (key, value), *found[number + 1 :]))


def with_value(whole: Shape, path: Path, value: Shape) -> Shape:
    """A shape with another value at `path`."""
    return _with_change(whole, path, lambda _: value)


def without(whole: Shape, path: Path) -> Shape:
    """A shape without the item or pair at `path`."""
    return _with_change(whole, path[:-1], lambda found: (*found[: path[-1] + 1], *found[path[-1] + 2 :]))


def _with_change(whole: Shape, path: Path, change: Callable[[Shape], Shape]) -> Shape:
    if not path:
        return change(whole)
    at = path[0] + 1
    inner = whole[at]
    if whole[0] == ":" and isinstance(inner, tuple):
        inner = (inner[0], _with_change(inner[1], path[1:], change))
    elif isinstance(inner, tuple):
        inner = _with_change(inner, path[1:], change)
    return (*whole[:at], inner, *whole[at + 1 :])


def has_shape(after: Source, before: Source, expected: Shape) -> bool:
    """Whether a changed source has the wanted shape and no more errors than before."""
    return after.whole and after.problems <= before.problems and shape(after.root) == expected
