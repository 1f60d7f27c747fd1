"""Diagnose YAML syntax errors: the cause in plain words, and the repaired lines if there is one plain repair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.problems import quoted
from generator.sources.yaml_tree.traps import (
    CUT,
    SPECIAL,
    Repair,
    colons,
    conflicts,
    continued,
    ending,
    odd_space,
    quote,
    quoted_lines,
    show,
    split,
)

_ROUNDS = 60
_EFFORT = 2_000_000
"""Approximate number of characters that are parsed again for repairs: large files get fewer attempts."""
_FAR = 300
"""Number of lines above an error in which an unclosed quotation mark is looked for."""
_ALIAS = re.compile(r"[&*][\w-]+$")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_NO_SPACE = re.compile(r"(?P<head> *(?:- +)*(?!https?:|mailto:|ftp:|doi:|arxiv:)[a-z_]+:)(?P<value>[^\s:/].*)$")
_NO_COLON = re.compile(r"(?P<head> *(?:- +)*[a-z_]+)(?P<value>[ \t]+\S.*)?$")
_KEY = re.compile(r"(?P<lead> *(?:- +)*)[a-z_]\w*:(?:\s|$)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")

_MEANINGS = (
    (
        "mapping values are not allowed",
        "a key isn't allowed here: the indentation differs from its neighbours', or the line above isn't finished",
    ),
    (
        "did not find expected key",
        "not part of the mapping above: the indentation differs, or something follows a complete value",
    ),
    ("expected <block end>", "not part of what is above: the indentation differs, or something follows a complete value"),
    ("did not find expected '-'", "not part of the list above: every item begins with `- `, all in one column"),
    ("expected ','", "the bracket opened before isn't closed"),
    ("could not find expected ':'", "a line with neither `key: value` nor `- `"),
    ("cannot start any token", "a value can't begin with this character"),
    ("end of stream", "a quotation mark opened before isn't closed"),
    ("did not find expected comment or line break", "after `|` or `>` the text begins on the next line"),
    ("expected alphabetic", "`*` and `&` begin a reference in YAML"),
    ("incompatible YAML document", "this version of YAML isn't supported; the line isn't needed"),
)  # fmt: skip


class Failure(NamedTuple):
    """An error of the parser. Lines and columns count from 1; those of the context are 0 if there is none."""

    problem: str
    line: int
    column: int
    context: str = ""
    context_line: int = 0
    context_column: int = 0


def repair_lines(lines: list[str], failure: Failure, attempt: Callable[[str], Failure | None]) -> list[Repair]:
    """Repair the lines in place as far as there is one plain repair. Returns the repairs; the last may only explain.

    `attempt` parses a text and returns the next failure, or None.
    """
    found = [*conflicts(lines), *colons(lines)]
    for repair in found:
        repair.apply(lines)
    left = attempt("".join(lines)) if found else failure
    attempts = iter(range(5 + _EFFORT // (sum(map(len, lines)) + 1)))
    for _ in range(_ROUNDS):
        if left is None:
            return found
        repair, left = _step(lines, left, attempt, attempts)
        found.append(repair)
        if not repair.text:
            return found
    if left is not None:
        found.append(_unexplained(lines, left))
    return found


def _step(
    lines: list[str], failure: Failure, attempt: Callable[[str], Failure | None], attempts: Iterator[int]
) -> tuple[Repair, Failure | None]:
    """Make the first repair with which YAML reads further than before; otherwise return a repair that only explains.

    Each repair that is tried takes one of the `attempts`; after the last none is tried.
    """
    for repair in diagnose(lines, failure):
        if repair.text and next(attempts, None) is None:
            break
        before = repair.apply(lines)
        left = attempt("".join(lines)) if repair.text else failure
        # An open quotation mark hides the errors after it, so closing it may bring the next failure nearer.
        reached = repair.line + 1 if repair.code == "unclosed-quote" else max(failure.line, repair.line)
        if left is None or left.line > reached or not repair.text:
            return repair, left
        repair._replace(text="".join(before)).apply(lines)
    return _unexplained(lines, failure), failure


def diagnose(lines: list[str], failure: Failure) -> Iterator[Repair]:
    """Possible causes of a failure, the likeliest first, each with its repair; the last only explains."""
    last = len(lines)
    here = min(failure.line, last)
    there = min(failure.context_line or here, last)
    spots = dict.fromkeys((here, there, here - 1))
    for spot in spots:
        if spot >= 1:
            yield from filter(None, [odd_space(lines[spot - 1], spot)])
            yield from _tab(lines, spot)
    for spot in spots:
        if spot >= 1:
            yield from _escape(lines[spot - 1], spot, failure)
            yield from _needs_quotes(lines[spot - 1], spot)
    yield from _cut_by_hash(lines, here)
    for spot in dict.fromkeys((there, *range(here, max(0, here - _FAR), -1))):
        yield from _hash_in_brackets(lines[spot - 1], spot)
        yield from _unclosed(lines[spot - 1], spot)
    for spot in (here - 1, here, there):
        if spot >= 1:
            yield from _missing_colon(lines[spot - 1], spot)
    yield from _continuation(lines, here)
    yield from _indentation(lines, here)
    yield _unexplained(lines, failure)


def _unexplained(lines: list[str], failure: Failure) -> Repair:
    if "end of stream" in failure.problem and failure.context_line:
        failure = failure._replace(line=failure.context_line, column=failure.context_column, context_line=0)
    meaning = next((text for start, text in _MEANINGS if start in failure.problem), failure.problem)
    here = min(failure.line, len(lines))
    while here > 1 and not lines[here - 1].strip():
        here -= 1
    column = failure.column if here == failure.line else 1
    since = f" (since line {failure.context_line})" if 0 < failure.context_line < here else ""
    message = f"{quoted(lines[here - 1])}: {meaning}{since}"
    return Repair(here, column, "yaml-syntax", message, "the file was not read after this line")


def _tab(lines: list[str], number: int) -> Iterator[Repair]:
    line = lines[number - 1]
    indent = line[: len(line) - len(line.lstrip())].rstrip("\r\n")
    if "\t" in indent and line.strip():
        message = f"there is a tab in the indentation of {quoted(line)}"
        hint = "indent with spaces (two a level); editors can show tabs and replace them"
        above = _KEY.match(lines[number - 2]) if number > 1 else None
        indents = [" " * len(above["lead"])] if above else []
        indents += [indent.replace("\t", " " * width) for width in (2, 4, 8)]
        for spaces in indents:
            yield Repair(number, indent.index("\t") + 1, "tab", message, hint, spaces + line[len(indent) :])


def _escape(line: str, number: int, failure: Failure) -> Iterator[Repair]:
    parts = split(line)
    if parts and "escape" in failure.problem and parts[1].startswith('"') and parts[1].endswith('"') and len(parts[1]) > 1:
        text = parts[1][1:-1]
        repaired = parts[0] + "'" + text.replace("'", "''") + "'"
        column = failure.column if number == failure.line else len(parts[0]) + 1
        message = f"a backslash within double quotes begins an escape: {quoted(parts[1])}"
        yield Repair(number, column, "bad-escape", message, f"use single quotes: {show(repaired)}", repaired + ending(line))


def _needs_quotes(line: str, number: int) -> Iterator[Repair]:
    parts = split(line)
    if parts is None:
        return
    head, value = parts
    reason = ""
    first = value[0]
    if first in "@`%":
        reason = f"a value can't begin with {first}"
    elif first in "*&" and not _ALIAS.match(value):
        reason = f"a value that begins with {first} is a reference in YAML"
    elif first in "\"'":
        match = _QUOTED.match(value)
        if match and match.end() < len(value) and not value[match.end() :].lstrip().startswith("#"):
            reason = 'there is text after the closing "' if first == '"' else "an apostrophe in single quotes ends the text"
    elif first in "[{" and _trailing(value):
        reason = (
            "a Markdown link isn't a value" if _MARKDOWN.match(value) else f"a value in {first} is a list or a mapping in YAML"
        )
    elif first in "|>":
        reason = f"a value that begins with {first} can't go on in the same line"
    if reason:
        text = _inner(value)
        repaired = head + quote(text)
        hint = f"put it in quotes: {show(repaired)}"
        link = _MARKDOWN.match(value)
        if link:
            hint = f"write title: {quote(link[1])} and, on a line of its own, url: {link[2]}"
            if link.end() == len(value) and ":" not in head:
                repaired = f"{head}{{title: {quote(link[1])}, url: {quote(link[2])}}}"
        yield Repair(number, len(head) + 1, "needs-quotes", f"{reason}: {quoted(value)}", hint, repaired + ending(line))


def _inner(value: str) -> str:
    """The text of a value in single quotes that has a single quote inside; any other value as it is."""
    if value[0] == "'" and value.endswith("'") and len(value) > 1:
        return value[1:-1].replace("''", "'")
    return value


def _trailing(value: str) -> bool:
    depth = 0
    for index, char in enumerate(value):
        depth += (char in "[{") - (char in "]}")
        if depth == 0:
            rest = value[index + 1 :].strip()
            return bool(rest) and not rest.startswith(("#", ",", ":"))
    return False


def _unclosed(line: str, number: int) -> Iterator[Repair]:
    parts = split(line)
    if parts is None:
        return
    head, value = parts
    first = value[0]
    if first in "\"'" and not _QUOTED.match(value):
        repaired = line.rstrip() + first
        yield Repair(
            number, len(head) + 1, "unclosed-quote", f"the quotation mark isn't closed: {quoted(value)}",
            f"close it: {show(repaired)}", repaired + ending(line),
        )  # fmt: skip
    if first in "[{":
        bare = _QUOTED.sub("", value)
        closers = "".join("]" if char == "[" else "}" for char in reversed(bare) if char in "[{")
        missing = bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        if missing > 0:
            repaired = line.rstrip().rstrip(",") + closers[-missing:]
            yield Repair(
                number, len(head) + 1, "unclosed-bracket", f"the bracket isn't closed: {quoted(value)}",
                f"close it: {show(repaired)}", repaired + ending(line),
            )  # fmt: skip


_HASH_IN_ITEM = re.compile(r"(?<=[\[{,:])[ \t]*(?P<item>(?:(?!: )[^\[\]{},\"'#]){0,200}?[^\s\[\]{},\"'#:][ \t]{1,20}#[^,\]}]*)")


def _hash_in_brackets(line: str, number: int) -> Iterator[Repair]:
    """A ` #` in a list in brackets, which hides the closing bracket."""
    parts = split(line)
    if parts is None or parts[1][0] not in "[{":
        return
    head, value = parts
    found = _HASH_IN_ITEM.search(value)
    if found is None:
        return
    item = found["item"].rstrip()
    start = len(head) + found.start("item")
    at = start + item.index("#")
    repaired = line[:start] + quote(item) + line[start + len(item) :]
    message = f'" #" begins a comment, so {quoted(line[at:])} is cut off, and the bracket isn\'t closed'
    yield Repair(number, at + 1, "unquoted-hash", message, f"put the text in quotes: {show(repaired)}", repaired)


def _cut_by_hash(lines: list[str], number: int) -> Iterator[Repair]:
    """A ` #` in an unquoted text of several lines: it ends the text, so that the next line is an error."""
    for above in range(number - 1, max(0, number - 20), -1):
        parts = split(lines[above - 1])
        below = continued(lines, above)
        if parts is None or parts[1][0] in SPECIAL or above + below < number:
            continue
        cuts = ((row, CUT.search(lines[row - 1])) for row in range(above, number))
        for cut, found in ((row, match) for row, match in cuts if match):
            repaired, shown = quoted_lines(lines, above, below)
            at = found.end() - 1
            message = f'" #" begins a comment and ends the text, so {quoted(lines[cut - 1][at:])} and the next line are cut off'
            yield Repair(cut, at + 1, "unquoted-hash", message, f"put the text in quotes: {show(shown)}", repaired, start=above)
            return
        return


def _missing_colon(line: str, number: int) -> Iterator[Repair]:
    bare = line.rstrip()
    match = _NO_SPACE.match(bare)
    if match:
        repaired = f"{match['head']} {match['value']}"
        message = f"no space after the colon: {quoted(bare)}"
        yield Repair(
            number, len(match["head"]) + 1, "missing-space", message, f"write {show(repaired)}", repaired + ending(line)
        )
        return
    match = _NO_COLON.match(bare)
    if match and not bare.lstrip().startswith("- ") and bare.strip():
        value = re.sub(r"^([ \t]+)(?:={1,2}>?|:=|->)[ \t]*", r"\1", match["value"] or "")
        repaired = f"{match['head']}:{value}"
        message = f"no colon after the key: {quoted(bare)}"
        yield Repair(
            number, len(match["head"]) + 1, "missing-colon", message, f"write {show(repaired)}", repaired + ending(line)
        )


def _continuation(lines: list[str], number: int) -> Iterator[Repair]:
    """A `: ` in the second or a later line of an unquoted text."""
    line = lines[number - 1].rstrip()
    for above in range(number - 1, max(0, number - 20), -1):
        parts = split(lines[above - 1])
        below = continued(lines, above)
        if parts and parts[1][0] not in SPECIAL and above + below >= number and ":" in line:
            repaired, shown = quoted_lines(lines, above, below)
            message = f'": " inside a text without quotes: {quoted(line)}'
            hint = f"put the text in quotes: {show(shown)}"
            yield Repair(number, line.index(":") + 1, "unquoted-colon", message, hint, repaired, start=above)
            return


def _indentation(lines: list[str], number: int) -> Iterator[Repair]:
    line = lines[number - 1]
    key = _KEY.match(line)
    dash = line.lstrip(" ").startswith("- ")
    if key is None and not dash:
        return
    indent = len(line) - len(line.lstrip(" "))
    columns: list[int] = []
    for above in reversed(lines[max(0, number - 40) : number - 1]):
        other = _KEY.match(above)
        stripped = above.lstrip(" ")
        candidates = [len(above) - len(stripped)] if dash and stripped.startswith("- ") else []
        if not dash and other:
            candidates = [len(other["lead"])]
        columns += [column for column in candidates if column != indent and column not in columns]
    for column in sorted(columns, key=lambda each: abs(each - indent))[:3]:
        repaired = " " * column + line.lstrip(" ")
        message = f"{quoted(line)} begins in column {indent + 1}, where nothing above does"
        hint = f"put it into column {column + 1}, under its neighbours"
        yield Repair(number, indent + 1, "bad-indentation", message, hint, repaired)
