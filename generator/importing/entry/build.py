"""A record as an entry: the title and the page by score, then further links, the citation, and what is left as description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.importing.entry.citation import Citation, is_dated, is_venue_label, read_citation, venue_of
from generator.importing.entry.flat import Flat, flat_of
from generator.importing.entry.links import labelled, page_of
from generator.importing.entry.people import people_of
from generator.importing.entry.record import BLOCK, Record
from generator.importing.entry.titles import Candidate, candidates, explained, shows_url, words
from generator.importing.imported import LeftOut
from generator.importing.page.spans import (
    Break,
    Image,
    Link,
    Span,
    Spans,
    Text,
    has_link,
    markdown_of,
    plain,
    stripped,
)
from generator.importing.page.words import field_of, is_counter, is_label, label_of, plain_key, rank_of
from generator.markdown import descriptions
from generator.markdown.text import capitalized, clean, sentence, text
from generator.problems import Place
from generator.sources.catalogue.fields import with_columns
from generator.sources.catalogue.model import Author, Entry
from linkcheck.urls import display

__all__ = ["Made", "built", "grouped", "is_badge", "source_form", "tidy"]

_BADGE = re.compile(
    r"badge|shields\.io|badgen|/stars/|forthebadge|img\.shields|\.svg(?:\?|$)|github\.com/[^/]+/[^/]+/(?:actions|workflows)/|travis-ci|/badges?/",
    re.IGNORECASE,
)
_BOX = re.compile(r"^\s*\[[ xX✓✔]?\]\s+(?=\S|$)")
_NUMBER = re.compile(r"^(?:\s*(?:\d{1,4}[.)]|#\d{1,4}\b[.:]?|\((?:\d{1,3}|[ivx]{1,5}|[a-h])\)|\[\d{1,3}\])\s+(?=\S|$))+")
_LONE_NUMBER = re.compile(r"\s*[\[(#]?\d{1,3}[\]).:]*\s*")
_NUMBERED = re.compile(r"(?P<base>.+) (?P<number>\d+)$")
_KEY = re.compile(r"[.:;`|]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HOLLOW = re.compile(r"[(（][\s,;|｜/·•&+–—:.-]*[)）]|[\[【][\s,;|｜/·•&+–—:.-]*[\]】]|\"\s*\"|“\s*”")
_HOLLOW_TEXT = re.compile(r"[\s\[\]()]*")
_DANGLING = re.compile(r"\s*[|｜·•,;:–—-]+\s*(?=[)\]）】])|(?<=[(\[（【])\s*[|｜·•,;:]+\s*")
_MARKED = re.compile(r"^([^\w\s()\[\]\"'`.,;:!?/\\@#$%&*~<>=+_-]{1,4}(?:\s[^\w\s]{1,4})*)\s+[-–—:]\s+")
_REPEATED = re.compile(r"([|｜·•,;:])(?:\s*[|｜·•,;:])+(?=\s|$)")
_STOPS = re.compile(r"([.!?…。][\"”’')*_]*)(?:\s*[.,;|])+\s*$|\s+(\.)\s*$")
_LEAD = re.compile(
    r"^(?:[\s:：|｜·•,;，、；※→▶»>=\])】‐‑–—]|[~～-](?![\w/])|/(?=\s|$)|\.+(?=\s|$)|\.(?=\W)|[\"”](?=[\s.,:;]))+"
)
_TAIL = re.compile(r"(?:[\s:：|｜·•,;，、；※→(\[（【‐‑–—&/]|\s-|\s[\"“])+$")
_FULL = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_JOINS = re.compile(r"(?:\W*\b(?:and|or|und|oder|et|ou|y|o|e|и|или|和|或)\b\W*)+", re.IGNORECASE)
_LOWER_WORD = re.compile(r"\s[a-z]")
_SAYS = re.compile(r"\w|[^\x00-\x7f]")
_ABOUT = re.compile(r"\s+[-–—]\s+(?=[a-z])")
_UNASKABLE = "it is no address that can be asked"
_LEAD_WORDS = 2
_SUBTITLE = 9
_END = 1 << 60
_RANKED, _ANY = 50, 90
_LABEL_OF_FILE = {"pdf": "pdf", "ipynb": "notebook", "pptx": "slides", "ppt": "slides", "zip": "download", "md": "page"}


@dataclass(frozen=True, slots=True)
class Made:
    """An entry with what could not be kept of it. `weak`: it has a name that may be a person's; `sure`: its authors surely are."""

    entry: Entry
    left: tuple[LeftOut, ...] = ()
    weak: bool = False
    sure: bool = False
    why: tuple[tuple[float, str, str], ...] = ()
    """The candidates for the title: score, text, and why it has that score."""


