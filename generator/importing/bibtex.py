"""BibTeX and biblatex: records as entries, LaTeX as text. What can't be read is told with its line."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from generator.importing.imported import Imported, LeftOut
from generator.importing.record_to_entry import topic_of, work
from generator.problems import Place
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import Author, Entry

__all__ = ["read_bibtex"]

_KINDS = {
    "article": "paper", "inproceedings": "paper", "conference": "paper", "incollection": "paper", "inbook": "book", "book": "book",
    "mvbook": "book", "collection": "book", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "unpublished": "preprint", "software": "software", "dataset": "dataset", "video": "video", "movie": "video", "report": "paper",
    "techreport": "paper",
}  # fmt: skip
_OURS = {
    "journaltitle": "venue", "journal": "venue", "booktitle": "venue", "eventtitle": "venue", "keywords": "tags",
    "annotation": "description", "annote": "description", "note": "description", "langid": "language",
}  # fmt: skip
_SILENT = frozenset(("file", "timestamp", "date-added", "date-modified", "bdsk-url-1", "bdsk-file-1", "owner", "author", "eprinttype",
    "archiveprefix", "primaryclass", "urldate", "year", "month"))  # fmt: skip
_HOW = re.compile(r"https?://[^\s{}]+")
_RANGE = re.compile(r"(?<=\d)--(?=\d)")
_ALIEN = re.compile(r"\\url\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def read_bibtex(text: str, path: str, name: str = "") -> Imported:
    """The records of a BibTeX text as one topic. Nothing raises; a record that can't be read is left out, and named."""
    import bibtexparser

    # It tells of broken records on standard error; here they are told with the others.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    parse: Any = bibtexparser.parse_string  # type: ignore[attr-defined]  # it exports nothing by name
    library = parse(text)
    entries: list[Entry] = []
    left: list[LeftOut] = []
    notes: list[LeftOut] = []
    blocks: list[Any] = sorted([*library.entries, *library.failed_blocks], key=lambda block: block.start_line or 0)
    for block in blocks:
        line = (block.start_line or 0) + 1
        twin: Any = getattr(block, "ignore_error_block", None)
        record = block if hasattr(block, "fields_dict") else twin
        if not hasattr(record, "fields_dict"):
            first = str(block.raw).strip().partition("\n")[0]
            left.append(LeftOut(first, "this record can't be read: a bracket, a quote or a comma is missing", line))
            continue
        entry = _entry(record, path, line, repeated=record is twin)
        if entry is None:
            left.append(LeftOut(str(record.key), "the record has neither title nor address", line))
            continue
        if record is twin:
            notes.append(LeftOut(str(record.key), "the key stands in the file twice: this entry gets another", line))
        entries.append(entry)
    return Imported(
        path, (topic_of(name or path.rpartition("/")[2].removesuffix(".bib"), path, entries),), tuple(left), tuple(notes)
    )


def _entry(record: Any, path: str, line: int, *, repeated: bool) -> Entry | None:  # noqa: ANN401  # bibtexparser's
    raw = {str(field.key).lower(): str(field.value) for field in record.fields}
    texts = {key: _plain(value) for key, value in raw.items()}
    fields: dict[str, str] = {}
    for key, value in texts.items():
        target = _OURS.get(key, key)
        if key not in _SILENT and value and target not in fields:
            fields[target] = value
        elif key not in _SILENT and value:
            fields[key] = value
    if "arxiv" in (texts.get("archiveprefix", "") + texts.get("eprinttype", "")).lower():
        fields["arxiv"] = fields.pop("eprint", "")
    how = _HOW.search(raw.get("howpublished", ""))
    if how and not fields.get("url"):
        fields["url"] = how[0]
        fields.pop("howpublished", None)
    fields["year"] = texts.get("year", "") or texts.get("date", "")
    kind = _KINDS.get(record.entry_type.lower(), "other")
    if kind == "other" and fields.get("arxiv"):
        kind = "preprint"
    return work(
        fields,
        kind=kind,
        authors=_authors(raw.get("author", "")),
        key="" if repeated else str(record.key),
        place=Place(path, line, 1),
    )


def _authors(raw: str) -> list[Author]:
    found: list[Author] = []
    for part in _split(raw):
        whole = re.fullmatch(r"\{(.*)\}", part, re.DOTALL)
        name = _plain(part)
        if name.casefold() == "others" and found:
            found.append(Author(literal="et al."))
        elif name:
            found.append(Author(literal=name) if whole and "," not in part else author(name))
    return found


def _split(raw: str) -> list[str]:
    """The names of a list: an "and" within braces belongs to a name."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\s+and\s+", raw):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(raw[start : match.start()])
            start = match.end()
    return [part.strip() for part in (*parts, raw[start:]) if part.strip()]


@cache
def _decoder() -> Any:  # noqa: ANN401  # pylatexenc has no types
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def _plain(value: str) -> str:
    """LaTeX as text: accents and symbols as characters, braces gone, addresses as they stand."""
    value = _ALIEN.sub(lambda found: found[1] or f"{found[3]} ({found[2]})", value)
    if not re.search(r"[\\{}$~%]", value):
        return _RANGE.sub("–", " ".join(value.split()))
    if value.startswith(("http://", "https://")):
        return re.sub(r"\\([&_%#~{}$])", r"\1", value).strip("{} ")
    parts = re.split(r"(https?://[^\s{}]+)", value)
    try:
        shown = "".join(
            re.sub(r"\\([&_%#~])", r"\1", part) if at % 2 else _decoder().latex_to_text(part) for at, part in enumerate(parts)
        )
    except (ValueError, IndexError, RecursionError):
        shown = re.sub(r"[{}]", "", value)
    return " ".join(shown.split())
