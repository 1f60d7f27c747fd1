"""Render mistune tokens as inline Markdown: emphasis, struck text, code and http(s) links; other markup is shown as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from unicodedata import category

from generator.markdown.formulas import github, spelled
from generator.markdown.text import code, destination, text

__all__ = ["Token", "inline", "plain_text", "target"]

Token = dict[str, Any]

# mistune doesn't decode entities. Only those of CommonMark are decoded (html.unescape also accepts "&copy=1").
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_SAME_PAGE = re.compile(r"#[\w%.-]{1,300}")
_MARKS = {"emphasis": ("_", "*"), "strong": ("**",), "strikethrough": ("~~",)}


def inline(tokens: Iterable[Token], outer: str = " ", within: frozenset[str] = frozenset()) -> str:
    """Inline tokens as Markdown on one line.

    `outer` is the character that will be on both sides, `within` the types of the surrounding emphasis.
    """
    out, emphasis_closed = "", False
    pieces = list(_merged(tokens))
    for number, piece in enumerate(pieces, 1):
        after_emphasis, emphasis_closed = emphasis_closed, False
        match piece["type"]:
            case "text":
                shown = _spaced(piece["raw"])
            case "codespan":
                shown = code(piece["raw"]) if piece["raw"].strip() else ""
            case "inline_math":
                shown = github(piece["raw"])
            case "link":
                shown = _link(piece, within)
                if out.endswith("!"):
                    out = f"{out[:-1]}\\!"
            case kind:
                shown = content = inline(piece["children"], _MARKS[kind][0][0], within | {kind})
                # Adjacent delimiters are hard to read back (CommonMark 0.31, 6.2): the second emphasis is dropped.
                if kind not in within and not after_emphasis:
                    after = _first(pieces[number]) if number < len(pieces) else outer
                    shown = _emphasised(kind, content, out[-1:] or outer, after)
                    emphasis_closed = shown != content
        # Two adjacent code spans would be read as one.
        out += f" {shown}" if out.endswith("`") and shown.startswith("`") else shown[out.endswith(" ") and shown[:1] == " " :]
    return out


def target(url: str) -> str | None:
    """The destination of a link to the web or to a heading of the same page; None for other URLs."""
    return url if _SAME_PAGE.fullmatch(url) else destination(url)


def plain_text(tokens: Iterable[Token]) -> str:
    """The text of tokens; images and links that aren't rendered as they were written."""
    shown = ""
    for token in tokens:
        match token["type"]:
            case "text":
                shown += _ENTITY.sub(lambda entity: unescape(entity[0]), token["raw"])
            case "footnote_ref":
                shown += f"[^{token['raw']}]"
            case "softbreak" | "linebreak":
                shown += " "
            case "inline_math":
                shown += spelled(token["raw"], display=token["attrs"]["display"])
            case "image":
                shown += f"![{plain_text(token['children'])}]({token['attrs']['url']})"
            case "link" if not target(token["attrs"]["url"]):
                shown += f"[{plain_text(token['children'])}]({token['attrs']['url']})"
            case _:
                shown += plain_text(token["children"]) if "children" in token else token.get("raw", "")
    return shown


def _merged(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens to render, with everything between them merged into text tokens (mistune splits text at escapes)."""
    held = ""
    for token in tokens:
        rendered = token["type"] in {*_MARKS, "codespan", "inline_math"}
        if rendered or (token["type"] == "link" and target(token["attrs"]["url"])):
            if held:
                yield {"type": "text", "raw": held}
            held = ""
            yield token
        else:
            held += plain_text([token])
    if held:
        yield {"type": "text", "raw": held}


def _spaced(raw: str) -> str:
    """An escaped text that keeps one space at each end where it had any."""
    shown = text(raw, formulas_in=False)
    if not shown:
        return " " if raw.strip() != raw else ""
    return f"{' ' if raw[0].isspace() else ''}{shown}{' ' if raw[-1].isspace() else ''}"


def _link(token: Token, within: frozenset[str]) -> str:
    url = token["attrs"]["url"]
    label = inline(token["children"], "[", within).strip() or text(url)
    return f"[{label}]({target(url)})"


def _emphasised(kind: str, content: str, before: str, after: str) -> str:
    """Content with the first delimiter that is read back as emphasis; without delimiter if none is."""
    core = content.strip()
    if not core:
        return content
    left, right = content[: content.index(core[0])], content[content.rindex(core[-1]) + 1 :]
    for mark in _MARKS[kind]:
        if _delimits(mark[0], core, left or before, right or after):
            return f"{left}{mark}{core}{mark}{right}"
    return content


def _delimits(mark: str, core: str, before: str, after: str) -> bool:
    """Whether a delimiter opens and closes emphasis here (CommonMark 0.31, 6.2), next to no other of its kind."""
    if mark in {before[-1], after[0], core[0], core[-1]}:
        return False
    outside = _is_word(before[-1]), _is_word(after[0])
    if mark == "_" and any(outside):
        return False
    return not (outside[0] and not _is_word(core[0])) and not (outside[1] and not _is_word(core[-1]))


def _is_word(char: str) -> bool:
    return not char.isspace() and category(char)[0] not in "PS"


def _first(token: Token) -> str:
    """The first character of a token's Markdown, without emphasis delimiters; "`" stands for any punctuation."""
    match token["type"]:
        case "text":
            return (_spaced(token["raw"]) or " ")[0]
        case "emphasis" | "strong" | "strikethrough":
            return (inline(token["children"]) or " ")[0]
        case _:
            return "`"
