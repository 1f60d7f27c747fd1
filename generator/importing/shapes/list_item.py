"""The item of a list: an entry, an entry with others below it, a group of entries, or a remark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.importing.entry.flat import Flat, flat_of
from generator.importing.entry.record import Record, joined
from generator.importing.entry.titles import bracketed, words
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Image, Link, Spans, Text, has_link, plain, stripped
from generator.importing.page.words import field_of, is_label, plain_key
from generator.importing.shapes.model import Claim, Facts, Group, Node
from generator.importing.shapes.signs import attributes, has_content, is_attribute, key_of, linked, own_of
from generator.importing.shapes.table_row import rows_of_table

__all__ = ["claim", "node_of"]

_DEEPEST = 24
_RECURRING = 3


def claim(blocks: Sequence[Block], at: int, facts: Facts) -> Claim | None:
    """An item, and the quotes and pictures below its list, which are about it."""
    item = blocks[at]
    if item.kind != "item":
        return None
    node = node_of(item, facts)
    if node is None:
        return None
    end, more = _remarks(blocks, at, facts)
    if more and isinstance(node, Record):
        node = replace(node, spans=joined([node.spans, *more]))
    elif more:
        end = at + 1
    what = (
        "a group of items"
        if isinstance(node, Group) and node.head is None
        else "an item with items below"
        if isinstance(node, Group)
        else "an item"
    )
    return Claim(end, (1.0 if linked(item) else 0.6) + 0.5 * (end - at - 1), (node,), what)


def _remarks(blocks: Sequence[Block], at: int, facts: Facts) -> tuple[int, list[Spans]]:
    """The blocks below the last item of a list that are about it: quotes, pictures; paragraphs where each list has one item."""
    _ = facts
    end, found = at + 1, list[Spans]()
    if end < len(blocks) and blocks[end].kind == "item" and blocks[end].start == blocks[at].start:
        return end, []
    while end < len(blocks) and end - at < 6:
        block = blocks[end]
        if block.kind == "quote" and not any(child.kind in {"list", "table"} for child in block.children) and not any(
            _begins(child.spans) for child in block.children
        ):  # fmt: skip
            found += [child.spans for child in block.children if child.spans]
        elif (block.kind == "paragraph" and not has_link(block.spans) and not re.search(r"\w", plain(block.spans)) and any(
            isinstance(span, Image) for span in block.spans
        )) or (block.kind == "paragraph" and blocks[at].many == 1 and _about(blocks, end)):  # fmt: skip
            found.append(block.spans)
        else:
            break
        end += 1
    return end, found


def _about(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph between lists of one item each is about the item above it."""
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    shown = plain(block.spans)
    label = shown.endswith((":", "：")) or (all(isinstance(span, Text) and "b" in span.style for span in stripped(block.spans)))
    next_single = (
        following is None or (following.kind == "item" and following.many == 1) or following.kind in {"heading", "quote"}
    )
    return not has_link(block.spans) and bool(shown) and not label and next_single


def _begins(spans: Spans) -> bool:
    flat = flat_of(stripped(spans))
    return bool(flat.regions) and isinstance(flat.regions[0].span, Link) and not is_label(flat.regions[0].span.text)


def node_of(item: Block, facts: Facts, depth: int = 0) -> Node | None:
    """The entry or the group that an item is; None where it says nothing."""
    texts, items, tables = own_of(item)
    own = joined(texts)
    items = [each for each in items if each.kind != "toc"]
    if depth >= _DEEPEST:
        return Record(item.line, joined([own, *_texts(items)])) if has_content(own) or items else None
    if has_link(own):
        return _with_children(Record(item.line, own), items, tables, facts, depth)
    below = [each for each in items if linked(each)]
    if not below and not any(map(linked, tables)):
        if not has_content(own) and not any(isinstance(span, Image) for span in own):
            return None
        return Record(item.line, joined([own, *_texts(items)]))
    title = stripped(span for span in own if not isinstance(span, Image))
    if not words(plain(title)):
        nodes = tuple(_nodes(items, tables, facts, depth))
        if own and any(isinstance(span, Image) for span in own):
            nodes = (Record(item.line, own), *nodes)
        return nodes[0] if len(nodes) == 1 else Group(item.line, (), None, nodes)
    if all(is_attribute(each, facts.labels) for each in below) or (
        len(items) == 1 and not tables and not _titled(items[0]) and has_link(joined(own_of(items[0])[0]))
    ):
        return _with_children(Record(item.line, (), title), items, tables, facts, depth, apart=False)
    return Group(item.line, title, None, tuple(_nodes(items, tables, facts, depth)))


def _nodes(items: Sequence[Block], tables: Sequence[Block], facts: Facts, depth: int) -> Iterator[Node]:
    for each in items:
        if (node := node_of(each, facts, depth + 1)) is not None:
            yield node
    for table in tables:
        yield from rows_of_table(table)


