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
_BLANK = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ZERO = "\u200b\u200c\u200d\u2060\ufeff"
ODD = re.compile(f"[{_BLANK}{_ZERO}]")
"""A character that looks like a space, or like nothing, and isn't white space in YAML."""
_ANY = rf"[ \t{_BLANK}{_ZERO}]"
_ODD_LINE = re.compile(rf"(?P<lead>{_ANY}*(?:-{_ANY}+)*)(?:(?P<key>[a-z_]+){_ANY}*:(?:{_ANY}+|$))?")
"""The part of a line in which only spaces may separate: indentation, dashes, and what is around the colon after a key."""
_EQUALS = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]+)(?P<sign> *(?:={1,2}>?|:=|->|[\uff1a\uff1d]) *)(?P<value>.*)$")
EQUALS = re.compile(r"^[ -]*[a-z_]+ *(?:=|:=|->|[\uff1a\uff1d])", re.MULTILINE)
"""A line that may have another sign where a colon belongs."""
UNDER_TEXT = re.compile(
    r"^( *)(?:- +)*[a-z_]+:[ ]+[^\s|>&*\[{#][^\n]*\n(?:[ ]*(?:#[^\n]*)?\n)*\1 +-[ ]+(?:[a-z_]+:|https?:)", re.MULTILINE
)
"""A list under a key that has a value already."""
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


_ODD_NAMES = {"\u00a0": "a no-break space", "\u3000": "an ideographic space", **dict.fromkeys(_ZERO, "an invisible character")}


def odd_spaces(lines: list[str]) -> list[Repair]:
    """Characters that look like spaces, or like nothing, where YAML takes only spaces: in the indentation, after a dash, around a colon."""
    found: list[Repair] = []
    in_block = False
    for number, line in _logical(lines):
        repair = odd_space(line, number, indented=in_block)
        if repair is not None:
            found.append(repair)
        in_block = _BLOCK.match(line.rstrip()) is not None or (in_block and repair is not None)
    return found


def odd_space(line: str, number: int, *, indented: bool = True) -> Repair | None:
    """The repair of one line, None where there is none; `indented` also repairs the indentation of a line without a key or dash."""
    match = _ODD_LINE.match(line.rstrip("\r\n"))
    if match is None or not (odd := ODD.search(match[0])) or not line.strip():
        return None
    if match["key"] is None and "-" not in match["lead"] and not indented:
        return None
    repaired = ODD.sub(lambda found: "" if found[0] in _ZERO else " ", match[0]) + line[match.end() :]
    where = "in the indentation" if not line[: odd.start()].strip() else "beside the dash or the colon"
    name = _ODD_NAMES.get(odd[0], "a space of another width")
    message = f"{name} (U+{ord(odd[0]):04X}) is {where} of {quoted(repaired)}; YAML takes only spaces there"
    hint = "delete it" if odd[0] in _ZERO else "replace it by a space"
    return Repair(number, odd.start() + 1, "odd-space", message, hint, repaired)


def equals(lines: list[str], keys: frozenset[str]) -> list[Repair]:
    """Lines with another sign where the colon after one of the keys belongs: `title = A`, `title：A`."""
    repairs: list[Repair] = []
    for number, line in _logical(lines):
        match = _EQUALS.match(line.rstrip())
        if match is None or match["key"] not in keys:
            continue
        value = match["value"]
        plain = value and value[0] not in SPECIAL and (": " in value or " #" in value or value.endswith(":"))
        repaired = f"{match['lead']}{match['key']}: {quote(value) if plain else value}".rstrip()
        sign = match["sign"].strip()
        message = f"{quoted(sign)} is where the colon after {quoted(match['key'])} belongs: {quoted(line)}"
        repairs.append(
            Repair(
                number, match.start("sign") + len(match["sign"]) - len(match["sign"].lstrip()) + 1, "missing-colon", message,
                f"write {show(repaired)}", repaired + ending(line),
            )
        )  # fmt: skip
    return repairs


class Forgotten(NamedTuple):
    """A line of `entries:` or `sections:` (`key`, with the indent) that is missing before a line."""

    line: int
    indent: int
    key: str

    def repair(self, line: str) -> Repair:
        """The problem at the first item under the missing line; no line is repaired by it."""
        message = f'the line "{self.key}:" is missing above the list that begins with {quoted(line)}'
        hint = f"write {self.key}: on a line of its own above it, in column {self.indent + 1}"
        return Repair(self.line, len(line) - len(line.lstrip(" ")) + 1, "missing-entries", message, hint)


