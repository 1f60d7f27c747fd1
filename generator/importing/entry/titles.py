"""Which part of an item is the title: candidates with scores, of which the best is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.importing.entry.citation import Citation, is_dated, is_venue, is_venue_label, read_citation, read_lead
from generator.importing.entry.flat import Flat, Region, flat_of
from generator.importing.entry.people import is_person, people_of
from generator.importing.page.spans import Link, plain
from generator.importing.page.words import is_label, is_licence, is_proper, plain_key

__all__ = ["Candidate", "bracketed", "candidates", "shows_url", "words"]

_MARKS = re.compile(r"[\W_]*(?:[\[(【][^\])】\[\n]{1,30}[\])】][\W_]*){0,2}")
_OPENED, _CLOSED = re.compile(r"[\[【]\s*$"), re.compile(r"\s*[\]】]")
_BY = re.compile(r"(?:^|[\s,(])(?:by|from|via|at|in|on|with|for|of|and|see|@|using|to|von|par|por|di)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"(?:[:：|｜·•→]|\s[-–—]|--|\n)\s*[\"“'(\[]?\s*$")
_PROSE = re.compile(r"\s+[^\W\d_A-Z]\w*\b")
_QUOTED = re.compile(r"[\"“«「『„]([^\"”»」』“„\n]{6,300}?)[,.]?[\"”»」』“]")
_TAG = re.compile(r"[\W_]*[\[(【（][^()\[\]\n]{1,60}[\])】）][\W_]*")
_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*")
_SEPARATOR = re.compile(r"\s+[|｜·•]\s+|\s*[|｜]\s*|\s+(?:[-–—]|--|::|=>|→)\s+|\s*：\s*|\s*—\s*|\n")
_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\bvs)(?<!\bal)(?<!\bDr)(?<!\bSt)(?<!\be\.g)(?<!\bi\.e)(?P<sign>[.!?。])[\"”]?\s+(?=[^\W_a-z]|[\"“])"
)
_GROUP = re.compile(r"\s*[(\[（【](?P<inner>[^()\[\]（）【】\n]{2,60})[)\]）】]")
_COMMA = re.compile(r",\s+")
_CLAUSE = re.compile(r"\s*[,;|·\n]\s*(?P<label>[^,;|·:：\n]{2,30}?)\s*[:：]\s*$")
_DATED = re.compile(r"\d\d(?:\s|$)")
_BY_NAMES = re.compile(r",? by (?=[^\W\d_a-z])")
_INITIALED = re.compile(r"(?<=\w) (?:[^\W\d_a-z]\. ?)+[^\W\d_a-z][\w'’-]+$")
_NAMED = re.compile(r"(?<=\w) [^\W\d_a-z][^\W\d_]+ (?:[^\W\d_a-z]\. ?)+[^\W\d_a-z][\w'’-]+$")
"""The first of several names, which stands behind a title with nothing between: by its initials."""
_ARROW = re.compile(r"(?:\s*(?:[-=]>|→|:|：|,|;|\||·|–|—|-))+\s*$")
_OWNS = re.compile(r"['’]s?\s")
_SPEAKS = re.compile(r"\b(?:if|you|your|we|our|see|read|start|try|check|here|also)\b", re.IGNORECASE)
_LOWER = re.compile(r"[a-z]")
_FOLLOWED = re.compile(r"\s*(?:[-–—:：|,.!?。]|$)")
_MANY = 16
_HEAD = 1500
"""A title begins within so many characters of an item."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of the text that may be the title. `link` is the one that it is the text of."""

    start: int
    end: int
    score: float
    why: str
    link: Link | None = None


def words(text: str) -> list[str]:
    """The words of a text, punctuation aside."""
    return re.findall(r"[^\W_]+", text)


def bracketed(flat: Flat, start: int, end: int) -> bool:
    """Whether a link stands in square brackets, within or around it."""
    text = flat.text[start:end].strip()
    if text[:1] in {"[", "【"} and text[-1:] in {"]", "】"}:
        return True
    return bool(_OPENED.search(flat.text, max(0, start - 3), start) and _CLOSED.match(flat.text, end))


def shows_url(text: str, url: str) -> bool:
    """Whether a link's text is its address."""
    shown = text.strip(" []【】()").rstrip("/")
    bare = url.partition("://")[2].rstrip("/")
    return shown in {url.rstrip("/"), bare, bare.removeprefix("www.")} or "://" in shown


def candidates(flat: Flat) -> list[Candidate]:
    """The candidates, the best first; none where a text has no word.

    A link or a bold text that stands first and is no label can't be beaten: it is the only one then.
    """
    if first := _unbeaten(flat):
        return [first]
    if len(flat.text) > 2 * _HEAD:
        flat = flat_of(flat.part(0, _HEAD))
    found = [*_links(flat), *_styled(flat), *_quoted(flat), *_plain(flat)]
    return sorted(found, key=lambda one: -one.score)


