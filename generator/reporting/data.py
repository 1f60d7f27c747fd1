"""The data of the JSON formats. They are a contract, described by `check.schema.json`: keys are never changed or removed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from itertools import chain

from generator.problems import Problem, Severity
from generator.reporting import sanitize
from generator.reporting.phrases import CHANGED, CHANGED_HINT, changed_sentence, is_changed
from generator.results import Report
from linkcheck.model import Cluster, Outcome, Place, Run, Verdict

__all__ = [
    "MAX_ADDRESS",
    "Json",
    "cluster_data",
    "document",
    "place_data",
    "problems_data",
    "run_data",
    "summary_data",
    "verdict_data",
]

Json = dict[str, object]

VERSION = 1
_MAX_TEXT = 2000
"""Maximum length of a text in characters."""
MAX_ADDRESS = 20_000
"""Maximum length of a URL in characters; of a longer one the end is replaced by a digest, so that two stay two."""


def document(report: Report) -> Json:
    """The whole report but its verdicts, which may be many: their key is there, and formats add them one by one (`verdict_data`).

    `check` has exactly the keys of its schema; other commands have the same `problems` and `duplicates`.
    """
    data: Json = {"version": VERSION, "tool": report.tool}
    if report.run is not None:
        data["run"] = run_data(report.run)
        data["summary"] = summary_data(report)
        if report.lists:
            data["lists"] = [sanitize.text(name, 200) for name in report.lists]
        data["verdicts"] = ()
    else:
        data["command"] = report.command
        data["counts"] = dict(report.counts)
        data["changed"] = [sanitize.path(path) for path in report.changed]
        data["written"] = [sanitize.path(path) for path in report.written]
        data["stale"] = [sanitize.path(path) for path in report.stale]
    data["duplicates"] = [cluster_data(cluster) for cluster in report.clusters]
    data["problems"] = problems_data(report)
    return data


def run_data(run: Run) -> Json:
    """The facts of a run."""
    return {
        "started": run.started.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "seconds": round(run.seconds, 3),
        "offline": run.offline,
        "void": None if run.void is None else sanitize.text(run.void, _MAX_TEXT),
        "void_kind": None if run.void_kind is None else str(run.void_kind),
        "requests": run.requests,
        "confirm": run.confirm,
    }


def summary_data(report: Report) -> Json:
    """The number of distinct URLs, in all and by outcome; the outcomes add up to `links`."""
    tally = Counter(verdict.outcome for verdict in report.verdicts)
    order = (
        Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.DEAD, Outcome.BLOCKED, Outcome.INVALID, Outcome.UNCHECKED,
    )  # fmt: skip
    return {"links": len(report.verdicts), **{str(outcome): tally[outcome] for outcome in order}}


def verdict_data(verdict: Verdict) -> Json:
    """The verdict on one distinct URL."""
    return {
        "url": _address(verdict.url),
        "outcome": str(verdict.outcome),
        "seen": str(verdict.seen),
        "rule": verdict.rule,
        "reason": sanitize.text(verdict.reason, _MAX_TEXT),
        "status": verdict.status,
        "final_url": _address(verdict.final_url),
        "title": sanitize.text(verdict.title, _MAX_TEXT),
        "fragment": verdict.fragment,
        "changed": _change_data(verdict),
        "nights": verdict.nights,
        "needed": verdict.needed,
        "of_nights": verdict.of_nights,
        "excused": None if verdict.excused is None else sanitize.text(verdict.excused, _MAX_TEXT),
        "hops": [
            {"url": _address(hop.url), "status": hop.status, "seconds": round(hop.seconds, 3)} for hop in verdict.hops
        ],
        "places": [place_data(place) for place in verdict.places],
    }  # fmt: skip


def _address(url: str) -> str:
    shown = sanitize.address(url)
    return shown if len(shown) <= MAX_ADDRESS else f"{shown[: MAX_ADDRESS - 17]}…{sha256(shown.encode()).hexdigest()[:16]}"


def _change_data(verdict: Verdict) -> Json | None:
    if not verdict.changed_from:
        return None
    return {"from": sanitize.text(verdict.changed_from, _MAX_TEXT), "to": sanitize.text(verdict.title, _MAX_TEXT)}


def cluster_data(cluster: Cluster) -> Json:
    """One cluster; `class` is its `kind`."""
    return {
        "class": cluster.kind,
        "certainty": cluster.certainty,
        "why": sanitize.text(cluster.why, _MAX_TEXT),
        "places": [place_data(replace(one.place, entry=one.place.entry or one.id or None)) for one in cluster.members],
    }


def problems_data(report: Report) -> list[Json]:
    """All problems, and a note at each place of a changed page; `hint` may be ""."""
    notes = (
        Problem(CHANGED, Severity.NOTE, changed_sentence(verdict), place, CHANGED_HINT)
        for verdict in report.verdicts
        if is_changed(report, verdict)
        for place in verdict.places
    )
    return [_problem_data(problem) for problem in chain(report.problems, notes)]


def _problem_data(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "message": sanitize.text(problem.message, _MAX_TEXT),
        "hint": sanitize.text(problem.hint, _MAX_TEXT),
        "place": place_data(problem.place),
    }


def place_data(place: Place) -> Json:
    """A place; line and column are 0 if unknown."""
    return {
        "list": sanitize.text(place.list, 200) if place.list else None,
        "path": sanitize.path(place.path, MAX_ADDRESS),
        "line": place.line,
        "column": place.column,
        "entry": None if place.entry is None else sanitize.text(place.entry),
        "field": None if place.field is None else sanitize.text(place.field),
    }
