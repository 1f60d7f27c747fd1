"""The shapes of an entry's values: how each is read, checked by editors, written to YAML and exported.

A reader returns the value, or None where there is none to use; everything wrong becomes a problem of its `Reader`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Listing
from dataclasses import dataclass
from typing import Any

from generator.problems import quoted
from generator.sources.catalogue.authors import Author, cell, parts, person, read_authors
from generator.sources.catalogue.identifiers import arxiv, doi, language
from generator.sources.catalogue.ids import ID, slug
from generator.sources.catalogue.model import NotDuplicate
from generator.sources.config.values import read_accept
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar, Sequence
from generator.sources.yaml_tree.reader import Key, Reader
from generator.sources.yaml_tree.scalars import flow_list, scalar, text_lines
from linkcheck.model import Excuse

__all__ = [
    "ARXIV",
    "DAY",
    "DOI",
    "ENTRY_ID",
    "ENTRY_IDS",
    "EXCEPTION",
    "EXCEPTION_KEYS",
    "EXTRA",
    "LABEL",
    "LANGUAGE",
    "LINE",
    "LINES",
    "LINKS",
    "NOT_DUPLICATES",
    "NOT_DUPLICATE_KEYS",
    "PEOPLE",
    "TEXT",
    "TOPICS",
    "URL",
    "YEAR",
    "YEARS",
    "Exports",
    "Read",
    "Schema",
    "Shape",
    "Spots",
    "Write",
    "choice",
    "filled",
    "filled_list",
    "list_of",
    "read_reasons",
    "url",
]  # fmt: skip

YEARS = range(1000, 2201)

Schema = dict[str, Any]
Spots = list[tuple[str, Node]]
"""Places of the parts of a value, by field: `links.pdf`, `also_in.0`."""
Read = Callable[[Reader, Node, str, Spots], Any]
Write = Callable[[str, Any, int], list[str]]
"""From a field's name, its value and an indent to the lines of YAML that are read back as this value."""


@dataclass(frozen=True, slots=True)
class Exports:
    """A value in the data files: as JSON (None: as it is) with the schema of that, and as the text of a CSV cell."""

    json: Callable[[Any], object] | None
    schema: Schema
    cell: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field's values have in common. `single` are those that an edit writes as they are: a text, a number, a day."""

    read: Read
    schema: Schema
    write: Write
    exports: Exports
    empty: object = None
    """The value of a field that isn't written."""
    single: bool = False


# JSON Schemas (draft-07) that several shapes and tables use.
filled: Schema = {"type": "string", "pattern": r"\S"}
filled_list: Schema = {"type": "array", "items": filled}
url: Schema = {"type": "string", "format": "uri", "pattern": r"\S"}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ID: Schema = {"type": "string", "pattern": f"^{ID.pattern}"}
_STRING: Schema = {"type": "string"}
_STRINGS: Schema = {"type": "array", "items": _STRING}


def list_of(definition: str) -> Schema:
    """The schema of a list whose items are described under `definitions`."""
    return {"type": "array", "items": {"$ref": f"#/definitions/{definition}"}}


def _text_exports(schema: Schema = _STRING) -> Exports:
    return Exports(None, schema, str)


_TEXTS = Exports(list, _STRINGS, "; ".join)


def _write_line(name: str, value: Any, indent: int) -> list[str]:  # noqa: ANN401  # as the field's values are
    return [f"{' ' * indent}{name}: {scalar(value)}"]


