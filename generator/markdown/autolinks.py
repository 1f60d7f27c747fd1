"""Bare URLs in Markdown (GitHub Flavored Markdown, section 6.9), as a plugin for mistune."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from mistune import InlineParser, Markdown
    from mistune.core import InlineState

__all__ = ["autolinks", "autolinks_with_scheme", "may_link"]

_ADDRESS = r"(?<![A-Za-z])[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s<]+"
_OR_WWW = _ADDRESS + r"|(?<![^\s*_~(])www\.[^\s<]+"
_LINK = re.compile(r"[\[<]|https?:|www\.", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.|https?://(?=[^\W_]|[^\x00-\x7f]))[\w.-]*", re.IGNORECASE)
_WHOLE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SENTENCE = "?!.,:;*_~'\"]"
_ENTITY = re.compile(r"&[A-Za-z]+;")


def may_link(text: str) -> bool:
    """Whether a Markdown text may contain a link; if not, it needn't be parsed."""
    return _LINK.search(text) is not None


def autolinks(md: Markdown) -> None:
    """A mistune plugin that links bare URLs, including those that begin with "www.".

    mistune's own plugin cuts off a closing bracket that the URL opened, and includes the asterisks of emphasis.
    """
    md.inline.register("url_link", _OR_WWW, _parse, start_chars=("h", "H", "w"))


def autolinks_with_scheme(md: Markdown) -> None:
    """The same for texts without "www.", which is faster: mistune doesn't stop at each "w"."""
    md.inline.register("url_link", _ADDRESS, _parse, start_chars=("h", "H"))


def _parse(inline: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    from mistune.plugins.url import parse_url_link

    bare = m[0].startswith("www.")
    if not _has_host(m[0]):
        return None
    found = _WHOLE.match(m.string, m.start(), m.start() + _end(m[0]))
    if found:
        before = len(state.tokens)
        end = parse_url_link(inline, found, state)
        if bare and len(state.tokens) > before and state.tokens[-1]["type"] == "link":
            state.tokens[-1]["attrs"]["url"] = f"http://{state.tokens[-1]['attrs']['url']}"
        return end
    inline.process_text(m[0], state)
    return m.end()


def _has_host(text: str) -> bool:
    """Whether an address begins with a host name: with a letter or digit, and without an underscore in its last two labels.

    So `https://*.example.com` and `https://$HOST/` are text (cmark-gfm, extensions/autolink.c, `check_domain`).
    """
    found = _HOST.match(text)
    if found is None:
        return False
    host = found[0].rpartition("/")[2]
    first = text[found.end() - len(host)]
    return not category(first).startswith("P") and not any("_" in part for part in host.split(".")[-2:])


def _end(text: str) -> int:
    """The end of a URL in a text without spaces: before trailing punctuation, entities, and brackets that it didn't open."""
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
