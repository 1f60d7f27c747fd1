"""A Markdown page as blocks, each with its line and the part of the text that it stands in.

mistune decides what is a block and what is a link. Its own tables are not used: they take a row with a cell too many for a
paragraph, which no list means; ours are read from the raw rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from mistune import BlockParser, Markdown
from mistune.core import BlockState

from generator.importing.page.addresses import Written
from generator.importing.page.html import blocks_of
from generator.importing.page.pipe_table import rows_of
from generator.importing.page.spans import Spans, Token, spans_of
from generator.importing.parsing import LineParser, inline_parser

__all__ = ["Block", "Page", "read_blocks", "without_gaps"]

_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029\x0b\x0c]")
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FRONT = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*\n")
_TABLE = r"^ {0,3}(?=[^\n]*\|)(?=[^\n]*\S)[^\n]*+\n {0,3}(?=[^\n]*\|)(?=[^\n]*-)[|: \t-]+(?:\n|$)"
_OPENED = re.compile(r"\s*<h([1-6])\b[^<>]*>\s*", re.IGNORECASE)
_CLOSED = re.compile(r"\s*</h([1-6])\s*>\s*", re.IGNORECASE)
_END_OF_TABLE = re.compile(r"[ \t]*(?:\n|$)| {0,3}(?:#{1,6}[ \t]|```|~~~|>|</?(?:details|div|p|h\d|summary)\b)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_CROWDED_HEADING = re.compile(r" {0,3}#{2,6}(?=[^\s#!])")
_CROWDED_TITLE = re.compile(r"#(?=\w[^#:]{0,80}$)")
_CROWDED_BULLET = re.compile(r"\s*(?:[-+]|\d{1,4}[.)])(?=\[[^\]\n]+\]\()")
_GAP = re.compile(r"(?<=[^\s\]]\]) (?=\(https?://[^\s()]+\))")
_LOOK = 400


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list, item, quote, table, code, rule, comment, term, definition, or a box's opening or closing.

    `rows` are those of a table: line and cells, the head first. `line` counts from 1; `start` and `end` are where it stands in the
    text (for blocks within others, where the outermost does). `many` is how many items an item's list has.
    """

    kind: str
    spans: Spans = ()
    children: tuple[Block, ...] = ()
    rows: tuple[tuple[int, tuple[Spans, ...]], ...] = ()
    level: int = 0
    raw: str = ""
    line: int = 0
    start: int = 0
    end: int = 0
    many: int = 0

    def walk(self) -> Iterator[Spans]:
        """All rows of spans in it and below."""
        yield self.spans
        for _, cells in self.rows:
            yield from cells
        for child in self.children:
            yield from child.walk()


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
        for token in state.tokens[before:]:
            token.setdefault("start", m.start())
        return end


def _parse_table(_: BlockParser, m: re.Match[str], state: BlockState) -> int | None:
    """The raw rows of a table, up to a blank line or another block."""
    if not rows_of(m[0].splitlines()):
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
    """A text as YAML and Markdown can both hold it: line ends LF, no byte order mark, no control characters.

    Marks of headings and items get the space that Markdown wants behind them, where people left it out.
    """
    text = _BREAKS.sub("\n", text.removeprefix("\ufeff"))
    text = _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text
    if not text.endswith("\n"):
        text += "\n"
    return "\n".join(_spaced(text.split("\n")))


def _spaced(lines: list[str]) -> Iterator[str]:
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= _FENCE.match(line) is not None
        if fenced or not line or ("](" not in line and "#" not in line and "] (" not in line):
            yield line
            continue
        alone = not (at and lines[at - 1].strip()) and not (at + 1 < len(lines) and lines[at + 1].strip())
        mark = _CROWDED_HEADING.match(line) or _CROWDED_BULLET.match(line) or (_CROWDED_TITLE.match(line) if alone else None)
        spaced = f"{line[: mark.end()]} {line[mark.end() :]}" if mark else line
        yield without_gaps(spaced)


def without_gaps(text: str) -> str:
    """A text with the space taken out of "[title] (address)", where it keeps people's links from being links."""
    return _GAP.sub("", text) if "] (" in text else text


def read_blocks(source: str) -> Page:
    """The blocks of a page. Nothing raises: what mistune reads as text is text."""
    text = normal(source)
    front = _FRONT.match(text)
    skipped = front.end() if front else 0
    markdown = _markdown()
    state = _State()
    state.process("\n" * text.count("\n", 0, skipped) + text[skipped:] if front else text)
    shift = skipped - text.count("\n", 0, skipped) if front else 0
    markdown.block.parse(state)
    blocks = tuple(_summed(_Making(markdown, state.env, text).top(state.tokens, shift)))
    refs = cast("dict[str, dict[str, str]]", state.env["ref_links"])
    return Page(text, blocks, {key: f"[{data['label']}]: {_defined(data, text)}" for key, data in refs.items()})


def _defined(data: dict[str, str], text: str) -> str:
    written = Written(text).url(data["url"])
    url = f"<{written}>" if " " in written else written
    title = data.get("title", "").replace('"', "'").replace("\n", " ")
    return f'{url} "{title}"' if title else url


