"""A unified diff of texts, as git writes it and takes it: as few lines as there can be."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

_CONTEXT = 3
_MOST = 1000
"""So many lines may differ for the shortest diff to be sought: its cost grows with their square."""
_WINDOW = 120
"""Of more, so many lines are held against each other at once: the cost then grows with the file alone."""

_Part = tuple[int, int, int, int]
"""What differs: from and to (exclusive) in the old lines, then in the new ones."""


def diff(path: str, before: str, after: str, *, context: int = _CONTEXT) -> str:
    """The differences of one file, "" where there are none. A carriage return belongs to its line, as in git."""
    old, new = _lines(before), _lines(after)
    rows = [row for hunk in _hunks(_parts(old, new), context) for row in _shown(old, new, hunk, context)]
    if rows:
        rows = [f"--- a/{path}\n", f"+++ b/{path}\n", *rows]
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def _parts(old: Sequence[str], new: Sequence[str]) -> list[_Part]:
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    rows, others = old[start : len(old) - end], new[start : len(new) - end]
    found = _shortest(rows, others)
    inner = _windowed(rows, others) if found is None else found
    parts = [(at + start, stop + start, there + start, until + start) for at, stop, there, until in inner]
    for number in range(len(parts)):
        parts[number] = _settled(old, new, parts, number)
    return parts


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[_Part] | None:
    """By the greedy algorithm of Myers (1986); None where too many lines differ."""
    most = min(len(old) + len(new), _MOST)
    furthest, traces = array("q", bytes(8 * (2 * most + 3))), list[Sequence[int]]()
    for cost in range(most + 1):
        # Of the furthest places on each diagonal only those within reach are needed again.
        traces.append(furthest[most - cost : most + cost + 3])
        for diagonal in range(-cost, cost + 1, 2):
            left, right = furthest[most + diagonal], furthest[most + diagonal + 2]
            at = right if diagonal == -cost or (diagonal != cost and left < right) else left + 1
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            furthest[most + diagonal + 1] = at
            if at >= len(old) and at - diagonal >= len(new):
                return list(_between(_traced(traces, len(old), len(new)), len(old), len(new)))
    return None


def _traced(traces: Sequence[Sequence[int]], at: int, there: int) -> list[tuple[int, int]]:
    """The pairs of lines that are the same, by number."""
    found = list[tuple[int, int]]()
    for cost in range(len(traces) - 1, 0, -1):
        diagonal = at - there
        left, right = traces[cost][diagonal + cost], traces[cost][diagonal + cost + 2]
        down = diagonal == -cost or (diagonal != cost and left < right)
        before = right if down else left
        beside = before - (diagonal + 1 if down else diagonal - 1)
        while at > before and there > beside:
            at, there = at - 1, there - 1
            found.append((at, there))
        at, there = before, beside
    return [*((number, number) for number in range(at)), *reversed(found)]


def _between(pairs: Iterable[tuple[int, int]], length: int, other: int) -> Iterator[_Part]:
    at, there = 0, 0
    for row, beside in (*pairs, (length, other)):
        if (at, there) != (row, beside):
            yield at, row, there, beside
        at, there = row + 1, beside + 1


def _windowed(old: Sequence[str], new: Sequence[str]) -> Iterator[_Part]:
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


def _settled(old: Sequence[str], new: Sequence[str], parts: Sequence[_Part], number: int) -> _Part:
    """Lines that were only put in, or only taken out, among lines like them: where they begin furthest out, as items do."""
    at, stop, there, until = parts[number]
    if at != stop and there != until:
        return parts[number]
    lines, first, last, side = (new, there, until, 2) if at == stop else (old, at, stop, 0)
    floor = parts[number - 1][side + 1] if number else -1
    ceiling = parts[number + 1][side] if number + 1 < len(parts) else len(lines) + 1
    up, down = 0, 0
    while first - up > floor + 1 and lines[first - up - 1] == lines[last - up - 1]:
        up += 1
    while last + down < ceiling - 1 and lines[first + down] == lines[last + down]:
        down += 1
    best = min(range(-up, down + 1), key=lambda shift: (_depth(lines[first + shift]), abs(shift)))
    return at + best, stop + best, there + best, until + best


def _depth(line: str) -> tuple[int, bool]:
    """How far in a line begins; an empty one belongs to what stands before it."""
    bare = line.lstrip(" ")
    return (len(line) - len(bare), not bare.startswith("-")) if bare.strip() else (len(line) + 1000, True)


def _hunks(parts: Sequence[_Part], context: int) -> Iterator[list[_Part]]:
    """Parts whose surroundings touch, together."""
    hunk = list[_Part]()
    for part in parts:
        if hunk and part[0] - hunk[-1][1] > 2 * context:
            yield hunk
            hunk = []
        hunk.append(part)
    if hunk:
        yield hunk


def _shown(old: Sequence[str], new: Sequence[str], hunk: Sequence[_Part], context: int) -> Iterator[str]:
    first, last = max(0, hunk[0][0] - context), min(len(old), hunk[-1][1] + context)
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
