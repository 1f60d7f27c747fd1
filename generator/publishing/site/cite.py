"""An entry as BibTeX, for a reader to copy: the record of the data files, without what is ours (description, tags)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.publishing.data import Rows
from generator.publishing.data.bibtex import cited

__all__ = ["citations"]


def citations(rows: Rows, slug: str) -> Iterator[tuple[str, str]]:
    """The entries of a topic by their ids, each with its record."""
    volumes, texts = rows.topics.get(slug, ((), {"bib": ()}))
    for volume, record in zip(volumes, texts["bib"], strict=True):
        yield volume.entry.id, cited(record)
