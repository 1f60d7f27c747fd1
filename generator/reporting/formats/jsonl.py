"""JSON lines: one object a line for each verdict, duplicate and problem, and a summary last.

Each line has a `type` (verdict, duplicate, problem or summary); its other keys are those of the JSON document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.reporting.data import Json, cluster_data, document, problems_data, verdict_data
from generator.results import Report

__all__ = ["render"]

_LISTS = ("verdicts", "duplicates", "problems")


def render(report: Report) -> Iterator[str]:
    """All lines of a report, one by one."""
    yield from (_line("verdict", verdict_data(verdict)) for verdict in report.verdicts)
    yield from (_line("duplicate", cluster_data(cluster)) for cluster in report.clusters)
    yield from (_line("problem", problem) for problem in problems_data(report))
    yield _line("summary", {key: value for key, value in document(report).items() if key not in _LISTS})


def _line(kind: str, data: Json) -> str:
    return json.dumps({"type": kind, **data}, ensure_ascii=False, separators=(",", ":")) + "\n"
