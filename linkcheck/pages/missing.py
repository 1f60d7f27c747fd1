"""Detect not-found pages by their words. A suspicion only: judging also needs a soft-404 probe. Pure."""

from __future__ import annotations

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import Phrases, main_phrase
from linkcheck.pages.vocabulary import words
from linkcheck.pages.vocabulary.missing import MISSING, MISSING_FILLER

_TINY = 30
"""Words up to which a whole text is read like a title."""

_ADDRESSES = words("""
404 404.html 404.htm 404.php 404.aspx 404.shtml error404 error-404 error_404 not-found notfound not_found page-not-found
pagenotfound page_not_found notfound.html not-found.html
""")
"""Last path segments of error pages."""

_core = Phrases(MISSING)
_filler = Phrases(MISSING_FILLER)


def not_found(page: Page) -> str:
    """The not-found words in the page's title, first heading or (if tiny) text, or its error-page address; else ""."""
    for text in page.title_and_headings:
        found = main_phrase(text, _core, _filler)
        if found:
            return found[:80]
    if page.words <= _TINY:
        found = main_phrase(page.text[:400], _core, _filler)
        if found:
            return found[:80]
    if 'name="prerender-status-code" content="404"' in page.lower:
        return "prerender-status-code 404"
    last = page.path.rstrip("/").rpartition("/")[2].lower()
    return f"/{last}" if last in _ADDRESSES else ""
