"""Former names of topics (`aliases`): which topic a name belongs to, and references by a former name replaced by the present one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.sources.catalogue.model import Catalogue, Entry, Section, Topic

__all__ = ["former", "is_page_name", "renamed", "resolved"]

_UNFIT = re.compile(r"[/\\:*?\"<>|\x00-\x1f\x7f]|^[._]|[. ]$")
_INDEX = frozenset(("readme", "index"))


def is_page_name(name: str) -> bool:
    """Whether a page can have this name: a file name on every system, and not the one of the index."""
    return bool(name.strip()) and _UNFIT.search(name) is None and name.casefold() not in _INDEX


def former(topics: Iterable[Topic]) -> dict[str, Topic]:
    """The topics by their former names, as written; without names that no page can have, and those taken by another topic."""
    topics = tuple(topics)
    taken = {topic.slug.casefold() for topic in topics}
    found: dict[str, Topic] = {}
    for topic in topics:
        for alias in topic.aliases:
            if is_page_name(alias) and alias.casefold() not in taken:
                taken.add(alias.casefold())
                found[alias] = topic
    return found


def resolved(catalogue: Catalogue) -> Catalogue:
    """The catalogue with former names replaced by present ones in `related`, `also_in` and the order of the topics."""
    return _resolved(catalogue, {alias: topic.slug for alias, topic in former(catalogue.topics).items()})


def renamed(before: Catalogue, after: Catalogue) -> Catalogue:
    """An earlier catalogue with the names that its topics have in a later one."""
    there = {topic.slug for topic in before.topics}
    names = {alias: topic.slug for alias, topic in former(after.topics).items() if alias in there and topic.slug not in there}
    topics = tuple(replace(topic, slug=names.get(topic.slug, topic.slug)) for topic in before.topics)
    return _resolved(replace(before, topics=topics), names) if names else before


def _resolved(catalogue: Catalogue, names: Mapping[str, str]) -> Catalogue:
    if not names:
        return catalogue
    collection = replace(catalogue.collection, topics=_names(catalogue.collection.topics, names))
    return replace(catalogue, collection=collection, topics=tuple(_topic(topic, names) for topic in catalogue.topics))


def _names(found: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(one, one) for one in found)) if any(one in names for one in found) else found


def _topic(topic: Topic, names: Mapping[str, str]) -> Topic:
    if not any(one in names for found in (topic.related, *(entry.also_in for entry in topic.walk())) for one in found):
        return topic
    return replace(
        topic,
        related=_names(topic.related, names),
        entries=_entries(topic.entries, names),
        sections=_sections(topic.sections, names),
    )


def _sections(sections: tuple[Section, ...], names: Mapping[str, str]) -> tuple[Section, ...]:
    return tuple(
        replace(one, entries=_entries(one.entries, names), sections=_sections(one.sections, names)) for one in sections
    )


def _entries(entries: tuple[Entry, ...], names: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(replace(one, also_in=_names(one.also_in, names)) if one.also_in else one for one in entries)
