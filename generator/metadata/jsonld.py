"""Read the JSON-LD of a page (https://schema.org): the work that the page is about. Pure; never raises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from linkcheck.identity import doi
from linkcheck.registries import Person, Record
from linkcheck.registries.reading import many, mapping, name, plain, year

__all__ = ["described"]

_KINDS: Mapping[str, str | None] = {
    "ScholarlyArticle": "paper", "Book": "book", "Course": "course", "Dataset": "dataset", "SoftwareSourceCode": "software",
    "SoftwareApplication": "software", "VideoObject": "video", "BlogPosting": "blog", "Thesis": "thesis", "Article": None,
    "NewsArticle": None, "TechArticle": None, "Report": None, "LearningResource": None, "CreativeWork": None, "Event": "workshop",
    "EducationEvent": "workshop", "Chapter": "paper", "PresentationDigitalDocument": "lecture",
}  # fmt: skip
_SERIES = frozenset(("Periodical", "PublicationIssue", "PublicationVolume", "BookSeries"))
_GROUPS = frozenset(
    ("Organization", "CollegeOrUniversity", "ResearchOrganization", "Corporation", "NGO", "GovernmentOrganization")
)
_DEEPEST = 4
_MOST = 200
_WRAPPINGS = (("<!--", "-->"), ("<![CDATA[", "]]>"))

Node = Mapping[str, object]


def described(scripts: Iterable[str]) -> Record:
    """The record of the first work in the scripts; an empty record if there is none.

    References (`{"@id": ...}`) are resolved within the same script.
    """
    for script in scripts:
        try:
            # Line breaks inside texts are not allowed in JSON, but common in pages.
            data = json.loads(_unwrapped(script), strict=False)
        except (ValueError, RecursionError):
            continue
        nodes = list(_nodes(data))
        named = {key: node for node in reversed(nodes) if isinstance(key := node.get("@id"), str) and len(node) > 1}
        for node in nodes:
            kind = next((one for one in _types(node) if one in _KINDS), None)
            title = _text(node.get("headline")) or _text(node.get("name")) if kind else None
            if kind and title:
                return _record(node, kind, title, named)
    return Record("its JSON-LD")


def _unwrapped(script: str) -> str:
    """A script without the comments that once hid scripts from old browsers."""
    text = script.strip().removeprefix("//").lstrip()
    for begin, end in _WRAPPINGS:
        if text.startswith(begin):
            return text.removeprefix(begin).removesuffix(end).rstrip().removesuffix("//")
    return text


def _nodes(data: object) -> Iterator[Node]:
    """The top-level nodes of a document: itself, the items of a list, the nodes of a graph, and main entities."""
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


def _types(node: Node) -> list[str]:
    """The types of a node, without the URL or prefix of their vocabulary."""
    return [re.split(r"[/:#]", kind)[-1] for kind in many(node.get("@type")) if isinstance(kind, str)]


def _record(node: Node, kind: str, title: str, named: Mapping[str, Node]) -> Record:
    people = [_author(_meant(one, named)) for one in _listed(node.get("author") or node.get("creator"))]
    identifiers = (text for key in ("identifier", "sameAs", "@id", "url") for text in _texts(node.get(key)))
    return Record(
        "its JSON-LD",
        title=title,
        authors=tuple(filter(None, people)),
        year=year(_text(node.get("datePublished"))) or year(_text(node.get("startDate")) if kind.endswith("Event") else None),
        venue=_venue(node, named),
        doi=next((found for text in identifiers if (found := doi(text))), None),
        kind=_KINDS[kind],
    )


def _meant(value: object, named: Mapping[str, Node]) -> object:
    """The node that a reference leads to; any other value as it is."""
    key = value.get("@id") if isinstance(value, dict) and len(value) == 1 else None
    return named.get(key, value) if isinstance(key, str) else value


def _venue(node: Node, named: Mapping[str, Node]) -> str | None:
    """The journal or series: an issue is part of a volume, and that of a journal."""
    for _ in range(_DEEPEST):
        node = next((found for one in many(node.get("isPartOf")) if (found := mapping(_meant(one, named)))), {})
        if _SERIES & set(_types(node)) and (title := _text(node.get("name"))):
            return title
    return None


def _listed(value: object) -> list[object]:
    """The items of a list, or of an `@list`."""
    return many(value.get("@list")) if isinstance(value, dict) and "@list" in value else many(value)


def _text(value: object) -> str | None:
    """A text, the first of several, or the `@value` of one with a language."""
    return next((text for one in many(value) if (text := plain(mapping(one).get("@value", one)))), None)


def _texts(value: object) -> Iterator[str]:
    for one in many(value):
        text = mapping(one).get("value") if isinstance(one, dict) else one
        if isinstance(text, str):
            yield text


def _author(value: object) -> Person | None:
    if isinstance(value, str):
        text = plain(value)
        return Person(written=text) if text and "://" not in text else None
    given = mapping(value)
    if given.get("familyName"):
        return name(_text(given.get("givenName")), _text(given.get("familyName")))
    text = _text(given.get("name"))
    if text is None or "://" in text:
        return None
    return Person(literal=text) if _GROUPS & set(_types(given)) else Person(written=text)
