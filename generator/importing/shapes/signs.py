"""By what shapes tell entries, labels and attributes from sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.importing.entry.flat import Flat, Region, flat_of
from generator.importing.entry.titles import bracketed, shows_url, words
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Image, Link, Spans, Text, has_link, lines_of, links_of, plain, stripped
from generator.importing.page.words import field_of, is_label, plain_key, rank_of

__all__ = [
    "attributes",
    "entry_like",
    "has_content",
    "is_attribute",
    "is_bold",
    "is_row",
    "key_of",
    "linked",
    "own_of",
    "pictures_below",
    "title_words",
]  # fmt: skip

_LEAD = re.compile(r"\s*(?:\[[ xX]\]\s+)?(?:\d{1,4}[.)]\s+|#\d+\s+)?(?:[\W_]|(?<=[\[(])[^\])]{1,30}(?=[\])]))*$")
_FOLLOWS = re.compile(r"\s*(?:[-–—:：|·•,，;(（\[/→.★]|$|[^\w\s]|\d|[A-ZА-Я])")
_TALK = (
    "see ", "for ", "this ", "these ", "please ", "the ", "check ", "visit ", "read ", "more ", "inspired", "maintained", "if ",
    "you ", "also ", "image: ",
)  # fmt: skip
_KEY = re.compile(r"\W*(?P<key>[^\W\d_][^:：()\[\]（）]{0,24}?)\s*(?P<note>[(（][^()（）]{1,60}[)）])?\s*[:：]+\s*")
_CLAUSE = re.compile(r"[,;|·\n]\s*(?P<label>[^,;|·:：\n]{2,30}?)\s*[:：]\s*$")
_ROW = re.compile(r"\s*(?:\**[^\W\d_][\w ]{0,20}\**\s*[:：])?\s*$")
_SHORT = 40
_FEW = 3
_OF_WORKS = frozenset(
    ("code", "github", "source", "source code", "repo", "repository", "demo", "dataset", "data", "video", "slides")
)
_TAGS = re.compile(r"[\[(【][^\])】]*[\])】]")


def has_content(spans: Spans) -> bool:
    """Whether spans say anything: a word, a sign that isn't ASCII, or a link."""
    shown = plain(spans)
    return bool(re.search(r"\w", shown) or not shown.isascii()) or has_link(spans)


def linked(block: Block) -> bool:
    """Whether a link that an entry can hold stands in a block or below."""
    return any(has_link(spans) for spans in block.walk())


def own_of(item: Block) -> tuple[list[Spans], list[Block], list[Block]]:
    """An item's paragraphs, the items of the lists in it, and its tables."""
    texts: list[Spans] = []
    items: list[Block] = []
    tables: list[Block] = []
    for block in item.children:
        if block.kind in {"paragraph", "heading", "open", "summary"}:
            texts.append(block.spans)
        elif block.kind == "quote":
            texts += [child.spans for child in block.children if child.spans]
            items += [each for child in block.children if child.kind == "list" for each in child.children]
        elif block.kind == "code" and block.raw.strip():
            texts.append((Text(" ".join(block.raw.split()), "c"),))
        elif block.kind == "list":
            items += block.children
        elif block.kind == "table":
            tables.append(block)
    return [text for text in texts if text], items, tables


def is_bold(spans: Spans) -> bool:
    """Whether a paragraph is nothing but a text in bold type, marks around it."""
    kept = [
        span
        for span in spans
        if (isinstance(span, Text) and re.search(r"\w", span.text)) or (isinstance(span, Link) and not span.badge)
    ]
    return bool(kept) and all(isinstance(span, Text) and "b" in span.style for span in kept)


def title_words(spans: Spans) -> str:
    """A title as it is compared."""
    return plain_key(re.sub(r"^\s*(?:\d{1,3}[.)]|#\d{1,3})\s+(?=\S)", "", plain(spans)))


def entry_like(spans: Spans, *, alone: bool) -> bool:
    """Whether a line is an entry without a bullet. `alone`: no list is near, so one that begins with a link is."""
    flat = flat_of(stripped(spans))
    regions = [
        region for region in flat.regions if region.link and not region.link.badge and region.link.role in {"web", "file"}
    ]
    if not regions:
        return False
    if any(bracketed(flat, region.start, region.end) for region in regions):
        return True
    first, last = regions[0], regions[-1]
    lead = flat.text[: first.start]
    clause = _CLAUSE.search(lead)
    if clause and is_label(clause["label"]) and re.search(r"\w\W+\w", lead[: clause.start()]):
        return True
    if not alone:
        return _is_card(flat, last)
    if (
        flat.regions
        and "b" in flat.regions[0].span.style
        and not flat.regions[0].link
        and re.search(r"\w", flat.regions[0].span.text)
    ):
        return not re.match(r"[^:]*[:：]\s*$", flat.regions[0].span.text)
    if _LEAD.match(lead) and not re.search(r"[^\W_]{2}", _TAGS.sub("", lead)):
        return bool(_FOLLOWS.match(flat.text[first.end :]))
    ends = not re.search(r"\w", flat.text[last.end :])
    named = last.link is not None and (is_label(last.link.text) or shows_url(last.link.text, last.link.url))
    return ends and len(lead) < 250 and named and not lead.strip().lower().startswith(_TALK)


def _is_card(flat: Flat, last: Region) -> bool:
    """Whether a paragraph is a title in bold type on a line of its own, above lines that end in a labelled link."""
    bold = next(flat.styled("b"), (1, 1))
    titled = bold[0] == 0 and flat.text[bold[1] :].lstrip(" .").startswith("\n") and len(flat.text[: bold[1]].split()) > 0
    return titled and last.link is not None and is_label(last.link.text) and not re.search(r"\w", flat.text[last.end :])


