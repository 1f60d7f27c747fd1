"""JSON lines: one object per verdict, duplicate and problem, each usable as it comes, and a summary as the last.

Every line has a `type` (verdict, duplicate, problem, summary); its other keys are those of the JSON document.
"""

from __future__ import annotations

import json

from generator.problems import Problem
from generator.reporting.data import Json, cluster_data, document, problem_data, verdict_data
from generator.results import Report
from linkcheck.model import Cluster, Verdict

__all__ = ["line", "render", "rest"]

_LISTS = ("verdicts", "duplicates", "problems")


def render(report: Report) -> str:
    """All lines of a report."""
    return "".join(line(verdict) for verdict in report.verdicts) + rest(report)


def line(found: Verdict | Cluster | Problem) -> str:
    """One finding as one line, ending in a newline: to be written as soon as it is known."""
    match found:
        case Verdict():
            return _dump("verdict", verdict_data(found))
        case Cluster():
            return _dump("duplicate", cluster_data(found))
        case Problem():
            return _dump("problem", problem_data(found))


def rest(report: Report) -> str:
    """What follows where the verdicts were written as they came: duplicates, problems, and the summary."""
    findings = "".join([*map(line, report.clusters), *map(line, report.problems)])
    return findings + _dump("summary", {key: value for key, value in document(report).items() if key not in _LISTS})


def _dump(kind: str, data: Json) -> str:
    return json.dumps({"type": kind, **data}, ensure_ascii=False, separators=(",", ":")) + "\n"
