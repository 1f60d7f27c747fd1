"""Titles that are whole paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.model import Catalogue

_LONGEST = 200
"""The longest title that is one, in characters; those of works known to us have at most 170."""


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every title of a topic, section or entry with more than 200 characters."""
    _ = today
    for title, place, rest in _titles(catalogue):
        if len(title) > _LONGEST:
            message = f"title: {quoted(title)} has {len(title):,} characters, and a title is one line"
            hint = f"keep the title (at most {_LONGEST} characters), and put the rest into {rest}"
            yield Problem("long-title", Severity.WARNING, message, place, hint)


def _titles(catalogue: Catalogue) -> Iterator[tuple[str, Place, str]]:
    """All titles with their places and where the rest of each belongs."""
    for topic in catalogue.topics:
        yield topic.title, topic.places.get("title", topic.place), "description"
        for top in topic.sections:
            for section in top.walk():
                yield section.title, section.places.get("title", section.place), "description"
        for entry in topic.walk():
            if entry.title is not None:
                yield entry.title, entry.where("title"), "description or abstract"
