"""A JSON Feed (version 1.1) of new entries: the same ones as the Atom feed, with the same ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.markdown import descriptions
from generator.markdown.formulas import plain as without_tex
from generator.publishing.data.atom import dated, entry_id, feed_title
from generator.publishing.data.export_set import ExportedEntry, ExportSet
from generator.publishing.data.texts import array, compact, plain
from generator.sources.catalogue.authors import named
from linkcheck.urls import web

__all__ = ["NAME", "SHOWN", "render"]

NAME = "feed.json"
SHOWN = frozenset({
    "id", "aliases", "title", "authors", "url", "doi", "arxiv", "archive_url", "added", "description", "abstract", "tags", "language",
    "state",
})  # fmt: skip
"""The fields that the feed uses."""


def render(export: ExportSet, _: Sequence[str]) -> str:
    """The feed of the newest entries with a known day, newest first. It may have no entries."""
    collection = export.collection
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "_listkeeper": {"about": "rendered from the sources by Listkeeper; edit those, not this file"},
        "title": _text(feed_title(export)),
    }
    if collection.repository and web(collection.repository):
        found["home_page_url"] = plain(collection.repository)
    if export.address:
        found["feed_url"] = f"{export.address}.{NAME}"
    if export.description and (about := descriptions.first_paragraph(export.description)):
        found["description"] = _text(about)
    head = [f" {compact(key)}: {compact(value)}" for key, value in found.items()]
    items = array([compact(_item(export, one)) for _, one in dated(export)], " ")
    return "\n".join(["{", ",\n".join([*head, f' "items": {items}']), "}"]) + "\n"


def _item(export: ExportSet, exported: ExportedEntry) -> dict[str, Any]:
    entry = exported.entry
    found: dict[str, Any] = {"id": entry_id(export, exported), "title": _text(exported.title)}
    if exported.url:
        found["url"] = plain(exported.url)
    # An item must have a content (JSON Feed 1.1, "Items"), which may be empty.
    found["content_text"] = _text(exported.about or entry.abstract or "")
    if exported.added:
        found["date_published"] = f"{exported.added.isoformat()}T00:00:00Z"
    if authors := [{"name": name} for author in named(exported.authors) if (name := plain(author.name))]:
        found["authors"] = authors
    if tags := [plain(tag) for tag in (exported.home.title, *entry.tags) if plain(tag)]:
        found["tags"] = tags
    if entry.language:
        found["language"] = plain(entry.language)
    return found


def _text(value: str) -> str:
    return plain(without_tex(value))
