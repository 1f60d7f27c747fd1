"""CSV (RFC 4180, but with LF) that is safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula starts with an apostrophe. Several values in a cell are separated by "; ".
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from generator.publishing.data.export_set import ExportedEntry, ExportSet
from generator.publishing.data.texts import plain
from generator.sources.catalogue.authors import cell
from generator.sources.catalogue.fields import ENTRY, Field

__all__ = ["columns", "render", "rows"]

_FORMULA = frozenset("=+-@\t\r|%＝＋－＠")
_FIRST = (
    "id", "title", "url", "kind", "authors", "year", "date", "venue", "language", "doi", "arxiv", "description", "abstract", "tags",
    "topic", "also_in", "section", "links", "archive_url", "added", "status", "state",
)  # fmt: skip
_OF_EXPORTED: Mapping[str, Callable[[ExportedEntry], object]] = MappingProxyType({
    "authors": lambda one: "; ".join(map(cell, one.authors)),
    "description": lambda one: one.about,
    "topic": lambda one: one.home.slug,
    "section": lambda one: " / ".join(one.sections),
    "added": lambda one: one.added,
})  # fmt: skip
"""Columns that aren't fields, or whose text differs from the source's."""


def columns() -> tuple[str, ...]:
    """The names of the columns in order. New columns come last."""
    return (*_FIRST, *(name for name in ENTRY if name not in _FIRST))


def render(_: ExportSet, rows: Sequence[str]) -> str:
    """The header line and the rows."""
    return "".join([_line(columns()), *rows])


def rows(entries: Iterable[ExportedEntry]) -> Iterator[str]:
    """The line of each entry. The cell of an unknown value is empty."""
    plan = [_OF_EXPORTED.get(name) or _of_entry(ENTRY[name]) for name in columns()]
    for exported in entries:
        yield _line([_cell(found) if (found := value(exported)) else "" for value in plan])


def _of_entry(field: Field) -> Callable[[ExportedEntry], object]:
    of, cell_of = field.of, field.shape.exports.cell
    return lambda exported: cell_of(value) if (value := of(exported.entry)) else ""


class _LastLine:
    """A file for `csv.writer` that keeps only the last line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


_LAST = _LastLine()
_WRITER = csv.writer(_LAST, lineterminator="\n")


def _line(cells: Iterable[str]) -> str:
    _WRITER.writerow(cells)
    return _LAST.text


def _cell(value: object) -> str:
    shown = plain(value if isinstance(value, str) else str(value))
    return f"'{shown}" if shown[:1] in _FORMULA else shown
