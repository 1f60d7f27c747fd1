"""The anchors of a page, as GitHub gives them to Markdown and browsers find them in HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.checking.page_links import Kind
from generator.importing.parsing import counting
from generator.markdown.anchors import Anchors, slug
from generator.markdown.html_tags import entities, tags

__all__ = ["PageAnchors", "anchors_of"]

_HEADING = re.compile(r"h[1-6]")
_GIVEN = re.compile(r"\s*\{:?\s*#([\w.:-]+)[^{}]*\}\s*$")
_TAG = re.compile(r"<[^<>]*>")
_PREFIX = "user-content-"


@dataclass(slots=True)
class PageAnchors:
    """The names that a page has; `scripts`: it may get others when it is shown."""

    names: set[str] = field(default_factory=set)
    scripts: bool = False
    ignores_case: bool = False

    def has(self, name: str) -> bool:
        """Whether a link to this name finds its place. GitHub also looks for its lower case."""
        bare = name.removeprefix(_PREFIX)
        return name in self.names or (self.ignores_case and (bare in self.names or bare.lower() in self.names))


def anchors_of(text: str, kind: Kind) -> PageAnchors:
    """The anchors of a Markdown or HTML page."""
    if kind is Kind.MARKDOWN:
        found = _Markdown()
        found.read(counting()(text.replace("\x00", "\ufffd")))
        return PageAnchors(found.names, ignores_case=True)
    page = PageAnchors()
    for tag in tags(text):
        page.names |= _names(tag.name, tag.attributes)
        page.scripts |= tag.name == "script"
    return page


def _names(element: str, attributes: Any) -> set[str]:  # noqa: ANN401  # a mapping of Attribute
    """The ids of an element, and the `name` of a link (WHATWG HTML 7.4.6.4)."""
    wanted = ("id", "name") if element == "a" else ("id",)
    return {entities(attributes[name].value) for name in wanted if name in attributes} - {""}


class _Markdown:
    """Reads a page's headings, ids and footnotes in their order."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._headings = Anchors()

    def read(self, tokens: Iterable[Any] | str) -> None:
        """Read mistune's tokens."""
        stack = list(reversed(list(tokens))) if not isinstance(tokens, str) else []
        while stack:
            token = stack.pop()
            kind = token.get("type")
            if kind == "heading":
                self._heading(token)
            elif kind in {"block_html", "inline_html"}:
                self._html(str(token.get("raw", "")))
            elif kind == "footnote_item":
                key = str(token["attrs"]["key"]).lower()
                self.names |= {f"fn-{slug(key)}", f"fnref-{slug(key)}", f"fn-{token['attrs']['index']}"}
            stack.extend(reversed(token.get("children") or []))

    def _heading(self, token: dict[str, Any]) -> None:
        text = entities(_text(token))
        given = _GIVEN.search(text)
        if given:
            self.names |= {given[1], slug(text[: given.start()])}
        self.names |= {self._headings.add(text), slug(_text(token, notes=False))}

    def _html(self, raw: str) -> None:
        opened: int | None = None
        for tag in tags(raw):
            if not tag.closing:
                self.names |= {name.removeprefix(_PREFIX) for name in _names(tag.name, tag.attributes)}
            if _HEADING.fullmatch(tag.name):
                if tag.closing and opened is not None:
                    text = entities(_TAG.sub("", raw[opened : tag.start]))
                    self.names |= {self._headings.add(" ".join(text.split())), slug(text)}
                opened = None if tag.closing else tag.end


def _text(token: dict[str, Any], *, notes: bool = True) -> str:
    """A heading's text as it is shown: no pictures, no tags. `notes`: with the numbers of its footnotes."""
    match token.get("type"):
        case "image" | "inline_html":
            return ""
        case "footnote_ref":
            return str(token["attrs"]["index"]) if notes else ""
        case "softbreak" | "linebreak":
            return "\n"
    children = token.get("children")
    return str(token.get("raw", "")) if children is None else "".join(_text(child, notes=notes) for child in children)
