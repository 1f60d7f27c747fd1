"""Dates that can't be: from the future, or at odds with each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity
from generator.sources.catalogue.model import Catalogue

_AHEAD = 2
"""Proceedings are dated up to two years before they appear."""


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """`added` after today, a year too far ahead, and a year that isn't the date's."""
    for _, entry in catalogue.entries():
        if entry.added and entry.added > today:
            message = f"added: {entry.added} is in the future"
            yield _problem(entry.where("added"), message, "write the day on which it was added")
        if entry.year and entry.year > today.year + _AHEAD:
            yield _problem(entry.where("year"), f"year: {entry.year} is in the future", "look the year up")
        if entry.year and entry.date and entry.year != entry.date.year:
            message = f"year: {entry.year} and date: {entry.date} don't agree"
            yield _problem(entry.where("year"), message, "keep the one that is right")


def _problem(place: Place, message: str, hint: str) -> Problem:
    return Problem("implausible-date", Severity.WARNING, message, place, hint)
