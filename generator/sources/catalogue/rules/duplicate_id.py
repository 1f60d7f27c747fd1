"""Two entries with the same id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.model import Catalogue


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every later use of an id or alias; derived ids are always unique."""
    _ = today
    owners: dict[str, Place] = {}
    # Ids that differ only in case look the same to readers, and are one file name on Windows and macOS.
    for _, entry in catalogue.entries():
        if entry.id_given:
            yield from _claim(owners, entry.id, entry.where("id"))
    for _, entry in catalogue.entries():
        for index, alias in enumerate(entry.aliases):
            if alias != entry.id:
                yield from _claim(owners, alias, entry.places.get(f"aliases.{index}") or entry.where("aliases"))


def _claim(owners: dict[str, Place], key: str, place: Place) -> Iterator[Problem]:
    first = owners.setdefault(key.casefold(), place)
    if first is not place:
        message = f"the id {quoted(key)} is already that of the entry at {first.path}:{first.line}"
        hint = "give one of them another id; if both are the same work, keep one and add also_in"
        yield Problem("duplicate-id", Severity.ERROR, message, place, hint)
