"""Gambling, pills and pornography: what most hijacked domains end in. One piece of evidence among others. Pure."""

from __future__ import annotations

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import Phrases, fold
from linkcheck.pages.vocabulary.gambling import GAMBLING

_MIN_TERMS = 3
"""Different terms that it takes."""
_WORDS_PER_TERM = 40
"""One term in so many words, or denser."""
_MAX_SHOWN = 5

_terms = Phrases(GAMBLING)


def gambling(page: Page) -> str:
    """Up to five of the terms, or "". One of them must stand in title or heading, and the text must be full of them."""
    in_headings = _terms.all(fold(" ".join(page.title_and_headings)))
    if not in_headings:
        return ""
    found = in_headings + _terms.all(fold(page.text))
    distinct = list(dict.fromkeys(found))
    if len(distinct) < _MIN_TERMS or len(found) * _WORDS_PER_TERM < page.words:
        return ""
    return ", ".join(distinct[:_MAX_SHOWN])
