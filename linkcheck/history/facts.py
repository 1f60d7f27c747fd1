"""Convert observations to stored JSON ("facts") and back. Pure.

A fact leaves out the time, durations and IP addresses, so that equal texts mean that two nights saw the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from linkcheck.model import FailureKind, Hop, Observation, PageSignals, RegistryAnswer, Soft404Probe

MAX_TEXT = 1_000_000
"""Maximum characters of a text in a merged file; our longest, twenty redirects of 8,000 each, has a third of it."""

_HOP = MappingProxyType({
    "url": "url", "status": "status", "location": "location", "trouble": "failure", "detail": "detail",
    "by_language": "by_language",
})  # fmt: skip
"""Stored fields of a hop: name in the file (as older versions wrote it) and attribute."""
_SHAPES: Mapping[str, Mapping[str, type]] = MappingProxyType({
    "hops": {"url": str, "status": int, "location": str, "trouble": str, "detail": str, "by_language": bool},
    "marks": {
        **dict.fromkeys((one.name for one in fields(PageSignals)), str), "shell": bool, "words": int, "fragments": list,
    },
    "sibling": {**dict.fromkeys((one.name for one in fields(Soft404Probe)), str), "status": int},
    "registry": {"name": str, "word": str, "detail": str, "url": str},
})  # fmt: skip
_PARTS = (
    ("marks", "signals", {one.name: one.name for one in fields(PageSignals)}),
    ("sibling", "soft404", {one.name: one.name for one in fields(Soft404Probe)}),
    ("registry", "registry", {"name": "name", "word": "status", "detail": "detail", "url": "url"}),
)
"""Parts of a fact: name in the file, attribute of `Observation`, and the same for the fields of the part."""
_FLAGS = ("accepted", "site_denies")
_STATUSES = frozenset({"exists", "missing", "moved", "unknown"})
_FRAGMENT_RESULTS = frozenset({"found", "missing", "unknown"})


def fact_of(observation: Observation, redact: Callable[[str], str]) -> str:
    """The JSON of an observation; `redact` is applied to every text in it."""

    def redacted(value: object) -> object:
        return redact(value) if isinstance(value, str) else value

    hops = [{name: redacted(value) for name, own in _HOP.items() if (value := getattr(hop, own))} for hop in observation.hops]
    fact: dict[str, Any] = {"hops": hops, "times": observation.times}
    if observation.status_accepted:
        fact["accepted"] = True
    if observation.site_denies:
        fact["site_denies"] = True
    for name, attribute, labels in _PARTS:
        part = getattr(observation, attribute)
        if part is not None:  # empty, zero and false values are left out
            fact[name] = {label: redacted(value) for label, own in labels.items() if (value := getattr(part, own))}
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":"))


def observations(key: str, nights: str, text: str, discarded: str) -> tuple[Observation, ...]:
    """The observations of a row, one for each of its times; none if the row can't be read."""
    try:
        first, *later = map(datetime.fromisoformat, nights.split())
        base = _observation(key, first, json.loads(text), discarded)
        return (base, *[replace(base, at=at) for at in later])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def _observation(key: str, at: datetime, fact: Any, discarded: str) -> Observation:  # noqa: ANN401  # any JSON
    hops = [_attributes(hop, _HOP) for hop in fact["hops"]]
    for hop in hops:
        hop["failure"] = FailureKind(hop["failure"]) if "failure" in hop else None
    parts = {attribute: _attributes(fact[name], labels) for name, attribute, labels in _PARTS if fact.get(name) is not None}
    signals = parts.get("signals")
    if signals is not None and "fragments" in signals:
        signals["fragments"] = tuple((name, found) for name, found in signals["fragments"])
    return Observation(
        key,
        at,
        tuple([Hop(**hop) for hop in hops]),
        PageSignals(**signals) if signals is not None else None,
        Soft404Probe(**{"url": "", "status": None, **parts["soft404"]}) if "soft404" in parts else None,
        RegistryAnswer(**{"name": "", "status": "unknown", **parts["registry"]}) if "registry" in parts else None,
        fact["times"],
        discarded,
        fact.get("accepted", False),
        fact.get("site_denies", False),
    )


def _attributes(part: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names[label]: value for label, value in part.items()}


def is_valid(key: object, nights: object, text: object, discarded: object) -> bool:
    """Whether a row of another file could have been written by this program: types, values, times, sizes."""
    texts = (key, nights, text, discarded)
    if not all(isinstance(one, str) and len(one) <= MAX_TEXT for one in texts) or not key or not str(nights).split():
        return False
    try:
        fact = json.loads(str(text))
        instants = [datetime.fromisoformat(at) for at in str(nights).split()]
    except (ValueError, RecursionError):
        return False
    if any(at.utcoffset() != timedelta() for at in instants) or not isinstance(fact, dict) or not _valid_parts(fact):
        return False
    return bool(observations(str(key), str(nights), str(text), str(discarded)))


def _valid_parts(fact: dict[str, Any]) -> bool:
    hops, times = fact.get("hops"), fact.get("times")
    registry, marks = fact.get("registry"), fact.get("marks")
    return (
        fact.keys() <= {"hops", "times", *_FLAGS, *_SHAPES}
        and isinstance(hops, list)
        and all(_valid_part("hops", hop) and "url" in hop for hop in hops)
        and type(times) is int
        and times >= 1
        and all(isinstance(fact.get(flag, False), bool) for flag in _FLAGS)
        and all(name not in fact or _valid_part(name, fact[name]) for name in ("marks", "sibling", "registry"))
        and (registry is None or registry.get("word", "unknown") in _STATUSES)
        and (marks is None or all(map(_valid_fragment, marks.get("fragments", ()))))
    )


def _valid_part(name: str, part: object) -> bool:
    shape = _SHAPES[name]
    return isinstance(part, dict) and all(type(value) is shape.get(label) for label, value in part.items())


def _valid_fragment(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and pair[1] in _FRAGMENT_RESULTS
