"""CSL-JSON and CSL-YAML, as Zotero exports them, and the YAML of other list managers read as plain values."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.importing.imported import Imported, LeftOut
from generator.importing.issued import Issued, issued_of
from generator.importing.record_to_entry import Record, arxiv_in, entry_of, topic_of
from generator.problems import Place
from generator.publishing.data.csl import STATUS
from generator.publishing.data.kinds import csl_type
from generator.publishing.data.tex import protected_by_itself
from generator.publishing.data.vocabulary import BY_CSL, CSL_TYPES
from generator.sources.catalogue.authors import people_text
from generator.sources.catalogue.model import KINDS, STATES, STATUSES, Author, Entry
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar, read

__all__ = ["is_csl", "plain", "read_csl", "values"]

_KINDS = {
    "article-journal": "paper", "paper-conference": "paper", "chapter": "paper", "article": "preprint", "report": "paper",
    "book": "book", "thesis": "thesis", "software": "software", "dataset": "dataset", "webpage": "other", "post-weblog": "blog",
    "post": "blog", "speech": "lecture", "motion_picture": "video", "broadcast": "video", "manuscript": "preprint",
    "review": "survey", "review-book": "survey", "article-magazine": "blog", "article-newspaper": "blog", "event": "workshop",
}  # fmt: skip
_OURS = {
    "URL": "url", "DOI": "doi", "container-title": "venue", "abstract": "abstract", "keyword": "tags", "language": "language",
    "title": "title", "volume": "volume", "issue": "issue", "page": "pages", "publisher": "publisher",
}  # fmt: skip
_READ = frozenset((
    "id", "type", "author", "editor", "issued", "citation-key", "custom", "status", "note", "annote", "citation-label", "system_id",
))  # fmt: skip
"""Variables that are read by name, and keys without a meaning outside the file."""
_ARXIV = re.compile(r"arxiv[:. ]\s*(\S+)", re.IGNORECASE)
_NOCASE = re.compile(r"<span\s+class=[\"']nocase[\"']\s*>([^<>]*)</span>", re.IGNORECASE)
_RAISED = re.compile(r"<(su[bp])>([^<>]*)</su[bp]>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|span|sc|em|strong)\b[^>]*>", re.IGNORECASE)
_LETTERS = {
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
}
_STATUSES = (
    {text: status for status, text in STATUS.items()} | {status: status for status in STATUSES} | {"forthcoming": "in-press"}
)
_JOINED = re.compile(r"[\w'’-]*[-'’]$")


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
    """The items of a bibliography as one topic, in their order; `notes` say what of them is kept in another form."""
    entries: list[Entry] = []
    left: list[LeftOut] = []
    notes: list[LeftOut] = []
    lost: Counter[str] = Counter()
    keys: set[str] = set()
    for number, item in enumerate(_items(found), 1):
        key = str(item.get("citation-key") or item.get("id") or "")
        if key in keys:
            notes.append(LeftOut(key, f"the id of item {number} stands in the file twice: this entry gets another"))
        entry = _entry(item, path, "" if key in keys else key, lost)
        keys.add(key)
        if entry is None:
            left.append(LeftOut(f"item {number}", "it has neither title nor address"))
        else:
            entries.append(entry)
    notes += [
        LeftOut(what, f"it is not taken over ({count} times)" if count > 1 else "it is not taken over")
        for what, count in lost.items()
    ]
    return Imported(path, (topic_of(name, path, entries),), tuple(left), tuple(notes))


def _entry(item: Mapping[str, Any], path: str, key: str, lost: Counter[str]) -> Entry | None:
    kind = str(item.get("type") or "")
    record = Record(key=key, place=Place(path), kind=_KINDS.get(kind, "other"))
    record.authors, record.editors = tuple(_people(item.get("author"))), tuple(_people(item.get("editor")))
    record.issued = _date(item.get("issued"))
    for name, value in item.items():
        if name not in _READ:
            _take(record, name, value, lost)
    title = str(item.get("title") or "")
    words = protected_by_itself(_shown(title))
    record.keep_case = tuple(dict.fromkeys(one for one in map(_shown, _NOCASE.findall(title)) if one and one not in words))
    _set_notes(record, item)
    _set_venue(record)
    _set_arxiv(record, item)
    _set_custom(record, item.get("custom"))
    entry = entry_of(record)
    return replace(entry, cite_as=kind) if entry and kind in CSL_TYPES and csl_type(entry) != kind else entry


def _take(record: Record, name: str, value: Any, lost: Counter[str]) -> None:  # noqa: ANN401
    """One variable of an item, as what it is in an entry."""
    variable = BY_CSL.get(name)
    if variable and variable.shape == "people":
        if people := people_text(_people(value)):
            record.extra[variable.name] = people
    elif variable and variable.shape == "date":
        found = _date(value)
        if text := found.day.isoformat() if found.day else found.text or str(found.year or ""):
            record.extra[variable.name] = text
    elif shown := _shown(value):
        if name in _OURS:
            record.texts[_OURS[name]] = shown
        else:
            record.extra.setdefault(variable.name if variable else name, shown)
        if _MARKUP.search(_RAISED.sub("", _NOCASE.sub("", str(value)))):
            lost[f"markup in {name}"] += 1
    elif value:
        lost[name] += 1


def _shown(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str | int | float):
        raised = _RAISED.sub(lambda found: found[2].translate(_LETTERS[found[1].lower()]), str(value))
        return " ".join(html.unescape(_MARKUP.sub("", raised)).split())
    return ", ".join(map(str, value)) if isinstance(value, list) and all(isinstance(one, str) for one in value) else ""


def _set_notes(record: Record, item: Mapping[str, Any]) -> None:
    """A note is a description; beside an annotation, it stays a note."""
    note, annotation = _shown(item.get("note")), _shown(item.get("annote"))
    record.texts["description"] = annotation or note
    if annotation and note:
        record.extra["note"] = note
    status = _shown(item.get("status"))
    record.status = _STATUSES.get(status.casefold()) or issued_of(status).status
    if status and not record.status:
        record.extra["status"] = status


def _set_venue(record: Record) -> None:
    """The venue, where an item has only an event, or a thesis or report only a publisher."""
    if not record.texts.get("venue") and record.extra.get("eventtitle") and record.kind != "lecture":
        record.texts["venue"] = record.extra["eventtitle"]


def _set_arxiv(record: Record, item: Mapping[str, Any]) -> None:
    number = _ARXIV.search(
        f"{item.get('number', '')} {item.get('archive', '')}:{item.get('archive_location', '')} {item.get('note', '')}"
    )
    if number:
        record.texts["arxiv"] = number[1].strip(":;,.")
    before = record.texts.get("description", "")
    record.extra.setdefault("note", before)
    arxiv_in(record)
    if before and "note" not in record.extra:
        record.texts["description"] = ""
    elif record.extra.get("note") == record.texts.get("description"):
        del record.extra["note"]
    if str(record.extra.get("archive", "")).casefold() == "arxiv" and record.texts.get("arxiv"):
        del record.extra["archive"]


def _set_custom(record: Record, custom: Any) -> None:  # noqa: ANN401
    """The kind, state and links that our own export keeps under `custom`."""
    if not isinstance(custom, Mapping):
        return
    if custom.get("kind") in KINDS:
        record.kind = str(custom["kind"])
    if custom.get("state") in STATES:
        record.state = str(custom["state"])
    links = custom.get("links")
    for label, urls in links.items() if isinstance(links, Mapping) else ():
        record.links += [(str(label), str(url)) for url in (urls if isinstance(urls, list) else [urls])]


def _people(found: Any) -> Iterator[Author]:  # noqa: ANN401
    for one in found if isinstance(found, list) else []:
        if not isinstance(one, Mapping):
            continue
        family = _joined(_shown(one.get("non-dropping-particle")), _shown(one.get("family")))
        given = " ".join(filter(None, (_shown(one.get("given")), _shown(one.get("dropping-particle")))))
        literal = _shown(one.get("literal"))
        if family and given:
            yield Author(family=family, given=given, suffix=_shown(one.get("suffix")))
        elif family or given or literal:
            yield Author(literal=literal or family or given)


def _joined(particle: str, family: str) -> str:
    """A particle with its name: d'Alembert is one word, van Dyck two."""
    if not particle or not family:
        return particle or family
    return f"{particle}{family}" if _JOINED.search(particle) else f"{particle} {family}"


