"""Headings and boxes that are entries: a heading with the work's link, or with a row of links and remarks right below it."""

from __future__ import annotations

import re

from generator.importing.markdown.attributes import row_of
from generator.importing.markdown.blocks import Block
from generator.importing.markdown.filling import entry_like, linked
from generator.importing.markdown.inline import Token, has_link, plain
from generator.importing.markdown.items import remarks
from generator.importing.markdown.marks import Draft
from generator.importing.markdown.reading import read_item
from generator.importing.markdown.tree import Part, is_toc, title_of
from generator.importing.markdown.words import is_housekeeping, is_label, plain_key

__all__ = ["entry_of", "has_row", "is_remark"]

_STOP: Token = {"type": "stop"}
_BREAK: Token = {"type": "break", "hard": True}
_NUMBER = re.compile(r"\s*(?:\d{1,4}[.)]|#\d{1,4})\s+(?=\S)")
_ROW = re.compile(r"\s*(?:\**[^\W\d_][\w ]{0,20}\**\s*[:：])?\s*$")
_SHORT = 40
_COUNTS = re.compile(r"^\s*\([^\w()]*[^\x00-\x7f][^\w()]*\s*\d[^()]*\):?\s*")


def entry_of(part: Part, *, rows: bool = False) -> Draft | None:
    """The entry that a part is as a whole; None where it is a section. `rows`: headings over a row of links are entries here."""
    blocks = [block for block in blocks_of(part) if block.kind not in {"rule", "comment"} and not is_toc(block)]
    titled = has_link(part.inline) and not _sentence(part.inline)
    below = [block for block in blocks if block.kind == "paragraph" and has_link(block.inline)]
    told = _attributes(part, blocks)
    if not (titled or below or told) or any(_entries_within(block) for block in blocks if id(block) not in told):
        return None
    if not titled and not told:
        if not _row(below[0].inline):
            return None
        if not (rows or part.box) or (part.box and _stands_alone(below)):
            return None
    elif any(
        block.kind == "paragraph" and entry_like(block.inline, alone=True) and id(block) not in told and not _row(block.inline)
        for block in blocks
    ):
        return None
    tokens: list[Token] = list(part.inline)
    labels: list[Token] = []
    for block in blocks:
        if id(block) in told:
            tokens += told[id(block)][0]
            labels += told[id(block)][1]
        elif block.kind == "paragraph" and _row(block.inline):
            row, rest = _split(block.inline)
            labels += row
            tokens += [_STOP, *rest] if rest else []
        elif block.kind == "paragraph":
            tokens += [_STOP, *block.inline]
        elif block.kind == "quote":
            for child in block.children:
                tokens += [_STOP, *child.inline]
        elif block.kind == "list":
            for item in block.children:
                inner = remarks([item])
                if labelled := _labelled(inner[1:]):
                    labels += _split(inner[1:2])[0]
                tokens += [_STOP, *_uncounted(inner[2:])] if labelled else inner
        elif block.kind == "code" and block.raw.strip():
            tokens += [_STOP, {"type": "codespan", "raw": " ".join(block.raw.split())}]
    if titled:
        return read_item([*tokens, *([_BREAK, *labels] if labels else [])], part.line)
    draft = read_item([{"type": "strong", "children": [{"type": "text", "raw": _NUMBER.sub("", part.title)}]}, *tokens[len(part.inline) :],
                       *([_BREAK, *labels] if labels else [])], part.line)  # fmt: skip
    if draft is not None:
        draft.title = _NUMBER.sub("", title_of(part.inline))
    return draft


def _sentence(inline: list[Token]) -> bool:
    """Whether a heading is a sentence that leads elsewhere by a word of it: "[Here](u) is the English version"."""
    rest = plain([token for token in inline if token["type"] != "link"])
    return len(rest.split()) > 2 and all(is_label(plain([token])) for token in inline if token["type"] == "link")


def _attributes(part: Part, blocks: list[Block]) -> dict[int, tuple[list[Token], list[Token]]]:
    """The blocks right below a heading that are attributes of one work, each by its `id`, with what they say."""
    if part.box or part.parts or is_label(part.title) or is_housekeeping(part.title):
        return {}
    title = plain_key(part.title)
    found = {
        id(block): row for block in blocks if (row := row_of(block, title, linked=has_link(part.inline))) and _keyed(block)
    }
    linked_ = [block for block in blocks if linked(block)]
    return found if linked_ and all(id(block) in found for block in linked_) else {}


