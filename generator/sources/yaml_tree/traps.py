"""Find YAML's classic traps in the raw lines of a source, each with the repaired line.

A line that could be right isn't reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.problems import Severity, quoted

_FIELD = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_][\w.-]*)(?P<colon> *:[ \t]+)(?P<value>\S.*)$")
_ITEM = re.compile(r"(?P<lead> *(?:- +)+)(?P<value>\S.*)$")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)(?:[^\s#'\"][^#]*:[ \t]+)?[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
_COMMENT = re.compile(r"[ \t]#")
CUT = re.compile(r"[^\s#][ \t]+#")
"""A value with a comment after it on the same line."""
_KEY = re.compile(r"[a-z_]+:(?:\s|$)")
SPECIAL = frozenset("\"'[]{},&*!|>%@`#")
"""Characters with which a plain text can't begin."""


class Repair(NamedTuple):
    """A trap at a line and column (from 1), and `text`: the line repaired, with its ending ("" where that isn't known).

    A text of several lines replaces as many, from `start` on.
    """

    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    text: str = ""
    severity: Severity = Severity.ERROR
    start: int = 0

    def apply(self, lines: list[str]) -> list[str]:
        """Replace the lines by the repaired ones; returns the replaced lines."""
        rows = self.text.splitlines(keepends=True)
        first = (self.start or self.line) - 1
        before = lines[first : first + len(rows)]
        lines[first : first + len(rows)] = rows
        return before


class Ending(NamedTuple):
    """An unquoted text with its start and its end (exclusive)."""

    text: str
    line: int
    column: int
    end_line: int
    end_column: int


def quote(text: str) -> str:
    """The text in double quotes, or in single quotes if it has `"` or a backslash."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def split(line: str) -> tuple[str, str] | None:
    """A line as (indent, dashes and key; value), or None if it is neither `key: value` nor `- value`."""
    bare = line.rstrip()
    field = _FIELD.match(bare)
    # `- Optimal Transport: a Survey` is a text with a colon, not a field named `Transport`; our fields are in lower case.
    if field and not ("-" in field["lead"] and field["key"][0].isupper()):
        return field["lead"] + field["key"] + field["colon"], field["value"]
    item = _ITEM.match(bare)
    return (item["lead"], item["value"]) if item else None


def ending(line: str) -> str:
    """The end of a line: CRLF, CR, LF or nothing."""
    return line[len(line.rstrip("\r\n")) :]


def show(line: str) -> str:
    """A repaired line as a hint shows it."""
    return line.strip()


def _logical(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Numbered lines that aren't inside a block text, a quoted text of several lines, or open brackets."""
    block: int | None = None
    closing = ""
    depth = 0
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None:
            if not line.strip() or indent > block:
                continue
            block = None
        if closing:
            closing = "" if closing in line else closing
            continue
        if depth > 0:
            depth += _opened(line)
            continue
        if line.lstrip().startswith("#"):
            continue
        yield number, line
        parts = split(line)
        head = _BLOCK.match(line.rstrip())
        if head:
            block = len(head["lead"]) if "-" not in head["lead"] or ":" in line else indent
        elif parts and parts[1][0] in "\"'" and not _closed(parts[1]):
            closing = parts[1][0]
        elif parts and parts[1][0] in "[{":
            depth = _opened(parts[1])


def _opened(text: str) -> int:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    return sum(bare.count(char) for char in "[{") - sum(bare.count(char) for char in "]}")


def _closed(value: str) -> bool:
    mark = value[0]
    body = re.sub(r"\\.", "", value[1:]) if mark == '"' else value[1:].replace("''", "")
    return mark in body


