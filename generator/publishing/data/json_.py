"""Our own JSON: all that the sources say, versioned. `list.schema.json` beside this file describes it and is its contract."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from generator.publishing.data.shelves import Shelf, Volume
from generator.publishing.data.texts import array, compact, lines
from generator.sources.catalogue.model import Author, Section, Topic

__all__ = ["VERSION", "render", "row", "schema"]

_DOUBTFUL = re.compile(r"\\[bfru]")

VERSION = 1
"""Grows only where a reader of the former version would go wrong; further keys may come at any time."""


def render(shelf: Shelf, rows: Sequence[str]) -> str:
    """Topics with the ids of their entries, section by section, and the entries; a value that isn't known is null."""
    collection = shelf.collection
    found = {
        "version": VERSION,
        "generator": "Listkeeper",
        "title": shelf.title,
        "description": shelf.description,
        "collection": {
            "title": collection.title,
            "license": collection.license,
            "repository": collection.repository,
        },
    }
    told = [f" {json.dumps(name)}: {json.dumps(_clean(value), ensure_ascii=False)}" for name, value in found.items()]
    topics = array([compact(_clean(_topic(topic))) for topic in shelf.topics], " ")
    entries = array(rows, " ")
    return "\n".join(["{", ",\n".join([*told, f' "topics": {topics}', f' "entries": {entries}']), "}"]) + "\n"


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema (draft-07) of what `render` writes."""
    found: Mapping[str, Any] = json.loads(files(__package__).joinpath("list.schema.json").read_text(encoding="utf-8"))
    return found


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "slug": topic.slug,
        "aliases": list(topic.aliases),
        "title": topic.title,
        "description": topic.description,
        "related": list(topic.related),
        "start": [{"id": step.id, "reason": step.reason} for step in topic.start],
        "entries": [entry.id for entry in topic.entries],
        "sections": [_section(section) for section in topic.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "id": section.id,
        "description": section.description,
        "entries": [entry.id for entry in section.entries],
        "sections": [_section(inner) for inner in section.sections],
    }


def row(volume: Volume) -> str:
    """The object of an entry."""
    found = _entry(volume)
    text = compact(found)
    # Most entries hold nothing to clean, which their JSON shows at a glance.
    tidy = text.isprintable() and ("\\" not in text or not _DOUBTFUL.search(text))
    return text if tidy else compact(_clean(found))


def _entry(volume: Volume) -> dict[str, Any]:
    entry = volume.entry
    return {
        "id": entry.id,
        "aliases": list(entry.aliases),
        "title": entry.title,
        "url": entry.url,
        "kind": entry.kind,
        "authors": [_author(author) for author in entry.authors],
        "year": entry.year,
        "date": entry.date.isoformat() if entry.date else None,
        "venue": entry.venue,
        "language": entry.language,
        "doi": entry.doi,
        "arxiv": entry.arxiv,
        "description": entry.description,
        "abstract": entry.abstract,
        "tags": list(entry.tags),
        "topic": volume.home.slug,
        "also_in": list(entry.also_in),
        "sections": list(volume.sections),
        "links": {label: list(urls) for label, urls in entry.links},
        "archive_url": entry.archive_url,
        "added": volume.added.isoformat() if volume.added else None,
        "status": entry.status,
        "state": entry.state,
        "extra": dict(entry.extra),
    }


def _author(author: Author) -> dict[str, str]:
    return {"literal": author.literal} if author.literal else {"family": author.family, "given": author.given}


def _clean(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, str):
        return lines(value)
    if isinstance(value, dict):
        return {lines(name): _clean(inner) for name, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
