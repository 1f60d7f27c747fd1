"""Made-up neighbours of suspicious pages: asked once per host and directory, and not again for 30 days while the page stays as it is.

A neighbour's answer measures a server that says 200 to everything. Its name tells an administrator who reads the log what it was.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from linkcheck.model import Soft404Probe

_DAYS = 30.0


class NoteStore(Protocol):
    """What is remembered by name from night to night: a robots.txt, a neighbour's answer."""

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        """The text, or None where it is unknown or older than that."""

    def remember(self, name: str, value: str, now: datetime) -> None:
        """Keep a text."""


class Soft404Prober:
    """The neighbours of one run. `ask` asks a made-up URL; `notes` carry answers from night to night."""

    def __init__(
        self, ask: Callable[[str], Awaitable[Soft404Probe | None]], notes: NoteStore | None, calendar: Callable[[], datetime]
    ) -> None:
        self._ask = ask
        self._notes = notes
        self._calendar = calendar
        self._asked: dict[str, asyncio.Future[Soft404Probe | None]] = {}

    async def aclose(self) -> None:
        """Give up what is still being asked."""
        asked = list(self._asked.values())
        for each in asked:
            each.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    async def of(self, url: str, digest: str) -> Soft404Probe | None:
        """What a neighbour of `url` answers; None where none answered. `digest` is that of the suspicious page itself."""
        folder = directory(url)
        name = f"neighbour {folder} {digest}"
        known = self._notes.note(name, self._calendar(), _DAYS) if self._notes is not None and digest else None
        if known is not None:
            return Soft404Probe(**json.loads(known))
        asked = self._asked.get(folder)
        if asked is None:
            asked = self._asked[folder] = asyncio.ensure_future(self._ask(f"{folder}listkeeper-link-check-{_word()}"))
        found = await asyncio.shield(asked)
        if found is not None and self._notes is not None and digest:
            self._notes.remember(name, json.dumps(asdict(found)), self._calendar())
        return found


def directory(url: str) -> str:
    """A URL up to the last slash of its path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/"


def _word() -> str:
    return f"{random.randrange(16**8):08x}"  # noqa: S311  # a name nobody has, no secret
