"""The links of an entry: which of them is its page, which are further links with a label, which belong to a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.importing.entry.citation import is_venue_label
from generator.importing.entry.flat import Flat, Region
from generator.importing.entry.people import is_person
from generator.importing.entry.titles import bracketed, shows_url
from generator.importing.page.spans import Link
from generator.importing.page.words import is_label, is_licence, label_of, rank_of

__all__ = ["Labelled", "labelled", "page_of"]

_BETWEEN = re.compile(r"[\s|｜·•,，、;/&+\[\]()【】（）–—:：→※.-]*$")
_ENDED = re.compile(r"(?:[|·•:：\]】)）>»→.!?…。！？;；,]|\s[–—-]|\n)[\"”’'*_]*\s*$|^\s*$")
_OVER = re.compile(r"[\s.,;:|｜·•\])】）/–—-]*$")
_NEXT = re.compile(r"\s*(?:[|｜·•;,/\])】）]|\n|[–—-]\s|[.:](?:\s|$)|$)")
_CLAUSE = re.compile(
    r"(?:^|[.;,|·•(\[\n])\s*(?P<label>[^\W\d_][\w /+&-]{0,30}?)\s*(?:[(（][^()]{1,40}[)）]\s*)?[:：]\s*[\[(]?\s*$"
)
_NEAR = 120
_GENERIC = frozenset(("link", "url", "here", "", "official"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A further link with its label. `start` and `end` are what the row of such links takes of the text; `own`: its text is the label."""

    label: str
    link: Link
    start: int
    end: int


def labelled(flat: Flat, main: Link | None) -> list[Labelled]:
    """The links with a label, in order, without the title's own; those of a sentence are not among them."""
    regions = [
        region
        for region in flat.regions
        if region.link is not None and region.link is not main and region.link.role in {"web", "file", "other"}
    ]
    found: list[Labelled] = []
    for row in _rows(flat, regions):
        kept = row if _is_row(flat, row) else [region for region in row if _stands_alone(flat, region)]
        found += [_named(flat, region) for region in kept]
    return found


def _rows(flat: Flat, regions: list[Region]) -> list[list[Region]]:
    """Links that follow one another with nothing but signs between, together."""
    rows: list[list[Region]] = []
    for region in regions:
        if rows and _BETWEEN.match(flat.text[rows[-1][-1].end : region.start]):
            rows[-1].append(region)
        else:
            rows.append([region])
    return rows


def _is_row(flat: Flat, row: list[Region]) -> bool:
    """Whether links in a row are labels, and not words of a sentence."""
    links = [region.link for region in row if region.link]
    before, after = flat.text[max(0, row[0].start - _NEAR) : row[0].start], flat.text[row[-1].end : row[-1].end + _NEAR]
    labels = [is_label(link.text) or shows_url(link.text, link.url) or link.badge or not link.text.strip() for link in links]
    in_brackets = bracketed(flat, row[0].start, row[0].end) or before.rstrip()[-1:] in {"[", "【"}
    over = _OVER.match(flat.text, row[-1].end) is not None or after.lstrip(" ])】.").startswith("\n")
    if in_brackets:
        return True
    opened = before.rstrip()[-1:] in {"(", "（"}
    if opened:
        return all(labels) or (len(row) > 1 and any(labels)) or (over and any(labels))
    begun = _ENDED.search(before) is not None or _CLAUSE.search(before) is not None
    if all(labels):
        return (begun and _NEXT.match(after) is not None) or (
            over and (begun or not before[-1:].isalnum()) and _unbound(before)
        )
    return len(row) > 1 and begun and over and sum(labels) * 2 >= len(labels)


def _unbound(before: str) -> bool:
    """Whether no word that binds stands before a link at the end of an item."""
    return (
        re.search(
            r"\b(?:the|a|an|this|that|see|in|on|of|for|with|to|by|from|at|and|or|is|are|as|its|their|our|de|le|la)\s*$",
            before,
            re.IGNORECASE,
        )
        is None
    )


def _stands_alone(flat: Flat, region: Region) -> bool:
    """Whether one link of a row is a badge or stands in brackets of its own."""
    return bool(region.link and (region.link.badge or bracketed(flat, region.start, region.end)))


def _named(flat: Flat, region: Region) -> Labelled:
    link = region.link or Link("", "")
    own = link.text
    shown = shows_url(own, link.url)
    generic = shown or own.strip(" []()").casefold() in _GENERIC
    low = max(0, region.start - _NEAR)
    clause = (
        _CLAUSE.search(flat.text, low, region.start)
        if generic or re.search(r"[:：]\s*[\[(]?\s*$", flat.text[low : region.start])
        else None
    )
    if clause and (generic or (is_label(clause["label"]) and not is_label(own))) and len(clause["label"].split()) <= 4:
        return Labelled(label_of(clause["label"]), link, clause.start("label"), region.end)
    return Labelled("link" if shown else label_of(own), link, region.start, region.end)


def page_of(title: Link | None, further: list[Labelled], flat: Flat) -> Link | None:
    """The page of the work: the title's own link, else the best label, else a link within the text."""
    if title is not None and title.role == "web":
        return title
    best: tuple[float, Link] | None = None
    taken = {id(one.link): one for one in further}
    for region in flat.regions:
        link = region.link
        if link is None or link.role != "web" or link is title:
            continue
        score = _score(link, taken.get(id(link)))
        if score > 0 and (best is None or score > best[0]):
            best = (score, link)
    return best[1] if best else None


def _score(link: Link, named: Labelled | None) -> float:
    if is_licence(link.text) or is_person(link.text, link.url):
        return 0.0
    if named is None:
        return 0.5
    rank = rank_of(named.label)
    if rank is None and is_venue_label(link.text) and not is_label(link.text):
        return 7.0
    if rank is None and re.search(r"\b(?:paper|pdf|arxiv)\]?$", link.text, re.IGNORECASE):
        return 6.9
    if rank is not None:
        return 8.0 - rank * 0.05
    return 1.0 if link.badge else 2.0 if is_label(named.label) else 2.5
