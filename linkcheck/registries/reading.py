"""Read answers of services safely: no size, depth, type, encoding or markup in them does harm. Pure; nothing here raises."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from urllib.parse import urljoin, urlsplit

from linkcheck.model import RegistryAnswer
from linkcheck.net.headers import clean
from linkcheck.registries.protocol import BatchRequest, Headers, Person, Reading, unknown

__all__ = [
    "LARGEST", "LARGEST_BATCH", "count", "day", "first", "further", "header", "json_object", "many", "mapping", "name", "no_answer", "plain",
    "plain_word", "redirected", "spent", "text", "year",
]  # fmt: skip

LARGEST = 1 << 20
"""Maximum number of bytes of JSON that are parsed: a hundred times the size of these answers."""
LARGEST_BATCH = 4 * LARGEST
"""The maximum for answers about many works."""
_LONGEST = 600
_SHORTEST = 3
"""Minimum length of a name in capitals: shorter ones may be initials."""
_MOST = 1_000_000_000
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
_YEARS = range(1000, 2201)
_SPACED = re.compile(r"\s+([,.;:)\]])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def json_object(body: bytes, most: int = LARGEST) -> Mapping[str, object] | None:
    """The JSON object of a body; None for anything else, for more than `most` bytes, and for one that is nested too deeply."""
    if len(body) > most:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def many(value: object) -> list[object]:
    """A list as it is, None as an empty list, anything else as a list of one item."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def mapping(value: object) -> Mapping[str, object]:
    """A mapping as it is; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: object, most: int = 120) -> str:
    """A text as one harmless line; "" if it isn't a text. Lone surrogates, which JSON allows, become `?`."""
    return clean(value.encode("utf-8", "replace").decode("utf-8"), most) if isinstance(value, str) else ""


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header (names are compared without case); None if it is missing."""
    return next((value.strip() for given, value in headers if given.lower() == name), None)


def plain_word(body: bytes) -> bool:
    """Whether a body is a few plain words, as from an interface, and not the markup of a page."""
    return len(body) <= 200 and b"<" not in body


def spent(status: int | None, headers: Headers) -> bool:
    """Whether an answer says that we sent too many requests, so that further ones would be refused."""
    if status == 429:
        return True
    told_to_wait = header(headers, "retry-after") is not None or header(headers, "x-ratelimit-remaining") == "0"
    return status in {403, 503} and told_to_wait


def redirected(request: BatchRequest, status: int, headers: Headers) -> dict[str, Reading] | None:
    """Follow a redirect with the same headers, but only within the same origin, since they may have a token in them.

    None for an answer that isn't a redirect.
    """
    place = header(headers, "location")
    if status not in {301, 302, 303, 307, 308} or not place:
        return None
    try:
        url = urljoin(request.url, place)
        same = urlsplit(url)[:2] == urlsplit(request.url)[:2]
    except ValueError:
        same = False
    if not same:
        return dict.fromkeys(
            request.keys, unknown(request.site, f"{request.site}'s answer leads to another address, which isn't asked")
        )
    there = BatchRequest(request.site, url, request.headers, request.keys)
    return dict.fromkeys(request.keys, further(there, "renamed: another address has it"))


def further(request: BatchRequest, why: str) -> Reading:
    """The reading of an answer after which another request must be made."""
    return Reading(RegistryAnswer(request.site, "unknown", why), onward=request)


def no_answer(site: str, status: int, headers: Headers, said: str = "") -> Reading:
    """The reading of an answer without the information; `said` is the message of the service."""
    if spent(status, headers):
        return unknown(site, f"{site} asks not to be asked now: try again in some minutes")
    if status == 200:
        return unknown(site, f"{site}'s answer isn't in a known form{f': {said}' if said else ''}", odd=True)
    return unknown(site, f"{site} answered {status}{f': {said}' if said else ''}")


def plain(value: object) -> str | None:
    """A title or name without markup (HTML, JATS, MathML; entities, also escaped twice); None if it is no text, empty or too long.

    Spaces that registries lost around markup are restored, and UTF-8 that was decoded as Latin-1 is repaired.
    """
    if not isinstance(value, str) or len(value) > 8 * _LONGEST:
        return None
    shown = _reread(value).encode("utf-8", "replace").decode("utf-8")
    for _ in range(2):
        shown = _CDATA.sub(r"\1", _COMMENT.sub("", html.unescape(shown)))
        shown = _TAG.sub("", _LOWERED.sub(r"\1 ", _STYLED.sub(_spaced, shown)))
    line = " ".join(clean(" ".join(shown.split()), 4 * _LONGEST).split())
    line = _SPACED.sub(r"\1", line) if line != " ".join(value.split()) else line
    return line if line and len(line) <= _LONGEST else None


def _spaced(found: re.Match[str]) -> str:
    """A word in another style, separated from the words around it; one or two letters belong to the word."""
    inner = found["text"]
    apart = len(inner.strip()) > 2 and inner.strip().isalpha()
    before = f"{found['before']} " if apart and found["before"].isalpha() else found["before"]
    return f"{before}{inner}{' ' if apart and found['after'].isalpha() else ''}{found['after']}"


def _reread(value: str) -> str:
    """The text with UTF-8 that was decoded as Latin-1, which leaves control characters, decoded correctly."""
    if not _MISREAD.search(value):
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def first(value: object) -> str | None:
    """The first text of a list, or the text itself."""
    return next((found for one in many(value) if (found := plain(one))), None)


def year(value: object) -> int | None:
    """A year of publication: a number, or the first four digits in a text that can be one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value in _YEARS else None
    match = _YEAR.search(value[:200]) if isinstance(value, str) else None
    return int(match[1]) if match else None


def count(value: object) -> int | None:
    """A number of things, at most a billion; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST else None


def day(value: object) -> date | None:
    """The day of an ISO 8601 date or time, as it is written; None for anything else."""
    match = _DAY.match(value) if isinstance(value, str) else None
    with suppress(ValueError):
        return date.fromisoformat(match[0]) if match else None
    return None


def name(given: object, family: object, suffix: object = None) -> Person | None:
    """A person; a name of one part becomes `literal`. Names in capitals are written with capital initials."""
    one, two, after = plain(given), plain(family), plain(suffix)
    if one and two and two.isupper() and len(two) >= _SHORTEST:
        two = _capitalised(two)
        one = _capitalised(one) if one.isupper() and re.search(r"[^\W\d_]{4}", one) else one
    if two and after:
        two = f"{two} {after}"
    if one and two:
        return Person(family=two, given=one)
    return Person(literal=one or two or "") if one or two else None


def _capitalised(value: str) -> str:
    """A name in capitals with only the first letter of each part in capitals; initials stay."""
    return re.sub(r"[^\W\d_]{2,}", lambda found: found[0].capitalize(), value)
