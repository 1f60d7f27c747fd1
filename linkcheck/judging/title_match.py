"""Compare page titles with each other and with the title of a work. Pure; evidence only, never proof of death."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = frozenset(
    "a an and are as at by for from how in is it of on or that the this to via what why with "  # noqa: SIM905  # reads as a list
    "und der die das de la le".split()
)


def words(text: str) -> frozenset[str]:
    """The words of a title without case, accents and stop words (with them, if there are no others)."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    found = _WORD.findall("".join(char for char in folded if not unicodedata.combining(char)))
    return frozenset(found) - _STOP_WORDS or frozenset(found)


def names_work(title: str | None, page: str) -> bool:
    """Whether a page's title or heading has most words of the work's title; False if either is unknown."""
    if not title or not page:
        return False
    wanted, shown = words(title), words(page)
    return bool(wanted) and len(wanted & shown) >= max(1.0, 0.6 * min(len(wanted), 8))


def similar(one: str, other: str) -> bool:
    """Whether two page titles share at least half of the shorter one's words."""
    first, second = words(one), words(other)
    smaller = min(len(first), len(second))
    return bool(smaller) and 2 * len(first & second) >= smaller
