"""Entries that people write as a title with lines of attributes below it: those blocks as one item of a list.

`**Title**`, then `- arxiv: <u>`, `- github(Keras): <v>`; or, then authors in a paragraph and a row of badges in the next; or a
sentence with a number, then a list of nothing but its address. What belongs together is told by what has no title of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.importing.markdown.blocks import Block
from generator.importing.markdown.fields import YEAR, field_of, origin
from generator.importing.markdown.inline import Token, has_link, links_of, plain
from generator.importing.markdown.labels import bracketed, trimmed
from generator.importing.markdown.tree import is_toc
from generator.importing.markdown.words import is_label, is_work, label_of, plain_key

__all__ = ["joined", "row_of"]

_KEY = re.compile(r"\W*(?P<key>[^\W\d_][^:：()\[\]（）]{0,24}?)\s*(?P<note>[(（][^()（）]{1,60}[)）])?\s*[:：]+\s*")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]|#\d{1,3})\s+(?=\S)")
_TEXTS = frozenset(
    ("intro", "introduction", "description", "desc", "summary", "about", "abstract", "tl;dr", "tldr", "简介", "说明")
)
_OF_WORKS = frozenset(
    ("code", "github", "source", "source code", "repo", "repository", "demo", "dataset", "data", "video", "slides")
)
_LONG = 400
_BETWEEN = 3
_MADE = 1
"""The level of a list that is one entry, put together here: what it says isn't about anything else."""
_STOP: Token = {"type": "stop"}
_BREAK: Token = {"type": "break", "hard": True}


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those of one entry as one list of one item."""
    found: list[Block] = []
    at = 0
    begin = _begin(blocks)
    while at < len(blocks):
        block = blocks[at]
        end, tokens = _below(blocks, at) if at >= begin else (at + 1, [])
        if end > at + 1:
            paragraph = _like(block, Block("paragraph", [*_title(block), *tokens]), blocks[end - 1])
            item = _like(block, Block("item", children=[paragraph]), blocks[end - 1])
            found.append(_like(block, Block("list", children=[item], level=_MADE), blocks[end - 1]))
            at = end
            continue
        before = next((index for index in range(len(found) - 1, -1, -1) if found[index].kind != "comment"), -1)
        if block.kind == "list" and before >= 0 and (held := _held(found[before], block)):
            found[before] = held
        else:
            found.append(block)
        at += 1
    return tuple(found)


def _begin(blocks: Sequence[Block]) -> int:
    """Where entries may begin: what stands before the first heading below the title presents the list, badges and all."""
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading" and plain(block.inline)]
    below = headings[1:] if headings and blocks[headings[0]].level == 1 else headings
    return below[0] if below else 0


def _like(first: Block, block: Block, last: Block) -> Block:
    block.line, block.start, block.end = first.line, first.start, last.end
    return block


def _held(above: Block, below: Block) -> Block | None:
    """A list with the one below it in its last item, which has no link and gets nothing but links there."""
    if above.kind != "list" or is_toc(below) or not below.children or not all(_bare(item) for item in below.children):
        return None
    last = above.children[-1]
    if any(map(_linked, last.children)) or not any(child.kind == "paragraph" for child in last.children):
        return None
    grown = replace(last, children=[*last.children, below])
    return replace(above, children=[*above.children[:-1], grown], end=below.end)


def _linked(block: Block) -> bool:
    return has_link(block.inline) or any(map(_linked, block.children)) or any(has_link(c) for row in block.rows for c in row)


def _bare(item: Block) -> bool:
    """Whether an item is an address, with a label before it or none."""
    own = _own(item)
    if own is None or len(links := list(links_of(own))) != 1:
        return False
    rest = plain([token for token in own if token["type"] != "link"]).strip(" :：-")
    return _generic(links[0], "") and (not rest or is_label(rest))


def _below(blocks: Sequence[Block], at: int) -> tuple[int, list[Token]]:
    """Where the blocks end that are about the title at an index, and what they say; `at` + 1 where it is none, or nothing is."""
    title = blocks[at]
    if title.kind != "paragraph" or not _bold(title.inline):
        return at + 1, []
    named = plain_key(_NUMBER.sub("", plain(_title(title))))
    said: list[Token] = []
    links: list[Token] = []
    end, ahead = at + 1, at + 1
    while ahead < len(blocks) and (ahead - end < _BETWEEN or links):
        block = blocks[ahead]
        ahead += 1
        if block.kind == "comment":
            continue
        row = row_of(block, named)
        if row:
            said += row[0]
            links += row[1]
            end = ahead
        elif links or not _remark(block):
            break
        else:
            said += [_STOP, *block.inline]
    return (end, [*said, _BREAK, *links]) if links else (at + 1, [])


def _bold(tokens: Iterable[Token]) -> bool:
    """Whether a paragraph is nothing but a text in bold type, marks around it."""
    said = [
        token for token in tokens if re.search(r"\w", plain([token])) or (token["type"] == "link" and not token.get("badge"))
    ]
    return len(said) == 1 and said[0]["type"] == "strong" and not plain(said).rstrip().endswith((":", "："))


def _title(block: Block) -> list[Token]:
    """The title's tokens, the number before it left out."""
    out: list[Token] = []
    for token in block.inline:
        if token["type"] == "strong" and token["children"] and token["children"][0]["type"] == "text":
            first = token["children"][0]
            bare = {"type": "text", "raw": _NUMBER.sub("", str(first["raw"]))}
            out.append({**token, "children": [bare, *token["children"][1:]]})
        elif token["type"] != "break":
            out.append(token)
    return out