_LISTS = frozenset({"entries", "sections"})
_OF_SECTIONS = frozenset({"title", "id", "description", "aliases", "related", "start", "header", "footer"})
"""What topics and sections have beside their lists; a mapping with any other key is neither."""
_LISTED = re.compile(r" *-[ ]+(?:[a-z_]+:(?:\s|$)|https?:)")
_KEYED = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[a-z_]+):(?:[ \t]+(?P<value>\S.*)?)?$")


class _Open(NamedTuple):
    """A mapping that is still open: the column of its keys, the keys so far, and the key of the list that it is an item of."""

    column: int
    keys: list[str]
    owner: str


def forgotten(lines: list[str]) -> list[Forgotten]:
    """Lists of entries or sections that stand under a title or another text, without the key that they need."""
    found: list[Forgotten] = []
    stack: list[_Open] = []
    after_value = False
    for number, line in _logical(lines):
        indent = len(line) - len(line.lstrip(" "))
        key, dash = _KEYED.match(line.rstrip()), line.startswith("- ", indent)
        if not line.strip() or (key is None and not dash):
            continue
        if after_value and indent >= stack[-1].column and stack[-1].owner != "entries" and _LISTED.match(line):
            top = stack[-1]
            if _OF_SECTIONS.issuperset(top.keys):
                missing = "sections" if _has_lists(lines, number, indent) else "entries"
                found.append(Forgotten(number, top.column, missing))
                top.keys.append(missing)
        while stack and stack[-1].column > indent:
            stack.pop()
        after_value = False
        if key is None:
            continue
        column = len(key["lead"])
        if dash or not stack or stack[-1].column < column:
            outer = stack[-1].keys[-1] if stack else "entries" if dash else ""
            stack.append(_Open(column, [], outer))
        stack[-1].keys.append(key["key"])
        after_value = bool(key["value"]) and key["value"][0] not in "&*#"
    return found


def _has_lists(lines: list[str], number: int, indent: int) -> bool:
    """Whether the item that begins on a line has lists of its own: `entries:`, `sections:`, or items deeper than itself."""
    for line in lines[number:]:
        bare = line.lstrip(" ")
        if bare.strip() and len(line) - len(bare) <= indent:
            return False
        if bare.startswith(("- ", "entries:", "sections:")):
            return True
    return False


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

    A comment as people write them, `# ` with a space after it, isn't reported unless the text before it can't end there: inside
    brackets, after a word that needs another, before a number, or with nothing in the comment.
    """
    for text, number, column, end_line, end_column in endings:
        line = lines[end_line - 1].rstrip()
        rest = line[end_column - 1 :]
        cut = rest.lstrip()
        if cut == rest or not cut.startswith("#"):
            continue
        comment = cut[1:2] in {" ", "\t", "#", "!"}
        within = _within_brackets(text)
        if comment and not within and not (len(rest) - len(cut) == 1 and _cut_short(text, cut)):
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
            f"{hint} (a comment {'goes on a line of its own' if comment and not within else 'has a space after the #'})",
            severity=Severity.WARNING,
        )


_UNFINISHED = re.compile(
    r"(?:[,;:(/&+-]|(?:^| )(?:[Nn]o\.?|[Nn]r\.?|[Nn]umber|[Ii]ssue|and|or|of|in|on|the|an|for|to|with|by|from|und|oder|et|ou))$"
)
"""The end of a text that needs another word: a sign or a function word."""


def _cut_short(text: str, cut: str) -> bool:
    """Whether a text goes on in what looks like a comment: it can't end where it does, or a number or nothing follows."""
    if "://" in text and " " not in text:
        return False
    return bool(_UNFINISHED.search(text[-12:]) or re.match(r"#+[ \t]+\d|#+$", cut))


def _within_brackets(text: str) -> bool:
    """Whether a bracket or a quotation mark is still open at the end of a text."""
    return text.count("(") > text.count(")") or text.count("[") > text.count("]") or text.count('"') % 2 == 1
