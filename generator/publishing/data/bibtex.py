"""BibTeX for biblatex (its manual, version 3.20, section 2): UTF-8, stable keys, and text escaped for TeX.

Braces in text are written as commands, since BibTeX counts braces even after a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.publishing.data.export_set import ExportedEntry, ExportSet, tidied
from generator.publishing.data.kinds import at_meeting
from generator.publishing.data.texts import plain
from generator.sources.catalogue.model import Author, Entry

__all__ = ["SHOWN", "cited", "render", "row"]

SHOWN = frozenset({
    "id", "aliases", "kind", "title", "authors", "year", "date", "venue", "volume", "issue", "pages", "publisher",
    "editors", "doi", "arxiv", "url", "archive_url", "status", "state", "description", "abstract", "tags",
})  # fmt: skip
"""The fields that BibTeX gets."""

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_CAPITAL = re.compile(r"(?<!\w)[\w'’-]*(?:[^\W\d_]|\d)[A-Z][\w'’-]*|(?<!\w)[A-Z](?=[-\d])[\w'’-]*")
_WORDS = re.compile(r"\band\b|\bothers\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<=\w)\s?[-\u2013]\s?(?=\w)")
_INNER = re.compile(r"[^\W_][A-Z]|[A-Z][-\d]")
_VERBATIM = re.compile(r"[\s{}\\%\"]")
_PUBSTATE = {"in-preparation": "inpreparation", "submitted": "submitted", "in-press": "inpress", "preprint": "prepublished"}
_NOT_CITED = re.compile(r"\n  (?:ids|annotation|abstract|keywords) = \{")
_NOTES = {"deprecated": "Deprecated", "withdrawn": "Withdrawn", "retracted": "Retracted"}


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
    """The record of an entry, one field a line."""
    kind = _kind(exported)
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(exported, kind) if value)
    return f"@{kind}{{{exported.key},\n{rows},\n}}"


def _kind(exported: ExportedEntry) -> str:
    """The record type whose required fields the entry has; `misc` and `online` require the fewest."""
    entry = exported.entry
    match entry.kind:
        case "paper" | "survey" if entry.venue and entry.authors:
            return "inproceedings" if at_meeting(entry.venue) else "article"
        case "book" if entry.authors or entry.more.get("editors"):
            return "book" if entry.authors else "collection"
        case "thesis" if entry.authors and entry.venue:
            return "thesis"
        case "software" | "dataset":
            return entry.kind
    return "online" if exported.url or entry.doi or entry.arxiv else "misc"


def _fields(exported: ExportedEntry, kind: str) -> Iterator[tuple[str, str]]:
    entry = exported.entry
    yield "author", " and ".join(_people(exported.authors))
    yield "title", _protected(exported.title)
    yield from _venue(entry, kind)
    yield ("date", entry.date.isoformat()) if entry.date else ("year", str(entry.year or ""))
    yield "doi", _verbatim(entry.doi or "")
    if entry.arxiv:
        yield "eprint", _verbatim(entry.arxiv)
        yield "eprinttype", "arxiv"
    yield "url", _verbatim(exported.url or "")
    yield "pubstate", _PUBSTATE.get(entry.status or "", "")
    yield "note", _NOTES.get(entry.state, "The page is gone" if entry.state == "dead" and not exported.url else "")
    # Biblatex also finds a record by these, so citations by a former id still work.
    yield "ids", ", ".join(entry.aliases)
    yield "annotation", _tex(exported.about)
    yield "abstract", _tex(entry.abstract or "")
    yield "keywords", ", ".join(_keyword(tag) for tag in entry.tags if plain(tag))


def _venue(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    venue, publisher = _tex(entry.venue or ""), _tex(entry.more.get("publisher", ""))
    names = {"article": "journaltitle", "inproceedings": "booktitle", "thesis": "institution"}
    # A book's venue is its publisher, or its series if `publisher` is given.
    names |= dict.fromkeys(("book", "collection"), "series" if publisher else "publisher")
    yield names.get(kind, "organization" if kind in {"online", "software", "dataset"} else "howpublished"), venue
    if kind == "thesis":
        yield "type", "Thesis"
    yield "editor", " and ".join(_people(tidied(entry.more.get("editors", ()))))
    yield "volume", _tex(entry.more.get("volume", ""))
    yield "number", _tex(entry.more.get("issue", ""))
    yield "pages", _RANGE.sub("--", _tex(entry.more.get("pages", "")))
    yield "publisher", publisher


def _people(authors: tuple[Author, ...]) -> Iterator[str]:
    for number, author in enumerate(authors, 1):
        if author.literal.strip(".").casefold() in {"et al", "others"} and number == len(authors) > 1:
            yield "others"
        elif author.given and author.family:
            yield f"{_part(author.family)}, {_part(author.given)}"
        else:
            yield f"{{{_tex(author.literal or author.family or author.given, trim=False)}}}"


def _part(name: str) -> str:
    """Part of a name, in braces if BibTeX would split it."""
    shown = _tex(name, trim=False)
    return f"{{{shown}}}" if "," in shown or _WORDS.search(shown) else shown


def _keyword(tag: str) -> str:
    shown = _tex(tag)
    return f"{{{shown}}}" if "," in shown else shown


def _protected(title: str) -> str:
    """A title with names and acronyms in braces, so that no style changes their case."""
    if not _INNER.search(title):
        return _tex(title, trim=False)
    found, at = "", 0
    for match in _CAPITAL.finditer(title):
        found += f"{_tex(title[at : match.start()], trim=False)}{{{_tex(match[0])}}}"
        at = match.end()
    return found + _tex(title[at:], trim=False)


def _tex(value: str, *, trim: bool = True) -> str:
    if not value:
        return ""
    shown = plain(value) if trim else value
    return _SPECIAL.sub(_escape, shown) if _SPECIAL.search(shown) else shown


def _escape(char: re.Match[str]) -> str:
    return _COMMANDS.get(char[0], f"\\{char[0]}")


def _verbatim(value: str) -> str:
    """A value for a verbatim field (manual, section 2.2.1); characters that would break the record are percent-encoded."""
    return _VERBATIM.sub(lambda char: char[0] if char[0] == "%" else f"%{ord(char[0]):02X}", value.strip())
