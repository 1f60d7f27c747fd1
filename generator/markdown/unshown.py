"""Find what a Markdown text has and its place can't show: pictures and HTML in descriptions, blocks in a single line.

Pictures of a header or footer aren't reported: GitHub shows them, and the site their texts. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from generator.markdown.descriptions import tokens_of
from generator.markdown.formulas import fault, spelled
from generator.markdown.html_tags import SAFE, tags
from generator.markdown.inline import Token

__all__ = ["Holds", "Unshown", "unshown"]

Holds = Literal["line", "blocks", "page"]
"""What a text may have: one line (an entry's description), blocks (other descriptions), or all of a page (header and footer)."""

_MAY_BE = re.compile(r"[<$]|!\[|^ {0,3}(?:[-+*>#]|\d{1,9}[.)]|```|~~~|=+\s*$)|^ {4}|^\t|\|[ \t]*\n", re.MULTILINE)
_BLOCKS = {
    "heading": "a heading",
    "list": "a list",
    "block_quote": "a quotation",
    "table": "a table",
    "block_code": "a block of code",
}
_MOST = 20
"""Maximum number of findings of a text."""


@dataclass(frozen=True, slots=True)
class Unshown:
    """A part of a text that can't be shown, the words to find it by, and what happens to it."""

    what: str
    words: str
    instead: str
    formula: bool = False


def unshown(source: str, holds: Holds) -> list[Unshown]:
    """The parts of a text that its place can't show, in order, at most 20."""
    if not _MAY_BE.search(source):
        return []
    return list(islice(_of_blocks(tokens_of(source), holds), _MOST))


def _of_blocks(tokens: Iterable[Token], holds: Holds) -> Iterator[Unshown]:
    for token in tokens:
        kind = token["type"]
        if kind in _BLOCKS and (holds == "line" or (holds == "blocks" and kind == "heading")):
            instead = "its text is shown within the line" if holds == "line" else "it is shown as a paragraph"
            yield Unshown(_BLOCKS[kind], _first_words([token]), instead)
        match kind:
            case "image" if holds != "page":
                yield Unshown("a picture", "![", "it is shown as it is written")
            case "inline_html" | "block_html":
                yield from _html(token["raw"], holds)
            case "inline_math" | "block_math":
                if why := fault(token["raw"].strip()):
                    shown = spelled(" ".join(token["raw"].split()), display=kind == "block_math")
                    yield Unshown(shown, token["raw"].strip().partition("\n")[0], why, formula=True)
        if kind != "image":
            yield from _of_blocks(token.get("children", ()), holds if kind not in _BLOCKS or holds != "line" else "blocks")


def _html(raw: str, holds: Holds) -> Iterator[Unshown]:
    if holds != "page" and raw.startswith("</"):
        return
    if holds != "page":
        yield Unshown("HTML", raw.strip().partition("\n")[0], "it is shown as it is written")
        return
    for tag in tags(raw):
        if tag.name not in {*SAFE, "img"} and not tag.closing:
            yield Unshown(f"<{tag.name}>", raw[tag.start : tag.start + len(tag.name) + 1], "the site leaves it out")


def _first_words(tokens: Iterable[Token]) -> str:
    """The first text of the tokens, to find them by."""
    for token in tokens:
        if token["type"] in {"text", "codespan"} and token["raw"].strip():
            return str(token["raw"])
        if token["type"] == "block_code":
            return str(token["raw"]).strip().partition("\n")[0]
        if found := _first_words(token.get("children", ())):
            return found
    return ""
