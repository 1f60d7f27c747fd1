"""Texts of strangers as they can stand in a list: without markup, on one line, of a sane length. Pure; nothing here raises."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from generator.sources.catalogue.model import Author
from generator.sources.catalogue.shapes import YEARS
from linkcheck.net.headers import clean
from linkcheck.registries.reading import LARGEST, json_object

__all__ = ["first", "many", "mapping", "name", "names", "object_in", "plain", "year"]

_LONGEST = 600
_MANY = 60
_SHOWN = 20
_SHORTEST = 3
"""Shorter names in capitals may be initials."""
_STYLES = r"i|b|em|strong|italic|bold|sc|scp|u|underline|tt|monospace|roman"
_TAG = re.compile(
    r"</?(?:[a-z]+:[a-z][\w-]*|sub|sup|inf|span|p|br|title|math|inline-formula|disp-formula|alternatives|formula|tex|tex-math"
    rf"|named-content|styled-content|xref|ext-link|font|m(?:i|n|o|row|sup|sub|text|frac|subsup|style)|{_STYLES})(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_STYLED = re.compile(
    rf"(?P<before>\w?)<(?:jats:)?(?P<style>{_STYLES})>(?P<text>[^<>]*)</(?:jats:)?(?P=style)>(?P<after>\w?)", re.IGNORECASE
)
_LOWERED = re.compile(r"(</(?:jats:)?(?:sub|sup|inf)>)(?=[a-z]{3})", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_MISREAD = re.compile("[\x80-\x9f]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SPACED = re.compile(r"\s+([,.;:)\]])")


def plain(value: object) -> str | None:
    """A title or name without its markup (HTML, JATS, MathML; entities, also escaped twice); None for no text, and too much.

    The spaces that registries lose around markup come back, and UTF-8 that was once read as Latin-1 is read right.
    """
    if not isinstance(value, str) or len(value) > 8 * _LONGEST:
        return None
    text = _reread(value).encode("utf-8", "replace").decode("utf-8")
    for _ in range(2):
        text = _CDATA.sub(r"\1", _COMMENT.sub("", html.unescape(text)))
        text = _TAG.sub("", _LOWERED.sub(r"\1 ", _STYLED.sub(_spaced, text)))
    line = " ".join(clean(" ".join(text.split()), 4 * _LONGEST).split())
    line = _SPACED.sub(r"\1", line) if line != " ".join(value.split()) else line
    return line if line and len(line) <= _LONGEST else None


def _spaced(found: re.Match[str]) -> str:
    """What was set in another style, apart from the words around it; a letter or two belong to the word."""
    text = found["text"]
    apart = len(text.strip()) > 2 and text.strip().isalpha()
    before = f"{found['before']} " if apart and found["before"].isalpha() else found["before"]
    return f"{before}{text}{' ' if apart and found['after'].isalpha() else ''}{found['after']}"


def _reread(text: str) -> str:
    """Text with control characters that only stand there because its bytes were taken for Latin-1."""
    if not _MISREAD.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


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
    """The JSON object that a body is; None for anything else. Larger than other interfaces' answers: these come in batches."""
    return json_object(body, 4 * LARGEST)


def year(value: object) -> int | None:
    """A year of publication: a number, or the first four digits of a text that can be one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value in YEARS else None
    match = _YEAR.search(value[:200]) if isinstance(value, str) else None
    return int(match[1]) if match else None


def name(given: object, family: object, suffix: object = None) -> Author | None:
    """A person; a name of one part is one that isn't told apart. What a registry was given in capitals is written as names are."""
    one, two, after = plain(given), plain(family), plain(suffix)
    if one and two and two.isupper() and len(two) >= _SHORTEST:
        two = _lowered(two)
        one = _lowered(one) if one.isupper() and re.search(r"[^\W\d_]{4}", one) else one
    if two and after:
        two = f"{two} {after}"
    if one and two:
        return Author(family=two, given=one)
    return Author(literal=one or two or "") if one or two else None


def _lowered(text: str) -> str:
    """A name in capitals with only the first letter of each part in capitals; initials stay."""
    return re.sub(r"[^\W\d_]{2,}", lambda found: found[0].capitalize(), text)


def names(found: list[Author | None]) -> tuple[Author, ...]:
    """Authors, each once. Of a collaboration of hundreds the first twenty stay, and "et al." for the rest."""
    distinct = tuple(dict.fromkeys(author for author in found if author is not None and author.name))
    return distinct if len(distinct) <= _MANY else (*distinct[:_SHOWN], Author(literal="et al."))
