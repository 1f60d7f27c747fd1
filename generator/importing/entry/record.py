"""The parts of one entry as a shape found them: spans, columns and attributes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.importing.page.spans import Break, Span, Spans

__all__ = ["BLOCK", "Record", "joined"]

BLOCK = Break("block")


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a page. `title` is given where the shape itself sets it apart; `named` are columns and attributes.

    A link in `named` has the column's name as label where it has none itself. `remarks` are sentences whose links stay in them.
    """

    line: int
    spans: Spans = ()
    title: Spans = ()
    named: tuple[tuple[str, Spans], ...] = ()
    remarks: tuple[Spans, ...] = ()


def joined(parts: Iterable[Spans]) -> Spans:
    """Paragraphs as one row of spans."""
    out: list[Span] = []
    for part in parts:
        if part:
            out += [BLOCK, *part] if out else part
    return tuple(out)