def pictures_below(blocks: Sequence[Block], at: int) -> tuple[int, list[Spans]]:
    """Where the pictures end that stand below an entry and are about it, and those."""
    found: list[Spans] = []
    while at < len(blocks) and blocks[at].kind == "paragraph" and not has_content(blocks[at].spans) and len(found) < 6:
        if not any(isinstance(span, Image) for span in blocks[at].spans):
            break
        found.append(blocks[at].spans)
        at += 1
    return at, found


def is_row(spans: Spans) -> bool:
    """Whether a paragraph is a row of labelled links, with a word before and little between."""
    flat = flat_of(stripped(spans))
    links = [region for region in flat.regions if region.link and region.link.role in {"web", "file"}]
    if not links:
        return False
    lead = flat.text[: links[0].start]
    rest = plain(tuple(region.span for region in flat.regions if region.link is None))
    texts = [region.span.text for region in links]
    short = all(is_label(text) or len(text.split()) <= 3 for text in texts)
    return (
        short
        and _ROW.fullmatch(lead) is not None
        and len(rest) - len(lead) <= _SHORT
        and 2 * sum(map(is_label, texts)) >= len(texts)
    )


def is_attribute(item: Block, labels: frozenset[str] = frozenset()) -> bool:
    """Whether an item below an entry is a labelled link of it: "Paper: https://...", "[code](...)"."""
    texts, items, tables = own_of(item)
    spans = texts[0] if len(texts) == 1 else ()
    if items or tables or not has_link(spans):
        return False
    links = links_of(spans, "web", "file", "other")
    rest = plain(tuple(span for span in spans if span not in links)).strip(" :：|,·-–—()[]/.")
    named = all(is_label(link.text) or shows_url(link.text, link.url) or plain_key(link.text) in labels for link in links[:1])
    if not re.search(r"[^\W_]", rest):
        return named
    return is_label(rest) and len(rest.split()) <= 3


def attributes(block: Block, title: str, *, titled: bool = False) -> list[tuple[str, Spans]] | None:
    """The names and values of a list of attributes, or of a paragraph of them; None for any other block.

    `title` is that of the work, as `title_words` gives it; where that has a link (`titled`), links behind a label may have other names.
    """
    if block.kind == "paragraph" and has_link(block.spans):
        lines: Iterable[Spans] = lines_of(block.spans)
    elif block.kind == "item":
        texts, items, tables = own_of(block)
        if len(texts) != 1 or items or tables:
            return None
        lines = [texts[0]]
    else:
        return None
    found: list[tuple[str, Spans]] = []
    for line in lines:
        if (one := _attribute(line, title, titled=titled)) is None:
            return None
        found.append(one)
    return found


def _attribute(line: Spans, title: str, *, titled: bool) -> tuple[str, Spans] | None:
    """One attribute: "arxiv: <u>", "[code](v)", "Authors: A, B"."""
    flat = flat_of(stripped(line))
    images = tuple(span for span in line if isinstance(span, Image))
    if not re.search(r"\w", flat.text) and not has_link(line):
        return "", stripped(line)
    regions = [region for region in flat.regions if region.link and region.link.role in {"web", "file"}]
    key = _KEY.match(flat.text[: regions[0].start] if regions else flat.text)
    if not regions:
        return (key["key"], flat.part(key.end(), len(flat.text))) if key and flat.text[key.end() :].strip() else None
    rest = plain(tuple(region.span for region in flat.regions if region.link is None))
    by_label = titled and key is not None and is_label(key["key"])
    generic = by_label or all(
        bracketed(flat, region.start, region.end) or _generic(region.link, title) for region in regions if region.link
    )
    if not generic or not (key or not re.search(r"\w", rest)):
        return None
    if key and not (titled or names_field(key["key"])) and len(words(rest[key.end() :])) > _FEW:
        return None
    name = f"{key['key']} {key['note'] or ''}".strip() if key else ""
    start = key.end() if key and not _within(flat, key.end()) else 0
    return name, (*flat.part(start, len(flat.text)), *images)


def key_of(spans: Spans) -> str:
    """The words before a colon that stand before a text's first link; "" where other words do, or they label the link."""
    flat = flat_of(stripped(spans))
    first = next((region.start for region in flat.regions if region.link), len(flat.text))
    match = _KEY.fullmatch(flat.text, 0, first)
    return "" if match is None or names_field(match["key"]) else plain_key(match["key"])


def _within(flat: Flat, at: int) -> bool:
    return any(region.link and region.start < at < region.end for region in flat.regions)


def _generic(link: Link, title: str) -> bool:
    """Whether a link's text says no more than its label: an address, "here", "pdf", the title again."""
    own = link.text
    bare = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", own)
    return (
        link.badge
        or not own.strip()
        or shows_url(own, link.url)
        or is_label(own)
        or is_label(bare)
        or (bool(title) and plain_key(own) == title)
    )


def telling(found: Sequence[tuple[str, Spans]]) -> tuple[int, int]:
    """How many links attributes have, and how many of them have a label that only works have."""
    links = sure = 0
    for name, value in found:
        for link in links_of(value, "web", "file"):
            links += 1
            bare = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", link.text)
            texts = (name, bare, *([] if "://" in bare else re.findall(r"\w+", bare)))
            works = any(rank_of(text) is not None or plain_key(text) in _OF_WORKS for text in texts if text)
            sure += works or (not name and shows_url(link.text, link.url))
    return links, sure


def names_field(name: str) -> bool:
    """Whether an attribute's name is that of a field, or of a link."""
    return bool(field_of(name)) or is_label(name)
