"""Edit: one value to change; Splice: a change of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Value = str | int | date | tuple[str, ...] | Mapping[str, str]
"""The value of a field: a string, an integer, a date, a list of strings, or strings by label."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old` (None: the field is missing) by `new` (None: remove the field).

    `field` is named as in `Entry.places` ("url", "links.pdf", "links.code.1"); "" is the whole entry, which can only be removed. With
    `entry` None it is a field of the topic ("description") or of a section, counted from 0 ("sections.1.sections.0.description").
    Lists are given whole, and can only grow at their end. With `line` (from 1), `old` and `new` are whole lines of the file from that
    line on: for files that aren't valid YAML yet.
    """

    path: str
    entry: str | None
    field: str
    old: Value | None
    new: Value | None
    line: int = 0


class Splice(NamedTuple):
    """Replace the characters from `start` to `end` (exclusive) by `text`."""

    start: int
    end: int
    text: str


def texts(value: Value | None) -> tuple[str, ...]:
    """A list as it is, a scalar as a list of one string; empty for None and for mappings."""
    if isinstance(value, tuple):
        return value
    return () if value is None or isinstance(value, Mapping) else (str(value),)
