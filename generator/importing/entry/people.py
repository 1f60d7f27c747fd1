"""Names of people, in the forms in which citations list them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from generator.importing.page.words import NOT_NAMES, PARTICLES
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import Author

__all__ = ["ET_AL", "People", "is_person", "is_sure_name", "people_of"]

ET_AL = Author(literal="et al.")
_INITIALS = r"[^\W\d_a-z]\.?(?:[- ]?[^\W\d_a-z]\.?)*"
_INITIAL = r"[^\W\d_a-z]\.(?:[- ]?[^\W\d_a-z]\.)*"
_PARTICLE = "|".join(sorted(map(re.escape, PARTICLES), key=len, reverse=True))
_WORD = rf"(?:{_INITIAL}|[^\W\d_a-z][\w'’.-]*|(?:{_PARTICLE})(?= )|[dl]['’][^\W\d_a-z]\w+)"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,5}}(?:,? (?:Jr|Sr)\.?| I{{2,3}})?")
_GIVEN_NAMES = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}(?: (?:{_PARTICLE})){{0,2}}")
_LOOSE = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,4}")
_SURNAME = re.compile(rf"(?:(?:{_PARTICLE}) ){{0,2}}[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?")
_ONLY_INITIALS = re.compile(rf"{_INITIALS}")
_WITH_INITIALS = re.compile(r"(?P<family>[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?) (?P<given>(?:[A-Z]\.?-?){1,3})")
_END = re.compile(r"(?:,\s*|\s+|\b)(?:(?:and|&)\s+)?(?:\bet\.?\s*a[lt]\b\.?|\bothers\b|\bcolleagues\b)\s*[.,]*$", re.IGNORECASE)
_MARKS = re.compile(r"\\?[*†‡§¹²³⁴#]+|\u200b")
_CLOSE = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z][a-z])")
_AND = re.compile(r"\s+(?:and|und|et|y|e)\s+|\s*&\s*")
_PARTS = re.compile(r",?\s+(?:and|und)\s+|\s*,?\s*&\s*|,\s*(?:and\s+)?")
_BY = re.compile(r"(?:written |edited |created |made |posted )?by:?\s+|(?:authors?|speakers?)\s*:\s*", re.IGNORECASE)
_COINED = re.compile(r"[A-Z]{3}|[a-z][A-Z][a-z]*[A-Z]")
_NO_LIST = re.compile(r"[\d/@<>{}=+_|?!\"“”\[\]]")
_STOPPED = re.compile(r"(?<!\bJr)(?<!\bSr)(?<!\bSt)(?<!\bal)(?<=[^\W\d_A-Z]{2})\. ")
_LONGEST = 4000
_PROFILE = re.compile(
    r"//(?:www\.)?(?:scholar\.google|(?:mobile\.)?twitter\.com/\w+/?$|x\.com/\w+/?$|linkedin\.com/in|github\.com/[\w-]+/?$"
    r"|orcid\.org|bsky\.app/profile|mastodon\.|researchgate\.net/profile|dblp\.org/pid)|/~\w|/people/|/person/|/users?/"
)


@dataclass(frozen=True, slots=True)
class People:
    """A list of names. `sure`: several names, "et al.", initials or a usual given name; one that is not may be a thing's name."""

    authors: tuple[Author, ...]
    sure: bool


@lru_cache(maxsize=4096)
def people_of(text: str, *, citing: bool = False) -> People | None:
    """The people that a text lists; None where anything in it is no name.

    `citing`: a title or a venue stands beside it, so family names alone count.
    """
    if len(text) > _LONGEST or _NO_LIST.search(text):
        return None
    bare = _MARKS.sub("", text.strip())
    by = _BY.match(bare)
    shown = _CLOSE.sub(" ", bare[by.end() :] if by else bare).strip(" ,;:.—–-")
    if not shown or _STOPPED.search(shown):
        return None
    more = _END.search(shown)
    shown = shown[: more.start()].strip(" ,;") if more else shown
    if text.rstrip(" ,;")[-1:] == "." and re.search(r"(?:^|[\s.-])[A-Z]$", shown):
        shown += "."
    names = _listed(shown, citing=citing, more=bool(more), named=by is not None)
    if not names or (len(names) == 1 and not more and citing is False and len(names[0].name.split()) < 2):
        return None
    sure = len(names) > 2 or bool(more) or by is not None or any(is_sure_name(one.name) for one in names)
    return People((*names, ET_AL) if more else names, sure)


def _listed(shown: str, *, citing: bool, more: bool, named: bool) -> tuple[Author, ...]:
    if ";" in shown:
        return _affiliated(shown)
    pairs = [part.split(",") for part in _AND.split(shown)]
    if len(pairs) > 1 and all(len(pair) == 2 and _inverted(*pair) for pair in pairs):
        return tuple(author(f"{family.strip()}, {given.strip()}") for family, given in pairs)
    parts = [" ".join(part.split()) for part in _PARTS.split(shown) if part.strip()]
    if not parts:
        return ()
    inverted = _first_inverted(parts, more=more, citing=citing) if shown.startswith(f"{parts[0]},") else ()
    return _by_initials(parts) or inverted or _direct(parts, more=more, citing=citing or named)


