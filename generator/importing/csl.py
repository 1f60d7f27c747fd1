"""CSL-JSON and CSL-YAML, as Zotero exports them, and the YAML of other list managers read as plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.importing.imported import Imported, LeftOut
from generator.importing.record_to_entry import topic_of, work
from generator.problems import Place
from generator.sources.catalogue.model import Author, Entry
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar, read

__all__ = ["is_csl", "plain", "read_csl", "values"]

_KINDS = {
    "article-journal": "paper", "paper-conference": "paper", "chapter": "paper", "article": "preprint", "report": "paper",
    "book": "book", "thesis": "thesis", "software": "software", "dataset": "dataset", "webpage": "other", "post-weblog": "blog",
    "post": "blog", "speech": "lecture", "motion_picture": "video", "broadcast": "video", "manuscript": "preprint",
    "review": "survey", "review-book": "survey", "article-magazine": "blog", "article-newspaper": "blog",
}  # fmt: skip
_OURS = {
    "URL": "url", "DOI": "doi", "container-title": "venue", "event-title": "venue", "event": "venue", "abstract": "abstract",
    "note": "description", "annote": "description", "keyword": "tags", "language": "language", "title": "title",
}  # fmt: skip
_SILENT = frozenset(
    ("id", "type", "author", "issued", "accessed", "citation-key", "title-short", "container-title-short", "custom")
)
_ARXIV = re.compile(r"arxiv[:. ]\s*(\S+)", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|span|sc|em|strong)\b[^>]*>", re.IGNORECASE)


def values(text: str | bytes) -> tuple[Any, str]:
    """A JSON or YAML text as plain values, numbers and dates as the text they were written as; and why it can't be read, or ""."""
    shown = text.decode("utf-8-sig", "replace") if isinstance(text, bytes) else text
    if shown.lstrip()[:1] in {"[", "{"}:
        try:
            return json.loads(shown), ""
        except (ValueError, RecursionError) as error:
            return None, f"it is not well formed: {error}"
    tree = read(shown, "")
    if not tree.whole:
        return None, tree.problems[0].message if tree.problems else "it can't be read to its end"
    return (plain(tree.root) if tree.root is not None else None), ""


def plain(node: Node) -> Any:  # noqa: ANN401  # as deep as the text
    """A node as lists, dicts and texts; nothing ("null") as None."""
    if isinstance(node, Scalar):
        return None if node.kind in {"null", "lost"} else node.text
    if isinstance(node, Pairs):
        return {key.text: plain(value) for key, value in node.items}
    return [plain(item) for item in node.items]


def _items(found: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(found, Mapping):
        found = found.get("references") or found.get("items") or []
    return list(found) if isinstance(found, list) else []


def is_csl(found: Any) -> bool:  # noqa: ANN401
    """Whether values are a CSL bibliography: items with a type or a title, and an id."""
    items = _items(found)
    return bool(items) and all(
        isinstance(item, Mapping) and "id" in item and ("title" in item or "type" in item) for item in items
    )


def read_csl(found: Any, path: str, name: str) -> Imported:  # noqa: ANN401
    """The items of a bibliography as one topic, in their order."""
    entries: list[Entry] = []
    left: list[LeftOut] = []
    for number, item in enumerate(_items(found), 1):
        entry = _entry(item, path)
        if entry is None:
            left.append(LeftOut(f"item {number}", "it has neither title nor address"))
        else:
            entries.append(entry)
    return Imported(path, (topic_of(name, path, entries),), tuple(left))


def _entry(item: Mapping[str, Any], path: str) -> Entry | None:
    fields: dict[str, str] = {}
    for key, value in item.items():
        shown = _shown(value)
        if key in _SILENT or not shown:
            continue
        target = _OURS.get(key, key)
        fields[target if target not in fields else key] = shown
    fields["date" if len(_issued(item)) > 4 else "year"] = _issued(item)
    number = _ARXIV.search(
        f"{item.get('number', '')} {item.get('archive', '')}:{item.get('archive_location', '')} {item.get('note', '')}"
    )
    if number:
        fields["arxiv"] = number[1].strip(":;,.")
    kind = _KINDS.get(str(item.get("type", "")), "other")
    key = str(item.get("citation-key") or item.get("id") or "")
    return work(fields, kind=kind, authors=_authors(item.get("author")), key=key, place=Place(path))


def _shown(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str | int | float):
        return " ".join(_MARKUP.sub("", str(value)).split())
    return ", ".join(map(str, value)) if isinstance(value, list) and all(isinstance(one, str) for one in value) else ""


def _authors(found: Any) -> Iterator[Author]:  # noqa: ANN401
    for one in found if isinstance(found, list) else []:
        if not isinstance(one, Mapping):
            continue
        family = " ".join(filter(None, (str(one.get("non-dropping-particle") or ""), str(one.get("family") or ""))))
        given = " ".join(filter(None, (str(one.get("given") or ""), str(one.get("dropping-particle") or ""))))
        literal = str(one.get("literal") or "")
        if family and given:
            yield Author(family=family, given=given)
        elif family or given or literal:
            yield Author(literal=literal or family or given)


def _issued(item: Mapping[str, Any]) -> str:
    """The date of publication, or the year."""
    found = item.get("issued")
    if isinstance(found, Mapping):
        parts = found.get("date-parts")
        if isinstance(parts, Sequence) and parts and isinstance(parts[0], list) and parts[0]:
            numbers = [str(part) for part in parts[0]]
            if len(numbers) == 3 and all(number.isdigit() for number in numbers):
                return f"{numbers[0]}-{int(numbers[1]):02}-{int(numbers[2]):02}"
            return numbers[0]
        return str(found.get("raw") or found.get("literal") or found.get("year") or "")
    if isinstance(found, list) and found and isinstance(found[0], Mapping):
        first = found[0]
        numbers = [str(first.get(name) or "") for name in ("year", "month", "day")]
        return f"{numbers[0]}-{int(numbers[1]):02}-{int(numbers[2]):02}" if all(n.isdigit() for n in numbers) else numbers[0]
    return str(found or "")
