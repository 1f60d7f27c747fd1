"""A code quality report for GitLab: one issue for each finding, shown in the merge request's diff.

The format is a subset of Code Climate's: description, check_name, fingerprint, severity, and a location with path and line.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

from generator.problems import Severity
from generator.reporting import sanitize
from generator.reporting.annotations import Finding, findings
from generator.reporting.data import Json
from generator.results import Report

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """The findings as a JSON list, the most severe first. A finding without a file is put on line 1 of ".": GitLab requires a place."""
    seen = Counter[str]()
    return json.dumps([_issue(finding, seen) for finding in findings(report)], ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, seen: Counter[str]) -> Json:
    fingerprint = finding.fingerprint
    seen[fingerprint] += 1
    if seen[fingerprint] > 1:  # GitLab drops all but one issue with the same fingerprint
        fingerprint = sha256(f"{fingerprint} {seen[fingerprint]}".encode()).hexdigest()[:32]
    at = finding.place
    path = sanitize.path(at.path).removeprefix("./") if at.path not in {"", "-"} else "."
    return {
        "description": f"{finding.message.rstrip('.')}. Hint: {finding.hint}" if finding.hint else finding.message,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": at.line or 1}},
    }
