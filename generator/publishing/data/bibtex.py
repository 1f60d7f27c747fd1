"""BibTeX for biblatex (its manual, version 3.20, section 2): UTF-8, stable keys, and text escaped for TeX.

Written here, not by a library: those at hand write BibTeX's own types and escape every dollar sign and brace of a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.publishing.data.export_set import ExportedEntry, ExportSet, tidied
from generator.publishing.data.kinds import bib_type
from generator.publishing.data.tex import braced, escaped, title
from generator.publishing.data.texts import plain
from generator.publishing.data.vocabulary import BY_NAME, GENRES, LANGUAGES, VENUE, Variable
from generator.sources.catalogue.authors import read_people, stands_for_others
from generator.sources.catalogue.model import Author, Entry

__all__ = ["BOOKS", "EDTF", "SHOWN", "cited", "render", "row"]

SHOWN = frozenset({
    "id", "aliases", "kind", "title", "authors", "year", "date", "venue", "volume", "issue", "pages", "publisher",
    "editors", "doi", "arxiv", "url", "archive_url", "status", "state", "description", "abstract", "tags", "language", "citation_key",
    "cite_as", "keep_case", "extra",
})  # fmt: skip
"""The fields that BibTeX gets; of `extra` those that biblatex knows."""

BOOKS = frozenset({"book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference"})
"""Types that have no field for a venue."""
_DAY = r"-?(?:\d{4}|\d{3}X|\d{2}XX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?(?:T[\d:Z+-]+)?[?~%]?"
EDTF = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.)?)?|/{_DAY}")
"""A date or range as biblatex reads it (manual, section 2.3.8)."""
_WORDS = re.compile(r"\band\b|\bothers\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<=\w)\s?[-\u2013]\s?(?=\w)")
_VERBATIM = re.compile(r"[\s{}\\%\"]")
_PUBSTATE = {"in-preparation": "inpreparation", "submitted": "submitted", "in-press": "inpress", "preprint": "prepublished"}
_NOT_CITED = re.compile(r"\n  (?:ids|annotation|abstract|keywords) = \{")
_NOTES = {"deprecated": "Deprecated", "withdrawn": "Withdrawn", "retracted": "Retracted"}
_LANGUAGES = {tag: name for name, tag in LANGUAGES.items()}
_GENRES = {text: name for name, text in GENRES.items()}


def render(export: ExportSet, rows: Sequence[str]) -> str:
    """All records in the order of the lists, after a comment line that names the source."""
    lead = (
        f"Rendered from the sources by Listkeeper: {plain(export.title)}".replace("@", " at ")
        .replace("{", "(")
        .replace("}", ")")
    )
    return "\n\n".join([f"% {lead}", *rows]) + "\n"


def cited(record: str) -> str:
    """A record without the fields that don't belong in a citation: former ids, description, abstract and keywords."""
    cut = _NOT_CITED.search(record)
    return f"{record[: cut.start()]}\n}}" if cut else record


def row(exported: ExportedEntry) -> str:
    """The record of an entry, one field a line; of two values for a field the first counts."""
    kind = bib_type(exported.entry, page=bool(exported.url))
    fields: dict[str, str] = {}
    for name, value in _fields(exported, kind):
        if value:
            fields.setdefault(name, value)
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{exported.key},\n{rows},\n}}"


def _fields(exported: ExportedEntry, kind: str) -> Iterator[tuple[str, str]]:
    entry = exported.entry
    extra = dict(entry.extra)
    yield "author", _people(exported.authors)
    yield "title", title(exported.title, entry.keep_case)
    yield from _venue(entry, kind, extra)
    yield _issued(entry, extra.get("issued", ""))
    yield "doi", _verbatim(entry.doi or "")
    if entry.arxiv:
        yield "eprint", _verbatim(entry.arxiv)
        yield "eprinttype", "arxiv"
    # The page of a DOI or an arXiv id is what styles make of these fields.
    yield "url", _verbatim(exported.url or "") if entry.url or entry.state == "dead" else ""
    yield "pubstate", _PUBSTATE.get(entry.status or "", "")
    yield "langid", _LANGUAGES.get(entry.language or "", "")
    yield "language", "" if entry.language in _LANGUAGES else escaped(entry.language or "")
    state = _NOTES.get(entry.state, "The page is gone" if entry.state == "dead" and not exported.url else "")
    yield "note", ". ".join(filter(None, (escaped(extra.get("note", "")), state)))
    for name, text in entry.extra:
        variable = BY_NAME.get(name)
        if variable and variable.bib:
            yield variable.bib, _extra(variable, text)
    # Biblatex also finds a record by these, so citations by a former id still work.
    names = (*entry.aliases, *([entry.id] if entry.id_given and entry.id != exported.key else []))
    yield "ids", ", ".join(names)
    yield "annotation", escaped(exported.about)
    yield "abstract", escaped(entry.abstract or "")
    yield "keywords", ", ".join(_keyword(tag) for tag in entry.tags if plain(tag))


