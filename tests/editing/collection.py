"""A collection with a past: sources, and nights in its history as a check would have left them."""

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

    def saw(self, *nights: Observation) -> Collection:
        with History(self.folder / ".listkeeper" / "history.db", now=FIRST) as past:
            for night in nights:
                past.add(night)
            past.finish(FIRST, None)
        return self

    def fix(self, *arguments: str) -> Ran:
        return listkeeper(self.monkeypatch, self.folder, "fix", "--now", NOW, *arguments)

    def run(self, *arguments: str) -> Ran:
        return listkeeper(self.monkeypatch, self.folder, *arguments)


def moved(old: str, new: str, *days: int, status: int = 301, title: str = "") -> list[Observation]:
    """Nights on which a link led to another address."""
    hops = (Hop(old, status, location=new), Hop(new, 200))
    return [
        Observation(fetch_key(old), FIRST + timedelta(days=day), hops, PageSignals(title=title, digest="d")) for day in days
    ]


def answered(url: str, status: int, *days: int, title: str = "") -> list[Observation]:
    """Nights on which a URL answered with a status."""
    marks = PageSignals(title=title, digest="d")
    return [Observation(fetch_key(url), FIRST + timedelta(days=day), (Hop(url, status),), marks) for day in days]


def renamed(old: str, new: str, *days: int) -> list[Observation]:
    """Nights on which GitHub said that a repository has another name."""
    word = RegistryAnswer("GitHub", "moved", "", new)
    return [Observation(fetch_key(old), FIRST + timedelta(days=day), registry=word) for day in days]
