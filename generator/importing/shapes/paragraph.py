"""A paragraph that is one entry, without a bullet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.importing.entry.record import Record, joined
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Break, Span, Spans, Text, has_link, stripped
from generator.importing.shapes.model import Claim, Facts
from generator.importing.shapes.signs import entry_like, has_content, pictures_below

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
                last = found.pop() if found else Record(child.line)
                records = [replace(last, spans=joined([last.spans, child.spans]))]
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
    end, pictures = pictures_below(blocks, at + 1)
    record = replace(records[0], spans=joined([records[0].spans, *pictures]))
    return Claim(end, 0.8 + 0.5 * (end - at - 1), (record,), "a paragraph that begins with an entry")


def entries_of(block: Block, *, alone: bool) -> list[Record]:
    """The entries of a paragraph: one, one a line, or none."""
    lines = list(_lines(block.spans))
    like = [entry_like(line, alone=alone) for _, line in lines]
    if len(lines) > 1 and all(like):
        return [Record(block.line + number, line) for number, line in lines]
    if like and (like[0] or entry_like(block.spans, alone=alone)):
        return [Record(block.line, block.spans)]
    return []


def _lines(spans: Spans) -> Iterator[tuple[int, Spans]]:
    """The lines of a paragraph with their numbers from 0: those that `<br>` ends, if it has any such end, else those of the text.

    A line that says nothing goes with the next, at the end with the one before.
    """
    row = stripped(spans)
    hard = any(isinstance(span, Break) and span.kind == "hard" for span in row)
    found: list[tuple[int, list[Span]]] = [(0, [])]
    number, says = 0, False
    for at, span in enumerate(row):
        if not isinstance(span, Break):
            found[-1][1].append(span)
            says = says or has_content((span,))
            continue
        after = row[at + 1] if at + 1 < len(row) else None
        number += not (span.kind == "hard" and isinstance(after, Break))
        if hard and span.kind == "soft":
            found[-1][1].append(Text(" "))
        elif says:
            found.append((number + (span.kind == "hard" and isinstance(after, Break)), []))
            says = False
    if len(found) > 1 and not says:
        found[-2][1].extend(found.pop()[1])
    for first, line in found:
        yield first, tuple(line)


def _near_list(blocks: Sequence[Block], at: int) -> bool:
    """Whether a list or a table of entries stands under the same heading."""
    for step in (-1, 1):
        index = at + step
        while 0 <= index < len(blocks) and abs(index - at) < 24 and blocks[index].kind not in {"heading", "open", "close"}:
            if blocks[index].kind in {"item", "table"}:
                return True
            index += step
    return False
