"""A page that we rendered: what every page has besides its topic, and which of its lists are entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.importing.page.blocks import Block, Page
from generator.importing.page.spans import Link, plain
from generator.importing.segment import Segment
from generator.importing.shapes.list_item import node_of
from generator.importing.shapes.model import Claim, Facts
from generator.importing.shapes.signs import linked
from generator.importing.topic.contents import is_prose
from generator.markdown.marker import MARKER, is_rendered

__all__ = ["contents_of", "list_begin", "opened", "own_slug", "rendered_segments", "without_frame"]

_TRAILER = re.compile(r"\n---\n\n(?:Related topics: [^\n]*\n\n)?To change this page, edit \[[^\n]*\n?\Z")
_SEE_ALSO = re.compile(
    r"\n#{2,3} See also\n\n(?:Entries of other topics that also belong here|On other pages, but about this as well):\n"
    r"(?:\n|- [^\n]*\n)*(?:\[[^\n]*\]: [^\n]*\n)*"
)
_LINT = re.compile(r"<!-- (?:markdownlint-disable|lint disable|lint ignore) [^\n]* -->\n")
_BADGE = re.compile(r"^(# [^\n]*) \[!\[Awesome\]\(https://awesome\.re/badge\.svg\)\]\(https://awesome\.re\)$", re.MULTILINE)
_RELATED = re.compile(r"\nRelated topics: (?:\[[^\n]*\]\[#[^\n]*\])\.\n")
_LICENSE = re.compile(r"\nLicense of the lists: [^\n]*\n(?=(?:\n?\[[^\n]*\]: [^\n]*)*\n*\Z)")
_FOLDED = re.compile(r"\n<details>\n<summary>[\d,]+ entries</summary>\n\n((?:- [^\n]*\n)+)\n</details>\n")
_ITEM = re.compile(r"\s*(?:[-+*]|\d+\.) ")
_FORMER = re.compile(r"\n(?:<a id=\"[^\"\n]*\"></a>\n)+")
_PARTING = "<!-- and -->"
_SAME_PAGE = re.compile(r"\]\(#[\w%.-]+\)")
_REFERENCE = re.compile(r"\]\[([^\]\n]+)\]")


def own_slug(text: str) -> str | None:
    """The topic that a rendered page was rendered from, "" for a page of all topics; None for a page that we didn't render."""
    if not is_rendered(text):
        return None
    source = text.removeprefix("\ufeff").removeprefix(MARKER).partition(" by Listkeeper")[0]
    if source.endswith("/"):
        return ""
    return PurePosixPath(unquote(source)).name.removesuffix(".yaml")


def without_frame(text: str) -> str:
    """A rendered page without what is ours on it: its first line, pointers to other pages, the way to its source."""
    _, newline, rest = text.replace("\r\n", "\n").partition("\n")
    body = _TRAILER.sub("\n", rest)
    if "# See also\n" in body:
        body = _SEE_ALSO.sub("\n", body)
    if "<details>" in body:
        body = _FOLDED.sub(_unfolded, body)
    if own_slug(text) == "":
        for pattern, kept in ((_BADGE, r"\1"), (_RELATED, "\n"), (_LICENSE, "\n"), (_FORMER, "\n")):
            body = pattern.sub(kept, body)
    return newline + _LINT.sub("\n", body)


def _unfolded(folded: re.Match[str]) -> str:
    """A folded list as a list, parted from one above it; every entry stays on its line."""
    begin = folded.string.rfind("\n", 0, max(folded.start() - 1, 0)) + 1
    above = _ITEM.match(folded.string, begin)
    return f"\n{_PARTING if above else ''}\n\n\n{folded[1]}\n\n"


def opened(pieces: Sequence[Block], page: Page) -> Iterator[Block]:
    """The blocks, lists of entries as their items.

    What only a description may have is text: a list of sentences, or one that a comment parts from the next, tables, quotations, code.
    """
    for at, block in enumerate(pieces):
        before = pieces[at - 1].raw.strip() if at else ""
        after = [one.kind for one in pieces[at + 1 : at + 3]]
        parted = after == ["comment", "list"] and pieces[at + 1].raw.strip() == _PARTING
        if block.kind == "list" and (parted or (before != _PARTING and is_prose(block))):
            raw = page.text[block.start : block.end].strip("\n")
            yield replace(block, kind="verbatim", raw=_REFERENCE.sub(lambda found: _inline(found, page), raw))
        elif block.kind == "list":
            yield from block.children
        elif block.kind in {"quote", "code", "table"} or (block.kind == "paragraph" and _SAME_PAGE.search(_raw(block, page))):
            yield replace(block, kind="verbatim", raw=_raw(block, page))
        else:
            yield block


def _raw(block: Block, page: Page) -> str:
    return page.text[block.start : block.end].strip("\n")


def _inline(reference: re.Match[str], page: Page) -> str:
    found = page.definitions.get(reference[1].lower().upper(), "")
    return f"]({found.partition(': ')[2]})" if found else reference[0]


def rendered_segments(blocks: Sequence[Block]) -> list[Segment]:
    """Each item as a claim; everything else is a heading or a text."""
    found: list[Segment] = []
    for at, block in enumerate(blocks):
        node = node_of(block, Facts()) if block.kind == "item" else None
        found.append(Segment(at, Claim(at + 1, 1.0, (node,), "an item of a rendered page", "rendered item") if node else None))
    return found


def contents_of(blocks: Sequence[Block]) -> tuple[int, frozenset[str]]:
    """Where the table of contents of a rendered page ends, and the headings in it; 0 and nothing where it has none."""
    for above, block in pairwise(blocks):
        if block.kind == "toc" and above.kind == "heading" and above.level == 2 and plain(above.spans) == "Contents":
            return block.end, frozenset(span.text for spans in block.walk() for span in spans if isinstance(span, Link))
    return 0, frozenset()


def list_begin(blocks: Sequence[Block]) -> int:
    """Where the entries of a rendered page without contents may begin; 0 where that isn't known.

    That is at the first section of items with links, else at the last of items.
    """
    tops = [at for at, block in enumerate(blocks) if block.kind == "heading" and block.level == 2]
    listed: list[int] = []
    for at, end in pairwise([*tops, len(blocks)]):
        items = [block for block in blocks[at:end] if block.kind == "item"]
        if any(map(linked, items)):
            return blocks[at].start
        listed += [blocks[at].start] if items else []
    return listed[-1] if listed else 0
