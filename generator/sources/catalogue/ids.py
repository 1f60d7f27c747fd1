"""Ids of entries: derived from the work where a maintainer gave none, so that they don't depend on the place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import count
from urllib.parse import unquote

from generator.sources.catalogue.model import Author, Catalogue, Entry, Section, Topic

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$")
"""What a maintainer may write as an id."""
_LONGEST = 60
# Letters that have no decomposition in Unicode, as they are commonly written in ASCII.
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n", "’": "",
    "'": "",
})  # fmt: skip
_COMMON = frozenset((
    "a", "an", "the", "on", "of", "for", "in", "to", "and", "with", "at", "by", "from", "is", "are", "do", "does", "how", "why",
    "what", "when", "where", "which", "towards", "toward", "via", "using", "into", "as", "or", "can", "we", "its", "some", "un",
    "une", "le", "la", "les", "des", "du", "de", "der", "die", "das", "ein", "eine", "und", "zur", "zum", "el", "los", "las",
))  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_TAIL = re.compile(r"/?(?:index\.\w{3,5})?$|\.(?:html?|php|pdf|aspx?)$", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case without accents; what has no ASCII form is left out."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode()


def slug(text: str) -> str:
    """Folded words joined by "-"; "" where nothing is left."""
    return "-".join(_WORD.findall(fold(text.replace("'", ""))))


def derive(title: str | None, url: str | None, authors: Sequence[Author], year: int | None) -> str:
    """The id of a work: surname, year and first significant word; else host and path; else the title's words."""
    if authors and year and title:
        surname = "".join(_WORD.findall(fold(f"{authors[0].family}{authors[0].suffix}" or authors[0].literal)))
        words = _WORD.findall(fold(title))
        first = next((word for word in words if word not in _COMMON and len(word) > 1), words[0] if words else "")
        if surname:
            return f"{surname}{year}{first}"
    if url:
        return _cut(slug(_shown(url)), url)
    return _cut(slug(title or ""), title or "")


def _shown(url: str) -> str:
    rest = url.partition("://")[2] or url
    rest = rest.partition("#")[0] or rest
    address, _, query = rest.partition("?")
    address = _TAIL.sub("", address.removeprefix("www."))
    return unquote(f"{address}?{query}" if query else address)


def _cut(key: str, whole: str) -> str:
    if not key:
        return f"entry-{digest(whole)}"
    return key if len(key) <= _LONGEST else f"{key[: _LONGEST - 7].rstrip('-')}-{digest(whole)}"


def digest(text: str) -> str:
    """Six hexadecimal digits of a hash."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:6]


def make_unique(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics with every derived id made unique by a digest of URL or title, so that order and place don't matter.

    Ids that are written are never changed. Of entries with the same URL and title the digest takes in the topic, then a number.
    """
    taken: set[str] = set()
    derived: defaultdict[str, list[tuple[Topic, Entry]]] = defaultdict(list)
    for topic in topics:
        for entry in topic.walk():
            if entry.id_given:
                taken.add(entry.id)
                taken.update(entry.aliases)
            else:
                derived[entry.id].append((topic, entry))
    renamed: dict[int, str] = {}
    clashes = [(key, group) for key, group in derived.items() if len(group) > 1 or key in taken]
    taken.update(derived)
    for key, group in clashes:
        numbers: defaultdict[str, count[int]] = defaultdict(partial(count, 2))  # kept, as trying all again would be quadratic
        for topic, entry in group:
            identity = entry.url or entry.title or ""
            attempts = [identity, f"{identity} {entry.title}", f"{identity} {entry.title} {topic.slug}"]
            name = next((new for new in (f"{key}-{digest(text)}" for text in attempts) if new not in taken), "")
            while not name or name in taken:
                name = f"{key}-{digest(f'{attempts[-1]} {next(numbers[attempts[-1]])}')}"
            taken.add(name)
            renamed[id(entry)] = name
    if not renamed:
        return tuple(topics)
    touched = {topic.path for group in derived.values() for topic, entry in group if id(entry) in renamed}
    return tuple(_with_names(topic, renamed) if topic.path in touched else topic for topic in topics)


def _with_names(topic: Topic, names: dict[int, str]) -> Topic:
    return replace(
        topic,
        entries=tuple(_named(entry, names) for entry in topic.entries),
        sections=tuple(_section(section, names) for section in topic.sections),
    )


def _section(section: Section, names: dict[int, str]) -> Section:
    return replace(
        section,
        entries=tuple(_named(entry, names) for entry in section.entries),
        sections=tuple(_section(each, names) for each in section.sections),
    )


def _named(entry: Entry, names: dict[int, str]) -> Entry:
    name = names.get(id(entry))
    if name is None:
        return entry
    places = {field: replace(place, entry=name) for field, place in entry.places.items()}
    return replace(entry, id=name, place=replace(entry.place, entry=name), places=places)


def distinct_ids(catalogue: Catalogue) -> frozenset[str]:
    """The ids that `not_duplicate_of` names. They are a maintainer's decision, so no edit may leave them without an entry."""
    return frozenset(other.id for _, entry in catalogue.entries() for other in entry.not_duplicate_of)


def referred(catalogue: Catalogue) -> frozenset[str]:
    """All ids by which other entries or reading paths name an entry."""
    return distinct_ids(catalogue).union(step.id for topic in catalogue.topics for step in topic.start)
