"""An entry as BibTeX, for a reader to copy: the record of the data files, without what is ours (description, tags)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.catalogue.model import Catalogue, Entry, Topic
from generator.render.data.bibtex import record
from generator.render.data.shelves import Volume, shelves

__all__ = ["citation", "keys"]


def citation(entry: Entry, home: Topic, key: str) -> str:
    """The record under its key."""
    return record(Volume(replace(entry, description=None, abstract=None, tags=()), key, home, (), None))


def keys(catalogue: Catalogue) -> Mapping[str, str]:
    """The keys of the data files that differ from the entries' ids, by id."""
    whole = next(shelves(catalogue, {}))
    return {volume.entry.id: volume.key for volume in whole.volumes if volume.key != volume.entry.id}
