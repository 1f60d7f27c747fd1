"""A paragraph that is one entry, without a bullet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.importing.entry.record import Record, joined
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Break, Spans, Text, has_link, lines_of, stripped
from generator.importing.shapes.model import Claim, Facts
from generator.importing.shapes.signs import entry_like

__all__ = ["claim", "entries_of"]


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """A paragraph, or a quote of paragraphs, that begins with an entry."""
    block = blocks[at]
    if at < facts.first:
        return None
    if block.kind == "quote":
        found: list[Record] = []
        for child in block.children:
            records = entries_of(child, alone=True)
            if not records and child.spans:
                # What stands between entries is about the one above, a picture at first about the one below.
                said = found.pop() if found else Record(child.line)
                records = [replace(said, spans=joined([said.spans, child.spans]))]
            found += records
        if len(found) > 1 and not has_link(found[0].spans):
            found[:2] = [replace(found[1], spans=joined([found[0].spans, found[1].spans]))]
        if not any(has_link(record.spans) for record in found):
            return None
        return Claim(at + 1, 0.8, tuple(found), "entries in a quotation") if found else None
    if block.kind != "paragraph":
        return None
    records = entries_of(block, alone=not _near_list(blocks, at))
    if len(records) != 1:
        return None
    return Claim(at + 1, 0.8, tuple(records), "a paragraph that begins with an entry")


def entries_of(block: Block, *, alone: bool) -> list[Record]:
    """The entries of a paragraph: one, one a line, or none."""
    lines = _lines(block.spans)
    like = [entry_like(line, alone=alone) for line in lines]
    if len(lines) > 1 and all(like):
        return [Record(block.line, line) for line in lines]
    if like and (like[0] or entry_like(block.spans, alone=alone)):
        return [Record(block.line, block.spans)]
    return []


def _lines(spans: Spans) -> list[Spans]:
    """The lines of a paragraph: those that `<br>` ends, if it has any such end, else those of the text."""
    hard = any(isinstance(span, Break) and span.kind == "hard" for span in stripped(spans))
    if not hard:
        return lines_of(spans)
    return lines_of(tuple(Text(" ") if isinstance(span, Break) and span.kind == "soft" else span for span in spans))


def _near_list(blocks: Sequence[Block], at: int) -> bool:
    """Whether a list or a table of entries stands under the same heading."""
    for step in (-1, 1):
        index = at + step
        while 0 <= index < len(blocks) and abs(index - at) < 24 and blocks[index].kind not in {"heading", "open", "close"}:
            if blocks[index].kind in {"item", "table"}:
                return True
            index += step
    return False
