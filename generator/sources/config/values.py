"""Read values of settings: durations, numbers, and what an exception accepts."""

from __future__ import annotations

import re

from generator.problems import quoted
from generator.sources.yaml_tree import Node, Scalar, Sequence
from generator.sources.yaml_tree.reader import Reader
from linkcheck.model import Outcome

ACCEPTED = tuple(outcome.value for outcome in Outcome if outcome not in {Outcome.ALIVE, Outcome.UNCHECKED})

_AMOUNT = r"(\d{1,9}(?:\.\d{1,9})?)"
_DURATION = re.compile(rf"(?:{_AMOUNT} ?h)? ?(?:{_AMOUNT} ?m(?:in)?)? ?(?:{_AMOUNT} ?s)?$")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?$")


def seconds(text: str) -> float | None:
    """A duration in seconds, from "90", "90s", "20m" or "1h30m"; None for any other text."""
    text = " ".join(text.split())
    if _NUMBER.match(text):
        return float(text)
    match = _DURATION.match(text)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def read_count(reader: Reader, node: Node, field: str, least: int) -> int | None:
    """A whole number of at least `least`; None and a problem for anything else."""
    number = reader.number(node, field)
    if number is not None and number < least:
        reader.report("out-of-range", node, f"{field}: {number} is too small", f"write {least} or more", field=field)
        return None
    return number


def read_number(reader: Reader, node: Node, field: str) -> float | None:
    """A number that isn't negative; None and a problem for anything else."""
    if isinstance(node, Scalar) and node.style == "plain" and _NUMBER.match(node.text):
        return float(node.text)
    reader.wrong_type(node, field, "a number")
    return None


def read_duration(reader: Reader, node: Node, field: str) -> float | None:
    """A duration in seconds, longer than 0; None and a problem for anything else."""
    span = seconds(node.text) if isinstance(node, Scalar) else None
    if not span:
        shown = quoted(node.text) if isinstance(node, Scalar) else "this"
        reader.report("bad-duration", node, f"{field}: {shown} isn't a duration", "write it as 90s, 20m or 1h30m", field=field)
        return None
    return span


def read_accept(reader: Reader, node: Node, field: str) -> tuple[str, ...]:
    """Outcomes and status codes, one or a list; a problem for anything else."""
    items = node.items if isinstance(node, Sequence) else (node,)
    found: list[str] = []
    for item in items:
        if isinstance(item, Scalar) and item.kind == "int":
            if re.fullmatch(r"[1-9]\d\d", item.text):
                found.append(item.text)
            else:
                message = f"{quoted(item.text)} isn't a status code"
                reader.report("bad-status-code", item, message, "three digits, as 403", field=field)
        else:
            word = reader.choice(item, "outcome", ACCEPTED, {"forbidden": "blocked", "timeout": "failing"})
            if word:
                found.append(word)
    return tuple(found)
