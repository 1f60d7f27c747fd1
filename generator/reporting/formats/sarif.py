"""SARIF 2.1.0 for GitHub's code scanning: rules with help, results at the lines of the sources.

Paths are relative URI references (RFC 3986, section 4.2); columns count code points, as YAML's do. A result's fingerprint leaves
out its line, so that a moved entry isn't a new finding.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from generator.reporting import sanitize
from generator.reporting.annotations import Finding, findings
from generator.reporting.data import Json
from generator.results import Report

__all__ = ["render"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "link-dead": "The link is proven dead",
    "link-invalid": "The URL can't be requested as written",
    "link-moved": "The link has moved permanently, and its new URL is known",
    "link-failing": "Something is wrong with the link, and it isn't proven dead",
    "link-blocked": "The server answers, but does not let us see the page",
    "link-unchecked": "The link was not checked",
    "link-alive": "The link is alive",
    "link-fragment": "The page is alive, but has no such fragment",
    "link-changed": "The page is alive, but may be another work than before",
    "duplicate-same-url": "Two entries have the same URL",
    "duplicate-same-resource": "Two entries lead to the same resource",
    "duplicate-same-work": "Two entries are the same work",
    "duplicate-near-title": "Two entries have nearly the same title",
}


def render(report: Report) -> str:
    """The report as one SARIF run."""
    found = findings(report)
    codes = sorted({finding.code for finding in found})
    index = {code: number for number, code in enumerate(codes)}
    driver: Json = {"name": "listkeeper", "version": report.version, "rules": [_rule(code) for code in codes]}
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.code]) for finding in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> Json:
    words = _RULES.get(code, code.replace("-", " ").capitalize())
    kind = code.partition("-")[0] if code in _RULES else ""
    more = {
        "link": "What each check saw, and which rule decided: listkeeper explain URL",
        "duplicate": "All entries of each work: listkeeper duplicates",
    }.get(kind, f"What it means and how to fix it: listkeeper explain {code}")
    return {"id": code, "shortDescription": {"text": words}, "help": {"text": f"{words}. {more}"}}


def _result(finding: Finding, index: int) -> Json:
    message = f"{finding.message.rstrip('.')}. Hint: {finding.hint}" if finding.hint else finding.message
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": str(finding.severity),
        "message": {"text": message},
        "partialFingerprints": {"listkeeper/v1": finding.fingerprint},
    }
    if finding.place.path not in {"", "-"}:
        result["locations"] = [{"physicalLocation": _location(finding)}]
    return result


def _location(finding: Finding) -> Json:
    at = finding.place
    location: Json = {"artifactLocation": {"uri": _uri(at.path)}}
    if at.line:
        location["region"] = {"startLine": at.line, **({"startColumn": at.column} if at.column else {})}
    return location


def _uri(path: str) -> str:
    """A relative reference whose first segment can't be read as a scheme; for an absolute path a `file:` URI."""
    shown = sanitize.path(path).removeprefix("./")
    if shown.startswith("/"):
        return f"file://{quote(shown, safe='/')}"
    drive, colon, rest = shown.partition(":/")
    if colon and len(drive) == 1 and drive.isalpha():
        return f"file:///{drive}:/{quote(rest, safe='/')}"
    return quote(shown, safe="/")