def _with_children(
    record: Record, items: Sequence[Block], tables: Sequence[Block], facts: Facts, depth: int, *, apart: bool = True
) -> Node:
    """An entry; what stands below it are its attributes, remarks about it, or (`apart`) entries of their own."""
    named: list[tuple[str, Spans]] = []
    texts: list[Spans] = [record.spans]
    remarks: list[Spans] = []
    entries: list[Node] = []
    for child in _unfolded(items):
        own, inner, inner_tables = own_of(child)
        spans = joined(own)
        if is_attribute(child, facts.labels):
            one = attributes(child, "", titled=True)
            named += one or [("", spans)]
        elif not inner and not inner_tables and (field := _field(child, facts)) is not None:
            named.append(field)
        elif not inner and not inner_tables and (flat := flat_of(stripped(spans))).regions and _label_first(flat):
            remarks.append(spans)
        elif not inner and not inner_tables and key_of(spans) in facts.keys:
            texts.append(spans)
        elif apart and linked(child) and (_own_entry(child) or inner or inner_tables):
            if (node := node_of(child, facts, depth + 1)) is not None:
                entries.append(node)
        else:
            texts += [spans, *_texts(inner)]
    whole = replace(record, spans=joined(texts), named=tuple(named), remarks=tuple(remarks))
    entries += [row for table in tables for row in rows_of_table(table)]
    return Group(record.line, (), whole, tuple(entries)) if entries else whole


def _label_first(flat: Flat) -> bool:
    """Whether an item is a labelled link with words about it."""
    first = next((region for region in flat.regions if region.link), flat.regions[0])
    lead = flat.text[: first.start].rstrip(" [(")
    return (
        first.link is not None
        and first.link.role == "web"
        and is_label(first.link.text)
        and (not lead or (lead.endswith((":", "：")) and len(lead.split()) <= 3))
        and len(words(flat.text[first.end :])) > 1
    )


def _field(child: Block, facts: Facts) -> tuple[str, Spans] | None:
    """An item "Authors: A, B", "Year: 2019" below an entry; other words before a colon where they recur."""
    if linked(child):
        return None
    found = attributes(child, "")
    known = found and (field_of(found[0][0]) or plain_key(found[0][0]) in facts.keys)
    return found[0] if found and known else None


def _own_entry(item: Block) -> bool:
    """Whether an item below an entry is one: it begins with a link that is no label, or has words before its labels."""
    own = joined(own_of(item)[0])
    flat = flat_of(stripped(own))
    first = next((region for region in flat.regions if region.link and region.link.role in {"web", "file"}), None)
    if first is None:
        return linked(item)
    return _titled(item) or (
        len(words(flat.text[: first.start])) > 1
        and not flat.text.rstrip(" ])").endswith(".")
        and first.start > 0
        and not _sentence(flat.text)
    )


def _sentence(text: str) -> bool:
    return re.search(r"[a-z]\.\s*$", text) is not None and len(words(text)) > 4


def _titled(item: Block) -> bool:
    """Whether an item begins with a link that names a work in words of its own."""
    flat = flat_of(stripped(joined(own_of(item)[0])))
    first = next((region for region in flat.regions if region.link and region.link.role in {"web", "file"}), None)
    if first is None or bracketed(flat, first.start, first.end) or is_label(first.span.text):
        return False
    lead = re.sub(r"[\[(【][^\])】]*[\])】]", "", flat.text[: first.start])
    count = len(first.span.text.split())
    bold = bool(flat.regions) and "b" in flat.regions[0].span.style
    return not re.search(r"[^\W_]{2}", lead) or bold or count > max(2, len(lead.split()))


def _unfolded(items: Sequence[Block]) -> Iterator[Block]:
    """The items below an entry, those below a sentence without a link beside it."""
    for child in items:
        own, inner, _ = own_of(child)
        text = plain(joined(own))
        if inner and not has_link(joined(own)) and len(text.split()) > 4 and text.endswith((".", "。")):
            yield replace(child, children=tuple(block for block in child.children if block.kind != "list"))
            yield from _unfolded(inner)
        else:
            yield child


def _texts(items: Sequence[Block]) -> list[Spans]:
    """The texts of items, and of those below them, as sentences."""
    found: list[Spans] = []
    for child in items:
        own, inner, _ = own_of(child)
        found += [*own, *_texts(inner)]
    return found


def child_labels(blocks: Sequence[Block]) -> frozenset[str]:
    """Texts of links with which items below several others begin: "Product page", "Specifications"."""
    seen: dict[str, set[int]] = {}
    for parent, block in enumerate(blocks):
        if block.kind != "item":
            continue
        texts, items, _ = own_of(block)
        for child in items if has_link(joined(texts)) else ():
            flat = flat_of(stripped(joined(own_of(child)[0])))
            if flat.regions and (link := flat.regions[0].link) and len(link.text.split()) <= 3:
                seen.setdefault(plain_key(link.text), set()).add(parent)
    return frozenset(key for key, parents in seen.items() if len(parents) > 1)


def child_keys(blocks: Sequence[Block]) -> frozenset[str]:
    """Words before a colon with which items below several others begin: "Institutions: ...", "Publisher: ..."."""
    seen: dict[str, set[int]] = {}
    for parent, block in enumerate(blocks):
        if block.kind != "item":
            continue
        for child in own_of(block)[1]:
            unlinked = (plain_key(name) for name, _ in attributes(child, "") or ())
            if key := key_of(joined(own_of(child)[0])) if linked(child) else next(unlinked, ""):
                seen.setdefault(key, set()).add(parent)
    return frozenset(key for key, parents in seen.items() if len(parents) > _RECURRING)