@dataclass(slots=True)
class _Draft:
    line: int
    title: str | None = None
    url: str | None = None
    links: list[tuple[str, str]] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    struck: bool = False
    authors: tuple[Author, ...] = ()

    def leave(self, url: str, reason: str, kind: str = "link") -> None:
        """Report an address that the entry can't hold."""
        self.left.append(LeftOut(url, reason, self.line, url, kind))


def is_badge(image: Image) -> bool:
    """Whether an image is a badge: one that shows a state or a name, and changes by itself."""
    return _BADGE.search(image.url) is not None


def built(record: Record, path: str, *, weak: bool = False) -> Made | None:
    """The entry of a record; None where neither title nor page is in it. `weak`: single names count as authors on this page."""
    draft = _Draft(record.line)
    spans = _badges_last(_leading(_pictured(record.spans, draft)))
    title = _leading(_pictured(record.title, draft))
    for name, value in record.named:
        _named(draft, name, _pictured(value, draft))
    flat = flat_of(spans)
    given = bool(words(plain(title)))
    chosen, found = _given(title) if given else _chosen(flat)
    ranked = tuple((one.score, (chosen[1] if chosen else flat).text[one.start : one.end], one.why) for one in found[:6])
    before, after = _parts(draft, flat, chosen, inside=not given)
    cited, before, after, doubtful = _cited(before, after, weak=weak)
    remarks = [_cut(flat_of(remark), 0, _END, (), set(), draft) for one in record.remarks if (remark := _pictured(one, draft))]
    description = _description(before, after, draft, remarks)
    entry = _entry(draft, path, cited, description)
    if entry is None:
        return None
    left = tuple(draft.left)
    return Made(entry, left, doubtful, bool(cited.authors) and not cited.weak and not doubtful, ranked)


def _pictured(spans: Spans, draft: _Draft) -> Spans:
    """The spans without images: badges are reported, others become links of the entry. Links that lead nowhere are reported."""
    if not any(isinstance(span, Image) or (isinstance(span, Link) and span.role != "web") for span in spans):
        return stripped(spans)
    out: list[Span] = []
    for span in spans:
        if isinstance(span, Image):
            if span.icon and not span.linked:
                draft.leave(span.url, "an icon; its words are kept", "badge")
                out.append(Text(f" {span.alt} "))
            elif is_badge(span) or span.role == "anchor":
                draft.leave(span.url, "a badge", "badge")
            elif span.role == "bad":
                draft.leave(span.url, _UNASKABLE)
            else:
                draft.links.append(("image", span.url))
        elif isinstance(span, Link) and span.role == "anchor":
            draft.leave(span.url, "a link within the page", "anchor")
            out.append(Text(span.text, span.style))
        elif isinstance(span, Link) and span.role == "bad":
            draft.leave(span.url, _UNASKABLE)
            out.append(replace(span, role="none"))
        else:
            out.append(span)
    return stripped(out)


def _badges_last(spans: Spans) -> Spans:
    """The spans, links that are badges behind the others; those that lead nowhere are left out."""
    if not any(isinstance(span, Link) and span.badge for span in spans):
        return spans
    spans = tuple(span for span in spans if not (isinstance(span, Link) and span.badge and span.role == "none"))
    badges = [span for span in spans if isinstance(span, Link) and span.badge]
    rest = stripped(span for span in spans if not (isinstance(span, Link) and span.badge))
    if not badges or not (words(plain(rest)) or has_link(rest)):
        return spans
    return (*rest, *(part for badge in badges for part in (Text(" "), badge)))


def _leading(spans: Spans) -> Spans:
    """The spans without a box to tick and numbers at their beginning."""
    first = spans[0] if spans else None
    while len(spans) > 1 and isinstance(first, Text) and first.style and _LONE_NUMBER.fullmatch(first.text):
        spans = stripped(spans[1:])
        first = spans[0] if spans else None
    if isinstance(first, Text):
        shown = _NUMBER.sub("", _BOX.sub("", first.text))
        if shown != first.text and (shown.strip() or len(spans) > 1):
            return stripped((replace(first, text=shown), *spans[1:]))
    return spans


