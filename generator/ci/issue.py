"""The issue of a list's link report: opened when there is something to do, updated in place, closed when nothing is left.

An issue that a maintainer closed stays closed until there is other news: its body has hashes of the news that it reported.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.ci import DEFAULT_LIST, Result, Target, is_ours, log_line, same_body, with_github
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

__all__ = ["incomplete_reason", "marker", "news", "nothing_to_do", "other_news", "text", "title", "update_issue"]

LIMIT = 65_000
"""Characters of a body; GitHub refuses more than 65,536."""

_REPORT = 45_000
_NEWS = 1000
"""Hashes in a body; of more news those with the smallest hashes are known."""
_HASH = 6
"""Bytes of a hash."""
_CLOSED_PAGES = 5
_NEWS_MARK = re.compile(r"<!-- listkeeper-news ([A-Za-z0-9+/=]*) -->")


def update_issue(to: Target, report: Report, folder: Path, *, expected: int, found: int, name: str = DEFAULT_LIST) -> Result:
    """Open, update or close the issue of the list `name` as the report says. Of `expected` machines, `found` have reported."""
    missing = incomplete_reason(report, expected, found)
    issue = _Issue(marker(name), title(report, name), text(report, folder, name), news(report), missing)
    return with_github(to, lambda github: _update(github, to, issue))


def marker(name: str = DEFAULT_LIST) -> str:
    """The first line of the issue of a list, by which it is found."""
    return MARKER if name == DEFAULT_LIST else MARKER.replace(" -->", f" {name} -->")


def nothing_to_do(report: Report) -> bool:
    """Whether a maintainer has nothing to do; failing and blocked links need no action."""
    return not report.action_problems and not any(group.tone in {"bad", "fix"} for group in groups(report))


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


def news(report: Report) -> frozenset[bytes]:
    """A hash of each thing that a maintainer has something to do about. It is the same in the next report, on whatever line."""
    found: set[tuple[str, ...]] = {
        ("problem", one.code, one.place.path, one.place.entry or "", one.place.field or "") for one in report.action_problems
    }
    found |= {
        (group.title, *sorted(f"{one.url or one.entry} {one.place.path}" for one in item.occurrences))
        for group in groups(report)
        if group.tone in {"bad", "fix"}
        for item in group.items
    }
    return frozenset(sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:_HASH] for parts in found)


def title(report: Report, name: str = DEFAULT_LIST) -> str:
    """The issue's title. It has numbers and the list's name only, no text from pages or lists."""
    head = "Link report" if name == DEFAULT_LIST else f"Link report of {name[:100]}"
    if nothing_to_do(report):
        return f"{head}: nothing to do"
    moved = sum(report.outcome_of(verdict) is Outcome.MOVED for verdict in report.verdicts)
    open_items = counted(action_count(report), "needs you", "need you") if action_count(report) else ""
    parts = [open_items, f"{moved:,} moved" if moved else ""]
    return f"{head}: {', '.join(filter(None, parts)) or 'some notes'}"


def text(report: Report, folder: Path, name: str = DEFAULT_LIST) -> str:
    """The issue's body: what to do for each entry, a patch with the safe fixes, and the hashes of the news."""
    head = f"{marker(name)}\n<!-- listkeeper-news {_written(news(report))} -->"
    body = render(report, limit=_REPORT, marker=head)
    return body + patch(report, folder, room=LIMIT - len(body))


def _written(of: frozenset[bytes]) -> str:
    return b64encode(b"".join(sorted(of)[:_NEWS])).decode()


def other_news(new: frozenset[bytes], body: str) -> bool:
    """Whether there is news beside what an issue reported. A body without hashes reported nothing that is known."""
    found = _NEWS_MARK.search(body)
    try:
        raw = b64decode(found[1], validate=True) if found else b""
    except ValueError:
        raw = b""
    known = {raw[at : at + _HASH] for at in range(0, len(raw), _HASH)}
    beyond = max(known) if len(known) >= _NEWS else b"\xff" * _HASH  # nothing is known of larger hashes
    return any(one not in known and one <= beyond for one in new)


