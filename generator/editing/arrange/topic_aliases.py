"""Add or remove a former name (alias) of a topic in its source."""

from __future__ import annotations

from generator.editing.arrange.structure import Shape, has_shape, shape, with_item, with_pair, without
from generator.editing.edit.model import Splice
from generator.editing.edit.source import Path, Source, Spot
from generator.editing.edit.splices import append, remove_field, remove_item
from generator.editing.edit.writing import scalar
from generator.sources.yaml_tree import Mapping, Scalar, Sequence

__all__ = ["add_topic_alias", "remove_topic_alias"]

_ODD = "the layout of its aliases can't be kept: change them by hand"


def add_topic_alias(source: Source, name: str) -> Source | str:
    """Append an alias; or why it can't be done."""
    if source.uneditable:
        return source.uneditable
    root = source.root
    if not isinstance(root, Mapping) or not root.items:
        return "the file isn't a mapping, so it can't have aliases: begin it with title: and entries:"
    item: Shape = ("=", name, "str")
    at = _aliases_index(root)
    if at is None:
        place, splice = _new_field(source, root, name)
        return _checked(source, (splice,), with_pair(shape(root), (), place, "aliases", ("-", item)))
    found = root.items[at][1]
    splices = append(source, found, (name,)) if isinstance(found, Sequence) else None
    if splices is None or not isinstance(found, Sequence):
        return _ODD
    return _checked(source, splices, with_item(shape(root), (at,), len(found.items), item))


def remove_topic_alias(source: Source, name: str) -> Source | str:
    """Remove an alias, and the field with the last one; or why it can't be done."""
    root = source.root
    at = _aliases_index(root) if isinstance(root, Mapping) else None
    if source.uneditable or not isinstance(root, Mapping) or at is None:
        return source.uneditable or _ODD
    found = root.items[at][1]
    numbers = [number for number, one in enumerate(found.items) if _bare(one) == name] if isinstance(found, Sequence) else []
    if not isinstance(found, Sequence) or not numbers:
        return _ODD
    path: Path = (at,) if len(found.items) == 1 else (at, numbers[0])
    if len(path) == 1:
        splices = remove_field(source, Spot(found, path, (root,)))
    else:
        splices = remove_item(source, Spot(found.items[numbers[0]], path, (root, found)))
    return _ODD if splices is None else _checked(source, splices, without(shape(root), path))


def _aliases_index(root: Mapping) -> int | None:
    return next((at for at, (key, _) in enumerate(root.items) if key.text == "aliases"), None)


def _bare(item: object) -> str:
    return item.text.strip().removesuffix(".yaml").removesuffix(".md") if isinstance(item, Scalar) else ""


def _new_field(source: Source, root: Mapping, name: str) -> tuple[int, Splice]:
    """Insert the field after the title, or first; returns its index and the splice."""
    line = f"aliases: [{scalar(name, flow=True)}]"
    at = next((at for at, (key, _) in enumerate(root.items) if key.text == "title"), None)
    if at is None:
        start = source.index(root.items[0][0].line, root.items[0][0].column)
        lead = ", " if source.flow(root) else source.newline + " " * (root.items[0][0].column - 1)
        return 0, Splice(start, start, line + lead)
    key, value = root.items[at]
    end = max(source.end(value), source.index(key.end_line, key.end_column))
    if source.flow(root):
        return at + 1, Splice(end, end, f", {line}")
    stop = source.line_end(end)
    return at + 1, Splice(stop, stop, f"{source.newline}{' ' * (key.column - 1)}{line}")


def _checked(source: Source, splices: tuple[Splice, ...], expected: Shape) -> Source | str:
    after = source.with_splices(splices)
    return after if has_shape(after, source, expected) else _ODD
