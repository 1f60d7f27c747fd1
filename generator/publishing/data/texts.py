"""Text that is valid in every format: without lone surrogates and control characters, which XML and YAML don't allow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from generator.markdown.text import clean

__all__ = ["array", "compact", "lines", "plain"]

_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LONE = re.compile(r"[\ud800-\udfff]")
_COMPACT = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def lines(value: str) -> str:
    """A text with line breaks as LF and a space for each character that isn't allowed."""
    whole = value.replace("\r\n", "\n").replace("\r", "\n")
    if whole.isprintable():
        return whole
    return _REFUSED.sub(" ", _LONE.sub("\ufffd", whole))


def plain(value: str) -> str:
    """A text on one line, cleaned as for pages (`clean`) and without characters that XML doesn't allow."""
    if value.isprintable() and "  " not in value:
        return value.strip(" ")
    return " ".join(_REFUSED.sub(" ", clean(value)).split())


def compact(value: object) -> str:
    """JSON on one line."""
    return _COMPACT(value)


def array(rows: Iterable[str], indent: str = "") -> str:
    """A JSON array of items that are JSON already, one a line, so that diffs are short."""
    found = f",\n{indent} ".join(rows)
    return f"[\n{indent} {found}\n{indent}]" if found else "[]"
