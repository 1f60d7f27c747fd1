"""Read a maintainer's Markdown, and render descriptions as Markdown: on one line for an entry, as blocks for topics and sections.

mistune is only imported for descriptions with markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.markdown.autolinks import autolinks
from generator.markdown.formulas import math
from generator.markdown.html_tags import entities, tags
from generator.markdown.inline import Token, inline, plain_text
from generator.markdown.text import clean, line_start, text

if TYPE_CHECKING:
    from mistune import Markdown
    from mistune.core import BlockState

__all__ = [
    "all_text",
    "blocks",
    "displayed",
    "first_paragraph",
    "headings",
    "is_plain",
    "line",
    "local_picture",
    "local_pictures",
    "parse",
    "tokens_of",
]

_MARK = re.compile(r"[\\`*_\[\]<~]")
_SUSPECT = re.compile(r"[&:.][#/\w]")
_MARKUP = re.compile(r"&#?\w{1,32};|https?://|www\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(?: {4}|\t| {0,3}(?:[-+#>|:]|\d{1,9}[.)](?:\s|$)|=+\s*$))", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n\s*\n")
_LANGUAGE = re.compile(r"[A-Za-z][\w+#.-]{0,30}")
_FENCE = re.compile(r"`{3,}")
_BARE_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_RULES = {"left": ":{}-", "right": "-{}:", "center": ":{}:"}
_QUERY = re.compile(r"[?#].*", re.DOTALL)
_MOST_PADDED = 40_000
"""Maximum number of characters of a table whose columns are padded to the same width."""


def is_plain(source: str) -> bool:
    """Whether a description has no markup."""
    if source.count("$") > 1:
        return False
    return not (_MARK.search(source) or (_SUSPECT.search(source) and _MARKUP.search(source)) or _BLOCK.search(source))


@cache
def _reader() -> Markdown:
    from mistune import create_markdown

    found = create_markdown(renderer=None, plugins=[autolinks, "strikethrough", "table", "task_lists", "footnotes", math])
    found.before_render_hooks.append(unescape_pipes)
    return found


def unescape_pipes(_: Markdown, state: BlockState) -> None:
    r"""In the cells of tables `\|` is a pipe, in code, addresses and formulas as well (GFM 4.10)."""
    waiting = list(state.tokens)
    while waiting:
        token = waiting.pop()
        if token["type"] == "table_cell":
            token["text"] = token["text"].replace("\\|", "|")
        waiting += token.get("children", ())


def tokens_of(source: str) -> list[Token]:
    """The block tokens that mistune reads, footnotes last."""
    return [token for token in _reader()(source) if isinstance(token, dict)]


def parse(source: str) -> list[Token]:
    """The block tokens that mistune reads, with the text of each footnote in brackets where it is referred to."""
    found = tokens_of(source)
    if not found or found[-1]["type"] != "footnotes":
        return found
    notes = {note["attrs"]["key"]: note["children"] for note in found.pop()["children"]}
    used: set[str] = set()

    def inlined(tokens: list[Token]) -> list[Token]:
        out: list[Token] = []
        for token in tokens:
            if token["type"] != "footnote_ref":
                out.append({**token, "children": inlined(token["children"])} if "children" in token else token)
            elif (key := token["raw"]) not in used:
                used.add(key)
                out.append({"type": "text", "raw": " ("})
                for number, part in enumerate(_inline_tokens(notes[key])):
                    out += [{"type": "text", "raw": " "}] * bool(number) + inlined(part)
                out.append({"type": "text", "raw": ")"})
        return out

    return inlined(found)


def line(source: str) -> str:
    """A description as one line of inline Markdown, its blocks joined by spaces."""
    if is_plain(source):
        return text(source)
    return " ".join(_inline_texts(parse(source)))


def first_paragraph(source: str) -> str:
    """The text of the first paragraph of a description, without markup."""
    if is_plain(source):
        return clean(_PARAGRAPH.split(source.strip(), maxsplit=1)[0])
    return next((shown for part in _inline_tokens(parse(source)) if (shown := clean(plain_text(part)))), "")


def all_text(source: str) -> str:
    """The text of a description on one line, without markup."""
    if is_plain(source):
        return clean(source)
    return " ".join(shown for part in _inline_tokens(parse(source)) if (shown := clean(plain_text(part))))


def blocks(source: str) -> list[str]:
    """A description as Markdown blocks: paragraphs on one line each, lists, quotes, tables, code and formulas."""
    if is_plain(source):
        return [line_start(shown) for part in _PARAGRAPH.split(source) if (shown := text(part))]
    return list(_blocks(parse(source)))


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        match token["type"]:
            case "list":
                yield from filter(None, ["\n".join(_list_lines(token))])
            case "table":
                yield from filter(None, ["\n".join(_table_lines(token))])
            case "block_quote":
                inner = "\n\n".join(_blocks(token["children"]))
                yield from filter(None, ["\n".join(f"> {row}".rstrip() for row in inner.split("\n")) if inner else ""])
            case "block_code":
                yield from filter(None, [_code(token)])
            case "block_math":
                yield f"```math\n{token['raw']}\n```"
            case "paragraph" if (display := displayed(token)) and "`" not in display:
                yield f"```math\n{display}\n```"
            case _:
                yield from map(line_start, _inline_texts([token]))


def displayed(paragraph: Token) -> str:
    """The formula of a paragraph that is nothing but one display; "" for others."""
    children = paragraph["children"]
    alone = len(children) == 1 and children[0]["type"] == "inline_math" and children[0]["attrs"]["display"]
    return children[0]["raw"] if alone else ""


def _code(token: Token) -> str:
    """A block of code in a fence."""
    rows = "\n".join(clean_row(row) for row in token["raw"].rstrip("\n").split("\n"))
    if not rows.strip():
        return ""
    fence = "`" * (max(map(len, _FENCE.findall(rows)), default=2) + 1)
    info = (token.get("attrs") or {}).get("info") or ""
    language = _LANGUAGE.match(info)
    return f"{fence}{language[0] if language else 'text'}\n{rows}\n{fence}"


def clean_row(row: str) -> str:
    """A row of code with its indent, without characters that `clean` drops."""
    indent = row[: len(row) - len(row.lstrip(" \t"))]
    return f"{indent}{clean(row)}" if row.strip() else ""


def _table_lines(token: Token) -> Iterator[str]:
    """The lines of a table, its columns padded unless it is large."""
    head, *bodies = token["children"]
    sides = [cell["attrs"]["align"] for cell in head["children"]]
    rows = [head["children"], *(row["children"] for body in bodies for row in body["children"])]
    cells = [[_cell(cell) for cell in row] for row in rows]
    widths = [max(3, *map(len, column)) for column in zip(*cells, strict=False)]
    if sum(widths) * len(cells) > _MOST_PADDED:
        widths = [3] * len(widths)
    for number, row in enumerate(cells):
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))} |"
        if not number:
            rules = (_RULES.get(side, "-{}-").format("-" * (width - 2)) for side, width in zip(sides, widths, strict=False))
            yield f"| {' | '.join(rules)} |"


def _cell(token: Token) -> str:
    return _BARE_PIPE.sub(r"\1\\|", inline(token["children"]).strip())


def headings(source: str) -> list[str]:
    """The texts of the headings in a Markdown text."""
    return [title for _, title in leveled_headings(source)]


def leveled_headings(source: str) -> list[tuple[int, str]]:
    """Level and text of the headings in a Markdown text."""
    return [
        (token["attrs"]["level"], clean(plain_text(token["children"]))) for token in parse(source) if token["type"] == "heading"
    ]


def link_targets(source: str) -> list[str]:
    """The destinations of all links in a Markdown text, with repetitions."""
    return list(_link_targets(parse(source)))


def local_picture(url: str) -> str:
    """The path of a picture beside the sources, without query and fragment; "" for the address of another place."""
    path = unquote(_QUERY.sub("", url.strip())).removeprefix("./")
    return "" if not path or path.startswith("/") or ":" in path or "\\" in path or "\0" in path else path


def local_pictures(source: str) -> list[str]:
    """The paths of the pictures beside the sources that a Markdown text shows, those in its HTML as well."""
    if "![" not in source and "<img" not in source.lower():
        return []
    return list(dict.fromkeys(filter(None, map(local_picture, _pictures(tokens_of(source))))))


def _pictures(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token["type"] == "image":
            yield entities(token["attrs"]["url"])
        elif token["type"] in {"inline_html", "block_html"}:
            yield from (
                entities(tag.attributes["src"].value)
                for tag in tags(token["raw"])
                if tag.name == "img" and "src" in tag.attributes
            )
        yield from _pictures(token.get("children", ()))


def _link_targets(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token["type"] == "link":
            yield token["attrs"]["url"]
        yield from _link_targets(token.get("children", ()))


def _inline_texts(tokens: Iterable[Token]) -> list[str]:
    return [shown for part in _inline_tokens(tokens) if (shown := inline(part).strip())]


def _inline_tokens(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The inline tokens of each innermost block, in order."""
    for token in tokens:
        match token["type"]:
            case "footnotes":
                pass  # each stands where the text refers to it
            case "block_math":
                yield [{"type": "inline_math", "raw": " ".join(token["raw"].split()), "attrs": {"display": True}}]
            case "paragraph" | "block_text" | "heading" | "table_cell":
                yield token["children"]
            case "block_code":
                yield [{"type": "codespan", "raw": token["raw"]}]
            case _ if "children" in token:
                yield from _inline_tokens(token["children"])
            case _ if token.get("raw"):
                yield [{"type": "inline_html", "raw": token["raw"]}]


def _list_lines(token: Token, indent: str = "") -> Iterator[str]:
    """The lines of a list, including nested lists."""
    for number, item in enumerate(token["children"], token["attrs"].get("start", 1)):
        mark = f"{number}." if token["attrs"]["ordered"] else "-"
        own = " ".join(_inline_texts(part for part in item["children"] if part["type"] != "list"))
        if own:
            box = ("[x] " if item["attrs"]["checked"] else "[ ] ") if item["type"] == "task_list_item" else ""
            yield f"{indent}{mark} {box}{line_start(own)}"
        for part in item["children"]:
            if part["type"] == "list":
                yield from _list_lines(part, indent + " " * (len(mark) + 1) * bool(own))
