"""The citation around a title: authors, venue, year, date, volume and pages. Doubtful parts stay in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.importing.entry.flat import Flat
from generator.importing.entry.people import People, people_of
from generator.importing.page.spans import Spans
from generator.importing.page.words import VENUE_WORDS, VENUES
from generator.sources.catalogue.model import Author

__all__ = ["Citation", "is_dated", "is_venue", "is_venue_label", "read_citation", "read_lead", "venue_of"]

_YEAR = r"(?<![\d:/.–-])(?:1[89]|20)\d\d(?![\d–]|-\d|[./]\d)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:19|20)\d\d[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?![\d\w])|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? (?:19|20)\d\d"
    rf"|{_MONTH}(?: \d{{1,2}},?)? (?:19|20)\d\d|(?:\d{{1,2}}[./]){{1,2}}(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_SKIP = re.compile(r"(?:[\s,.;:|｜·•–—\"“”'’‐→/]|-(?=\s|$)|-(?=[^\w]))*")
_BRACKETED = re.compile(r"[(\[（【]\s*(?P<inner>[^()\[\]（）【】\n]{2,90}?)\s*[)\]）】]")
_ENDS = re.compile(r"\s*(?:[.,;:|｜·•–—)(\]\[\"“”）【】]|-\s|\n|$)")
_SHORT_YEAR = re.compile(
    r"(?P<venue>(?:[A-Z][A-Za-z&/-]{1,20}?|arXiv|bioRxiv|medRxiv)(?: [Ww]orkshops?)?)[ '’-]{0,2}(?P<year>(?:19|20)?\d\d)(?![\d\w])"
)
_APOSTROPHE = re.compile(r"(?P<venue>[A-Z][\w&/-]*(?: (?:(?:of|on|and|for) )?[A-Z][\w&/-]*){1,5}) ?['’] ?(?P<year>\d\d)")
_SEASON = re.compile(rf"\b(?:spring|summer|fall|autumn|winter|{_MONTH})\b", re.IGNORECASE)
_WITH_YEAR = re.compile(rf"(?P<venue>[^|｜·•\n\"“”]{{2,170}}?)[\s,.'’:(\[-]*(?P<year>{_YEAR})[)\]]?")
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)\d\d)[ -](?P<venue>[A-Z][A-Za-z&-]{1,14})(?![\w-])")
_YEAR_ALONE = re.compile(rf"(?P<year>{_YEAR})(?:[a-z](?!\w))?")
_NUMBERS = re.compile(
    r"(?:(?:vol(?:ume)?|no|nr|pp?|pages?|issue|art|article|chapter|ch)\.?\s*)?\d[\d().:;,\s–-]*(?:(?:vol|no|nr|pp?|pages?|issue)\.?\s*\d[\d().:;,\s–-]*)*\d*\)?",
    re.IGNORECASE,
)
_TAIL_NUMBERS = re.compile(
    r"[\s,;:]+(?P<numbers>(?:(?:vol|no|nr|pp?|pages?|issue)\.?\s*)?[\d(][\d().:;,\s–/-]*\d[)\d]*)$", re.IGNORECASE
)
_PUBLISHER = re.compile(
    r"\.\s+(?P<publisher>IEEE|ACM|PMLR|Elsevier|Springer[\w ,-]*|Curran Associates[\w, .]*|AAAI Press|MIT Press|Citeseer)$"
)
_COUNTED = re.compile(r",\s*(?P<count>\d[\d,.]*[kK]?\+?)\s*citations?$", re.IGNORECASE)
_TAIL_MONTH = re.compile(
    rf"[\s,;]+(?:on )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)? )?(?P<month>{_MONTH})(?: \d{{1,2}})?$", re.IGNORECASE
)
_AWARD = re.compile(r"\s+\(?(?:oral|poster|spotlight|highlight|best paper(?: award)?)\)?$", re.IGNORECASE)
_VENUE_LABEL = re.compile(r"[A-Za-z][\w-]{1,15}?[ '’]?(?:[0-4]\d|9\d|(?:19|20)\d\d)")
_INITIALS_IN = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)*,")
_SENTENCE_WORDS = frozenset(
    ("On", "In", "For", "A", "An", "How", "Why", "What", "Towards", "Toward", "From", "To", "With", "By", "Released", "Since")
)
_OPEN_ENDED = re.compile(r"\b(?:at|from|with|by|to|is|are|was|that|which|as|about|into|since|on(?= \d))\b", re.IGNORECASE)
_TITLE_WORDS = 3
_INSIDE = re.compile(r"^(?:in:?|appeared in|published in|to appear in|proc\.? of|at)\s+", re.IGNORECASE)
_ACRONYM = re.compile(
    r"(?:[A-Z]{3,12}|[A-Z][A-Za-z]?[A-Z]{2,8}|[A-Z][a-z]{1,6}[A-Z]{2,8}|[A-Z]{2,8}[a-z]?-?[A-Z]{0,6})"
    r"(?:[ -](?:Oral|Poster|Spotlight|Workshop|Highlight|Findings|W))*"
)
_STOPS = re.compile(r"\n|\s[|｜·•–—-]\s|[(\[（【\"“”]")
_SOFT = re.compile(r"\bet\.? ?a[lt]\b\.?|(?<![A-Z])(?<!\b[A-Z][a-z])\.(?=\s|$)|[,:](?=\s)|(?<=\b[A-Z])\.(?=\s)")
_SENTENCE = re.compile(r"[a-z]{3,}[.!?]\s+[A-Z][a-z]")
_ABBREVIATED = re.compile(
    r"\b(?:conf|trans|proc|int|symp|intell|learn|syst|netw|front|rev|neurosci|acoust|res|sci|eng|mach|comput|vis|anal|appl|phys|math|stat"
    r"|lett|comm|commun|tech|adv|med|imag|process|autom|mag|ann|bull|univ|dept|min|knowl|discov|interdiscip|biol|chem|biomed|mater"
    r"|robot|softw|assoc|soc|nat|opt|electron|inf|theor|exp|gen|comp|arch|found|graph|lang|speech|hum|educ|manag|oper|ser|ed|eds|vol|no|pp)\.\s",
    re.IGNORECASE,
)
_PEOPLE_YEAR = re.compile(rf"(?P<who>.+?)[\s,(]+(?P<year>{_YEAR})\)?")
# Text that begins with a small letter is a citation only after one of these words.
_TALK = re.compile(r"[\s,.;:|｜·•–—-]*(?!arxiv|by |authors?|in )[a-z]{2,}[ ,]")
_CLAUSE = re.compile(r"[^,;|｜·•\n(\[]{2,80}?(?=\s*(?:[,;|｜·•\n(\[]|\.(?:\s+[^\Wa-z]|\s*$|\s*\n)|$))")


@dataclass(slots=True)
class Citation:
    """The parts of a citation. `weak`: a single name that may be a thing's; it counts where the page lists people in this way."""

    authors: tuple[Author, ...] = ()
    year: int | None = None
    venue: str | None = None
    date: str | None = None
    extra: list[tuple[str, str]] = field(default_factory=list)
    weak: bool = False

    @property
    def found(self) -> bool:
        """Whether anything was."""
        return bool(self.authors or self.year or self.venue or self.date)


