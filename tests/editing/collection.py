"""A collection on disk: sources, and observations in its history as checks would have recorded them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from linkcheck.history import History
from linkcheck.model import Hop, Observation, PageSignals, RegistryAnswer
from linkcheck.urls import fetch_key
from tests.commands.command import Ran, listkeeper

FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
NOW = "2026-11-21T03:00:00+00:00"


@dataclass(frozen=True)
class Collection:
    folder: Path
    monkeypatch: object

    def write(self, **topics: str) -> Collection:
        (self.folder / "lists").mkdir(exist_ok=True)
        for name, text in topics.items():
            self.path(name).write_bytes(text.encode())
        return self

    def path(self, name: str) -> Path:
        return self.folder / "lists" / f"{name}.yaml"

    def text(self, name: str) -> str:
        return self.path(name).read_bytes().decode()

    def saw(self, *observations: Observation) -> Collection:
        with History(self.folder / ".listkeeper" / "history.db", now=FIRST) as past:
            for observation in observations:
                past.add(observation)
            past.finish(FIRST, None)
        return self

    def fix(self, *arguments: str) -> Ran:
        return listkeeper(self.monkeypatch, self.folder, "fix", "--now", NOW, *arguments)

    def run(self, *arguments: str) -> Ran:
        return listkeeper(self.monkeypatch, self.folder, *arguments)


def moved(old: str, new: str, *days: int, status: int = 301, title: str = "") -> list[Observation]:
    """Observations of a URL that redirects to another one, on these days."""
    hops = (Hop(old, status, location=new), Hop(new, 200))
    return [
        Observation(fetch_key(old), FIRST + timedelta(days=day), hops, PageSignals(title=title, digest="d")) for day in days
    ]


def answered(url: str, status: int, *days: int, title: str = "") -> list[Observation]:
    """Observations of a URL that answers with a status, on these days."""
    signals = PageSignals(title=title, digest="d")
    return [Observation(fetch_key(url), FIRST + timedelta(days=day), (Hop(url, status),), signals) for day in days]


def renamed(old: str, new: str, *days: int) -> list[Observation]:
    """Observations of a repository for which GitHub's API gives a new name, on these days."""
    answer = RegistryAnswer("GitHub", "moved", "", new)
    return [Observation(fetch_key(old), FIRST + timedelta(days=day), registry=answer) for day in days]
