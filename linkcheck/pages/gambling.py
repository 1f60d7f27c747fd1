"""Detect pages about gambling, pills or pornography, as on most hijacked domains. Evidence among others. Pure."""

from __future__ import annotations

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import Phrases, fold
from linkcheck.pages.vocabulary.gambling import GAMBLING

_MIN_TERMS = 3
"""Least number of different terms."""
_WORDS_PER_TERM = 40
"""There must be at least one term per this number of words."""
_MAX_SHOWN = 5

_terms = Phrases(GAMBLING)


def gambling(page: Page) -> str:
    """Up to five of the terms, or "". At least one must be in title or heading, and the text must have many."""
    in_headings = _terms.all(fold(" ".join(page.title_and_headings)))
    if not in_headings:
        return ""
    found = in_headings + _terms.all(fold(page.text))
    distinct = list(dict.fromkeys(found))
    if len(distinct) < _MIN_TERMS or len(found) * _WORDS_PER_TERM < page.words:
        return ""
    return ", ".join(distinct[:_MAX_SHOWN])
