"""Asks for made-up pages beside suspicious ones: the measure of a server that answers 200 to everything.

Each host and directory is asked once; the answer is remembered for 30 days while the page stays as it is. The made-up name tells an
administrator who reads the log what it was.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from linkcheck.engine.redirect_chain import Chain
from linkcheck.model import FailureKind, Soft404Probe

_DAYS = 30.0


class NoteStore(Protocol):
    """Remembers texts by name from night to night: a robots.txt, a probe's answer, a host's pace."""

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        """The text, or None where it is unknown or older than that."""

    def remember(self, name: str, value: str, now: datetime) -> None:
        """Keep a text."""

    def notes(self) -> Iterable[tuple[str, str, datetime]]:
        """All names with their texts, and when they were kept."""


class Soft404Prober:
    """The probes of one run. `follow` follows a made-up URL; `notes` carry answers from night to night."""

    def __init__(
        self, follow: Callable[[str], Awaitable[Chain]], notes: NoteStore | None, calendar: Callable[[], datetime]
    ) -> None:
        self._follow = follow
        self._notes = notes
        self._calendar = calendar
        self._asked: dict[str, asyncio.Future[Soft404Probe | None]] = {}
        self._leading: dict[str, asyncio.Future[str]] = {}

    async def aclose(self) -> None:
        """Cancel what is still being asked."""
        asked: list[asyncio.Future[Any]] = [*self._asked.values(), *self._leading.values()]
        for each in asked:
            each.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    async def probe(self, url: str, digest: str) -> Soft404Probe | None:
        """What a made-up neighbour of `url` answers; None where none answered. `digest` is that of the suspicious page."""
        folder = directory(url)
        name = f"neighbour {folder} {digest}"
        known = self._notes.note(name, self._calendar(), _DAYS) if self._notes is not None and digest else None
        if known is not None:
            return Soft404Probe(**json.loads(known))
        asked = self._asked.get(folder)
        if asked is None:
            asked = self._asked[folder] = asyncio.ensure_future(self._ask(f"{folder}listkeeper-link-check-{_made_up()}"))
        found = await asyncio.shield(asked)
        if found is not None and self._notes is not None and digest:
            self._notes.remember(name, json.dumps(asdict(found)), self._calendar())
        return found

    async def ask(self, url: str) -> Soft404Probe | None:
        """What `url` answers, to which a made-up page on another machine's host redirects; asked once in a run."""
        asked = self._asked.get(url)
        if asked is None:
            asked = self._asked[url] = asyncio.ensure_future(self._ask(url))
        return await asyncio.shield(asked)

    async def leads_to(self, url: str) -> str:
        """Where a made-up neighbour of `url` leads on another machine's host; "" if it stays here. Each directory is asked once."""
        folder = directory(url)
        asked = self._leading.get(folder)
        if asked is None:
            asked = self._leading[folder] = asyncio.ensure_future(self._next_of(f"{folder}listkeeper-link-check-{_made_up()}"))
        return await asyncio.shield(asked)

    async def _next_of(self, url: str) -> str:
        return (await self._follow(url)).next_url

    async def _ask(self, url: str) -> Soft404Probe | None:
        chain = await self._follow(url)
        last = chain.hops[-1]
        if last.failure in {FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_HOPS, FailureKind.BAD_LOCATION}:
            return Soft404Probe(url, last.status, last.url)
        if chain.signals is None:
            return None
        return Soft404Probe(url, last.status, last.url, chain.signals.title, chain.signals.digest)


def directory(url: str) -> str:
    """A URL up to the last slash of its path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/"


def _made_up() -> str:
    return f"{random.randrange(16**8):08x}"  # noqa: S311  # a name that no page has, no secret
