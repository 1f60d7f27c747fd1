"""A box to unfold (`<details>`) that is an entry: its summary has the work's link, or a row of links stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importing.page.blocks import Block
from generator.importing.page.spans import has_link, plain
from generator.importing.page.words import is_contents, is_label
from generator.importing.shapes.heading import body_of, record_of
from generator.importing.shapes.model import WINDOW, Claim, Facts
from generator.importing.shapes.signs import entry_like, has_content, is_row, linked

__all__ = ["claim"]


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """A box up to where it closes, if it is about one work."""
    head = blocks[at]
    if head.kind != "open" or at < facts.first or not has_content(head.spans) or is_contents(plain(head.spans)):
        return None
    end = _close(blocks, at)
    body = body_of(blocks[at + 1 : end - 1]) if end else None
    if body is None or any(one.kind == "heading" for one in body):
        return None
    with_links = [one for one in body if linked(one)]
    titled = has_link(head.spans)
    row = bool(with_links) and with_links[0].kind == "paragraph" and is_row(with_links[0].spans)
    stands = bool(with_links) and not is_row(with_links[0].spans) and entry_like(with_links[0].spans, alone=True)
    if not (titled or (row and not stands)) or is_label(plain(head.spans)) or len(plain(head.spans)) < 2:
        return None
    return Claim(end, 1.2 * (end - at), (record_of(head.spans, head.line, body, keyed=False),), "a box with its content")


def _close(blocks: Sequence[Block], at: int) -> int:
    """Behind the end of a box; 0 where it isn't closed within the window."""
    open_ = 0
    for index in range(at, min(len(blocks), at + WINDOW)):
        open_ += (blocks[index].kind == "open") - (blocks[index].kind == "close")
        if open_ == 0:
            return index + 1
    return 0
