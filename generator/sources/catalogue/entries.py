"""One entry of a source: from its node to an `Entry`, with every problem of every field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Names
from types import MappingProxyType
from typing import Any

from generator.problems import Place, quoted
from generator.sources.catalogue import fields as table
from generator.sources.catalogue.authors import read_authors
from generator.sources.catalogue.identifiers import arxiv, doi, language
from generator.sources.catalogue.ids import derive, slug
from generator.sources.catalogue.model import Entry, NotDuplicate
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence
from generator.sources.yaml_tree.reader import Field, Reader
from generator.sources.yaml_tree.traps import quote
from linkcheck.model import Excuse, Outcome

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$")
YEARS = range(1000, 2201)
ACCEPTED = tuple(outcome.value for outcome in Outcome if outcome not in {Outcome.ALIVE, Outcome.UNCHECKED})

_FIELDS = {field.name: field for field in table.ENTRY}
_EXCUSE = {field.name: field for field in table.EXCUSE}
_NOT_DUPLICATE = {field.name: field for field in table.NOT_DUPLICATE}
_FOREIGN_CHOICES = {"kind": table.FOREIGN_KIND, "state": table.FOREIGN_STATE, "status": table.FOREIGN_STATUS}
_URL_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|<|\[.*\]\(|\S*[./]\S*$")


def read_entry(reader: Reader, node: Node, *, whole: bool = True) -> Entry | None:
    """The entry at a node; None, with a problem, where nothing of it can be used.

    In a text that wasn't read to its end (`whole` False), an entry without title and URL is left out silently.
    """
    since = len(reader.problems)
    if isinstance(node, Scalar):
        return _bare(reader, node)
    if not isinstance(node, Mapping):
        reader.wrong(node, "an entry", "a URL or a mapping", "write each entry with one dash")
        return None
    found = reader.fields(node, _FIELDS, "an entry", table.FOREIGN_ENTRY)
    values: dict[str, Any] = {}
    spots: list[tuple[str, Node]] = []
    for name, value in found.items():
        content = _READERS[name](reader, value, name, spots)
        if content is not None:
            values[name] = content
            spots.append((name, value))
    title, url = values.get("title"), values.get("url")
    if title is None and url is None:
        told = any(problem.place.field in {"title", "url"} for problem in reader.problems[since:])
        if whole and not told and "title" not in found and "url" not in found:
            hint = "write at least one of the two"
            reader.tell("empty-entry", node, "an entry has a title or a url, and this one has neither", hint)
        return None
    given = values.pop("id", None)
    key = given or derive(title, url, values.get("authors", ()), values.get("year"))
    if len(reader.problems) > since:
        reader.label(since, key)
    path = reader.path
    places = {name: Place(path, spot.line, spot.column, key, name) for name, spot in spots}
    place = Place(path, node.line, node.column, key)
    return Entry(id=key, place=place, id_given=given is not None, places=MappingProxyType(places), **values)


def _bare(reader: Reader, node: Scalar) -> Entry | None:
    url = reader.line(node, "an entry")
    if url is None:
        return None
    if not _URL_LIKE.match(url):
        hint = f"write - title: {quote(url) if ': ' in url else url}"
        reader.tell("wrong-type", node, f"an entry is a URL or a mapping, but {quoted(url)} is neither", hint)
        return None
    key = derive(None, url, (), None)
    places = {"url": Place(reader.path, node.line, node.column, key, "url")}
    return Entry(id=key, place=Place(reader.path, node.line, node.column, key), url=url, places=MappingProxyType(places))


_Spots = list[tuple[str, Node]]
_Read = Callable[[Reader, Node, str, _Spots], Any]


def _line(reader: Reader, node: Node, name: str, _: _Spots) -> str | None:
    return reader.line(node, name)


def _text(reader: Reader, node: Node, name: str, _: _Spots) -> str | None:
    return reader.text(node, name)


def _id(reader: Reader, node: Node, name: str, _: _Spots) -> str | None:
    text = reader.line(node, name)
    if text is None or ID.match(text):
        return text
    better = slug(text)
    hint = f"write {name}: {better}" if better else "use letters a to z, digits, - . and _"
    message = f"{name}: {quoted(text)} holds more than letters, digits, - . and _"
    reader.tell("bad-id", node, message, hint, field=name)
    return better or None


def _ids(reader: Reader, node: Node, name: str, spots: _Spots) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return reader.texts(node, name)
    return tuple([key for item in node.items if (key := _id(reader, item, name, spots)) is not None])


def _lines(reader: Reader, node: Node, name: str, _: _Spots) -> tuple[str, ...]:
    return reader.texts(node, name)


def _topics(reader: Reader, node: Node, name: str, spots: _Spots) -> tuple[str, ...]:
    slugs = reader.texts(node, name)
    if isinstance(node, Sequence):
        spots.extend((f"{name}.{index}", item) for index, item in enumerate(node.items))
    return tuple([text.removesuffix(".yaml").removesuffix(".md") for text in slugs])


def _choice(reader: Reader, node: Node, name: str, _: _Spots) -> str | None:
    return reader.choice(node, _FIELDS[name], _FOREIGN_CHOICES[name])


def _year(reader: Reader, node: Node, name: str, _: _Spots) -> int | None:
    year = reader.number(node, name)
    if year is None or year in YEARS:
        return year
    reader.tell("bad-year", node, f"{name}: {year} is no year of publication", "write four digits", field=name)
    return None


def _date(reader: Reader, node: Node, name: str, _: _Spots) -> object:
    return reader.day(node, name)


def _authors(reader: Reader, node: Node, name: str, _: _Spots) -> object:
    return read_authors(reader, node, name)


def _normalised(code: str, bring: Callable[[str], str | None], example: str) -> _Read:
    def read(reader: Reader, node: Node, name: str, _: _Spots) -> str | None:
        text = reader.line(node, name)
        if text is None:
            return None
        bare = bring(text)
        if bare is None:
            reader.tell(code, node, f"{name}: {quoted(text)} is not well formed", f"it looks like {example}", field=name)
        return bare

    return read


def _not_duplicates(reader: Reader, node: Node, name: str, _: _Spots) -> tuple[NotDuplicate, ...]:
    return tuple([NotDuplicate(key, reason) for key, reason, _ in read_reasons(reader, node, name, _NOT_DUPLICATE)])


def read_reasons(reader: Reader, node: Node, name: str, fields: Names[str, Field]) -> Iterator[tuple[str, str, Node]]:
    """The ids of entries with the reason given for each ("" where none is) and its node: a list of {id, reason}, or one alone."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Mapping):
            values = reader.fields(item, fields, name, {"why": "reason", "entry": "id"})
            texts = {key: text for key, value in values.items() if (text := reader.line(value, f"{name}.{key}"))}
            if missing := [key for key in fields if key not in values]:
                _missing(reader, item, name, missing)
            if "id" in texts:
                yield texts["id"], texts.get("reason", ""), item
        else:
            shown = item.text if isinstance(item, Scalar) else "..."
            hint = f"write {name}: [{{id: {shown}, reason: ...}}]"
            reader.wrong(item, name, "a list of {id, reason}", hint)


