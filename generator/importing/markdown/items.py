"""The items of a list: entries, entries with their attributes below them, groups of entries, and plain remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.importing.markdown.blocks import Block
from generator.importing.markdown.inline import Token, has_link, plain
from generator.importing.markdown.labels import bracketed
from generator.importing.markdown.marks import Draft
from generator.importing.markdown.reading import read_item
from generator.importing.markdown.rows import entries_of_table
from generator.importing.markdown.tree import is_toc, title_of
from generator.importing.markdown.words import is_label

__all__ = ["entries_of_list", "remarks", "tokens_of"]

_ATTRIBUTE = re.compile(r"\s*(?P<label>[^\W\d_][\w /+-]{0,24}?)\s*[:：]")
_BROKEN: Token = {"type": "break", "hard": True}
_STOP: Token = {"type": "stop"}


def entries_of_list(block: Block) -> tuple[list[Draft], list[tuple[str, list[Draft]]]]:
    """The entries of a list and its groups, which come last in it; groups among entries are told by an entry of their name."""
    read = [each for item in block.children if (each := _item(item)) is not None]
    groups = [isinstance(each, tuple) for each in read]
    first = groups.index(True) if any(groups) else len(read)
    ordered = all(groups[first:])
    entries: list[Draft] = []
    found: list[tuple[str, list[Draft]]] = []
    for each in read:
        if not isinstance(each, tuple):
            entries += each
        elif ordered:
            found.append(each)
        else:
            entries += [*_named(each[0], block.line), *each[1]]
    return entries, found


def tokens_of(block: Block) -> list[Token]:
    """A paragraph's tokens."""
    return list(block.inline)


def _item(item: Block) -> list[Draft] | tuple[str, list[Draft]] | None:
    """The entries of an item, or the title and entries of the group that it is."""
    if is_toc(item):
        return None
    own, nested, tables = _own(item)
    children = [child for inner in nested for child in inner.children if not is_toc(child)]
    if has_link(own):
        return _with_children(own, children, tables, item.line)
    linked = [child for child in children if _has_link(child)]
    title = title_of([token for token in own if token["type"] != "image"])
    if not linked and not tables:
        drafts = [draft] if (draft := read_item([*own, *remarks(children)], item.line)) else []
        return drafts or None
    if not title:
        shown = read_item(own, item.line)
        return [*([shown] if shown else []), *(draft for child in children for draft in _flat(_item(child)))] + [
            d for table in tables for d in entries_of_table(table)
        ]
    if all(map(_attribute, linked)) or (
        len(children) == 1 and not _link_titled(children[0]) and has_link(_own(children[0])[0])
    ):
        return _with_children([*own, _STOP], children, tables, item.line, apart=False)
    inner = [draft for child in children for draft in _flat(_item(child))]
    inner += [draft for table in tables for draft in entries_of_table(table)]
    return title, inner


def _named(title: str, line: int) -> list[Draft]:
    """A group's name as an entry, read as it will be on the page."""
    draft = read_item([{"type": "text", "raw": title}], line)
    return [draft] if draft else []


def _flat(read: list[Draft] | tuple[str, list[Draft]] | None) -> list[Draft]:
    if isinstance(read, tuple):
        return [*_named(read[0], 0), *read[1]]
    return read or []


def _own(item: Block) -> tuple[list[Token], list[Block], list[Block]]:
    """The item's own text, the lists in it, and its tables."""
    tokens: list[Token] = []
    nested: list[Block] = []
    tables: list[Block] = []
    for block in item.children:
        match block.kind:
            case "paragraph" | "heading":
                tokens += ([_STOP] if tokens else []) + block.inline
            case "quote":
                for child in block.children:
                    tokens += ([_STOP] if tokens else []) + child.inline
                    nested += [child] if child.kind == "list" else []
            case "code":
                tokens += [_STOP, {"type": "codespan", "raw": " ".join(block.raw.split())}] if block.raw.strip() else []
            case "open":
                tokens += ([_STOP] if tokens else []) + block.inline
            case "list":
                nested.append(block)
            case "table":
                tables.append(block)
            case _:
                continue
    return tokens, nested, tables


