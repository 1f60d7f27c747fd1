"""The keys of topics, sections and entries: sources are read, written, described in schemas and exported by these tables.

A new field of an entry is one row of `ENTRY`: it is then read, checked, written, read back, and exported as JSON and CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from generator.sources.catalogue.model import ATTRIBUTES, KINDS, STATES, STATUSES, Entry
from generator.sources.catalogue.shapes import (
    ARXIV,
    DAY,
    DOI,
    ENTRY_ID,
    ENTRY_IDS,
    EXCEPTION,
    EXTRA,
    LABEL,
    LANGUAGE,
    LINE,
    LINES,
    LINKS,
    NOT_DUPLICATES,
    PEOPLE,
    TEXT,
    TOPICS,
    URL,
    YEAR,
    Shape,
    choice,
)
from generator.sources.yaml_tree import Scalar, Sequence, read
from generator.sources.yaml_tree.reader import Key, Reader

__all__ = [
    "ENTRY", "ENTRY_SYNONYMS", "KEYS", "SECTION", "SECTION_SYNONYMS", "START", "TOPIC", "TOPIC_SYNONYMS", "Field", "columns", "left_out",
    "rank", "with_columns",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry. `default` is the value of one that isn't written, where that isn't its shape's `empty`."""

    name: str
    shape: Shape
    doc: str
    synonyms: tuple[str, ...] = ()
    """What other tools call it."""
    default: object = None
    of: Callable[[Entry], Any] = field(init=False, repr=False, compare=False)
    """The value that an entry has in this field."""

    def __post_init__(self) -> None:
        name, empty = self.name, self.empty
        get = attrgetter(name) if name in ATTRIBUTES else lambda entry: entry.more.get(name, empty)
        object.__setattr__(self, "of", get)

    @property
    def empty(self) -> object:
        """The value of a field that isn't written."""
        return self.shape.empty if self.default is None else self.default


KIND_SYNONYMS = {
    **dict.fromkeys(("article", "article-journal", "inproceedings", "conference paper", "journal", "journal article"), "paper"),
    **dict.fromkeys(("arxiv", "working paper"), "preprint"),
    **dict.fromkeys(("monograph", "textbook"), "book"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("review", "overview"), "survey"),
    **dict.fromkeys(("tutorial", "class", "mooc", "summer school", "lecture notes"), "course"),
    **dict.fromkeys(("talk", "slides", "seminar", "presentation", "keynote"), "lecture"),
    **dict.fromkeys(("youtube", "recording"), "video"),
    **dict.fromkeys(("conference", "event", "symposium"), "workshop"),
    **dict.fromkeys(("blog post", "blogpost", "post", "news", "webpage"), "blog"),
    **dict.fromkeys(("code", "library", "tool", "repository", "repo", "package"), "software"),
    **dict.fromkeys(("data", "benchmark"), "dataset"),
    **dict.fromkeys(("people", "researcher", "author"), "person"),
    **dict.fromkeys(("lab", "team", "organisation", "organization"), "group"),
    **dict.fromkeys(("website", "site"), "project"),
    **dict.fromkeys(("misc", "link", "resource", "none"), "other"),
}

STATE_SYNONYMS = {
    **dict.fromkeys(("archived", "obsolete", "outdated", "unmaintained"), "deprecated"),
    **dict.fromkeys(("gone", "offline", "broken", "removed", "missing"), "dead"),
    **dict.fromkeys(("ok", "alive", "live", "maintained"), "active"),
    **{word: f"that is a status of publication: write status: {word}" for word in STATUSES},
}

STATUS_SYNONYMS = {
    **dict.fromkeys(("accepted", "forthcoming", "to appear"), "in-press"),
    **dict.fromkeys(("draft", "wip"), "in-preparation"),
    **dict.fromkeys(("under review", "in review"), "submitted"),
    **{word: f"that is a state of the entry: write state: {word}" for word in (*STATES, "archived", "gone")},
}

