"""mistune without work done twice: an import reads a page and counts its links.

The readings share what mistune says of a line, and nothing else: blocks are found by each in its own way.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from functools import cache
from typing import Any, ClassVar

from mistune import BlockParser, InlineParser, Markdown
from mistune.core import BlockState
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.table import table
from mistune.plugins.task_lists import task_lists

from generator.markdown.autolinks import autolinks, autolinks_with_scheme
from generator.markdown.descriptions import unescape_pipes

__all__ = ["LineParser", "counting", "forget", "inline_parser"]

_MOST = 1 << 15
_DEEPEST = 24
"""Brackets within brackets that are read as such; mistune's time grows with the square of their depth."""
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_FOOTNOTE = "[^"


def shallow(text: str) -> str:
    """The text, brackets that are deeper than any list nests them read as plain signs."""
    if text.count("[") <= _DEEPEST:
        return text
    out: list[str] = []
    depth = done = 0
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign == "[":
            depth += 1
            if depth > _DEEPEST:
                out += [text[done : match.start()], "\\["]
                done = match.end()
        elif sign == "]":
            depth = max(0, depth - 1)
    return "".join([*out, text[done:]])


class _Remembering(InlineParser):
    """The tokens of a text, the same list for the same text: they are not to be changed."""

    def __init__(self) -> None:
        super().__init__()
        self.without_www = InlineParser()
        self._known: dict[str, list[dict[str, Any]]] = {}
        self._references: object = None
        self._meant: dict[str, Any] = {}

    def __call__(self, s: str, env: MutableMapping[str, Any]) -> list[dict[str, Any]]:
        self._mean(env.get("ref_links") or {})
        found = self._known.get(s)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            bare = shallow(s)
            try:
                found = super().__call__(bare, env) if "www." in s else self.without_www(bare, env)
            except RecursionError:
                found = [{"type": "text", "raw": s}]
            self._known[s] = found
        return found

    def forget(self) -> None:
        """Let go of all texts."""
        self._known.clear()

    def _mean(self, references: dict[str, Any]) -> None:
        """Forget what was read where `[name]` may have meant another link."""
        if references is not self._references:
            self._references = references
            if references != self._meant:
                self._meant = dict(references)
                self._known.clear()


class LineParser(BlockParser):
    """Takes an item's only line for a paragraph if no rule takes it; mistune would look for a rule at each of its letters."""

    # In a list mistune overlooks a tag that is closed at once, `</details>`, and reads what follows as a part of the last item.
    SPECIFICATION: ClassVar[dict[str, str]] = {
        **BlockParser.SPECIFICATION,
        "block_html": BlockParser.BLOCK_HTML.replace(r"(?:[ \t]+|\n|$)", r"(?=[\s/>]|$)", 1),
    }

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Parse a state's text into its tokens."""
        source = state.src
        if state.parent is None or source.find("\n") != len(source) - 1 or source[:1].isspace() or self._taken(source, rules):
            super().parse(state, rules)
        else:
            state.add_paragraph(source)
            state.cursor = state.cursor_max

    def _taken(self, source: str, rules: list[str] | None) -> bool:
        return self.compile_sc(self.rules if rules is None else rules).match(source) is not None


class _Footnoting(InlineParser):
    """The same for pages with footnotes, which only a text with their mark can name."""

    def __call__(self, s: str, env: MutableMapping[str, Any]) -> list[dict[str, Any]]:
        return super().__call__(shallow(s), env) if _FOOTNOTE in s else inline_parser()(s, env)


@cache
def inline_parser() -> _Remembering:
    """The parser that all readings share."""
    parser = _Remembering()
    for each, links in ((parser, autolinks), (parser.without_www, autolinks_with_scheme)):
        for plugin in (links, strikethrough):
            plugin(Markdown(inline=each))
    return parser


@cache
def counting() -> Markdown:
    """A parser of all that a page of GitHub may use, as mistune has it: what it takes for a link is one."""
    parser = Markdown(
        block=LineParser(), inline=_Footnoting(), plugins=[autolinks, table, strikethrough, footnotes, task_lists]
    )
    parser.before_render_hooks.append(unescape_pipes)
    return parser


def forget() -> None:
    """Let go of what was read; to be called when an import is over."""
    inline_parser().forget()
