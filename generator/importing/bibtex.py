"""BibTeX and biblatex: records as entries. What can't be read, or is kept in another form, is reported with its line.

bibtexparser splits the file into records and fields; abbreviations, `#`, a missing comma and inheritance are read here, since its own
steps for them lose text.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.importing.imported import Imported, LeftOut
from generator.importing.issued import MONTHS, Issued, issued_of, of_year_and_month
from generator.importing.latex import Decoded, decoded, text_of
from generator.importing.record_to_entry import ID, Record, arxiv_in, entry_of, topic_of
from generator.problems import Place, counted, quoted
from generator.publishing.data.bibtex import BOOKS
from generator.publishing.data.kinds import bib_type
from generator.publishing.data.tex import protected_by_itself
from generator.publishing.data.vocabulary import (
    BIB_SYNONYMS,
    BIBLATEX_TYPES,
    BY_BIB,
    GENRES,
    LANGUAGES,
    STATUS_OF_PUBSTATE,
    VENUE,
)
from generator.sources.catalogue.authors import SUFFIXES, people_text
from generator.sources.catalogue.model import Author, Entry

__all__ = ["read_bibtex"]

_KINDS = {
    **dict.fromkeys(("article", "inproceedings", "incollection", "report", "suppperiodical", "review"), "paper"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "booklet", "reference", "mvreference", *BOOKS), "book"),
    "thesis": "thesis", "unpublished": "preprint", "software": "software", "dataset": "dataset", "video": "video", "movie": "video",
}  # fmt: skip
_LOCAL = frozenset((
    "file", "timestamp", "creationdate", "modificationdate", "date-added", "date-modified", "owner", "groups", "readstatus", "ranking",
    "priority", "qualityassured", "printed", "relevance", "localfile", "local-url", "mendeley-groups", "mendeley-tags", "citeulike-article-id",
    "posted-at", "__markedentry", "comment-username",
))  # fmt: skip
"""Fields that reference managers write for themselves; some have paths of their owner's machine."""
_READ = frozenset((
    "author", "editor", "title", "date", "year", "month", "day", "crossref", "xdata", "xref", "ids", "langid", "language", "hyphenation",
    "pubstate", "type", "keywords", "annotation", "annote", "url", "doi", "abstract", "volume", "pages", "publisher", "eprint", "eprinttype",
    "archiveprefix", "eprintclass", "primaryclass", "number", "issue",
))  # fmt: skip
"""Fields that are read by name."""
_DATES = ("date", "urldate", "eventdate", "origdate")
"""Fields that aren't LaTeX: a tilde in them means about."""
_WEB = re.compile(r"https?://[^\s{}]+")
_RANGE = re.compile(r"(?<=\w)\s?--?-?\s?(?=\w)")
_PIECE = re.compile(r"\s*(?:(\d+)|([^\s\"#%'(),={}]+))\s*")
_NEXT = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
_JOIN = re.compile(r"\s*#")
_BRACKET = re.compile(r"[{}\"]")
_ROOM = 1_000_000
_ROOM_PER_CHARACTER = 20
"""What abbreviations and inherited fields may add to a file; abbreviations of abbreviations could double the text at each line."""
_DEEPEST = 20
"""Maximum number of records that one inherits from through each other."""
_NOT_INHERITED = frozenset(("crossref", "xref", "xdata", "ids", "label", "shorthand", "keywords", "options", "entryset", "relatedtype", "title",
    "subtitle", "titleaddon", "shorttitle", "abstract", "annotation", "note", "url", "doi"))  # fmt: skip


@dataclass(slots=True)
class _Raw:
    """A record as it stands: LaTeX by field."""

    type: str
    key: str
    line: int
    fields: dict[str, str]
    repeated: bool = False
    whole: dict[str, str] | None = None
    """All fields, once inherited ones are known."""