_ROWS = (
    Field(
        "title",
        LINE,
        "The work's own title. Leave it out when it isn't known: never invent one.",
        ("name", "display name", "headline", "paper"),
    ),
    Field(
        "url",
        URL,
        "The page to read; for arXiv the abs page.",
        ("link", "href", "uri", "homepage", "homepage_url", "website", "website_url", "address"),
    ),
    Field(
        "id",
        ENTRY_ID,
        "A stable key, unique in all lists; derived when absent (surname, year, word; or host and path).",
        ("key", "citekey", "slug"),
    ),
    Field("aliases", ENTRY_IDS, "Former ids of this entry, so that links to them keep working.", ("alias", "former_ids")),
    Field(
        "kind", choice(KINDS, KIND_SYNONYMS), "What kind of work it is; other when absent.", ("type", "format"), default="other"
    ),
    Field(
        "authors",
        PEOPLE,
        "A list: Given Family, or Family, Given, or {family, given}, or {literal} for a group.",
        ("author", "by", "creator", "speaker", "speakers"),
    ),
    Field("year", YEAR, "Year of publication, a whole number."),
    Field("date", DAY, "Day of publication, YYYY-MM-DD.", ("issued", "published", "publication_date")),
    Field(
        "venue",
        LINE,
        "Journal, proceedings or event.",
        ("conf", "conference", "journal", "booktitle", "container-title", "container_title", "event"),
    ),
    Field(
        "volume", LABEL, "Volume of the journal, proceedings or book: a number, or a text as it is printed.", ("vol", "vol.")
    ),
    Field("issue", LABEL, "Issue of the journal: a number, or a text as 5-6.", ("number", "no", "no.")),
    Field("pages", LABEL, "First and last page, 355-607, or the number of an article.", ("page", "pp", "pp.")),
    Field("publisher", LINE, "Who published it."),
    Field("editors", PEOPLE, "Who edited the book or proceedings; written as authors are.", ("editor", "eds", "edited_by")),
    Field("language", LANGUAGE, "Language as in BCP 47, when it isn't English: de, pt-BR, zh-Hant.", ("lang", "locale")),
    Field("doi", DOI, "The bare DOI: 10.1000/xyz."),
    Field("arxiv", ARXIV, 'The bare arXiv identifier, in quotes: "1803.00567".', ("arxiv_id", "arxivid", "eprint")),
    Field(
        "description",
        TEXT,
        "One or two sentences of our own in inline Markdown; links in it are checked.",
        ("desc", "summary", "note", "notes", "comment", "tldr"),
    ),
    Field("abstract", TEXT, "The work's own abstract."),
    Field("tags", LINES, "Keywords.", ("tag", "keyword", "keywords", "labels")),
    Field(
        "also_in",
        TOPICS,
        "Further topics that show this entry (names of their files without .yaml).",
        ("topic", "topics", "categories", "category"),
    ),
    Field("not_duplicate_of", NOT_DUPLICATES, "Entries that look like this one and aren't: {id, reason}."),
    Field("links", LINKS, "Further links by label (pdf, code, slides, video, project, data, ...): a URL or a list of them."),
    Field("archive_url", URL, "An archived copy of the page.", ("archive", "archived", "archived_url", "wayback")),
    Field("added", DAY, "Day on which the entry was added, YYYY-MM-DD.", ("date_added", "addeddate", "added_on")),
    Field("status", choice(STATUSES, STATUS_SYNONYMS), "Status of publication, as in CSL."),
    Field("state", choice(STATES, STATE_SYNONYMS), "A maintainer's decision; active when absent.", default="active"),
    Field("link_check", EXCEPTION, "An exception for the link checker: what to accept, why, and until when."),
    Field(
        "citation_key",
        LINE,
        "The key in bibliographies, where it has characters that an id can't have: Doe:2026img.",
        ("citation-key",),
    ),
    Field("cite_as", LINE, "The type in bibliographies, where kind doesn't tell it: incollection, report, article-magazine."),
    Field("keep_case", LINES, "Words of the title that no citation style may write in small letters: [Bayes, Wasserstein]."),
    Field("extra", EXTRA, "Columns without a field of their own, as name: text."),
)

ENTRY: dict[str, Field] = {row.name: row for row in _ROWS}
"""The fields of an entry by name, in the order in which they are written."""


def rank(name: str) -> int:
    """The position of a field in the order of writing; any other name comes after all of them."""
    return list(ENTRY).index(name) if name in ENTRY else len(ENTRY)


def left_out(shown: Iterable[str], *, with_columns: bool = False) -> tuple[str, ...]:
    """The fields that an exporter leaves out, by those that it shows; `with_columns`, it shows all fields of `more` as well."""
    known = {*shown, *(ENTRY.keys() - ATTRIBUTES if with_columns else ())}
    return tuple(name for name in ENTRY if name not in known)


