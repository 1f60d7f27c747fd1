"""Headings' own titles, and what only leads about the page: tables of contents in any form, ways back to the top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from generator.importing.page.blocks import Block
from generator.importing.page.spans import Image, Link, Span, Spans, plain, stripped
from generator.importing.page.words import is_counter, is_top
from generator.importing.shapes.signs import linked, own_of
from generator.markdown.text import heading

__all__ = ["flattened", "is_prose", "is_toc", "marked", "title_of"]

_COUNTS = re.compile(
    r"\s*(?:\(\d+\)|[(\[]?(?:click|tap)(?: here)? to (?:expand|open|show|unfold|see|view)\b[^()\[\]]*[)\]]?)\s*$", re.IGNORECASE
)
_ABOUT = re.compile(r"\s*[:：–—-]\s")
_NOTED = re.compile(r"[\W\d_]*(?:new|updated|top)[\W_]*", re.IGNORECASE)
_FEW = 8
_LINKING = 2
"""Lists or tables with links that a page must have, so that a list without any may be a text."""
_SPEAKS = re.compile(r"\b(?:we|you|your|our|please|should|must|is|are|can|will|it|they|this)\b", re.IGNORECASE)
# In an HTML heading Markdown is text, as which no title means it.
_BADGE = re.compile(r"(?:\[!\[[^\]]*\]\([^()\s]*\)\]|!\[[^\]]*\])\([^()\s]*\)")


def title_of(spans: Spans) -> str:
    """A heading's own text: without images, counts, and links back to the top."""
    kept = [
        span for span in spans if not (isinstance(span, Link) and ((span.role == "anchor" and is_top(span.text)) or span.badge))
    ]
    shown = plain(span for span in kept if not is_counter(plain([span]))) or plain(kept)
    shown = _BADGE.sub("", shown).strip() or shown
    return heading(_COUNTS.sub("", shown) or shown)[0] if shown else ""


def is_toc(block: Block) -> bool:
    """Whether a block only leads to places of the page: a table of contents, a way back to the top."""
    if linked(block) or not any(_anchors(spans) for spans in block.walk()):
        return False
    lines = list(_lines(block))
    return any(lines) and all(lines)


def _lines(block: Block) -> Iterator[bool]:
    """For each line that says something, whether it leads about the page. A chapter may itself lead nowhere where its sections do."""
    own = [
        spans for spans in (block.spans, *(cell for _, row in block.rows for cell in row)) if plain(spans) or _anchors(spans)
    ]
    yield from (_leads(spans) for spans in own)
    below = [list(_lines(child)) for child in block.children]
    if block.kind == "item" and any(any(lines) for lines in below[1:]):
        below[0] = [True]
    for lines in below:
        yield from lines


def _anchors(spans: Iterable[Span]) -> list[Link]:
    return [span for span in spans if isinstance(span, Link) and span.role == "anchor"]


def _leads(spans: Spans) -> bool:
    """Whether all words of a line are links within the page: counts, dates of a range and a few words about the first aside."""
    if not _anchors(spans):
        return False
    rest = plain(
        span for span in spans if not (isinstance(span, Link) and span.role == "anchor") and not isinstance(span, Image)
    )
    rest = "" if is_counter(rest) else _COUNTS.sub("", rest)
    first = next((span for span in spans if plain([span])), None)
    about = isinstance(first, Link) and _ABOUT.match(rest) is not None and len(rest.split()) <= _FEW
    return about or not re.search(r"[^\W\d_]{2}", rest) or _NOTED.fullmatch(rest) is not None


def marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, tables of contents marked as such, at the top and within boxes and quotes."""
    for block in blocks:
        if block.kind not in {"heading", "open", "summary"} and is_toc(block):
            yield replace(block, kind="toc")
        elif block.kind == "list":
            items = tuple(
                replace(item, kind="toc") if is_toc(item) and not _alone(item, block) else item for item in block.children
            )
            yield replace(block, children=items)
        else:
            yield block


def _alone(item: Block, block: Block) -> bool:
    """Whether an item without a link stands among items that are entries: then it is a remark of the list."""
    return not _leads(stripped(item.children[0].spans if item.children else ())) or len(block.children) < 2


def flattened(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with the items of lists in the place of the lists, quotes of lists opened; lists of sentences are texts."""
    linking = sum(1 for _ in islice((block for block in blocks if block.kind in {"list", "table"} and linked(block)), _LINKING))
    for block in blocks:
        if block.kind == "list" and linking == _LINKING and is_prose(block):
            yield replace(block, kind="prose")
        elif block.kind == "list":
            yield from block.children
        elif block.kind == "quote" and any(child.kind in {"list", "table"} and linked(child) for child in block.children):
            yield from flattened(block.children)
        else:
            yield block


def is_prose(block: Block) -> bool:
    """Whether a list says something in sentences, and names no works: none of its items has a link, and most speak to the reader."""
    if linked(block) or len(block.children) < 2:
        return False
    texts = [plain(spans) for item in block.children for spans in own_of(item)[0]]
    return sum(len(text.split()) > 7 and _SPEAKS.search(text) is not None for text in texts) * 2 > len(texts)
