"""HTML blocks as the tokens Markdown would give: lists, tables, headings, boxes (`<details>`) and paragraphs with links.

Wrappers (`div`, `center`, `span`, ...) are seen through. Nothing is checked: what isn't HTML comes out as text.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

__all__ = ["HtmlToken", "blocks_of"]

HtmlToken = dict[str, Any]

_PARAGRAPHS = frozenset(("p", "div", "center", "section", "article", "header", "footer", "nav", "main", "aside", "figure",
    "figcaption", "address", "dl", "dt", "dd", "form", "fieldset", "caption"))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NESTING = frozenset(("ul", "ol", "li", "blockquote", "table", "tr", "td", "th"))
_DEEPEST = 40
_SILENT = frozenset(("script", "style", "template", "title", "head"))
_SOURCES = {"img": "image", "source": "media", "video": "media", "iframe": "media"}


def blocks_of(raw: str) -> list[HtmlToken]:
    """The blocks of a piece of HTML: dicts with `type`, `inline` (mistune's tokens), `children`, `rows`, `level` or `raw`."""
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

    def _flush(self) -> None:
        inline, self._inline = self._inline, []
        if not any(token["type"] not in {"softbreak", "linebreak"} and str(token.get("raw", "x")).strip() for token in inline):
            return
        self._children.append({"type": "paragraph", "inline": inline})

    def _open(self, tag: str, token: HtmlToken, children: list[HtmlToken]) -> None:
        self._flush()
        self._children.append(token)
        self._stack.append((tag, token, children))

    def _nest(self, tag: str, kind: str) -> None:
        children: list[HtmlToken] = []
        self._open(tag, {"type": kind, "children": children}, children)

    def _pop(self) -> None:
        self._flush()
        tag, token, children = self._stack.pop()
        if tag in _HEADINGS or tag in {"summary", "td", "th"}:
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
        if len(self._stack) >= _DEEPEST and tag in _NESTING:
            self._flush()
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "pre":
            self._flush()
            self._pre = []
        elif tag in _HEADINGS:
            self._open(tag, {"type": "heading", "level": _HEADINGS[tag], "inline": []}, [])
        elif tag in {"ul", "ol"}:
            self._nest(tag, "list")
        elif tag == "li":
            if self._stack and self._stack[-1][0] == "li":
                self._close("li")
            if not self._inside("ul") and not self._inside("ol"):
                self._nest("ul", "list")
            self._nest(tag, "item")
        elif tag == "blockquote":
            self._nest(tag, "quote")
        elif tag == "details":
            self._flush()
            self._children.append({"type": "open", "inline": []})
        elif tag == "summary":
            inline: list[HtmlToken] = []
            self._open(tag, {"type": "summary", "inline": inline}, [])
            boxes = [token for token in self._children_of_parent() if token["type"] == "open"]
            if boxes:
                boxes[-1]["inline"] = inline
        elif tag == "table":
            self._open(tag, {"type": "table", "rows": []}, [])
        elif tag == "tr":
            self._close_row()
            if (table := self._inside("table")) is not None:
                table["rows"].append([])
        elif tag in {"td", "th"}:
            if self._stack and self._stack[-1][0] in {"td", "th"}:
                self._close("td", "th")
            self._open_cell(tag)
        elif tag in _PARAGRAPHS:
            self._flush()
        elif tag == "hr":
            self._flush()
            self._children.append({"type": "rule"})
        else:
            self._start_inline(tag, attrs)

    def _children_of_parent(self) -> list[HtmlToken]:
        return self._stack[-2][2] if len(self._stack) > 1 else self._root

    def _close_row(self) -> None:
        if any(tag in {"td", "th"} for tag, _, _ in self._stack):
            self._close("td", "th")

    def _open_cell(self, tag: str) -> None:
        table = self._inside("table")
        token: HtmlToken = {"type": "cell", "inline": []}
        if table is None:
            self._flush()
            return
        if not table["rows"]:
            table["rows"].append([])
        table["rows"][-1].append(token["inline"])
        self._flush()
        self._stack.append((tag, token, []))

    def _start_inline(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._inline.append({"type": "linebreak"})
        elif tag in _SOURCES:
            if values.get("src"):
                self._inline.append({
                    "type": _SOURCES[tag],
                    "attrs": {"url": values["src"].strip()},
                    "children": [{"type": "text", "raw": values.get("alt", "")}],
                })  # fmt: skip
        else:
            self._inline.append({"type": "tag", "name": tag, "close": False, "href": values.get("href", "").strip()})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "img", "hr", "source", "video", "iframe"}:
            self.handle_starttag(tag, attrs)
        elif tag == "a":
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "pre" and self._pre is not None:
            raw, self._pre = "".join(self._pre), None
            self._children.append({"type": "code", "raw": raw.strip("\n")})
        elif tag == "details":
            self._flush()
            self._children.append({"type": "close"})
        elif tag in _HEADINGS:
            self._close(*_HEADINGS)
        elif tag in {"ul", "ol", "li", "blockquote", "summary", "table"}:
            self._close(tag)
        elif tag in {"td", "th", "tr"}:
            self._close_row()
        elif tag in _PARAGRAPHS:
            self._flush()
        elif tag not in {"br", "img", "hr", "tbody", "thead", "tfoot", "colgroup", "col", "picture", "video", "iframe"}:
            self._inline.append({"type": "tag", "name": tag, "close": True, "href": ""})

    def handle_data(self, data: str) -> None:
        if self._pre is not None:
            self._pre.append(data)
        elif not self._silent:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._inline.append({"type": "softbreak"})
                if line:
                    self._inline.append({"type": "text", "raw": line})


def _joined(blocks: list[HtmlToken]) -> list[HtmlToken]:
    """The inline content of blocks, strung together (of a cell that holds a list, for one)."""
    found: list[HtmlToken] = []
    for block in blocks:
        inner = block.get("inline") or _joined(block.get("children", []))
        if found and inner:
            found.append({"type": "linebreak"})
        found += inner
    return found
