"""One topic as several: each of its top sections becomes a topic of its own."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Section, Topic

__all__ = ["free_slug", "split"]

_TAKEN = frozenset(("readme", "index", "_collection"))


def free_slug(wanted: str, taken: Container[str]) -> str:
    """A name for a topic's file that no other has."""
    base = wanted if wanted and wanted not in _TAKEN else "list"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def split(topic: Topic, taken: Container[str] = ()) -> tuple[Topic, ...]:
    """A topic for each section. What stands before the sections goes with the first, what stands behind them with the last."""
    sections = topic.sections
    if topic.entries or len(sections) < 2:
        return (topic,)
    found: list[Topic] = []
    for number, section in enumerate(sections):
        names = {one.slug for one in found}
        name = free_slug(slug(section.title) or f"{topic.slug}-{number + 1}", _Both(taken, names))
        found.append(_topic(topic, section, name))
    about = "\n\n".join(filter(None, (topic.header, topic.description)))
    found[0] = replace(found[0], header=about or None)
    found[-1] = replace(found[-1], footer=topic.footer)
    return tuple(found)


class _Both:
    def __init__(self, first: Container[str], second: Container[str]) -> None:
        self._containers = first, second

    def __contains__(self, name: object) -> bool:
        return any(name in one for one in self._containers)


def _topic(topic: Topic, section: Section, name: str) -> Topic:
    entries, sections = section.entries, section.sections
    if entries and sections:
        general = Section("General", section.place, None, None, entries)
        entries, sections = (), (general, *sections)
    return replace(topic, slug=name, title=section.title, description=section.description, header=None, footer=None,
                   entries=entries, sections=sections)  # fmt: skip
