"""How alive repositories are: which links are repositories, and the notes of the history that keep what services said. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from linkcheck.model import Vitality
from linkcheck.registries.protocol import Reading, RepositoryService, Subject, address
from linkcheck.registries.reading import count, day, json_object, plain

__all__ = [
    "FRESH_DAYS",
    "IDLE_DAYS",
    "QUIET_DAYS",
    "idle_days",
    "note_name",
    "note_text",
    "repository",
    "vitalities",
    "vitality_of",
]

FRESH_DAYS = 7.0
"""A repository isn't asked about again before."""
QUIET_DAYS, IDLE_DAYS = 186, 365
"""Days without a commit after which readers are told, and maintainers as well."""
_PREFIX = "repository "
_LONGEST = 600
"""Maximum length of a note in bytes."""


def repository(url: str, services: Sequence[RepositoryService]) -> tuple[RepositoryService, str, str] | None:
    """The service of the repository whose root page a link is (with any fragment), its key there, and its page; None for other links."""
    lower = url.lower()
    near = [one for one in services if one.host in lower]  # most links are elsewhere, and to parse them takes long
    at = address(url) if near else None
    service = next((one for one in near if at and at.host in one.hosts), None)
    key = service.registry.record_key(Subject(url)) if service else None
    return (service, key, f"https://{service.host}/{key}") if service and key else None


def vitality_of(reading: Reading) -> Vitality | None:
    """What an answer says about a repository: nothing but defaults for one that is missing, None if the answer says nothing."""
    return Vitality() if reading.answer.status == "missing" else reading.vitality


def idle_days(vitality: Vitality, today: date) -> int | None:
    """Days since the last commit; None if unknown."""
    return (today - vitality.pushed).days if vitality.pushed else None


def note_name(page: str) -> str:
    """The name of the note about a repository, by its page."""
    return f"{_PREFIX}{page}"


def note_text(vitality: Vitality) -> str:
    """The text of the note: a JSON object without what is unknown."""
    found = {
        "archived": vitality.archived or None, "pushed": _written(vitality.pushed), "stars": vitality.stars,
        "licence": vitality.licence and vitality.licence[:40], "release": vitality.release and vitality.release[:60],
        "released": _written(vitality.released),
    }  # fmt: skip
    return json.dumps({name: value for name, value in found.items() if value is not None}, ensure_ascii=False)


def _written(when: date | None) -> str | None:
    return when.isoformat() if when else None


def vitalities(notes: Iterable[tuple[str, str, datetime]]) -> Mapping[str, Vitality]:
    """What is known of repositories, by page, from the notes of a history (name, text, time); those that can't be read are left out."""
    return {
        name.removeprefix(_PREFIX): replace(found, asked=at.date())
        for name, value, at in notes
        if name.startswith(_PREFIX) and (found := _read(value)) is not None
    }


def _read(note: str) -> Vitality | None:
    given = json_object(note.encode("utf-8", "replace"), _LONGEST)
    if given is None:
        return None
    return Vitality(
        archived=given.get("archived") is True,
        pushed=day(given.get("pushed")),
        stars=count(given.get("stars")),
        licence=plain(given.get("licence")),
        release=plain(given.get("release")),
        released=day(given.get("released")),
    )
