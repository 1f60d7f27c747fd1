"""Insert an entry into a source as whole lines; all other bytes stay."""

from __future__ import annotations

from generator.editing.arrange.structure import Shape, has_shape, parse_item, shape, with_item, with_pair, with_value
from generator.editing.edit.source import Source, Spot
from generator.sources.catalogue import fields as table
from generator.sources.catalogue.model import Section, Topic
from generator.sources.yaml_tree import Mapping, Node, Sequence

__all__ = ["insert_entry"]

_BRACKETS = "its entries are written in brackets: write them as lines with dashes first"
_ODD = "the edit would change other values as well: add the entry by hand"


def insert_entry(source: Source, topic: Topic, section: Section | None, number: int, rows: list[str]) -> Source | str:
    """Insert an entry at index `number` of the entries of a section or topic; returns the source, or why it can't be done.

    `rows` are its lines, with the dash in the first column. `topic` must have been parsed from the source. `entries:` is added where
    it is missing.
    """
    if source.uneditable:
        return source.uneditable
    if source.root is None or not source.whole:
        return "the file can't be parsed to its end: fix it first (listkeeper validate)"
    item = parse_item(rows)
    if item is None:
        return _ODD
    owner = section or topic
    spot = source.at(owner.place.line, owner.place.column) if section else Spot(source.root, (), ())
    if spot is None or not isinstance(spot.node, Mapping):
        return "the layout of the section can't be kept: add the entry by hand"
    if source.flow(spot.node) or source.inside_brackets(spot):
        return _BRACKETS
    at = next((at for at, (key, _) in enumerate(spot.node.items) if key.text == "entries"), None)
    if at is None:
        return _insert_with_key(source, spot, rows, item, topic=section is None)
    found = spot.node.items[at][1]
    path = (*spot.path, at)
    if not isinstance(found, Sequence) or not found.items:
        return _insert_first(source, spot, at, rows, item)
    if source.flow(found):
        return _BRACKETS
    number = min(number, len(found.items))
    start, text = _start_and_text(source, spot.node, at, found, number, rows)
    after = source.with_text(source.text[:start] + text + source.text[start:])
    return after if has_shape(after, source, with_item(shape(source.root), path, number, item)) else _ODD


def _start_and_text(source: Source, parent: Mapping, at: int, found: Sequence, number: int, rows: list[str]) -> tuple[int, str]:
    block = indent_lines(rows, found.column - 1, source.newline)
    if number == 0:
        # A comment above the first entry belongs to that entry.
        key = parent.items[at][0]
        return source.line_end(source.index(key.end_line, key.end_column)), source.newline + block
    end = item_end(source, found.items[number - 1], found.column - 1)
    gap = source.newline if has_blank_lines(source, found) else ""
    return end, f"{source.newline}{gap}{block}"


def indent_lines(rows: list[str], depth: int, newline: str) -> str:
    """The lines with `depth` spaces before each that isn't empty."""
    return newline.join(f"{' ' * depth}{row}" if row else "" for row in rows)


def item_end(source: Source, item: Node, dash: int) -> int:
    """The end index of an item's last line, including following comments that are indented more than its dash."""
    end = source.line_end(source.end(item))
    while (start := source.after_line(end)) > end:
        line = source.text[start : source.line_end(start)]
        bare = line.lstrip(" ")
        if not bare.startswith("#") or len(line) - len(bare) <= dash:
            break
        end = source.line_end(start)
    return end


def has_blank_lines(source: Source, found: Sequence) -> bool:
    """Whether most items of a list are separated by empty lines."""
    gaps = [
        not source.text[source.line_start(begin - 1) : begin].strip()
        for item in found.items[1:]
        if (begin := source.line_start(source.index(item.line, item.column))) > 0
    ]
    return sum(gaps) * 2 > len(gaps)


def _insert_first(source: Source, spot: Spot, at: int, rows: list[str], item: Shape) -> Source | str:
    """Insert the first entry after an existing `entries:` or `entries: []`."""
    assert isinstance(spot.node, Mapping)  # noqa: S101  # as the caller saw
    key, value = spot.node.items[at]
    begin, stop = source.index(key.end_line, key.end_column), source.line_end(source.end(value))
    rest = source.text[source.text.index(":", begin) + 1 : stop]
    if rest.split("#")[0].strip() not in {"", "[]", "~", "null"}:
        return _BRACKETS
    comment = rest[rest.index("#") :].rstrip() if "#" in rest else ""
    start = source.text.index(":", begin) + 1
    block = indent_lines(rows, key.column + 1, source.newline)
    text = f"{source.text[:start]}{f' {comment}' if comment else ''}{source.newline}{block}{source.text[stop:]}"
    after = source.with_text(text)
    whole = with_value(shape(source.root), (*spot.path, at), ("-", item))
    return after if has_shape(after, source, whole) else _ODD


def _insert_with_key(source: Source, spot: Spot, rows: list[str], item: Shape, *, topic: bool) -> Source | str:
    """Insert `entries:` with the entry after the keys that precede it in the field table."""
    assert isinstance(spot.node, Mapping)  # noqa: S101  # as the caller saw
    names = [one.name for one in (table.TOPIC if topic else table.SECTION)]
    rank = names.index("entries")
    before = [at for at, (key, _) in enumerate(spot.node.items) if key.text in names and names.index(key.text) < rank]
    if not before:
        return "it has no title to insert the entries after: add one first"
    at = before[-1]
    key, value = spot.node.items[at]
    depth = spot.node.items[0][0].column - 1
    end = source.line_end(max(source.end(value), source.index(key.end_line, key.end_column)))
    lines = f"{source.newline}{' ' * depth}entries:{source.newline}{indent_lines(rows, depth + 2, source.newline)}"
    after = source.with_text(source.text[:end] + lines + source.text[end:])
    expected = with_pair(shape(source.root), spot.path, at + 1, "entries", ("-", item))
    return after if has_shape(after, source, expected) else _ODD
