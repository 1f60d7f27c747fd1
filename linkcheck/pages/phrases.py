"""Find phrases of many languages in titles and texts. Pure.

Phrases are compiled into one pattern that shares common prefixes, so that a thousand cost little more than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby

_SEPARATORS = re.compile(r"\s+[-–—/~]+\s+|\s*[|·•»«›‹:!?。！？|∙⋅…、，【】\[\]]+\s*|[.]+(?:\s+|$)|\s*--+\s*")
_SITE_SEPARATORS = re.compile(r"\s+[-–—]+\s+|\s*[|·•»«∙⋅【】:]\s*")
"""Separators between the name of a page and the name of its site."""
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_SCRIPTS_WITHOUT_SPACES = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
ADDRESS = re.compile(r"\b[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}\b")
"""A domain name in a text."""
_SITE_NAME_WORDS = 4
"""Maximum words of a site's name in a title (half as many after a colon)."""
DENSE = re.compile(f"[{_SCRIPTS_WITHOUT_SPACES}]")


@lru_cache(maxsize=16)
def fold(text: str) -> str:
    """Fold a text for comparing: no case, plain apostrophes, single spaces. The last ones are remembered: many signals ask for one page's."""
    return " ".join(text.casefold().translate(_APOSTROPHES).split())


def title_parts(text: str) -> list[str]:
    """The parts of a title between separators and sentence ends, and the whole title."""
    pieces = [piece.strip() for piece in _SEPARATORS.split(text)]
    return [piece for piece in dict.fromkeys((*pieces, text)) if piece]


class Phrases:
    """A set of phrases. They match whole words; in scripts without spaces anywhere. Compiled at first use."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = {fold(phrase) for phrase in phrases}

    @cached_property
    def _spaced(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){_pattern_of(phrase for phrase in self._phrases if not DENSE.search(phrase))}(?!\w)")

    @cached_property
    def _dense(self) -> re.Pattern[str]:
        return re.compile(_pattern_of(phrase for phrase in self._phrases if DENSE.search(phrase)))

    def all(self, folded: str) -> list[str]:
        """All phrases in a folded text, without overlaps."""
        found = [match[0] for match in self._spaced.finditer(folded)]
        return found if folded.isascii() else found + [match[0] for match in self._dense.finditer(folded)]

    def first(self, folded: str) -> str:
        """The first phrase in a folded text, or ""."""
        match = self._spaced.search(folded)
        if match is None and not folded.isascii():
            match = self._dense.search(folded)
        return match[0] if match else ""

    def without(self, folded: str, instead: str = " ") -> str:
        """The folded text without the phrases, with a mark `instead` of each."""
        rest = self._spaced.sub(instead, folded)
        return rest if rest.isascii() else self._dense.sub(instead, rest)


def main_phrase(text: str, core: Phrases, filler: Phrases, share: float = 0.6) -> str:
    """The first part of a title that consists of a core phrase and little besides filler words, as written; else "".

    Matches "Error 404 | Example" and "Sorry, page not found", but not "How 404 pages work".
    """
    folded = fold(text)
    if not core.first(folded):
        return ""
    for part in title_parts(text):
        folded = fold(part)
        if core.first(folded) and _other_share(folded, core, filler) <= 1 - share:
            return part
    return ""


def sole_phrase(text: str, core: Phrases, filler: Phrases) -> str:
    """Like `main_phrase`, but stricter: almost only phrase and filler, and besides at most the name of a site.

    Matches "Log in | Example", but not "Log in: a short history of passwords".
    """
    text = ADDRESS.sub(" ", text)
    name_words = _SITE_NAME_WORDS // 2 if ":" in text else _SITE_NAME_WORDS
    for piece in _SITE_SEPARATORS.split(text):
        folded = fold(piece)
        if core.first(folded) and _other_share(folded, core, filler) <= 0.25:
            return piece.strip() if len(text.split()) - len(piece.split()) <= name_words else ""
    return ""


def stated_phrase(title_and_headings: Iterable[str], core: Phrases, filler: Phrases, before: tuple[str, ...] = ()) -> str:
    """The phrase that is the title of a page or, if its title has none, a heading; else "".

    A title with the phrase among other words is about the subject, and then no heading counts. `before` are words that may follow
    the phrase before a name ("Sign in to Example").
    """
    for text in title_and_headings:
        folded = fold(text)
        first = core.first(folded)
        if first:
            return sole_phrase(text, core, filler) or (
                text if folded.startswith(tuple(f"{first} {word} " for word in before)) else ""
            )
    return ""


def _other_share(folded: str, core: Phrases, filler: Phrases) -> float:
    """The share of a text's letters that is neither phrase nor filler."""
    return _letters(filler.without(core.without(folded))) / max(1, _letters(folded))


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _pattern_of(phrases: Iterable[str]) -> str:
    """One pattern for all phrases that prefers the longest match; it matches nothing if there are none."""
    ordered = sorted(phrases)
    return _branches(ordered, 0) if ordered else r"(?!)"


def _branches(phrases: list[str], at: int) -> str:
    """The pattern of sorted phrases that are equal before index `at`."""
    ends, rest = len(phrases[0]) == at, phrases
    if ends:
        rest = phrases[1:]
    branches = [
        re.escape(char) + _branches(list(group), at + 1) for char, group in groupby(rest, key=lambda phrase: phrase[at])
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined
