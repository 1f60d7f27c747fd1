"""The links of a Markdown page or a plain text that isn't one of our sources, each with its place.

mistune decides what is a link (code and comments are none; reference links and bare addresses are). It says nothing of places, so the
text is walked beside its tokens: code, HTML and addresses are looked for from where the last one ended.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from generator.markdown.html_tags import SHOWN, addresses, entities, tags
from linkcheck.model import Link, Place, Work

__all__ = ["Places", "links_in_markdown", "links_in_text", "on_one_line", "read_markdown"]

_ENDS = (
    "\\s<>\"'`{}|\\\\^\\[\\]"
    "\u00ab\u00bb\u2039\u203a\u2018-\u201f"  # « » ‹ › and quotation marks
    "\u2014\u2015\u2026"  # dashes and the ellipsis
    "\u060c\u061b\u061f\u0964\u0965"  # Arabic and Indic punctuation
    "\u3001\u3002\u3008-\u3011\u3014-\u301b\u301d-\u301f"  # CJK punctuation and brackets; not the middle dot, which titles contain
    "\uff01\uff02\uff07-\uff09\uff0c\uff0e\uff1a\uff1b\uff1c\uff1e\uff1f\uff3b\uff3d\uff5b-\uff65"  # full-width and half-width ones
    "\u00ad\u200b\u2060\ufeff"
)
"""What ends an address in a plain text: signs of the sentence around it, which addresses contain percent-encoded only."""
_ADDRESS = re.compile(rf"https?://[^{_ENDS}]+", re.IGNORECASE)
_NEXT_ADDRESS = re.compile(r"[,;](?=https?://)", re.IGNORECASE)
_TRAILING = ".,;:!?)'*_~\u2013\u30fb\u00b7"
_PLACEHOLDER = re.compile(r"[*$_-]|[^/?#]*(?:\*|\$|%[A-Za-z_]\w{2,}%)")
"""The host of an address that stands for many, as `$HOST` and `*.example.com` do."""
_FILLED_IN = re.compile(r"\{|(?<=[/=?&#:._-])<[A-Za-z]")
"""Directly behind an address this begins a name that the reader fills in."""

_CODED = re.compile(
    r"\\[!-/:-@\[-`{-~]|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});|(?:%[\da-fA-F]{2})+",
)
_DEFINITION = re.compile(r"^[ \t>*+\d.)-]{0,40}\[((?:[^\[\]\\\n]|\\.|\n(?!\n)){1,999})\]:[ \t]*\n?[ \t>]*<?", re.MULTILINE)
_BOUNDARY = re.compile(r"(?:[?!.,:;*_~'\"\])&|]*(?:[\s<>)\"'|]|\Z))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NEAR = 20_000
_MOST_MISSES = 2000
_MOST_NEAR_MISSES = 50
_UNPRINTED = re.compile(r"[\s\x00-\x20\x7f]")
_SAFE = ":/?#@!$&'()*+,;=%~[]"


def links_in_markdown(text: str, path: str, attributes: Mapping[str, tuple[str, ...]] = SHOWN) -> tuple[Link, ...]:
    """Every link and image address of a page in reading order, with the link's text as the title of its work.

    A reference link stands where its address is defined. `attributes` are those that hold addresses, by HTML element.
    """
    return read_markdown(text, path, attributes)[0]


def read_markdown(
    text: str, path: str, attributes: Mapping[str, tuple[str, ...]] = SHOWN
) -> tuple[tuple[Link, ...], tuple[tuple[Place, str], ...]]:
    """The links of a page, and its lines of HTML with a comment: the place where each begins, and its text. Code has none."""
    from generator.importing.parsing import counting

    text = text.replace("\x00", "\ufffd")
    tokens = counting()(text)
    walk = _Walk(text, path, attributes)
    walk.tokens(tokens if isinstance(tokens, list) else ())
    return tuple(sorted(walk.found, key=lambda link: (link.place.line, link.place.column))), tuple(walk.comments)


def links_in_text(text: str, path: str) -> tuple[Link, ...]:
    """Every http(s) address of a plain text; brackets, quotation marks and full stops of the sentence are left to it.

    An address with a placeholder (`https://$HOST/`, `https://example.org/{id}`) is none.
    """
    places = Places(text, path)
    return tuple(Link(url, places.at(start)) for start, url in _addresses_in_text(text))


def _addresses_in_text(text: str) -> Iterator[tuple[int, str]]:
    """Every address of a plain text with where it begins."""
    for match in _ADDRESS.finditer(text):
        start = match.start()
        if _FILLED_IN.match(text, match.end()):
            continue
        for one in _NEXT_ADDRESS.split(match[0]):
            yield from _sentence_left(start, one)
            start += len(one) + 1


def _sentence_left(start: int, url: str) -> Iterator[tuple[int, str]]:
    end, spare = len(url), url.count(")") - url.count("(")
    while end and url[end - 1] in _TRAILING and (url[end - 1] != ")" or spare > 0):
        spare -= url[end - 1] == ")"
        end -= 1
    host = url.find("//") + 2
    if end > host and not _PLACEHOLDER.match(url, host):
        yield start, url[:end]


class Places:
    """Lines and columns of a text, counted from 1."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._lines = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def at(self, offset: int) -> Place:
        """The place of an offset."""
        line = bisect_right(self._lines, offset)
        return Place(self._path, line, offset - self._lines[line - 1] + 1)