@dataclass(slots=True)
class _Reading:
    """What is read of a file so far. `notes` are by line; `unknown` and `local` count commands and fields over all records."""

    raws: list[_Raw] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    left: list[LeftOut] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)
    strings: dict[str, str] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    local: Counter[str] = field(default_factory=Counter)
    room: int = 0
    """How many characters abbreviations and inherited fields may still add."""
    refused: int = 0
    """How often there was no room."""

    def takes(self, length: int) -> bool:
        """Whether so many characters may be added; they are then used up."""
        if length > self.room:
            self.refused += 1
            return False
        self.room -= length
        return True


def read_bibtex(text: str, path: str, name: str = "") -> Imported:
    """The records of a BibTeX text as one topic. Nothing raises; a record that can't be read is left out, and named."""
    import bibtexparser

    # It logs broken records to standard error; here they are reported with the others.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    parse: Any = bibtexparser.parse_string  # type: ignore[attr-defined]  # it exports nothing by name
    reading = _Reading(room=_ROOM + _ROOM_PER_CHARACTER * len(text))
    for block in parse(text, parse_stack=[]).blocks:
        _read_block(block, reading)
    by_key: dict[str, _Raw] = {}
    for raw in reading.raws:
        by_key.setdefault(raw.key.casefold(), raw)
    entries: list[Entry] = []
    for raw in reading.raws:
        whole = replace(raw, fields=_inherited(raw, by_key, reading))
        entry = _entry(whole, path, reading)
        if entry is None:
            reading.left.append(LeftOut(raw.key, "the record has neither title nor address", raw.line))
        else:
            entries.append(entry)
    notes = sorted([*reading.notes, *_summaries(reading)], key=lambda note: note.line)
    title = name or path.rpartition("/")[2].removesuffix(".bib")
    return Imported(
        path, (topic_of(title, path, entries),), tuple(sorted(reading.left, key=lambda left: left.line)), tuple(notes)
    )


def _summaries(reading: _Reading) -> Iterator[LeftOut]:
    for name, count in reading.unknown.items():
        yield LeftOut(f"\\{name}", f"the command isn't known, so its name stands in the text ({counted(count, 'record')})")
    if reading.local:
        names = ", ".join(f"{name} ({count})" for name, count in reading.local.items())
        yield LeftOut(names, "fields of a reference manager's own are not taken over")
    if reading.refused:
        why = f"they would make the file too long, so {counted(reading.refused, 'place')} stayed as written"
        yield LeftOut("abbreviations and inherited fields", why)


def _read_block(block: Any, reading: _Reading) -> None:  # noqa: ANN401  # bibtexparser's
    line = (block.start_line or 0) + 1
    twin: Any = getattr(block, "ignore_error_block", None)
    record = block if twin is None else twin
    if hasattr(record, "fields_dict"):
        _read_record(record, line, reading)
    elif type(record).__name__ == "String":
        key = str(record.key).casefold()
        if key in reading.strings:
            reading.notes.append(
                LeftOut(f"@string {record.key}", "the abbreviation is defined twice: the later text counts from here", line)
            )
        reading.strings[key] = next((value for _, value in _values("", str(record.value), reading, {})), "")
    elif twin is not None or hasattr(block, "error"):
        first = str(block.raw).strip().partition("\n")[0]
        reading.left.append(
            LeftOut(first, "this record can't be read: a bracket, a quote, a comma or the key is missing", line)
        )


def _read_record(record: Any, line: int, reading: _Reading) -> None:  # noqa: ANN401
    fields: dict[str, str] = {}
    missing: dict[str, str] = {}
    for each in record.fields:
        for number, (name, value) in enumerate(_values(str(each.key).strip().lower(), str(each.value), reading, missing)):
            if number:
                reading.notes.append(LeftOut(str(record.key), f"a comma is missing before {name}: it is read as a field", line))
            if name in fields and fields[name] != value:
                reading.notes.append(
                    LeftOut(str(record.key), f"{name} stands twice: the first counts, the other is {quoted(value)}", line)
                )
            fields.setdefault(name, value)
    for abbreviation, name in missing.items():
        reading.notes.append(
            LeftOut(
                str(record.key), f"{name}: the abbreviation {quoted(abbreviation)} isn't defined, so it stays as it is", line
            )
        )
    key = str(record.key).strip()
    known = key in reading.keys
    reading.keys |= {key} - {""}
    if known:
        reading.notes.append(LeftOut(key, "the key stands in the file twice: this entry gets another", line))
    reading.raws.append(_Raw(str(record.entry_type).strip().lower(), key, line, fields, repeated=known))


