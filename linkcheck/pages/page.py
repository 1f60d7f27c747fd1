"""A parsed page with its visible text, the input of all signals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkcheck.pages.bounds import limit_markup
from linkcheck.urls.components import split_authority, split_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_TITLE = 300
"""Maximum characters of a title or heading."""
SHORT = 400
"""Words below which a page may be a placeholder or error page; longer pages are content."""

_NOT_RENDERED = ["script", "style", "noscript", "template", "svg", "textarea", "datalist"]
_HIDDEN = '[hidden],[aria-modal="true"],[style*="display:none" i],[style*="display: none" i]'
_SCRIPT = re.compile(r"<script\b.*?(?:</script|\Z)", re.DOTALL)
_DENSE_SCRIPT = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
"""Thai, kana, ideographs and hangul, written with few or no spaces; two of them count as one word."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer with text.

    `source` is the limited markup with its scripts, `lower` the same in lower case, `text` the visible text on one line, `words` its
    words and `received` these and the hidden ones. `cut`: the page goes on beyond what was read.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    source: str
    lower: str
    title: str
    heading: str
    headings: tuple[str, ...]
    text: str
    words: int
    tree: LexborHTMLParser | None = None
    received: int = 0
    cut: bool = False

    @property
    def short(self) -> bool:
        """Whether the page has so few words that it may be a placeholder."""
        return self.words < SHORT

    @property
    def host(self) -> str:
        """The requested host name in lower case."""
        return split_authority(split_url(self.url).authority or "").host.lower()

    @property
    def path(self) -> str:
        """The requested path, as written."""
        return split_url(self.url).path

    @property
    def scripts(self) -> str:
        """The script elements with their tags, in lower case."""
        return "\n".join(_SCRIPT.findall(self.lower))

    @property
    def title_and_headings(self) -> tuple[str, ...]:
        """Title and first headings, each once."""
        return tuple(dict.fromkeys((self.title, *self.headings)))


def html_page(source: str, headers: Mapping[str, str], url: str, status: int, *, complete: bool = True) -> Page:
    """Parse HTML as a browser without scripts shows it. `complete` is False if the body was cut off."""
    from selectolax.lexbor import LexborHTMLParser

    limited = limit_markup(source)
    tree = LexborHTMLParser(limited.markup)
    tree.strip_tags(_NOT_RENDERED)
    title = _title(tree)
    first, second = tree.css_first("h1"), tree.css_first("h2")
    headings = tuple(text for text in (_text(first), _text(second)) if text)
    body = tree.body
    tokens = body.text(separator=" ").split() if body is not None else []
    source = limited.with_scripts
    lower = source.lower()
    received = 0
    if len(tokens) < SHORT and body is not None and ("hidden" in lower or "display:" in lower or "aria-modal" in lower):
        received = _words(tokens, " ".join(tokens))
        for node in body.css(_HIDDEN):
            node.decompose()
        tokens = body.text(separator=" ").split()
    heading = headings[0] if headings else ""
    text = " ".join(tokens)
    words = _words(tokens, text)
    return Page(
        url, status, headers, source, lower, title, heading, headings, text, words,
        tree, max(words, received), limited.cut or not complete,
    )  # fmt: skip


def text_page(source: str, headers: Mapping[str, str], url: str, status: int) -> Page:
    """The page of a plain text."""
    tokens = source.split()
    text = " ".join(tokens)
    return Page(url, status, headers, source, source.lower(), "", "", (), text, _words(tokens, text))


def _words(tokens: list[str], text: str) -> int:
    return len(tokens) if text.isascii() else len(tokens) + len(_DENSE_SCRIPT.findall(text)) // 2


def _title(tree: LexborHTMLParser) -> str:
    text = _text(tree.css_first("title"))
    if text:
        return text
    og_title = tree.css_first('meta[property="og:title"]')
    return one_line(og_title.attributes.get("content") or "") if og_title is not None else ""


def _text(node: LexborNode | None) -> str:
    return one_line(node.text(separator="")) if node is not None else ""


def one_line(text: str) -> str:
    """The text on one line of at most `LONGEST_TITLE` characters, with single spaces."""
    return " ".join(text[: 4 * LONGEST_TITLE].split())[:LONGEST_TITLE]
