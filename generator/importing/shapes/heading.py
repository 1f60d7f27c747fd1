"""A heading that is an entry: with the work's link, or with a row of links or attributes right below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.entry.record import Record, joined
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Link, Spans, Text, has_link, links_of, plain, stripped
from generator.importing.page.words import is_housekeeping, is_label
from generator.importing.shapes.model import WINDOW, Claim, Facts
from generator.importing.shapes.signs import (
    attributes,
    entry_like,
    has_content,
    is_bold,
    is_row,
    linked,
    names_field,
    own_of,
    title_words,
)

__all__ = ["body_of", "claim", "heading_rows"]

_COUNTS = re.compile(r"\s*\([^\w()]*[^\x00-\x7f][^\w()]*\s*\d[^()]*\):?\s*")
_NUMBER = re.compile(r"^\s*(?:\d{1,4}[.)]|#\d{1,4})\s+(?=\S)")


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """A heading with everything up to the next one, if that is about one work."""
    head = blocks[at]
    if head.kind != "heading" or at < facts.first or is_housekeeping(plain(head.spans)):
        return None
    end = _end(blocks, at)
    if end >= len(blocks) and end - at > WINDOW:
        return None
    deeper = end < len(blocks) and blocks[end].kind == "heading" and blocks[end].level > head.level
    body = body_of(blocks[at + 1 : end])
    if body is None or not has_content(head.spans):
        return None
    titled = has_link(head.spans) and not _sentence(head.spans)
    keyed = _keyed(head, body)
    row = is_row(next((one.spans for one in body if linked(one)), ()))
    if not (titled or keyed or (row and facts.heading_rows > 1)) or (deeper and not (row or keyed)):
        return None
    texts = [one.spans for one in body if one.kind == "paragraph"]
    if keyed and any(is_bold(text) and not plain(text).endswith((":", "：")) for text in texts):
        return None
    if titled and not keyed and any(entry_like(text, alone=True) and not is_row(text) for text in texts):
        return None
    if not titled and (is_label(plain(head.spans)) or not body):
        return None
    return Claim(end, 1.2 * (end - at), (record_of(head.spans, head.line, body, keyed=keyed),), "a heading with its body")


def _end(blocks: Sequence[Block], at: int) -> int:
    """Where the body of a heading ends: at the next heading, or at the end of the box that it stands in."""
    open_ = 0
    for index in range(at + 1, min(len(blocks), at + WINDOW)):
        kind = blocks[index].kind
        if kind == "heading":
            return index
        open_ += (kind == "open") - (kind == "close")
        if open_ < 0 and index + 1 < len(blocks) and blocks[index + 1].kind != "paragraph":
            return index
    return min(len(blocks), at + WINDOW)


def body_of(blocks: Sequence[Block]) -> list[Block] | None:
    """The blocks of a body as texts and items, boxes of text opened; None where entries of their own stand in it."""
    found: list[Block] = []
    boxed: Spans = ()
    for block in blocks:
        if (
            block.kind == "table"
            or (block.kind == "open" and has_link(block.spans))
            or (block.kind == "item" and _entry(block))
        ):
            return None
        if block.kind == "open":
            boxed = block.spans
        elif block.kind == "quote":
            found += [child for child in block.children if child.spans]
        elif block.kind == "code":
            found.append(replace(block, kind="paragraph", spans=(Text(" ".join(block.raw.split()), "c"),)))
        elif block.kind not in {"rule", "comment", "close", "toc"}:
            lead = (Text(f"{plain(boxed)}: "),) if boxed and block.spans else ()
            found.append(replace(block, spans=(*lead, *block.spans)))
            boxed = ()
    return found


def _entry(item: Block) -> bool:
    """Whether an item is an entry of its own, and no remark or labelled link."""
    texts, items, _ = own_of(item)
    own = stripped(joined(texts))
    if attributes(replace(item, kind="item"), "", titled=True):
        return False
    if own and isinstance(own[0], Link) and is_label(own[0].text):
        return False
    return entry_like(own, alone=True) or any(map(_entry, items))


def _keyed(head: Block, body: Sequence[Block]) -> bool:
    """Whether all that has a link below a heading says what it is before a colon."""
    if is_label(plain(head.spans)):
        return False
    title = title_words(head.spans)
    with_links = [one for one in body if linked(one)]
    found = [attributes(one, title, titled=has_link(head.spans)) for one in with_links]
    return bool(with_links) and all(one is not None and all(name for name, _ in one) for one in found)


def record_of(title: Spans, line: int, body: Sequence[Block], *, keyed: bool) -> Record:
    """The record of a title and the body below it."""
    key = title_words(title)
    named: list[tuple[str, Spans]] = []
    texts: list[Spans] = []
    for one in body:
        found = attributes(one, key, titled=keyed or has_link(title))
        linked_ = found is not None and any(links_of(value, "web", "file") for _, value in found)
        if found is not None and (linked_ or is_row(one.spans) or all(map(names_field, [name for name, _ in found]))):
            named += found
        elif one.kind == "paragraph" and is_row(one.spans):
            named.append(("", one.spans))
        elif one.kind == "item":
            own, items, _ = own_of(one)
            row = _labelled(own[0]) if own else ()
            named += [("", row[:1])] if row else []
            texts += [uncounted] if row and (uncounted := _uncounted(row[1:])) else [] if row else own
            texts += [text for item in items for text in own_of(item)[0]]
        else:
            texts.append(one.spans)
    return Record(line, joined(texts), _unnumbered(title), tuple(named))


def _unnumbered(title: Spans) -> Spans:
    title = stripped(title)
    return (
        (replace(title[0], text=_NUMBER.sub("", title[0].text)), *title[1:]) if title and isinstance(title[0], Text) else title
    )


def _labelled(spans: Spans) -> Spans:
    spans = stripped(spans)
    return spans if spans and isinstance(spans[0], Link) and is_label(spans[0].text) else ()


def _uncounted(spans: Spans) -> Spans:
    """Without the counts in brackets that stand behind a link: "(📥 24M / month · ⏱️ 16.10.2025):"."""
    if spans and isinstance(spans[0], Text):
        rest = _COUNTS.sub(" ", spans[0].text)
        return stripped((replace(spans[0], text=rest), *spans[1:])) if rest != spans[0].text else spans
    return spans


def _sentence(spans: Spans) -> bool:
    """Whether a heading is a sentence that leads elsewhere by a word of it: "[Here](u) is the English version"."""
    rest = plain(tuple(span for span in spans if not isinstance(span, Link)))
    return len(rest.split()) > 2 and all(is_label(link.text) for link in links_of(spans))


def heading_rows(blocks: Sequence[Block]) -> int:
    """How many headings are entries by a row of links, or by the work's link."""
    count = 0
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            below = next((one for one in blocks[at + 1 : at + 8] if linked(one) or one.kind == "heading"), None)
            count += below is not None and below.kind == "paragraph" and is_row(below.spans) and not has_link(block.spans)
            count += has_link(block.spans) and below is not None and below.kind == "paragraph" and is_row(below.spans)
    return count
