"""Make text from servers and files safe to print. Every text in every report format passes through here.

User names and secrets in URLs are masked. Control characters (C0, C1), ANSI sequences, characters that change the reading direction or
can't be encoded, and what build servers read as a command in a log become plain characters on one line.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from linkcheck.urls import redacted

__all__ = ["address", "lines", "path", "text"]

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS and the like, with their end
    r"|\x1b[ -/]*[0-~]"
)
_JOINERS = frozenset("\u200c\u200d")
"""Format characters that scripts and emoji need; all others hide or reorder text."""

_LOG_COMMAND = re.compile(r"##(?=[\w.-]*\[)|^::(?=[a-z])", re.IGNORECASE)
"""Commands of GitHub's and Azure's runners: anywhere in a line (`##[`, `##vso[`), or as its first word (`::error`)."""


def text(value: str, limit: int = 300) -> str:
    """The text on one line of at most `limit` characters, shortened in the middle."""
    value = redacted(value)
    bounded = value if len(value) <= 8 * limit else f"{value[: 4 * limit]}…{value[-4 * limit :]}"
    shown = "".join(_safe_char(char) for char in _SEQUENCE.sub("", bounded))
    line = _without_commands(" ".join(shown.split()))
    if len(line) <= limit:
        return line
    tail = limit // 4
    return f"{line[: limit - tail - 3].rstrip()} … {line[-tail:].lstrip()}"


def lines(value: str) -> str:
    """A text of many lines with nothing removed: control characters and those that hide or reorder text are shown by number."""
    return value if value.isascii() and value.replace("\n", "").isprintable() else "".join(map(_visible_char, value))


def _visible_char(char: str) -> str:
    if char in "\n\t" or char.isprintable() or char in _JOINERS or unicodedata.category(char) == "Zs":
        return char
    # A carriage return as `git diff` and `cat -v` show it.
    return "^M" if char == "\r" else f"<U+{ord(char):04X}>"


def address(url: str, limit: int | None = None) -> str:
    """A URL without user names and secrets, every character that isn't printable percent-encoded, cut to `limit` characters."""
    shown = "".join(char if char.isprintable() else quote(char, safe="", errors="surrogatepass") for char in redacted(url))
    shown = re.sub(r"##([\w.-]*)\[", r"##\1%5B", shown)
    return shown if limit is None or len(shown) <= limit else f"{shown[: limit - 1]}…"


def path(value: str, limit: int | None = None) -> str:
    """A file's path on one line, which no log reads as a command; if longer than `limit` characters, its end."""
    shown = "".join(_safe_char(char) for char in value)
    shown = _without_commands(f"./{shown}" if shown.lstrip().startswith("::") else shown)
    return shown if limit is None or len(shown) <= limit else f"…{shown[1 - limit :]}"


def _without_commands(line: str) -> str:
    return _LOG_COMMAND.sub(lambda found: " ".join(found[0]), line)


def _safe_char(char: str) -> str:
    if " " <= char <= "~":
        return char
    kind = unicodedata.category(char)
    if kind == "Cf":
        return char if char in _JOINERS else ""
    if kind == "Cs" or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return "\ufffd"
    return " " if kind in {"Cc", "Zl", "Zp", "Zs"} else char
