"""Tables of entries in CSV, YAML or JSON as a topic: columns become fields by a mapping, others are kept as they are named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.importing.entry.people import people_of
from generator.importing.imported import Imported, LeftOut
from generator.importing.page.words import field_of, is_title_column, label_of, rank_of
from generator.importing.record_to_entry import named, work
from generator.problems import Place
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import KINDS, Author, Entry, Section, Topic
from linkcheck.urls import fault, web

__all__ = ["FIELDS", "Row", "csv_rows", "example", "guessed", "read_table", "rows_of"]

FIELDS = (
    "title", "url", "authors", "year", "date", "venue", "description", "abstract", "doi", "arxiv", "language", "tags", "kind", "id",
    "section",
)  # fmt: skip
"""Fields that a column may be mapped to, besides `links.LABEL`."""

Row = tuple[int, dict[str, object]]
"""A row's line (0 where unknown) and its values by column."""


@dataclass(frozen=True, slots=True)
class _Mapped:
    """One row: texts by field, links by label, what else there is, and the section."""

    fields: dict[str, str]
    authors: tuple[Author, ...]
    links: tuple[tuple[str, str], ...]
    extra: dict[str, str]
    section: str


def csv_rows(text: str) -> list[Row]:
    """The rows of a text with commas, semicolons or tabs, by the names in its first line."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] = []
    rows: list[Row] = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not names:
                names = [cell.strip() or f"column {number}" for number, cell in enumerate(cells, 1)]
            elif any(cell.strip() for cell in cells):
                rows.append((line, dict(zip(names, cells, strict=False))))
    except csv.Error:
        return rows
    return rows


def rows_of(found: object) -> list[Row]:
    """The rows of YAML or JSON: a list of mappings, by itself or under the only key that has one; nothing for other data."""
    if isinstance(found, Mapping):
        tables = [
            value
            for value in found.values()
            if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value)
        ]
        found = tables[0] if len(tables) == 1 else []
    if not isinstance(found, list) or not found or not all(isinstance(one, Mapping) for one in found):
        return []
    return [(0, dict(_flat(one))) for one in found]


def _flat(row: Mapping[object, object], lead: str = "") -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{lead}{key}.")
        else:
            yield f"{lead}{key}", value


def guessed(columns: Sequence[str]) -> dict[str, str]:
    """The mapping where columns have our fields' own names: field to column; {} where title or page are not among them."""
    found = {field: column for field in FIELDS for column in columns if column.strip().casefold() == field}
    return found if "url" in found or "title" in found else {}


def example(rows: Sequence[Row]) -> str:
    """A mapping that may be meant, as the option takes it: "title=Name,url=Link"."""
    columns = list(dict.fromkeys(column for _, row in rows for column in row))
    title = next(
        (
            column
            for column in columns
            if is_title_column(column) or "title" in column.casefold() or "name" in column.casefold()
        ),
        columns[0],
    )
    links = [
        column
        for column in columns
        if column != title and any(web(text) for _, row in rows[:20] for text in _texts(row.get(column)))
    ]
    url = min(links, key=lambda column: (rank_of(column) is None, columns.index(column)), default="Link")
    more = [f"{field}={column}" for column in columns if column not in {title, url} and (field := field_of(column))]
    return ",".join([f"title={title}", f"url={url}", *more[:2]])


def read_table(rows: Sequence[Row], mapping: Mapping[str, str], path: str, name: str) -> Imported:
    """The rows as a topic. `mapping` is field to column; web addresses in other columns become links, other texts `extra`."""
    entries: dict[str, list[Entry]] = {}
    left: list[LeftOut] = []
    for number, (line, values) in enumerate(rows, 1):
        row = _mapped(values, mapping)
        kind = row.fields.pop("kind", "other")
        key = row.fields.pop("id", "")
        fields = {**row.fields, **row.extra, **({} if kind in KINDS else {"kind": kind})}
        entry = work(
            fields, kind=kind if kind in KINDS else "other", authors=row.authors, key=key, place=Place(path, line or 1, 1)
        )
        if entry is None:
            left.append(
                LeftOut(
                    f"row {number}", f"it has no {' or '.join(mapping.get(field, field) for field in ('title', 'url'))}", line
                )
            )
            continue
        grouped: dict[str, tuple[str, ...]] = {}
        for label, url in row.links:
            grouped[label] = (*grouped.get(label, ()), url)
        entries.setdefault(row.section, []).append(replace(entry, links=tuple(grouped.items())))
    sections = tuple(Section(title, Place(path, 1, 1), entries=tuple(found)) for title, found in entries.items() if title)
    loose = tuple(entries.get("", ()))
    if loose and sections:
        sections, loose = (Section("General", Place(path, 1, 1), entries=loose), *sections), ()
    topic = Topic(slug(name) or "list", path, named(name), Place(path, 1, 1), entries=loose, sections=sections)
    return Imported(path, (topic,), tuple(left))


def _mapped(values: Mapping[str, object], mapping: Mapping[str, str]) -> _Mapped:
    fields = {
        field: _text(values.get(column))
        for field, column in mapping.items()
        if field not in {"authors", "section"} and not field.startswith("links.")
    }
    links = [
        (field.removeprefix("links."), url)
        for field, column in mapping.items()
        if field.startswith("links.")
        for url in _texts(values.get(column))
    ]
    extra: dict[str, str] = {}
    for column, value in values.items():
        if column in mapping.values():
            continue
        for text in _texts(value):
            if web(text) and fault(text) is None:
                links.append((label_of(column.rpartition(".")[2]), text))
            else:
                extra[column] = f"{extra[column]}, {text}" if column in extra else text
    if "url" not in fields and (page := next((one for one in links if rank_of(one[0]) is not None), None)):
        links.remove(page)
        fields["url"] = page[1]
    good = [(label, url) for label, url in links if web(url)]
    extra.update({label: url for label, url in links if not web(url) and url})
    return _Mapped(
        fields,
        _authors(values.get(mapping.get("authors", ""))),
        tuple(good),
        extra,
        _text(values.get(mapping.get("section", ""))),
    )


def _authors(value: object) -> tuple[Author, ...]:
    names = list(_texts(value))
    if len(names) == 1:
        who = people_of(names[0], citing=True)
        if who:
            return who.authors
        names = [part for part in names[0].replace(" and ", ";").split(";") if part.strip()]
    return tuple(author(name.strip()) for name in names)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, list):
        return [
            text for one in value for text in ([" ".join(map(str, one.values()))] if isinstance(one, Mapping) else _texts(one))
        ]
    text = "" if value is None else str(value).strip()
    return [text] if text else []


def _text(value: object) -> str:
    return ", ".join(_texts(value))
