"""Pipe tables, read from their raw rows: a row may have a cell too few or too many, as in every list that people edit."""

from __future__ import annotations

import re

__all__ = ["rows_of"]

# A wide gap between a title and a sentence, which GitHub shows as one space, was meant as the end of a line.
_GAP = re.compile(r"(?<=[\w.?!)*])[ \t]{2,}(?=[A-Z])")
_DELIMITER = re.compile(r"[ \t]*:?-+:?[ \t]*$")


def rows_of(lines: list[str]) -> list[tuple[int, list[str]]]:
    """The cells of every row with its index, the head first, the delimiter row left out; nothing where the lines make no table."""
    if len(lines) < 2:
        return []
    head, rule = _cells(lines[0]), _cells(lines[1])
    if len(head) != len(rule) or not all(_DELIMITER.match(cell) or not cell.strip() for cell in rule):
        return []
    return [(0, head), *((at, _cells(line)) for at, line in enumerate(lines[2:], 2) if line.strip())]


def _cells(line: str) -> list[str]:
    r"""The cells of a row. A pipe in a cell is written `\|`, also within code (GFM 4.10)."""
    text = line.strip()
    cells = [""]
    at = 1 if text.startswith("|") else 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            cells[-1] += "|" if text[at + 1] == "|" else text[at : at + 2]
            at += 2
            continue
        if char == "|":
            cells.append("")
        else:
            cells[-1] += char
        at += 1
    if len(cells) > 1 and not cells[-1].strip() and text.endswith("|"):
        cells.pop()
    # A comment's way of writing is no cell: `|[//]: # (a note)`.
    return [_GAP.sub("<br>", cell.strip()) for cell in cells if not cell.lstrip().startswith("[//]:")]
