"""Gambling, pills and pornography: what most hijacked domains end in. One piece of evidence among others. Pure."""

from __future__ import annotations

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import Phrases, fold
from linkcheck.pages.vocabulary.gambling import GAMBLING

_DISTINCT = 3
"""Different terms that it takes."""
_EVERY = 40
"""One term in so many words, or denser."""
_NAMED = 5

_terms = Phrases(GAMBLING)


def gambling(page: Page) -> str:
    """Up to five of the terms, or "". One of them must stand in title or heading, and the text must be full of them."""
    top = _terms.all(fold(" ".join(page.tops)))
    if not top:
        return ""
    found = top + _terms.all(fold(page.text))
    distinct = list(dict.fromkeys(found))
    if len(distinct) < _DISTINCT or len(found) * _EVERY < page.words:
        return ""
    return ", ".join(distinct[:_NAMED])
