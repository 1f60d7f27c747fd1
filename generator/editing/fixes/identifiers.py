"""Fixes that write DOIs and arXiv ids without resolver URL, prefix or version."""

from __future__ import annotations

from collections.abc import Iterator

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext
from generator.sources.yaml_tree import Scalar


def find(context: FixContext) -> Iterator[Fix]:
    """A fix for each identifier that isn't in its bare form; differences of case alone are ignored."""
    for topic, entry in context.catalogue.entries():
        source = context.sources.get(topic.path)
        for field, bare in (("doi", entry.doi), ("arxiv", entry.arxiv)):
            place = entry.places.get(field)
            spot = source.at(place.line, place.column) if source and place else None
            if bare is None or place is None or spot is None or not isinstance(spot.node, Scalar):
                continue
            written = spot.node.text.strip()
            if written.lower() != bare.lower():
                edit = Edit(topic.path, entry.id, field, spot.node.text, bare)
                yield Fix("identifiers", place, f"{field}: {written} in its bare form is {bare}", (edit,))
