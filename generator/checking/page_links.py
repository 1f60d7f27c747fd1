"""The links of a file that isn't one of our sources: Markdown, HTML, bookmarks, sitemaps and other XML, or plain text. Pure."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from urllib.parse import urljoin

from generator.importing.link_extraction import Places, links_in_text, on_one_line, read_markdown
from generator.markdown.html_tags import PAGE, Address, Tag, addresses, entities, tags
from generator.problems import Place, Problem, Severity, nearest, quoted
from generator.sources.files import decoded
from linkcheck.model import Excuse, Link, Outcome, Settled, Work
from linkcheck.pages.decoding import decode
from linkcheck.urls import join, web

__all__ = ["IGNORED", "Kind", "Page", "PageError", "links_of_page", "read_page", "text_of"]

IGNORED = "ignored"
"""The rule of links that a comment excuses."""

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_XML = frozenset({".xml", ".rss", ".atom", ".opml"})
_GZIP = b"\x1f\x8b"
_MOST_MIB = 100
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,400}?-->\s*)?<(?:(?P<xml>\?xml|urlset|sitemapindex)|!doctype\s+(?:html|netscape)|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_BOOKMARKS = re.compile(r"NETSCAPE-Bookmark-file|<DT>\s*<A\s|\b(?:ADD_DATE|time_added)=", re.IGNORECASE)
_LABEL = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.+-]{2,40})")
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_NO_PAGE = re.compile(r"\b(?:preconnect|dns-prefetch)\b", re.IGNORECASE)
_TITLE_LENGTH = 300
_COMMENT = re.compile(r"<!--[ \t]{0,20}listkeeper[ \t]{0,20}:?[ \t]{0,20}([a-z][a-z-]{0,40})", re.IGNORECASE)
_IGNORE = "ignore"
_OTHER_COMMENTS = frozenset({"index"})
_FORM = "<!-- listkeeper: ignore -->"


class Kind(Enum):
    """What a file is read as."""

    MARKDOWN = "Markdown"
    HTML = "HTML"
    BOOKMARKS = "bookmarks"
    XML = "XML"
    TEXT = "plain text"


@dataclass(frozen=True, slots=True)
class Page:
    """A file that was read. Links that a comment excuses are settled; `notes` are about comments that excuse none."""

    links: tuple[Link, ...]
    kind: Kind
    notes: tuple[Problem, ...] = ()


class PageError(ValueError):
    """A file isn't what it seems; the message says why."""


def text_of(data: bytes, path: str) -> tuple[str, Kind]:
    """A file's text, and what it is read as, by its name or by how it begins. Raises `PageError` for a broken or huge gzip file."""
    if data.startswith(_GZIP):
        data, path = _decompressed(data), path.removesuffix(".gz")
    suffix, text = Path(path).suffix.lower(), decoded(data)
    if suffix in _MARKDOWN:
        return text, Kind.MARKDOWN
    begins = _MARKUP.match(text[:2000])
    if suffix in _XML or (suffix not in _HTML and begins is not None and begins["xml"]):
        kind = Kind.XML
    elif suffix in _HTML or begins is not None:
        kind = Kind.BOOKMARKS if _BOOKMARKS.search(text[:20_000]) else Kind.HTML
    else:
        return text, Kind.TEXT
    if b"\0" in data[:4]:  # UTF-16, which `decoded` has read
        return text, kind
    label = _LABEL.match(data.removeprefix(b"\xef\xbb\xbf"))
    return decode(data, f"text/xml; charset={label[1].decode('ascii')}" if label else ""), kind


