"""A paragraph of several entries, one a line."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importing.page.blocks import Block
from generator.importing.shapes.model import Claim, Facts
from generator.importing.shapes.paragraph import entries_of

__all__ = ["claim"]


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """Two lines or more, each of which begins with an entry."""
    block = blocks[at]
    if block.kind != "paragraph" or at < facts.first:
        return None
    records = entries_of(block, alone=True)
    return Claim(at + 1, 0.9, tuple(records), "a paragraph with an entry a line") if len(records) > 1 else None