def is_dated(text: str) -> bool:
    """Whether a text is a date or a year, and nothing else."""
    shown = text.strip(" ()[]【】.,:*_|")
    return bool(_DATE.fullmatch(shown) or re.fullmatch(r"(?:1[5-9]|20)\d\d[a-z]?", shown))


def is_venue(text: str) -> bool:
    """Whether a text names a venue, a year with it or not."""
    shown = text.strip(' ()[]【】.,:*_|"')
    found = venue_of(shown)
    return bool(found and found[0]) or (len(shown) < 60 and _known(shown, exact=True))


def is_venue_label(text: str) -> bool:
    """Whether a link's text has the form of a venue and its year, known or not: "Sky20", "ICML 2020"."""
    return is_venue(text) or _VENUE_LABEL.fullmatch(text.strip(" ()[].,:")) is not None


def venue_of(text: str) -> tuple[str | None, int | None] | None:
    """A venue with its year ("NeurIPS19", "ICML, 2020", "2021 ICCV"), or a year alone; None where a text is neither."""
    shown = text.strip(' ()[]【】.,:*_|"')
    if award := _AWARD.search(shown):
        inner = venue_of(shown[: award.start()])
        return (f"{inner[0]} {award[0].strip(' ()')}", inner[1]) if inner and inner[0] else None
    for pattern in (_YEAR_FIRST, _SHORT_YEAR):
        if (match := pattern.fullmatch(shown)) and _known(match["venue"], exact=True):
            return match["venue"], _full(match["year"])
    if (match := _APOSTROPHE.fullmatch(shown)) and not _SEASON.search(match["venue"]):
        return match["venue"], _full(match["year"])
    match = _WITH_YEAR.fullmatch(shown)
    if (
        match
        and not _SENTENCE.search(_ABBREVIATED.sub(" ", _PUBLISHER.sub("", match["venue"])))
        and not _INITIALS_IN.search(match["venue"])
        and "et al" not in match["venue"]
        and match["venue"].count("(") <= match["venue"].count(")")
        and (_known(match["venue"]) or _plausible(match["venue"]))
    ):
        return _INSIDE.sub("", match["venue"].strip(" ,.:(-")), int(match["year"])
    match = re.fullmatch(rf"({_YEAR})\.? (?P<venue>.{{2,60}})", shown)
    if match and _known(match["venue"], exact=True):
        return match["venue"], int(match[1])
    return (None, int(shown[:4])) if re.fullmatch(r"(?:1[89]|20)\d\d[a-z]?", shown) else None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else (1900 if int(year) > 50 else 2000) + int(year)


