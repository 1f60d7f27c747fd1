"""Render a maintainer's descriptions as the subset of Markdown that list items allow.

mistune is only imported for descriptions with markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from generator.markdown.autolinks import autolinks
from generator.markdown.inline import Token, inline, plain_text
from generator.markdown.text import clean, line_start, text

if TYPE_CHECKING:
    from mistune import Markdown

__all__ = ["all_text", "blocks", "first_paragraph", "headings", "is_plain", "line", "parse"]

_MARK = re.compile(r"[\\`*_\[\]<~]")
_SUSPECT = re.compile(r"[&:.][#/\w]")
_MARKUP = re.compile(r"&#?\w{1,32};|https?://|www\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(?: {4}|\t| {0,3}(?:[-+#>]|\d{1,9}[.)](?:\s|$)|=+\s*$))", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n\s*\n")


def is_plain(source: str) -> bool:
    """Whether a description has no markup."""
    return not (_MARK.search(source) or (_SUSPECT.search(source) and _MARKUP.search(source)) or _BLOCK.search(source))


@cache
def _reader() -> Markdown:
    from mistune import create_markdown

    return create_markdown(renderer=None, plugins=[autolinks, "strikethrough"])


def parse(source: str) -> list[Token]:
    """The block tokens that mistune reads."""
    return [token for token in _reader()(source) if isinstance(token, dict)]


def line(source: str) -> str:
    """A description as one line of inline Markdown, its blocks joined by spaces."""
    if is_plain(source):
        return text(source)
    return " ".join(_inline_texts(parse(source)))


def first_paragraph(source: str) -> str:
    """The text of the first paragraph of a description, without markup."""
    if is_plain(source):
        return clean(_PARAGRAPH.split(source.strip(), maxsplit=1)[0])
    return next((shown for part in _inline_tokens(parse(source)) if (shown := clean(plain_text(part)))), "")


def all_text(source: str) -> str:
    """The text of a description on one line, without markup."""
    if is_plain(source):
        return clean(source)
    return " ".join(shown for part in _inline_tokens(parse(source)) if (shown := clean(plain_text(part))))


def blocks(source: str) -> list[str]:
    """A description as Markdown blocks: paragraphs on one line each, and lists."""
    if is_plain(source):
        return [line_start(shown) for part in _PARAGRAPH.split(source) if (shown := text(part))]
    found: list[str] = []
    for token in parse(source):
        if token["type"] == "list":
            found.extend(filter(None, ["\n".join(_list_lines(token))]))
        else:
            found.extend(map(line_start, _inline_texts([token])))
    return found


def headings(source: str) -> list[str]:
    """The texts of the headings in a Markdown text."""
    return [title for _, title in leveled_headings(source)]


def leveled_headings(source: str) -> list[tuple[int, str]]:
    """Level and text of the headings in a Markdown text."""
    return [
        (token["attrs"]["level"], clean(plain_text(token["children"]))) for token in parse(source) if token["type"] == "heading"
    ]


def link_targets(source: str) -> list[str]:
    """The destinations of all links in a Markdown text, with repetitions."""
    return list(_link_targets(parse(source)))


def _link_targets(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token["type"] == "link":
            yield token["attrs"]["url"]
        yield from _link_targets(token.get("children", ()))


def _inline_texts(tokens: Iterable[Token]) -> list[str]:
    return [shown for part in _inline_tokens(tokens) if (shown := inline(part).strip())]


def _inline_tokens(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The inline tokens of each innermost block, in order."""
    for token in tokens:
        match token["type"]:
            case "paragraph" | "block_text" | "heading":
                yield token["children"]
            case "block_code":
                yield [{"type": "codespan", "raw": token["raw"]}]
            case _ if "children" in token:
                yield from _inline_tokens(token["children"])
            case _ if token.get("raw"):
                yield [{"type": "inline_html", "raw": token["raw"]}]


def _list_lines(token: Token, indent: str = "") -> Iterator[str]:
    """The lines of a list, including nested lists."""
    for number, item in enumerate(token["children"], token["attrs"].get("start", 1)):
        mark = f"{number}." if token["attrs"]["ordered"] else "-"
        own = " ".join(_inline_texts(part for part in item["children"] if part["type"] != "list"))
        if own:
            yield f"{indent}{mark} {line_start(own)}"
        for part in item["children"]:
            if part["type"] == "list":
                yield from _list_lines(part, indent + " " * (len(mark) + 1) * bool(own))
