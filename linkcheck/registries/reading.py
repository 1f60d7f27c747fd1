"""Answers of strangers, read without trust: no size, depth, type or encoding in them does harm. Pure; nothing here raises."""

from __future__ import annotations

import json
from collections.abc import Mapping

from linkcheck.net.headers import clean
from linkcheck.registries.question import Headers

LARGEST = 1 << 20
"""So many bytes of JSON are read: a hundred times what any of these answers has."""


def json_object(body: bytes, most: int = LARGEST) -> Mapping[str, object] | None:
    """The JSON object that a body is; None for anything else, also for one of more than `most` bytes, or too deep."""
    if len(body) > most:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def text(value: object, most: int = 120) -> str:
    """A value as one harmless line; "" where it is no string. Lone surrogates, which JSON can spell, become `?`."""
    return clean(value.encode("utf-8", "replace").decode("utf-8"), most) if isinstance(value, str) else ""


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header, by its name in any case; None where there is none."""
    return next((value.strip() for given, value in headers if given.lower() == name), None)


def plain_word(body: bytes) -> bool:
    """Whether a body is at most a few plain words: what an interface says, where a page would be markup."""
    return len(body) <= 200 and b"<" not in body


def spent(status: int | None, headers: Headers) -> bool:
    """Whether an answer says that we have asked too much, so that more questions would only be more of it."""
    if status == 429:
        return True
    asked_for_peace = header(headers, "retry-after") is not None or header(headers, "x-ratelimit-remaining") == "0"
    return status in {403, 503} and asked_for_peace
