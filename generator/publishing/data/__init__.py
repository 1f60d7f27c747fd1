"""The target "data": the whole catalogue (`all`) and each topic in formats for other programs, at fixed paths.

To add a format, add a module that turns entries into rows and an export set with its rows into a file, and a line in `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType

from generator.publishing.data import atom, bibtex, citation, csl, csv_, json_, json_feed
from generator.publishing.data.export_set import WHOLE, ExportedEntry, ExportSet, export_sets
from generator.sources.catalogue.fields import left_out
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import former, resolved

__all__ = ["CITATION", "FEED", "FOLDER", "FORMATS", "JSON_FEED", "WHOLE", "Rows", "is_ours", "render_data"]

FOLDER = "data"
CITATION = "CITATION.cff"
FEED = "atom.xml"
JSON_FEED = json_feed.NAME


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `rows` renders each entry, `file` joins the rows into the file. A feed has few entries, so it has no rows.

    `mark` matches the beginning of every such file that we wrote.
    Pages show `name` to readers. `shown` are the fields that the format writes (None: all).
    """

    name: str
    mark: str
    file: Callable[[ExportSet, Sequence[str]], str]
    rows: Callable[[Iterable[ExportedEntry]], Iterable[str]] | None = None
    shown: frozenset[str] | None = None

    def omitted(self) -> tuple[str, ...]:
        """The fields that this format leaves out."""
        return () if self.shown is None else left_out(self.shown)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "bib": Format(
            "BibTeX",
            "% Rendered from the sources by Listkeeper",
            bibtex.render,
            partial(map, bibtex.row),
            bibtex.SHOWN,
        ),
        "csl.json": Format(
            "CSL-JSON",
            r'\[\s*(?:\]|\{"id": "[^"]*", "citation-key")',
            csl.render,
            partial(map, csl.row),
            csl.SHOWN,
        ),
        "csv": Format("CSV", "id,title,url,kind,", csv_.render, csv_.rows),
        JSON_FEED: Format(
            "JSON Feed",
            r'\{\s*"version": "https://jsonfeed\.org/version/1\.1",\s*"_listkeeper": ',
            json_feed.render,
            shown=json_feed.SHOWN,
        ),
        "json": Format(
            "JSON",
            r'\{\s*"version": \d+,\s*"generator": "Listkeeper",',
            json_.render,
            json_.rows,
        ),
        FEED: Format(
            "Atom",
            "<[?]xml [^>]*>\n<!-- rendered from the sources by Listkeeper",
            atom.render,
            shown=atom.SHOWN,
        ),
    }
)
"""The formats written for each topic and for the whole, by file extension."""

_CITATION_MARK = "# rendered from the sources by Listkeeper"
_NEVER: Mapping[str, date] = MappingProxyType({})


def is_ours(name: str, text: str) -> bool:
    """Whether a data file of this name begins as we write it; what a record says of it is no proof."""
    mark = (
        _CITATION_MARK
        if name == CITATION
        else next((one.mark for end, one in FORMATS.items() if name.endswith(f".{end}")), None)
    )
    return mark is not None and re.match(mark, text.removeprefix("\ufeff")) is not None


@dataclass(slots=True)
class Rows:
    """The rows rendered before, by topic: its entries, and their rows by format. The next rendering renders only changed topics."""

    topics: dict[str, tuple[tuple[ExportedEntry, ...], Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)


def render_data(
    catalogue: Catalogue,
    *,
    folder: str = "lists",
    first_seen: Mapping[str, date] = _NEVER,
    rows: Rows | None = None,
    feeds: str = "",
    address: str = "",
) -> dict[str, str]:
    """The text of every data file by its path (with `/`, under `folder`/data). Lines end in LF; the output is deterministic.

    `first_seen` gives a day by entry id, for entries whose source has no `added`. A topic named `all` gets no files of its own,
    since the whole has that name. A renamed topic's files are also written under its former names, because a program that reads a
    bibliography or a feed can't follow a page that links to the new address. `feeds` makes the ids of feeds unique where the collection
    names no repository; `address` is the URL of the folder of the files, "" where it isn't known.
    """
    catalogue = resolved(catalogue)
    base = folder.strip("/")
    prefix = f"{FOLDER}/" if base in {"", "."} else f"{base}/{FOLDER}/"
    every = tuple(export_sets(catalogue, first_seen, feeds, address))
    made = _render_rows(every[0].entries, rows or Rows())
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


def _render_rows(entries: Sequence[ExportedEntry], rows: Rows) -> Mapping[str, Mapping[int, str]]:
    """The rows by format and `id()` of the exported entry: an entry is in several files, but is rendered once."""
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
