"""An item of a page that we rendered, read back by the grammar of `publishing.pages.entry`; rendering it again proves each reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.importing.entry.build import Made, grouped, source_form
from generator.importing.entry.flat import Flat, flat_of
from generator.importing.entry.people import ET_AL, people_of
from generator.importing.entry.record import Record
from generator.importing.page.addresses import Written
from generator.importing.page.spans import Link, Span, Spans, Text, markdown_of, plain, spans_of, stripped
from generator.importing.page.words import PARTICLES, is_label
from generator.importing.parsing import inline_parser
from generator.markdown.text import clean
from generator.problems import Place
from generator.publishing.pages.entry import item
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.fields import with_columns
from generator.sources.catalogue.model import Author, Entry
from linkcheck.urls import display

__all__ = ["rendered"]

_STATES = {"Deprecated.": "deprecated", "Withdrawn.": "withdrawn", "Retracted.": "retracted"}
_GONE = re.compile(r"(?:^| )The page is gone(?: \(archived copy\))?\.$")
_BREAK = re.compile(r"[.!?…。！？][\"”’')*_~]* ")
_UNLINKED = re.compile(r"(?P<label>[^()]{1,60}) \((?P<url>(?!\d+\)|#)[^\s()]+)\)")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|\.{0,2}/|[\w%-]+(?:/[\w.%-]+)*\.[a-z]{2,5}(?:#|$)", re.IGNORECASE)
_BEHIND_VENUE = re.compile(r"(?:, (?P<year>\d{1,4}))?(?:\.|(?<=[.!?…。！？]))(?: |$)")
_PEOPLE_YEAR = re.compile(r"(?P<who>[^\n]{1,400}?), (?P<year>\d{1,4})\.(?: |$)")
_YEAR = re.compile(r"(?P<year>\d{1,4})\.(?: |$)")
_YEAR_WITHIN = re.compile(r"(?<![\d:./])(?:1[5-9]|20)\d\d(?![\d]|[./:]\d)")
_SMALL = re.compile(r"\b[a-z]+\b")
_MORE = re.compile(r",? et al\.?$")
_NEXT_COLUMN = re.compile(r"; (?P<key>[^.:;`]{1,40}): $")
_FIRST_COLUMN = re.compile(r"(?:^|[.!?…。！？][\"”’')*_]*\s)\s*(?P<key>[^.:;`\s][^.:;`!?…。！？]{0,39}): $")
_SIGNS = re.compile(r"[\"“”‘’『』（）《》「」【】!！~～,，·?？:.'\s]+")
"""Signs that the single page sets as code so that linters accept them."""
_NO_NAME = re.compile(r"^[^\W\d_]*\d|(?<!\bJr)(?<!\bSr)(?<!\bSt)(?<=[^\W\d_A-Z]{2})\. ")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.$")
_SENTENCES = 10
_LONGEST_LABELLED = 400
_ORIGIN = 1000
"""Maximum number of characters in which people and venue are looked for."""
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Origin:
    """A reading of the text behind a title: people, venue, year, and where the description begins."""

    end: int = 0
    authors: tuple[Author, ...] = ()
    venue: str | None = None
    year: int | None = None
    weak: bool = False


def rendered(record: Record, path: str, *, weak: bool = False) -> Made | None:
    """The entry that an item shows; None where the item isn't one that an entry renders to. `weak`: as for `built`."""
    spans = _without_exceptions(record.spans)
    flat = flat_of(spans)
    first = flat.regions[0] if flat.regions else None
    if first is None:
        return None
    linked = first.link if first.link and first.link.role == "web" else None
    end = first.end if linked else flat.text.find(" - ")
    title, behind = (flat.text, "") if end < 0 else (flat.text[:end], flat.text[end:])
    if behind and not behind.startswith(" - "):
        return None
    entry = Entry("", Place(path, record.line, 1), title=clean(title), url=linked.url if linked else None)
    if linked and title == display(linked.url):
        entry = replace(entry, title=None)
    tail = flat.part(end + 3, len(flat.text)) if behind else ()
    found = list(_entries(entry, tail))
    doubtful = any(each for _, each in found)
    read = [(one, _spans(item(one)[2:])) for one, each in found if weak or not each]
    best = next((one for one, own in read if own == spans), None)
    best = best or next((one for one, own in read if _shown(own) == _shown(spans)), None)
    return Made(best, weak=doubtful and not weak, sure=bool(best.authors)) if best else None