def _given(title: Spans) -> tuple[tuple[Candidate, Flat], list[Candidate]]:
    """A title that the shape set apart: of a bold line, a heading, a column."""
    flat = flat_of(title)
    found = [one for one in candidates(flat) if one.score > 0]
    links = [region for region in flat.regions if region.link and region.link.role in {"web", "file", "other"}]
    if (
        found
        and not found[0].why.startswith("plain")
        and (found[0].link or len(links) != 1 or len(words(flat.text)) > len(words(links[0].span.text)) + 3)
    ):
        return (found[0], flat), found
    link = links[0].link if len(links) == 1 and 2 * len(words(links[0].span.text)) > len(words(flat.text)) else None
    if (
        found
        and found[0].why.startswith("plain")
        and (explained(flat, found[0].end, len(flat.text)) or _described(flat, found[0].end))
    ):
        return (found[0], flat), found
    whole = Candidate(0, len(flat.text), 9.0, "set apart by its shape", link)
    return (whole, flat), [whole, *found]


def _described(flat: Flat, end: int) -> bool:
    """Whether a sentence about a title stands behind it: a dash, then many words in lower case, too many for a subtitle."""
    about = _ABOUT.match(flat.text, end)
    return about is not None and len(words(flat.text[about.end() :])) > max(_SUBTITLE, len(words(flat.text[:end])))


def _chosen(flat: Flat) -> tuple[tuple[Candidate, Flat] | None, list[Candidate]]:
    found = [
        one for one in candidates(flat) if not (one.link and one.link.role == "web" and shows_url(one.link.text, one.link.url))
    ]
    return ((found[0], flat) if found else None), found


def _parts(draft: _Draft, flat: Flat, chosen: tuple[Candidate, Flat] | None, *, inside: bool) -> tuple[Spans, Spans]:
    """Sets title, page and links; gives back what stands before and behind the title without those links."""
    candidate, where = chosen or (None, flat)
    titled = candidate.link if candidate else None
    if candidate:
        draft.title = where.text[candidate.start : candidate.end]
        draft.struck = any(start <= candidate.start < end for start, end in where.styled("s"))
    split = (candidate.start, candidate.end) if candidate and inside else (0, 0)
    further = labelled(flat, titled if inside else None)
    if where is not flat:
        further = [*(one for one in labelled(where, titled)), *further]
    main = (
        page_of(titled, further, flat)
        or _column_page(draft, _RANKED)
        or page_of(titled, further, where)
        or _column_page(draft, _ANY)
    )
    if candidate:
        known = {id(titled), id(main), *(id(one.link) for one in further)}
        inner = [region.link for region in where.regions if region.link and candidate.start <= region.start < candidate.end]
        draft.links += [
            (label_of(link.text), link.url) for link in inner if id(link) not in known and link.role in {"web", "file", "other"}
        ]
    if main is not None:
        draft.url = main.url
    if titled is not None and titled is not main and titled.role in {"web", "file", "other"}:
        draft.links.append((_file_label(titled), titled.url))
    whole = candidate is not None and titled is not None and inside and _sentence_around(flat, candidate)
    cuts = [(split[0], split[1], "")] if not whole else []
    for one in further:
        shown = ""
        if one.link is not main:
            draft.links.append((one.label, one.link.url))
        elif is_venue_label(one.link.text) and not is_label(one.link.text):
            shown = one.link.text
        cuts.append((one.start, one.end, shown))
    texts = {id(titled), id(main)}
    low = 0 if whole else split[0]
    before = _cut(flat, 0, low, cuts, texts, draft)
    if candidate and where is not flat:
        spare = [(one.start, one.end, "") for one in labelled(where, titled)]
        before = _cut(where, 0, candidate.start, spare, texts, draft)
        behind = _cut(where, candidate.end, len(where.text), spare, texts, draft)
        rest = _cut(flat, 0, len(flat.text), cuts, texts, draft)
        return before, (*behind, *([BLOCK] if behind and rest else []), *rest)
    after = _cut(flat, 0 if whole else split[1], len(flat.text), cuts, texts, draft)
    return before, after


