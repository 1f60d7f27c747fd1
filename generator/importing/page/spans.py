"""Inline Markdown as a flat row of spans: texts with their style, links with their role, images, and ends of lines.

mistune decides what is a link; HTML tags are folded into styles and links. A row has no nesting: whatever reads it sees all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from urllib.parse import quote

from generator.importing.page.addresses import Role, Written, address
from generator.importing.page.emoji import with_emoji
from generator.importing.page.words import is_counter, without_counters
from generator.markdown.formulas import formulas
from generator.markdown.inline import inline
from generator.markdown.text import text as escaped

__all__ = [
    "Break",
    "Image",
    "Link",
    "Span",
    "Spans",
    "Text",
    "has_link",
    "lines_of",
    "links_of",
    "markdown_of",
    "plain",
    "spans_of",
    "stripped",
]

Token = dict[str, Any]

STYLES = "bis"
"""Bold, italic, struck; "c" is code."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one style: any of "b" (bold), "i" (italic), "s" (struck), "c" (code)."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its plain text. `badge`: it has an image in it."""

    text: str
    url: str
    role: Role = "web"
    style: str = ""
    badge: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `linked` where it is the content of a link; `icon`: it is no larger than a letter."""

    url: str
    alt: str = ""
    role: Role = "web"
    linked: bool = False
    icon: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line ("soft"), a line break ("hard"), or the end of a paragraph ("block")."""

    kind: str = "soft"


Span = Text | Link | Image | Break
Spans = tuple[Span, ...]

_ICON = re.compile(r"(?:[1-9]|[12]\d|3[0-2])(?:px)?")
_SPACES = re.compile(r"[\s\u00ad\u200b\u2060]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^>]*)>$", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TAG_STYLES = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "s": "s", "del": "s", "strike": "s", "code": "c", "samp": "c", "tt": "c", "kbd": "k",
}  # fmt: skip
_TOKEN_STYLES = {"strong": "b", "emphasis": "i", "strikethrough": "s"}
_KNOWN = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "del", "details", "dfn", "div", "em", "font", "hr", "i",
    "img", "ins", "kbd", "label", "li", "mark", "nobr", "ol", "p", "picture", "q", "rp", "rt", "ruby", "s", "samp", "section",
    "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "time", "tr",
    "tt", "u", "ul", "var", "video", "wbr", "h1", "h2", "h3", "h4", "h5", "h6", "iframe", "tfoot", "col", "colgroup", "svg",
    "path", "g", "input", "button", "nav", "article", "header", "footer", "main", "html", "body", "align", "image",
))  # fmt: skip
_BREAKING = frozenset(("br", "p", "div", "li", "tr", "summary", "details", "center"))
_MEDIA = frozenset(("source", "video", "iframe"))


def spans_of(tokens: Iterable[Token], source: Written) -> Spans:
    """The spans of mistune's inline tokens (and of those from the HTML reader)."""
    found = list(tokens)
    if len(found) == 1 and found[0]["type"] == "text":
        return _merged(_worded(str(found[0]["raw"]), ""))
    reader = _Reader(source)
    reader.read(found, "")
    return _merged(reader.finish())


