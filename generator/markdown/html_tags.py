"""Read the tags of HTML and XML texts with their places, and the addresses that they name. Pure, linear, and nothing raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

__all__ = ["PAGE", "SAFE", "SHOWN", "WRITTEN", "Address", "Attribute", "Tag", "addresses", "entities", "tags"]

SHOWN: Mapping[str, tuple[str, ...]] = {
    "a": ("href",), "area": ("href",), "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"),
    "audio": ("src",), "track": ("src",), "iframe": ("src",),
}  # fmt: skip
"""The attributes with addresses of the elements that GitHub shows in a Markdown page."""
PAGE: Mapping[str, tuple[str, ...]] = {
    **SHOWN, "link": ("href", "imagesrcset"), "script": ("src",), "embed": ("src",), "object": ("data",), "input": ("src",),
    "frame": ("src",), "blockquote": ("cite",), "q": ("cite",), "del": ("cite",), "ins": ("cite",), "image": ("href", "xlink:href"),
}  # fmt: skip
"""The same for a whole HTML page."""
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "a": ("href",), "img": ("src",), "source": ("src",), "video": ("src",), "iframe": ("src",),
}  # fmt: skip
"""Those that an import reads."""

SAFE = frozenset((
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
))  # fmt: skip
"""The elements that a site may keep of a maintainer's HTML."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)(\"?)|'([^']*)('?)|([^\s>\"'][^\s>]*))?)?")
_END = re.compile(r"[\s/]*>?")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"))
"""Elements whose content is text (WHATWG HTML 13.2.5, RCDATA and RAWTEXT states)."""
_SRCSET = re.compile(r"[\s,]*([^\s,]\S*)")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*\)?)*")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute's value as written; `at` is where it begins in the text."""

    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag from `start` to `end`, names in lower case. Of an attribute that is given twice the first counts."""

    name: str
    closing: bool
    attributes: Mapping[str, Attribute]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Address:
    """An address in an attribute, entities decoded; `written` is its text in the source, which begins `at`."""

    url: str
    at: int
    written: str


def entities(text: str) -> str:
    """A text with its entities decoded; one without a semicolon is text, as it is in a URL (`&copy=1`)."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def tags(text: str, *, xml: bool = False) -> Iterator[Tag]:
    """The tags of a text as browsers find them (WHATWG HTML 13.2.5): comments and the content of scripts have none.

    With `xml`, no element's content is taken as text, and CDATA sections are skipped.
    """
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!--", at):
            end = _after(text, "-->", at + 2)
        elif xml and text.startswith("<![CDATA[", at):
            end = _after(text, "]]>", at)
        elif text.startswith(("<!", "<?"), at):
            end = _after(text, ">", at)
        elif found := _tag(text, at):
            yield found
            end = found.end
            if found.name in _RAW and not found.closing and not xml:
                end = _closing(text, found.name, end)
        else:
            end = at + 1
        at = text.find("<", end) if 0 <= end < len(text) else -1


def _after(text: str, mark: str, at: int) -> int:
    """Where the text goes on behind a mark; its end if the mark is missing."""
    found = text.find(mark, at)
    return found + len(mark) if found >= 0 else len(text)


def _closing(text: str, name: str, at: int) -> int:
    found = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _tag(text: str, at: int) -> Tag | None:
    """The tag that begins with the `<` at this place; None if it is text, or has no end."""
    closing = text.startswith("</", at)
    name = _NAME.match(text, at + 1 + closing)
    if name is None:
        return None
    attributes: dict[str, Attribute] = {}
    here = name.end()
    while found := _ATTRIBUTE.match(text, here):
        group = next((number for number in (2, 4, 6) if found[number] is not None), None)
        if group in {2, 4} and not found[group + 1]:
            return Tag(name[0].lower(), closing, {}, at, len(text))  # a quote that never ends swallows the rest
        value = Attribute(found[group], found.start(group)) if group else Attribute("", found.end())
        attributes.setdefault(found[1].lower(), value)
        here = found.end()
    last = _END.match(text, here)
    return Tag(name[0].lower(), closing, attributes, at, last.end() if last else here)


def addresses(tag: Tag, table: Mapping[str, tuple[str, ...]]) -> Iterator[Address]:
    """The addresses of a start tag's attributes as `table` names them, in their order; each candidate of a `srcset` is one."""
    wanted = () if tag.closing else table.get(tag.name, ())
    for name, attribute in tag.attributes.items():
        if name not in wanted:
            continue
        if name.endswith("srcset"):
            yield from _candidates(attribute)
        elif written := attribute.value.strip():
            lead = len(attribute.value) - len(attribute.value.lstrip())
            yield Address(entities(written), attribute.at + lead, written)


def _candidates(attribute: Attribute) -> Iterator[Address]:
    """The addresses of a `srcset` (WHATWG HTML 4.8.4.2.1): an address ends at white space, or at the commas before it."""
    at, text = 0, attribute.value
    while found := _SRCSET.match(text, at):
        written = found[1].rstrip(",")
        yield Address(entities(written), attribute.at + found.start(1), written)
        at = found.end()
        if written == found[1]:
            at = descriptors.end() if (descriptors := _DESCRIPTORS.match(text, at)) else at
