"""CITATION.cff (Citation File Format 1.2.0): how to cite the collection. GitHub reads it from the root of a repository."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from generator.markdown import descriptions
from generator.publishing.data.texts import plain
from generator.sources.catalogue.model import Catalogue
from linkcheck.urls import web

__all__ = ["render"]

# The format accepts only SPDX identifiers. These are the licences that lists commonly have; others are left out.
_LICENSES = frozenset((
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0", "GFDL-1.3-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC",
    "MIT", "MIT-0", "MPL-2.0", "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0", "Unlicense", "WTFPL",
))  # fmt: skip
_URL = re.compile(r"https?://[^\s\"<>\\^`{|}]+")


def render(catalogue: Catalogue, first_seen: Mapping[str, date]) -> str:
    """The file's text. Its date is that of the newest entry with a known day."""
    return "\n".join(_lines(catalogue, first_seen)) + "\n"


def _lines(catalogue: Catalogue, first_seen: Mapping[str, date]) -> Iterator[str]:
    collection = catalogue.collection
    title = plain(collection.title) or "Reading lists"
    yield "# rendered from the sources by Listkeeper; edit _collection.yaml, not this file"
    yield "cff-version: 1.2.0"
    yield "message: If these lists helped you, please cite them as below."
    yield "type: dataset"
    yield f"title: {_quoted(title)}"
    # The maintainers' names aren't known and change, so a group is the author.
    yield "authors:"
    yield f"  - name: {_quoted(f'The maintainers of {title}')}"
    if collection.description and (about := plain(descriptions.all_text(collection.description))):
        yield f"abstract: {_quoted(about)}"
    if (repository := collection.repository) and web(repository) and _URL.fullmatch(repository):
        yield f"repository: {_quoted(repository)}"
        yield f"url: {_quoted(repository)}"
    if collection.license in _LICENSES:
        yield f"license: {collection.license}"
    days = [day for _, entry in catalogue.entries() if (day := entry.added or first_seen.get(entry.id))]
    if days:
        yield f"date-released: {max(days).isoformat()}"
    if keywords := list(dict.fromkeys(filter(None, (plain(topic.title) for topic in catalogue.topics)))):
        yield "keywords:"
        yield from (f"  - {_quoted(keyword)}" for keyword in keywords)


def _quoted(text: str) -> str:
    """A text as a YAML double-quoted scalar; every JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
