"""Detect walls: pages that a site puts before its content, whatever the address. Pure.

They ask for the visitor's age, browser, cookies, country, patience or consent, or say that the site is under maintenance. Logins and
bot challenges have files of their own. The demand must be the page: its title or first heading, or a sentence of a very short page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linkcheck.pages.page import SHORT, Page
from linkcheck.pages.phrases import Phrases, fold, sole_phrase
from linkcheck.pages.vocabulary import wall as vocabulary
from linkcheck.urls.components import split_url

MAINTENANCE = "under maintenance"
CHOICE = "asks for a country or language"


@dataclass(frozen=True, slots=True)
class _Wall:
    """A kind of wall: what it does, its titles and sentences, and the path segments of its addresses."""

    does: str
    titles: frozenset[str]
    sentences: frozenset[str]
    segment: str


_WALLS = (
    _Wall(
        "asks for the visitor's age",
        vocabulary.AGE,
        vocabulary.AGE_SENTENCES,
        r"age[-_]?(?:gate|check|verif\w*|restrict\w*|confirm\w*|wall)|verify[-_]?(?:your[-_]?)?age|over[-_]?(?:18|21)"
        r"|adult[-_]?(?:warning|content|check)",
    ),
    _Wall(
        "wants another browser",
        vocabulary.BROWSER,
        vocabulary.BROWSER_SENTENCES,
        r"(?:un|not[-_]?)supported[-_]?browsers?|(?:outdated|old|bad|incompatible|upgrade|update)[-_]?(?:your[-_]?)?browser"
        r"|browser[-_]?(?:upgrade|update|unsupported|not[-_]?supported|warning|incompatible)|(?:no|enable)[-_]?(?:js|javascript)",
    ),
    _Wall(
        "wants cookies",
        vocabulary.COOKIES,
        vocabulary.COOKIES_SENTENCES,
        r"(?:no|enable|need|require|missing)[-_]?cookies?|cookies?[-_]?(?:required|disabled|error|check|test|absent|needed|wall)",
    ),
    _Wall(
        "refuses the visitor's country",
        vocabulary.REGION,
        vocabulary.REGION,
        r"geo[-_]?(?:block\w*|restrict\w*|fence\w*)|(?:region|country)[-_]?(?:block\w*|restrict\w*|unavailable|not[-_]?available)"
        r"|(?:not[-_]?available|unavailable|blocked)[-_]?in[-_]?(?:your|this)[-_]?\w+",
    ),
    _Wall(
        "lets visitors wait",
        vocabulary.QUEUE,
        vocabulary.QUEUE_SENTENCES,
        r"(?:virtual[-_]?)?(?:waiting[-_]?room|queue)|queue[-_]?it|softblock",
    ),
    _Wall(
        "asks for consent",
        vocabulary.CONSENT,
        frozenset(),
        r"(?:collect[-_]?)?consent|gdpr|(?:cookie|privacy|gdpr)[-_]?(?:consent|wall|gate|check)",
    ),
    _Wall(
        CHOICE,
        vocabulary.CHOICE,
        frozenset(),
        r"(?:select|choose|pick|change)[-_]?(?:your[-_]?)?(?:country|region|language|locale|location|market)"
        r"|(?:country|region|language|locale|market)[-_]?(?:select(?:or|ion)?|choos\w*|choice|picker|gate)",
    ),
    _Wall(
        MAINTENANCE,
        vocabulary.MAINTENANCE,
        vocabulary.MAINTENANCE_SENTENCES,
        r"(?:under[-_]?)?maintenance(?:[-_]?(?:mode|page))?|wartung(?:sarbeiten)?|mantenimiento|manutencao|manutenzione|onderhoud"
        r"|site[-_]?down|back[-_]?soon",
    ),
)

_NOTICE, _TITLED, _ADDRESSED = 60, 120, 250
"""Maximum words of a page whose text may contain the sentence, of one with a title alone, and of one with a telling address."""
_WORDY = frozenset({"asks for consent", CHOICE})
"""Walls with a long text, known by their titles."""
_RETURN = re.compile(
    r"(?:^|&)(?:next|return\w*|redirect\w*|continue\w*|back\w*|dest(?:ination)?|goto|target|from|ref\w*|r|u|url|original\w*|came_from|forward|service|rd"
    r"|t|page|path|origin\w*|src|callback\w*)=(?:https?(?::|%3a)|/|%2f)",
    re.IGNORECASE,
)

_TITLES = {fold(phrase): one.does for one in _WALLS for phrase in one.titles}
_SENTENCES = {fold(phrase): one.does for one in _WALLS for phrase in one.sentences}
_titles = Phrases(_TITLES)
_sentences = Phrases(_SENTENCES)
_filler = Phrases(vocabulary.WALL_FILLER)
_segment = re.compile("|".join(f"(?P<k{number}>{one.segment})" for number, one in enumerate(_WALLS)), re.IGNORECASE)


def wall(page: Page) -> tuple[str, str]:
    """What the wall does and the words that show it; ("", "") for a page that is none."""
    if page.words >= SHORT or not 200 <= page.status < 300:
        return "", ""
    for text in page.title_and_headings:
        first = _titles.first(fold(text))
        if first:
            stated, does = sole_phrase(text, _titles, _filler), _TITLES[first]
            if stated and (page.words <= _TITLED or does in _WORDY or _sentences.first(fold(page.text))):
                return does, stated[:80]
            break
    kind = _kind_of(page.path.split("/"))
    if page.words <= (_ADDRESSED if kind else _NOTICE):
        found = _sentences.first(fold(page.text))
        if found:
            return _SENTENCES[found], found
    if page.words <= _ADDRESSED and _RETURN.search(split_url(page.url).query or ""):
        kind = kind or _kind_of([page.host.partition(".")[0]])
        return kind, f"{page.host}{page.path}"[:80] if kind else ""
    return "", ""


def _kind_of(segments: Iterable[str]) -> str:
    """What a wall does, by the segments of its address; "" for none."""
    for segment in segments:
        found = _segment.fullmatch(segment.partition(";")[0].rpartition(".")[0] or segment)
        if found is not None and found.lastgroup is not None:
            return _WALLS[int(found.lastgroup[1:])].does
    return ""
