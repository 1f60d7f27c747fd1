"""The results of shapes, and the facts of the whole page that they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from generator.importing.entry.record import Record
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Spans

__all__ = ["Claim", "Facts", "Group", "Node", "Shape"]

WINDOW = 48
"""How many blocks a shape looks ahead at most."""


@dataclass(frozen=True, slots=True)
class Group:
    """A section that a shape found: under a title of its own, or (`head`) below an entry."""

    line: int
    title: Spans = ()
    head: Record | None = None
    nodes: tuple[Record | Group, ...] = ()


Node = Record | Group


@dataclass(frozen=True, slots=True)
class Claim:
    """The blocks up to `end` are these nodes. `score`: how sure that is, summed over the blocks; `why` says by what."""

    end: int
    score: float
    nodes: tuple[Node, ...]
    why: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a whole page."""

    heading_rows: int = 0
    """How many headings stand over a row of labelled links: several mean that headings are entries here."""
    labels: frozenset[str] = field(default_factory=frozenset)
    """Texts of links that recur below several items: what they name belongs to those."""
    keys: frozenset[str] = field(default_factory=frozenset)
    """Words before a colon that recur below several items: they name fields of those."""
    first: int = 0
    """The block from which on entries may begin: what stands before presents the list."""


class Shape(Protocol):
    """A form in which people write entries."""

    def __call__(self, blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
        """The claim on the blocks from a place on; None if they don't have this form."""
