"""Text that any format can hold: no lone surrogates, and none of the characters that XML, YAML and terminals refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from generator.render.text import clean

__all__ = ["lines", "plain", "rows"]

_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LONE = re.compile(r"[\ud800-\udfff]")


def lines(value: str) -> str:
    """A text with its line breaks (as LF) and without refused characters, for which a space stands."""
    whole = value.replace("\r\n", "\n").replace("\r", "\n")
    if whole.isprintable():
        return whole
    return _REFUSED.sub(" ", _LONE.sub("\ufffd", whole))


def plain(value: str) -> str:
    """A text on one line as pages show it (`clean`), and without the two code points that are no characters of XML."""
    return " ".join(_REFUSED.sub(" ", shown).split()) if not (shown := clean(value)).isprintable() else shown


def rows(items: Iterable[object], indent: str = "") -> str:
    """A JSON array with each item on a line of its own: small, and a change is a line of the diff."""
    found = [f"{indent} {json.dumps(item, ensure_ascii=False)}" for item in items]
    return "\n".join(["[", ",\n".join(found), f"{indent}]"]) if found else "[]"
