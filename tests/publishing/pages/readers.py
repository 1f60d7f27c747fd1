"""Parse rendered Markdown by mistune and by GitHub's parser, into the same blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

import cmarkgfm
import mistune
from cmarkgfm.cmark import Options

from generator.markdown.autolinks import autolinks
from generator.markdown.formulas import formulas

EXTENSIONS = ["table", "autolink", "strikethrough", "tagfilter", "tasklist"]
EXPECTED_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "em", "strong", "code", "hr", "del"}
BLOCK_TAGS = {"blockquote", "table", "thead", "tbody", "tr", "th", "td", "pre", "input", "block_quote", "block_code"}
"""What only the description of a topic or section may have besides."""


@dataclass
class Block:
    """A paragraph, heading or list item (without the items in it): its text, and its links as (text, URL bytes)."""

    kind: str
    text: str = ""
    links: list[tuple[str, bytes]] = field(default_factory=list)


def in_one_line(text: str) -> str:
    """A plain text as pages show it: every formula between single dollar signs."""
    for one in reversed(list(formulas(text))):
        text = f"{text[: one.start]}${one.tex}${text[one.end :]}"
    return text


def address(url: str) -> bytes:
    """The decoded bytes of a URL, to compare different encodings."""
    return unquote_to_bytes(url)


def by_mistune(markdown):
    reader = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", autolinks])
    blocks, unexpected = [], []

    def walk(token, block):
        kind = token["type"]
        if kind in {"paragraph", "heading", "list_item", "table_cell"}:
            level = token.get("attrs", {}).get("level")
            block = Block({"heading": f"h{level}", "list_item": "li", "paragraph": "p", "table_cell": "td"}[kind])
            blocks.append(block)
        elif kind in {"block_html", "inline_html"} and not token["raw"].startswith("<!-- "):
            unexpected.append(token["raw"])
        elif kind in {"image", "table", "block_quote", "block_code"}:
            unexpected.append(kind)
        if kind in {"text", "codespan"}:
            block.text += token["raw"]
        start = len(block.text) if block else 0
        for child in token.get("children", ()):
            walk(child, block)
        if kind == "link":
            block.links.append((block.text[start:], address(token["attrs"]["url"])))

    for token in reader(markdown):
        walk(token, None)
    return blocks, unexpected


class _Html(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.unexpected, self.open, self.href = [], [], [], None

    def handle_starttag(self, tag, attrs):
        if tag not in EXPECTED_TAGS:
            self.unexpected.append(tag)
        if tag in {"p", "li", "td", "th"} or re.fullmatch("h[1-6]", tag):
            self.open.append(Block(tag))
            self.blocks.append(self.open[-1])
        if tag == "a":
            self.href, self.start = dict(attrs)["href"], len(self.open[-1].text)

    def handle_endtag(self, tag):
        if tag == "a":
            self.open[-1].links.append((self.open[-1].text[self.start :], address(self.href)))
        if self.open and tag == self.open[-1].kind:
            self.open.pop()

    def handle_data(self, data):
        if self.open:
            self.open[-1].text += data


def by_github(markdown):
    html = cmarkgfm.markdown_to_html_with_extensions(markdown, Options.CMARK_OPT_UNSAFE, extensions=EXTENSIONS)
    reader = _Html()
    reader.feed(html)
    reader.close()
    for block in reader.blocks:
        block.text = block.text.strip("\n")
    return reader.blocks, reader.unexpected


def inline_text(markdown):
    """The single paragraph that both parsers show; the test fails where they disagree."""
    (first, *rest), unexpected = by_github(markdown)
    (again, *more), others = by_mistune(markdown)
    assert (rest, more, unexpected, others) == ([], [], [], []), markdown
    assert (first.text, first.links) == (again.text, again.links)
    return first


READERS = {"mistune": by_mistune, "github": by_github}
