"""Read one entry: from its YAML node to an `Entry`, with the problems of its fields."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from generator.markdown.autolinks import may_link
from generator.problems import Place, quoted
from generator.sources.catalogue.fields import ENTRY, ENTRY_SYNONYMS
from generator.sources.catalogue.ids import derive
from generator.sources.catalogue.links import MARKDOWN_FIELDS, urls_in
from generator.sources.catalogue.model import ATTRIBUTES, Entry
from generator.sources.markup import report_title, report_unshown
from generator.sources.yaml_tree import Mapping, Node, Scalar
from generator.sources.yaml_tree.reader import Reader
from generator.sources.yaml_tree.traps import quote

_MAX_MISSED = 20
_URL_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|<|\[.*\]\(|\S*[./]\S*$")


def read_entry(reader: Reader, node: Node, *, whole: bool = True) -> Entry | None:
    """The entry at a node; None, with a problem, if it has neither a title nor a URL.

    If the text wasn't read to its end (`whole` is False), such an entry isn't a problem: its title may have been cut off.
    """
    since = len(reader.problems)
    if isinstance(node, Scalar):
        return _bare(reader, node)
    if not isinstance(node, Mapping):
        reader.wrong_type(node, "an entry", "a URL or a mapping", "write each entry with one dash")
        return None
    found = reader.fields(node, ENTRY, "an entry", ENTRY_SYNONYMS)
    values: dict[str, Any] = {}
    more: dict[str, Any] = {}
    spots: list[tuple[str, Node]] = []
    for name, value in found.items():
        content = ENTRY[name].shape.read(reader, value, name, spots)
        if content is not None:
            (values if name in ATTRIBUTES else more)[name] = content
            spots.append((name, value))
    if "title" in found:
        report_title(reader, found["title"])
    if "description" in found:
        report_unshown(reader, found["description"], "description", "line")
    title, url = values.get("title"), values.get("url")
    if title is None and url is None:
        reported = any(problem.place.field in {"title", "url"} for problem in reader.problems[since:])
        if whole and not reported and "title" not in found and "url" not in found:
            hint = "write at least one of the two"
            reader.report("empty-entry", node, "an entry has a title or a url, and this one has neither", hint)
        return None
    given = values.pop("id", None)
    key = given or derive(title, url, values.get("authors", ()), values.get("year"))
    if len(reader.problems) > since:
        reader.label(since, key)
    path = reader.path
    places = {name: Place(path, spot.line, spot.column, key, name) for name, spot in spots}
    for name in MARKDOWN_FIELDS:
        if name in found:
            places |= link_places(reader, found[name], name, key)
    if more:
        values["more"] = MappingProxyType({name: value for name, value in more.items() if value != ()})
    place = Place(path, node.line, node.column, key)
    return Entry(id=key, place=place, id_given=given is not None, places=MappingProxyType(places), **values)


def link_places(reader: Reader, node: Node, name: str, entry: str | None = None) -> dict[str, Place]:
    """The places of the links in a text of several lines, as `description.0`; a link that can't be found there has none."""
    if not isinstance(node, Scalar) or node.line == node.end_line or not may_link(node.text):
        return {}
    rows = reader.rows[node.line - 1 : node.end_line]
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    text, at, missed = "\n".join(rows), node.column - 1, 0
    places: dict[str, Place] = {}
    for index, url in enumerate(urls_in(node.text.strip())):
        spot = text.find(url, at) if missed < _MAX_MISSED else -1
        if spot < 0:  # written otherwise, or in another order: each look goes to the end of the text
            missed += 1
            continue
        row = bisect_right(starts, spot) - 1
        places[f"{name}.{index}"] = Place(reader.path, node.line + row, spot - starts[row] + 1, entry, name)
        at = spot + len(url)
    return places


def _bare(reader: Reader, node: Scalar) -> Entry | None:
    url = reader.line(node, "an entry")
    if url is None:
        return None
    if not _URL_LIKE.match(url):
        hint = f"write - title: {quote(url) if ': ' in url else url}"
        reader.report("wrong-type", node, f"an entry is a URL or a mapping, but {quoted(url)} is neither", hint)
        return None
    key = derive(None, url, (), None)
    places = {"url": Place(reader.path, node.line, node.column, key, "url")}
    return Entry(id=key, place=Place(reader.path, node.line, node.column, key), url=url, places=MappingProxyType(places))
