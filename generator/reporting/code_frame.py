"""The line of a source that a problem is about, with a caret under the place."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate

from generator.reporting import sanitize

__all__ = ["code_frame"]


def code_frame(row: str, line: int, column: int, width: int = 100) -> list[str]:
    """Three lines: a bar, the row with its number, and a caret under `column` (from 1). At most `width` cells of a long row are shown.

    Characters that could act on a terminal are replaced one by one, so that columns stay.
    """
    row = row.rstrip("\r\n")
    at = min(max(column, 1), len(row) + 1) - 1
    whole = len(row) <= width and _cells(row) <= width
    start = 0 if whole else at - _fitting(row[max(0, at - width) : at][::-1], width // 2)
    shown = "".join(map(_visible, row[start : start + width]))
    shown = shown[: _fitting(shown, width)]
    before, after = "…" if start else "", "…" if start + len(shown) < len(row) else ""
    gutter = " " * len(str(line))
    pad = " " * (_cells(before) + _cells(shown[: at - start]))
    return [f" {gutter} |", f" {line} | {before}{shown}{after}".rstrip(), f" {gutter} | {pad}^"]


def _visible(char: str) -> str:
    if char == "\t" or char in "\u00a0\u3000":
        return " "
    shown = sanitize.lines(char)
    return shown if len(shown) == 1 else "\ufffd"


def _fitting(text: str, width: int) -> int:
    """The number of characters at the beginning of a text that fit into `width` cells."""
    return bisect_right(list(accumulate(map(_cells, text))), width)


def _cells(text: str) -> int:
    """The width of a text on a terminal (Unicode TR 11): wide characters take two cells, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