def _known(text: str, *, exact: bool = False) -> bool:
    """Whether a text has the words of a venue; `exact`: it is a venue's name alone, not a sentence with such a word."""
    shown = _INSIDE.sub("", text.strip(" ,.:;()'’-*"))
    words = shown.casefold().split()
    if not words or len(words) > 24 or (exact and len(words) > 6):
        return False
    bare = shown.casefold().rstrip("0123456789 '’")
    if bare in VENUES or words[0].strip(",.:()") in VENUES or re.split(r"[-/@ ]", bare)[0] in VENUES:
        return not exact or len(words) < 5 or VENUE_WORDS.search(shown) is not None
    if _ACRONYM.fullmatch(shown):
        return True
    first = re.split(r",\s|\.\s+(?=[A-Z][a-z]+ [a-z])", _ABBREVIATED.sub(". ", shown))[0] if len(words) > 8 else shown
    word = VENUE_WORDS.search(first)
    bound = word is not None and (word[0].casefold() not in {"arxiv", "preprint"} or word.start() == 0)
    return bound and (not exact or _plausible(shown))


def _plausible(text: str) -> bool:
    """Whether a text may be the name of an unknown venue: few words, most of them capitalised."""
    shown = _INSIDE.sub("", text.strip(" ,.:;()'’-"))
    words = re.findall(r"[^\W_][\w'’&.-]*", shown)
    small = [word for word in words if word[0].islower() and word not in {"of", "and", "on", "for", "de", "the"}]
    begun = bool(words) and (words[0][0].isupper() or words[0][0].isdigit()) and words[0] not in _SENTENCE_WORDS
    return 0 < len(words) <= 8 and begun and not small and len(shown) > 1 and "et al" not in shown


def read_citation(before: Flat, after: Flat) -> tuple[Citation, Spans, Spans]:
    """The citation around a title, and what is left of the text before and behind it."""
    found = Citation()
    head = _Reader(before, found, behind=False).run() if before.text else 0
    tail = _Reader(after, found, behind=True).run() if after.text and not _TALK.match(after.text) else 0
    return found, before.part(head, len(before.text)), after.part(tail, len(after.text))


def read_lead(flat: Flat) -> tuple[Citation, int]:
    """The citation before a title in the same text, and where it ends."""
    found = Citation()
    return found, _Reader(flat, found, behind=False, lead=True).run()