def _plain(text: str) -> str:
    """A text with backslash escapes, entities and percent-encoding decoded: what the same address has in common however it is written."""
    return _CODED.sub(lambda found: _decoded(found[0]), text)


def _decoded(code: str) -> str:
    if code.startswith("%"):
        return unquote(code, errors="replace")
    return code[1:] if code.startswith("\\") else entities(code)


class _Plain:
    """A text made plain, with the offset in the text of each of its characters."""

    def __init__(self, text: str) -> None:
        pieces, plain_at, at = [], 0, 0
        self._plain, self._raw = [0], [0]
        for match in _CODED.finditer(text):
            char = _decoded(match[0])
            pieces += [text[at : match.start()], char]
            plain_at += match.start() - at
            self._plain += [plain_at, plain_at + len(char)]
            self._raw += [match.start(), match.end()]
            plain_at, at = plain_at + len(char), match.end()
        self.text = "".join([*pieces, text[at:]])

    def raw(self, at: int) -> int:
        """The offset in the text of a place in its plain form."""
        known = bisect_right(self._plain, at) - 1
        return self._raw[known] + at - self._plain[known]

    def plain(self, at: int) -> int:
        """The offset in the plain form of a place in the text."""
        known = bisect_right(self._raw, at) - 1
        return self._plain[known] + at - self._raw[known]


