"""Escape text and URLs for HTML; all text on pages goes through these functions."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html import escape
from urllib.parse import quote

from generator.markdown.text import clean

__all__ = ["attributes", "block_text", "href", "script_json", "text", "web"]

_WEB = re.compile(r"https?://[^/?#\s\\]", re.IGNORECASE)
_PLAIN = re.compile(r"https?://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)
_UNSENDABLE = re.compile(r"[\s\x00-\x20\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\"<>\\^`{|}]")
_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def text(value: str) -> str:
    """A string as one line, escaped for an element or a quoted attribute."""
    return escape(clean(value))


def block_text(value: str) -> str:
    """A string escaped with its lines and their indent."""
    return "\n".join(" " * (len(row) - len(row.lstrip(" "))) + text(row) for row in value.splitlines())


@lru_cache(maxsize=65_536)
def web(url: str) -> str:
    """An http(s) URL with unsafe characters percent-encoded; "" for any other, such as `javascript:`."""
    if _PLAIN.fullmatch(url) and _WEB.match(url):
        return url
    written = url.strip(" \t\r\n")
    if not _WEB.match(written):
        return ""
    return _UNSENDABLE.sub(lambda char: quote(char[0], errors="replace"), written)


def href(url: str) -> str:
    """An http(s) URL escaped for a quoted attribute; "" for any other."""
    return escape(web(url))


def attributes(**values: str) -> str:
    """Attributes with non-empty values, each with a space before it; escapes the values."""
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)


def script_json(value: object) -> str:
    """JSON escaped for a `script` element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT)
