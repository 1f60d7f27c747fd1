"""Compare lists of authors as evidence for one work or two. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_ET_AL = re.compile(r"\b(?:and )?(?:et al\.?|others|u\. ?a\.)$", re.IGNORECASE)
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


class Agreement(Enum):
    """Whether the authors of two works agree: unknown (a list is empty), not at all, partly, well."""

    UNKNOWN = "unknown"
    NONE = "none"
    SOME = "some"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Person:
    """A folded name. `initial` is the first letter of the given name, or ""."""

    family: str
    initial: str

    def could_be(self, other: Person) -> bool:
        """Whether two names can belong to one person."""
        return self.family == other.family and (not self.initial or not other.initial or self.initial == other.initial)


def people(names: tuple[str, ...]) -> tuple[Person, ...]:
    """Parse names: "Family, Given", "Given Family" or "Family"; "et al." and empty names are left out."""
    found = (_person(name if name.isalpha() else _without_et_al(name)) for name in names)
    return tuple(person for person in found if person is not None)


def _without_et_al(name: str) -> str:
    plain = " ".join(name.split())
    folded = _ET_AL.sub("", plain)
    return plain if folded == plain else folded.rstrip(" ,&")


@lru_cache(maxsize=32768)
def _person(name: str) -> Person | None:
    folded = name.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_STROKES)
    before, comma, after = folded.partition(",")
    family = [word for word in _WORD.findall(before) if word not in _SUFFIXES] or _WORD.findall(before)
    if not family:
        return None
    given = _WORD.findall(after) if comma else family[:-1]
    return Person(family[-1], given[0][0] if given else "")


def agreement(one: tuple[Person, ...], other: tuple[Person, ...]) -> Agreement:
    """GOOD if the first authors or at least half of all can be the same people, NONE if no author can."""
    if not one or not other:
        return Agreement.UNKNOWN
    shared = sum(any(person.could_be(candidate) for candidate in other) for person in one[:50])
    if not shared:
        return Agreement.NONE
    if one[0].could_be(other[0]) or 2 * shared >= len(one) + len(other) - shared:
        return Agreement.GOOD
    return Agreement.SOME
