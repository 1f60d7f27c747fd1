"""Header fields of strangers: decoded, made harmless, and read as far as checking needs. Pure; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_LOCATION = 8000
"""What RFC 9110 section 4.1 asks everybody to support; a longer target is nobody's."""

_YEAR = 366 * 86400.0
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_STATUS_LINE = re.compile(rb"\s{0,2}HTTP/[0-9](?:\.[0-9])? +([1-9][0-9]{2})(?:[ \r\n]|$)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_DIGITS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")


def clean(text: str, max_chars: int = 300) -> str:
    """A text on one line, without control and direction characters, cut at `max_chars` characters."""
    line = _HIDDEN.sub(" ", text[: 4 * max_chars]).strip()
    return line if len(line) <= max_chars and len(text) <= 4 * max_chars else f"{line[: max_chars - 1]}…"


def decode_value(value: bytes) -> str:
    """A field value as text: UTF-8 where it is, else Latin-1 (RFC 9110 section 5.5), with controls left out."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return _CONTROLS.sub("", text)


def decode_location(value: bytes) -> str | None:
    """The value of Location, to be resolved against the URL asked; other bytes than UTF-8 percent-encoded as they are.

    None for one longer than 8,000 characters: a part of it would lead elsewhere.
    """
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = _HIGH.sub(lambda byte: b"%%%02X" % byte[0][0], value).decode("ascii")
    text = _CONTROLS.sub("", text).strip()
    return text if len(text) <= MAX_LOCATION else None


def decode_fields(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Raw fields as text, names in lower case, in their order."""
    return tuple((decode_value(name).lower(), decode_value(value)) for name, value in raw)


def media_type(value: str) -> str:
    """The bare media type of a Content-Type value, in lower case; "" where none is stated."""
    return value.partition(";")[0].strip().lower()


def http_date(value: str) -> datetime | None:
    """An HTTP date in any of its three forms (RFC 9110 section 5.6.7), in UTC; None for anything else."""
    if len(value) > 64:
        return None
    try:
        date = parsedate_to_datetime(value.strip())
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_after(value: str | None, now: datetime) -> float | None:
    """A Retry-After value (RFC 9110 section 10.2.3) as seconds from `now`, the answer's own Date where it has one.

    A date in the past is 0. None for what can't be meant: no value, junk, negative numbers, more than a year.
    """
    text = (value or "").strip()
    if _DIGITS.fullmatch(text):
        seconds = float(text)
    elif (date := http_date(text)) is not None:
        seconds = max(0.0, (date - now).total_seconds())
    else:
        return None
    return seconds if seconds <= _YEAR else None


def lenient_head(raw: bytes) -> tuple[int, tuple[tuple[bytes, bytes], ...], bytes] | None:
    """Status, fields and the rest, of a head that breaks HTTP's grammar where browsers don't mind; None if there is none."""
    status = _STATUS_LINE.match(raw)
    end = _HEAD_END.search(raw)
    if status is None or end is None or int(status[1]) < 200:
        return None
    lines = raw[: end.start()].splitlines()[1:]
    pairs = (line.partition(b":") for line in lines if b":" in line and not line[:1].isspace())
    return int(status[1]), tuple((name.strip(), value.strip()) for name, _, value in pairs), raw[end.end() :]
