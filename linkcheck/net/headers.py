"""Decode and parse header fields of untrusted servers. Pure; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_LOCATION = 8000
"""Longest redirect target that is followed, in characters (RFC 9110 section 4.1 recommends supporting 8000)."""

_YEAR = 366 * 86400.0
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_STATUS_LINE = re.compile(rb"\s{0,2}HTTP/[0-9](?:\.[0-9])? +([1-9][0-9]{2})(?:[ \r\n]|$)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_DIGITS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")


def clean(text: str, max_chars: int = 300) -> str:
    """The text on one line of at most `max_chars` characters, without control and direction characters."""
    line = _HIDDEN.sub(" ", text[: 4 * max_chars]).strip()
    return line if len(line) <= max_chars and len(text) <= 4 * max_chars else f"{line[: max_chars - 1]}…"


def decode_value(value: bytes) -> str:
    """A field value as text without control characters: UTF-8 if valid, else Latin-1 (RFC 9110 section 5.5)."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return _CONTROLS.sub("", text)


def decode_location(value: bytes) -> str | None:
    """The value of Location without control characters; bytes that aren't UTF-8 are percent-encoded.

    None if it is longer than `MAX_LOCATION`: a part of it would lead elsewhere.
    """
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = _HIGH.sub(lambda byte: b"%%%02X" % byte[0][0], value).decode("ascii")
    text = _CONTROLS.sub("", text).strip()
    return text if len(text) <= MAX_LOCATION else None


def decode_fields(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Field names (in lower case) and values as text, in order."""
    return tuple((decode_value(name).lower(), decode_value(value)) for name, value in raw)


def media_type(value: str) -> str:
    """The media type of a Content-Type value in lower case, without parameters."""
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
    """A Retry-After value (RFC 9110 section 10.2.3) in seconds from `now`, which is the answer's Date if it has one.

    0 for a date in the past. None without a valid value, and for more than a year.
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
    """Status, fields and remaining bytes of an answer whose head breaks HTTP's grammar as browsers tolerate; None if unreadable."""
    status = _STATUS_LINE.match(raw)
    end = _HEAD_END.search(raw)
    if status is None or end is None or int(status[1]) < 200:
        return None
    lines = raw[: end.start()].splitlines()[1:]
    pairs = (line.partition(b":") for line in lines if b":" in line and not line[:1].isspace())
    return int(status[1]), tuple((name.strip(), value.strip()) for name, _, value in pairs), raw[end.end() :]


def varies_by_language(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether an answer depends on the language asked for (`Vary: Accept-Language`, RFC 9110 section 12.5.5)."""
    return any(name == "vary" and "accept-language" in value.lower() for name, value in headers)


def is_http2(raw: bytes) -> bool:
    """Whether the first bytes of an answer are a frame with which an HTTP/2 server begins: SETTINGS or GOAWAY (RFC 9113 section 4.1)."""
    if len(raw) < 9 or raw[3] not in {4, 7} or int.from_bytes(raw[5:9], "big") & 0x7FFFFFFF:
        return False
    length = int.from_bytes(raw[:3], "big")
    return length % 6 == 0 and length < 600 if raw[3] == 4 else 8 <= length < 16384
