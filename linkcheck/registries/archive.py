"""Archived copies of pages that are gone: the good capture nearest to the day on which a link was added.

The Wayback Machine is asked for its captures (the CDX server), and where that says nothing, for the one it thinks nearest (the
availability interface). Both are a charity's: one question at a time goes through the `ask` passed in, which keeps the published
pace, and after a few failures the archive is left alone. Nothing of an answer is believed but instants, status codes and sizes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from statistics import median
from urllib.parse import urlencode

from linkcheck.registries.asking import FAILURES, Ask
from linkcheck.registries.protocol import BatchRequest, Headers
from linkcheck.registries.reading import LARGEST, json_object, spent
from linkcheck.services import ENDPOINTS

__all__ = ["Archive", "Copy", "Found"]

COPY = "https://web.archive.org/web/{stamp}/{url}"
"""The address of a capture, by its instant and the URL as it was listed."""

_EXCLUDED = b"AdministrativeAccessControlException"
"""What the CDX server says, with a 403, of a site whose captures it may not show."""

_STAMP = re.compile(r"\d{14}")
_FIELDS = ("timestamp", "mimetype", "statuscode", "length")
_MANY = 60
_SMALLEST = 300
"""A capture of fewer bytes (with its headers, compressed) is an error page or a redirect that calls itself 200."""
_SHARE = 0.25
"""So small a part of what the page's captures usually weigh is not the page any more."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A capture and the instant at which it was made."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What the archive has of a URL; without a copy, `why` says so. `asked` is False where the archive gave no usable answer."""

    copy: Copy | None = None
    why: str = ""
    asked: bool = True


@dataclass(frozen=True, slots=True)
class _Capture:
    stamp: str
    at: datetime
    length: int | None


class Archive:
    """The archive, as one run asks it. `endpoints` replaces the addresses of interfaces, by the names in `ENDPOINTS`."""

    def __init__(self, ask: Ask, endpoints: Mapping[str, str] = ENDPOINTS) -> None:
        self._ask = ask
        self._endpoints = {name: endpoints.get(name, ENDPOINTS[name]) for name in ("wayback", "cdx")}
        self._failures = 0
        self._closed = False

    async def copy(self, url: str, *, near: date | None = None, before: date | None = None) -> Found:
        """The good capture nearest to `near` (a link's `added`), made on or before the day `before` (its last as itself).

        Good is what answered 200 with the page's usual size. Without `near` the last good one before `before` is taken.
        """
        wanted = datetime.combine(near or before or date.max, time(12), UTC)
        last = before.strftime("%Y%m%d235959") if before else None
        captures, hidden = await self._captures(url, wanted if near or before else None, last)
        if hidden:
            return Found(None, "the archive doesn't show this site: it was excluded from it")
        best = min(_good(captures or ()), key=lambda one: (abs(one.at - wanted), one.stamp), default=None)
        if best is None:
            nearest, answered = await self._nearest(url, wanted if near or before else None, last)
            if nearest is None:
                asked = captures is not None or answered
                why = "the archive has no good copy" if asked else "the archive doesn't answer now: ask again another day"
                return Found(None, why, asked)
            best = nearest
        return Found(Copy(COPY.format(stamp=best.stamp, url=url), best.at))

    async def _captures(self, url: str, wanted: datetime | None, last: str | None) -> tuple[list[_Capture] | None, bool]:
        """The captures with status 200 around an instant, the latest where it is None; None where nothing usable came.

        And whether the archive may not show any of the site's.
        """
        query = {"url": url, "output": "json", "fl": ",".join(_FIELDS), "filter": "statuscode:200", "limit": str(-_MANY)}
        if last is not None:
            query["to"] = last
        if wanted is not None:
            query |= {"sort": "closest", "closest": wanted.strftime("%Y%m%d%H%M%S"), "limit": str(_MANY)}
        status, body = await self._asked("cdx", query)
        rows = _rows(body) if status == 200 else None
        found = None if rows is None else [one for one in _captures(rows) if last is None or one.stamp <= last]
        return found, _excluded(status, body)

    async def _nearest(self, url: str, wanted: datetime | None, last: str | None) -> tuple[_Capture | None, bool]:
        """The one capture that the archive thinks nearest, if it is good; and whether an answer came."""
        query = {"url": url} | ({"timestamp": wanted.strftime("%Y%m%d%H%M%S")} if wanted else {})
        status, body = await self._asked("wayback", query)
        found = json_object(body) if status == 200 else None
        if found is None:
            return None, False
        snapshots = found.get("archived_snapshots")
        closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
        if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
            return None, True
        capture = _capture(closest.get("timestamp"), None)
        return (capture if capture and (last is None or capture.stamp <= last) else None), True

    async def _asked(self, name: str, query: Mapping[str, str]) -> tuple[int | None, bytes]:
        if self._closed:
            return None, b""
        status: int | None
        headers: Headers
        question = BatchRequest("archive.org", f"{self._endpoints[name]}?{urlencode(query)}", (("Accept", "application/json"),))
        try:
            status, headers, body = await self._ask(question)
        except OSError:
            status, headers, body = None, (), b""
        # What is wrong with one URL says nothing of the archive.
        self._failures = 0 if status in {200, 400} or _excluded(status, body) else self._failures + 1
        self._closed = spent(status, headers) or self._failures >= FAILURES
        return status, body


def _excluded(status: int | None, body: bytes) -> bool:
    return status == 403 and _EXCLUDED in body[:1000]


def _rows(body: bytes) -> list[dict[str, object]] | None:
    """The rows of a CDX answer by the names in its first row; none for an empty list, None for anything else."""
    if len(body) > LARGEST:
        return None
    try:
        table = json.loads(body or b"[]")
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, list) or not all(isinstance(row, list) for row in table):
        return None
    return [dict(zip(map(str, table[0]), row, strict=False)) for row in table[1:]]


def _captures(rows: Sequence[Mapping[str, object]]) -> Iterator[_Capture]:
    for row in rows:
        kind = str(row.get("mimetype", ""))
        # A "revisit" only says that nothing had changed since another capture.
        if str(row.get("statuscode")) != "200" or kind.startswith("warc/"):
            continue
        length = str(row.get("length", ""))
        capture = _capture(row.get("timestamp"), int(length) if length.isascii() and length.isdigit() else None)
        if capture:
            yield capture


def _capture(stamp: object, length: int | None) -> _Capture | None:
    if not isinstance(stamp, str) or not _STAMP.fullmatch(stamp) or not stamp.isascii():
        return None
    try:
        return _Capture(stamp, datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC), length)
    except ValueError:
        return None


def _good(captures: Sequence[_Capture]) -> Iterator[_Capture]:
    """Those of a sane size: not tiny, and not a small part of what this page's captures usually weigh."""
    sizes = [one.length for one in captures if one.length is not None]
    least = max(_SMALLEST, _SHARE * median(sizes)) if sizes else 0
    return (one for one in captures if one.length is None or one.length >= least)