class _Reader:
    """Walks tokens once; open `<a>` tags collect what stands in them, other tags add their style."""

    def __init__(self, source: Written) -> None:
        self._source = source
        self._out: list[Span] = []
        self._open: list[str] = []
        self._anchor: tuple[str, list[Span]] | None = None
        self._tagged = ""

    def finish(self) -> list[Span]:
        self._close_anchor()
        return self._out

    def read(self, tokens: Iterable[Token], style: str) -> None:
        for token in tokens:
            kind = token["type"]
            now = f"{style}{self._tagged}" if self._tagged else style
            if kind == "text":
                self._out += _worded(str(token["raw"]), now) if "k" not in now else _key(str(token["raw"]), now)
            elif kind == "codespan":
                raw = str(token["raw"])
                self._out += [] if is_counter(raw) or not raw.strip() else [Text(unescape(raw), f"{now}c")]
            elif kind in _TOKEN_STYLES:
                self.read(token["children"], style + _TOKEN_STYLES[kind])
            elif kind in {"softbreak", "linebreak"}:
                self._out.append(Break("soft" if kind == "softbreak" else "hard"))
            elif kind == "link":
                self._link(str(token["attrs"]["url"]), token["children"], now)
            elif kind in {"image", "media"}:
                alt = plain(spans_of(token.get("children", ()), self._source)) if kind == "image" else "video"
                self._image(str(token["attrs"]["url"]), alt, kind, now)
            elif kind == "tag":
                self._tag(token["name"], token["href"], close=token["close"])
            elif kind == "inline_html":
                self._html(str(token["raw"]), now)

    def _link(self, url: str, children: Sequence[Token], style: str) -> None:
        if len(children) == 1 and children[0]["type"] == "text":
            self._out.append(_made(url, _worded(str(children[0]["raw"]), ""), style, self._source)[0])
        else:
            self._out += _made(url, list(spans_of(children, self._source)), style, self._source)

    def _image(self, url: str, alt: str, kind: str, style: str, *, icon: bool = False) -> None:
        written, role = address(url, self._source)
        if kind == "media" and role == "web":
            self._out.append(Link(alt, written, role, style))
        elif role != "none":
            self._out.append(Image(written, alt, role, icon=icon))

    def _html(self, raw: str, style: str) -> None:
        match = _TAG.match(raw)
        if not match:
            if not raw.startswith(("<!", "<?")):
                self._out.append(Text(raw, style))
            return
        name = match["name"].lower()
        if name not in _KNOWN:
            self._out.append(Text(raw, style))
            return
        values = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(match["rest"])}
        if (name in _MEDIA or name == "img") and values.get("src") and not match["close"]:
            self._image(
                values["src"].strip(),
                values.get("alt", "") if name == "img" else "video",
                name if name == "img" else "media",
                style,
                icon=any(_ICON.fullmatch(values.get(side, "").strip()) for side in ("width", "height")),
            )
        else:
            self._tag(name, values.get("href", "").strip(), close=bool(match["close"]))
            if name == "a" and match["rest"].endswith("/"):
                self._tag(name, "", close=True)

    def _tag(self, name: str, href: str, *, close: bool) -> None:
        if name in _BREAKING:
            self._out.append(Break("hard"))
        elif name == "a":
            self._close_anchor()
            if not close and href:
                self._anchor, self._out = (href, self._out), []
        elif name in _TAG_STYLES:
            if not close:
                self._open.append(name)
            elif name in self._open[-64:]:
                del self._open[len(self._open) - 1 - self._open[::-1].index(name) :]
            self._tagged = "".join(dict.fromkeys(_TAG_STYLES[one] for one in self._open[:64]))

    def _close_anchor(self) -> None:
        if self._anchor is not None:
            (href, outer), inner = self._anchor, self._out
            self._anchor = None
            self._out = outer + _made(href, inner, "", self._source)


def _made(url: str, inner: list[Span], style: str, source: Written) -> list[Span]:
    """A link of what stands in it: one link, then the images in it; where a link stands in it, both."""
    written, role = address(url, source)
    images = [replace(span, linked=True) for span in inner if isinstance(span, Image)]
    within = [span for span in inner if isinstance(span, Link)]
    texts = [span for span in inner if isinstance(span, Text) and span.text.strip()]
    shown = plain(_merged(span for span in inner if not isinstance(span, Image)))
    if images and not shown:
        shown = next((image.alt for image in images if image.alt), "link")
    if within:
        return [*inner, Link("", written, role, style), *images]
    common = "".join(mark for mark in "bisc" if texts and all(mark in span.style for span in texts))
    return [Link(shown, written, role, "".join(dict.fromkeys(style + common)), bool(images)), *images]


def _worded(raw: str, style: str) -> list[Span]:
    """A text: entities decoded, short names of emoji drawn, spaces single, counts of stars gone."""
    if "&" in raw:
        raw = _ENTITY.sub(lambda found: unescape(found[0]), raw)
    raw = with_emoji(raw)
    return [Text(without_counters(raw if raw.isprintable() and "  " not in raw else _SPACES.sub(" ", raw)), style)]


def _key(raw: str, style: str) -> list[Span]:
    """The text of a `<kbd>`, apart from its neighbours; nothing where it counts something."""
    return [] if is_counter(raw) else [Text(" "), *_worded(raw, style.replace("k", "")), Text(" ")]


def _merged(spans: Iterable[Span]) -> Spans:
    """The same row, neighbouring texts of one style joined; styles in one order."""
    out: list[Span] = []
    run: list[str] = []
    style = ""
    for span in spans:
        if isinstance(span, Text):
            own = "".join(mark for mark in "bisc" if mark in span.style) if span.style else ""
            if run and own != style:
                out.append(Text("".join(run), style))
                run = []
            if not run:
                style = own
            run.append(span.text)
            continue
        if run:
            out.append(Text("".join(run), style))
            run = []
        out.append(span)
    if run:
        out.append(Text("".join(run), style))
    return tuple(span for span in out if not isinstance(span, Text) or span.text)


def plain(spans: Iterable[Span]) -> str:
    """The text of spans on one line, images left out."""
    shown = "".join([span.text if isinstance(span, Text | Link) else " " if isinstance(span, Break) else "" for span in spans])
    return " ".join(shown.split()) if "  " in shown or not shown.isprintable() else shown.strip()


def links_of(spans: Iterable[Span], *roles: Role) -> list[Link]:
    """The links of these roles (of the web, if none is named), in order."""
    wanted = roles or ("web",)
    return [span for span in spans if isinstance(span, Link) and span.role in wanted]


def has_link(spans: Iterable[Span]) -> bool:
    """Whether a link to the web, a file or a mailbox is among the spans: something that an entry can hold."""
    return any(isinstance(span, Link) and span.role in {"web", "file", "other"} for span in spans)


