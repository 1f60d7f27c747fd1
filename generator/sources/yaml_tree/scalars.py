"""Write texts as YAML: quoted only where they would be read as something else otherwise."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

__all__ = ["flow_list", "scalar", "text_lines"]

_WIDTH = 120
# Read as something else than a text by YAML 1.1.
_WORDS = frozenset(
    ("", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<", ".inf", "-.inf", "+.inf", ".nan")
)
_NUMBER = re.compile(r"[-+]?[.\d][\d_,.:]*(?:[eE][-+]?\d*)?$|0[xob][\da-fA-F_]+$|\d{4}-\d{1,2}-\d{1,2}.*$")
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~]|[-?:](?=[^\s,\[\]{}])")
_UNSAFE = re.compile(r": | #|:$|[\t\n]")
_FLOW = re.compile(r"[,\[\]{}]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def scalar(text: str, *, flow: bool = False, key: bool = False) -> str:
    """A text on one line as a YAML scalar, quoted only if needed."""
    unsafe = (
        not _PLAIN_START.match(text)
        or text != text.strip()
        or text.casefold() in _WORDS
        or _UNSAFE.search(text)
        or _NUMBER.match(text)
        or not text.isprintable()
        or ((flow or key) and (_FLOW.search(text) or ":" in text or text.startswith(("?", "-"))))
        or (key and (text.startswith("...") or len(text) > 100))
    )
    if not unsafe:
        return text
    if ('"' in text or "\\" in text) and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(_ESCAPES.get(char) or (char if char.isprintable() else f"\\U{ord(char):08X}") for char in text)
    return f'"{escaped}"'


def flow_list(texts: Iterable[str]) -> str:
    """Texts as a list in brackets, on one line."""
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def text_lines(name: str, value: str | None, indent: int, *, verbatim: bool = False) -> list[str]:
    """A field as lines: on one line, folded if it is too long and that changes nothing, otherwise as a literal block."""
    if value is None:
        return []
    pad = " " * indent
    line = f"{pad}{name}: {scalar(value)}"
    if "\n" not in value and not verbatim and len(line) <= _WIDTH:
        return [line]
    inner = " " * (indent + 2)
    if "\n" not in value and "  " not in value and value == value.strip():
        folded = textwrap.wrap(value, max(_WIDTH - indent - 2, 40), break_long_words=False, break_on_hyphens=False)
        if " ".join(folded) == value and value.isprintable():
            return [f"{pad}{name}: >-", *(f"{inner}{part}" for part in folded)]
    if not _literal(value):
        return [line]
    return [f"{pad}{name}: |", *(f"{inner}{part}" if part else "" for part in value.split("\n"))]


def _literal(value: str) -> bool:
    """Whether a text can be a literal block, in which nothing is escaped and the first line sets the indent."""
    return value == value.strip() and all(char in {"\n", "\t"} or _shown(char) for char in value)


def _shown(char: str) -> bool:
    return char.isprintable() or (ord(char) >= 0xA0 and char not in "\u2028\u2029\ufeff" and not 0xD800 <= ord(char) <= 0xDFFF)
