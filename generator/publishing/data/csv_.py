"""CSV (RFC 4180, with LF) that opens in a spreadsheet without running anything.

A cell that a spreadsheet would take for a formula has an apostrophe before it; several values in one cell are parted by "; ".
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from generator.publishing.data.shelves import Shelf, Volume
from generator.publishing.data.texts import plain
from generator.sources.catalogue.model import Author

__all__ = ["COLUMNS", "render", "row"]

_FORMULA = frozenset("=+-@\t\r|%＝＋－＠")


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family and author.given else author.name


COLUMNS: Mapping[str, Callable[[Volume], object]] = MappingProxyType(
    {
        "id": lambda one: one.entry.id,
        "title": lambda one: one.entry.title,
        "url": lambda one: one.entry.url,
        "kind": lambda one: one.entry.kind,
        "authors": lambda one: "; ".join(map(_name, one.authors)),
        "year": lambda one: one.entry.year,
        "date": lambda one: one.entry.date,
        "venue": lambda one: one.entry.venue,
        "language": lambda one: one.entry.language,
        "doi": lambda one: one.entry.doi,
        "arxiv": lambda one: one.entry.arxiv,
        "description": lambda one: one.about,
        "abstract": lambda one: one.entry.abstract,
        "tags": lambda one: "; ".join(one.entry.tags),
        "topic": lambda one: one.home.slug,
        "also_in": lambda one: "; ".join(one.entry.also_in),
        "section": lambda one: " / ".join(one.sections),
        "links": lambda one: "; ".join(f"{label}: {url}" for label, urls in one.entry.links for url in urls),
        "archive_url": lambda one: one.entry.archive_url,
        "added": lambda one: one.added,
        "status": lambda one: one.entry.status,
        "state": lambda one: one.entry.state,
    }
)
"""The columns in their order; new ones come at the end."""
_VALUES = tuple(COLUMNS.values())


def render(_: Shelf, rows: Sequence[str]) -> str:
    """A line of column names, then a line for each entry."""
    return "".join([_line(COLUMNS), *rows])


def row(volume: Volume) -> str:
    """The line of an entry; an empty cell is a value that isn't known."""
    return _line([_cell(found) if (found := value(volume)) else "" for value in _VALUES])


class _Caught:
    """A file for a writer, that holds the line it wrote last."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


_CAUGHT = _Caught()
_WRITER = csv.writer(_CAUGHT, lineterminator="\n")


def _line(cells: Iterable[str]) -> str:
    _WRITER.writerow(cells)
    return _CAUGHT.text


def _cell(value: object) -> str:
    shown = plain(value if isinstance(value, str) else str(value))
    return f"'{shown}" if shown[:1] in _FORMULA else shown