def _column_page(draft: _Draft, limit: int) -> Link | None:
    """The page where a column or an attribute has it: under a label of works (`_RANKED`), or any but a picture (`_ANY`)."""
    ranked = sorted(
        (rank if (rank := rank_of(label)) is not None else _ANY if label == "image" else _RANKED, at)
        for at, (label, _) in enumerate(draft.links)
    )
    for rank, at in ranked:
        label, url = draft.links[at]
        if rank < limit and url.startswith(("http://", "https://")):
            del draft.links[at]
            return Link(label, url)
    return None


def _file_label(link: Link) -> str:
    if link.role != "file":
        return "mail" if link.url.startswith("mailto:") else "link"
    ending = link.url.partition("#")[0].rpartition(".")[2].casefold()
    return _LABEL_OF_FILE.get(ending, "link")


def _sentence_around(flat: Flat, chosen: Candidate) -> bool:
    """Whether a title is a link within a sentence, which is kept whole then."""
    lead, tail = flat.text[: chosen.start], flat.text[chosen.end :]
    return (
        len(words(lead)) > 0
        and re.match(r"\s[^\W\d_A-Z]\w*\b", tail) is not None
        and re.search(r"[:|–—]\s*$|\s-\s*$", lead) is None
        and "behind" not in chosen.why
    )


def _cut(flat: Flat, low: int, high: int, cuts: Sequence[tuple[int, int, str]], texts: set[int], draft: _Draft) -> Spans:
    """The part of a text without what is cut out of it; the title's and the page's links within it are plain text."""
    if low >= high:
        return ()
    out: list[Span] = []
    at = low
    for start, end, shown in sorted(cuts):
        if end <= at or start >= high:
            continue
        out += [*flat.part(at, max(at, start)), Text(f" {shown} " if shown else " ")]
        at = max(at, end)
    out += flat.part(at, high) if at < high else ()
    kept: list[Span] = []
    for span in out:
        if isinstance(span, Link) and id(span) in texts:
            kept.append(Text("" if is_label(span.text) or shows_url(span.text, span.url) else span.text, span.style))
        elif isinstance(span, Link) and span.role in {"file", "other"}:
            draft.links.append(
                (label_of(span.text) if span.text and not shows_url(span.text, span.url) else _file_label(span), span.url)
            )
            kept.append(Text(span.text, span.style))
        elif isinstance(span, Link) and span.role == "web" and not re.search(r"\w|[^\x00-\x7f]", span.text):
            draft.links.append(("link", span.url))
        elif isinstance(span, Link) and span.role == "none":
            kept.append(Text("" if is_label(span.text) or span.badge else span.text, span.style))
        else:
            kept.append(span)
    return tidy(kept, ends=False)


def tidy(spans: Sequence[Span], *, ends: bool = True) -> Spans:
    """Spans without the empty brackets and doubled signs that links left; `ends`: without signs at both ends."""
    if not spans:
        return ()
    out: list[Span] = []
    for span in stripped(spans):
        if isinstance(span, Text) and "c" not in span.style and re.search(r"[(\[（【|｜·•,;:\"“]", span.text):
            out.append(Text(_REPEATED.sub(r"\1", _HOLLOW.sub(" ", _DANGLING.sub("", _HOLLOW.sub(" ", span.text)))), span.style))
        else:
            out.append(span)
    out = [span for span in out if not (isinstance(span, Text) and span.style and _HOLLOW_TEXT.fullmatch(span.text))]
    if not ends:
        return stripped(out)
    _trim(out, 0, _LEAD)
    _trim(out, -1, _TAIL)
    if out and isinstance(out[-1], Text):
        out[-1] = Text(_STOPS.sub(lambda match: match[1] or match[2], out[-1].text), out[-1].style)
    return tuple(out)


def _trim(out: list[Span], end: int, signs: re.Pattern[str]) -> None:
    while out:
        span = out[end]
        if isinstance(span, Break):
            out.pop(end)
            continue
        if not isinstance(span, Text) or "c" in span.style:
            return
        shown = signs.sub("", span.text)
        if shown.strip():
            out[end] = Text(shown, span.style)
            return
        out.pop(end)