def columns(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Names and texts of what a page shows as columns: the fields in `more`, then `extra`."""
    if not entry.more:
        return entry.extra
    more = ((name, row.shape.exports.cell(entry.more[name])) for name, row in ENTRY.items() if name in entry.more)
    return (*more, *entry.extra)


def with_columns(entry: Entry) -> Entry:
    """The inverse of `columns`, for importers: pairs of `extra` that have the name of a field of `more` become this field.

    A pair stays in `extra` if its text isn't a value of the field, or would be written as another text.
    """
    values: dict[str, Any] = {}
    rest: list[tuple[str, str]] = []
    for name, text in entry.extra:
        row = ENTRY.get("_".join(name.casefold().split()))
        value = None
        if row is not None and row.name not in ATTRIBUTES and row.name not in {*values, *entry.more}:
            value = _from_cell(row, text)
        if row is None or value is None:
            rest.append((name, text))
        else:
            values[row.name] = value
    return entry.with_values({**values, "extra": tuple(rest)}) if values else entry


def _from_cell(row: Field, text: str) -> Any:  # noqa: ANN401  # as the field's shape has it
    """The value of a cell's text: read as plain YAML, as a text, or as a list; None if none of them is written as this text again."""
    plain = read(text, "")
    parts = tuple(_quoted(part) for part in text.split("; "))
    for node in (plain.root if not plain.problems else None, _quoted(text), Sequence(parts, 1, 1)):
        reader = Reader("")
        value = row.shape.read(reader, node, row.name, []) if node is not None else None
        if value is not None and not reader.problems and row.shape.exports.cell(value) == text:
            return value
    return None


def _quoted(text: str) -> Scalar:
    return Scalar(text, "str", "quoted", 1, 1, 1, 1)


START = (
    Key("id", "id", "The id of an entry, of this topic or another.", required=True),
    Key("reason", "line", "Why to read it at this point.", required=True),
)

SECTION = (
    Key("title", "line", "The heading.", required=True),
    Key("id", "id", "A stable anchor; made from the heading when absent."),
    Key("description", "text", "Markdown under the heading."),
    Key("entries", "entries", "The works and resources: a bare URL, or a mapping with at least a title or a url."),
    Key("sections", "sections", "Sections within this one."),
)

TOPIC = (
    Key("title", "line", "The page's title; made from the file's name when absent."),
    Key("aliases", "topics", "Former names of this topic's file, so that links to its pages keep working."),
    Key("description", "text", "Two to four sentences that help a newcomer choose, Markdown."),
    Key("related", "topics", "Related topics (names of their files without .yaml)."),
    Key("start", "starts", "A reading path, shown first: entries in the order in which to read them, as {id, reason}."),
    Key("header", "text", "Markdown before the contents, as it is."),
    Key("footer", "text", "Markdown at the end, as it is."),
    Key("entries", "entries", "Works and resources outside sections."),
    Key("sections", "sections", "Headings with their entries."),
)

KEYS = frozenset({*ENTRY, *(key.name for key in (*SECTION, *TOPIC))})
"""The keys of topic files."""

_LABELS = ("pdf", "code", "slides", "video", "project", "data", "dataset", "github", "poster", "demo", "html")

_EXTRA = ("isbn", "issn", "edition", "series", "institution", "license", "stars", "citations")

ENTRY_SYNONYMS = {
    **{synonym: row.name for row in _ROWS for synonym in row.synonyms},
    **dict.fromkeys(("dead", "deprecated", "active"), "write state: dead (or deprecated, withdrawn, retracted, active)"),
    **dict.fromkeys(("accept", "until"), "it belongs under link_check"),
    **{name: f"there is no field for it; write it under extra: extra: {{{name}: ...}}" for name in _EXTRA},
    **{label: f"put it under links: links: {{{label}: https://...}}" for label in _LABELS},
}
"""What other tools call a field, or a hint for keys that belong elsewhere."""

_IN_ENTRIES = {name: f"it is a field of an entry: put it into an item under entries:, as - {name}: ..." for name in ENTRY}

SECTION_SYNONYMS = {
    **{name: hint for name, hint in _IN_ENTRIES.items() if name not in {key.name for key in SECTION}},
    **dict.fromkeys(("name", "heading", "header"), "title"),
    **dict.fromkeys(("items", "papers", "resources", "list", "links", "works"), "entries"),
    **dict.fromkeys(("subsections", "children", "groups", "section"), "sections"),
    **dict.fromkeys(("desc", "summary", "text", "intro"), "description"),
}

TOPIC_SYNONYMS = {
    **SECTION_SYNONYMS,
    "id": _IN_ENTRIES["id"],
    "header": "header",
    **dict.fromkeys(("see_also", "also_in", "related_topics", "related_tags"), "related"),
    **dict.fromkeys(("categories", "category"), "sections"),
    **dict.fromkeys(("alias", "former_names", "redirect_from"), "aliases"),
    **dict.fromkeys(("start_here", "begin", "reading_path", "path"), "start"),
    **dict.fromkeys(("license", "repository", "topics", "vocabularies", "check", "order"), "it belongs in _collection.yaml"),
}
