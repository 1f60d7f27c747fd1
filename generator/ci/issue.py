"""The issue of the link report: opened when there is something to do, updated in place, closed when nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.ci import Result, Target, is_ours, same_body, with_github
from generator.ci.patch import patch
from generator.exit_codes import Exit
from generator.problems import counted
from generator.reporting.formats.markdown import MARKER, render
from generator.reporting.groups import groups
from generator.reporting.phrases import action_count
from generator.results import Report
from linkcheck.model import Outcome

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = ["incomplete_reason", "nothing_to_do", "text", "title", "update_issue"]

LIMIT = 65_000
"""Characters of a body; GitHub refuses more than 65,536."""

_REPORT = 50_000


def update_issue(to: Target, report: Report, folder: Path, *, expected: int, found: int) -> Result:
    """Open, update or close the issue as the report says. Of `expected` machines, `found` have reported."""
    missing = incomplete_reason(report, expected, found)
    return with_github(to, lambda github: _update(github, to, report, text(report, folder), missing))


def nothing_to_do(report: Report) -> bool:
    """Whether a maintainer has nothing to do; failing and blocked links need no action."""
    return not report.problems and not any(group.tone in {"bad", "fix"} for group in groups(report))


def incomplete_reason(report: Report, expected: int, found: int) -> str:
    """Why this report is incomplete, so that nothing may be concluded from what it lacks; "" if it is complete."""
    run = report.run
    if found < expected:
        return f"only {found:,} of {counted(expected, 'machine')} reported"
    if run is None or run.offline:
        return "the runner was offline"
    if run.void:
        return "this run doesn't count"
    if any(verdict.rule == "offline" for verdict in report.verdicts):
        return "one of the machines was offline"
    return ""


def title(report: Report) -> str:
    """The issue's title. It has numbers only, no text from pages or lists."""
    moved = sum(report.outcome_of(verdict) is Outcome.MOVED for verdict in report.verdicts)
    open_items = counted(action_count(report), "needs you", "need you") if action_count(report) else ""
    parts = [open_items, f"{moved:,} moved" if moved else ""]
    return (
        f"Link report: {', '.join(filter(None, parts)) or 'some notes'}"
        if not nothing_to_do(report)
        else "Link report: nothing to do"
    )


def text(report: Report, folder: Path) -> str:
    """The issue's body: what to do for each entry, and a patch with the safe fixes."""
    body = render(report, limit=_REPORT)
    return body + patch(report, folder, room=LIMIT - len(body))


async def _update(github: GitHub, to: Target, report: Report, body: str, missing: str) -> Result:
    where = f"/repos/{to.repository}/issues"
    listed = await github.every(f"{where}?state=open&sort=created&direction=asc&per_page=100")
    if not listed.ok:
        return Exit.FOUND, listed.message
    ours = list(_ours(listed.data, to.author))
    done = nothing_to_do(report)
    if missing and (ours or done):
        return Exit.OK, f"the issue is left unchanged: {missing}"
    if not ours:
        if done:
            return Exit.OK, "nothing to report, and no issue is open"
        made = await github.post(where, {"title": title(report), "body": body})
        return (Exit.OK, f"opened issue {_number(made.data)}") if made.ok else (Exit.FOUND, made.message)
    first, *others = ours
    for extra in others:
        answer = await github.patch(f"{where}/{extra['number']}", {"state": "closed", "state_reason": "not_planned"})
        if not answer.ok:
            return Exit.FOUND, answer.message
    change: dict[str, object] = {"title": title(report), "body": body}
    if done:
        change |= {"state": "closed", "state_reason": "completed"}
    elif first.get("title") == title(report) and same_body(first["body"], body):
        return Exit.OK, f"issue {first['number']} is up to date"
    answer = await github.patch(f"{where}/{first['number']}", change)
    return (Exit.OK, f"{'closed' if done else 'edited'} issue {first['number']}") if answer.ok else (Exit.FOUND, answer.message)


def _ours(issues: list[Any], author: str) -> Iterator[dict[str, Any]]:
    """The open issues that are our own; GitHub lists pull requests among them."""
    for issue in issues:
        if is_ours(issue, author, MARKER) and "pull_request" not in issue and isinstance(issue.get("number"), int):
            yield issue


def _number(data: object) -> str:
    number = data.get("number") if isinstance(data, dict) else None
    return str(number) if isinstance(number, int) else "(without a number)"