def _keyed(block: Block) -> bool:
    """Whether every line of a block says what it is before a colon."""
    inlines = [item.children[0].inline for item in block.children if item.children] if block.kind == "list" else [block.inline]
    return all(re.match(r"[^:：]{1,40}[:：]", plain(inline)) for inline in inlines)


def is_remark(part: Part) -> bool:
    """Whether a part is a box with text alone, such as an abstract to unfold: it belongs to what it stands in."""
    return part.box and not part.parts and not has_link(part.inline) and not any(map(linked, part.blocks))


def blocks_of(part: Part) -> list[Block]:
    """The blocks of a part with those of remarks in it, in order; a remark's title stands before its text."""
    found: list[Block] = []
    for each in part.content:
        if isinstance(each, Block):
            found.append(each)
        elif is_remark(each):
            lead: list[Token] = [{"type": "text", "raw": f"{each.title}: "}]
            inner = [block for block in each.blocks if block.kind == "paragraph"]
            found += [Block("paragraph", [*lead, *block.inline], start=each.start, end=each.end) for block in inner[:1]]
            found += [block for block in each.blocks if block not in inner[:1]]
    return found


def has_row(part: Part) -> bool:
    """Whether a heading without a link stands over a row of links: where several do, they are entries."""
    said = [block for block in blocks_of(part) if block.kind not in {"rule", "comment"}]
    below = [block for block in said if linked(block)]
    parts = [child for child in part.parts if not is_remark(child)]
    row = bool(below) and below[0].kind == "paragraph" and _row(below[0].inline)
    return row and not has_link(part.inline) and not parts and not any(map(_entries_within, said))


def _entries_within(block: Block) -> bool:
    """Whether a block holds entries of its own: a table, a list of which half the items begin with one."""
    if block.kind == "table":
        return True
    if block.kind == "quote":
        return any(
            _entries_within(child) or (child.kind == "paragraph" and entry_like(child.inline, alone=True))
            for child in block.children
        )
    if block.kind != "list":
        return False
    begun = sum(any(_begins(child) for child in item.children if child.kind == "paragraph") for item in block.children)
    return begun * 2 >= max(1, len(block.children))


def _begins(block: Block) -> bool:
    """Whether a paragraph begins with an entry, and not with the label of a link."""
    return entry_like(block.inline, alone=True) and not _labelled(block.inline)


def _uncounted(tokens: list[Token]) -> list[Token]:
    """Without the counts in brackets that stand behind a link: "(📥 24M / month · ⏱️ 16.10.2025):"."""
    first = str(tokens[0]["raw"]) if tokens and tokens[0]["type"] == "text" else ""
    rest = _COUNTS.sub("", first)
    return [{"type": "text", "raw": rest}, *tokens[1:]] if rest != first else tokens


def _labelled(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0]["type"] == "link" and is_label(plain(tokens[:1]))


def _stands_alone(blocks: list[Block]) -> bool:
    first = next(token for token in blocks[0].inline if token["type"] == "link")
    return not is_label(plain([first])) and entry_like(blocks[0].inline, alone=True)


def _row(tokens: list[Token]) -> bool:
    """Whether a paragraph is a row of labelled links, with a word before and little between."""
    links = [token for token in tokens if token["type"] == "link"]
    if not links or not tokens:
        return False
    at = tokens.index(links[0])
    lead = plain(tokens[:at])
    rest = plain([token for token in tokens if token["type"] != "link"])
    short = all(is_label(plain([link])) or len(plain([link]).split()) <= 3 for link in links)
    return (
        short
        and bool(_ROW.fullmatch(lead))
        and len(rest) - len(lead) <= _SHORT
        and any(is_label(plain([link])) for link in links)
    )


def _split(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """A row's links as labelled ones, and the words between them."""
    links = [
        {**token, "children": [{"type": "text", "raw": f"[{plain([token])}]"}]} for token in tokens if token["type"] == "link"
    ]
    at = next(index for index, token in enumerate(tokens) if token["type"] == "link")
    rest = [token for token in tokens if token["type"] == "image"]
    rest += [token for token in tokens[at:] if token["type"] != "link" and re.search(r"\w", plain([token]))]
    return links, rest