class _Reader:
    """Goes through a text as long as it says what a citation does."""

    def __init__(self, flat: Flat, found: Citation, *, behind: bool, lead: bool = False) -> None:
        self._lead = lead
        self._flat = flat
        self._text = flat.text
        self._found = found
        self._behind = behind
        plainly = not any(region.span.style for region in flat.regions)
        self._runs = [] if plainly else sorted({*flat.styled("i"), *flat.styled("b"), *flat.styled("c")})
        self._linked = [region.start for region in flat.regions if region.link]

    def run(self) -> int:
        """Read what is there; the place where the rest begins."""
        done = at = 0
        for _ in range(10):
            at = _skipped(self._text, at)
            done_people = self._lead and self._found.authors and not _BRACKETED.match(self._text, at)
            end = self._one(at) if at < len(self._text) and not done_people else None
            if end is None:
                break
            done = at = end
        return done

    def _one(self, at: int) -> int | None:
        """The end of one part of a citation at a place; None where there is none."""
        if any(start <= at < end for start, end in self._linked_parts()):
            return None
        if match := _BRACKETED.match(self._text, at):
            free = not any(match.start() < place < match.end() for place in self._linked)
            return match.end() if free and self._whole(match["inner"], bracketed=True) else self._volume(at)
        run = next((pair for pair in self._runs if pair[0] <= at < pair[1]), None)
        if run and any(run[0] <= place < run[1] for place in self._linked):
            return None
        if run and self._styled(at, run[1]):
            return self._styled_end
        return self._date(at) or self._people(at) or self._venue(at) or self._year(at) or self._volume(at)

    def _linked_parts(self) -> Iterator[tuple[int, int]]:
        return ((region.start, region.end) for region in self._flat.regions if region.link)

    def _whole(self, text: str, *, bracketed: bool = False) -> bool:
        """Whether a text is one part of a citation as a whole; taken if so."""
        shown = text.strip(" ,.;:|`*")
        if bracketed and (cited := _COUNTED.search(shown)) and self._whole(shown[: cited.start()], bracketed=True):
            self._found.extra.append(("citations", cited["count"]))
            return True
        if _DATE.fullmatch(shown):
            return self._take_date(shown)
        place = venue_of(shown)
        if place and (place[0] is None or self._found.venue is None):
            if (
                bracketed
                and self._behind
                and place[0]
                and not (_known(place[0]) or _APOSTROPHE.fullmatch(shown) or re.search(r"[A-Z]{2}", place[0]))
            ):
                return False
            return self._take_place(place[0], place[1])
        named = _known(shown, exact=True) and (
            bool(self._found.authors) or not _ACRONYM.fullmatch(shown) or shown.casefold() in VENUES
        )
        if self._found.venue is None and len(shown) < 60 and named and not bracketed:
            return self._take_place(shown, None)
        if bracketed and self._found.venue is None and shown.casefold().split("-")[0] in VENUES:
            return self._take_place(shown, None)
        both = _PEOPLE_YEAR.fullmatch(shown)
        if both and (who := self._who(both["who"])) and who.sure:
            return self._take_people(who) and self._take_place(None, int(both["year"]))
        who = None if bracketed else self._who(text)
        return self._take_people(who) if who and (who.sure or len(who.authors) > 1) else False

    def _styled(self, at: int, end: int) -> bool:
        """A part in type of its own: people, a venue, what both are with a year behind them."""
        inner = self._text[at:end]
        behind = re.compile(rf"[\s,.(]*(?P<year>{_YEAR})\)?").match(self._text, end)
        self._styled_end = end
        if self._whole(inner):
            if behind and self._found.venue and self._found.year is None and self._closed(behind.end()):
                self._found.year, self._styled_end = int(behind["year"]), behind.end()
            return True
        shown = _INSIDE.sub("", " ".join(inner.strip(" ,.;:").split()))
        if behind and self._found.venue is None and _plausible(shown) and len(shown) < 120 and self._closed(behind.end()):
            self._found.venue, self._styled_end = self._shortened(shown), behind.end()
            self._found.year = self._found.year or int(behind["year"])
            return True
        mixed = re.fullmatch(r"(?P<who>.+?\bet\.? ?al\b\.?)[\s,.]*(?P<venue>[^,.]{2,40})\.?", inner.strip())
        if mixed and (who := self._who(mixed["who"])) and is_venue(mixed["venue"]):
            place = venue_of(mixed["venue"]) or (mixed["venue"].strip(), None)
            return self._take_people(who) and self._take_place(*place)
        return False

    def _closed(self, end: int) -> bool:
        """Whether a part of a citation may end at a place: before a sign, a line's end, or type of another kind."""
        if _ENDS.match(self._text, end) is not None:
            return True
        after = re.compile(r"\s*").match(self._text, end)
        spot = after.end() if after else end
        sign = self._text[spot : spot + 1]
        return (
            any(spot == start for start, _ in self._runs)
            or spot in self._linked
            or (bool(sign) and not sign.isascii() and not sign.isalnum())
        )

    def _date(self, at: int) -> int | None:
        match = _DATE.match(self._text, at)
        if not match or not (
            self._closed(match.end()) or (not self._behind and self._text[match.end() : match.end() + 1] == " ")
        ):
            return None
        return match.end() if self._take_date(match[0]) else None

    def _take_date(self, shown: str) -> bool:
        year = re.search(r"(?<!\d)(?:19|20)\d\d", shown)
        if year is None or self._found.date is not None:
            return False
        self._found.year = self._found.year or int(year[0])
        self._found.date = " ".join(shown.split())
        return True

    def _year(self, at: int) -> int | None:
        match = _YEAR_ALONE.match(self._text, at)
        if not match or self._found.year is not None or not self._closed(match.end()):
            return None
        if not (self._found.authors or self._found.venue or re.match(r"\s*(?:[.|\])]|\n|$)", self._text[match.end() :])):
            return None
        self._found.year = int(match["year"])
        return match.end()

    def _who(self, text: str, *, citing: bool = False) -> People | None:
        if self._found.authors:
            return None
        return people_of(
            " ".join(text.split()), citing=citing or bool(self._found.venue or self._found.year) or not self._behind
        )

    def _take_people(self, who: People) -> bool:
        self._found.authors, self._found.weak = who.authors, not who.sure
        return True

    def _people(self, at: int) -> int | None:
        """People listed from a place on, up to where their list ends."""
        if self._found.authors or not (self._text[at].isalpha()):
            return None
        limit = self._limit(at)
        dated = _PEOPLE_YEAR.fullmatch(self._text[at:limit].rstrip(" .,;"))
        if (
            dated
            and (who := self._who(dated["who"], citing=True))
            and (who.sure or " and " in dated["who"])
            and self._take_people(who)
        ):
            return self._year(at + dated.start("year")) or at + dated.end("who")
        whole = self._who(self._text[at:limit])
        if whole and (whole.sure or not self._lead) and self._take_people(whole):
            return limit
        if any(start <= at < end for start, end in self._runs):
            return None
        ends = [
            (match.start() if match[0] in ",:" else match.end(), match[0]) for match in _SOFT.finditer(self._text, at, limit)
        ]
        for end, sign in reversed(ends[-60:]):
            cited = sign == "," and self._cited(end + 1)
            who = self._who(self._text[at:end], citing=cited)
            if who is None or (
                sign == "," and not cited and not (self._lead and who.sure and (len(who.authors) > 1 or self._worded(end)))
            ):
                continue
            if sign == "." and re.search(r"\b[A-Z]\.$", self._text[at:end]) and not self._worded(end - 1):
                continue
            if (sign == ":" and self._behind) or (not who.sure and (self._lead or sign == ":")):
                continue
            self._take_people(who)
            return end
        return None

    def _worded(self, at: int) -> bool:
        """Whether a title's worth of words stands behind a place: at least three before the next comma."""
        return len(re.findall(r"[^\W_]+", re.split(r"[,\n]", self._text[at + 1 :])[0])) >= _TITLE_WORDS

    def _limit(self, at: int) -> int:
        stop = _STOPS.search(self._text, at)
        limit = stop.start() if stop else len(self._text)
        styled = [place for pair in self._runs for place in pair if place > at]
        return min([limit, *styled, *(place for place in self._linked if place > at)])

    def _cited(self, at: int) -> bool:
        """Whether a venue or a year stands at a place."""
        spot = _skipped(self._text, at)
        if _YEAR_ALONE.match(self._text, spot) or _DATE.match(self._text, spot):
            return True
        run = next((pair for pair in self._runs if pair[0] <= spot < pair[1]), None)
        if run and (is_venue(self._text[run[0] : run[1]]) or _plausible(self._text[run[0] : run[1]])):
            return True
        match = _WITH_YEAR.match(self._text, spot)
        clause = re.split(r"[,.;|\n]", self._text[spot : spot + 80])[0]
        return bool(
            match and not _SENTENCE.search(match["venue"]) and (_known(match["venue"]) or _plausible(match["venue"]))
        ) or _known(clause, exact=True)

    def _venue(self, at: int) -> int | None:
        """A venue with its year, or one that is known by itself."""
        if self._found.venue is not None:
            return None
        for pattern in (_YEAR_FIRST, _SHORT_YEAR):
            match = pattern.match(self._text, at)
            if match and _known(match["venue"], exact=True) and self._closed(match.end()):
                return match.end() if self._take_place(match["venue"], _full(match["year"])) else None
        match = _WITH_YEAR.match(self._text, at)
        if match and self._text[at].isalnum() and self._closed(match.end()) and self._fits(match["venue"], match.end()):
            return match.end() if self._take_place(match["venue"], int(match["year"])) else None
        return self._venue_alone(at)

    def _fits(self, venue: str, end: int) -> bool:
        """Whether a text before a year is a venue: by its words, behind people, or all that its line says."""
        if _SENTENCE.search(_ABBREVIATED.sub(" ", _PUBLISHER.sub("", venue))):
            return False
        if _INSIDE.sub("", venue).split(" ")[0] in _SENTENCE_WORDS:
            return False
        if _INSIDE.sub("", venue)[:1].islower() and not venue.casefold().startswith("arx"):
            return False
        if _INITIALS_IN.search(venue) or venue.count("(") > venue.count(")") or _OPEN_ENDED.search(venue):
            return False
        if not _known(venue) and people_of(venue, citing=True):
            return False
        if _known(venue):
            return True
        alone = re.match(r"[.,;]?\s*(?:\n|$)", self._text[end:]) is not None
        return _plausible(venue) and "," not in venue and (alone or (bool(self._found.authors) and not self._found.weak))

    def _venue_alone(self, at: int) -> int | None:
        match = _CLAUSE.match(self._text, at)
        if match and (not match[0][0].islower() or match[0][:5].casefold() == "arxiv") and self._certain(match[0]):
            return match.end() if self._take_place(match[0], None) else None
        return None

    def _certain(self, text: str) -> bool:
        """Whether a text without a year is a venue: one of those that are known, or with a venue's words behind people."""
        shown = _INSIDE.sub("", text.strip())
        if shown.casefold() in VENUES and (len(shown) > 3 or self._found.authors):
            return True
        if re.match(r"arxiv(?: preprint)?(?: arxiv)?:? ?\d{4}\.\d{4,5}(?:v\d+)?$", shown, re.IGNORECASE):
            return True
        return bool(self._found.authors) and not self._found.weak and _known(shown, exact=True) and len(shown.split()) < 9

    def _take_place(self, venue: str | None, year: int | None) -> bool:
        if year is not None and self._found.year is None:
            self._found.year = year
        if venue is not None:
            self._found.venue = self._shortened(_INSIDE.sub("", " ".join(venue.split()).strip(" ,.;:(-'’\"")))
        return True

    def _shortened(self, venue: str) -> str:
        """A venue without volume, pages and publisher, which are kept by their names."""
        if match := _PUBLISHER.search(venue):
            self._found.extra.append(("publisher", match["publisher"]))
            venue = venue[: match.start()]
        if match := _TAIL_MONTH.search(venue):
            if match["day"] and self._found.date is None and self._found.year:
                self._found.date = f"{match['day']}{match['month']} {self._found.year}"
            venue = venue[: match.start()]
        if "arxiv" not in venue.casefold() and (match := _TAIL_NUMBERS.search(venue)) and len(venue[: match.start()]) > 2:
            self._found.extra.append(
                ("pages" if ":" in match["numbers"] or "p" in match["numbers"] else "volume", match["numbers"].strip(" ,:"))
            )
            venue = venue[: match.start()]
        return venue.strip(" ,.;:")

    def _volume(self, at: int) -> int | None:
        """Volume and pages, behind a venue."""
        match = _NUMBERS.match(self._text, at) if self._found.venue else None
        if match is None or not self._closed(match.end()) or any(key == "pages" for key, _ in self._found.extra):
            return None
        inner = re.search(r"\(\s*(?:19|20)\d\d\s*\)", match[0])
        shown = match[0][: inner.start() if inner else None].strip(" ,.;:")
        if is_dated(shown) or not re.search(r"\d", shown):
            return None
        self._found.extra.append(("volume" if inner else "pages", shown))
        return match.start() + (inner.start() if inner else len(match[0].rstrip(" ,.;:")))


def _skipped(text: str, at: int) -> int:
    match = _SKIP.match(text, at)
    return match.end() if match else at
