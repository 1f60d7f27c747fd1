"""The target "data": the catalogue in formats that other programs read, whole (`all`) and per topic, at fixed paths.

A new format is a file with a function from entries to their rows and one from a export and its rows to text, and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType

from generator.publishing.data import atom, bibtex, citation, csl, csv_, json_
from generator.publishing.data.export_set import WHOLE, ExportedEntry, ExportSet, export_sets
from generator.sources.catalogue.fields import left_out
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import former, resolved

__all__ = ["CITATION", "FEED", "FOLDER", "FORMATS", "WHOLE", "Rows", "render_data"]

FOLDER = "data"
CITATION = "CITATION.cff"
FEED = "atom.xml"


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is written: `rows` makes what stands there of each entry, `file` the whole of them. A feed holds few, so it has no rows.

    `name` and `use` tell readers what it is, and what for; `shown` are the fields that it writes (None: all).
    """

    name: str
    use: str
    file: Callable[[ExportSet, Sequence[str]], str]
    rows: Callable[[Iterable[ExportedEntry]], Iterable[str]] | None = None
    shown: frozenset[str] | None = None

    def omitted(self) -> tuple[str, ...]:
        """The fields that this format leaves out."""
        return () if self.shown is None else left_out(self.shown)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "bib": Format("BibTeX", "for LaTeX and reference managers", bibtex.render, partial(map, bibtex.row), bibtex.SHOWN),
        "csl.json": Format(
            "CSL-JSON", "for Zotero, pandoc and other citation programs", csl.render, partial(map, csl.row), csl.SHOWN
        ),
        "csv": Format("CSV", "for spreadsheets", csv_.render, csv_.rows),
        "json": Format("JSON", "for programs: all that the sources say", json_.render, json_.rows),
        FEED: Format("Atom", "for feed readers: the newest entries", atom.render, shown=atom.SHOWN),
    }
)
"""What is written of each topic and of the whole, by the end of its file's name."""

_NEVER: Mapping[str, date] = MappingProxyType({})


@dataclass(slots=True)
class Rows:
    """What was made of the entries, by topic: the entries, and their rows by format. Kept, the next rendering makes only what changed."""

    topics: dict[str, tuple[tuple[ExportedEntry, ...], Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)


def render_data(
    catalogue: Catalogue, *, folder: str = "lists", first_seen: Mapping[str, date] = _NEVER, rows: Rows | None = None
) -> dict[str, str]:
    """Every data file by its path (with `/`, under `folder`/data): LF, the same text for the same catalogue and dates.

    `first_seen` are days by entry id, for entries whose source doesn't say when they were added. A topic that is named `all`
    has no files of its own: theirs are those of the whole. The files of a renamed topic lie at its former names as well: what
    reads a bibliography or a feed can't follow a page that says where it is now.
    """
    catalogue = resolved(catalogue)
    base = folder.strip("/")
    prefix = f"{FOLDER}/" if base in {"", "."} else f"{base}/{FOLDER}/"
    every = tuple(export_sets(catalogue, first_seen))
    made = _made(every[0].entries, rows or Rows())
    files = {
        f"{prefix}{export.name}.{end}": form.file(
            export, [made[end][id(exported)] for exported in export.entries] if form.rows else ()
        )
        for export in every
        for end, form in FORMATS.items()
    }
    for alias, topic in former(catalogue.topics).items():
        if WHOLE not in {alias, topic.slug}:
            files |= {f"{prefix}{alias}.{end}": files[f"{prefix}{topic.slug}.{end}"] for end in FORMATS}
    return files | {f"{prefix}{CITATION}": citation.render(catalogue, first_seen)}


def _made(entries: Sequence[ExportedEntry], rows: Rows) -> Mapping[str, Mapping[int, str]]:
    """The rows of each format by the exported's identity: an entry stands in several files, and is written once."""
    by_topic: dict[str, list[ExportedEntry]] = {}
    for exported in entries:
        by_topic.setdefault(exported.home.slug, []).append(exported)
    old, rows.topics = rows.topics, {}
    made: dict[str, dict[int, str]] = {end: {} for end in FORMATS}
    for slug, own in by_topic.items():
        known = old.get(slug)
        if known is None or known[0] != tuple(own):
            known = tuple(own), {end: tuple(form.rows(own)) for end, form in FORMATS.items() if form.rows}
        rows.topics[slug] = known
        for end, texts in known[1].items():
            made[end].update(zip(map(id, own), texts, strict=True))
    return made