def _spans(markdown: str) -> Spans:
    return stripped(spans_of(inline_parser()(markdown, {}), Written(markdown)))


def _shown(spans: Spans) -> tuple[str, list[str]]:
    return plain(spans), [span.url for span in spans if isinstance(span, Link)]


def _without_exceptions(spans: Spans) -> Spans:
    """The spans without what the single page adds for linters: code around signs, "Titled" before markup, emphasis of struck text."""
    out: list[Span] = []
    for span in spans:
        if isinstance(span, Text) and span.style == "c" and _SIGNS.fullmatch(span.text):
            out.append(Text(span.text))
        elif isinstance(span, Text) and "s" in span.style:
            out.append(replace(span, style=span.style.replace("i", "")))
        elif isinstance(span, Link) and span.url.startswith("#"):
            out.append(replace(span, role="web"))  # a link of the same page stays one
        else:
            out.append(span)
    first, second = (*out, None, None)[:2]
    if isinstance(first, Text) and first.text == "Titled " and isinstance(second, Text) and second.style:
        out = out[1:]
    if out and isinstance(out[-1], Text):
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return stripped(out)


def _entries(entry: Entry, tail: Spans) -> Iterator[tuple[Entry, bool]]:
    """The readings of the text behind a title, the fullest first; and whether an author may be no person."""
    tail, tags = _tags(tail)
    entry = replace(entry, tags=tags)
    flat = flat_of(tail)
    if gone := _GONE.search(flat.text):
        copy = next((span.url for span in flat.part(gone.start(), len(flat.text)) if isinstance(span, Link)), None)
        entry = replace(entry, state="dead", archive_url=copy)
        flat = flat_of(flat.part(0, gone.start()))
    links, high = _row(flat)
    rest, extra = _columns(flat.part(0, high))
    if rest and isinstance(rest[0], Text) and rest[0].style == "b" and (state := _STATES.get(rest[0].text)):
        entry, rest = replace(entry, state=state), _begun(rest[1:])
    if links and links[-1][0] == "archived copy" and entry.state != "active":
        entry = replace(entry, archive_url=links.pop()[1])
    if links and links[0][0] == "page" and entry.url is None and re.match(r"(?!http)[a-z]+:", links[0][1]):
        entry = replace(entry, url=links.pop(0)[1])
    entry = with_columns(replace(entry, links=grouped(links), extra=tuple(extra)))
    about = flat_of(rest)
    for origin in _origins(about):
        described = _begun(about.part(origin.end, len(about.text)))
        cited = replace(entry, authors=origin.authors, venue=origin.venue, year=origin.year)
        if plain(bare := _unemphasised(described)) and bare != described:
            yield replace(cited, description=source_form(markdown_of(bare))), origin.weak
        yield replace(cited, description=source_form(markdown_of(described)) or None), origin.weak


def _tags(spans: Spans) -> tuple[Spans, tuple[str, ...]]:
    """The text before the code at its end, and that code as tags."""
    row, found, parted = list(stripped(spans)), list[str](), False
    while row and isinstance(last := row[-1], Text):
        if last.style == "c":
            found.insert(0, clean(last.text))
            row.pop()
            parted = False
        elif not last.style and (parted := last.text.endswith(" ")) and found:
            row.pop()
            if text := last.text.rstrip():
                row.append(replace(last, text=text))
                break
        else:
            break
    return (stripped(tuple(row)), tuple(found)) if parted or not row else (spans, ())


def _begun(spans: Spans) -> Spans:
    """The spans without a space at their beginning."""
    row = stripped(spans)
    return (replace(row[0], text=row[0].text.lstrip()), *row[1:]) if row and isinstance(row[0], Text) else row


def _row(flat: Flat) -> tuple[list[tuple[str, str]], int]:
    """The links at the end with their labels, parted by " · ", and where the text before them ends."""
    ends = {region.end: region for region in flat.regions if region.link}
    found: list[tuple[str, str]] = []
    at = len(flat.text)
    while True:
        if region := ends.get(at):
            begin = region.start
            found.insert(0, (region.span.text, region.span.url if isinstance(region.span, Link) else ""))
        else:
            stop = at - (not found and flat.text.endswith(")."))
            low = max(0, stop - _LONGEST_LABELLED)
            sign = flat.text.rfind(" · ", low, stop)
            begin = max(
                [low, sign + 3 if sign >= 0 else 0, *(stopped.end() for stopped in _BREAK.finditer(flat.text, low, stop))]
            )
            match = _UNLINKED.fullmatch(flat.text, begin, stop)
            if match is None or not (is_label(match["label"]) or _ADDRESS.match(match["url"])):
                break
            found.insert(0, (match["label"], match["url"]))
        at = begin
        if not flat.text.endswith(" · ", 0, at):
            break
        at -= 3
    if found and at and flat.text[at - 1] != " ":
        return [], len(flat.text)
    return (found, max(0, at - 1)) if found else ([], len(flat.text))


