"""URLs as a list has them: as written in its text, if a request can be made of them."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from urllib.parse import quote, unquote

from generator.markdown.text import destination
from linkcheck.urls import fault, web

__all__ = ["SAFE", "Inline", "askable", "url_key"]

SAFE = ":/?#@!$&()*+,;=%"
"""What mistune leaves unencoded in a URL, besides letters, digits and "-._~"."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def url_key(url: str) -> str:
    """A URL as links are counted by it: percent-encoded, entities decoded."""
    return quote(unescape(url), safe=":/?#@!$&()*+,;=%~[]")


class Inline:
    """What a page's text says of its URLs: mistune percent-encodes them, and a list keeps them as they were written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bare: str | None = None

    def url(self, url: str) -> str:
        """The URL as written in the text; as given where it can't be found."""
        if "%" not in url:
            return url
        written = unquote(url)
        if quote(written, safe=SAFE) != url:
            return url
        if self._bare is None:
            self._bare = unescape(_ESCAPED.sub(r"\1", self._text))
        return written if written in self._bare else url


def askable(url: str, source: Inline) -> str | None:
    """A web URL as written, if it can be asked and rendered; None for what is no link of the web."""
    if not web(url):
        broken = fault(url)
        if broken is None or broken.code != "missing-scheme":
            return None
        url = f"https://{url}"
    written = source.url(unescape(url) if "&" in url else url)
    if not written.isprintable() or " " in written:
        written = quote(written, safe=":/?#@!$&'()*+,;=%~[]")
    return written if _sound(written) else None


@lru_cache(maxsize=1 << 16)
def _sound(url: str) -> bool:
    """Whether a request can be made of a URL, and a page can link to it. Asked twice for each URL of an import, or more often."""
    broken = fault(url)
    return (broken is None or broken.code == "private-address") and destination(url) is not None
