"""A term and its definition: of an HTML list, or of lines that begin with a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.entry.record import Record, joined
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Break, Text, has_link, lines_of
from generator.importing.shapes.model import Claim, Facts
from generator.importing.shapes.signs import own_of

__all__ = ["claim"]

_COLON = re.compile(r"\s*[:：]\s+")


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """A term with the definitions below it."""
    block = blocks[at]
    if block.kind == "term":
        end = at + 1
        while end < len(blocks) and blocks[end].kind == "definition":
            end += 1
        texts = [text for one in blocks[at + 1 : end] for text in own_of(one)[0]]
        links = has_link(block.spans) or any(map(has_link, texts))
        record = Record(block.line, joined(texts), block.spans)
        return Claim(end, (1.0 if links else 0.6) * (end - at), (record,), "a term with its definition")
    if (
        block.kind != "paragraph"
        or at < facts.first
        or not has_link(block.spans)
        or not any(isinstance(span, Break) for span in block.spans)
    ):
        return None
    lines = lines_of(block.spans)
    defined = [bool(isinstance(line[0], Text) and _COLON.match(line[0].text)) for line in lines]
    if len(lines) < 2 or defined[0] or not all(defined[1:]):
        return None
    rest = [(Text(_COLON.sub("", line[0].text)), *line[1:]) for line in lines[1:] if isinstance(line[0], Text)]
    return Claim(at + 1, 1.0, (Record(block.line, joined(rest), lines[0]),), "a line with a definition below")