class _Walk:
    """Collects the links of a page token by token. `_at` is how far its plain text was read."""

    def __init__(self, text: str, path: str, attributes: Mapping[str, tuple[str, ...]]) -> None:
        self.found: list[Link] = []
        self.comments: list[tuple[Place, str]] = []
        self._raw = text
        self._plain = _Plain(text)
        self._text = self._plain.text
        self._attributes = attributes
        self._places = Places(text, path)
        self._at = 0
        self._misses = 0
        self._definitions: dict[str, list[int]] | None = None

    def tokens(self, tokens: Iterable[dict[str, Any]]) -> None:
        """Read tokens in the order of the text: an image in a link stands before the link's address."""
        stack: list[tuple[dict[str, Any], bool]] = [(token, False) for token in reversed(list(tokens))]
        while stack:
            token, entered = stack.pop()
            kind, children = token.get("type"), token.get("children") or []
            if kind in {"link", "image"} and (entered or not children):
                self._link(token)
                continue
            if kind in {"block_code", "codespan"}:
                self._pass(str(token.get("raw", "")))
            elif kind in {"block_html", "inline_html"}:
                self._html(str(token.get("raw", "")))
            elif kind == "footnote_item":
                self._at = max(self._definition(f"^{token['attrs']['key']}", ""), 0)
            if kind in {"link", "image"}:
                stack.append((token, True))
            stack.extend((child, False) for child in reversed(children))

    def _link(self, token: dict[str, Any]) -> None:
        url, title = str(token["attrs"]["url"]), _text(token).strip()
        source = title if url == f"http://{title}" and title.startswith("www.") else url
        if "ref" in token:
            wanted = _plain(url)
            at = self._definition(str(token["ref"]), wanted)
        else:
            wanted = _plain(source)
            at = self._next(wanted)
        written = self._written(source, at, len(wanted)) if at >= 0 else source
        written = f"http://{written}" if source is not url else written
        self.found.append(Link(written, self._place(at), Work(title=title) if title and title not in {url, written} else None))

    def _place(self, at: int) -> Place:
        """The place of an offset in the plain text; what wasn't found (-1) stands near the last that was."""
        return self._places.at(self._plain.raw(at if at >= 0 else max(self._at - 1, 0)))

    def _written(self, url: str, at: int, length: int) -> str:
        """The address as the text has it, which mistune percent-encodes; its entities and escapes decoded."""
        decoded = entities(self._raw[self._plain.raw(at) : self._plain.raw(at + length)])
        forms = (decoded, _ESCAPED.sub(r"\1", decoded))
        wanted = unquote(url, errors="replace")
        return on_one_line(next((form for form in forms if unquote(form, errors="replace") == wanted), url))

    def _next(self, wanted: str) -> int:
        """The next place of an address, and read on behind it; the first of all where none follows, -1 if there is none."""
        at = self._search(wanted, self._at)
        if at >= 0:
            self._at = at + len(wanted)
            return at
        self._misses += 1
        return self._search(wanted, 0) if self._misses < _MOST_MISSES else -1

    def _search(self, wanted: str, start: int) -> int:
        """Where an address stands by itself, not as the beginning of a longer one; else where it stands at all."""
        if not wanted:
            brackets = self._text.find("]()", start)
            return brackets + 2 if brackets >= 0 else -1
        first = at = self._text.find(wanted, start)
        for _ in range(_MOST_NEAR_MISSES):
            if at < 0 or _BOUNDARY.match(self._text, at + len(wanted)):
                break
            at = self._text.find(wanted, at + 1)
        return at if at >= 0 else first

    def _pass(self, raw: str) -> None:
        """Move past a text that holds no link."""
        for line in raw.splitlines():
            self._pass_line(line, _NEAR)

    def _pass_line(self, line: str, within: int) -> int:
        """Move past a line if it stands within so many characters; returns where it begins, or -1."""
        plain = _plain(line.strip())
        at = self._text.find(plain, self._at, self._at + len(plain) + within) if plain else -1
        if at >= 0:
            self._at = at + len(plain)
        return at

    def _html(self, raw: str) -> None:
        """Read a piece of HTML: its lines are looked for one after the other, and its addresses within their lines."""
        found = [one for tag in tags(raw) for one in addresses(tag, self._attributes)]
        offset = number = 0
        for line in raw.splitlines(keepends=True):
            lead = len(line) - len(line.lstrip())
            at = self._pass_line(line, len(self._text) if found and self._misses < _MOST_MISSES else _NEAR)
            self._misses += at < 0
            if at >= 0 and "<!--" in line:
                self.comments.append((self._place(at), line))
            while number < len(found) and found[number].at < offset + len(line):
                before = _plain(line[lead : found[number].at - offset])
                place = self._place(at + len(before) if at >= 0 else self._next(_plain(found[number].written)))
                self.found.append(Link(on_one_line(found[number].url), place))
                number += 1
            offset += len(line)

    def _definition(self, label: str, wanted: str) -> int:
        """Where the address of a reference, or the text of a footnote, begins in the plain text; -1 if it isn't found."""
        if self._definitions is None:
            self._definitions = {}
            for match in _DEFINITION.finditer(self._raw):
                self._definitions.setdefault(_label(match[1]), []).append(self._plain.plain(match.end()))
        places = self._definitions.get(_label(label), ())
        return next((at for at in places if self._text.startswith(wanted, at)), -1)


def on_one_line(url: str) -> str:
    """An address with white space and control characters percent-encoded, as browsers send them."""
    return quote(url, safe=_SAFE) if _UNPRINTED.search(url) else url


def _label(text: str) -> str:
    return " ".join(text.split()).lower().upper()


def _text(token: dict[str, Any]) -> str:
    children = token.get("children")
    if children is None:
        return str(token.get("raw", ""))
    return "".join(_text(child) for child in children)
