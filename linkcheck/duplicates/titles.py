"""Fold titles and compare them. Pure.

The comparison is strict on purpose: papers whose titles differ in one word are different papers. Titles of one work may only
differ by a typo, a spelling variant, a hyphen or a missing subtitle.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_ARTICLES = frozenset({"a", "an", "the"})
_APOSTROPHES = str.maketrans("", "", "'’ʼ`_^")
_HEAD = re.compile(r"\s*(?::|\.|\?|\s[-–—])\s+|\s*—\s*")
_ACCENT = re.compile(r"""\\(?:[`'^"~=.]|[uvHtcdbkr](?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?""")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*\*?")
_LETTERS = {"AE": "AE", "AA": "A", "aa": "a", "oe": "oe", "ae": "ae", "ell": "l", "ss": "ss"} | {one: one for one in "oOlLij"}
_STYLES = frozenset({
    "bf", "em", "emph", "it", "mathbb", "mathbf", "mathcal", "mathrm", "rm", "sc", "text", "textbf", "textit", "textrm",
    "textsc", "texttt", "tt",
})  # fmt: skip
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "&": " and "})
_GENERIC = frozenset({
    "about", "advanced", "ai", "analysis", "and", "applications", "artificial", "at", "autumn", "awesome", "basics",
    "blog", "book", "by", "class", "code", "computational", "computer", "course", "courses", "data", "deep", "demo",
    "documentation", "dynamical", "engineering", "event", "events", "fall", "for", "foundations", "from",
    "generative", "group", "guide", "handbook", "home", "homepage", "i", "ii", "iii", "in", "information",
    "institute", "intelligence", "intro", "introduction", "introductions", "introductory", "is", "iv", "lab",
    "learning", "lecture", "lecturenotes", "lectures", "list", "machine", "materials", "math", "mathematical",
    "mathematics", "maths", "meeting", "methods", "mini", "minicourse", "model", "models", "network", "networks",
    "neural", "news", "notes", "of", "on", "online", "optimal", "optimisation", "optimization", "overview", "page",
    "paper", "papers", "part", "pdf", "perspective", "perspectives", "practical", "practice", "primer", "probability",
    "program", "programme", "project", "projects", "publications", "reading", "readings", "repository", "research",
    "resources", "review", "schedule", "school", "science", "seminar", "seminars", "series", "site", "slides",
    "software", "special", "spring", "statistical", "statistics", "study", "summer", "survey", "syllabus", "systems",
    "talk", "talks", "team", "techniques", "theoretical", "theories", "theory", "to", "toolbox", "topics", "tutorial",
    "tutorials", "university", "using", "video", "videos", "webpage", "website", "what", "why", "winter", "with",
    "workshop",
})  # fmt: skip
"""Words in the titles of many works, courses and groups; a title of only such words identifies nothing."""
_FUNCTION_WORDS = frozenset({
    "all", "always", "are", "as", "be", "been", "between", "but", "can", "das", "de", "der", "des", "die", "do", "does",
    "du", "ein", "eine", "el", "et", "every", "from", "have", "how", "if", "into", "it", "its", "la", "las", "le", "les",
    "los", "more", "most", "never", "no", "not", "one", "or", "our", "out", "over", "should", "some", "than", "that",
    "their", "them", "then", "there", "these", "they", "this", "those", "through", "toward", "towards", "two", "un", "und",
    "une", "under", "up", "via", "was", "we", "were", "when", "where", "which", "who", "will", "within", "without", "y",
    "you", "your", "zu", "zur",
})  # fmt: skip
"""Words that say nothing about what a work is about."""


class Nearness(Enum):
    """How two titles are similar: equal when folded, a typo apart, or a subtitle apart."""

    EQUAL = "equal"
    TYPO = "slip"
    SUBTITLE = "subtitle"


@dataclass(frozen=True, slots=True)
class Title:
    """A folded title. `joined` is its words without spaces, `head` the same for the part before a colon or dash, or ""."""

    words: tuple[str, ...]
    joined: str
    head: str
    numbers: tuple[str, ...]
    generic: bool


def fold(text: str) -> Title:
    """Fold a title: without case, accents, LaTeX, punctuation and articles."""
    plain = " ".join(_plain(text).split())  # a run of spaces would make _HEAD quadratic
    words = _words(plain)
    parts = _HEAD.split(plain, maxsplit=1)
    head = _words(parts[0]) if len(parts) > 1 and parts[1].strip() else ()
    specific = [word for word in words if word not in _GENERIC and not word.isdigit()]
    return Title(
        words=words,
        joined="".join(words),
        head="" if _is_generic(head) else "".join(head),
        numbers=tuple(_DIGITS.findall(" ".join(words))),
        generic=not specific or len(words) <= 2,
    )


def _is_generic(words: tuple[str, ...]) -> bool:
    return len(words) < 2 or all(word in _GENERIC for word in words)


def _words(plain: str) -> tuple[str, ...]:
    found = _WORD.findall(plain)
    return tuple(word for word in found if word not in _ARTICLES) or tuple(found)


def _plain(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text or "$" in text or "{" in text:
        text = _ACCENT.sub(r"\1", text)
        text = _COMMAND.sub(_command, text).replace("{", "").replace("}", "").replace("$", "")
    folded = text.casefold().translate(_APOSTROPHES)
    if folded.isascii():
        return folded.replace("&", " and ")
    decomposed = unicodedata.normalize("NFKD", folded)
    folded_chars = "".join(_letter_name(char) for char in decomposed if not unicodedata.combining(char))
    return folded_chars.casefold().translate(_STROKES).translate(_APOSTROPHES)


def _command(match: re.Match[str]) -> str:
    name = match[1]
    if name in _STYLES:
        return ""
    return _LETTERS.get(name, f"{name} ")


def _letter_name(char: str) -> str:
    if not "\u0370" <= char <= "\u03ff":
        return char
    name = unicodedata.name(char, "").split()
    return name[3] if len(name) > 3 and name[1] in {"SMALL", "CAPITAL"} else char


def title_nearness(one: Title, other: Title) -> Nearness | None:
    """How two titles are similar, or None. Different numbers, missing words and different words make them distinct."""
    if not one.joined or not other.joined or one.numbers != other.numbers:
        return None
    if one.joined == other.joined:
        return Nearness.EQUAL
    if one.head == other.joined or other.head == one.joined:
        return Nearness.SUBTITLE
    if len(one.words) != len(other.words) or not fuzz.ratio(one.joined, other.joined, score_cutoff=85):
        return None
    differing = [pair for pair in zip(one.words, other.words, strict=True) if pair[0] != pair[1]]
    allowed = 1 if len(one.words) < 8 else 2
    return Nearness.TYPO if len(differing) <= allowed and all(_is_typo(*pair) for pair in differing) else None


def share_nothing(one: Title, other: Title) -> bool:
    """Whether two titles have no word in common that says what a work is about; False where one has no such word, or is an acronym."""
    mine, theirs = _specific(one), _specific(other)
    if not mine or not theirs or _is_acronym(one, other) or _is_acronym(other, one):
        return False
    if any(word in other.joined for word in mine if len(word) > 3) or any(
        word in one.joined for word in theirs if len(word) > 3
    ):
        return False
    return not any(_same_stem(word, another) for word in mine for another in theirs)


def _specific(title: Title) -> list[str]:
    """The words that say what a work is about, at most 40."""
    return [word for word in title.words if word not in _GENERIC and word not in _FUNCTION_WORDS and not word.isdigit()][:40]


def _is_acronym(short: Title, long: Title) -> bool:
    """Whether one word of a short title is made of the initials of the other one's words, in order."""
    if len(short.words) > 2:
        return False
    letters = "".join(word[0] for word in long.words)
    return any(1 < len(word) <= len(letters) and word in letters for word in short.words)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words begin with the same letters: all of the shorter one's, or at least five."""
    length = min(len(one), len(other), 5)
    return one == other or (length > 3 and one[:length] == other[:length])


def _is_typo(one: str, other: str) -> bool:
    """Whether two words are spelling variants or one edit apart, with the same first letter."""
    if one[0] != other[0] or min(len(one), len(other)) < 4 or not (one.isalpha() and other.isalpha()):
        return False
    return is_respelling(one, other) or (max(len(one), len(other)) >= 6 and OSA.distance(one, other, score_cutoff=1) == 1)


def is_respelling(one: str, other: str) -> bool:
    """Whether two words differ only in British and American spelling, or singular and plural."""
    return _american_spelling(one) == _american_spelling(other) or one + "s" == other or other + "s" == one


def _american_spelling(word: str) -> str:
    plain = word.replace("is", "iz").replace("yz", "ys").replace("our", "or").replace("tre", "ter")
    return re.sub(r"([aeiou])ll(?=ing|ed|er)", r"\1l", plain)