def _cited(before: Spans, after: Spans, *, weak: bool) -> tuple[Citation, Spans, Spans, bool]:
    """The citation with the rest of the text; and whether a doubtful name was left in it."""
    found, head, tail = read_citation(flat_of(before), flat_of(after))
    if found.weak and not weak and not (found.year or found.venue):
        return Citation(), before, after, True
    return found, head, tail, False


def _description(before: Spans, after: Spans, draft: _Draft, remarks: Sequence[Spans]) -> str | None:
    parts = [tidy(part) for part in (before, after, *remarks)]
    parts = [
        part for part in parts if has_link(part) or (_SAYS.search(plain(part)) and not _LONE_NUMBER.fullmatch(plain(part)))
    ]
    out: list[Span] = []
    for part in parts:
        if out:
            out.append(Text(" ") if _closing(out) or _repeats(out, draft.title) else BLOCK)
        out += part
    shown = _MARKED.sub(r"\1 ", markdown_of(tidy(out) if len(parts) > 1 else out))
    if not (re.search(r"\w", shown) or (shown and not shown.isascii())):
        return draft.texts.get("description")
    if draft.title and clean(shown).rstrip(".").casefold() == clean(draft.title).rstrip(".").casefold():
        return draft.texts.get("description")
    shown_text = source_form(capitalized(sentence(shown)))
    more = draft.texts.get("description")
    return f"{shown_text} {more}" if more else shown_text


def _repeats(spans: Sequence[Span], title: str | None) -> bool:
    """Whether a text is the title once more, with which a sentence begins."""
    return title is not None and plain_key(plain(spans)) == plain_key(title)


def _closing(spans: Sequence[Span]) -> bool:
    return plain(spans)[-1:] in {")", "]", ".", "!", "?", "】", "）", "*"} or not plain(spans)[-1:].isascii()


def source_form(shown: str) -> str:
    r"""A description as people write it: what a page shows, without those escapes that change nothing."""
    if "\\" not in shown:
        return shown
    bare = _ESCAPE.sub(r"\1", shown)
    return bare if sentence(descriptions.line(bare)) == sentence(shown) else shown


def _named(draft: _Draft, name: str, value: Spans) -> None:
    """A column or an attribute: a field of ours, labelled links, or an extra of its name."""
    known, shown = field_of(name), clean(plain(value)).strip(" *_")
    if not known and _is_sentence(value):
        known = "description"
    if not name and not has_link(value) and words(shown):
        known = "year" if is_dated(shown) and "year" not in draft.texts else "description"
    if has_link(value) and known != "description":
        kept: list[Span] = []
        for span in value:
            if isinstance(span, Link) and span.role in {"web", "file", "other"}:
                draft.links.append((_column_label(span, name), span.url))
            else:
                kept.append(span)
        value = tidy(kept)
        shown = clean(plain(value)).strip(" ,;|/·()[]-")
        shown = "" if _JOINS.fullmatch(shown) else shown
        value = value if shown else ()
        if known in {"authors", "year", "venue"}:
            known = ""
        if shown and (not name or is_label(name)):
            known = "description"
    if known == "description" and (words(shown) or not shown.isascii()):
        _describe(draft, value)
        return
    if not (re.search(r"\w", shown) or (shown and not shown.isascii())) or is_counter(shown):
        return
    if known == "authors" and not draft.authors and (who := people_of(shown, citing=True)):
        draft.authors = who.authors
    elif known == "year" and "year" not in draft.texts and is_dated(shown):
        draft.texts["year"] = shown
    elif known == "venue" and "venue" not in draft.texts and len(shown) <= 120:
        draft.texts["venue"] = shown
    else:
        draft.extra.append((clean(_KEY.sub(" ", name))[:40].strip() or "note", shown))


def _is_sentence(value: Spans) -> bool:
    """Whether links stand among the words of a sentence."""
    flat = flat_of(value)
    first = next((region for region in flat.regions if region.link), None)
    if first is None or len(words(flat.text[: first.start])) < _LEAD_WORDS:
        return False
    bound = not is_label(first.span.text) and _LOWER_WORD.match(flat.text, first.end) is not None
    return bound or (flat.regions[-1].link is None and len(words(flat.text[first.end :])) >= _LEAD_WORDS)


