"""A unified diff of texts, as git writes it and takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_CONTEXT = 3
_WINDOW = 120
"""So many lines are held against each other at once: a diff of small changes in a large file then costs what they do."""

_Part = tuple[int, int, int, int]


def diff(path: str, before: str, after: str) -> str:
    """The differences of one file, "" where there are none. A carriage return belongs to its line, as in git."""
    old, new = _lines(before), _lines(after)
    rows = [row for hunk in _hunks(list(_parts(old, new))) for row in _shown(old, new, hunk)]
    if rows:
        rows = [f"--- a/{path}\n", f"+++ b/{path}\n", *rows]
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[_Part]:
    """The parts that differ: from and to (exclusive) in the old lines, then in the new ones."""
    at, there = 0, 0
    while at < len(old) or there < len(new):
        if at < len(old) and there < len(new) and old[at] == new[there]:
            at, there = at + 1, there + 1
            continue
        size = _WINDOW
        while True:
            rows, others = old[at : at + size], new[there : there + size]
            blocks = SequenceMatcher(None, rows, others, autojunk=False).get_matching_blocks()
            rest = at + size >= len(old) and there + size >= len(new)
            block = next((one for one in blocks if one.size >= _CONTEXT), None) or (blocks[0] if rest else None)
            if block is not None:
                break
            size *= 4
        yield at, at + block.a, there, there + block.b
        at, there = at + block.a, there + block.b


def _hunks(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Parts whose surroundings touch, together."""
    hunk = list[_Part]()
    for part in parts:
        if hunk and part[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(part)
    if hunk:
        yield hunk


def _shown(old: Sequence[str], new: Sequence[str], hunk: Sequence[_Part]) -> Iterator[str]:
    first, last = max(0, hunk[0][0] - _CONTEXT), min(len(old), hunk[-1][1] + _CONTEXT)
    begin = hunk[0][2] - (hunk[0][0] - first)
    end = hunk[-1][3] + (last - hunk[-1][1])
    yield f"@@ -{_range(first, last)} +{_range(begin, end)} @@\n"
    at = first
    for start, stop, there, until in hunk:
        yield from (f" {row}" for row in old[at:start])
        yield from (f"-{row}" for row in old[start:stop])
        yield from (f"+{row}" for row in new[there:until])
        at = stop
    yield from (f" {row}" for row in old[at:last])


def _range(start: int, stop: int) -> str:
    # An empty range is named by the line before it.
    return f"{start + 1 if stop > start else start},{stop - start}"
