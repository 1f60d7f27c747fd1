"""The JSON Schemas beside the sources and the issue form, as files to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.sources.catalogue.form import FIRST_LINE, form
from generator.sources.catalogue.schema import collection_schema, schema_text, topic_schema
from generator.sources.loading import load

__all__ = ["issue_form", "schema_files", "schema_texts"]

_NAMES = {"topic": "_topic.schema.json", "collection": "_collection.schema.json"}
_FORM = Path(".github") / "ISSUE_TEMPLATE" / "suggest-entry.yml"


def schema_texts() -> dict[str, str]:
    """The schemas of a topic's file and of `_collection.yaml`, by "topic" and "collection"."""
    return {"topic": schema_text(topic_schema()), "collection": schema_text(collection_schema())}


def schema_files(folder: Path) -> dict[Path, str]:
    """Both schemas by their paths beside the sources."""
    return {folder / _NAMES[kind]: text for kind, text in schema_texts().items()}


def issue_form(folder: Path, *, today: date) -> dict[Path, str]:
    """The issue form by its path; empty where the repository has no folder for forms, no topics, or its own file of that name."""
    path = folder.absolute().parent / _FORM
    if not path.parent.is_dir():
        return {}
    if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith(FIRST_LINE):
        return {}
    topics = load(folder, today=today).catalogue.topics
    return {path: form(topic.title for topic in topics)} if topics else {}
