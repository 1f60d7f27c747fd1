"""What people write as headings and bullets without the space that Markdown wants behind the mark: `###Books`, `10.[Title](u)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.importing.markdown.blocks import Block
from generator.importing.markdown.inline import Token, plain

__all__ = ["tightened"]

_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<text>[^\s#!].*)", re.DOTALL)
_BULLET = re.compile(r"\s*(?:\d{1,4}[.)]|[-*+])\s*")


def tightened(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with such headings and bullets read as what they are meant for."""
    for index, block in enumerate(blocks):
        if block.kind == "paragraph" and block.inline:
            following = blocks[index + 1].kind if index + 1 < len(blocks) else ""
            yield from _paragraph(block, following)
        elif block.kind == "list" and any(_crowded(item) for item in block.children):
            yield replace(block, children=[each for item in block.children for each in _items(item)])
        else:
            yield block


def _paragraph(block: Block, following: str) -> Iterator[Block]:
    lines = _lines(block.inline)
    first = lines[0]
    found = _HEADING.fullmatch(str(first[0]["raw"])) if first and first[0]["type"] == "text" else None
    alone = len(lines) == 1
    if found and (len(found["marks"]) > 1 or (alone and following in {"heading", "list"})) and re.search(r"\w", found["text"]):
        yield replace(
            block, kind="heading", level=len(found["marks"]), inline=[{"type": "text", "raw": found["text"]}, *first[1:]]
        )
        if not alone:
            yield replace(block, inline=block.inline[len(first) + 1 :])
    elif all(map(_bulleted, lines)):
        items = [replace(block, kind="item", children=[replace(block, inline=line[1:])], inline=[]) for line in lines]
        yield replace(block, kind="list", children=items, inline=[])
    else:
        yield block


def _lines(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token["type"] == "break":
            lines.append([])
        else:
            lines[-1].append(token)
    return lines


def _bulleted(line: list[Token]) -> bool:
    """Whether a line is a bullet with a link right behind it."""
    return (
        len(line) > 1
        and line[0]["type"] == "text"
        and line[1]["type"] == "link"
        and _BULLET.fullmatch(str(line[0]["raw"])) is not None
        and plain(line[1:2]) != ""
    )


def _crowded(item: Block) -> bool:
    """Whether lines of an item are bullets of their own."""
    return (
        bool(item.children)
        and item.children[0].kind == "paragraph"
        and any(map(_bulleted, _lines(item.children[0].inline)[1:]))
    )


def _items(item: Block) -> Iterator[Block]:
    if not _crowded(item):
        yield item
        return
    paragraph = item.children[0]
    held: list[list[Token]] = []
    pieces: list[list[Token]] = []
    for line in _lines(paragraph.inline):
        if held and _bulleted(line):
            pieces.append(_rejoined(held))
            held = [line[1:]]
        else:
            held.append(line)
    pieces.append(_rejoined(held))
    for number, piece in enumerate(pieces):
        below = item.children[1:] if number == len(pieces) - 1 else []
        yield replace(item, children=[replace(paragraph, inline=piece), *below])


def _rejoined(lines: list[list[Token]]) -> list[Token]:
    tokens: list[Token] = list(lines[0])
    for line in lines[1:]:
        tokens += [{"type": "break", "hard": False}, *line]
    return tokens