def _with_children(
    own: list[Token], children: list[Block], tables: list[Block], line: int, *, apart: bool = True
) -> list[Draft]:
    """An entry; what stands below it are its attributes, remarks about it, or (`apart`) further entries."""
    more: list[Draft] = []
    tokens = list(own)
    labels: list[Token] = []
    for child in _unfolded(children):
        if apart and _has_link(child) and not _attribute(child) and _titled(child):
            more += _flat(_item(child))
            continue
        inner, nested, _ = _own(child)
        if _attribute(child) and has_link(inner):
            labels += [*_boxed(inner)]
        else:
            tokens += [_STOP, *inner]
        for each in nested:
            tokens += remarks(each.children)
    draft = read_item([*tokens, *([_BROKEN] if labels else []), *labels], line)
    more += [entry for table in tables for entry in entries_of_table(table)]
    return [*([draft] if draft else []), *more]


def _unfolded(children: list[Block]) -> Iterator[Block]:
    """The items below an entry, those below a sentence without a link beside it."""
    for child in children:
        own, nested, _ = _own(child)
        if nested and not has_link(own) and len(plain(own).split()) > 4 and plain(own).endswith((".", "。")):
            yield replace(child, children=[block for block in child.children if block.kind != "list"])
            yield from _unfolded([item for inner in nested for item in inner.children])
        else:
            yield child


def _boxed(tokens: list[Token]) -> list[Token]:
    """An attribute's links as labelled ones, each under its own text or the word before it."""
    match = _ATTRIBUTE.match(str(tokens[0].get("raw", ""))) if tokens[0]["type"] == "text" else None
    out: list[Token] = []
    for token in tokens:
        if token["type"] != "link":
            continue
        own = plain([token])
        generic = own == token["attrs"]["url"] or own.casefold() in {"link", "here", "url", "official"} or not own
        label = match["label"] if match and (generic or (is_label(match["label"]) and not is_label(own))) else own
        out.append({**token, "children": [{"type": "text", "raw": f"[{label}]"}]})
    return out


def remarks(children: list[Block]) -> list[Token]:
    """The texts of items, and of those below them, as sentences of a description."""
    out: list[Token] = []
    for child in children:
        inner, nested, _ = _own(child)
        out += [_STOP, *inner] if inner else []
        for each in nested:
            out += remarks(each.children)
    return out


def _has_link(block: Block) -> bool:
    return (
        has_link(block.inline)
        or any(map(_has_link, block.children))
        or any(has_link(cell) for row in block.rows for cell in row)
    )


def _attribute(item: Block) -> bool:
    """Whether an item below an entry is a labelled link of it: "Paper: https://...", "[code](...)"."""
    own, nested, tables = _own(item)
    if nested or tables or not has_link(own):
        return False
    links = [token for token in own if token["type"] == "link"]
    rest = plain([token for token in own if token["type"] != "link"]).strip(" :：|,·-–—()[]/")
    labels = all(is_label(plain([link])) or plain([link]) == link["attrs"]["url"] for link in links)
    if not re.search(r"[^\W_]", rest):
        return labels
    return is_label(rest) and len(rest.split()) <= 3


def _titled(item: Block) -> bool:
    """Whether an item is an entry of its own: it begins with a link that is no label, or has words before its labels."""
    own, _, _ = _own(item)
    at = next((index for index, token in enumerate(own) if token["type"] == "link"), None)
    if at is None:
        return _has_link(item)
    return _link_titled(item) or len(plain(own[:at]).split()) > 1


def _link_titled(item: Block) -> bool:
    """Whether an item begins with a link that names a work in words of its own."""
    own, _, _ = _own(item)
    at = next((index for index, token in enumerate(own) if token["type"] == "link"), None)
    if at is None or bracketed(own, at) or is_label(plain([own[at]])):
        return False
    lead = re.sub(r"[\[(【][^\])】]*[\])】]", "", plain(own[:at]))
    several = len(plain([own[at]]).split())
    return not re.search(r"[^\W_]{2}", lead) or own[0]["type"] == "strong" or several > max(2, len(lead.split()))