def _unbeaten(flat: Flat) -> Candidate | None:
    """A link or a text in bold type that stands first, and is nothing else than a title may be."""
    region = next((region for region in flat.regions if re.search(r"\w", region.span.text)), None)
    if region is None or not (region.link or "b" in region.span.style) or not _bare(flat.text[: region.start]):
        return None
    text = region.span.text
    if is_label(text) or is_dated(text) or is_venue_label(text) or bracketed(flat, region.start, region.end) or people_of(text):
        return None
    link = region.link
    if link is None:
        start, end = next(pair for pair in flat.styled("b") if pair[0] <= region.start < pair[1])
        text = flat.text[start:end]
        if (
            _TAG.fullmatch(text)
            or is_label(text.rstrip(":： "))
            or _NUMBER.fullmatch(text)
            or people_of(text, citing=True)
            or "et al" in text
        ):
            return None
        linked = any(one.link and start <= one.start < end for one in flat.regions)
        cut = min([end, *_cited(flat, start, end)])
        return None if linked or len(words(text)) < 2 else Candidate(start, cut, 8.0, "bold type, first")
    if link.badge or link.role in {"anchor", "other"} or is_licence(text) or shows_url(text, link.url):
        return None
    if _OWNS.match(flat.text, region.end):
        return None
    return Candidate(region.start, region.end, 8.0, "a link first", link)


def explained(flat: Flat, start: int, end: int) -> Citation | None:
    """The citation that a part of a text is; None where words are left."""
    part = flat_of(flat.part(start, end))
    found, rest, _ = read_citation(part, flat_of(()))
    thing = found.weak and len(found.authors) == 1 and "," not in part.text
    return found if found.found and not thing and not words(plain(rest)) else None


def _bare(lead: str) -> bool:
    return _MARKS.fullmatch(lead) is not None or _NUMBER.fullmatch(lead) is not None


def _led(flat: Flat, start: int) -> tuple[float, str]:
    """How well a place may begin a title, by what stands before it."""
    lead = flat.text[:start]
    if _bare(lead):
        return 3.0, "first"
    if explained(flat, 0, start):
        return 2.5, "behind people, a venue or a date"
    count = len(words(lead))
    joined = _JOINED.search(lead) is not None
    if joined and (is_label(lead) or count <= 2 or _SPEAKS.search(lead)):
        return 1.5, "behind a word and a sign"
    if _BY.search(lead) and count > 1:
        return -4.0, "behind a preposition"
    return (0.5 if joined else 0.0) - min(3.0, 0.5 + 0.3 * count), "within a sentence"


def _links(flat: Flat) -> Iterator[Candidate]:
    named = [region for region in flat.regions if region.link and words(region.link.text)]
    for seen, region in enumerate(named[: _MANY + 1]):
        score, why = _led(flat, region.start)
        if why == "within a sentence" and len(words(region.span.text)) >= 4 and not _PROSE.match(flat.text, region.end):
            score += 1.5
        score -= _doubt(flat, region, why, seen)
        yield Candidate(region.start, region.end, 5 + score - 0.8 * seen, f"a link {why}", region.link)


def _doubt(flat: Flat, region: Region, why: str, seen: int) -> float:
    """How much speaks against a link as the title: what it leads to, what its text is, and what stands around it."""
    link = region.link or Link("", "")
    doubt = 0.0
    if link.badge or link.role in {"anchor", "other"}:
        doubt += 5
    elif link.role == "file" and why == "within a sentence":
        doubt += 1.5
    if bracketed(flat, region.start, region.end):
        doubt += 4
    if _OWNS.match(flat.text, region.end):
        doubt += 6
    return doubt + _doubt_of_text(flat, region, link, why, seen)


def _doubt_of_text(flat: Flat, region: Region, link: Link, why: str, seen: int) -> float:
    text, before, behind = link.text, flat.text[: region.start], flat.text[region.end :]
    if is_label(text) or is_licence(text):
        if bracketed(flat, region.start, region.end):
            return 6
        named = is_proper(text) and why == "first" and words(behind)
        return 0.5 if named else 1.5 if region.start == 0 and _FOLLOWED.match(behind) else 6
    if shows_url(text, link.url):
        return 7
    if is_dated(text):
        return 8
    venue = is_venue_label(text) and len(words(text)) <= 4 and seen + len(words(before)) > (0 if is_venue(text) else 1)
    if venue or is_person(text, link.url):
        return 5
    if seen == 0 and why == "within a sentence" and _DATED.search(text) and re.search(r"[:：]\s*$", before):
        return 4
    who = people_of(text)
    return 2 if who and who.sure and len(words(flat.text)) > len(words(text)) + 2 else 0


