"""Fixes that quote strings which YAML misreads without quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from generator.editing.edit import Edit, Source
from generator.editing.edit.source import Spot
from generator.editing.fixes.model import Fix, FixContext
from generator.problems import Place, Problem
from generator.sources.catalogue.fields import KEYS
from generator.sources.yaml_tree import Mapping, Scalar, repairs
from generator.sources.yaml_tree.traps import Repair, quote

_REPAIRED = frozenset({"unquoted-colon", "needs-quotes", "bad-escape", "odd-space"})
_MISREAD = frozenset({"needs-quotes", "unquoted-colon", "unquoted-hash"})

_Span = tuple[int, int, str]
"""Start and end column (from 0) in a line, and the text to put there."""


def find(context: FixContext) -> Iterator[Fix]:
    """A fix for each line. In files that aren't valid YAML, only the lines that make them invalid."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in context.problems:
        if problem.code in _MISREAD:
            by_path[problem.place.path].append(problem)
    for path, source in context.sources.items():
        problems = by_path.get(path, [])
        if source.problems and (broken := repairs(source.data, path, KEYS)):
            yield from _line_repairs(source, broken, problems)
        elif problems and not source.uneditable:
            yield from _value_repairs(source, problems)


def _line_repairs(source: Source, broken: tuple[Repair, ...], problems: list[Problem]) -> Iterator[Fix]:
    """Fixes for lines that are valid YAML once quoted."""
    rows = Counter(row for repair in broken for row in _lines_of(repair))
    for repair in broken:
        if repair.code not in _REPAIRED or not repair.text or any(rows[row] > 1 for row in _lines_of(repair)):
            continue
        first = repair.start or repair.line
        old = "".join(source.lines[first - 1 : first - 1 + len(_lines_of(repair))])
        problem = next((one for one in problems if (one.place.line, one.code) == (repair.line, repair.code)), None)
        if old != repair.text:
            at = problem.place if problem else None
            edit = Edit(source.path, None, "", old, repair.text, first)
            yield Fix("quoting", at or _place(source, repair), repair.message, (edit,))


def _lines_of(repair: Repair) -> range:
    first = repair.start or repair.line
    return range(first, first + max(1, len(repair.text.splitlines())))


def _value_repairs(source: Source, problems: list[Problem]) -> Iterator[Fix]:
    """Fixes for values that YAML reads as another type, or cuts off at `#`."""
    lines: dict[int, list[tuple[Problem, _Span]]] = defaultdict(list)
    for problem in problems:
        span = _cut(source, problem) if problem.code == "unquoted-hash" else _misread(source, problem)
        if span is not None:
            lines[problem.place.line].append((problem, span))
    for number, found in lines.items():
        old = new = source.lines[number - 1]
        for _, (start, end, text) in sorted(found, key=lambda one: one[1], reverse=True):
            new = new[:start] + text + new[end:]
        message = "; ".join(problem.message for problem, _ in found)
        yield Fix("quoting", found[0][0].place, message, (Edit(source.path, None, "", old, new, number),))


def _misread(source: Source, problem: Problem) -> _Span | None:
    """The quoted value of a problem, such as a number, a date or `Word: rest`; None where it can't be quoted in place."""
    spot = source.at(problem.place.line, problem.place.column)
    if spot is None:
        return None
    first = last = spot.node
    if isinstance(first, Mapping) and len(first.items) == 1 and not source.flow(first):
        first, last = first.items[0]
    if not isinstance(first, Scalar) or not isinstance(last, Scalar) or {first.style, last.style} != {"plain"}:
        return None
    if first.line != last.end_line or source.start(first) != source.index(first.line, first.column):
        return None
    start, end = first.column - 1, last.end_column - 1
    return start, end, quote(source.lines[first.line - 1][start:end])


def _cut(source: Source, problem: Problem) -> _Span | None:
    """The quoted value including what YAML took for a comment; None for URLs and in flow style."""
    at = problem.place
    ends = (spot for spot in source.walk() if _ends_before(spot, at.line, at.column))
    spot = max(ends, key=lambda one: one.node.column, default=None)
    if spot is None or not isinstance(spot.node, Scalar) or "://" in spot.node.text or source.inside_brackets(spot):
        return None
    start, line = spot.node.column - 1, source.lines[at.line - 1]
    whole = line[start:].rstrip()
    return start, start + len(whole), quote(whole)


def _ends_before(spot: Spot, line: int, column: int) -> bool:
    node = spot.node
    return (
        isinstance(node, Scalar) and node.style == "plain" and node.line == node.end_line == line and node.end_column <= column
    )


def _place(source: Source, repair: Repair) -> Place:
    return Place(source.path, repair.line, repair.column)