def _remark(block: Block) -> bool:
    """Whether a paragraph may stand between a title and its links: authors, a venue, a picture."""
    if block.kind != "paragraph" or block.level < 0:
        return False
    links = [token for token in block.inline if token["type"] == "link" and not token.get("badge")]
    return not links and not _bold(block.inline) and len(plain(block.inline)) <= _LONG


def row_of(block: Block, title: str, *, linked: bool = False) -> tuple[list[Token], list[Token]] | None:
    """The texts and the labelled links of a list of attributes, or of a paragraph of them; None for any other block.

    `title` is that of the work, as `plain_key` gives it; where that is `linked`, links behind a label may have names of their own.
    """
    if block.kind == "paragraph" and has_link(block.inline):
        lines = list(_lines(block.inline))
    elif block.kind == "list" and block.level != _MADE and not is_toc(block):
        items = [_own(item) for item in block.children]
        lines = [item for item in items if item is not None]
        if len(lines) < len(items):
            return None
    else:
        return None
    return _attributes(lines, title, named=linked)


def _own(item: Block) -> list[Token] | None:
    """An item's tokens; None where it holds more than a paragraph."""
    return item.children[0].inline if len(item.children) == 1 and item.children[0].kind == "paragraph" else None


def _lines(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if token["type"] == "break":
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _attributes(lines: Iterable[list[Token]], title: str, *, named: bool) -> tuple[list[Token], list[Token]] | None:
    """What lines say that are all attributes of one work: "arxiv: <u>", "[code](v)", "Authors: A, B"; None if one of them isn't."""
    fields: dict[str, str] = {}
    said: list[Token] = []
    links: list[Token] = []
    telling = 0
    for line in lines:
        badges = any(token.get("badge") for token in line)
        said += [{**token, "alt": "" if badges else token["alt"]} for token in line if token["type"] == "image"]
        tokens = _flat([token for token in line if token["type"] != "image"])
        if not plain(tokens) and not has_link(tokens):
            continue
        found = _KEY.match(str(tokens[0].get("raw", ""))) if tokens[0]["type"] == "text" else None
        own = [token for token in tokens if token["type"] == "link"]
        if own:
            rest = plain([token for token in tokens if token["type"] != "link"])
            boxed = {id(token) for index, token in enumerate(line) if token["type"] == "link" and bracketed(line, index)}
            by_label = named and found is not None and is_label(found["key"])
            generic = by_label or all(id(link) in boxed or _generic(link, title) for link in own)
            if not generic or not (found or not re.search(r"\w", rest)):
                return None
            telling += _telling(found["key"] if found else "", own)
            links += [_labelled(link, found) for link in own]
            if found and re.search(r"\w", _KEY.sub("", rest, count=1)):
                beside = [token for token in tokens[1:] if token["type"] != "link"]
                said += [_STOP, *trimmed([{"type": "text", "raw": str(tokens[0]["raw"])[found.end() :]}, *beside])]
        elif found is None:
            return None
        else:
            _say(fields, said, found, tokens)
    if not links or telling * 2 < len(links):
        return None
    return [*origin(fields), *said], links


def _flat(line: list[Token]) -> list[Token]:
    """A line whose first words are plain text: "**Paper**: [pdf](u)" says what "Paper: [pdf](u)" does."""
    while line and line[0]["type"] == "text" and not re.search(r"\w", str(line[0]["raw"])):
        line = line[1:]
    if len(line) > 1 and line[0]["type"] in {"strong", "emphasis", "codespan"}:
        second = line[1]
        after = str(second["raw"]) if second["type"] == "text" else ""
        return [{"type": "text", "raw": plain(line[:1]) + after}, *(line[2:] if second["type"] == "text" else line[1:])]
    return line


def _generic(link: Token, title: str) -> bool:
    """Whether a link's text says no more than its label: an address, "here", "pdf", the title again."""
    own = plain([link])
    url = str(link["attrs"]["url"])
    shown = own.strip(" []()").removesuffix("/")
    bare = url.partition("://")[2].removesuffix("/")
    if not shown or shown in {url.removesuffix("/"), bare, bare.removeprefix("www.")} or "://" in shown:
        return True
    return bool(link.get("badge")) or is_label(own) or is_label(_bracketless(own)) or (bool(title) and plain_key(own) == title)


def _bracketless(text: str) -> str:
    return re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", text)


def _telling(key: str, links: list[Token]) -> int:
    """How many links are told by a label that only works have."""
    return sum(
        any(is_work(word) is not None or plain_key(word) in _OF_WORKS for word in (key, *_words(plain([link]))) if word)
        or (not key and str(link["attrs"]["url"]) == plain([link]))
        for link in links
    )


def _words(text: str) -> tuple[str, ...]:
    bare = _bracketless(text)
    if "://" in bare:
        return ()
    return bare, *re.findall(r"\w+", bare)


def _labelled(link: Token, found: re.Match[str] | None) -> Token:
    own = plain([link])
    label = own
    if found and (not is_label(own) or own.casefold() in {"link", "here", "url", "official"}):
        label = f"{found['key']} {found['note'] or ''}".strip()
    if "://" in label or not label.strip():
        label = "link"
    return {**link, "children": [{"type": "text", "raw": f"[{label_of(label)}]"}], "badge": False}


def _say(fields: dict[str, str], said: list[Token], found: re.Match[str], tokens: list[Token]) -> None:
    """A text's attribute: authors, year and venue as such, a description as it is, others with their name."""
    raw = str(tokens[0]["raw"])
    key = plain_key(found["key"])
    value = plain([{"type": "text", "raw": raw[found.end() :]}, *tokens[1:]])
    name = field_of(key)
    if not value:
        return
    if name and name not in fields and (name != "year" or YEAR.fullmatch(value)):
        fields[name] = value
    elif key in _TEXTS:
        said += [_STOP, {"type": "text", "raw": raw[found.end() :]}, *tokens[1:]]
    else:
        said += [_STOP, *tokens]
