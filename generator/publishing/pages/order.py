"""The order of the entries inside a section, as the collection's `order` sets it. Sections stay as they are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from generator.sources.catalogue.model import Entry
from linkcheck.urls import display

__all__ = ["ordered", "year_of"]

_MARK = frozenset({"Mn", "Mc", "Me"})


def ordered(entries: tuple[Entry, ...], order: str, start: Collection[str] = ()) -> tuple[Entry, ...]:
    """The entries by `order`; equal ones, and all under a word that is no order, stay as written.

    By title without regard to case, accents and leading punctuation; by year with the newest first and undated ones last; with
    `start-here` those whose ids `start` holds first, in its order.
    """
    match order:
        case "title":
            return tuple(sorted(entries, key=_title))
        case "year":
            return tuple(sorted(entries, key=lambda entry: -(year_of(entry) or 0)))
        case "start-here" if start:
            ranks = {key: rank for rank, key in enumerate(start)}
            return tuple(sorted(entries, key=lambda entry: ranks.get(entry.id, len(ranks))))
        case _:
            return entries


def year_of(entry: Entry) -> int | None:
    """The year of publication, as far as it is known."""
    return entry.year or (entry.date.year if entry.date else None)


def _title(entry: Entry) -> str:
    shown = entry.title or (display(entry.page[1]) if entry.page else entry.id)
    letters = "".join(
        char for char in unicodedata.normalize("NFKD", shown.casefold()) if unicodedata.category(char) not in _MARK
    )
    return letters.lstrip("".join({char for char in letters if not char.isalnum()})) or letters