def _summed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a box's summary that stands in a piece of its own given to the box."""
    opened: Block | None = None
    for block in blocks:
        if opened is not None and block.kind == "summary":
            yield replace(opened, spans=block.spans, end=block.end)
            opened = None
            continue
        if opened is not None and block.kind != "comment":
            yield opened
            opened = None
        if block.kind == "open" and not block.spans:
            opened = block
        else:
            yield replace(block, kind="paragraph") if block.kind == "summary" else block
    if opened is not None:
        yield opened


class _Making:
    """From mistune's tokens to blocks, in the order of the page: a pointer goes down its lines."""

    def __init__(self, markdown: Markdown, env: MutableMapping[str, Any], text: str) -> None:
        self._inline = markdown.inline
        self._env = env
        self._source = Written(text)
        self._length = len(text)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._rows = text.split("\n")
        self._at = 0
        self._span = (0, 0)

    def top(self, tokens: list[Token], shift: int) -> Iterator[Block]:
        """The outermost blocks, blank lines left out, HTML that only blank lines part read as one."""
        starts = [token.get("start", 0) + shift for token in tokens] + [self._length]
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
                opened = _unclosed(raw)
                while opened > 0 and (more := _next_html(tokens, index)):
                    gap = self._starts_between(starts[more - 1], starts[more]) if more > index else 1
                    piece = str(tokens[more]["raw"])
                    raw += "\n" * gap + piece
                    opened += _unclosed(piece)
                    index = more + 1
            after = next((at for at in range(index, len(tokens)) if tokens[at]["type"] != "blank_line"), len(tokens))
            self._at = bisect_right(self._starts, start) - 1
            self._span = (start, starts[after])
            yield from self._blocks(token, raw)

    def _starts_between(self, first: int, second: int) -> int:
        return max(1, bisect_right(self._starts, second) - bisect_right(self._starts, first) - 1)

    def _block(self, kind: str, line: int, **values: Any) -> Block:  # noqa: ANN401
        return Block(kind, line=line, start=self._span[0], end=self._span[1], **values)

    def _line(self, raw: str) -> int:
        """The line where a text begins, looked for from where the last one ended."""
        first = raw.strip().partition("\n")[0].strip()
        for row in range(self._at, min(self._at + _LOOK, len(self._rows))):
            if first and first in self._rows[row]:
                self._at = row + raw.strip().count("\n")
                return row + 1
        return self._at + 1

    def _blocks(self, token: Token, raw: str | None = None) -> Iterator[Block]:
        raw = str(token.get("raw", "")) if raw is None else raw
        match token["type"]:
            case "heading" | "paragraph" | "block_text":
                kind = "heading" if token["type"] == "heading" else "paragraph"
                line = self._line(token["text"])
                yield self._block(
                    kind, line, spans=self._spans(token["text"]), level=int(token.get("attrs", {}).get("level", 0))
                )
            case "list":
                line = self._at + 1
                items = tuple(self._nested("item", item, len(token["children"])) for item in token["children"])
                yield self._block("list", items[0].line if items else line, children=items)
            case "block_quote":
                yield self._nested("quote", token, 0)
            case "pipe_table":
                lines = raw.splitlines()
                first = self._line(lines[0])
                rows = tuple((first + at, tuple(self._spans(cell) for cell in cells)) for at, cells in rows_of(lines))
                yield self._block("table", first, rows=rows)
            case "block_code":
                yield self._block("code", self._line(raw), raw=raw)
            case "thematic_break":
                yield self._block("rule", self._at + 1)
            case "block_html":
                found = blocks_of(raw)
                first = self._line(raw)
                yield from (self._from_html(block, first) for block in found or [{"type": "comment", "raw": raw, "line": 0}])
            case _:
                return

    def _nested(self, kind: str, token: Token, many: int) -> Block:
        children = tuple(_summed(block for child in token["children"] for block in self._blocks(child)))
        return self._block(kind, children[0].line if children else self._at + 1, children=children, many=many)

    def _spans(self, text: str) -> Spans:
        return spans_of(self._inline(text.strip(" \r\n\t\f"), self._env), self._source)

    def _from_html(self, token: Token, first: int) -> Block:
        children = tuple(self._from_html(child, first) for child in token.get("children", ()))
        rows = tuple((first + at, tuple(spans_of(cell, self._source) for cell in row)) for at, row in token.get("rows", ()))
        return self._block(
            token["type"], first + token["line"], spans=spans_of(token.get("inline", ()), self._source), children=children, rows=rows,
            level=token.get("level", 0), raw=token.get("raw", ""), many=len(children),
        )  # fmt: skip


def _unclosed(raw: str) -> int:
    """How many tables and lists a piece of HTML leaves open (less than none where it closes others)."""
    lower = raw.lower()
    return sum(lower.count(f"<{tag}") - lower.count(f"</{tag}") for tag in ("table", "ul", "ol"))


def _next_html(tokens: list[Token], index: int) -> int:
    """The next token that says something, if it is HTML; 0 where it isn't."""
    while index < len(tokens) and tokens[index]["type"] == "blank_line":
        index += 1
    return index if index < len(tokens) and tokens[index]["type"] == "block_html" else 0


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
