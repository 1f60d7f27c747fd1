"""URLs of a page: as written in its text, and what each of them is for an import."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Literal
from urllib.parse import quote, unquote

from generator.markdown.text import destination
from linkcheck.urls import fault, web

__all__ = ["Role", "Written", "address", "url_key"]

Role = Literal["web", "file", "anchor", "other", "bad", "none"]
"""Leads to the web, to a file of the repository, into the page, elsewhere (mail), nowhere (malformed), has no destination."""

_SAFE = ":/?#@!$&()*+,;=%"
"""Characters that mistune leaves unencoded in a URL, besides letters, digits and "-._~"."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LETTERS = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSAFE = re.compile(r"(?:javascript|data|vbscript|file):", re.IGNORECASE)
_DOUBLED = re.compile(r"\[(https?://[^\]\s]+)\]?(?:\((https?://[^)\s]+)\)?)?")
_ANCHOR = re.compile(r"(?:\./|(?:\./)?readme\.md)?#", re.IGNORECASE)


def url_key(url: str) -> str:
    """A URL as links are counted by it: percent-encoded, entities decoded, `//host` with its scheme."""
    found = quote(unescape(_undoubled(url.replace("\ufeff", ""))), safe=":/?#@!$&()*+,;=%~[]")
    return f"https:{found}" if found.startswith("//") else f"https://{found}" if found.startswith("www.") else found


def _undoubled(url: str) -> str:
    """A URL that was written as a link within a link, `[text]([url](url))`, without the inner one's brackets."""
    match = _DOUBLED.fullmatch(url) if url.startswith("[") else None
    return (match[2] or match[1]) if match else url


class Written:
    """The URLs of a page as its text writes them: mistune percent-encodes them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bare: str | None = None

    def url(self, url: str) -> str:
        """The URL as written in the text; as given where it can't be found."""
        if "%" not in url:
            return url
        if self._bare is None:
            self._bare = unescape(_ESCAPED.sub(r"\1", self._text))
        letters = _LETTERS.sub(lambda found: unquote(found[0]), url)
        return next((one for one in (unquote(url), letters) if quote(one, safe=_SAFE + "%") == url and one in self._bare), url)


def address(url: str, source: Written) -> tuple[str, Role]:
    """A URL as it is kept, and its role. Web addresses come back as ones that can be requested and rendered."""
    url = _undoubled(url.strip())
    if not url:
        return "", "none"
    if _ANCHOR.match(url):
        return url, "anchor"
    if url.startswith("//"):
        url = f"https:{url}"
    if not web(url):
        if not url.lower().startswith("www."):
            return _elsewhere(source.url(url))
        url = f"https://{url}"
    written = source.url(unescape(url) if "&" in url else url)
    if not written.isprintable() or " " in written:
        written = quote(written, safe=":/?#@!$&'()*+,;=%~[]")
    return (written, "web") if _sound(written) else (url, "bad")


def _elsewhere(url: str) -> tuple[str, Role]:
    written = url.replace(" ", "%20")
    broken = fault(written)
    if _UNSAFE.match(url) or not written.isprintable() or (broken is not None and broken.code != "missing-scheme"):
        return url, "bad"
    return written, "other" if _SCHEME.match(url) else "file"


@lru_cache(maxsize=1 << 16)
def _sound(url: str) -> bool:
    """Whether a URL can be requested and linked to."""
    broken = fault(url)
    return (broken is None or broken.code == "private-address") and destination(url) is not None
