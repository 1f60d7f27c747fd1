"""The blocks of a page cut into claims: those that don't overlap and score best together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.page.blocks import Block
from generator.importing.shapes import SHAPES
from generator.importing.shapes.heading import heading_rows
from generator.importing.shapes.list_item import child_keys, child_labels
from generator.importing.shapes.model import Claim, Facts

__all__ = ["Segment", "facts_of", "segments"]


@dataclass(frozen=True, slots=True)
class Segment:
    """The blocks from `start` on: a claim, or one block that no shape claims. `others` are claims that lost, the best first."""

    start: int
    claim: Claim | None
    others: tuple[Claim, ...] = ()


def facts_of(blocks: Sequence[Block], first: int) -> Facts:
    """The facts about a whole page."""
    return Facts(heading_rows(blocks), child_labels(blocks), child_keys(blocks), first)


def segments(blocks: Sequence[Block], facts: Facts) -> list[Segment]:
    """The page from its beginning to its end. A claim looks only a window ahead, so the work grows with the page, not with its square."""
    claims = [_claims(blocks, at, facts) for at in range(len(blocks))]
    best = [0.0] * (len(blocks) + 1)
    chosen: list[Claim | None] = [None] * len(blocks)
    for at in range(len(blocks) - 1, -1, -1):
        best[at] = best[at + 1]
        for one in claims[at]:
            if one.score + best[one.end] > best[at]:
                best[at], chosen[at] = one.score + best[one.end], one
    found: list[Segment] = []
    at = 0
    while at < len(blocks):
        claim = chosen[at]
        found.append(Segment(at, claim, tuple(one for one in claims[at] if one is not claim)))
        at = claim.end if claim else at + 1
    return found


def _claims(blocks: Sequence[Block], at: int, facts: Facts) -> list[Claim]:
    found = [replace(claim, shape=name) for name, shape in SHAPES.items() if (claim := shape(blocks, at, facts))]
    return sorted(found, key=lambda claim: -claim.score)
