"""The badge for shields.io's endpoint: when links were last checked, and how many are alive."""

from __future__ import annotations

import json

from generator.reporting.phrases import action_count
from generator.results import Report
from linkcheck.model import Outcome

__all__ = ["badge_json"]


def badge_json(report: Report) -> str:
    """The badge's JSON. For a run that doesn't count it gives no date, which would look like a check."""
    run = report.run
    if run is None or run.offline or run.void:
        message, color = "last check doesn't count", "lightgrey"
    else:
        fine = sum(report.outcome_of(verdict) in {Outcome.ALIVE, Outcome.MOVED} for verdict in report.verdicts)
        asked = sum(report.outcome_of(verdict) is not Outcome.UNCHECKED for verdict in report.verdicts)
        message = f"{fine:,} of {asked:,} alive on {run.started.date().isoformat()}"
        color = "brightgreen" if not action_count(report) else "orange"
    data = {"schemaVersion": 1, "label": "links", "message": message, "color": color}
    return json.dumps(data, indent=2) + "\n"
