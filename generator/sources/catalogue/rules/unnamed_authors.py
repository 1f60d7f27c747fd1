"""Lists of authors that end in "et al.": one note for each file, since bibliographies write them so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity
from generator.sources.catalogue.authors import stands_for_others
from generator.sources.catalogue.model import Author, Catalogue

_ENOUGH = 3
"""After so many names the rest may be left out: pages show no more of a long list."""


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """For each topic the number of entries with such a list, at the first of them."""
    _ = today
    for topic in catalogue.topics:
        places: list[Place] = [
            entry.places.get(f"{field}.{len(people) - 1}") or entry.where(field)
            for entry in topic.walk()
            for field, people in (("authors", entry.authors), ("editors", entry.more.get("editors", ())))
            if _ends_early(people)
        ]
        if places:
            many = "1 list of authors ends" if len(places) == 1 else f"{len(places):,} lists of authors end"
            hint = f"`listkeeper enrich {topic.path}` names them where the work has a DOI or an arXiv id"
            yield Problem("not-an-author", Severity.NOTE, f'{many} in "et al.", which is no name', places[0], hint)


def _ends_early(people: tuple[Author, ...]) -> bool:
    return 1 < len(people) <= _ENOUGH and stands_for_others(people[-1])
