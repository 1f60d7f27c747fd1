"""The links of a Markdown page or a plain text that isn't one of our sources, each with its place.

mistune decides what is a link (code and comments are none; reference links and bare addresses are); the raw text is asked only where
it stands, and for its exact bytes, which mistune percent-encodes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from linkcheck.model import Link, Place, Work

_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]]+", re.IGNORECASE)
_TRAILING = ".,;:!?)'*_~"


def links_in_markdown(text: str, path: str) -> tuple[Link, ...]:
    """Every link and image address of a page, with the link's text as the title of its work."""
    from generator.importing.parsing import counting

    tokens = counting()(text.replace("\x00", "\ufffd"))
    where = _Where(text, path)
    found = _walk(tokens) if isinstance(tokens, list) else ()
    return tuple(where.link(url, title) for url, title in found)


def links_in_text(text: str, path: str) -> tuple[Link, ...]:
    """Every http(s) address of a plain text; brackets and full stops that belong to the sentence are left to it."""
    where = _Where(text, path)
    return tuple(Link(url, where.place(at)) for at, url in _addresses(text))


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    for match in _ADDRESS.finditer(text):
        url = match[0]
        while url[-1] in _TRAILING and not (url[-1] == ")" and url.count("(") >= url.count(")")):
            url = url[:-1]
        yield match.start(), url


def _walk(tokens: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    stack = list(reversed(list(tokens)))
    while stack:
        token = stack.pop()
        kind = token.get("type")
        if kind in {"link", "image"}:
            yield str(token["attrs"]["url"]), _text(token)
        elif kind in {"block_html", "inline_html"}:
            yield from _html(str(token.get("raw", "")))
        stack.extend(reversed(token.get("children") or []))


def _text(token: dict[str, Any]) -> str:
    children = token.get("children")
    if children is None:
        return str(token.get("raw", ""))
    return "".join(_text(child) for child in children)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value and tag in {"a", "img", "source", "video", "iframe"}:
                self.found.append((value.strip(), ""))


def _html(raw: str) -> list[tuple[str, str]]:
    parser = _Addresses()
    parser.feed(raw)
    return parser.found


class _Where:
    """Finds addresses in the raw text, in reading order, and tells line and column."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._lines = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        self._at = 0
        self._after: dict[str, int] = {}

    def link(self, url: str, title: str) -> Link:
        at, written = self._find(url)
        work = Work(title=title.strip()) if title.strip() and title.strip() != url else None
        return Link(written, self.place(at) if at >= 0 else Place(self._path), work)

    def place(self, at: int) -> Place:
        line = bisect_right(self._lines, at)
        return Place(self._path, line, at - self._lines[line - 1] + 1)

    def _find(self, url: str) -> tuple[int, str]:
        forms = dict.fromkeys((url, unescape(url), unquote(url), url.replace("&amp;", "&"), url.replace("&", "&amp;")))
        hits = [(at, form) for form in forms if (at := self._next(form, self._at)) >= 0]
        if not hits:
            hits = [(at, form) for form in forms if (at := self._next(form, self._after.get(form, 0))) >= 0]
        if not hits:
            # An address that is written from its "www." on.
            return self._next(url.removeprefix("http://"), self._at) if url.startswith("http://www.") else -1, unescape(url)
        at, form = min(hits, key=lambda hit: (hit[0], -len(hit[1])))
        self._after[form] = at + 1
        self._at = at + len(form) if at >= self._at else self._at
        return at, unescape(form)

    def _next(self, form: str, start: int) -> int:
        """The next place where the address stands by itself, not as the beginning of a longer one."""
        at = self._text.find(form, start)
        while at >= 0:
            after = self._text[at + len(form) : at + len(form) + 1]
            if not after or not (after.isalnum() or after in "/_-=&%#"):
                return at
            at = self._text.find(form, at + 1)
        return -1
