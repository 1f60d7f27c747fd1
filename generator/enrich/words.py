"""Texts of strangers as they can stand in a list: without markup, on one line, of a sane length. Pure; nothing here raises."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

from generator.catalogue.entries import YEARS
from generator.catalogue.model import Author
from linkcheck.headers import clean
from linkcheck.sites.reading import LARGEST

__all__ = ["first", "many", "mapping", "name", "names", "object_in", "plain", "year"]

_LONGEST = 600
_MANY = 60
_SHOWN = 20
_TAG = re.compile(
    r"</?(?:[a-z]+:[a-z][\w-]*|i|b|em|strong|sub|sup|sc|scp|u|tt|span|p|br|italic|bold|title|math|inline-formula|tex-math"
    r"|m(?:i|n|o|row|sup|sub|text|frac|subsup|style))(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SPACED = re.compile(r"\s+([,.;:)\]])")


def plain(value: object) -> str | None:
    """A title or name without its markup (HTML, JATS, MathML; entities, also escaped twice); None for no text, and too much."""
    if not isinstance(value, str) or len(value) > 8 * _LONGEST:
        return None
    text = value.encode("utf-8", "replace").decode("utf-8")
    for _ in range(2):
        text = _TAG.sub("", _COMMENT.sub("", html.unescape(text)))
    line = " ".join(clean(" ".join(text.split()), 4 * _LONGEST).split())
    line = _SPACED.sub(r"\1", line) if line != " ".join(value.split()) else line
    return line if line and len(line) <= _LONGEST else None


def first(value: object) -> str | None:
    """The first text of a list of them, or a text itself."""
    return next((text for one in many(value) if (text := plain(one))), None)


def many(value: object) -> list[object]:
    """A list as it is, nothing as an empty one, anything else as the one item of a list."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def mapping(value: object) -> Mapping[str, object]:
    """A mapping as it is; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def object_in(body: bytes) -> Mapping[str, object] | None:
    """The JSON object that a body is; None for anything else. Twice as large as other interfaces' answers: these come in batches."""
    if len(body) > 4 * LARGEST:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def year(value: object) -> int | None:
    """A year of publication: a number, or the first four digits of a text that can be one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value in YEARS else None
    match = _YEAR.search(value[:200]) if isinstance(value, str) else None
    return int(match[1]) if match else None


def name(given: object, family: object, suffix: object = None) -> Author | None:
    """A person; a name of one part is one that isn't told apart."""
    one, two, after = plain(given), plain(family), plain(suffix)
    if two and after:
        two = f"{two} {after}"
    if one and two:
        return Author(family=two, given=one)
    return Author(literal=one or two or "") if one or two else None


def names(found: list[Author | None]) -> tuple[Author, ...]:
    """Authors, each once. Of a collaboration of hundreds the first twenty stay, and "et al." for the rest."""
    distinct = tuple(dict.fromkeys(author for author in found if author is not None and author.name))
    return distinct if len(distinct) <= _MANY else (*distinct[:_SHOWN], Author(literal="et al."))
