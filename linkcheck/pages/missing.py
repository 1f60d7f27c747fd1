"""Detect not-found pages by their words. A suspicion only: judging also needs a soft-404 probe. Pure."""

from __future__ import annotations

import re

from linkcheck.pages.page import Page, one_line
from linkcheck.pages.phrases import DENSE, Phrases, fold, main_phrase, sole_phrase
from linkcheck.pages.vocabulary import words
from linkcheck.pages.vocabulary.missing import MISSING, MISSING_FILLER, PAGE_WORDS

_TINY, _NOTICE, _LITTLE = 30, 120, 250
"""Maximum words of a page whose whole text is read like a title, of one whose sentences count, and of one whose later headings do."""
_EMPTY = 5
_MAX_HEADINGS = 12

_ADDRESSES = words("""
404 404.html 404.htm 404.php 404.aspx 404.shtml error404 error-404 error_404 not-found notfound not_found page-not-found
pagenotfound page_not_found notfound.html not-found.html
""")
"""Last path segments of error pages."""
_NUMBERS = frozenset({"404", "e404"})
"""Phrases that are also names (of cars, rooms and shows)."""

_core = Phrases(MISSING)
_filler = Phrases(MISSING_FILLER)
_page_words = Phrases(PAGE_WORDS)
_CLAUSE = re.compile(r"[.!?:;|。！？：；…·•—–]+|\s-\s")
_CORE, _FILL = "\x01", "\x02"
_RUN = re.compile(rf"[{_CORE}{_FILL}\W]*{_CORE}[{_CORE}{_FILL}\W]*")
_LEAST, _LEAST_DENSE = 3, 2
"""Least number of phrases and filler words that make a sentence: with spaces between words, and without."""
_ERROR_SCRIPT = re.compile(r"\blocation\b[^;<>]{0,120}/(?:404|not-?found)(?:\.html?)?[\"'`]")


def not_found(page: Page) -> str:
    """The not-found words in the page's title, headings or text, or its error-page address; else "".

    On a long page only the title and first headings count, and the number 404 only by itself.
    """
    for text in page.title_and_headings:
        found = _stated(text, long=not page.short)
        if found:
            return found[:80]
    if 'name="prerender-status-code" content="404"' in page.lower:
        return "prerender-status-code 404"
    last = page.path.rstrip("/").rpartition("/")[2].lower()
    if last in _ADDRESSES:
        return f"/{last}"
    return _in_headings(page) or _in_text(page)


def _stated(text: str, *, long: bool = False) -> str:
    """The part of a title that says so. The number alone must be all of it, on a short page beside the name of a site."""
    folded = fold(text)
    first = _core.first(folded)
    if not first:
        return ""
    if first in _NUMBERS and not set(_core.all(folded)) - _NUMBERS:
        stated = sole_phrase(text, _core, _filler)
        return stated if not long or stated == text.strip() else ""
    return main_phrase(text, _core, _filler)


def _in_headings(page: Page) -> str:
    """The later heading that says so on a page with little text, or ""."""
    if page.words > _LITTLE or page.tree is None:
        return ""
    for node in page.tree.css("h1,h2,h3")[:_MAX_HEADINGS]:
        found = _stated(one_line(node.text(separator=" ")))
        if found:
            return found[:80]
    return ""


def _in_text(page: Page) -> str:
    """The sentence of a page with little text that says so, or ""."""
    if page.words <= _EMPTY and (script := _ERROR_SCRIPT.search(page.lower)):
        return f"a script to {script[0].rpartition('/')[2]}"[:80]
    if page.words > _NOTICE:
        return ""
    text = fold(page.text[:2000])
    if not _core.first(text):
        return ""
    if page.words <= _TINY and (found := main_phrase(text[:400], _core, _filler)):
        return found[:80]
    return next((clause.strip()[-80:] for clause in _CLAUSE.split(text) if _says_missing(clause)), "")


def _says_missing(clause: str) -> bool:
    """Whether part of a folded sentence says of a page that it is missing; words before that (a menu) don't matter, later ones do."""
    if not _core.first(clause) or not _page_words.first(clause):
        return False
    marked = _filler.without(_core.without(clause, _CORE), _FILL)
    run = _RUN.search(marked)
    if run is None:
        return False
    phrases = sum(char in {_CORE, _FILL} for char in run[0])
    later = 0 if run[0].rstrip().endswith((",", "，", "、")) else len(marked[run.end() :].split())
    return phrases >= (_LEAST_DENSE if DENSE.search(clause) else _LEAST) and later <= phrases // 2
