"""Inline tokens of mistune, made plain: HTML folded in, images set apart, links told by where they lead.

What comes out: `text`, `codespan`, `emphasis`, `strong`; `link` (to the web, its URL as written), `image` (of the web), `anchor`
(within the page), `other` (a path, a mail address, a malformed URL), `empty` (no destination), `struck`, `break` (a line's end).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from generator.importing.markdown.addresses import Inline, askable
from generator.importing.markdown.emoji import with_emoji
from generator.importing.markdown.words import is_counter, without_counters

__all__ = ["Token", "cleaned", "has_link", "links_of", "plain"]

Token = dict[str, Any]

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^>]*)>$", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_SPACES = re.compile(r"[\s\u00ad\u200b\u2060]+")
_FOLDED = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "s": "struck",
    "del": "struck",
    "strike": "struck",
}
_CODE = frozenset(("code", "samp", "tt"))
_KNOWN = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "del", "details", "dfn", "div", "em", "font", "hr", "i",
    "img", "ins", "kbd", "label", "li", "mark", "nobr", "ol", "p", "picture", "q", "rp", "rt", "ruby", "s", "samp", "section",
    "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "time", "tr",
    "tt", "u", "ul", "var", "video", "wbr", "h1", "h2", "h3", "h4", "h5", "h6", "iframe", "tfoot", "col", "colgroup", "svg",
    "path", "g", "input", "button", "nav", "article", "header", "footer", "main", "html", "body", "align", "image",
))  # fmt: skip
_BREAKING = frozenset(("br", "p", "div", "li", "tr", "summary", "details", "center"))


def cleaned(tokens: Iterable[Token], source: Inline) -> list[Token]:
    """The tokens made plain, neighbouring texts joined."""
    found = list(tokens)
    if any(token["type"] in {"inline_html", "tag"} for token in found):
        found = _folded(list(_tags(found)), source)
    else:
        found = [each for token in found for each in _plain(token, source)]
    return _merged(_unwrapped(found))


def _tags(tokens: Iterable[Token]) -> Iterator[Token]:
    """Inline HTML as tag tokens; what is no tag of HTML stays as text, comments go."""
    for token in tokens:
        if token["type"] != "inline_html":
            yield token
            continue
        raw = str(token["raw"])
        match = _TAG.match(raw)
        if not match:
            if not raw.startswith(("<!", "<?")):
                yield {"type": "text", "raw": raw}
            continue
        name = match["name"].lower()
        values = {
            found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(match["rest"])
        }
        if name not in _KNOWN:
            yield {"type": "text", "raw": raw}
        elif name in {"img", "source", "video", "iframe"} and values.get("src") and not match["close"]:
            children = [{"type": "text", "raw": values.get("alt", "")}]
            yield {"type": "image" if name == "img" else "media", "attrs": {"url": values["src"].strip()}, "children": children}
        elif name == "br":
            yield {"type": "linebreak"}
        else:
            yield {"type": "tag", "name": name, "close": bool(match["close"]), "href": values.get("href", "").strip()}
            if match["rest"].endswith("/") and name == "a":
                yield {"type": "tag", "name": name, "close": True, "href": ""}


def _folded(tokens: list[Token], source: Inline) -> list[Token]:
    """Tags that open and close around tokens become tokens with children."""
    frames: list[tuple[Token, list[Token]]] = []
    out: list[Token] = []
    for token in tokens:
        if token["type"] != "tag":
            out += _plain(token, source)
            continue
        name = token["name"]
        if name in _BREAKING:
            out.append({"type": "break", "hard": True})
        if not (name == "a" or name in _FOLDED or name in _CODE or name == "kbd"):
            continue
        if not token["close"]:
            frames.append((token, out))
            out = []
        elif any(frame["name"] == name for frame, _ in frames):
            while frames:
                opened, outer = frames.pop()
                outer += _closed(opened, out, source)
                out = outer
                if opened["name"] == name:
                    break
    while frames:
        opened, outer = frames.pop()
        outer += _closed(opened, out, source)
        out = outer
    return out


def _closed(tag: Token, inner: list[Token], source: Inline) -> list[Token]:
    name = tag["name"]
    if name == "a":
        return _link(tag["href"], inner, source) if tag["href"] else inner
    if name in _CODE:
        text = plain(inner)
        return [{"type": "codespan", "raw": text}] if text and not has_link(inner) else inner
    if name == "kbd":
        return [] if is_counter(plain(inner)) else [{"type": "text", "raw": " "}, *inner, {"type": "text", "raw": " "}]
    if _FOLDED[name] == "struck":
        return _struck(inner)
    return [{"type": _FOLDED[name], "children": inner}] if inner else []


def _struck(inner: list[Token]) -> list[Token]:
    """A struck text; links within are marked, each by itself, so that they are found like others."""
    if not has_link(inner):
        return [{"type": "struck", "children": inner}] if inner else []
    return [{**token, "struck": True} if token["type"] == "link" else token for token in inner]


def _plain(token: Token, source: Inline) -> list[Token]:
    match token["type"]:
        case "text":
            return [_worded(str(token["raw"]))]
        case "linebreak" | "softbreak":
            return [{"type": "break", "hard": token["type"] == "linebreak"}]
        case "link":
            inner = token["children"]
            if len(inner) == 1 and inner[0]["type"] == "text":
                return _link(str(token["attrs"]["url"]), [_spaced(str(_worded(str(inner[0]["raw"]))["raw"]))], source)
            return _link(str(token["attrs"]["url"]), cleaned(inner, source), source)
        case "image":
            return _image(str(token["attrs"]["url"]), plain(cleaned(token.get("children", []), source)), source)
        case "media":
            url = str(token["attrs"]["url"])
            return _link(url, [{"type": "text", "raw": "video"}], source)
        case "strikethrough":
            return _struck(cleaned(token["children"], source))
        case "emphasis" | "strong":
            inner = cleaned(token["children"], source)
            return [{"type": token["type"], "children": inner}] if inner else []
        case "codespan" if is_counter(str(token["raw"])):
            return []
        case _:
            return [token]


def _worded(raw: str) -> Token:
    """A text token: entities decoded, short names of emoji drawn."""
    if "&" in raw:
        raw = _ENTITY.sub(lambda found: unescape(found[0]), raw)
    return {"type": "text", "raw": with_emoji(raw)}


def _link(url: str, inner: list[Token], source: Inline) -> list[Token]:
    images: list[Token] = []
    if len(inner) != 1 or inner[0]["type"] != "text":
        images = [token for token in inner if token["type"] == "image"]
        several = len(inner) > 1
        inner = [token for token in inner if token["type"] != "image" and (several or token["type"] != "break")]
        if images and not plain(inner):
            alt = next(filter(None, (image["alt"] for image in images)), "")
            inner = [{"type": "text", "raw": alt}] if alt else []
        if any(token["type"] == "link" for token in inner):
            return [*inner, *_link(url, [], source), *images]
    if not url:
        return [{"type": "empty", "children": inner, "badge": bool(images)}, *images]
    if url.startswith("#"):
        return [{"type": "anchor", "children": inner}, *images]
    written = askable(url, source)
    if written is None:
        return [{"type": "other", "raw": url, "children": inner, "badge": bool(images)}, *images]
    return [{"type": "link", "attrs": {"url": written}, "children": inner, "badge": bool(images)}, *images]


def _image(url: str, alt: str, source: Inline) -> list[Token]:
    written = askable(url, source)
    return [{"type": "image", "attrs": {"url": written}, "alt": alt, "children": []}] if written else []


def _unwrapped(tokens: list[Token]) -> Iterator[Token]:
    """Emphasis around a link or an image is dropped: its text stays, and a title is a title without it."""
    for token in tokens:
        if token["type"] in {"emphasis", "strong"}:
            kinds = {child["type"] for child in token["children"]}
            if kinds & {"link", "image", "anchor", "other", "empty", "struck"}:
                yield from token["children"]
                continue
        yield token


def _merged(tokens: Iterable[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        if token["type"] != "text":
            out.append(token)
        elif raw := str(_spaced(str(token["raw"]))["raw"]):
            if out and out[-1]["type"] == "text":
                raw = str(out.pop()["raw"]) + raw
            out.append({"type": "text", "raw": raw})
    return out


def _spaced(raw: str) -> Token:
    """A text token on one line, without counts of stars."""
    return {"type": "text", "raw": without_counters(raw if raw.isprintable() and "  " not in raw else _SPACES.sub(" ", raw))}


def plain(tokens: Iterable[Token]) -> str:
    """The text of tokens on one line, images left out."""
    shown = "".join([str(token["raw"]) if token["type"] == "text" else _text(token) for token in tokens])
    return " ".join(shown.split()) if "  " in shown or not shown.isprintable() else shown.strip()


def _text(token: Token) -> str:
    match token["type"]:
        case "text" | "codespan":
            return str(token["raw"])
        case "break":
            return " "
        case "image":
            return ""
        case _:
            return "".join(map(_text, token.get("children", ())))


def links_of(tokens: Iterable[Token]) -> Iterator[Token]:
    """The links of the web among tokens, in order."""
    for token in tokens:
        if token["type"] == "link":
            yield token
        elif token.get("children"):
            yield from links_of(token["children"])


def has_link(tokens: Iterable[Token]) -> bool:
    """Whether a link of the web is among the tokens."""
    return next(links_of(tokens), None) is not None
