"""Limit the markup that is parsed, so that no page takes more than a few hundredths of a second.

HTML parsers walk over all open elements at each tag and copy open formatting elements into each block (WHATWG HTML 13.2.4.3): 60 kB
can become millions of nodes. So characters, tags and attributes are limited first. What has no text (scripts, styles, drawings,
comments, embedded files) is left out of a long page before: many sites put more than 64 Ki of it before their text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_NO_TEXT = re.compile(r"<!--|<link\b[^<>]*>(?:(\s?)\s*<link\b[^<>]*>)*|<(script|style|svg)\b[^<>]*>", re.IGNORECASE)
"""The start of what has no text, or all of it. Group 1: white space between links; group 2: an element whose content is left out."""
_ENDS = {
    "script": re.compile("</[sS][cC][rR][iI][pP][tT]"),
    "style": re.compile("</[sS][tT][yY][lL][eE]"),
    "svg": re.compile("</[sS][vV][gG]"),
}
_EMBEDDED = re.compile(r";base64,[A-Za-z0-9+/=%]{64,}")


@dataclass(frozen=True, slots=True)
class LimitedMarkup:
    """The markup that may be parsed. `scripts` are those of a long page, whose markup has none; `cut`: there is more."""

    markup: str
    scripts: str = ""
    cut: bool = False

    @property
    def with_scripts(self) -> str:
        """The markup with its scripts, those of a long page behind it."""
        return self.markup + self.scripts


def limit_markup(source: str) -> LimitedMarkup:
    """The part of a page's markup that may be parsed; if it has many tags, formatting elements are replaced by `span`."""
    scripts = ""
    if len(source) > MAX_CHARACTERS:
        source, scripts = _without_scripts(source, MAX_CHARACTERS)
    markup = source[:MAX_CHARACTERS]
    if len(markup) > _FEW_CHARACTERS:
        markup = _before_attribute_bomb(markup)
    closing = markup.count("</")
    opening = markup.count("<") - closing
    if opening > MAX_TAGS:
        markup = _up_to_limit(_OPENING, markup)
    if closing > MAX_TAGS:
        markup = _up_to_limit(_CLOSING, markup)
    cut = len(markup) < len(source)
    return LimitedMarkup(markup if opening <= _FEW_TAGS else _FORMATTING.sub(r"<\1span", markup), scripts, cut)


def text_bytes(body: bytes) -> int:
    """The number of bytes of an HTML body, as far as it came, without those that a long page is parsed without."""
    return len(_without_scripts(body.decode("latin-1"), len(body))[0])


def _without_scripts(source: str, wanted: int) -> tuple[str, str]:
    """The markup without the parts that have no text; and the first of its scripts, with their tags.

    Once more than `wanted` characters are left, the rest stays as it is.
    """
    kept, scripts = list[str](), list[str]()
    at = left = 0
    for _ in range(MAX_TAGS):
        start = _NO_TEXT.search(source, at)
        if start is None or left > wanted:
            break
        begin, end, tag = start.start(), start.end(), start[2]
        piece = source[at : end if tag else begin]
        kept.append(_EMBEDDED.sub(";base64,", piece) if ";base64," in piece else piece)
        left += len(kept[-1])
        if tag:
            name = tag.lower()
            closing = _ENDS[name].search(source, end)
            at = closing.start() if closing else len(source)
            if name == "script":
                scripts.append(source[begin : min(at, begin + MAX_CHARACTERS)])
        elif end == begin + 4:
            end_of_comment = source.find("-->", end)
            at = end_of_comment + 3 if end_of_comment >= 0 else len(source)
        else:
            kept.append(start[1] or "")
            at = end
    kept.append(_EMBEDDED.sub(";base64,", source[at:]))
    return "".join(kept), "</script>".join([*scripts, ""])[:MAX_CHARACTERS]


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