def lines_of(spans: Iterable[Span]) -> list[Spans]:
    """The spans line by line; a line of images alone goes with the next."""
    lines: list[list[Span]] = [[]]
    shows = False
    for span in spans:
        if not isinstance(span, Break):
            lines[-1].append(span)
            shows = shows or isinstance(span, Link) or (isinstance(span, Text) and bool(span.text.strip()))
        elif shows:
            lines.append([])
            shows = False
    if len(lines) > 1 and not plain(lines[-1]) and not has_link(lines[-1]):
        last = lines.pop()
        lines[-1] += last
    return [tuple(line) for line in lines if line]


def stripped(spans: Iterable[Span]) -> Spans:
    """The spans joined, without breaks and blank texts at both ends."""
    out = tuple(spans)
    style: str | None = None
    for span in out:
        if not isinstance(span, Text):
            style = None
        elif span.style == style or not span.text.strip():
            out = _merged(out)
            break
        else:
            style = span.style
    first, last = 0, len(out)
    while first < last and _is_blank(out[first]):
        first += 1
    while last > first and _is_blank(out[last - 1]):
        last -= 1
    return out[first:last]


def _is_blank(span: Span) -> bool:
    return isinstance(span, Break) or (isinstance(span, Text) and not span.text.strip())


_ENDING = 100
"""How many characters at the end of a text say whether it ends a sentence."""
_ENDED = re.compile(r"[.!?…。！？:;,，；][\"”’')*_]*\s*$")


def markdown_of(spans: Iterable[Span]) -> str:
    """Spans as Markdown on one line, escaped so that it shows what they say. Links that aren't of the web show as text."""
    flat: list[Text | Link] = []
    end = ""  # of what is in `flat`
    row = list(spans)
    for at, span in enumerate(row):
        if isinstance(span, Break):
            before, after = (row[at - 1] if at else span), (row[at + 1] if at + 1 < len(row) else span)
            common = "".join(
                mark for mark in STYLES if mark in getattr(before, "style", "") and mark in getattr(after, "style", "")
            )
            stops = span.kind == "block" and end and not _ENDED.search(end)
            if stops and isinstance(flat[-1], Text):
                flat[-1] = replace(flat[-1], text=flat[-1].text.rstrip())
            flat.append(Text(". ") if stops else Text(" ", common))
            end += flat[-1].text.strip()
        elif isinstance(span, Text) or (isinstance(span, Link) and span.role == "web"):
            flat.append(span)
        elif isinstance(span, Link):
            flat.append(Text(span.text, span.style))
        if isinstance(span, Text | Link):
            end = (end + span.text.strip())[-_ENDING:]
    if all(isinstance(span, Text) and not span.style for span in flat):
        return escaped("".join(span.text for span in flat))
    shown = inline(list(_tokens(flat, STYLES))).strip()
    return shown if shown.isprintable() and "  " not in shown else " ".join(shown.split())


def _tokens(spans: Sequence[Text | Link], styles: str) -> Iterator[Token]:
    """Spans as nested tokens: a run in one style is one token."""
    at = 0
    while at < len(spans):
        span = spans[at]
        mark = next((one for one in styles if one in span.style), "")
        if mark:
            end = at + 1
            while end < len(spans) and mark in spans[end].style:
                end += 1
            kind = {"b": "strong", "i": "emphasis", "s": "strikethrough"}[mark]
            yield {"type": kind, "children": list(_tokens(spans[at:end], styles.replace(mark, "")))}
            at = end
            continue
        if isinstance(span, Link):
            inner = {"type": "codespan" if "c" in span.style else "text", "raw": span.text}
            yield {"type": "link", "attrs": {"url": quote(span.url, safe=":/?#@!$&()*+,;=%")}, "children": [inner]}
        elif _is_formula(spans, at):
            yield {"type": "inline_math", "raw": span.text, "attrs": {"display": False}}
        elif "c" in span.style:
            yield {"type": "codespan", "raw": span.text}
        else:
            # The dollars around code make a formula of it.
            low, high = int(_is_formula(spans, at - 1)), len(span.text) - _is_formula(spans, at + 1)
            yield from _text_tokens(span.text[low:high])
        at += 1


def _is_formula(spans: Sequence[Text | Link], at: int) -> bool:
    """Whether a span is code between dollar signs, which is a formula on GitHub."""
    if not 0 < at < len(spans) - 1 or "c" not in spans[at].style or "\n" in spans[at].text:
        return False
    before, after = spans[at - 1], spans[at + 1]
    outside = isinstance(before, Text) and isinstance(after, Text) and "c" not in before.style + after.style
    return outside and before.text.endswith("$") and after.text.startswith("$")


def _text_tokens(text: str) -> Iterator[Token]:
    """A text with its formulas as tokens."""
    at = 0
    for one in formulas(text):
        if "`" not in one.tex:
            yield {"type": "text", "raw": text[at : one.start]}
            yield {"type": "inline_math", "raw": one.tex, "attrs": {"display": one.display}}
            at = one.end
    yield {"type": "text", "raw": text[at:]}