def _columns(spans: Spans) -> tuple[Spans, list[tuple[str, str]]]:
    """`Key: value; Key: value.` at the end of the text, the values as code; and the text before them."""
    at = max((at for at, span in enumerate(spans) if isinstance(span, Text) and "c" in span.style), default=-1)
    found: list[tuple[str, str]] = []
    if plain(spans[at + 1 :]) != ".":
        return spans, []
    while at > 0 and isinstance(value := spans[at], Text) and "c" in value.style and isinstance(lead := spans[at - 1], Text):
        if following := _NEXT_COLUMN.fullmatch(lead.text):
            found.append((clean(following["key"]), clean(value.text)))
            at -= 2
            continue
        if first := _FIRST_COLUMN.search(lead.text):
            found.append((clean(first["key"]), clean(value.text)))
            return stripped((*spans[: at - 1], replace(lead, text=lead.text[: first.start("key")]))), found[::-1]
        break
    return spans, []


def _origins(flat: Flat) -> Iterator[_Origin]:
    """The readings of the text before the description, from "Authors. Venue, year." to nothing."""
    starts = (3, 0) if flat.text.startswith("By ") else (0,)
    for start in starts:
        yield from _with_venue(flat, start)
        yield from _without_venue(flat.text, start)
    yield _Origin()


def _with_venue(flat: Flat, start: int) -> Iterator[_Origin]:
    for begin, end in flat.styled("i"):
        if begin > _ORIGIN:
            return
        who, venue = flat.text[start:begin].strip(), flat.text[begin:end]
        match = _BEHIND_VENUE.match(flat.text, end)
        names = _names(who) if who else ()
        word = venue.endswith(".") and venue.islower() and " " not in venue
        if match is None or names is None or word:
            continue
        year = match["year"] or ((_YEAR_WITHIN.findall(venue) or [""])[0])
        yield _Origin(match.end(), names, venue, int(year) if year else None)
        return


def _without_venue(text: str, start: int) -> Iterator[_Origin]:
    match = _PEOPLE_YEAR.match(text, start)
    if match and (names := _names(match["who"])) and (people_of(match["who"], citing=True) or not _SMALL.search(match["who"])):
        yield _Origin(match.end(), names, None, int(match["year"]))
    if match := _YEAR.match(text, start):
        yield _Origin(match.end(), year=int(match["year"]))
    ends = [match.end() for match in _BREAK.finditer(text, start)][:_SENTENCES]
    for end in reversed([*ends, *([len(text)] if len(ends) < _SENTENCES else [])]):
        who = people_of(text[start:end]) if end == len(text) or not _INITIAL.search(text[start:end].rstrip()) else None
        if who and (names := _names(text[start:end].strip())):
            yield _Origin(end, names, weak=not who.sure and not start and len(names) == 1)


def _names(text: str) -> tuple[Author, ...] | None:
    """The authors of a text that lists them as pages do, "Given Family, Given Family et al."; None where it isn't such a list."""
    more = _MORE.search(text)
    shown = text[: more.start()] if more else text if text.endswith((" Jr.", " Sr.")) else text.removesuffix(".")
    names = [name for name in shown.split(", ") if name]
    if not names or any(len(name.split()) > _NAME_WORDS or _NO_NAME.search(name) for name in names):
        return None
    if any(word.islower() and word not in PARTICLES for word in names[0].split()) or not names[0][0].isalpha():
        return None
    found = tuple(one if (one := author(name)).name == name else Author(literal=name) for name in names)
    return (*found, ET_AL) if more else found


def _unemphasised(spans: Spans) -> Spans:
    """The spans with their first word plain, where it alone is emphasised."""
    first = spans[0] if spans else None
    alone = isinstance(first, Text) and first.style == "i" and " " not in first.text.strip()
    if not alone or not isinstance(first, Text) or any(span.style for span in spans[1:] if isinstance(span, Text)):
        return spans
    return stripped((replace(first, style=""), *spans[1:]))
