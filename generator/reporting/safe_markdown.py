"""Rewrite untrusted Markdown in a safe subset of the language, for a comment by our account.

Paragraphs, lists, headings (as bold lines), code and web links are kept. What GitHub would turn into something active becomes text:
mentions and references (they notify), images (they load), HTML, bare addresses, emoji.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.markdown.inline import inline, plain_text
from generator.markdown.text import clean, code, destination, line_start

if TYPE_CHECKING:
    from mistune import Markdown

__all__ = ["fenced", "on_github", "safe_markdown"]

_Token = dict[str, Any]

_BREAK = "\u200b"
"""A zero-width space: invisible, and inside a name or an address it keeps GitHub from linking it."""

_AUTOLINKED = re.compile(
    r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|(?<=[A-Za-z])-(?=\d)|://(?=\S)|\bwww(?=\.)|:(?=[\w+-]+:)|[0-9a-f]{6}(?=[0-9a-f])|\$(?=\S)",
    re.ASCII | re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_MAX_LINES = 600
_MAX_LINE = 4000
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def safe_markdown(markdown: str, limit: int) -> str:
    """The text rewritten, as many whole blocks as fit into `limit` characters, with a note if some don't; "" if nothing is visible."""
    lines = [line[:_MAX_LINE] for line in _COMMENT.sub("", markdown[: 4 * limit]).splitlines()[:_MAX_LINES]]
    shown, left, cut = list[str](), limit - 40, len(markdown) > 4 * limit
    try:
        blocks = list(_blocks(_reader()("\n".join(lines))))
    except RecursionError:
        return "_This is nested too deeply to be shown._"
    for block in blocks:
        if len(block) + 2 > left:
            cut = True
            break
        shown.append(block)
        left -= len(block) + 2
    return "\n\n".join([*shown, *(["_… and more_"] if cut else [])])


@cache
def _reader() -> Markdown:
    from mistune import create_markdown

    return create_markdown(renderer=None)


def _blocks(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if not isinstance(token, dict):
            continue
        match token["type"]:
            case "paragraph" | "block_text":
                yield from filter(None, [line_start(_shown(token["children"]))])
            case "heading":
                yield from filter(None, [_shown([{"type": "strong", "children": token["children"]}])])
            case "list":
                yield from filter(None, ["\n".join(_items(token))])
            case "block_code":
                yield fenced(token["raw"])
            case "block_html":
                yield from (code(text) for text in [clean(token["raw"])] if text)
            case "thematic_break":
                yield "---"
            case _:
                yield from _blocks(token.get("children", ()))


def _items(token: _Token, indent: str = "") -> Iterator[str]:
    for item in token["children"]:
        inner = [part for part in item["children"] if part["type"] != "list"]
        yield f"{indent}- {' '.join(block for block in _blocks(inner) if not block.startswith('```'))}".rstrip()
        for part in item["children"]:
            if part["type"] == "list":
                yield from _items(part, indent + "  ")


def _shown(tokens: Iterable[_Token]) -> str:
    return inline(_safe_tokens(tokens)).strip()


def _safe_tokens(tokens: Iterable[_Token]) -> Iterator[_Token]:
    """The allowed tokens, all others as code, and texts in which GitHub links nothing."""
    pending, after_token = "", False
    for token in tokens:
        kind = token["type"]
        # Escapes and entities split a text; only the joined text shows whether it contains a name.
        if kind in {"text", "softbreak", "linebreak"}:
            piece = _decoded(token["raw"]) if kind == "text" else " "
            pending += _BREAK * (after_token and not pending and not piece[:1].isspace()) + piece
            continue
        # The words of emphasis or links that are dropped join those before and after them.
        yield from _text_tokens(pending + _BREAK * (not pending[-1:].isspace()) if pending or after_token else "")
        pending, after_token = "", True
        if kind in {"strong", "emphasis"}:
            yield {"type": kind, "children": list(_safe_tokens(token["children"]))}
        elif kind == "link":
            yield from _link(token)
        elif kind == "image":
            yield _code(f"{plain_text(token['children'])} {token['attrs']['url']}")
        else:
            yield _code(token.get("raw") or plain_text(token.get("children", ())))
    yield from _text_tokens(pending)


def _text_tokens(pending: str) -> Iterator[_Token]:
    if pending:
        # Entities are already decoded: what looks like one now is text.
        yield {"type": "text", "raw": _AUTOLINKED.sub(_break_up, pending).replace("&", "&amp;")}


def _link(token: _Token) -> Iterator[_Token]:
    url, label = token["attrs"]["url"], list(_safe_tokens(token["children"]))
    # A link to a page of GitHub notifies that page's owners.
    if not destination(url) or "[" in url or on_github(url):
        yield from (*label, {"type": "text", "raw": " "}, _code(url))
    else:
        yield {"type": "link", "children": label or [_code(url)], "attrs": {"url": url}}


def _code(raw: str) -> _Token:
    return {"type": "codespan", "raw": clean(raw)}


def _break_up(found: re.Match[str]) -> str:
    return f":{_BREAK}//" if found[0] == "://" else f"{found[0]}{_BREAK}"


def _decoded(raw: str) -> str:
    return _ENTITY.sub(lambda entity: unescape(entity[0]), raw)


def fenced(raw: str, language: str = "") -> str:
    """A fenced code block (CommonMark 0.31, 4.5), whatever backticks the text contains."""
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", raw)), default=0) + 1)
    return f"{fence}{language}\n{raw.rstrip()}\n{fence}"


def on_github(url: str) -> bool:
    """Whether a URL leads to github.com or a subdomain; also True for a URL whose host can't be read."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return True
    return host == "github.com" or host.endswith(".github.com")
