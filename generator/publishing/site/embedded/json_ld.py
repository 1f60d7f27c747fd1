"""JSON-LD (schema.org) for search engines and reference managers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from generator.markdown.formulas import plain
from generator.markdown.text import clean
from generator.publishing.site.html import script_json, web
from generator.sources.catalogue.authors import named
from generator.sources.catalogue.identifiers import doi_page
from generator.sources.catalogue.model import Author, Catalogue, Entry, Topic
from linkcheck.urls import display

__all__ = ["collection_json_ld", "topic_json_ld"]

_TYPES: Mapping[str, str] = {
    "paper": "ScholarlyArticle", "preprint": "ScholarlyArticle", "survey": "ScholarlyArticle", "book": "Book", "thesis": "Thesis",
    "course": "Course", "lecture": "VideoObject", "video": "VideoObject", "workshop": "Event", "blog": "BlogPosting",
    "software": "SoftwareSourceCode", "dataset": "Dataset", "person": "Person", "group": "Organization", "project": "Project",
}  # fmt: skip
_NO_AUTHOR = frozenset({"Person", "Organization", "Project", "Event"})
"""Types without author and date of publication."""


def collection_json_ld(catalogue: Catalogue, base_url: str) -> str:
    """A `script` element that describes the collection and its topics."""
    collection = catalogue.collection
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": clean(plain(collection.title)),
    }
    if base_url:
        found["url"] = f"{base_url.rstrip('/')}/"
    if collection.license:
        found["license"] = clean(collection.license)
    found["hasPart"] = [
        {"@type": "ItemList", "name": clean(plain(topic.title)), **_address(base_url, topic)} for topic in catalogue.topics
    ]
    return _script(found)


def topic_json_ld(topic: Topic, base_url: str) -> str:
    """A `script` element that describes a topic as a list of works."""
    works = [
        {"@type": "ListItem", "position": number, "item": _work(entry)}
        for number, entry in enumerate((entry for entry in topic.walk() if entry.state != "dead"), 1)
    ]
    found = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": clean(plain(topic.title)),
        "numberOfItems": len(works),
    }
    if base_url:
        found |= {**_address(base_url, topic), "isPartOf": f"{base_url.rstrip('/')}/"}
    return _script({**found, "itemListElement": works})


def _address(base_url: str, topic: Topic) -> dict[str, str]:
    return {"url": f"{base_url.rstrip('/')}/topics/{quote(topic.slug)}.html"} if base_url else {}


def _work(entry: Entry) -> dict[str, Any]:
    kind = _TYPES.get(entry.kind, "CreativeWork")
    page = entry.page[1] if entry.page else ""
    found: dict[str, Any] = {"@type": kind, "name": clean(plain(entry.title or "")) or display(page) or entry.id}
    if url := web(page):
        found["url"] = url
    if kind in _NO_AUTHOR:
        return found
    if entry.authors:
        found["author"] = [_author(author) for author in named(entry.authors)]
    if entry.date or entry.year:
        found["datePublished"] = entry.date.isoformat() if entry.date else str(entry.year)
    if entry.doi:
        found["sameAs"] = doi_page(entry.doi)
    return found


def _author(author: Author) -> dict[str, str]:
    return {"@type": "Organization" if author.literal else "Person", "name": clean(author.name)}


def _script(found: Mapping[str, Any]) -> str:
    return f'<script type="application/ld+json">{script_json(found)}</script>'
