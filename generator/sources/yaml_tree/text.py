"""Decode a source: UTF-8 without invisible characters, with a problem for everything that is changed."""

from __future__ import annotations

import re

from generator.problems import Place, Problem, Severity, quoted

_SHOWN = 20
"""Number of characters that are reported one by one; a binary file would have thousands."""

# YAML forbids C0 and C1 controls and surrogates. U+0085, U+2028 and U+2029 are line breaks in YAML but not in editors, so line
# numbers would differ. A byte order mark inside a file is left over from joining two files.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_UNDECODED = re.compile("[\udc80-\udcff]")
_BREAK = re.compile(r"\r\n?|\n")
_NAMES = {
    "\0": "NUL",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\x85": "next line",
    "\ufeff": "byte order mark",
}


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column (from 1, in characters) of an index; CR, LF and CRLF end a line."""
    line, start = 1, 0
    for match in _BREAK.finditer(text, 0, index):
        # A CR whose LF is at `index` is only half of a line end.
        if match.end() == index and text[index - 1] == "\r" and text[index : index + 1] == "\n":
            break
        line, start = line + 1, match.end()
    return line, index - start + 1


def decode(content: str | bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text without its byte order mark. Bytes that aren't UTF-8 are decoded as Windows-1252; forbidden characters become spaces."""
    problems: list[Problem] = []
    text = content if isinstance(content, str) else _from_bytes(content, path, problems)
    text = text.removeprefix("\ufeff")
    if _FORBIDDEN.search(text):
        text = _without_forbidden(text, path, problems)
    return text, tuple(problems)


def _from_bytes(content: bytes, path: str, problems: list[Problem]) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        problems.append(
            Problem(
                "not-utf8",
                Severity.ERROR,
                "the file is saved as UTF-16",
                Place(path, 1, 1),
                'save it as UTF-8 (most editors: "Save with encoding")',
            )
        )
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", errors="surrogateescape")
    strays = _UNDECODED.findall(text)
    first = next(_UNDECODED.finditer(text)).start()
    line, column = position(text.removeprefix("\ufeff"), first - text.startswith("\ufeff"))
    text = _UNDECODED.sub(lambda match: _guess(match[0]), text)
    begin = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    shown = _BREAK.split(text[begin : begin + 200])[0]
    many = f" ({len(strays)} such bytes in the file)" if len(strays) > 1 else ""
    problems.append(
        Problem(
            "not-utf8",
            Severity.ERROR,
            f"byte 0x{ord(strays[0]) - 0xDC00:02X} is not UTF-8{many}",
            Place(path, line, column),
            f"save the file as UTF-8; the line probably means {quoted(shown)}",
        )
    )
    return text


def _guess(stray: str) -> str:
    return bytes([ord(stray) - 0xDC00]).decode("cp1252", errors="replace")


def _without_forbidden(text: str, path: str, problems: list[Problem]) -> str:
    found = list(_FORBIDDEN.finditer(text))
    for match in found[:_SHOWN]:
        char = match[0]
        name = _NAMES.get(char, "half of a surrogate pair" if "\ud800" <= char <= "\udfff" else "control character")
        line, column = position(text, match.start())
        more = f" (and {len(found) - _SHOWN} more in the file)" if len(found) > _SHOWN and match is found[_SHOWN - 1] else ""
        problems.append(
            Problem(
                "control-character",
                Severity.ERROR,
                f"there is an invisible character here, U+{ord(char):04X} ({name}){more}",
                Place(path, line, column),
                "delete it, or put a space or a line break in its place",
            )
        )
    return _FORBIDDEN.sub(lambda match: "" if match[0] == "\ufeff" else " ", text)
