"""Markdown of a stranger as Markdown that a bot may say: read, and written anew in a small safe part of the language.

Paragraphs, lists, headings (as bold lines), code and links to the web remain. What GitHub would make more of shows as text:
mentions and references (they notify), images (they fetch), HTML, bare addresses, emoji. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.render.text import clean, code, destination, line_start, text

if TYPE_CHECKING:
    from mistune import Markdown

__all__ = ["defused"]

_Token = dict[str, Any]

_BREAK = "\u200b"
"""A zero-width space: within a name or an address it shows nothing, and GitHub no longer takes it for one."""

_TEMPTING = re.compile(
    r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|(?<=[A-Za-z])-(?=\d)|://(?=\S)|\bwww(?=\.)|:(?=[\w+-]+:)|\b[0-9a-f]{6}(?=[0-9a-f])|\$(?=\S)",
    re.ASCII | re.IGNORECASE,
)
_LINES = 600
_LINE = 4000
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def defused(markdown: str, limit: int) -> str:
    """The text at most `limit` characters long, whole blocks of it; what had no room is said. "" for what shows nothing."""
    lines = [line[:_LINE] for line in _COMMENT.sub("", markdown[: 4 * limit]).splitlines()[:_LINES]]
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
                yield from filter(None, [line_start(_inline(token["children"]))])
            case "heading":
                yield from (f"**{told}**" for told in [_plain(token["children"])] if told)
            case "list":
                yield from filter(None, ["\n".join(_items(token))])
            case "block_code":
                yield _fenced(token["raw"])
            case "block_html":
                yield from (code(told) for told in [clean(token["raw"])] if told)
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


def _inline(tokens: Iterable[_Token]) -> str:
    shown = ""
    for token in tokens:
        match token["type"]:
            case "text":
                piece = _text(token["raw"])
            case "softbreak" | "linebreak":
                piece = " "
            case "codespan" | "inline_html":
                piece = code(token["raw"]) if token["raw"].strip() else ""
            case "link":
                piece = _link(token)
            case "image":
                piece = code(f"{_plain(token.get('children', ()))} {token['attrs']['url']}".strip())
            case "strong" | "emphasis":
                told = _inline(token["children"]).strip()
                mark = "**" if token["type"] == "strong" else "_"
                piece = f"{mark}{told}{mark}" if told and mark[0] not in {told[0], told[-1]} else told
            case _:
                piece = _inline(token.get("children", ()))
        # Two code spans that touch would be read as one, and an exclamation mark before a link as an image.
        if (shown.endswith("`") and piece.startswith("`")) or (shown.endswith("!") and piece.startswith("[")):
            shown += " "
        shown += piece
    return shown.strip()


def _text(raw: str) -> str:
    shown = text(_TEMPTING.sub(lambda found: _broken(found[0]), raw))
    return f"{' ' * (raw[:1].isspace())}{shown}{' ' * (len(raw) > 1 and raw[-1].isspace())}"


def _broken(match: str) -> str:
    return f":{_BREAK}//" if match == "://" else f"{match}{_BREAK}"


def _plain(tokens: Iterable[_Token]) -> str:
    return _inline(tokens).replace("**", "").strip()


def _link(token: _Token) -> str:
    url = token["attrs"]["url"]
    target, label = destination(url), _inline(token["children"])
    host = (urlsplit(url).hostname or "") if target and "[" not in url else ""
    # A link to a page of GitHub tells that page's owners who named it.
    if not target or not host or host == "github.com" or host.endswith(".github.com"):
        return f"{label} {code(url)}".strip()
    return f"[{label or _text(url)}]({target})"


def _fenced(raw: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", raw)), default=0) + 1)
    return f"{fence}\n{raw.rstrip()}\n{fence}"
