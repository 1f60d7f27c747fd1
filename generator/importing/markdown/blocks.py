"""A Markdown page as blocks, each with the place in the text where it begins.

mistune decides what is a block and what is a link. Its own tables are not used: they take a row with a cell too many for a
paragraph, which no list means; ours are read from the raw rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from mistune import BlockParser, Markdown
from mistune.core import BlockState

from generator.importing.markdown.addresses import Inline
from generator.importing.markdown.html import blocks_of
from generator.importing.markdown.inline import Token, cleaned
from generator.importing.markdown.tables import rows_of
from generator.importing.parsing import LineParser, inline_parser

__all__ = ["Block", "Page", "read_blocks"]

_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029\x0b\x0c]")
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FRONT = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*\n")
_TABLE = r"^ {0,3}(?=[^\n]*\|)[^\n]*\S[^\n]*\n {0,3}(?=[^\n]*\|)(?=[^\n]*-)[|: \t-]+(?:\n|$)"
_OPENED = re.compile(r"\s*<h([1-6])\b[^<>]*>\s*", re.IGNORECASE)
_CLOSED = re.compile(r"\s*</h([1-6])\s*>\s*", re.IGNORECASE)
_END_OF_TABLE = re.compile(r"[ \t]*(?:\n|$)| {0,3}(?:#{1,6}[ \t]|```|~~~|>|</?(?:details|div|p|h\d|summary)\b)")


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list, item, quote, table, code, rule, comment, or the opening or closing of a box.

    `inline` are its own cleaned tokens; `rows` those of a table, cell by cell, the head first. `line` counts from 1; `start` and
    `end` are where it stands in the text (for blocks within others, where the outermost does).
    """

    kind: str
    inline: list[Token] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)
    rows: list[list[list[Token]]] = field(default_factory=list)
    level: int = 0
    raw: str = ""
    line: int = 0
    start: int = 0
    end: int = 0
    anchored: bool = False
    """Whether a link within the page stands in it or below."""

    def __post_init__(self) -> None:
        tokens = self.inline if not self.rows else [token for row in self.rows for cell in row for token in cell]
        self.anchored = "anchor" in [token["type"] for token in tokens] or True in [child.anchored for child in self.children]


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its blocks, and the definitions that its reference links need (label, folded as mistune does, to the defining line)."""

    text: str
    blocks: tuple[Block, ...]
    definitions: MutableMapping[str, str]


class _State(BlockState):
    def append_token(self, token: Token) -> None:
        if token["type"] == "block_code":
            token.setdefault("start", self.cursor)
        super().append_token(token)

    def add_paragraph(self, text: str) -> None:
        super().add_paragraph(text)
        self.tokens[-1].setdefault("start", self.cursor)


class _Parser(LineParser):
    state_cls = _State

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        before = len(state.tokens)
        end = super().parse_method(m, state)
        if state.parent is None:
            for token in state.tokens[before:]:
                token.setdefault("start", m.start())
        return end


def _parse_table(_: BlockParser, m: re.Match[str], state: BlockState) -> int | None:
    """The raw rows of a table, up to a blank line or another block."""
    rows = rows_of(m[0].splitlines())
    if not rows:
        return None
    end = m.end()
    while end < state.cursor_max and not _END_OF_TABLE.match(state.src, end):
        end = state.find_line_end_at(end)
    state.append_token({"type": "pipe_table", "raw": state.src[m.start() : end]})
    return end


@cache
def _markdown() -> Markdown:
    parser = _Parser()
    parser.register("pipe_table", _TABLE, _parse_table, before="setex_heading")
    for rules in (parser.block_quote_rules, parser.list_rules):
        parser.insert_rule(rules, "pipe_table", before="setex_heading")
    return Markdown(block=parser, inline=inline_parser())


def normal(text: str) -> str:
    """A text as YAML and Markdown can both hold it: line ends LF, no byte order mark, no control characters."""
    text = _BREAKS.sub("\n", text.removeprefix("\ufeff"))
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text


def read_blocks(source: str) -> Page:
    """The blocks of a page. Nothing raises: what mistune reads as text is text."""
    text = normal(source)
    if not text.endswith("\n"):
        text += "\n"
    front = _FRONT.match(text)
    skipped = front.end() if front else 0
    markdown = _markdown()
    state = _State()
    state.process("\n" * text.count("\n", 0, skipped) + text[skipped:] if front else text)
    shift = skipped - text.count("\n", 0, skipped) if front else 0
    markdown.block.parse(state)
    making = _Making(markdown, state.env, text)
    blocks = tuple(making.top(state.tokens, shift, len(text)))
    refs = cast("dict[str, dict[str, str]]", state.env["ref_links"])
    return Page(text, blocks, {key: f"[{data['label']}]: {_defined(data, text)}" for key, data in refs.items()})


def _defined(data: dict[str, str], text: str) -> str:
    written = Inline(text).url(data["url"])
    url = f"<{written}>" if " " in written else written
    title = data.get("title", "").replace('"', "'").replace("\n", " ")
    return f'{url} "{title}"' if title else url


class _Making:
    """From mistune's tokens to blocks."""

    def __init__(self, markdown: Markdown, env: MutableMapping[str, Any], text: str) -> None:
        self._inline = markdown.inline
        self._env = env
        self._source = Inline(text)
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def top(self, tokens: list[Token], shift: int, length: int) -> Iterator[Block]:
        """The outermost blocks, blank lines left out, HTML that only blank lines part read as one."""
        starts = [token.get("start", 0) + shift for token in tokens] + [length]
        index = 0
        while index < len(tokens):
            token, start = tokens[index], starts[index]
            index += 1
            if token["type"] == "blank_line":
                continue
            raw = str(token.get("raw", ""))
            if token["type"] == "block_html" and (parted := _parted_heading(tokens, index - 1)):
                token, index, own = parted
                if behind := str(tokens[index]["raw"])[own:]:
                    tokens[index], starts[index] = {**tokens[index], "raw": behind}, starts[index] + own
                else:
                    index += 1
            elif token["type"] == "block_html":
                while index < len(tokens) and (more := self._joined(tokens, index)):
                    raw += "\n" + str(tokens[more]["raw"])
                    index = more + 1
            after = next((at for at in range(index, len(tokens)) if tokens[at]["type"] != "blank_line"), len(tokens))
            line = bisect_right(self._lines, start)
            for block in self._blocks(token, raw):
                for each in _walk(block):
                    each.line, each.start, each.end = line, start, starts[after]
                yield block

    @staticmethod
    def _joined(tokens: list[Token], index: int) -> int:
        """The next token, if it is HTML that goes on within an unclosed table or list; 0 where it isn't."""
        before = str(tokens[index - 1].get("raw", "")).lower()
        opened = any(before.count(f"<{tag}") > before.count(f"</{tag}") for tag in ("table", "ul", "ol", "tr"))
        while index < len(tokens) and tokens[index]["type"] == "blank_line":
            index += 1
        within = index < len(tokens) and tokens[index]["type"] == "block_html"
        return index if opened and within else 0

    def _blocks(self, token: Token, raw: str | None = None) -> Iterator[Block]:
        raw = str(token.get("raw", "")) if raw is None else raw
        match token["type"]:
            case "heading":
                yield Block("heading", self._tokens(token["text"]), level=int(token["attrs"]["level"]))
            case "paragraph" | "block_text":
                yield Block("paragraph", self._tokens(token["text"]))
            case "list":
                yield Block("list", children=[self._item(item) for item in token["children"]])
            case "block_quote":
                yield Block("quote", children=[block for child in token["children"] for block in self._blocks(child)])
            case "pipe_table":
                cells = rows_of(raw.splitlines())
                yield Block("table", rows=[[self._tokens(cell) for cell in row] for row in cells])
            case "block_code":
                yield Block("code", raw=raw)
            case "thematic_break":
                yield Block("rule")
            case "block_html":
                found = blocks_of(raw)
                yield from (self._from_html(block) for block in found or [{"type": "comment", "raw": raw}])
            case _:
                return

    def _item(self, token: Token) -> Block:
        return Block("item", children=[block for child in token["children"] for block in self._blocks(child)])

    def _tokens(self, text: str) -> list[Token]:
        return cleaned(self._inline(text.strip(" \r\n\t\f"), self._env), self._source)

    def _from_html(self, token: Token) -> Block:
        children = [self._from_html(child) for child in token.get("children", ())]
        rows = [[cleaned(cell, self._source) for cell in row] for row in token.get("rows", ())]
        inline = cleaned(token.get("inline", []), self._source)
        return Block(token["type"], inline, children, rows, token.get("level", 0), token.get("raw", ""))


def _parted_heading(tokens: list[Token], at: int) -> tuple[Token, int, int] | None:
    """A heading of HTML whose text is Markdown, between blank lines; where its last token is, and how much of that belongs to it.

    None where no such heading begins.
    """
    rest = [(index, token) for index, token in enumerate(tokens[at : at + 6], at) if token["type"] != "blank_line"][:3]
    if [token["type"] for _, token in rest] != ["block_html", "paragraph", "block_html"]:
        return None
    opened, closed = _OPENED.fullmatch(str(rest[0][1]["raw"])), _CLOSED.match(str(rest[2][1]["raw"]))
    if opened is None or closed is None or opened[1] != closed[1]:
        return None
    return {"type": "heading", "text": rest[1][1]["text"], "attrs": {"level": int(opened[1])}}, rest[2][0], closed.end()


def _walk(block: Block) -> Iterable[Block]:
    yield block
    for child in block.children:
        yield from _walk(child)
