"""Find entries with similar titles, with authors, years and URLs as evidence for and against. Pure; linear in the entries.

The results are probable at most: a person decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from linkcheck.duplicates.groups import shared
from linkcheck.duplicates.people import Agreement, Person, agreement, people
from linkcheck.duplicates.titles import Nearness, Title, fold, is_respelling, title_nearness
from linkcheck.identity import Identity
from linkcheck.model import Candidate
from linkcheck.urls import compare_key

_RARE_WORDS = 3
_MAX_BLOCK = 50
"""A pair of words that more titles share than this is ignored."""
_WINDOW = 12
"""Number of following entries that each entry with an equal title is compared with, sorted by author and year."""
_COUNTERS = re.compile(r"\d+|spring|summer|autumn|fall|winter|first|second|third")
_MANY_NAMES = frozenset({"doi", "openreview"})
"""Kinds of which one work may have several identities; different identities of another kind mean different works."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of an entry: folded title and authors, year, key of the URL, certain identities."""

    title: Title
    authors: tuple[Person, ...]
    year: int | None
    key: str
    names: tuple[Identity, ...]


def features_of(candidate: Candidate, names: tuple[Identity, ...]) -> Features:
    """The features of an entry with its identities `names`."""
    work = candidate.work
    return Features(
        title=fold(work.title or ""),
        authors=people(work.authors),
        year=work.year,
        key=compare_key(candidate.urls[0]) if candidate.urls else "",
        names=names,
    )


def candidate_pairs(entries: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing, each once, in order: equal titles, with and without subtitle, or with rare words in common."""
    found: set[tuple[int, int]] = set()
    for block in _equal_blocks(entries):
        block.sort(key=lambda at: (_surname(entries[at]), entries[at].year or 0, at))
        for start, one in enumerate(block):
            found.update((min(one, other), max(one, other)) for other in block[start + 1 : start + 1 + _WINDOW])
    for block in _rare_blocks(entries):
        found.update(combinations(block, 2))
    yield from sorted(found)


def _surname(entry: Features) -> str:
    return entry.authors[0].family if entry.authors else ""


def _equal_blocks(entries: Sequence[Features]) -> list[list[int]]:
    keyed = ((key, at) for at, entry in enumerate(entries) for key in (entry.title.joined, entry.title.head) if key)
    return list(shared(keyed).values())


def _rare_blocks(entries: Sequence[Features]) -> list[list[int]]:
    frequency = Counter(word for entry in entries for word in set(entry.title.words))

    def keyed() -> Iterator[tuple[tuple[str, str], int]]:
        for at, entry in enumerate(entries):
            rarest = sorted(set(entry.title.words), key=lambda word: (frequency[word], word))[:_RARE_WORDS]
            for pair in combinations(sorted(rarest), 2):
                yield pair, at

    return [block for block in shared(keyed()).values() if len(block) <= _MAX_BLOCK]


def near_title_reason(one: Features, other: Features) -> str | None:
    """Why two entries are probably one work, as a full sentence; None if they aren't."""
    near = title_nearness(one.title, other.title)
    if near is None or _distinct(one, other):
        return None
    authors = agreement(one.authors, other.authors)
    years_apart = abs(one.year - other.year) if one.year is not None and other.year is not None else None
    if authors is Agreement.NONE or not _sufficient(near, authors, years_apart, one, other):
        return None
    return f"{_TITLES[near]}; {_evidence(authors, years_apart, one)}."


def _distinct(one: Features, other: Features) -> bool:
    """Whether identities or URLs show two works: different arXiv ids or videos, or the same page of another year."""
    theirs = defaultdict(set)
    for name in other.names:
        theirs[name.kind].add(name.key)
    mine = defaultdict(set)
    for name in one.names:
        mine[name.kind].add(name.key)
    if any(kind in theirs and not keys & theirs[kind] for kind, keys in mine.items() if kind not in _MANY_NAMES):
        return True
    return (
        bool(one.key) and one.key != other.key and _COUNTERS.sub("#", one.key.lower()) == _COUNTERS.sub("#", other.key.lower())
    )


def _sufficient(near: Nearness, authors: Agreement, years_apart: int | None, one: Features, other: Features) -> bool:
    """Whether authors and years are enough evidence for titles this similar. `years_apart` is None if a year is unknown."""
    close_years = years_apart is None or years_apart <= 1
    if one.title.generic or other.title.generic:
        return near is Nearness.EQUAL and (
            (authors is Agreement.GOOD and not years_apart)
            or (authors is Agreement.UNKNOWN and years_apart == 0 and len(one.title.words) > 1)
        )
    if near is Nearness.EQUAL:
        return close_years or (authors is Agreement.GOOD and years_apart is not None and years_apart <= 4)
    if near is Nearness.SUBTITLE:
        return authors is Agreement.GOOD and close_years
    spelling = all(is_respelling(*pair) for pair in zip(one.title.words, other.title.words, strict=True) if pair[0] != pair[1])
    return (authors is Agreement.GOOD and close_years) or (
        authors is Agreement.UNKNOWN and len(one.title.words) >= 4 and close_years and (spelling or years_apart == 0)
    )


_TITLES = {
    Nearness.EQUAL: "The titles are equal except for case, accents and punctuation",
    Nearness.TYPO: "The titles differ only by a typo or spelling variant",
    Nearness.SUBTITLE: "One title is the other with a subtitle",
}


def _evidence(authors: Agreement, years_apart: int | None, one: Features) -> str:
    phrase = {
        Agreement.GOOD: f"the authors agree ({one.authors[0].family.title() if one.authors else ''})",
        Agreement.SOME: "some authors are the same",
        Agreement.UNKNOWN: "the authors of one are unknown",
        Agreement.NONE: "the authors differ",
    }[authors]
    if years_apart is None:
        return f"{phrase}, and a year is missing"
    return (
        f"{phrase}, and so do the years ({one.year})"
        if years_apart == 0 and authors is Agreement.GOOD
        else f"{phrase}; {_years(years_apart, one.year)}"
    )


def _years(apart: int, year: int | None) -> str:
    return f"both are from {year}" if apart == 0 else f"they are {apart} {'year' if apart == 1 else 'years'} apart"