def _decompressed(data: bytes) -> bytes:
    try:
        found = gzip.GzipFile(fileobj=io.BytesIO(data)).read(_MOST_MIB * 1024 * 1024 + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PageError("it is not a whole gzip file") from error
    if len(found) > _MOST_MIB * 1024 * 1024:
        raise PageError(f"it has more than {_MOST_MIB} MiB when decompressed")
    return found


def links_of_page(data: bytes, path: str) -> tuple[Link, ...]:
    """The links of a file in the order of their places. Raises `PageError` as `text_of` does."""
    return read_page(data, path).links


def read_page(data: bytes, path: str) -> Page:
    """Read a file. Raises `PageError` as `text_of` does."""
    text, kind = text_of(data, path)
    comments: Iterable[tuple[Place, str]] | None = None
    match kind:
        case Kind.MARKDOWN:
            found: Iterable[Link]
            found, comments = read_markdown(text, path)
        case Kind.TEXT:
            found = links_in_text(text, path)
        case Kind.XML:
            found = _links_in_xml(text, path)
        case _:
            found = _links_in_html(text, path, {"a": ("href",)} if kind is Kind.BOOKMARKS else PAGE)
    # A reference that is used twice is defined once: one link to correct.
    links = tuple({(link.url, link.place): link for link in found}.values())
    rows = text.splitlines() if _COMMENT.search(text) else []
    if not rows:
        return Page(links, kind)
    if comments is None:
        comments = ((Place(path, number, 1), row) for number, row in enumerate(rows, 1) if "<!--" in row)
    return _with_comments(links, kind, rows, comments)


def _with_comments(links: Sequence[Link], kind: Kind, rows: Sequence[str], comments: Iterable[tuple[Place, str]]) -> Page:
    """The page with the links settled that comments excuse: those on a comment's line, else those on the next line that isn't empty."""
    lines = {link.place.line for link in links}
    reasons, notes = dict[int, str](), list[Problem]()
    for place, row in comments:
        for at, word, reason in _ignores(row):
            where = replace(place, column=place.column + at)
            following = next((number for number in range(place.line + 1, len(rows) + 1) if rows[number - 1].strip()), 0)
            line = place.line if place.line in lines else following
            if word != _IGNORE:
                message, hint = f"{quoted(f'listkeeper: {word}')} is no comment that is known", f"write {_FORM}"
                notes.append(Problem("unknown-comment", Severity.WARNING, message, where, hint))
            elif line not in lines:
                message = "this comment excuses nothing: there is no link on its line or the next one"
                hint = "write it on the line of the link or the line before it, or remove it"
                notes.append(Problem("unused-exception", Severity.NOTE, message, where, hint))
            else:
                reasons[line] = reason
    return Page(tuple(_ignored(link, reasons.get(link.place.line)) for link in links), kind, tuple(notes))


def _ignored(link: Link, reason: str | None) -> Link:
    if reason is None:
        return link
    excuse = Excuse((), reason or "a comment on the page says so")
    return replace(link, excuse=excuse, settled=Settled(Outcome.UNCHECKED, IGNORED, f"ignored: {excuse.reason}"))


def _ignores(row: str) -> Iterator[tuple[int, str, str]]:
    """Comments of a line that say `ignore`, or nearly: where each begins, its word, and its reason."""
    for match in _COMMENT.finditer(row):
        end = row.find("-->", match.end())
        word = match[1].lower().rstrip("-")
        if end < 0:
            return
        if word == _IGNORE or (word not in _OTHER_COMMENTS and nearest(word.partition("-")[0], (_IGNORE,))):
            yield match.start(), word, " ".join(row[match.end() : end].strip(" \t:;,-\u2013\u2014()").split())[:_TITLE_LENGTH]


def _links_in_html(text: str, path: str, table: Mapping[str, tuple[str, ...]]) -> list[Link]:
    """The addresses of a page's elements, those of its links with their text as the title of the work."""
    places, found, base = Places(text, path), list[Link](), ""
    opened: tuple[Address, int] | None = None
    for tag in tags(text):
        if tag.name == "base" and not base and "href" in tag.attributes:
            base = entities(tag.attributes["href"].value.strip())
        if tag.name == "a" and opened is not None:
            found.append(_titled(opened[0], text[opened[1] : tag.start], places, base))
            opened = None
        for one in addresses(tag, table):
            if tag.name == "a":
                opened = one, tag.end
            elif one.url[:5].lower() != "data:" and not _names_a_host_only(tag):
                found.append(Link(_against(base, on_one_line(one.url)), places.at(one.at)))
    if opened is not None:
        found.append(_titled(opened[0], "", places, base))
    return sorted(found, key=lambda link: (link.place.line, link.place.column))


def _names_a_host_only(tag: Tag) -> bool:
    """Whether a `link` element names a host to connect to, which has no page."""
    rel = tag.attributes.get("rel")
    return tag.name == "link" and rel is not None and _NO_PAGE.search(rel.value) is not None


def _titled(address: Address, inner: str, places: Places, base: str) -> Link:
    title = " ".join(entities("".join(_texts(inner))).split())[:_TITLE_LENGTH]
    url = _against(base, on_one_line(address.url))
    return Link(url, places.at(address.at), Work(title=title) if title and title != url else None)


def _texts(inner: str) -> Iterator[str]:
    """The text between the tags of a piece of HTML."""
    at = 0
    for tag in tags(inner):
        yield inner[at : tag.start]
        at = tag.end
    yield inner[at:]


def _against(base: str, url: str) -> str:
    """A relative address as the page's `base` element completes it."""
    if not base or url.startswith("#") or ":" in url.partition("/")[0]:
        return url
    if web(base):
        return join(base, url) or url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _links_in_xml(text: str, path: str) -> Iterator[Link]:
    """The addresses of a sitemap, its pages' other languages, images and videos; of another XML file those that stand by themselves.

    A sitemap's index has links to sitemaps, which are asked like any other.
    """
    places = Places(text, path)
    for tag in tags(text, xml=True):
        for name, attribute in tag.attributes.items():
            names_schema = name.startswith("xmlns") or name.endswith("schemalocation")
            if not names_schema and _WEB.fullmatch(attribute.value.strip()):
                lead = len(attribute.value) - len(attribute.value.lstrip())
                yield Link(entities(attribute.value.strip()), places.at(attribute.at + lead))
        if tag.closing:
            continue
        cdata = _CDATA.match(text, tag.end)
        content, start = (cdata[1], cdata.start(1)) if cdata else (text[tag.end : _next_tag(text, tag.end)], tag.end)
        url = content.strip()
        if url and (_WEB.fullmatch(url) or (tag.name.rpartition(":")[2] == "loc" and len(url.split()) == 1)):
            yield Link(url if cdata else entities(url), places.at(start + len(content) - len(content.lstrip())))


def _next_tag(text: str, at: int) -> int:
    found = text.find("<", at)
    return found if found >= 0 else len(text)