def _styled(flat: Flat) -> Iterator[Candidate]:
    for style, base in (("b", 5.0), ("i", 3.0)):
        for number, (start, end) in enumerate(flat.styled(style)):
            text = flat.text[start:end]
            count = len(words(text))
            if not count or number > _MANY or any(region.link and start <= region.start < end for region in flat.regions):
                continue
            if (
                _TAG.fullmatch(text)
                or is_dated(text)
                or is_venue(text)
                or is_label(text.rstrip(":： "))
                or _NUMBER.fullmatch(text)
            ):
                continue
            who = people_of(text, citing=start > 0)
            if (who and (who.sure or (style == "i" and len(who.authors) > 1))) or (
                "et al" in text and explained(flat, start, end)
            ):
                continue
            score, why = _led(flat, start)
            if style == "i":
                score += 0.0 if why != "first" else 0.5 if count >= 3 else -2.0
                score += 0.5 if why.startswith("behind people") else 0.0
            elif count == 1 and why == "first" and _JOINED.match(flat.text[end:]) and len(words(flat.text)) < 4:
                score -= 2
            if why == "within a sentence":
                score -= 2
            cut = min([end, *_cited(flat, start, end)])
            yield Candidate(start, cut, base + score, f"{'bold' if style == 'b' else 'italic'} type, {why}")


def _quoted(flat: Flat) -> Iterator[Candidate]:
    for match in list(_QUOTED.finditer(flat.text))[:_MANY]:
        if len(words(match[1])) < 2:
            continue
        score, why = _led(flat, match.start())
        after = flat.text[match.end() :].lstrip()
        if after[:1].isalpha() and why == "first" and not explained(flat, match.end(), _line_end(flat.text, match.end())):
            score -= 5
        if why == "within a sentence":
            score -= 1.5
        yield Candidate(match.start(1), match.end(1), 4 + score, f"in quotation marks, {why}")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _plain(flat: Flat) -> Iterator[Candidate]:
    """The text before the first link that is a label, cut where authors, a venue or a description begin."""
    low, limit, prose = _limits(flat)
    start = _begin(flat, low, limit)
    if start >= limit or not words(flat.text[start:limit]):
        return
    end = _end(flat, start, limit)
    text = flat.text[start:end]
    if not words(text) or is_dated(text) or (is_label(text) and len(words(flat.text)) > 1):
        return
    who = people_of(text)
    score = 4.0 + (1.0 if start > low else 0.0) - (3.0 if who and who.sure else 0.0) - (2.0 if prose else 0.0)
    score -= 4.0 if prose and _SPEAKS.search(text) else 0.0
    score -= 3.0 if is_venue(text) and len(words(flat.text[:limit])) > len(words(text)) else 0.0
    yield Candidate(start, end, score, "plain text" if start == low else "plain text behind people, a venue or a date")


def _limits(flat: Flat) -> tuple[int, int, bool]:
    """Where the text behind leading labels begins, where the next label ends it, and whether links stand within it."""
    prose, low = False, 0
    for region in flat.regions:
        link = region.link
        if link is None:
            continue
        lead = flat.text[low : region.start]
        sign = is_label(link.text) or bracketed(flat, region.start, region.end) or shows_url(link.text, link.url) or link.badge
        if sign or is_venue_label(link.text) or (_JOINED.search(lead) and words(lead)) or lead.rstrip()[-1:] in "([（【":
            if words(lead):
                clause = _CLAUSE.search(flat.text, low, region.start)
                if clause and is_label(clause["label"]) and words(flat.text[low : clause.start()]):
                    return low, clause.start(), prose
                return low, region.start, prose
            if shows_url(link.text, link.url) and re.match(r"\s*[-–—:|]\s", flat.text[region.end :]):
                return len(flat.text), len(flat.text), prose
            low = region.end if sign else low
        prose = prose or not sign
    return low, len(flat.text), prose


def _begin(flat: Flat, low: int, limit: int) -> int:
    """Where a title in plain text begins: behind marks, numbers, and the parts of a citation that stand first."""
    text = flat.text
    at = low
    for _ in range(4):
        part = flat_of(flat.part(at, limit))
        found, step = read_lead(part)
        tag = _TAG.match(text, at, limit)
        sure = found.found and not found.weak and not (found.venue and not found.year and not found.authors)
        if sure and found.authors and not (found.venue or found.year) and explained(flat, at + step, limit):
            step = max(part.text.rfind(",", 0, step), 0) or step
        if sure and step > 0 and words(part.text[step:]) and _cut_by_sign(flat, at, at + step, found):
            at += step
        elif (
            tag
            and words(text[tag.end() : limit])
            and (re.search(r"\d", tag[0]) or not text[tag.end() - 1 : tag.end()].isalnum())
            and at == low
        ):
            at = tag.end()
        else:
            break
    match = re.compile(r"[\s,.;:|·•–—\-\]】)\"“]*").match(text, at, limit)
    return match.end() if match and at else at


