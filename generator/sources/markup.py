"""Report what a text of a source has and its place on page or site can't show, at the line and column where it is written."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from generator.markdown.formulas import fault, formulas
from generator.markdown.unshown import Holds, unshown
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.yaml_tree import Node, Scalar
from generator.sources.yaml_tree.reader import Reader

__all__ = ["report_title", "report_unshown"]

_HINT = {
    "line": "write it as a sentence, or move it into the description of the section",
    "blocks": "write it as text, or move it into the header or footer of the topic",
    "page": "leave it if that is all right, or link it",
}
_FORMULA_HINT = "correct the formula, or write \\$ for a sign that begins none; pages and site show it as it is written"


def report_unshown(reader: Reader, node: Node, field: str, holds: Holds) -> None:
    """Add a note for each part of a Markdown text that can't be shown where it belongs."""
    if not isinstance(node, Scalar) or node.kind != "str":
        return
    found = unshown(node.text, holds)
    if not found:
        return
    rows = reader.rows[node.line - 1 : node.end_line]
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    text, at = "\n".join(rows), node.column - 1
    for one in found:
        spot = text.find(one.words, at) if one.words else -1
        place = Place(reader.path, node.line, node.column, None, field)
        if spot >= 0:
            row = bisect_right(starts, spot) - 1
            place, at = Place(reader.path, node.line + row, spot - starts[row] + 1, None, field), spot + 1
        if one.formula:
            _formula(reader, place, field, one.what, one.instead)
        else:
            message = f"{field}: {one.what} can't be shown here: {one.instead}"
            reader.problems.append(Problem("markup-not-shown", Severity.NOTE, message, place, _HINT[holds]))


def report_title(reader: Reader, node: Node) -> None:
    """Add a note for each formula of a title that can't be understood."""
    if isinstance(node, Scalar) and "$" in node.text:
        for one in formulas(" ".join(node.text.split())):
            if why := fault(one.tex):
                _formula(reader, Place(reader.path, node.line, node.column, None, "title"), "title", f"${one.tex}$", why)


def _formula(reader: Reader, place: Place, field: str, shown: str, why: str) -> None:
    message = f"{field}: the formula {quoted(shown)} can't be understood: {why.rstrip('.')}"
    reader.problems.append(Problem("bad-formula", Severity.NOTE, message, place, _FORMULA_HINT))