def _write_plain(name: str, value: object, indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: {value}"]


def _write_texts(name: str, value: Listing[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: {flow_list(value)}"]


def _read_line(reader: Reader, node: Node, name: str, _: Spots) -> str | None:
    return reader.line(node, name)


def _read_texts(reader: Reader, node: Node, name: str, spots: Spots) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return reader.texts(node, name)
    return _each(node, name, spots, lambda item: reader.line(item, name, item=True))


def _each(node: Sequence, name: str, spots: Spots, read: Callable[[Node], str | None]) -> tuple[str, ...]:
    """The texts of a list, and the place of each."""
    found: list[str] = []
    for item in node.items:
        if (text := read(item)) is not None:
            spots.append((f"{name}.{len(found)}", item))
            found.append(text)
    return tuple(found)


LINE = Shape(_read_line, filled, _write_line, _text_exports(), single=True)
URL = Shape(_read_line, url, _write_line, _text_exports(), single=True)
TEXT = Shape(
    lambda reader, node, name, _: reader.text(node, name), filled, text_lines, _text_exports(), single=True
)  # fmt: skip
LINES = Shape(_read_texts, filled_list, _write_texts, _TEXTS, ())


def _read_id(reader: Reader, node: Node, name: str, _: Spots) -> str | None:
    text = reader.line(node, name)
    if text is None or ID.match(text):
        return text
    better = slug(text)
    hint = f"write {name}: {better}" if better else "use the letters a to z, digits, - . and _"
    message = f"{name}: {quoted(text)} has characters other than letters, digits, - . and _"
    reader.report("bad-id", node, message, hint, field=name)
    return better or None


def _read_ids(reader: Reader, node: Node, name: str, spots: Spots) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return reader.texts(node, name)
    return _each(node, name, spots, lambda item: _read_id(reader, item, name, []))


ENTRY_ID = Shape(_read_id, _ID, _write_line, _text_exports(), single=True)
ENTRY_IDS = Shape(_read_ids, {"type": "array", "items": _ID}, _write_texts, _TEXTS, ())


def _read_topics(reader: Reader, node: Node, name: str, spots: Spots) -> tuple[str, ...]:
    return tuple([text.removesuffix(".yaml").removesuffix(".md") for text in _read_texts(reader, node, name, spots)])


TOPICS = Shape(_read_topics, filled_list, _write_texts, _TEXTS, ())


def choice(words: tuple[str, ...], synonyms: Mapping[str, str]) -> Shape:
    """One of a few words; `synonyms` are what other tools call them, or a hint for words that belong elsewhere."""

    def read(reader: Reader, node: Node, name: str, _: Spots) -> str | None:
        return reader.choice(node, name, words, synonyms, f"unknown-{name}")

    return Shape(
        read, {"type": "string", "enum": list(words)}, _write_line, _text_exports({"enum": list(words)}), single=True
    )  # fmt: skip


def _read_year(reader: Reader, node: Node, name: str, _: Spots) -> int | None:
    year = reader.number(node, name)
    if year is None or year in YEARS:
        return year
    reader.report("bad-year", node, f"{name}: {year} isn't a year of publication", "write four digits", field=name)
    return None


YEAR = Shape(
    _read_year,
    {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1},
    _write_plain,
    _text_exports({"type": "integer"}),
    single=True,
)
DAY = Shape(
    lambda reader, node, name, _: reader.day(node, name),
    _DAY,
    _write_plain,
    Exports(lambda value: value.isoformat(), _DAY, str),
    single=True,
)

_NUMBER = re.compile(r"0|[1-9]\d{0,9}")


def _read_label(reader: Reader, node: Node, name: str, _: Spots) -> str | None:
    """A number or a text, kept as it is written: 11, 1.10, 355-607, xii."""
    if isinstance(node, Scalar) and node.kind in {"int", "float", "date"}:
        return node.text.strip()
    return reader.line(node, name)


def _write_label(name: str, value: str, indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: {value if _NUMBER.fullmatch(value) else scalar(value)}"]


LABEL = Shape(
    _read_label, {"type": ["string", "integer", "number"], "pattern": r"\S"}, _write_label, _text_exports(), single=True
)  # fmt: skip


def _normalised(code: str, normalise: Callable[[str], str | None], example: str, pattern: str) -> Shape:
    """A text that `normalise` brings into its one form."""

    def read(reader: Reader, node: Node, name: str, _: Spots) -> str | None:
        text = reader.line(node, name)
        if text is None:
            return None
        bare = normalise(text)
        if bare is None:
            reader.report(code, node, f"{name}: {quoted(text)} is not well formed", f"it looks like {example}", field=name)
        return bare

    return Shape(read, {"type": "string", "pattern": pattern}, _write_line, _text_exports(), single=True)


DOI = _normalised("bad-doi", doi, "10.1000/xyz", r"10\.\d{4,9}(\.\d+)*/\S+$")
ARXIV = _normalised(
    "bad-arxiv", arxiv, '"1803.00567" or "math/0309136"', r"(\d{4}\.\d{4,5}|[a-z][a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?(\.pdf)?$"
)
LANGUAGE = _normalised("bad-language", language, "de, pt-BR or zh-Hant", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


def _write_people(name: str, value: Listing[Author], indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: [{', '.join(map(person, value))}]"]


def _read_people(reader: Reader, node: Node, name: str, spots: Spots) -> tuple[Author, ...]:
    """The people, and the place of the last one, who may be "et al."."""
    found = read_authors(reader, node, name)
    if found and isinstance(node, Sequence):
        spots.append((f"{name}.{len(found) - 1}", node.items[-1]))
    return found


PEOPLE = Shape(
    _read_people,
    list_of("author"),
    _write_people,
    Exports(lambda value: [parts(one) for one in value], list_of("author"), lambda value: "; ".join(map(cell, value))),
    (),
)


def _pairs(items: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{name}: {scalar(text, flow=True)}' for name, text in items.items())}}}"


NOT_DUPLICATE_KEYS = (
    Key("id", "id", "The other entry's id.", required=True),
    Key("reason", "line", "Why the two are different works.", required=True),
)
_NOT_DUPLICATE = {key.name: key for key in NOT_DUPLICATE_KEYS}


def read_reasons(reader: Reader, node: Node, name: str, keys: Mapping[str, Key]) -> Iterator[tuple[str, str, Node]]:
    """Read {id, reason}, or a list of them: for each the id, the reason ("" if none is given) and the node."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Pairs):
            values = reader.fields(item, keys, name, {"why": "reason", "entry": "id"})
            texts = {key: text for key, value in values.items() if (text := reader.line(value, f"{name}.{key}"))}
            if missing := [key for key in keys if key not in values]:
                _missing(reader, item, name, missing)
            if "id" in texts:
                yield texts["id"], texts.get("reason", ""), item
        else:
            shown = item.text if isinstance(item, Scalar) else "..."
            hint = f"write {name}: [{{id: {shown}, reason: ...}}]"
            reader.wrong_type(item, name, "a list of {id, reason}", hint)


def _missing(reader: Reader, node: Node, field: str, names: list[str]) -> None:
    for name in names:
        reader.report("missing-key", node, f"{field} has no {name}", f"add {name}: ...", field=f"{field}.{name}")


def _read_not_duplicates(reader: Reader, node: Node, name: str, spots: Spots) -> tuple[NotDuplicate, ...]:
    found: list[NotDuplicate] = []
    for key, reason, item in read_reasons(reader, node, name, _NOT_DUPLICATE):
        spots.append((f"{name}.{len(found)}", item))
        found.append(NotDuplicate(key, reason))
    return tuple(found)


def _write_not_duplicates(name: str, value: Listing[NotDuplicate], indent: int) -> list[str]:
    items = (_pairs({"id": one.id, "reason": one.reason}) for one in value)
    return [f"{' ' * indent}{name}: [{', '.join(items)}]"]


NOT_DUPLICATES = Shape(
    _read_not_duplicates,
    {"anyOf": [{"$ref": "#/definitions/not_duplicate"}, list_of("not_duplicate")]},
    _write_not_duplicates,
    Exports(
        lambda value: [{"id": one.id, "reason": one.reason} for one in value],
        {
            "type": "array",
            "items": {"type": "object", "required": ["id", "reason"], "properties": {"id": _STRING, "reason": _STRING}},
        },
        lambda value: "; ".join(f"{one.id}: {one.reason}" for one in value),
    ),
    (),
)

Links = tuple[tuple[str, tuple[str, ...]], ...]


def _read_links(reader: Reader, node: Node, name: str, spots: Spots) -> Links | None:
    if not isinstance(node, Pairs):
        shown = node.text if isinstance(node, Scalar) else "https://..."
        reader.wrong_type(node, name, "a mapping from labels to URLs", f"write {name}: {{pdf: {shown}}}")
        return None
    found: list[tuple[str, tuple[str, ...]]] = []
    for key, value in node.items:
        label = " ".join(key.text.split())
        field = f"{name}.{label}"
        if isinstance(value, Sequence):
            urls: list[str] = []
            for item in value.items:
                address = reader.line(item, field, item=True)
                if address is not None:
                    spots.append((f"{field}.{len(urls)}", item))
                    urls.append(address)
        else:
            address = reader.line(value, field)
            urls = [address] if address is not None else []
            spots.append((field, value))
        if label and urls:
            found.append((label, tuple(urls)))
    return tuple(found)


def _write_links(name: str, value: Links, indent: int) -> list[str]:
    pad = " " * indent
    lines = [f"{pad}{name}:"]
    for label, urls in value:
        if len(urls) == 1:
            lines.append(f"{pad}  {scalar(label, key=True)}: {scalar(urls[0])}")
        else:
            lines += [f"{pad}  {scalar(label, key=True)}:", *(f"{pad}    - {scalar(one)}" for one in urls)]
    return lines


LINKS = Shape(
    _read_links,
    {"type": "object", "additionalProperties": {"anyOf": [url, filled_list]}},
    _write_links,
    Exports(
        lambda value: {label: list(urls) for label, urls in value},
        {"type": "object", "additionalProperties": _STRINGS},
        lambda value: "; ".join(f"{label}: {one}" for label, urls in value for one in urls),
    ),
    (),
)

EXCEPTION_KEYS = (
    Key("accept", "accept", "Outcomes (dead, failing, blocked, ...) or status codes that are fine here.", required=True),
    Key("reason", "line", "Why.", required=True),
    Key("until", "date", "Last day on which the exception applies, YYYY-MM-DD."),
)
_EXCEPTION = {key.name: key for key in EXCEPTION_KEYS}


def _read_exception(reader: Reader, node: Node, name: str, spots: Spots) -> Excuse | None:
    if not isinstance(node, Pairs):
        reader.wrong_type(node, name, "a mapping", f"write {name}: {{accept: [blocked], reason: ..., until: 2027-01-31}}")
        return None
    synonyms = {"why": "reason", "outcomes": "accept", "codes": "accept", "expires": "until"}
    values = reader.fields(node, _EXCEPTION, name, synonyms)
    _missing(reader, node, name, [key.name for key in EXCEPTION_KEYS if key.required and key.name not in values])
    accept = read_accept(reader, values["accept"], f"{name}.accept") if "accept" in values else ()
    reason = reader.line(values["reason"], f"{name}.reason") if "reason" in values else None
    until = reader.day(values["until"], f"{name}.until") if "until" in values else None
    spots.extend((f"{name}.{key}", value) for key, value in values.items())
    # Without the day on which it was to end, an exception would apply for ever.
    if not accept or ("until" in values and until is None):
        return None
    return Excuse(accept, reason or "", until)


def _write_exception(name: str, value: Excuse, indent: int) -> list[str]:
    accept = ", ".join(code if code.isdigit() else scalar(code, flow=True) for code in value.accept)
    until = f", until: {value.until}" if value.until else ""
    return [f"{' ' * indent}{name}: {{accept: [{accept}], reason: {scalar(value.reason, flow=True)}{until}}}"]


EXCEPTION = Shape(
    _read_exception,
    {"allOf": [{"$ref": "#/definitions/link_check"}]},  # beside a bare `$ref`, draft-07 ignores the description
    _write_exception,
    Exports(
        lambda value: {
            "accept": list(value.accept), "reason": value.reason, "until": value.until.isoformat() if value.until else None,
        },
        {
            "type": "object",
            "required": ["accept", "reason", "until"],
            "properties": {"accept": _STRINGS, "reason": _STRING, "until": {**_DAY, "type": ["string", "null"]}},
        },
        lambda value: f"{', '.join(value.accept)}: {value.reason}{f' (until {value.until})' if value.until else ''}",
    ),
)  # fmt: skip

Pairings = tuple[tuple[str, str], ...]


def _read_extra(reader: Reader, node: Node, name: str, _: Spots) -> Pairings | None:
    if not isinstance(node, Pairs):
        reader.wrong_type(node, name, "a mapping from names to texts")
        return None
    found: list[tuple[str, str]] = []
    for key, value in node.items:
        if isinstance(value, Scalar):
            found.append((key.text, value.text))
        else:
            reader.wrong_type(value, f"{name}.{key.text}", "a text")
    return tuple(found)


def _write_extra(name: str, value: Pairings, indent: int) -> list[str]:
    pad = " " * indent
    return [f"{pad}{name}:", *(f"{pad}  {scalar(key, key=True)}: {scalar(text)}" for key, text in value)]


EXTRA = Shape(
    _read_extra,
    {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}},
    _write_extra,
    Exports(
        dict,
        {"type": "object", "additionalProperties": _STRING},
        lambda value: "; ".join(f"{key}: {text}" for key, text in value),
    ),
    (),
)
