"""HTML blocks as the tokens that Markdown would give: lists, tables, headings, boxes (`<details>`), definitions, paragraphs.

Wrappers (`div`, `center`, `span`, ...) are seen through. Nothing is checked: what isn't HTML comes out as text.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

__all__ = ["HtmlToken", "blocks_of"]

HtmlToken = dict[str, Any]

_PARAGRAPHS = frozenset(("p", "div", "center", "section", "article", "header", "footer", "nav", "main", "aside", "figure",
    "figcaption", "address", "form", "fieldset", "caption"))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NESTED = {"ul": "list", "ol": "list", "dl": "list", "blockquote": "quote"}
_DEEPEST = 40
_SILENT = frozenset(("script", "style", "template", "title", "head"))
_SOURCES = {"img": "image", "source": "media", "video": "media", "iframe": "media"}
_INLINE = frozenset(("summary", "td", "th", "dt"))
_CLOSED = frozenset(("ul", "ol", "dl", "li", "blockquote", "summary", "table", "dt", "dd"))
_VOID = frozenset(("br", "img", "hr", "tbody", "thead", "tfoot", "colgroup", "col", "picture", "video", "iframe", "source"))


def blocks_of(raw: str) -> list[HtmlToken]:
    """The blocks of a piece of HTML: dicts with `type`, `line` (from 0), and `inline` (tokens), `children`, `rows`, `level` or `raw`."""
    builder = _Builder()
    builder.feed(raw)
    builder.close()
    return builder.finish()


class _Builder(HTMLParser):
    """Keeps a stack of open blocks; inline content goes to the open paragraph of the innermost."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._root: list[HtmlToken] = []
        self._stack: list[tuple[str, HtmlToken, list[HtmlToken]]] = []
        self._inline: list[HtmlToken] = []
        self._line = 0
        self._silent = 0
        self._pre: list[str] | None = None

    def finish(self) -> list[HtmlToken]:
        self._flush()
        while self._stack:
            self._pop()
        return self._root

    @property
    def _children(self) -> list[HtmlToken]:
        return self._stack[-1][2] if self._stack else self._root

    def _token(self, kind: str, **values: object) -> HtmlToken:
        return {"type": kind, "line": self.getpos()[0] - 1, **values}

    def _put(self, token: HtmlToken) -> None:
        """An inline token; it begins a paragraph where none is open."""
        if not self._inline:
            if token["type"] in {"softbreak", "linebreak"} or not str(token.get("raw", "x")).strip():
                return
            self._line = self.getpos()[0] - 1
        self._inline.append(token)

    def _flush(self) -> None:
        inline, self._inline = self._inline, []
        if any(token["type"] not in {"softbreak", "linebreak"} and str(token.get("raw", "x")).strip() for token in inline):
            self._children.append({"type": "paragraph", "inline": inline, "line": self._line})

    def _open(self, tag: str, token: HtmlToken, children: list[HtmlToken]) -> None:
        self._flush()
        self._children.append(token)
        self._stack.append((tag, token, children))

    def _nest(self, tag: str, kind: str) -> None:
        children: list[HtmlToken] = []
        self._open(tag, self._token(kind, children=children), children)

    def _pop(self) -> None:
        self._flush()
        tag, token, children = self._stack.pop()
        if tag in _HEADINGS or tag in _INLINE:
            token["inline"][:] = _joined(children)

    def _close(self, *tags: str) -> None:
        """Close down to the innermost of these tags; nothing where none is open."""
        if any(tag in tags for tag, _, _ in self._stack):
            while self._stack[-1][0] not in tags:
                self._pop()
            self._pop()

    def _inside(self, tag: str) -> HtmlToken | None:
        return next((token for name, token, _ in reversed(self._stack) if name == tag), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        deep = len(self._stack) >= _DEEPEST
        if deep and (tag in _NESTED or tag in _HEADINGS or tag in {"li", "dt", "dd", "table", "tr", "td", "th", "summary"}):
            self._flush()
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "pre":
            self._flush()
            self._pre = []
        elif tag in _HEADINGS:
            self._open(tag, self._token("heading", level=_HEADINGS[tag], inline=[]), [])
        elif tag in _NESTED:
            self._nest(tag, _NESTED[tag])
        elif tag in {"li", "dt", "dd"}:
            self._item(tag)
        elif tag in {"table", "tr", "td", "th"}:
            self._table(tag)
        elif tag in {"details", "summary"}:
            self._box(tag)
        elif tag in _PARAGRAPHS or tag == "hr":
            self._flush()
            self._children.extend([self._token("rule")] if tag == "hr" else [])
        else:
            self._start_inline(tag, attrs)

    def _item(self, tag: str) -> None:
        if tag == "dt":
            self._close("dt", "dd")
            self._open(tag, self._token("term", inline=[]), [])
            return
        if self._stack and self._stack[-1][0] in {"li", "dt", "dd"}:
            self._close("li", "dt", "dd")
        if tag == "li" and not self._inside("ul") and not self._inside("ol"):
            self._nest("ul", "list")
        self._nest(tag, "item" if tag == "li" else "definition")

    def _box(self, tag: str) -> None:
        if tag == "details":
            self._flush()
            self._children.append(self._token("open", inline=[]))
            return
        before = self._children[-1] if self._children and not self._inline else None
        if before is not None and before["type"] == "open" and not before["inline"]:
            self._stack.append((tag, before, []))
        else:
            self._open(tag, self._token("summary", inline=[]), [])

    def _table(self, tag: str) -> None:
        if tag == "table":
            self._open(tag, self._token("table", rows=[]), [])
            return
        table = self._inside("table")
        if tag == "tr":
            self._close_row()
            if table is not None:
                table["rows"].append((self.getpos()[0] - 1, []))
            return
        if self._stack and self._stack[-1][0] in {"td", "th"}:
            self._close("td", "th")
        if table is None:
            self._flush()
            return
        if not table["rows"]:
            table["rows"].append((self.getpos()[0] - 1, []))
        token = self._token("cell", inline=[])
        table["rows"][-1][1].append(token["inline"])
        self._flush()
        self._stack.append((tag, token, []))

    def _close_row(self) -> None:
        if any(tag in {"td", "th"} for tag, _, _ in self._stack):
            self._close("td", "th")

    def _start_inline(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._put({"type": "linebreak"})
        elif tag in _SOURCES:
            if values.get("src"):
                alt = [{"type": "text", "raw": values.get("alt", "")}]
                self._put({"type": _SOURCES[tag], "attrs": {"url": values["src"].strip()}, "children": alt})
        else:
            self._put({"type": "tag", "name": tag, "close": False, "href": values.get("href", "").strip()})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "img", "hr", "source", "video", "iframe", "a"}:
            self.handle_starttag(tag, attrs)
        if tag == "a":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "pre" and self._pre is not None:
            raw, self._pre = "".join(self._pre), None
            self._children.append(self._token("code", raw=raw.strip("\n")))
        elif tag == "details":
            self._flush()
            self._children.append(self._token("close"))
        elif tag in _HEADINGS:
            self._close(*_HEADINGS)
        elif tag in _CLOSED:
            self._close(tag)
        elif tag in {"td", "th", "tr"}:
            self._close_row()
        elif tag in _PARAGRAPHS:
            self._flush()
        elif tag not in _VOID:
            self._put({"type": "tag", "name": tag, "close": True, "href": ""})

    def handle_data(self, data: str) -> None:
        if self._pre is not None:
            self._pre.append(data)
        elif not self._silent:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._put({"type": "softbreak"})
                if line:
                    self._put({"type": "text", "raw": line})


def _joined(blocks: list[HtmlToken]) -> list[HtmlToken]:
    """The inline content of blocks, strung together (of a cell that holds a list, for one)."""
    found: list[HtmlToken] = []
    for block in blocks:
        inner = block.get("inline") or _joined(block.get("children", []))
        if found and inner:
            found.append({"type": "linebreak"})
        found += inner
    return found
