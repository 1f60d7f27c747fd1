"""Escape text and URLs so that Markdown shows them as written, on GitHub and in any CommonMark parser."""

from __future__ import annotations

import re
from urllib.parse import quote

from generator.markdown.formulas import formulas, github

__all__ = ["capitalized", "clean", "code", "destination", "heading", "line_start", "link", "sentence", "text", "verbatim"]

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DROPPED = re.compile(rf"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff{_BIDI}]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# GitHub replaces e-mail addresses, emoji and mathematics after parsing Markdown: neither backslash nor entity prevents that, only
# code does. References (@name, #1) are linked in comments, but not in files, so they stay.
_LOCAL = "[A-Za-z0-9.+_-]"
_MAIL = rf"(?<!{_LOCAL}){_LOCAL}+@[A-Za-z0-9_.-]*\.[A-Za-z0-9_-]+"
_EMOJI = r":(?=[\d_+-]*[a-z]|[+-]1:|100:|1234:)[\da-z_+-]+:"
_MATH = r"(?<!\w)\${1,2}[^\s$](?:[^$]*[^\s$])?\${1,2}(?!\w)"
_ESCAPED = re.compile(rf"(?P<code>(?:{_MAIL}|{_EMOJI}|{_MATH})+)|[\\`*_\[\]<~|$]|&(?=#?\w{{1,32}};)|:(?=//)|(?<=[wW]{{3}})\.")
_SPECIAL = re.compile(r"[\\`*_\[\]<~|$@]")
_SUSPECT = re.compile(r"[&:][#/\w+-]")

_BLOCK = re.compile(r"(?:#{1,6}|[-+])(?=\s|$)|>|=+$|-[-\s]*$|(?P<number>\d{1,9})(?=[.)](?:\s|$))")
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_ENDED = re.compile("[.!?…。！？][\"”’')*_~]*$")

_FUNCTION_WORDS = frozenset((
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "one", "two", "some", "all", "any", "each", "every", "many", "most",
    "more", "no", "not", "for", "from", "with", "without", "to", "in", "on", "of", "at", "by", "as", "about", "into", "over", "and", "or",
    "but", "is", "are", "was", "can", "how", "what", "why", "when", "where", "which", "who", "if", "our", "your", "their", "also",
))  # fmt: skip
_FIRST_WORD = re.compile(r"[a-z]+(?![\w'’-])")

_WEB = re.compile(r"https?://[^/?#\s\\]", re.IGNORECASE)
_UNSENDABLE = re.compile(rf"[\s\x00-\x20\x7f-\x9f\ufeff\ud800-\udfff{_BIDI}]")
_DELIMITER = re.compile(r"[\\`()<>]")


def clean(value: str) -> str:
    """A string on one line: white space collapsed, control characters and direction marks dropped."""
    if value.isprintable() and "  " not in value:
        return value.strip(" ")
    return " ".join(_DROPPED.sub("", _SURROGATE.sub("\ufffd", value)).split())


def text(value: str, *, formulas_in: bool = True) -> str:
    """A string escaped as inline Markdown, its formulas in GitHub's form; "" if nothing of it is visible.

    Without `formulas_in`, signs that GitHub could take for a formula are code.
    """
    shown = clean(value)
    if not (formulas_in and "$" in shown):
        return _escaped(shown)
    out, at = "", 0
    for one in formulas(shown):
        out += _escaped(shown[at : one.start]) + github(one.tex)
        at = one.end
    return out + _escaped(shown[at:])


def _escaped(shown: str) -> str:
    if _SPECIAL.search(shown) or _SUSPECT.search(shown) or "ww." in shown.lower():
        return _ESCAPED.sub(_escape, shown)
    return shown


def _escape(match: re.Match[str]) -> str:
    return code(match[0]) if match["code"] else f"\\{match[0]}"


def code(value: str) -> str:
    """A string as a code span (CommonMark 0.31, 6.1); it may contain backticks."""
    shown = clean(value)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def line_start(markdown: str) -> str:
    """Inline Markdown escaped for the start of a line, where it could begin a list, heading or quote."""
    block = _BLOCK.match(markdown)
    if not block:
        return markdown
    at = block.end() if block["number"] else 0
    return f"{markdown[:at]}\\{markdown[at:]}"


def heading(title: str) -> tuple[str, str]:
    """The text of a heading, plain and as Markdown; "Untitled" if it is empty.

    Variation selectors of emoji are dropped, since parsers disagree about the anchor of a heading with them.
    """
    plain = clean(_SELECTORS.sub("", title)) or "Untitled"
    markdown = text(plain)
    closing = markdown.rstrip("#")
    return plain, markdown if closing == markdown else f"{closing}\\{markdown[len(closing) :]}"


def sentence(markdown: str) -> str:
    """Inline Markdown with a full stop unless it ends like a sentence."""
    return markdown if _ENDED.search(markdown) else f"{markdown}."


def capitalized(markdown: str) -> str:
    """Inline Markdown with a capital if it begins with a lower-case function word; other words may be names."""
    word = _FIRST_WORD.match(markdown)
    return f"{markdown[0].upper()}{markdown[1:]}" if word and word[0] in _FUNCTION_WORDS else markdown


def destination(url: str) -> str | None:
    """An http(s) URL as the destination of a Markdown link; None for other URLs."""
    written = url.strip(" \t\r\n")
    if not _WEB.match(written):
        return None
    if not written.isprintable() or " " in written:
        written = _UNSENDABLE.sub(lambda char: quote(char[0], errors="replace"), written)
    if "&" in written and ";" in written:
        written = written.replace("&", "&amp;")
    return _DELIMITER.sub(r"\\\g<0>", written)


def link(label: str, url: str) -> str:
    """A Markdown link; label and URL as text if the URL isn't http(s)."""
    target = destination(url)
    return f"[{text(label)}]({target})" if target else f"{text(label)} ({text(url)})"


def verbatim(markdown: str | None) -> str:
    """Markdown as a maintainer wrote it, with LF line ends and without blank lines around it; "" for None."""
    return "\n".join((markdown or "").splitlines()).strip("\n")
