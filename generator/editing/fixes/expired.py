"""Fixes that remove expired `link_check` exceptions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext


def find(context: FixContext) -> Iterator[Fix]:
    """A fix for each expired exception."""
    for problem in context.problems:
        if problem.code == "link-check-expired" and problem.place.entry is not None:
            place = problem.place
            yield Fix("expired", place, problem.message, (Edit(place.path, place.entry, "link_check", None, None),))