def _issued(entry: Entry, issued: str) -> tuple[str, str]:
    """The date of publication; `issued` where it is a less usual date of the same year."""
    if entry.date:
        return "date", entry.date.isoformat()
    if issued and (entry.year is None or str(entry.year) in issued):
        return ("date", issued) if EDTF.fullmatch(issued) else ("year", escaped(issued))
    return "year", str(entry.year or "")


def _venue(entry: Entry, kind: str, extra: dict[str, str]) -> Iterator[tuple[str, str]]:
    venue, publisher = escaped(entry.venue or ""), escaped(entry.more.get("publisher", ""))
    if kind in BOOKS:
        # A book's venue is its publisher, or its series if `publisher` is given.
        yield "series" if publisher else "publisher", venue
    else:
        yield VENUE.get(kind, "howpublished"), venue
    if kind == "thesis" and not venue and "institution" not in extra:
        yield "institution", publisher
        publisher = ""
    if kind in {"thesis", "report"}:
        genre = extra.get("genre", "Thesis" if kind == "thesis" else "Technical report")
        yield "type", _GENRES.get(genre, escaped(genre))
    yield "editor", _people(tidied(entry.more.get("editors", ())))
    yield "volume", escaped(entry.more.get("volume", ""))
    issue = escaped(entry.more.get("issue", ""))
    yield "issue" if "number" in extra else "number", issue
    yield "pages", _RANGE.sub("--", escaped(entry.more.get("pages", "")))
    yield "publisher", publisher


def _extra(variable: Variable, text: str) -> str:
    """A value of `extra` for its field."""
    if variable.shape == "people":
        return _people(tidied(read_people(text)))
    if variable.shape == "verbatim":
        return _verbatim(text)
    if variable.shape == "date":
        return text if EDTF.fullmatch(text) else ""
    if variable.name == "genre":
        return _GENRES.get(text, escaped(text))
    return title(plain(text)) if variable.name in {"subtitle", "titleaddon", "maintitle"} else escaped(text)


def _people(authors: Iterable[Author]) -> str:
    return " and ".join(_names(tuple(authors)))


def _names(authors: tuple[Author, ...]) -> Iterator[str]:
    for number, author in enumerate(authors, 1):
        if stands_for_others(author) and number == len(authors) > 1:
            yield "others"
        elif author.given and author.family:
            family = f"{{{escaped(author.family, trim=False)}}}" if _is_split(author.family) else _part(author.family)
            yield ", ".join((family, *(_part(part) for part in (author.suffix, author.given) if part)))
        else:
            yield braced(author.literal or author.name)


def _is_split(family: str) -> bool:
    """Whether BibTeX would take the first words for a particle: it does so up to the last word in lower case."""
    words = family.split(" ")
    return not words[0][:1].islower() and any(word[:1].islower() for word in words[1:-1])


def _part(name: str) -> str:
    """Part of a name, in braces if BibTeX would split it."""
    shown = escaped(name, trim=False)
    return f"{{{shown}}}" if "," in shown or _WORDS.search(shown) else shown


def _keyword(tag: str) -> str:
    shown = escaped(tag)
    return f"{{{shown}}}" if "," in shown else shown


def _verbatim(value: str) -> str:
    """A value for a verbatim field (manual, section 2.2.1); characters that would break the record are percent-encoded."""
    return _VERBATIM.sub(lambda char: char[0] if char[0] == "%" else f"%{ord(char[0]):02X}", value.strip())
