"""Read JSON reports of `check`, and join those of several machines into one.

Nothing in them is trusted: a document with any value of the wrong type or size is refused, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from generator import VERSION
from generator.problems import Problem, Severity
from generator.reporting.data import MAX_ADDRESS
from generator.reporting.data import VERSION as FORMAT
from generator.reporting.phrases import CHANGED
from generator.results import Report
from generator.sources.files import shown
from linkcheck.model import Candidate, Cluster, FailureKind, Hop, Outcome, Place, Run, Verdict

__all__ = ["Unreadable", "join_reports", "load_reports", "read_report"]

_MAX_ITEMS = 2_000_000
_FRAGMENTS = ("found", "missing", "unknown")
_KINDS = ("same-url", "same-resource", "same-work", "near-title")
_CERTAINTIES = ("certain", "probable")

_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=StrEnum)


class Unreadable(ValueError):  # noqa: N818  # the state of the document
    """A text isn't a report of `check`; the message says where and why."""


def load_reports(paths: Iterable[Path]) -> Report | str:
    """The reports in these files, joined; a message if one can't be read or none is given."""
    found = list[Report]()
    for path in paths:
        try:
            found.append(read_report(path.read_bytes()))
        except OSError as error:
            return f"{shown(path)} can't be read: {error.strerror}"
        except Unreadable as error:
            return f"{shown(path)} isn't a JSON report of listkeeper check: {error}"
    return join_reports(found) if found else "name the reports: listkeeper report FILE..."


def read_report(text: str | bytes) -> Report:
    """Read one document; what the format doesn't contain is left empty. Raises `Unreadable`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("this isn't JSON") from error
    top = _mapping(data, "the document")
    if top.get("version") != FORMAT:
        raise Unreadable(f"its version isn't {FORMAT}")
    run = _run(_mapping(top.get("run"), "run"))
    verdicts = tuple(_each(top, "verdicts", _verdict))
    return Report(
        "check",
        version=VERSION,
        run=replace(run, verdicts=verdicts),
        problems=tuple(problem for problem in _each(top, "problems", _problem) if problem.code != CHANGED),  # verdicts say it
        clusters=tuple(_each(top, "duplicates", _cluster)),
        links=len(verdicts),
    )


def join_reports(reports: Iterable[Report]) -> Report:
    """Join the reports of one run's shards, and of the links that they handed over. Raises `Unreadable` if there are none.

    A verdict counts before "not checked". Problems and duplicates of the sources are the same in each and listed once. The run is
    offline or void if all machines are that had links.
    """
    all_of = list(reports)
    if not all_of:
        raise Unreadable("there is no report")
    runs = [report.run for report in all_of if report.run is not None]
    with_links = [run for run in runs if run.verdicts] or runs
    verdicts: dict[str, Verdict] = {}
    for run in runs:
        for verdict in run.verdicts:
            known = verdicts.get(verdict.url)
            if known is None or (known.outcome is Outcome.UNCHECKED and known.excused is None):
                verdicts[verdict.url] = verdict
    # By first place, so that the report is the same for any number of machines.
    ordered = sorted(verdicts.values(), key=lambda found: _place_key(found.places[0] if found.places else Place("")))
    run = Run(
        started=min(run.started for run in runs),
        seconds=max(run.seconds for run in runs),
        requests=sum(run.requests for run in runs),
        confirm=max(run.confirm for run in runs),
        verdicts=tuple(ordered),
        offline=all(run.offline for run in with_links),
        void=with_links[0].void if all(run.void for run in with_links) else None,
        void_kind=with_links[0].void_kind if all(run.void for run in with_links) else None,
    )
    return replace(
        all_of[0],
        run=run,
        links=len(verdicts),
        problems=tuple(dict.fromkeys(problem for report in all_of for problem in report.problems)),
        clusters=tuple(dict.fromkeys(cluster for report in all_of for cluster in report.clusters)),
    )


def _place_key(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _run(data: Mapping[str, Any]) -> Run:
    try:
        started = datetime.fromisoformat(_text(data, "started"))
    except ValueError as error:
        raise Unreadable("started isn't a date and time") from error
    if started.tzinfo is None:
        raise Unreadable("started has no time zone")
    void = _maybe(data, "void", _text)
    return Run(
        started, _number(data, "seconds"), _count(data, "requests"), max(1, _count(data, "confirm")),
        offline=data.get("offline") is True, void=void, void_kind=_maybe(data, "void_kind", partial(_word, FailureKind)),
    )  # fmt: skip


def _verdict(data: Mapping[str, Any]) -> Verdict:
    return Verdict(
        url=_text(data, "url"),
        outcome=_word(Outcome, data, "outcome"),
        seen=_word(Outcome, data, "seen"),
        rule=_text(data, "rule"),
        reason=_text(data, "reason"),
        status=_maybe(data, "status", _count),
        final_url=_text(data, "final_url"),
        title=_text(data, "title"),
        fragment=_maybe(data, "fragment", lambda of, name: _one_of(_FRAGMENTS, of, name)),
        nights=_count(data, "nights"),
        needed=_count(data, "needed") if "needed" in data else 0,
        of_nights=_count(data, "of_nights") if "of_nights" in data else 0,
        changed_from=_maybe(data, "changed", lambda of, name: _text(_mapping(of[name], name), "from")) or "",
        excused=_maybe(data, "excused", _text),
        hops=tuple(_each(data, "hops", _hop)),
        places=tuple(_each(data, "places", _place)),
    )


def _hop(data: Mapping[str, Any]) -> Hop:
    return Hop(_text(data, "url"), _maybe(data, "status", _count), _number(data, "seconds"))


def _cluster(data: Mapping[str, Any]) -> Cluster:
    members = tuple(Candidate(place, id=place.entry or "") for place in _each(data, "places", _place))
    return Cluster(_one_of(_KINDS, data, "class"), _one_of(_CERTAINTIES, data, "certainty"), _text(data, "why"), members)


def _problem(data: Mapping[str, Any]) -> Problem:
    severity = _word(Severity, data, "severity")
    place = _place(_mapping(data.get("place"), "place"))
    return Problem(_text(data, "code"), severity, _text(data, "message"), place, _text(data, "hint"))


def _place(data: Mapping[str, Any]) -> Place:
    entry, field = _maybe(data, "entry", _text), _maybe(data, "field", _text)
    return Place(_text(data, "path"), _count(data, "line"), _count(data, "column"), entry, field)


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"{name} isn't an object")
    return value


def _each(data: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], _T]) -> Iterable[_T]:
    items = data.get(name)
    if not isinstance(items, list) or len(items) > _MAX_ITEMS:
        raise Unreadable(f"{name} isn't a list, or too long")
    return (make(_mapping(item, f"an item of {name}")) for item in items)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > MAX_ADDRESS:
        raise Unreadable(f"{name} isn't a text, or too long")
    return value


def _number(data: Mapping[str, Any], name: str) -> float:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise Unreadable(f"{name} isn't a number from 0 to 1e9")
    return float(value)


def _count(data: Mapping[str, Any], name: str) -> int:
    value = _number(data, name)
    if not value.is_integer():
        raise Unreadable(f"{name} isn't a whole number")
    return int(value)


def _word(kind: type[_Word], data: Mapping[str, Any], name: str) -> _Word:
    return kind(_one_of([str(word) for word in kind], data, name))


def _one_of(words: Iterable[str], data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or value not in words:
        raise Unreadable(f"{name} has an unknown value")
    return value


def _maybe(data: Mapping[str, Any], name: str, take: Callable[[Mapping[str, Any], str], _T]) -> _T | None:
    return None if data.get(name) is None else take(data, name)
