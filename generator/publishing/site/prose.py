"""Render a maintainer's Markdown as HTML: paragraphs, headings, lists, quotes, emphasis, code, http(s) links; other markup as text.

Raw HTML is escaped, so that a description can't add scripts, remote images or styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.markdown.descriptions import is_plain, parse
from generator.markdown.inline import Token, plain_text
from generator.publishing.site.html import block_text, href, text

__all__ = ["blocks", "line", "verbatim"]

_PARAGRAPH = re.compile(r"\n\s*\n")
_TAGS = {"emphasis": "em", "strong": "strong"}


def line(source: str) -> str:
    """A description as inline HTML, its blocks joined by spaces."""
    if is_plain(source):
        return text(source)
    return " ".join(filter(None, (_inline(part).strip() for part in _inline_tokens(parse(source)))))


def blocks(source: str, *, level: int = 2, html: bool = True) -> str:
    """A description as HTML blocks, with headings from `level`. Without `html`, raw HTML is dropped instead of shown as text."""
    if is_plain(source):
        return "\n".join(f"<p>{shown}</p>" for part in _PARAGRAPH.split(source) if (shown := text(part)))
    return "\n".join(_blocks(parse(source), level, html=html))


def verbatim(markdown: str | None) -> str:
    """A header or footer in a `div`, without its raw HTML; "" for None."""
    return f'<div class="verbatim">{blocks(markdown, html=False)}</div>' if markdown else ""


def _inline_tokens(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    for token in tokens:
        if token["type"] in {"paragraph", "block_text", "heading"}:
            yield token["children"]
        elif "children" in token:
            yield from _inline_tokens(token["children"])
        elif token.get("raw"):
            yield [{"type": "text" if token["type"] == "block_html" else "codespan", "raw": token["raw"]}]


def _blocks(tokens: Iterable[Token], level: int, *, html: bool) -> Iterator[str]:
    for token in tokens:
        match token["type"]:
            case "paragraph":
                if shown := _inline(token["children"], html=html).strip():
                    yield f"<p>{shown}</p>"
            case "block_text":
                yield _inline(token["children"], html=html).strip()
            case "heading":
                rank = min(level + token["attrs"]["level"] - 1, 6)
                yield f"<h{rank}>{_inline(token['children'], html=html).strip()}</h{rank}>"
            case "list":
                tag = "ol" if token["attrs"]["ordered"] else "ul"
                items = ("\n".join(_blocks(item["children"], level, html=html)) for item in token["children"])
                yield f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
            case "block_quote":
                yield f"<blockquote>{' '.join(_blocks(token['children'], level, html=html))}</blockquote>"
            case "block_code":
                yield f"<pre><code>{block_text(token['raw'])}</code></pre>"
            case "block_html":
                if html:
                    yield f"<p>{text(token['raw'])}</p>"
            case _:
                pass


def _inline(tokens: Iterable[Token], *, html: bool = True) -> str:
    return "".join(_piece(token, html=html) for token in tokens)


def _piece(token: Token, *, html: bool) -> str:
    kind = token["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{_inline(token['children'], html=html)}</{_TAGS[kind]}>"
    if kind == "codespan":
        return f"<code>{text(token['raw'])}</code>"
    if kind == "image":
        return _spaced(plain_text(token["children"]))
    if kind == "link" and (target := href(plain_text([{"type": "text", "raw": token["attrs"]["url"]}]))):
        return f'<a href="{target}">{_inline(token["children"], html=html) or target}</a>'
    if kind == "inline_html" and not html:
        return ""
    return _spaced(plain_text([token]))


def _spaced(raw: str) -> str:
    """An escaped text that keeps one space at each end where it had any."""
    shown = text(raw)
    if not shown:
        return " " if raw and raw.isspace() else ""
    return f"{' ' if raw[0].isspace() else ''}{shown}{' ' if raw[-1].isspace() else ''}"