def colons(lines: list[str]) -> list[Repair]:
    """Unquoted texts with `: `, which YAML reads as a second key."""
    repairs: list[Repair] = []
    for number, line in _logical(lines):
        parts = split(line)
        if parts is None:
            continue
        head, value = parts
        text = _COMMENT.split(value)[0].rstrip()
        if not text or text[0] in SPECIAL or not (": " in text or text.endswith(":")):
            continue
        # `- Word: rest` is a mapping in YAML: no syntax error, and reported when fields are read.
        if ":" not in head and text.count(": ") + text.endswith(":") < 2:
            continue
        colon = len(head) + (text.find(": ") if ": " in text else len(text) - 1) + 1
        repaired = head + quote(text) + value[len(text) :] + ending(line)
        shown = repaired
        if value == text and (below := continued(lines, number)):
            repaired, shown = quoted_lines(lines, number, below)
        message = f'": " inside a text without quotes: {quoted(text)}'
        repairs.append(Repair(number, colon, "unquoted-colon", message, f"put the text in quotes: {show(shown)}", repaired))
    return repairs


def continued(lines: list[str], number: int) -> int:
    """Number of lines that continue the text of a `key: text`: indented more, and neither fields nor items."""
    parts = split(lines[number - 1])
    if parts is None:
        return 0
    column = len(parts[0]) - len(parts[0].lstrip(" -"))
    count = 0
    for line in lines[number:]:
        bare = line.lstrip(" ")
        if not bare.strip() or len(line) - len(bare) <= column or bare.startswith(("- ", "#")) or _KEY.match(bare):
            break
        count += 1
    return count


def quoted_lines(lines: list[str], number: int, below: int) -> tuple[str, str]:
    """A text of several lines in quotes, and the same on one line for a hint."""
    rows = lines[number - 1 : number + below]
    head, _ = split(rows[0]) or ("", "")
    text = "".join(rows)[len(head) :].rstrip()
    end = ending(rows[-1])
    inner = text.replace("'", "''") if '"' in text or "\\" in text else text
    mark = '"' if inner is text and '"' not in text and "\\" not in text else "'"
    return f"{head}{mark}{inner}{mark}{end}", f"{head}{mark}{' '.join(inner.split())}{mark}"


def conflicts(lines: list[str]) -> list[Repair]:
    """Conflict markers that git left around two versions of some lines."""
    repairs: list[Repair] = []
    for number, line in enumerate(lines, 1):
        if _CONFLICT.match(line.rstrip()):
            message = f"a merge conflict was left here: {quoted(line)}"
            hint = "keep one of the two versions and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
            repairs.append(Repair(number, 1, "merge-conflict", message, hint, ending(line) or "\n"))
    return repairs if any(lines[repair.line - 1].startswith("<") for repair in repairs) else []


def hashed(lines: list[str]) -> frozenset[int]:
    """The numbers of lines with something before a ` #`."""
    return frozenset(number for number, line in enumerate(lines, 1) if CUT.search(line))


def hashes(lines: list[str], endings: Iterable[Ending]) -> Iterator[Repair]:
    """Unquoted texts that a ` #` cuts short.

    A comment as people write them, `# ` with a space after it, isn't reported unless the text before it stops inside brackets.
    """
    for text, number, column, end_line, end_column in endings:
        line = lines[end_line - 1].rstrip()
        rest = line[end_column - 1 :]
        cut = rest.lstrip()
        if cut == rest or not cut.startswith("#"):
            continue
        if len(cut) < 2 or (cut[1] in " \t#!" and not _within_brackets(text)):
            continue
        if end_line == number:
            repaired = f"{line[: column - 1]}{quote(line[column - 1 :])}"
            hint = f"put the text in quotes: {show(repaired)}"
        else:
            hint = "put the whole text in quotes"
        yield Repair(
            end_line,
            end_column + len(rest) - len(cut),
            "unquoted-hash",
            f'" #" begins a comment, so {quoted(cut)} is cut off',
            f"{hint} (a comment has a space after the #)",
            severity=Severity.WARNING,
        )


def _within_brackets(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("[") > text.count("]") or text.count('"') % 2 == 1
