"""Two entries under one key: links to one would lead to the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.model import Catalogue


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every later use of an id or alias; derived ids never collide."""
    _ = today
    owners: dict[str, Place] = {}
    # Keys that differ in case alone are one key to readers, and one file name on two of three systems.
    for _, entry in catalogue.entries():
        if entry.id_given:
            yield from _claim(owners, entry.id, entry.where("id"))
    for _, entry in catalogue.entries():
        for alias in entry.aliases:
            if alias != entry.id:
                yield from _claim(owners, alias, entry.where("aliases"))


def _claim(owners: dict[str, Place], key: str, place: Place) -> Iterator[Problem]:
    first = owners.setdefault(key.casefold(), place)
    if first is not place:
        message = f"the id {quoted(key)} belongs to the entry at {first.path}:{first.line} already"
        hint = "give one of them another id; if both are the same work, keep one and add also_in"
        yield Problem("duplicate-id", Severity.ERROR, message, place, hint)
