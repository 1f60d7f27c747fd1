"""One topic as several: each of its top sections becomes a topic of its own."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from itertools import zip_longest

from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Section, Start, Topic

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
    return _with_steps(found, topic.start) if topic.start else tuple(found)


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
                   start=(), entries=entries, sections=sections)  # fmt: skip


def _with_steps(topics: list[Topic], steps: tuple[Start, ...]) -> tuple[Topic, ...]:
    """The topics with the steps of their reading paths, which follow one another: one path may lead to an entry of another topic."""
    owners = {entry.id: at for at, one in enumerate(topics) for entry in one.walk() if entry.id}
    at = 0
    found: list[list[Start]] = [[] for _ in topics]
    for step, after in zip_longest(steps, steps[1:]):
        owner = owners.get(step.id, at)
        if owner > at and (after is None or owners.get(after.id) != at):
            at = owner
        found[at].append(step)
    return tuple(replace(one, start=tuple(own)) for one, own in zip(topics, found, strict=True))