def _affiliated(shown: str) -> tuple[Author, ...]:
    """Names parted by semicolons: each "Given Family", "Family, Given", or followed by where they work."""
    found: list[Author] = []
    for part in filter(None, map(str.strip, shown.split(";"))):
        head, _, tail = (piece.strip() for piece in part.partition(","))
        if tail and _inverted(head, tail) and not _is_name(head):
            found.append(author(f"{head}, {tail}"))
        elif _is_name(head):
            found.append(author(head))
        else:
            return ()
    return tuple(found)


def _inverted(family: str, given: str) -> bool:
    """Whether two texts are a family name and given names."""
    family, given = family.strip(), given.strip()
    few = len([word for word in family.split() if word not in PARTICLES]) == 1 or len(given.split()) == 1
    return bool(few and _SURNAME.fullmatch(family) and _GIVEN_NAMES.fullmatch(given)) and not _common(f"{family} {given}")


def _by_initials(parts: list[str]) -> tuple[Author, ...]:
    """The form "Lee, A., Kim, B.-C.", where some are written "Huang T."."""
    found: list[Author] = []
    at = 0
    while at < len(parts):
        if (
            at + 1 < len(parts)
            and _SURNAME.fullmatch(parts[at])
            and _ONLY_INITIALS.fullmatch(parts[at + 1])
            and not _common(parts[at])
        ):
            found.append(author(f"{parts[at]}, {parts[at + 1]}"))
            at += 2
        elif (match := _WITH_INITIALS.fullmatch(parts[at])) and not _common(match["family"]):
            found.append(author(f"{match['family']}, {match['given']}"))
            at += 1
        elif found and _is_name(parts[at]):
            found.append(author(parts[at]))
            at += 1
        else:
            return ()
    return tuple(found)


def _first_inverted(parts: list[str], *, more: bool, citing: bool) -> tuple[Author, ...]:
    """The form "Lee, Ann, Bo Kim, and Cy Moor", of which the first is inverted."""
    if len(parts) < 2 or len(parts[0].split()) > 2 or _is_name(parts[0]) or not _SURNAME.fullmatch(parts[0]):
        return ()
    rest = parts[2:]
    if not _GIVEN_NAMES.fullmatch(parts[1]) or not all(map(_is_name, rest)) or _common(" ".join(parts[:2])):
        return ()
    if not rest and not more and not citing:
        return ()
    return (author(f"{parts[0]}, {parts[1]}"), *map(author, rest))


def _direct(parts: list[str], *, more: bool, citing: bool) -> tuple[Author, ...]:
    """The form "Ann Lee, Bo Kim"; family names alone where "et al." follows, or two in a citation."""
    strict = sum(_is_name(part) or (len(parts) > 2 and len(part.split()) == 2 and is_sure_name(part)) for part in parts)
    loose = all(_is_name(part) or (_LOOSE.fullmatch(part) and not _common(part)) for part in parts)
    if strict == len(parts) or (loose and len(parts) > 2 and strict >= 0.6 * len(parts)):
        return tuple(map(author, parts))
    few = len(parts) <= 3 if more else citing and len(parts) == 2
    if few and all((_SURNAME.fullmatch(part) or _is_name(part)) and not _common(part) for part in parts):
        return tuple(author(part) if " " in part else Author(literal=part) for part in parts)
    return ()


def _is_name(text: str) -> bool:
    if len(text) > 60 or not _NAME.fullmatch(text) or _common(text) or text.startswith("A "):
        return False
    if sum(len(word.strip(".")) > 2 and word not in PARTICLES for word in text.split()) > 4:
        return False
    return not any(len(word) > 3 and _COINED.search(word) for word in text.split())


def _common(text: str) -> bool:
    """Whether a word in it is one that names of people don't have."""
    return any(
        word.strip(".'’,") in NOT_NAMES for word in text.casefold().replace("-", " ").split() if len(word.strip(".")) > 1
    )


@cache
def _given() -> frozenset[str]:
    """Usual given names: by one of them a name alone is a person's, and no thing's."""
    return frozenset(files("generator.importing.entry").joinpath("given_names.txt").read_text(encoding="utf-8").split())


def is_sure_name(name: str) -> bool:
    """Whether a name is a person's by its form: initials, or a usual given name."""
    words = name.split()
    if len(words) < 2:
        return False
    return any(re.fullmatch(_INITIAL, word) for word in words) or words[0].casefold().split("-")[0] in _given()


def is_person(text: str, url: str = "") -> bool:
    """Whether a link leads to a person's page: its text is a name, and its address a profile, or one that holds the family name."""
    name = " ".join(text.strip(" ,.").split())
    if not _is_name(name):
        return False
    where = url.casefold()
    if _PROFILE.search(where):
        return True
    family = re.sub(r"\W", "", name.split()[-1].casefold())
    return len(family) > 2 and family in re.sub(r"\W", "", where) and is_sure_name(name)
