"""Bare addresses in Markdown, with the end that GitHub gives them (GitHub Flavored Markdown, section 6.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mistune import InlineParser, Markdown
    from mistune.core import InlineState

__all__ = ["autolinks"]

_ADDRESS = r"https?:\/\/[^\s<]+"
_WHOLE = re.compile(r"https?://\S+")
_SENTENCE = "?!.,:;*_~'\"]"
_ENTITY = re.compile(r"&[A-Za-z]+;")


def autolinks(md: Markdown) -> None:
    """A plugin for mistune: addresses that stand by themselves are links.

    mistune's own cuts off a bracket that the address itself opens, and keeps the stars of bold type.
    """
    md.inline.register("url_link", _ADDRESS, _parse)


def _parse(inline: InlineParser, m: re.Match[str], state: InlineState) -> int:
    from mistune.plugins.url import parse_url_link

    found = _WHOLE.match(m.string, m.start(), m.start() + _end(m[0]))
    if found:
        return parse_url_link(inline, found, state)
    inline.process_text(m[0], state)
    return m.end()


def _end(text: str) -> int:
    """Where an address ends within a text without spaces: before the signs of the sentence, and brackets that it doesn't open."""
    end = len(text)
    spare = text.count(")") - text.count("(")
    while end:
        last = text[end - 1]
        if last == ";" and (entity := _last_entity(text, end)) is not None:
            spare -= text.count(")", entity, end)
            end = entity
        elif last in _SENTENCE:
            end -= 1
        elif last == ")" and spare > 0:
            end, spare = end - 1, spare - 1
        else:
            break
    return end


def _last_entity(text: str, end: int) -> int | None:
    start = text.rfind("&", 0, end)
    return start if start >= 0 and _ENTITY.fullmatch(text, start, end) else None
