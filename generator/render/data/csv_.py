"""CSV (RFC 4180, with LF) that opens in a spreadsheet without running anything.

A cell that a spreadsheet would take for a formula has an apostrophe before it; several values in one cell are parted by "; ".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.catalogue.model import Author
from generator.render.data.shelves import Shelf, Volume
from generator.render.data.texts import plain

__all__ = ["COLUMNS", "render"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family and author.given else author.name


COLUMNS: Mapping[str, Callable[[Volume], object]] = MappingProxyType(
    {
        "id": lambda one: one.entry.id,
        "title": lambda one: one.entry.title,
        "url": lambda one: one.entry.url,
        "kind": lambda one: one.entry.kind,
        "authors": lambda one: "; ".join(map(_name, one.entry.authors)),
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


def render(shelf: Shelf) -> str:
    """A line of column names, then a line for each entry; an empty cell is a value that isn't known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for volume in shelf.volumes:
        writer.writerow([_cell(value(volume)) for value in COLUMNS.values()])
    return out.getvalue()


def _cell(value: object) -> str:
    shown = plain(str(value)) if value is not None else ""
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
