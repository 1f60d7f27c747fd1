"""The words of editing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Value = str | int | date | tuple[str, ...] | Mapping[str, str]
"""What a field can be given: a text, a number, a day, a list of texts, texts by name."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One value to change: `old` as it stands (None: it isn't there yet), `new` as it shall be (None: it goes).

    `field` is named as in `Entry.places` ("url", "links.pdf", "links.code.1"); "" is the whole entry, which can only go. Without an
    entry it is a topic's ("description") or a section's, counted from 0 ("sections.1.sections.0.description"). A list is given
    whole, and only longer at its end. With `line`, `old` and `new` are whole lines as written, from that one on (1 is the first):
    for what can't be read as YAML yet.
    """

    path: str
    entry: str | None
    field: str
    old: Value | None
    new: Value | None
    line: int = 0


class Splice(NamedTuple):
    """Characters from `start` to `end` (exclusive) that become `text`."""

    start: int
    end: int
    text: str


def texts(value: Value | None) -> tuple[str, ...]:
    """A list as given, a text as a list of one, nothing as none."""
    if isinstance(value, tuple):
        return value
    return () if value is None or isinstance(value, Mapping) else (str(value),)