def _date(found: Any) -> Issued:  # noqa: ANN401
    """A date, a range, a season or a text, in the forms of CSL-JSON and CSL-YAML."""
    if isinstance(found, Mapping):
        parts = found.get("date-parts")
        if isinstance(parts, Sequence) and not isinstance(parts, str) and parts:
            ends = [_day(part) for part in parts[:2] if isinstance(part, list) and part]
            return issued_of("/".join(_with_more(end, found) for end in ends))
        if found.get("year"):
            return _date([found])
        return issued_of(_shown(found.get("edtf") or found.get("raw") or found.get("literal")))
    if isinstance(found, list) and found and isinstance(found[0], Mapping):
        ends = [_day([one.get(name) for name in ("year", "month", "day")]) for one in found[:2]]
        return issued_of("/".join(_with_more(end, found[0]) for end in ends))
    return issued_of(_shown(found))


def _day(parts: Sequence[Any]) -> str:
    """The parts of a date as biblatex writes it, years before Christ with four digits."""
    numbers = [str(part) for part in parts if part not in {None, "", 0, "0"}][:3]
    if not numbers:
        return ""
    year = f"-{numbers[0][1:].zfill(4)}" if numbers[0].startswith("-") else numbers[0]
    return "-".join([year, *(f"{int(number):02}" if number.isdigit() else number for number in numbers[1:])])


def _with_more(day: str, date: Mapping[str, Any]) -> str:
    """A day with the season and the doubt of its date."""
    season = str(date.get("season") or "")
    if season in {"1", "2", "3", "4"} and day.isdigit():
        day = f"{day}-2{season}"
    return f"{day}~" if str(date.get("circa") or "").casefold() not in {"", "false", "0"} else day
