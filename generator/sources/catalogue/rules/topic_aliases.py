"""Former names of topics that can't be used: another topic has or claims the name, or no page can have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import is_page_name


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every such alias. Names that differ only in case count as the same: on Windows and macOS they are one file."""
    _ = today
    if not any(topic.aliases for topic in catalogue.topics):
        return
    names = {topic.slug.casefold(): topic for topic in catalogue.topics}
    claimed: dict[str, Place] = {}
    for topic in catalogue.topics:
        for index, alias in enumerate(topic.aliases):
            place = topic.places.get(f"aliases.{index}") or topic.places.get("aliases", topic.place)
            key = alias.casefold()
            owner, first = names.get(key), claimed.setdefault(key, place)
            if not is_page_name(alias):
                message = f"aliases: {quoted(alias)} can't be the name of a page"
                yield Problem("bad-file-name", Severity.ERROR, message, place, "write the name of a former file, or remove it")
            elif owner is topic:
                message = f"aliases: {quoted(alias)} is the name of this topic itself"
                yield Problem("own-topic", Severity.WARNING, message, place, "remove it")
            elif owner is not None:
                message = f"aliases: {quoted(alias)} is the name of the topic {owner.path}"
                hint = "remove it, or rename that file: one address can't lead to two pages"
                yield Problem("alias-taken", Severity.ERROR, message, place, hint)
            elif first is not place:
                message = f"aliases: {quoted(alias)} is already at {first.path}:{first.line}"
                yield Problem("alias-taken", Severity.ERROR, message, place, "keep it where most links to it should lead")