def _cut_by_sign(flat: Flat, start: int, end: int, found: Citation) -> bool:
    """Whether what was read before a title ends with a sign: a year within a title's words is part of it."""
    if found.authors and (found.year or found.venue or len(found.authors) > 1):
        return True
    text = flat.text
    if any(begin == start and stop == end for style in "bic" for begin, stop in flat.styled(style)):
        return True
    return (
        re.match(r"\s*(?:[|｜·•:.,;)\]】]|[-–—]\s|\n)", text[end:]) is not None
        or text[start : start + 1] in "([【（"
        or found.date is not None
    )


def _end(flat: Flat, start: int, limit: int) -> int:
    """Where a title in plain text ends."""
    text = flat.text
    end = limit
    for match in _SEPARATOR.finditer(text, start, limit):
        if len(words(text[start : match.start()])) and not _goes_on(text, start, match, limit):
            end = match.start()
            break
    for match in _STOP.finditer(text, start, end):
        if len(words(text[start : match.start()])) > 1:
            end = match.start() + (match["sign"] in "!?")
            break
    runs = [
        place for style in "ib" for place, stop in flat.styled(style) if start < place < end and explained(flat, place, stop)
    ]
    end = min([end, *runs, *_cited(flat, start, end)])
    shown = _ARROW.sub("", text[start:end]).rstrip(" ([（【")
    if shown.endswith(('"', "“")) and len(re.findall('["“”]', shown)) % 2:
        shown = shown[:-1].rstrip(" ,;:")
    if shown.endswith(".") and shown.count(".") == 1:
        shown = shown[:-1]
    return start + len(shown)


def _cited(flat: Flat, start: int, end: int) -> Iterator[int]:
    """Places where a venue in brackets, people behind "by", or the rest of a citation behind a comma begins."""
    text = flat.text
    for match in list(_GROUP.finditer(text, start, end))[:_MANY]:
        cites = is_dated(match["inner"]) or is_venue(match["inner"]) or re.search(r"\b(?:19|20)\d\d\b", match["inner"])
        if cites and len(words(text[start : match.start()])):
            yield match.start()
            break
    for match in list(_BY_NAMES.finditer(text, start, end))[:_MANY]:
        rest = re.split(r"\s+[-–—|(\[]|[(\[|\n]|\.\s", text[match.end() : end])[0]
        who = people_of(rest)
        single = who is not None and len(who.authors) == 1
        if who and not rest.lstrip().startswith(who.authors[0].name.split(" ")[0]):
            continue
        dated = re.match(r"\s*\(?(?:19|20)\d\d\b", text[match.end() + len(rest) : end])
        if who is None and " by " not in rest and (cited := re.match(r"(?P<who>[^,]+), (?:19|20)\d\d\b", rest)):
            who, dated = people_of(cited["who"]), cited
        if (
            who
            and (who.sure or dated)
            and not (single and text[match.end() + len(rest.rstrip()) :].lstrip()[:1] in {":", "："})
        ):
            yield match.start()
            break
    for match in list(_COMMA.finditer(text, start, end))[:_MANY]:
        if len(words(text[start : match.start()])) and (found := explained(flat, match.end(), end)):
            if found.authors and found.weak and not (found.year or found.venue):
                continue
            form = _INITIALED if re.match(r"[^\W\d_a-z]\.", text[match.end() :]) else _NAMED
            first = form.search(text[: match.start()], start) if found.authors else None
            yield first.start() if first and len(words(text[start : first.start()])) > 2 else match.start()
            break


def _goes_on(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    """Whether a title goes on behind a dash: both sides are in the case of titles, and nothing but labels follows."""
    sign = match[0].strip()
    if sign not in {"-", "–", "—", "--"} or not match[0].startswith(" "):
        return False
    left, right = text[start : match.start()], text[match.end() : limit]
    rest = words(right)
    if len(rest) < 2 or right.rstrip().endswith((".", "!")) or people_of(right) or _SEPARATOR.search(right):
        return False
    long = [word for word in rest if len(word) > 3]
    titled = len(long) > 1 and sum(not _LOWER.match(word) for word in long) >= 0.8 * len(long)
    return titled and limit < len(text) and not is_venue(right) and plain_key(left) != plain_key(right)
