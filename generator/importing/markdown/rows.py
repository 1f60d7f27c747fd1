"""The rows of a table as entries: the cell with the work's link is the title, the others become fields, links and columns."""

from __future__ import annotations

import re

from generator.importing.markdown.blocks import Block
from generator.importing.markdown.citation import people
from generator.importing.markdown.fields import YEAR, field_of, origin
from generator.importing.markdown.inline import Token, has_link, links_of, plain
from generator.importing.markdown.labels import extract, trimmed
from generator.importing.markdown.marks import Draft, without_images
from generator.importing.markdown.reading import read_item
from generator.importing.markdown.words import is_label, label_of, plain_key
from generator.markdown.text import clean

__all__ = ["entries_of_table"]

_TITLES = frozenset((
    "title", "name", "paper", "papers", "project", "tool", "resource", "book", "api", "course", "library", "model",
    "dataset", "article", "repository", "framework", "package", "software", "名称", "标题", "论文", "название", "titel",
    "titre", "título", "nombre", "nom",
))  # fmt: skip
_TEXTS = frozenset((
    "description", "desc", "summary", "about", "abstract", "tl;dr", "tldr", "note", "notes", "comment", "comments",
    "details", "what", "remarks", "preview", "introduction", "intro", "overview", "purpose", "usage", "介绍", "用途",
    "简介", "描述", "说明", "описание", "beschreibung", "descripción",
))  # fmt: skip
_KEY = re.compile(r"[.:;`|]+")


def entries_of_table(block: Block) -> list[Draft]:
    """One entry a row; of a table that is only layout, one a cell."""
    rows = block.rows
    if not rows:
        return []
    cells = [cell for row in rows for cell in row if cell]
    if _layout(rows):
        return [draft for cell in cells for part in _parts(cell) if (draft := read_item(part, block.line))]
    head = [] if any(has_link(cell) for cell in rows[0]) or len(rows) == 1 else rows[0]
    body = rows[1:] if head else rows
    names = [clean(plain(cell)) for cell in head]
    column = _title_column(names, body)
    return [draft for row in body if (draft := _row(row, names, column, block.line))]


def _layout(rows: list[list[list[Token]]]) -> bool:
    """Whether a table only sets links side by side: several cells of a row begin with a link that is no label."""
    body = [row for row in rows if any(plain(cell) or has_link(cell) for cell in row)]
    wide = [sum(map(_begins_with_link, row)) for row in body]
    named = rows[0] and any(plain(cell) and not has_link(cell) for cell in rows[0])
    return not named and len(body) > 0 and sum(count > 1 for count in wide) * 2 >= len(body) and max(wide, default=0) > 1


def _begins_with_link(cell: list[Token]) -> bool:
    return bool(cell) and cell[0]["type"] == "link" and not is_label(plain([cell[0]]))


def _parts(cell: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in cell:
        if token["type"] == "break" and token.get("hard"):
            parts.append([])
        else:
            parts[-1].append(token)
    linked = [part for part in parts if has_link(part)]
    return linked if len(linked) > 1 and all(_begins_with_link(part) for part in linked) else [cell]


def _title_column(names: list[str], body: list[list[list[Token]]]) -> int:
    """The column of the titles: by its name, else the first with links that aren't labels, else the first with text."""
    width = max(map(len, body), default=0)

    def texts(index: int) -> list[list[Token]]:
        return [row[index] for row in body if index < len(row) and (plain(row[index]) or has_link(row[index]))]

    named = [index for index in range(min(width, len(names))) if plain_key(names[index]) in _TITLES and any(
        not is_label(plain(cell)) for cell in texts(index))]  # fmt: skip
    worded = [
        index
        for index in range(width)
        if sum(has_link(cell) and not all(is_label(plain([link])) for link in links_of(cell)) for cell in texts(index)) * 2
        > len(texts(index))
        > 0
    ]
    both = [index for index in named if index in worded]
    for choice in (both, named, worded):
        if choice:
            return choice[0]
    return next((index for index in range(width) if any(re.search(r"[^\W\d_]", plain(cell)) for cell in texts(index))), 0)


def _row(row: list[list[Token]], names: list[str], column: int, line: int) -> Draft | None:
    if column >= len(row) or not (plain(row[column]) or has_link(row[column])):
        column = next((index for index, cell in enumerate(row) if plain(cell) or has_link(cell)), -1)
        column = column if column >= 0 else next((index for index, cell in enumerate(row) if cell), -1)
    if column < 0:
        return None
    draft = read_item(_flat(row[column]), line) or Draft(line=line)
    fields, used = _fields(row, names, column)
    for index, cell in enumerate(row):
        if index != column and index not in used and (plain(cell) or cell):
            _cell(draft, _flat(cell), names[index] if index < len(names) else "", index)
    if fields:
        draft.about = [*origin(fields), *([{"type": "stop"}] if draft.about else []), *draft.about]
    if draft.url is None and draft.links and (draft.title or len(draft.links) > 0):
        images = [link for link in draft.links if link[0] != "image"]
        if images:
            draft.links.remove(images[0])
            draft.url = images[0][1]
    if draft.title is None and draft.url is None:
        return None
    return draft


def _fields(row: list[list[Token]], names: list[str], column: int) -> tuple[dict[str, str], set[int]]:
    """The authors, the venue and the year that columns of these names give, and which columns those are.

    A page of ours says them together: without a year they stay columns.
    """
    fields: dict[str, str] = {}
    used: set[int] = set()
    for index, cell in enumerate(row[: len(names)]):
        name = field_of(names[index])
        value = clean(plain(cell))
        told = {
            "people": bool(people(value)),
            "year": bool(YEAR.fullmatch(value)),
            "venue": bool(re.fullmatch(r"[^_*`\[\]]{2,60}", value)),
        }
        if index != column and name and name not in fields and told[name] and not has_link(cell):
            fields[name] = value
            used.add(index)
    return (fields, used) if "year" in fields else ({}, set())


def _flat(cell: list[Token]) -> list[Token]:
    return [{"type": "text", "raw": " "} if token["type"] == "break" else token for token in cell]


def _cell(draft: Draft, cell: list[Token], name: str, index: int) -> None:
    """Another column: a description, labelled links, or a column of its own."""
    kept = without_images(cell, draft)
    if plain_key(name) in _TEXTS:
        said, found = extract(_texts(kept))
        draft.links += [(link.label, link.url) for link in found]
        draft.about += [{"type": "stop"}, *trimmed(said)] if draft.about else trimmed(said)
        return
    links = list(links_of(kept))
    for link in links:
        own = plain([link])
        generic = (
            not own
            or own == link["attrs"]["url"]
            or own.casefold() in {"link", "here", "url", "✓", "✔", "✅", "🔗", "yes"}
            or not re.search(r"\w", own)
        )
        draft.links.append((label_of(name if generic and name else own), str(link["attrs"]["url"])))
    rest = clean(plain([token for token in _texts(kept) if token["type"] != "link"]).strip(" ,;|/·()[]"))
    if rest and re.search(r"\w|[^\x00-\x7f]", rest):
        key = clean(_KEY.sub(" ", name))[:40].strip() or f"column {index + 1}"
        draft.extra.append((key, rest))


def _texts(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        if token["type"] in {"anchor", "empty", "struck"}:
            out.append({"type": "text", "raw": plain([token])})
        elif token["type"] == "other":
            out.append({"type": "text", "raw": f"{plain(token['children'])} ({token['raw']})"})
        else:
            out.append(token)
    return out
