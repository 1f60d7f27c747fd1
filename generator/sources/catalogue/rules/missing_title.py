"""Entries without a title: one note for each file, since bare URLs are a fine start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem, Severity
from generator.sources.catalogue.model import Catalogue


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """For each topic the number of entries without a title, at the first of them."""
    _ = today
    for topic in catalogue.topics:
        untitled = [entry for entry in topic.walk() if entry.title is None]
        if untitled:
            many = "1 entry has" if len(untitled) == 1 else f"{len(untitled)} entries have"
            message = f"{many} no title and will show as host and path"
            hint = f"`listkeeper enrich {topic.path}` looks them up; until then `listkeeper build` shows host and path"
            yield Problem("missing-title", Severity.NOTE, message, untitled[0].place, hint)