def _missing(reader: Reader, node: Node, field: str, names: list[str]) -> None:
    for name in names:
        reader.tell("missing-key", node, f"{field} has no {name}", f"add {name}: ...", field=f"{field}.{name}")


def _links(reader: Reader, node: Node, name: str, spots: _Spots) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    if not isinstance(node, Mapping):
        shown = node.text if isinstance(node, Scalar) else "https://..."
        reader.wrong(node, name, "a mapping from labels to URLs", f"write {name}: {{pdf: {shown}}}")
        return None
    found: list[tuple[str, tuple[str, ...]]] = []
    for key, value in node.items:
        label = " ".join(key.text.split())
        field = f"{name}.{label}"
        if isinstance(value, Sequence):
            urls: list[str] = []
            for item in value.items:
                url = reader.line(item, field, item=True)
                if url is not None:
                    spots.append((f"{field}.{len(urls)}", item))
                    urls.append(url)
        else:
            url = reader.line(value, field)
            urls = [url] if url is not None else []
            spots.append((field, value))
        if label and urls:
            found.append((label, tuple(urls)))
    return tuple(found)


def _excuse(reader: Reader, node: Node, name: str, spots: _Spots) -> Excuse | None:
    if not isinstance(node, Mapping):
        reader.wrong(node, name, "a mapping", f"write {name}: {{accept: [blocked], reason: ..., until: 2027-01-31}}")
        return None
    values = reader.fields(node, _EXCUSE, name, {"why": "reason", "outcomes": "accept", "codes": "accept", "expires": "until"})
    _missing(reader, node, name, [key for key, field in _EXCUSE.items() if field.required and key not in values])
    accept = _accept(reader, values["accept"]) if "accept" in values else ()
    reason = reader.line(values["reason"], f"{name}.reason") if "reason" in values else None
    until = reader.day(values["until"], f"{name}.until") if "until" in values else None
    spots.extend((f"{name}.{key}", value) for key, value in values.items())
    # Without the day it was meant to end on, an exception would hold for ever.
    if not accept or ("until" in values and until is None):
        return None
    return Excuse(accept, reason or "", until)


def _accept(reader: Reader, node: Node) -> tuple[str, ...]:
    field = "link_check.accept"
    items = node.items if isinstance(node, Sequence) else (node,)
    found: list[str] = []
    for item in items:
        if isinstance(item, Scalar) and item.kind == "int":
            if re.fullmatch(r"[1-9]\d\d", item.text):
                found.append(item.text)
            else:
                message = f"{quoted(item.text)} is no status code"
                reader.tell("bad-status-code", item, message, "three digits, as 403", field=field)
        else:
            word = reader.choice(item, Field("outcome", "choice", "", ACCEPTED), {"forbidden": "blocked", "timeout": "failing"})
            if word:
                found.append(word)
    return tuple(found)


def _extra(reader: Reader, node: Node, name: str, _: _Spots) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(node, Mapping):
        reader.wrong(node, name, "a mapping from names to texts")
        return None
    found: list[tuple[str, str]] = []
    for key, value in node.items:
        if isinstance(value, Scalar):
            found.append((key.text, value.text))
        else:
            reader.wrong(value, f"{name}.{key.text}", "a text")
    return tuple(found)


_BY_SHAPE: dict[str, _Read] = {
    "line": _line, "url": _line, "text": _text, "id": _id, "ids": _ids, "lines": _lines, "topics": _topics, "choice": _choice,
    "year": _year, "date": _date, "authors": _authors, "not_duplicates": _not_duplicates, "links": _links, "excuse": _excuse,
    "extra": _extra,
    "doi": _normalised("bad-doi", doi, "10.1000/xyz"),
    "arxiv": _normalised("bad-arxiv", arxiv, '"1803.00567" or "math/0309136"'),
    "language": _normalised("bad-language", language, "de, pt-BR or zh-Hant"),
}  # fmt: skip
_READERS = {field.name: _BY_SHAPE[field.shape] for field in table.ENTRY}