@dataclass(frozen=True, slots=True)
class _Issue:
    """The issue as it should be; `missing` is why nothing may be concluded from what the report lacks."""

    marker: str
    title: str
    body: str
    news: frozenset[bytes]
    missing: str


async def _update(github: GitHub, to: Target, issue: _Issue) -> Result:
    where = f"/repos/{to.repository}/issues"
    listed = await github.every(f"{where}?state=open&sort=created&direction=asc&per_page=100")
    if listed.status == 410:
        return _switched_off(to)
    if not listed.ok:
        return Exit.FOUND, listed.message
    ours = list(_ours(listed.data, to.author, issue.marker))
    if issue.missing and (ours or not issue.news):
        return Exit.OK, f"the issue is left unchanged: {issue.missing}"
    if not ours:
        return await _open(github, to, issue, where)
    first, *others = ours
    for extra in others:
        # Without the marker, so that it isn't taken for the last report that was closed.
        change = {"state": "closed", "state_reason": "not_planned", "body": f"This report goes on in #{first['number']}.\n"}
        answer = await github.patch(f"{where}/{extra['number']}", change)
        if not answer.ok:
            return Exit.FOUND, answer.message
    closing = {} if issue.news else {"state": "closed", "state_reason": "completed"}
    if not closing and first.get("title") == issue.title and same_body(first["body"], issue.body):
        return Exit.OK, f"issue {first['number']} is up to date"
    answer = await github.patch(f"{where}/{first['number']}", {"title": issue.title, "body": issue.body, **closing})
    return (
        (Exit.OK, f"{'closed' if closing else 'edited'} issue {first['number']}") if answer.ok else (Exit.FOUND, answer.message)
    )


async def _open(github: GitHub, to: Target, issue: _Issue, where: str) -> Result:
    """Open an issue if there is news that the last one, which is closed, hasn't reported.

    What is no longer news is taken out of the closed one, so that it is news again when it comes back.
    """
    closed = await github.every(f"{where}?state=closed&sort=updated&direction=desc&per_page=100", pages=_CLOSED_PAGES)
    if not closed.ok:
        return Exit.FOUND, closed.message
    last = max(_ours(closed.data, to.author, issue.marker), key=lambda one: int(one["number"]), default=None)
    if last is not None and not other_news(issue.news, last["body"]):
        mark = _NEWS_MARK.search(last["body"])
        if not issue.missing and mark and mark[1] != _written(issue.news):
            answer = await github.patch(f"{where}/{last['number']}", {"title": issue.title, "body": issue.body})
            if not answer.ok:
                return Exit.FOUND, answer.message
        if issue.news:
            return Exit.OK, f"issue {last['number']} was closed, and there is no other news"
    if not issue.news:
        return Exit.OK, "nothing to report, and no issue is open"
    made = await github.post(where, {"title": issue.title, "body": issue.body})
    if made.status == 410:
        return _switched_off(to)
    return (Exit.OK, f"opened issue {_number(made.data)}") if made.ok else (Exit.FOUND, made.message)


def _switched_off(to: Target) -> Result:
    reason = "this repository has issues switched off (Settings, Features), so the report is only in the summary of this run"
    return Exit.OK, log_line("notice", "No issue", reason, to.environ or {})


def _ours(issues: list[Any], author: str, first_line: str) -> Iterator[dict[str, Any]]:
    """The issues that are the list's own; GitHub lists pull requests among them."""
    for issue in issues:
        if is_ours(issue, author, first_line) and "pull_request" not in issue and isinstance(issue.get("number"), int):
            yield issue


def _number(data: object) -> str:
    number = data.get("number") if isinstance(data, dict) else None
    return str(number) if isinstance(number, int) else "(without a number)"
