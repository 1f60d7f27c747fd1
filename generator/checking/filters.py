"""Which of the links are asked: those of a host or an entry, those that failed, those of one machine among several."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from generator.problems import Place, Problem, Severity
from generator.sources.files import shown
from linkcheck.history import History, HistoryError
from linkcheck.judging.classify import classify
from linkcheck.model import Link, Outcome
from linkcheck.urls import fetch_key, host_key, split, web

__all__ = ["FAILING", "failing", "of_shard", "select", "shard"]

FAILING = "failing"
"""The word of `--only` that names no host and no entry."""


def select(links: Sequence[Link], only: Sequence[str], failed: frozenset[str] = frozenset()) -> tuple[Link, ...]:
    """The links that `--only` names: by host (its subdomains with it), entry id or pattern of either, or as `failing`.

    `failed` are the fetch keys that the last word stands for.
    """
    if not only:
        return tuple(links)

    def wanted(link: Link) -> bool:
        host = _host(link.url)
        return any(
            fetch_key(link.url) in failed
            if word == FAILING
            else fnmatchcase(host, word) or host.endswith(f".{word}") or fnmatchcase(link.place.entry or "", word)
            for word in only
        )

    return tuple(link for link in links if wanted(link))


def failing(links: Sequence[Link], path: Path) -> frozenset[str] | Problem:
    """The fetch keys of the links that were failing (or dead) when they were last seen; a problem where no history says so."""
    if not path.is_file():
        message = f"there is no history at {shown(path)}, so nothing is known to be failing"
        hint = "leave --only failing out once: every `listkeeper check` of the lists is remembered"
        return Problem("no-history", Severity.ERROR, message, Place(shown(path)), hint)
    try:
        with History(path) as past:
            return frozenset(_failing(links, past))
    except (sqlite3.DatabaseError, HistoryError) as error:
        hint = "leave --only failing out once: a damaged history is put aside, and the nights count anew"
        return Problem("no-history", Severity.ERROR, f"the history can't be read: {error}", Place(shown(path)), hint)


def shard(url: str, count: int) -> int:
    """Which of `count` machines (1 to `count`) asks a URL: the same one for all of a host's owner, on every run and platform.

    Politeness is kept by host, so no host may be asked by two machines. What has no host goes by its own text.
    """
    host = split(url).ascii_host if web(url) else ""
    return crc32((host_key(host) or url).encode("utf-8", "surrogatepass")) % count + 1


def of_shard(links: Sequence[Link], number: int, count: int) -> tuple[Link, ...]:
    """The links of one machine among `count`."""
    return tuple(link for link in links if shard(link.url, count) == number)


def _failing(links: Sequence[Link], past: History) -> Iterator[str]:
    for link in links:
        nights = [seen for seen in past.of(fetch_key(link.url)) if not seen.discarded_reason]
        if nights and classify(nights[-1], link, nights[:-1]).outcome is Outcome.FAILING:
            yield fetch_key(link.url)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
