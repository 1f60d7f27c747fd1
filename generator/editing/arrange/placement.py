"""Choose the section for a new entry, and the position that keeps its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.problems import nearest
from generator.sources.catalogue.ids import fold
from generator.sources.catalogue.model import Entry, Section, Topic

__all__ = ["Position", "choose_position", "find_section"]

_HEADINGS = {
    "paper": ("papers", "articles", "publications", "theory", "results"),
    "preprint": ("papers", "preprints", "articles", "publications"),
    "book": ("books", "textbooks", "monographs"),
    "thesis": ("theses", "thesis", "dissertations"),
    "survey": ("surveys", "reviews", "overviews"),
    "course": ("courses", "lectures", "tutorials", "notes"),
    "lecture": ("lectures", "talks", "slides", "courses", "tutorials"),
    "video": ("videos", "talks", "recordings", "lectures"),
    "workshop": ("workshops", "events", "conferences", "meetings"),
    "blog": ("blogs", "blog", "posts", "articles"),
    "software": ("software", "code", "libraries", "tools", "implementations", "packages"),
    "dataset": ("datasets", "data", "benchmarks"),
    "person": ("people", "researchers"),
    "group": ("groups", "labs", "people"),
    "project": ("projects", "pages"),
    "other": (),
}
_GENERAL = ("further", "other", "others", "miscellaneous", "misc", "more", "pages", "resources", "links")
_INTRODUCTORY = ("start", "first", "beginners", "introduction", "introductory", "featured")
_MIN_ORDERED = 3
_Key = TypeVar("_Key", str, int)


@dataclass(frozen=True, slots=True)
class Position:
    """An index (from 0) in the entries of a section (None: of the topic itself), and why it was chosen."""

    section: Section | None
    number: int
    why: str


def choose_position(topic: Topic, new: Entry, named: Section | None = None) -> Position:
    """The position for an entry: in the section `named`, else in the one that fits its kind best."""
    if named is not None:
        return Position(named, _index(named.entries, new), f'in the section "{named.title}"')
    sections = [section for top in topic.sections for section in top.walk()]
    if not sections:
        return Position(None, _index(topic.entries, new), "among the topic's entries")
    best = max(sections, key=lambda section: (*_fit(section, new.kind), _size(section), -sections.index(section)))
    has_shape = sum(entry.kind == new.kind for entry in topic.entries)
    if has_shape and has_shape >= sum(entry.kind == new.kind for entry in best.entries) and not _fit(best, new.kind)[0]:
        return Position(None, _index(topic.entries, new), "among the entries before the sections")
    what = f"its kind is {new.kind}" if any(_fit(best, new.kind)[:2]) else "no section is for its kind, --section names another"
    return Position(best, _index(best.entries, new), f'in the section "{best.title}" ({what})')


def _fit(section: Section, kind: str) -> tuple[int, int, int]:
    """How well a section fits a kind: by heading, by kinds of its entries, as a section for anything. Introductory ones fit least."""
    words = fold(section.title).replace("&", " ").replace(",", " ").replace("/", " ").split()
    if any(word in _INTRODUCTORY for word in words):
        return 0, 0, -1
    headings = _HEADINGS[kind]
    by_heading = max((len(headings) - headings.index(word) for word in words if word in headings), default=0)
    alike = sum(entry.kind == kind for entry in section.entries) if kind != "other" else 0
    # The kind of most entries is stronger evidence than a heading word shared by several kinds.
    if alike * 2 > len(section.entries) and alike >= _MIN_ORDERED:
        by_heading += len(headings) or 1
    return by_heading, alike, int(any(word in _GENERAL for word in words))


def _size(section: Section) -> int:
    """The number of entries of a section; -1 for sections of people and groups, which get no other kinds."""
    people = sum(entry.kind in {"person", "group"} for entry in section.entries)
    return -1 if people * 2 > len(section.entries) else len(section.entries)


def _index(entries: Sequence[Entry], new: Entry) -> int:
    """The index that keeps an order by title or year, else the end."""
    if len(entries) >= _MIN_ORDERED:
        titles, years = _titles(entries), _years(entries)
        by_title = _sorted_index(titles, fold(new.title)) if titles and new.title else None
        by_year = _sorted_index(years, new.year) if years and new.year and by_title is None else None
        found = by_title if by_title is not None else by_year
        if found is not None:
            return found
    return len(entries)


def _sorted_index(keys: list[_Key], own: _Key) -> int | None:
    """The index at which a key keeps ascending or descending order; None where the keys aren't sorted."""
    if keys == sorted(keys):
        return sum(key <= own for key in keys)
    if keys == sorted(keys, reverse=True):
        return sum(key >= own for key in keys)
    return None


def _titles(entries: Sequence[Entry]) -> list[str] | None:
    keys = [fold(entry.title or "") for entry in entries]
    return keys if all(keys) and len(set(keys)) > 1 else None


def _years(entries: Sequence[Entry]) -> list[int] | None:
    keys = [entry.year or 0 for entry in entries]
    return keys if all(keys) and len(set(keys)) > 1 else None


def find_section(topic: Topic, name: str) -> Section | str:
    """The section with this heading, id, or path of headings joined by " / "; else a hint what to write."""
    query = " ".join(name.casefold().split())
    paths = list(_section_paths(topic.sections, ""))
    found = [section for path, section in paths if query in {path, section.title.casefold(), (section.id or "").casefold()}]
    if len(found) == 1:
        return found[0]
    if found:
        shown = [path for path, section in paths if section in found]
        return f"several sections have this name; write one of: {'; '.join(shown)}"
    titles = [section.title for _, section in paths]
    near = nearest(name, titles)
    if near:
        return f'did you mean "{near}"?'
    return f"its sections are: {'; '.join(titles)}" if titles else "the topic has no sections: leave --section out"


def _section_paths(sections: Sequence[Section], above: str) -> Iterator[tuple[str, Section]]:
    for section in sections:
        path = f"{above}{section.title.casefold()}"
        yield path, section
        yield from _section_paths(section.sections, f"{path} / ")
