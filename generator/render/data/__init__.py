"""The target "data": the catalogue in formats that other programs read, whole (`all`) and per topic, at fixed paths.

A new format is a file with a function from `Shelf` to text, and a row in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from generator.catalogue.model import Catalogue
from generator.render.data import atom, bibtex, citation, csl, csv_, json_
from generator.render.data.shelves import WHOLE, Shelf, shelves

__all__ = ["CITATION", "FOLDER", "FORMATS", "WHOLE", "render_data"]

FOLDER = "data"
CITATION = "CITATION.cff"
FORMATS: Mapping[str, Callable[[Shelf], str]] = MappingProxyType(
    {
        "bib": bibtex.render,
        "csl.json": csl.render,
        "csv": csv_.render,
        "json": json_.render,
        "atom.xml": atom.render,
    }
)
"""What is written of each topic and of the whole, by the end of its file's name."""

_NEVER: Mapping[str, date] = MappingProxyType({})


def render_data(catalogue: Catalogue, *, folder: str = "lists", first_seen: Mapping[str, date] = _NEVER) -> dict[str, str]:
    """Every data file by its path (with `/`, under `folder`/data): LF, the same text for the same catalogue and dates.

    `first_seen` are days by entry id, for entries whose source doesn't say when they were added. A topic that is named `all`
    has no files of its own: theirs are those of the whole.
    """
    base = folder.strip("/")
    prefix = f"{FOLDER}/" if base in {"", "."} else f"{base}/{FOLDER}/"
    files = {
        f"{prefix}{shelf.name}.{end}": write(shelf)
        for shelf in shelves(catalogue, first_seen)
        for end, write in FORMATS.items()
    }
    return files | {f"{prefix}{CITATION}": citation.render(catalogue, first_seen)}
