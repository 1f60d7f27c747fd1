"""Hash a page's text so that two answers of one template, differing only in address, numbers or time, are equal. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import filterfalse
from urllib.parse import unquote

from linkcheck.pages.page import Page
from linkcheck.pages.vocabulary import words

_ASCII = re.compile(r"[\x00-\x7f]+")
_SEPARATORS = re.compile(r"[-_+.]+")
_DATE_WORDS = words("""
mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday am pm utc gmt
jan feb mar apr may jun jul aug sep oct nov dec
january february march april june july august september october november december
""")
"""Words of dates and times."""


def digest(page: Page, without_words: str = "") -> str:
    """A hash of the plain words of a page or, if it has none, of `without_words`; "" if that is empty, too.

    Leaves out words with digits, slashes or quotes, the last segment of the URL's path, and words of dates: error pages repeat the
    requested address and number their requests. For a long page only digits are left out.
    """
    text = page.text.casefold()
    if not page.short:
        return _hash(text.encode("utf-8", "replace").translate(None, b"0123456789"))
    for echo in _echoes(page.path):
        text = text.replace(echo, " ")
    plain: Iterable[str] = filter(str.isalpha, text.split())
    if not text.isascii():
        plain = (
            word if word.isascii() else _ASCII.sub("", word) for word in text.split() if word.isalpha() or _other_script(word)
        )
    kept = " ".join(filterfalse(_DATE_WORDS.__contains__, plain))
    kept = kept or without_words
    return _hash(kept.encode("utf-8", "replace")) if kept else ""


def _hash(text: bytes) -> str:
    return blake2b(text, digest_size=10).hexdigest()


def _other_script(word: str) -> bool:
    """Whether a word is of another script, maybe with punctuation, and no address or number."""
    return not word.isascii() and "/" not in word and not any(char.isdigit() for char in word)


def _echoes(path: str) -> list[str]:
    """The forms in which an error page may repeat the last segment of the path, longest first; none for a plain word."""
    last = unquote(path.rstrip("/").rpartition("/")[2], errors="replace").casefold()
    if not last or (last.isascii() and last.isalpha()):
        return []
    return [echo for echo in (last, _SEPARATORS.sub(" ", last)) if len(echo) >= 4]
