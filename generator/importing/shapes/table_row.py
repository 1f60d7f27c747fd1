"""The rows of a table: the cell with the work's title, and columns that become fields, links and extras."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.entry.citation import is_dated
from generator.importing.entry.record import Record
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Break, Link, Spans, has_link, lines_of, links_of, plain, stripped
from generator.importing.page.words import field_of, is_label, is_title_column, rank_of
from generator.importing.shapes.model import Claim, Facts
from generator.markdown.text import clean

__all__ = ["claim", "rows_of_table"]

# A column that only numbers the rows says no more than the marks of a numbered list.
_NUMBER_COLUMN = re.compile(r"(?:s(?:r|l|\.)?[ .]*)?(?:no|nr|num|number|#|№|index|id|序号)?\.?", re.IGNORECASE)
_NUMBERED = re.compile(r"[#(]?\d{1,5}[.):]?")


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """A table as a whole: one entry a row; one a cell where it is only layout."""
    _ = facts
    block = blocks[at]
    records = rows_of_table(block) if block.kind == "table" else []
    return (
        Claim(
            at + 1,
            1.0 if any(has_link(cell) for _, row in block.rows for cell in row) else 0.5,
            tuple(records),
            "rows of a table",
        )
        if records
        else None
    )


def rows_of_table(block: Block) -> list[Record]:
    """The records of a table's rows."""
    rows = [(line, [stripped(cell) for cell in cells]) for line, cells in block.rows]
    if not rows:
        return []
    if _layout([cells for _, cells in rows]):
        return [Record(line, part) for line, cells in rows for cell in cells if cell for part in _parts(cell)]
    headless = any(has_link(cell) for cell in rows[0][1]) or len(rows) == 1
    names = [] if headless else [clean(plain(cell)) for cell in rows[0][1]]
    body = rows if headless else rows[1:]
    column = _title_column(names, [cells for _, cells in body])
    return [record for line, cells in body if (record := _record(line, cells, names, column))]


def _layout(rows: list[list[Spans]]) -> bool:
    """Whether a table only sets links side by side: several cells of a row begin with a link that is no label."""
    body = [row for row in rows if any(plain(cell) or has_link(cell) for cell in row)]
    wide = [sum(map(_begins, row)) for row in body]
    named = rows[0] and any(plain(cell) and not has_link(cell) for cell in rows[0])
    return not named and bool(body) and sum(count > 1 for count in wide) * 2 >= len(body) and max(wide, default=0) > 1


def _begins(cell: Spans) -> bool:
    return bool(cell) and isinstance(cell[0], Link) and not is_label(cell[0].text)


def _parts(cell: Spans) -> list[Spans]:
    """The lines of a cell where each is a link of its own, else the cell."""
    lines = [line for line in lines_of(cell) if has_link(line)] if any(isinstance(span, Break) for span in cell) else []
    return lines if len(lines) > 1 and all(_begins(stripped(line)) for line in lines) else [cell]


def _title_column(names: list[str], body: list[list[Spans]]) -> int:
    """The column of the titles: by its name, by links that aren't labels, by what most distinguishes its rows."""
    width = max(map(len, body), default=0)
    return max(range(width), key=lambda index: (_fit(index, names, body), -index), default=0)


def _fit(index: int, names: list[str], body: list[list[Spans]]) -> float:
    cells = [row[index] for row in body if index < len(row) and (plain(row[index]) or has_link(row[index]))]
    if not cells:
        return -10.0
    name = names[index] if index < len(names) else ""
    texts = [plain(cell) for cell in cells]
    linked = sum(any(not is_label(link.text) and link.text for link in links_of(cell, "web", "file")) for cell in cells) / len(
        cells
    )
    labels = sum(
        has_link(cell) and all(is_label(link.text) for link in links_of(cell, "web", "file", "other")) for cell in cells
    ) / len(cells)
    worded = sum(bool(re.search(r"[^\W\d_]", text)) for text in texts) / len(cells)
    dated = sum(map(is_dated, texts)) / len(cells)
    distinct = len(set(texts)) / len(texts)
    whole = sum(bool(cell) and isinstance(stripped(cell)[0], Link) for cell in cells if stripped(cell)) / len(cells)
    score = 2.0 * worded + distinct + 1.5 * linked + whole - 4.0 * labels - 4.0 * dated
    score += 3.5 if is_title_column(name) else 0.0
    return (
        score
        - (2.0 if field_of(name) else 0.0)
        - (0.5 if name and not is_title_column(name) and rank_of(name) is None and is_label(name) else 0.0)
    )


def _record(line: int, cells: list[Spans], names: list[str], column: int) -> Record | None:
    """A row; where its title's cell is empty, the first that isn't has the title."""
    if column >= len(cells) or not (re.search(r"\w", plain(cells[column])) or has_link(cells[column])):
        column = next((index for index, cell in enumerate(cells) if re.search(r"\w", plain(cell)) or has_link(cell)), -1)
    if column < 0:
        column = next((index for index, cell in enumerate(cells) if cell), -1)
    if column < 0:
        return None
    named = tuple(
        ((names[index] if index < len(names) else "") or (f"column {index + 1}" if names else ""), cell)
        for index, cell in enumerate(cells)
        if index != column
        and cell
        and not (
            _NUMBERED.fullmatch(plain(cell))
            and not has_link(cell)
            and (index >= len(names) or _NUMBER_COLUMN.fullmatch(names[index]))
        )
    )
    whole = names and column < len(names) and not any(isinstance(span, Break) for span in cells[column])
    titled = whole and is_title_column(names[column]) and (not has_link(cells[column]) or _sentence(cells[column]))
    return Record(line, () if titled else cells[column], cells[column] if titled else (), named)


def _sentence(cell: Spans) -> bool:
    """Whether a title's cell is a sentence with a link in it."""
    lead = plain(cell[: next((at for at, span in enumerate(cell) if isinstance(span, Link)), 0)])
    return len(re.findall(r"\w+", lead)) > 0
