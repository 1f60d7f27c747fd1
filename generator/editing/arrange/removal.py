"""Remove an entry from a source with its lines and its comments, including those directly above its dash."""

from __future__ import annotations

from dataclasses import dataclass

from generator.editing.arrange.insertion import item_end
from generator.editing.arrange.structure import has_shape, parse_item, shape, without
from generator.editing.edit.source import Source
from generator.sources.catalogue.model import Entry
from generator.sources.yaml_tree import Mapping, Scalar, Sequence

__all__ = ["RemovedEntry", "remove_entry"]


@dataclass(frozen=True, slots=True)
class RemovedEntry:
    """The source without the entry, and the entry's lines, dedented so that the dash is in the first column."""

    source: Source
    rows: list[str]


def remove_entry(source: Source, entry: Entry) -> RemovedEntry | str:
    """Remove an entry; or why it can't be done. `entry` must have been parsed from the source."""
    if source.uneditable:
        return source.uneditable
    spot = source.at(entry.place.line, entry.place.column)
    if spot is None or (isinstance(spot.node, Scalar) and spot.node.style == "alias"):
        return "the entry is a YAML anchor or alias (& or *): move it by hand"
    found = spot.parent
    if not isinstance(found, Sequence) or source.flow(found) or source.inside_brackets(spot):
        return "its list is written in brackets: write it as lines with dashes first"
    dash = found.column - 1
    begin = _first_line(source, spot.node.line, dash)
    end = source.after_line(item_end(source, spot.node, dash))
    rows = [row.rstrip("\r\n") for row in source.text[begin:end].splitlines(keepends=True)]
    if len(found.items) == 1:
        return _remove_only_item(source, begin, end, _dedented(rows, dash), spot.path, spot.above)
    text = source.text[:begin] + source.text[end:]
    if _is_empty_line(source, begin, -1) and (_is_empty_line(source, end, 1) or end >= len(source.text)):
        text = source.text[: source.line_start(begin - 1)] + source.text[end:]
    after = source.with_text(text)
    return _checked(source, after, _dedented(rows, dash), spot.path)


def _checked(source: Source, after: Source, rows: list[str], path: tuple[int, ...]) -> RemovedEntry | str:
    whole = shape(source.root)
    without_entry = without(whole, path)
    if not has_shape(after, source, without_entry) or parse_item(rows) is None:
        return "the edit would change other values as well: move the entry by hand"
    return RemovedEntry(after, rows)


def _first_line(source: Source, line: int, dash: int) -> int:
    """The start index of an item's lines, including comments directly above its dash with the same indent."""
    begin = source.index(line, 1)
    while source.text[begin : begin + dash + 1] != f"{' ' * dash}-" and begin > 0:
        begin = source.line_start(begin - 1)
    while begin > 0:
        above = source.line_start(begin - 1)
        row = source.text[above:begin]
        if not row.startswith(f"{' ' * dash}#"):
            break
        begin = above
    return begin


def _is_empty_line(source: Source, at: int, direction: int) -> bool:
    """Whether the line before (-1) or at (1) an index is empty."""
    start = source.line_start(at - 1) if direction < 0 else at
    return at > 0 and start < len(source.text) and not source.text[start : source.line_end(start)].strip()


def _dedented(rows: list[str], dash: int) -> list[str]:
    return [row[dash:] if not row[:dash].strip() else row.lstrip() for row in rows]


def _remove_only_item(
    source: Source, begin: int, end: int, rows: list[str], path: tuple[int, ...], above: tuple[Sequence | Mapping, ...]
) -> RemovedEntry | str:
    """Remove the only entry of a list, with the key; where that isn't possible, `[]` is left."""
    owner = above[-2] if len(above) > 1 else None
    if not isinstance(owner, Mapping):
        return "the file begins with a list: write entries: on its first line"
    key = owner.items[path[-2]][0]
    start = source.index(key.line, 1)
    lead = source.text[start : source.index(key.line, key.column)]
    alone = not lead.strip() and source.text[start:begin].strip() == "entries:" and len(owner.items) > 1
    if alone:
        after = source.with_text(source.text[:start] + source.text[end:])
        return _checked(source, after, rows, path[:-1])
    colon = source.text.index(":", source.index(key.end_line, key.end_column)) + 1
    after = source.with_text(f"{source.text[:colon]} []{source.text[colon:begin]}{source.text[end:]}")
    return _checked(source, after, rows, path)