def _column_label(link: Link, name: str) -> str:
    own = link.text
    generic = (
        shows_url(own, link.url)
        or own.casefold().strip(" []") in {"link", "here", "url", "✓", "✔", "✅", "🔗", "yes"}
        or not re.search(r"\w", own)
    )
    if name and (generic or (is_label(name) and not is_label(own) and own.casefold() == name.casefold())):
        return label_of(name)
    return label_of(own) if not generic else "link"


def _describe(draft: _Draft, value: Spans) -> None:
    flat = flat_of(value)
    further = labelled(flat, None)
    rest = _cut(flat, 0, len(flat.text), [(one.start, one.end, "") for one in further], set(), draft)
    draft.links += [(one.label, one.link.url) for one in further]
    if shown := markdown_of(tidy(rest)):
        before = draft.texts.get("description")
        shown_text = source_form(capitalized(sentence(shown)))
        draft.texts["description"] = f"{before} {shown_text}" if before else shown_text


def _entry(draft: _Draft, path: str, cited: Citation, description: str | None) -> Entry | None:
    title = _title(draft)
    if title is None and draft.url is None:
        if not draft.links or (page := next((one for one in draft.links if one[1].startswith("http")), None)) is None:
            return None
        draft.links.remove(page)
        draft.url = page[1]
    extra = dict(draft.extra)
    shown = draft.texts.get("year") or cited.date or ""
    when, year = _when(shown)
    if not draft.texts.get("year"):
        year = cited.year or year
        when = when if when and when.year == year else None
    if shown and when is None and str(year) != shown:
        extra.setdefault("date", shown)
    for key, value in cited.extra:
        extra.setdefault(key, value)
    venue, venue_year = draft.texts.get("venue") or cited.venue, None
    if venue and (place := venue_of(venue)) and place[0] and "arxiv" not in venue.casefold():
        venue, venue_year = place
    year = year or venue_year or cited.year
    entry = Entry(
        id="",
        place=Place(path, draft.line, 1),
        title=title,
        url=draft.url,
        authors=draft.authors or cited.authors,
        year=None if when else year,
        date=when,
        venue=clean(venue or "") or None,
        description=description,
        links=grouped(draft.links),
        state="deprecated" if draft.struck else "active",
        extra=tuple((key, value) for key, value in extra.items() if key and value),
    )
    return with_columns(entry)


def _when(shown: str) -> tuple[date | None, int | None]:
    """A full date, and a year, as far as a text has them."""
    match = _FULL.fullmatch(shown.strip())
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3])), int(match[1])
        except ValueError:
            pass
    found = re.search(r"(?:1[5-9]|20)\d\d", shown)
    return None, int(found[0]) if found else None


def _title(draft: _Draft) -> str | None:
    """The title, cleaned; None where there is none, or it only repeats the page's address."""
    shown = clean(draft.title or "").strip(" \t|·•:：,;–—")
    if (len(re.findall('["“”]', shown)) % 2 and not re.search('["“”]', shown[1:-1])) or (
        shown[:1] in {'"', "“"} and shown[-1:] in {'"', "”"} and len(re.findall('["“”]', shown)) == 2
    ):
        shown = shown.strip('"“”')
    while len(shown) > 1 and shown[0] + shown[-1] in {"[]", "【】"}:
        shown = shown[1:-1].strip()
    if (
        shown.endswith(".")
        and shown.count(".") == 1
        and len(words(shown)) > 1
        and not shown.endswith(("Inc.", "Co.", "Ltd.", "etc."))
    ):
        shown = shown[:-1]
    if not (re.search(r"\w", shown) or (shown and not shown.isascii())) or not text(shown):
        return None
    if draft.url is not None and "." in shown:
        bare = draft.url.partition("://")[2].rstrip("/")
        if shown.rstrip("/") in {draft.url.rstrip("/"), bare, bare.removeprefix("www."), display(draft.url)}:
            return None
    return shown


def grouped(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Labelled links, those of one label together: "code" and "code 2" are two of one."""
    found: dict[str, list[str]] = {}
    for label, url in pairs:
        key = clean(label) or "link"
        match = _NUMBERED.fullmatch(key)
        if match and len(found.get(match["base"], ())) + 1 == int(match["number"]):
            key = match["base"]
        found.setdefault(key, []).append(url)
    return tuple((label, tuple(urls)) for label, urls in found.items())
