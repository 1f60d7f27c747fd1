"""Fixes for archived repositories: mark the entry as deprecated (class deprecated)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext
from linkcheck.registries import repository_services
from linkcheck.registries.vitality import repository

_DEPRECATED = "deprecated"


def find(context: FixContext) -> Iterator[Fix]:
    """A fix for each active entry whose page is an archived repository."""
    services = repository_services() if context.vitalities else ()
    for topic, entry in context.catalogue.entries():
        found = repository(entry.url, services) if entry.url and entry.state == "active" else None
        vitality = context.vitalities.get(found[2]) if found else None
        if vitality is None or not vitality.archived:
            continue
        edit = Edit(topic.path, entry.id, "state", "active" if "state" in entry.places else None, _DEPRECATED)
        yield Fix(
            _DEPRECATED, entry.where("url"), f"{entry.url} is archived: its owner has made it read-only", (edit,), safe=False
        )