def _values(name: str, raw: str, reading: _Reading, missing: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The value of a field, its parts joined by `#`; and fields that follow without a comma. `missing` gets unknown abbreviations."""
    at, parts = 0, list[str]()
    while True:
        part, at = _part(raw, at, name, reading, missing)
        parts.append(part)
        if joined := _JOIN.match(raw, at):
            at = joined.end()
            continue
        following = _NEXT.match(raw, at)
        value = "".join(parts)
        if not following:
            rest = raw[at:]
            yield name, f"{value}{rest}".strip() if rest.strip() else value
            return
        yield name, value
        name, parts, at = following[1].lower(), [], following.end()


def _part(raw: str, at: int, name: str, reading: _Reading, missing: dict[str, str]) -> tuple[str, int]:
    """One part of a value from a position on: in braces, in quotes, a number or an abbreviation; and the position after it."""
    while at < len(raw) and raw[at].isspace():
        at += 1
    opening = raw[at : at + 1]
    if opening in {"{", '"'}:
        depth = 0
        for sign in _BRACKET.finditer(raw, at):
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
            if depth == 0 and sign[0] == ("}" if opening == "{" else '"') and sign.start() > at:
                return raw[at + 1 : sign.start()], sign.end()
        return raw[at + 1 :], len(raw)
    found = _PIECE.match(raw, at)
    if not found:
        return raw[at:], len(raw)
    if found[1] is not None:
        return found[1], found.end()
    known = reading.strings.get(found[2].casefold())
    if known is None and found[2][:3].casefold() not in MONTHS:
        missing[found[2]] = name
    return found[2] if known is None or not reading.takes(len(known)) else known, found.end()


def _inherited(raw: _Raw, by_key: Mapping[str, _Raw], reading: _Reading, depth: int = 0) -> dict[str, str]:
    """The fields of a record, completed from the one that `crossref` names (biblatex's manual, appendix B) and from `xdata`."""
    if raw.whole is not None or depth > _DEEPEST:
        return raw.whole or raw.fields
    raw.whole = dict(raw.fields)  # what a record gets that names itself, also by others
    fields = dict(raw.fields)
    for link in ("crossref", "xdata"):
        for name in filter(None, (part.strip() for part in raw.fields.get(link, "").split(","))):
            parent = by_key.get(name.casefold())
            if parent is None or parent is raw:
                reading.notes.append(LeftOut(raw.key, f"{link}: there is no record {quoted(name)}", raw.line))
                continue
            above = _inherited(parent, by_key, reading, depth + 1)
            if not reading.takes(sum(map(len, above.values()))):
                continue
            fields = {**above, **fields} if link == "xdata" else {**_from_parent(parent.type, above), **fields}
    raw.whole = fields
    return fields


def _from_parent(kind: str, above: Mapping[str, str]) -> dict[str, str]:
    """What a record gets of the one that its `crossref` names: its title as that of the book, and what isn't the parent's own."""
    fields = {name: value for name, value in above.items() if name not in _NOT_INHERITED}
    if kind == "periodical":
        names = {"title": "journaltitle", "subtitle": "journalsubtitle"}
    elif kind in BOOKS:
        names = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
    else:
        names = {}
    return fields | {new: above[old] for old, new in names.items() if above.get(old)}


def _entry(raw: _Raw, path: str, reading: _Reading) -> Entry | None:
    source = raw.fields
    read = {name: decoded(value) for name, value in source.items() if name not in {"author", "editor"}}
    reading.unknown.update({name for one in read.values() for name in one.unknown})
    texts = {name: one.text for name, one in read.items() if one.text}
    texts |= {name: value for name in _DATES if (value := " ".join(source.get(name, "").split()))}
    kind = BIB_SYNONYMS.get(raw.type, raw.type)
    record = Record(key="" if raw.repeated else raw.key, place=Place(path, raw.line, 1), kind=_KINDS.get(kind, "other"))
    record.authors, record.editors = _people(source.get("author", "")), _people(source.get("editor", ""))
    title = read.get("title", Decoded(""))
    record.keep_case = tuple(one for one in title.braced if one not in protected_by_itself(title.text))
    record.texts = {ours: texts.get(name, "") for ours, name in (("title", "title"), ("url", "url"), ("doi", "doi"), ("abstract", "abstract"),
        ("tags", "keywords"), ("volume", "volume"), ("publisher", "publisher"))}  # fmt: skip
    record.texts["description"] = texts.get("annotation", "") or texts.get("annote", "")
    record.texts["pages"] = _RANGE.sub("\u2013", texts.get("pages", ""))
    _set_date(record, texts)
    _set_numbers(record, texts, kind)
    _set_language(record, texts)
    rest = _rest(kind, texts, source, reading)
    record.texts["venue"] = rest.pop("venue", "") or (record.texts.pop("publisher") if kind in BOOKS else "")
    if "type" in texts or raw.type in {"phdthesis", "mastersthesis", "techreport"}:
        genre = texts.get("type") or {"mastersthesis": "mathesis"}.get(raw.type, raw.type)
        record.extra["genre"] = GENRES.get(genre, genre)
    record.extra |= rest
    _set_eprint(record, texts)
    arxiv_in(record)
    _set_address(record, source)
    entry = entry_of(record)
    if entry is None:
        return None
    former = [key for part in texts.get("ids", "").split(",") if (key := part.strip())]
    if lost := [key for key in former if not ID.fullmatch(key)]:
        reading.notes.append(
            LeftOut(
                raw.key,
                f"ids: {', '.join(map(quoted, lost))} can't be aliases here, since they have other characters",
                raw.line,
            )
        )
    return _with_type(replace(entry, aliases=tuple(key for key in former if key not in lost)), kind, raw, reading)


def _with_type(entry: Entry, kind: str, raw: _Raw, reading: _Reading) -> Entry:
    """The entry with `cite_as` where an export would otherwise give it another type."""
    if kind not in BIBLATEX_TYPES:
        if kind not in {"", "misc"}:
            reading.notes.append(LeftOut(raw.key, f"@{raw.type} isn't a type of biblatex: it is exported as another", raw.line))
        return entry
    if entry.arxiv and not entry.venue and kind in {"article", "misc", "online", "unpublished"}:
        return replace(entry, kind="preprint")
    default = bib_type(entry, page=bool(entry.page))
    same = default == kind or {default, kind} == {"misc", "online"}
    return entry if same else replace(entry, cite_as=kind)


def _set_date(record: Record, texts: Mapping[str, str]) -> None:
    found, month = (
        (issued_of(texts["date"]), "")
        if "date" in texts
        else of_year_and_month(*(texts.get(part, "") for part in ("year", "month", "day")))
    )
    if "date" in texts and found == Issued():
        found = issued_of(texts.get("year", ""))
    record.issued = found
    if month:
        record.extra["month"] = month
    state = texts.get("pubstate", "")
    record.status = STATUS_OF_PUBSTATE.get(state) or issued_of(state).status or found.status


def _set_numbers(record: Record, texts: Mapping[str, str], kind: str) -> None:
    """`number` is the issue of a journal, else a number of its own; biblatex's `issue` is a name beside it."""
    number, issue = texts.get("number", ""), texts.get("issue", "")
    if kind in {"article", "periodical", "suppperiodical", "review"} and not issue:
        number, issue = "", number
    record.texts["issue"] = issue
    if number:
        record.extra["number"] = number


def _set_language(record: Record, texts: Mapping[str, str]) -> None:
    for name in ("langid", "language", "hyphenation"):
        if text := texts.get(name, ""):
            if not record.texts.get("language"):
                record.texts["language"] = LANGUAGES.get(text.casefold(), text)
            elif LANGUAGES.get(text.casefold(), text) != record.texts["language"]:
                record.extra["language"] = text


def _set_eprint(record: Record, texts: Mapping[str, str]) -> None:
    kind = texts.get("eprinttype") or texts.get("archiveprefix") or ""
    number = texts.get("eprint", "")
    if number and "arxiv" in kind.casefold():
        record.texts["arxiv"] = number
    elif number and not kind:
        record.texts["arxiv"] = number  # INSPIRE leaves the type out; what is no arXiv id goes to `extra`
    elif number:
        record.extra |= {"eprint": number, "eprinttype": kind}
    if number and (classes := texts.get("eprintclass") or texts.get("primaryclass")):
        record.extra["eprintclass"] = classes


def _set_address(record: Record, source: Mapping[str, str]) -> None:
    """The address to read, where only `howpublished` or `note` has one; in a note with more words it is a further link."""
    for name in ("howpublished", "note"):
        found = _WEB.search(text_of(source.get(name, "")))
        text = record.extra.get(name, "") or (record.texts.get("venue", "") if name == "howpublished" else "")
        if not found:
            continue
        address = found[0].rstrip(".,;)")
        alone = not re.sub(
            r"[\W_]|url|online|available|at|from|see|accessed|link", "", text.replace(address, ""), flags=re.IGNORECASE
        )
        if not record.texts.get("url") and (alone or name == "howpublished"):
            record.texts["url"] = address
        elif address != record.texts.get("url"):
            record.links.append((name, address))
        if alone and record.texts.get("url") == address:
            record.extra.pop(name, None)
            if record.texts.get("venue") == text:
                record.texts["venue"] = ""


def _rest(kind: str, texts: Mapping[str, str], source: Mapping[str, str], reading: _Reading) -> dict[str, str]:
    """The fields that aren't read by name, by what they are called in `extra`; the one that is the venue of this type as "venue"."""
    place = "" if kind in BOOKS else VENUE.get(kind, "howpublished")
    rest: dict[str, str] = {}
    for name, text in texts.items():
        if name in _LOCAL or name.startswith("bdsk-"):
            reading.local[name] += 1
        elif name not in _READ:
            variable = BY_BIB.get(name)
            ours = variable.name if variable else name
            value = people_text(_people(source[name])) if variable and variable.shape == "people" else text
            if ours == place and "venue" not in rest:
                rest["venue"] = value
            elif rest.setdefault(ours, value) != value:
                rest[name] = value
    return rest


def _people(raw: str) -> tuple[Author, ...]:
    """The names of a list by BibTeX's rules: particles begin in lower case, and "Family, Jr., Given"."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    found: list[Author] = []
    for part in split_multiple_persons_names(" ".join(raw.split())):
        whole = part.startswith("{") and part.endswith("}") and "{" not in part[1:-1]
        if text_of(part).casefold() in {"others", "et al."} and found:
            found.append(Author(literal="et al."))
        elif whole:
            found.append(Author(literal=text_of(part)))
        else:
            found.append(_person(parse_single_name_into_parts(part, strict=False)))
    return tuple(one for one in found if one.name)


def _person(parts: Any) -> Author:  # noqa: ANN401  # bibtexparser's
    given, family, suffix = (text_of(" ".join(words)) for words in (parts.first, [*parts.von, *parts.last], parts.jr))
    before, _, last = family.rpartition(" ")
    if not suffix and before and last.casefold() in SUFFIXES:
        family, suffix = before, last
    elif not suffix and family.casefold() in SUFFIXES and " " in given:
        given, _, name = given.rpartition(" ")
        family, suffix = name, family
    return Author(family=family, given=given, suffix=suffix) if family and given else Author(literal=family or given)
