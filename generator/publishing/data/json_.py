"""JSON with every field of the sources, in a versioned format described by `list.schema.json` beside this file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from generator.publishing.data.export_set import ExportedEntry, ExportSet
from generator.publishing.data.texts import array, compact, lines
from generator.sources.catalogue.fields import ENTRY, Field
from generator.sources.catalogue.model import Section, Topic

__all__ = ["VERSION", "render", "rows", "schema"]

_DOUBTFUL = re.compile(r"\\[bfru]")

VERSION = 1
"""The format's version. It grows only with incompatible changes; new keys may be added within a version."""


def render(export: ExportSet, rows: Sequence[str]) -> str:
    """The file: topics and sections with the ids of their entries, then the entries. Unknown values are null."""
    collection = export.collection
    found = {
        "version": VERSION,
        "generator": "Listkeeper",
        "title": export.title,
        "description": export.description,
        "collection": {
            "title": collection.title,
            "license": collection.license,
            "repository": collection.repository,
        },
    }
    head = [f" {json.dumps(name)}: {json.dumps(_clean(value), ensure_ascii=False)}" for name, value in found.items()]
    topics = array([compact(_clean(_topic(topic))) for topic in export.topics], " ")
    entries = array(rows, " ")
    return "\n".join(["{", ",\n".join([*head, f' "topics": {topics}', f' "entries": {entries}']), "}"]) + "\n"


def schema() -> Mapping[str, Any]:
    """The JSON Schema (draft-07) of the files: `list.schema.json` with the fields of an entry added."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("list.schema.json").read_text(encoding="utf-8"))
    entry = found["definitions"]["entry"]
    entry["properties"] = {name: _property(field) for name, field in ENTRY.items()} | entry["properties"]
    entry["required"] = list(entry["properties"])
    return found


def _property(field: Field) -> dict[str, Any]:
    """The schema of one field; a value that may be unknown may be null."""
    schema = field.shape.exports.schema
    if field.empty is None and isinstance(schema.get("type"), str):
        schema = schema | {"type": [schema["type"], "null"]}
    elif field.empty is None:
        schema = schema | {"enum": [*schema["enum"], None]}
    return schema | {"description": field.doc}


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


def rows(entries: Iterable[ExportedEntry]) -> Iterator[str]:
    """The object of each entry."""
    plan = [(name, field.of, field.shape.exports.json) for name, field in ENTRY.items()]
    for exported in entries:
        entry = exported.entry
        found: dict[str, Any] = {"id": entry.id}
        for name, of, json_of in plan:
            value = of(entry)
            found[name] = value if json_of is None or value is None else json_of(value)
        found["added"] = exported.added.isoformat() if exported.added else None
        found |= {"topic": exported.home.slug, "sections": list(exported.sections)}
        text = compact(found)
        # Most entries need no cleaning, and checking their JSON is faster than cleaning every value.
        tidy = text.isprintable() and ("\\" not in text or not _DOUBTFUL.search(text))
        yield text if tidy else compact(_clean(found))


def _clean(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, str):
        return lines(value)
    if isinstance(value, dict):
        return {lines(name): _clean(inner) for name, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
