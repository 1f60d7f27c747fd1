"""Two topics that would be rendered to the same file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.model import Catalogue


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """File names that differ only in case, which are one file on Windows and macOS."""
    _ = today
    seen: dict[str, str] = {}
    for topic in catalogue.topics:
        first = seen.setdefault(topic.slug.casefold(), topic.path)
        if first != topic.path:
            message = f"{quoted(topic.path)} and {quoted(first)} would be the same page"
            yield Problem("same-page", Severity.ERROR, message, Place(topic.path, 1, 1), "give one of the files another name")
