"""Annotations for GitHub workflows: one workflow command a line, then the summary as a plain line.

Texts are sanitized, and properties and messages are escaped as the runner unescapes them, so that no text from a server ends a
command or starts one.
"""

from __future__ import annotations

from generator.problems import Severity
from generator.reporting import sanitize
from generator.reporting.annotations import Finding, findings
from generator.reporting.phrases import at_most, summary
from generator.results import Report

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """One annotation for each finding, the most severe first: GitHub shows only the first ten of each severity a step."""
    found, more = at_most(findings(report))
    return "".join(f"{line}\n" for line in (*map(_annotation, found), *more, summary(report)))


def _annotation(finding: Finding) -> str:
    at = finding.place
    properties = {
        "file": sanitize.path(at.path) if at.path not in {"", "-"} else "",
        "line": str(at.line or ""),
        "col": str(at.column or "") if at.line else "",
        "title": finding.code,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(message)}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
