"""CSL-JSON for citation processors and reference managers (schema `csl-data.json` 1.0.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.publishing.data.export_set import ExportedEntry, ExportSet, tidied
from generator.publishing.data.kinds import csl_type
from generator.publishing.data.texts import array, compact, plain
from generator.sources.catalogue.model import Author, Entry

__all__ = ["SHOWN", "render", "row"]

SHOWN = frozenset({
    "id", "kind", "title", "authors", "year", "date", "venue", "volume", "issue", "pages", "publisher", "editors",
    "doi", "arxiv", "url", "archive_url", "status", "state", "description", "abstract", "tags", "language", "links",
    "also_in",
})  # fmt: skip
"""The fields that CSL-JSON gets."""

_MORE = {"volume": "volume", "issue": "issue", "page": "pages", "publisher": "publisher"}
"""CSL variables and the fields they come from."""
_STATUS = {"in-preparation": "in preparation", "in-press": "in press", "advance-online": "advance online publication"}


def render(_: ExportSet, rows: Sequence[str]) -> str:
    """An array with an object for each entry."""
    return array(rows) + "\n"


def row(exported: ExportedEntry) -> str:
    """The object of an entry; values without a CSL variable go under `custom`."""
    entry = exported.entry
    found: dict[str, Any] = {"id": exported.key, "citation-key": exported.key, "type": csl_type(entry), "title": exported.title}
    found |= {
        "author": [_name(author) for author in exported.authors],
        "issued": _issued(entry),
        "container-title": plain(entry.venue or ""),
        **{name: plain(entry.more.get(field, "")) for name, field in _MORE.items()},
        "editor": [_name(editor) for editor in tidied(entry.more.get("editors", ()))],
        "DOI": entry.doi or "",
        "URL": exported.url or "",
        "abstract": plain(entry.abstract or ""),
        "note": exported.about,
        "keyword": ", ".join(map(plain, entry.tags)),
        "language": entry.language or "",
        "status": _STATUS.get(entry.status or "", entry.status or ""),
    }
    if entry.arxiv:
        found |= {"archive": "arXiv", "archive_location": entry.arxiv, "number": f"arXiv:{entry.arxiv}"}
    links = {plain(label): list(map(plain, urls)) for label, urls in entry.links}
    topics = list(dict.fromkeys((exported.home.slug, *entry.also_in)))
    found["custom"] = {"kind": entry.kind, "topics": topics, "state": entry.state} | ({"links": links} if links else {})
    return compact({name: value for name, value in found.items() if value})


def _name(author: Author) -> dict[str, str]:
    if author.literal or not (author.family and author.given):
        return {"literal": author.name}
    return {"family": author.family, "given": author.given}


def _issued(entry: Entry) -> dict[str, list[list[int]]]:
    if entry.date:
        return {"date-parts": [[entry.date.year, entry.date.month, entry.date.day]]}
    return {"date-parts": [[entry.year]]} if entry.year else {}
