"""Find archived copies of dead pages: the good capture nearest to the day when a link was added.

Asks the Wayback Machine for its captures (CDX server) and, if there is no usable answer, for the nearest one (availability API).
A charity runs both, so requests go one at a time through `ask`, which keeps the published limit, and stop after a few failures.
Only instants, status codes and sizes of an answer are used.
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
"""The URL of a capture, from its instant and the listed URL."""

_EXCLUDED = b"AdministrativeAccessControlException"
"""In the CDX server's 403 for a site whose captures it may not show."""

_STAMP = re.compile(r"\d{14}")
_FIELDS = ("timestamp", "mimetype", "statuscode", "length")
_MOST_ROWS = 60
_MIN_BYTES = 300
"""Fewer bytes (compressed, with headers) mean an error page or a redirect stored with status 200."""
_MIN_SHARE = 0.25
"""A capture smaller than this part of the median isn't the page any more."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The URL of a capture and the instant when it was made."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The copy of a URL, or the reason why there is none. `asked` is False if the archive gave no usable answer."""

    copy: Copy | None = None
    why: str = ""
    asked: bool = True


@dataclass(frozen=True, slots=True)
class _Capture:
    stamp: str
    at: datetime
    length: int | None


class Archive:
    """The archive during one run. `endpoints` replaces the URLs of its interfaces, by their names in `ENDPOINTS`."""

    def __init__(self, ask: Ask, endpoints: Mapping[str, str] = ENDPOINTS) -> None:
        self._ask = ask
        self._endpoints = {name: endpoints.get(name, ENDPOINTS[name]) for name in ("wayback", "cdx")}
        self._failures = 0
        self._stopped = False

    async def copy(self, url: str, *, near: date | None = None, before: date | None = None) -> Found:
        """The good capture nearest to the day `near` (a link's `added`), made by the day `before` (when it was last alive).

        A good capture has status 200 and the page's usual size. Without `near` it is the last good one by `before`.
        """
        wanted = datetime.combine(near or before or date.max, time(12), UTC)
        last = before.strftime("%Y%m%d235959") if before else None
        captures, excluded = await self._captures(url, wanted if near or before else None, last)
        if excluded:
            return Found(None, "the archive doesn't show captures of this site")
        best = min(_good(captures or ()), key=lambda one: (abs(one.at - wanted), one.stamp), default=None)
        if best is None:
            nearest, answered = await self._nearest(url, wanted if near or before else None, last)
            if nearest is None:
                asked = captures is not None or answered
                why = "the archive has no good copy" if asked else "the archive doesn't answer now: try again another day"
                return Found(None, why, asked)
            best = nearest
        return Found(Copy(COPY.format(stamp=best.stamp, url=url), best.at))

    async def _captures(self, url: str, wanted: datetime | None, last: str | None) -> tuple[list[_Capture] | None, bool]:
        """The captures with status 200 nearest to an instant (None: the latest), or None without a usable answer.

        Also whether the archive may not show any capture of the site.
        """
        query = {"url": url, "output": "json", "fl": ",".join(_FIELDS), "filter": "statuscode:200", "limit": str(-_MOST_ROWS)}
        if last is not None:
            query["to"] = last
        if wanted is not None:
            query |= {"sort": "closest", "closest": wanted.strftime("%Y%m%d%H%M%S"), "limit": str(_MOST_ROWS)}
        status, body = await self._request("cdx", query)
        rows = _rows(body) if status == 200 else None
        found = None if rows is None else [one for one in _captures(rows) if last is None or one.stamp <= last]
        return found, _excluded(status, body)

    async def _nearest(self, url: str, wanted: datetime | None, last: str | None) -> tuple[_Capture | None, bool]:
        """The capture that the archive calls nearest, if it is good, and whether there was an answer."""
        query = {"url": url} | ({"timestamp": wanted.strftime("%Y%m%d%H%M%S")} if wanted else {})
        status, body = await self._request("wayback", query)
        found = json_object(body) if status == 200 else None
        if found is None:
            return None, False
        snapshots = found.get("archived_snapshots")
        closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
        if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
            return None, True
        capture = _capture(closest.get("timestamp"), None)
        return (capture if capture and (last is None or capture.stamp <= last) else None), True

    async def _request(self, name: str, query: Mapping[str, str]) -> tuple[int | None, bytes]:
        if self._stopped:
            return None, b""
        status: int | None
        headers: Headers
        request = BatchRequest("archive.org", f"{self._endpoints[name]}?{urlencode(query)}", (("Accept", "application/json"),))
        try:
            status, headers, body = await self._ask(request)
        except OSError:
            status, headers, body = None, (), b""
        # Errors about one URL aren't failures of the archive.
        self._failures = 0 if status in {200, 400} or _excluded(status, body) else self._failures + 1
        self._stopped = spent(status, headers) or self._failures >= FAILURES
        return status, body


def _excluded(status: int | None, body: bytes) -> bool:
    return status == 403 and _EXCLUDED in body[:1000]


def _rows(body: bytes) -> list[dict[str, object]] | None:
    """The rows of a CDX answer as mappings, [] for an empty answer, None for anything unexpected."""
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
        # A "revisit" (`warc/revisit`) has no content of its own.
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
    """The captures of plausible size: not tiny, and not much smaller than the median of this page's captures."""
    sizes = [one.length for one in captures if one.length is not None]
    least = max(_MIN_BYTES, _MIN_SHARE * median(sizes)) if sizes else 0
    return (one for one in captures if one.length is None or one.length >= least)
