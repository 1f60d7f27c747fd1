"""Entries whose titles are near, with authors, years and URLs as evidence for and against. Pure, and linear in the entries.

What it finds is probable at most: a person decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from linkcheck.duplicates.groups import shared
from linkcheck.duplicates.people import Agreement, Person, agreement, people
from linkcheck.duplicates.titles import Nearness, Title, fold, nearness, respelt
from linkcheck.identity import Identity
from linkcheck.model import Candidate
from linkcheck.urls import compare_key

_RAREST = 3
_BLOCK = 50
"""A pair of words that more titles share than this tells nothing."""
_WINDOW = 12
"""In a block of equal titles each is compared with so many that follow it, sorted by author and year."""
_COUNTED = re.compile(r"\d+|spring|summer|autumn|fall|winter|first|second|third")
_MANY_NAMES = frozenset({"doi", "openreview"})
"""Kinds of which one work may well have several; with two different names of any other kind two entries are two works."""


@dataclass(frozen=True, slots=True)
class Known:
    """One entry, prepared: its folded title and authors, its year, the key of its URL, the identities it certainly has."""

    title: Title
    authors: tuple[Person, ...]
    year: int | None
    key: str
    names: tuple[Identity, ...]


def known(candidate: Candidate, names: tuple[Identity, ...]) -> Known:
    """What the comparison of titles needs of an entry."""
    work = candidate.work
    return Known(
        title=fold(work.title or ""),
        authors=people(work.authors),
        year=work.year,
        key=compare_key(candidate.urls[0]) if candidate.urls else "",
        names=names,
    )


def pairs(entries: Sequence[Known]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing, each once, in order: equal titles, a title and its subtitled form, rare words in common."""
    found: set[tuple[int, int]] = set()
    for block in _equal_blocks(entries):
        block.sort(key=lambda at: (_surname(entries[at]), entries[at].year or 0, at))
        for start, one in enumerate(block):
            found.update((min(one, other), max(one, other)) for other in block[start + 1 : start + 1 + _WINDOW])
    for block in _rare_blocks(entries):
        found.update(combinations(block, 2))
    yield from sorted(found)


def _surname(entry: Known) -> str:
    return entry.authors[0].family if entry.authors else ""


def _equal_blocks(entries: Sequence[Known]) -> list[list[int]]:
    keyed = ((key, at) for at, entry in enumerate(entries) for key in (entry.title.squashed, entry.title.head) if key)
    return list(shared(keyed).values())


def _rare_blocks(entries: Sequence[Known]) -> list[list[int]]:
    often = Counter(word for entry in entries for word in set(entry.title.words))

    def keyed() -> Iterator[tuple[tuple[str, str], int]]:
        for at, entry in enumerate(entries):
            rarest = sorted(set(entry.title.words), key=lambda word: (often[word], word))[:_RAREST]
            for pair in combinations(sorted(rarest), 2):
                yield pair, at

    return [block for block in shared(keyed()).values() if len(block) <= _BLOCK]


def likely(one: Known, other: Known) -> str | None:
    """Why two entries are probably one work, as a full sentence; None where they aren't, or nothing speaks for it."""
    near = nearness(one.title, other.title)
    if near is None or _told_apart(one, other):
        return None
    who = agreement(one.authors, other.authors)
    apart = abs(one.year - other.year) if one.year is not None and other.year is not None else None
    if who is Agreement.NONE or not _enough(near, who, apart, one, other):
        return None
    return f"{_TITLES[near]}; {_evidence(who, apart, one)}."


def _told_apart(one: Known, other: Known) -> bool:
    """Whether names or URLs say that two entries are two: other arXiv ids, other videos, the same page of another year."""
    theirs = defaultdict(set)
    for name in other.names:
        theirs[name.kind].add(name.key)
    mine = defaultdict(set)
    for name in one.names:
        mine[name.kind].add(name.key)
    if any(kind in theirs and not keys & theirs[kind] for kind, keys in mine.items() if kind not in _MANY_NAMES):
        return True
    return bool(one.key) and one.key != other.key and _COUNTED.sub("#", one.key.lower()) == _COUNTED.sub("#", other.key.lower())


def _enough(near: Nearness, who: Agreement, apart: int | None, one: Known, other: Known) -> bool:
    """The table: how much authors and years must say for titles as near as these. `apart` is in years, None for unknown."""
    close = apart is None or apart <= 1
    if one.title.generic or other.title.generic:
        return near is Nearness.EQUAL and (
            (who is Agreement.GOOD and not apart) or (who is Agreement.UNKNOWN and apart == 0 and len(one.title.words) > 1)
        )
    if near is Nearness.EQUAL:
        return close or (who is Agreement.GOOD and apart is not None and apart <= 4)
    if near is Nearness.SUBTITLE:
        return who is Agreement.GOOD and close
    spelling = all(respelt(*pair) for pair in zip(one.title.words, other.title.words, strict=True) if pair[0] != pair[1])
    return (who is Agreement.GOOD and close) or (
        who is Agreement.UNKNOWN and len(one.title.words) >= 4 and close and (spelling or apart == 0)
    )


_TITLES = {
    Nearness.EQUAL: "The titles are equal but for case, accents and punctuation",
    Nearness.SLIP: "The titles differ only in what looks like a slip of the pen or another spelling",
    Nearness.SUBTITLE: "One title is the other with a subtitle",
}


def _evidence(who: Agreement, apart: int | None, one: Known) -> str:
    said = {
        Agreement.GOOD: f"the authors agree ({one.authors[0].family.title() if one.authors else ''})",
        Agreement.SOME: "some authors are the same",
        Agreement.UNKNOWN: "the authors aren't known of both",
        Agreement.NONE: "the authors differ",
    }[who]
    if apart is None:
        return f"{said}, and a year is missing"
    return (
        f"{said}, and so does the year ({one.year})"
        if apart == 0 and who is Agreement.GOOD
        else f"{said}; {_years(apart, one.year)}"
    )


def _years(apart: int, year: int | None) -> str:
    return f"both are of {year}" if apart == 0 else f"the years are {apart} apart"
