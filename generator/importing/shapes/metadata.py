"""A title with lines of attributes below it: `**Title**`, then `- arxiv: <u>`, `- github(Keras): <v>`; or a row of badges."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importing.entry.record import Record, joined
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Link, Spans, has_link, plain
from generator.importing.shapes.model import Claim, Facts
from generator.importing.shapes.signs import (
    attributes,
    is_attribute,
    is_bold,
    linked,
    names_field,
    own_of,
    telling,
    title_words,
)

__all__ = ["claim"]

_BETWEEN = 3
_LONG = 400
_MOST = 40


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """A title in bold type, or an item without a link, with what belongs to it below."""
    block = blocks[at]
    if at < facts.first:
        return None
    if block.kind == "item":
        return _item(blocks, at)
    if block.kind != "paragraph" or not is_bold(block.spans) or plain(block.spans).rstrip().endswith((":", "：")):
        return None
    named: list[tuple[str, Spans]] = []
    remarks: list[Spans] = []
    undecided: list[Spans] = []
    end, ahead, title = at + 1, at + 1, title_words(block.spans)
    while ahead < min(len(blocks), at + _MOST) and (ahead - end < _BETWEEN or named):
        one = blocks[ahead]
        ahead += 1
        if one.kind == "comment":
            continue
        found = attributes(one, title)
        if found is not None:
            named += [(name, value) for name, value in found if has_link(value) or names_field(name)]
            undecided += (
                [one.spans or joined(own_of(one)[0])]
                if not any(has_link(value) or names_field(name) for name, value in found)
                else []
            )
            remarks += undecided
            undecided, end = [], ahead
        elif any(has_link(value) for _, value in named) or not _remark(one):
            break
        else:
            undecided.append(one.spans)
    links, sure = telling(named)
    if not links or sure * 2 < links:
        return None
    return Claim(
        end,
        1.1 * (end - at),
        (Record(block.line, joined(remarks), block.spans, tuple(named)),),
        "a title with attributes below",
    )


def _item(blocks: Sequence[Block], at: int) -> Claim | None:
    """An item without a link, the last of its list, above a list of nothing but addresses."""
    item = blocks[at]
    if linked(item) or (at + 1 < len(blocks) and blocks[at + 1].start == item.start):
        return None
    texts, _, _ = own_of(item)
    end = at + 1
    while (
        end < len(blocks)
        and end - at < _MOST
        and blocks[end].kind == "item"
        and is_attribute(blocks[end])
        and len(plain(joined(own_of(blocks[end])[0])).split()) < 4
    ):
        end += 1
    if end == at + 1 or not texts or (end < len(blocks) and blocks[end].start == blocks[end - 1].start):
        return None
    named = [
        one for block in blocks[at + 1 : end] for one in attributes(block, "", titled=True) or [("", joined(own_of(block)[0]))]
    ]
    return Claim(
        end, 1.1 * (end - at), (Record(item.line, (), joined(texts), tuple(named)),), "an item with a list of addresses below"
    )


def _remark(block: Block) -> bool:
    """Whether a paragraph may stand between a title and its links: authors, a venue, a picture."""
    if block.kind != "paragraph":
        return False
    links = [span for span in block.spans if isinstance(span, Link) and not span.badge]
    return not links and not is_bold(block.spans) and len(plain(block.spans)) <= _LONG
