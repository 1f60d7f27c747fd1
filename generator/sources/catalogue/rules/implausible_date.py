"""Dates in the future, and dates that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity
from generator.sources.catalogue.model import Catalogue

_AHEAD = 2
"""Years into the future that are accepted: proceedings appear up to two years before their date."""


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """`added` after today, a year too far ahead, and a year that isn't the one of the date."""
    for _, entry in catalogue.entries():
        if entry.added and entry.added > today:
            message = f"added: {entry.added} is in the future"
            yield _problem(entry.where("added"), message, "write the day on which it was added")
        if entry.year and entry.year > today.year + _AHEAD:
            yield _problem(entry.where("year"), f"year: {entry.year} is in the future", "correct the year")
        if entry.year and entry.date and entry.year != entry.date.year:
            message = f"year: {entry.year} and date: {entry.date} don't agree"
            yield _problem(entry.where("year"), message, "keep the one that is right")


def _problem(place: Place, message: str, hint: str) -> Problem:
    return Problem("implausible-date", Severity.WARNING, message, place, hint)
