"""A digest of what a page says, the same for two answers of one template that differ by address, number or time only. Pure."""

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
"""Words of a clock or calendar."""


def digest(page: Page) -> str:
    """A hash of the plain words of a page's text; "" where it has none.

    Whatever carries a digit, a slash or a quote is left out, as are the last part of the URL's path and the clock's words: an
    error page repeats the address it was asked for, and counts its requests. Of a long page, only digits are left out.
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
    return _hash(kept.encode("utf-8", "replace")) if kept else ""


def _hash(text: bytes) -> str:
    return blake2b(text, digest_size=10).hexdigest()


def _other_script(word: str) -> bool:
    """A word (or, without spaces, a sentence) of another script with punctuation, but no address or number, about it."""
    return not word.isascii() and "/" not in word and not any(char.isdigit() for char in word)


def _echoes(path: str) -> list[str]:
    """How an error page may repeat what it was asked for, longest first; plain single words are left alone."""
    last = unquote(path.rstrip("/").rpartition("/")[2], errors="replace").casefold()
    if not last or (last.isascii() and last.isalpha()):
        return []
    return [echo for echo in (last, _SEPARATORS.sub(" ", last)) if len(echo) >= 4]
