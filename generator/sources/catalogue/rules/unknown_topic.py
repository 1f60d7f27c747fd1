"""References to topics that don't exist, that were renamed, or that are the topic itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, nearest, quoted
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import former


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Check `also_in`, `related`, and the order of the collection."""
    _ = today
    slugs = {topic.slug: None for topic in catalogue.topics}
    known = {alias: topic.slug for alias, topic in former(catalogue.topics).items()}
    for field, home, name, place in _references(catalogue):
        if known.get(name, name) == home:
            message = f"{field}: {quoted(name)} is this topic itself"
            yield Problem("own-topic", Severity.WARNING, message, place, "remove it")
        elif name in known:
            message = f"{field}: the topic {quoted(name)} was renamed to {quoted(known[name])}"
            yield Problem("former-name", Severity.WARNING, message, place, f"write {known[name]}")
        elif name not in slugs:
            near = nearest(name, slugs)
            hint = f'did you mean "{near}"?' if near else f"there is no file {name}.yaml among the topics"
            yield Problem("unknown-topic", Severity.ERROR, f"{field}: there is no topic {quoted(name)}", place, hint)


def _references(catalogue: Catalogue) -> Iterator[tuple[str, str, str, Place]]:
    """For each reference the field, its topic, the topic that it names, and the place."""
    for topic in catalogue.topics:
        for index, name in enumerate(topic.related):
            yield "related", topic.slug, name, topic.places.get(f"related.{index}") or topic.places.get("related", topic.place)
        for entry in topic.walk():
            for index, name in enumerate(entry.also_in):
                yield "also_in", topic.slug, name, entry.where(f"also_in.{index}")
    places = catalogue.collection.places
    for index, name in enumerate(catalogue.collection.topics):
        yield "topics", "", name, places.get(f"topics.{index}", Place("_collection.yaml"))
