"""JSON-LD within a page (https://schema.org): the one work that the page is about. Pure; never raises."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from generator.catalogue.authors import author
from generator.catalogue.model import Author
from generator.enrich.record import Record
from generator.enrich.words import many, mapping, name, names, plain, year
from linkcheck.identity import doi

__all__ = ["described"]

_KINDS: Mapping[str, str | None] = {
    "ScholarlyArticle": "paper", "Book": "book", "Course": "course", "Dataset": "dataset", "SoftwareSourceCode": "software",
    "SoftwareApplication": "software", "VideoObject": "video", "BlogPosting": "blog", "Thesis": "thesis", "Article": None,
    "NewsArticle": None, "TechArticle": None, "Report": None, "LearningResource": None, "CreativeWork": None, "Event": "workshop",
    "EducationEvent": "workshop", "Chapter": "paper", "PresentationDigitalDocument": "lecture",
}  # fmt: skip
_DEEPEST = 4
_MOST = 200


def described(scripts: Iterable[str]) -> Record:
    """The work that the scripts describe: the first of the types that are works. Without one, an empty record."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = [kind for kind in many(node.get("@type")) if isinstance(kind, str)]
            kind = next((one.rpartition("/")[2] for one in kinds if one.rpartition("/")[2] in _KINDS), None)
            title = plain(node.get("headline")) or plain(node.get("name")) if kind else None
            if kind and title:
                return _record(node, kind, title)
    return Record("its JSON-LD")


def _nodes(data: object) -> Iterator[Mapping[str, object]]:
    """The top-level things of a document: itself, a list's items, a graph's nodes, and what a page says it is about."""
    todo, seen = [(data, 0)], 0
    while todo and seen < _MOST:
        one, depth = todo.pop(0)
        seen += 1
        if isinstance(one, list) and depth < _DEEPEST:
            todo += [(item, depth + 1) for item in one[:_MOST]]
        elif isinstance(one, dict):
            yield one
            if depth < _DEEPEST:
                todo += [(one[key], depth + 1) for key in ("@graph", "mainEntity") if key in one]


def _record(node: Mapping[str, object], kind: str, title: str) -> Record:
    people = [_author(one) for one in many(node.get("author") or node.get("creator"))]
    identifiers = (text for key in ("identifier", "sameAs", "@id") for text in _texts(node.get(key)))
    series = mapping(node.get("isPartOf"))
    return Record(
        "its JSON-LD",
        title=title,
        authors=names(people),
        year=year(node.get("datePublished")) or year(node.get("startDate") if kind.endswith("Event") else None),
        venue=plain(series.get("name"))
        if series.get("@type") in {"Periodical", "PublicationIssue", "PublicationVolume"}
        else None,
        doi=next((found for text in identifiers if (found := doi(text))), None),
        kind=_KINDS[kind],
    )


def _texts(value: object) -> Iterator[str]:
    for one in many(value):
        text = mapping(one).get("value") if isinstance(one, dict) else one
        if isinstance(text, str):
            yield text


def _author(value: object) -> Author | None:
    if isinstance(value, str):
        text = plain(value)
        return author(text) if text and "://" not in text else None
    given = mapping(value)
    if given.get("familyName"):
        return name(given.get("givenName"), given.get("familyName"))
    text = plain(given.get("name"))
    if text is None or "://" in text:
        return None
    return Author(literal=text) if given.get("@type") == "Organization" else author(text)
