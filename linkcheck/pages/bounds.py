"""Limit the markup that is parsed, so that no page takes more than a few hundredths of a second.

HTML parsers walk over all open elements at each tag and copy open formatting elements into each block (WHATWG HTML 13.2.4.3): 60 kB
can become millions of nodes. So characters, tags and attributes are limited first.
"""

from __future__ import annotations

import re
from itertools import islice

MAX_CHARACTERS = 64 * 1024
"""Maximum characters of markup that are parsed."""
MAX_TAGS = 4000
"""Maximum opening tags, and closing tags, that are parsed: 4,000 nested blocks take 20 ms."""
MAX_ATTRIBUTES = 400
"""Maximum attributes of a tag; parsers compare each with all before it."""

_FEW_TAGS, _FEW_CHARACTERS = 300, 16 * 1024
_OPENING, _CLOSING = re.compile(r"<[A-Za-z]"), re.compile(r"</")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4096,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FORMATTING = re.compile(r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)


def limit_markup(source: str) -> str:
    """The prefix of a page's markup that may be parsed; if it has many tags, formatting elements are replaced by `span`."""
    source = source[:MAX_CHARACTERS]
    if len(source) > _FEW_CHARACTERS:
        source = _before_attribute_bomb(source)
    closing = source.count("</")
    opening = source.count("<") - closing
    if opening <= _FEW_TAGS and closing <= MAX_TAGS:
        return source
    if opening > MAX_TAGS:
        source = _up_to_limit(_OPENING, source)
    if closing > MAX_TAGS:
        source = _up_to_limit(_CLOSING, source)
    return _FORMATTING.sub(r"<\1span", source)


def _up_to_limit(tag: re.Pattern[str], source: str) -> str:
    """The markup up to the first tag beyond `MAX_TAGS`."""
    found = next(islice(tag.finditer(source), MAX_TAGS, None), None)
    return source[: found.start()] if found else source


def _before_attribute_bomb(source: str) -> str:
    """The markup up to the first tag with more than `MAX_ATTRIBUTES`; long values (images, JSON) are fine."""
    for tag in _LONG_TAG.finditer(source):
        names = _QUOTED.sub("", tag[0])
        if len(names.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES or names.count("=") > MAX_ATTRIBUTES:
            return source[: tag.start()]
    return source
