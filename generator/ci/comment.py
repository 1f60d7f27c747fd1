"""The comment on a pull request, made from the untrusted artifact of the job that checked it.

The artifact has three files: `number`, `report.json` and `preview.md`. Their type and size are validated. The number counts only if
GitHub confirms that this pull request's head is the checked commit. The report is parsed strictly and written in our own words; the
preview is rewritten without anything that notifies, loads or runs.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.ci import Result, Target, is_ours, same_body, with_github
from generator.exit_codes import Exit
from generator.problems import counted
from generator.publishing.preview import NO_CHANGES
from generator.reporting.formats.markdown import render
from generator.reporting.reading import Unreadable, join_reports, read_report
from generator.reporting.safe_markdown import safe_markdown
from generator.results import Report

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = ["MARKER", "Bundle", "read_bundle", "text", "update_comment"]

MARKER = "<!-- listkeeper-pull-request -->"

_REPORT, _PREVIEW = 25_000, 30_000
_SIZES = {"number": 20, "report.json": 8_000_000, "preview.md": 400_000}
_SHA = re.compile(r"[0-9a-f]{40}")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}\n?")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The content of the artifact, validated."""

    number: int
    report: Report
    preview: str


def read_bundle(folder: Path) -> Bundle:
    """Read the artifact. Raises `Unreadable` for anything unexpected."""
    strange = sorted(path.name for path in folder.iterdir() if path.name not in _SIZES) if folder.is_dir() else []
    if strange:
        raise Unreadable(f"the artifact contains {counted(len(strange), 'unexpected file')}")
    texts = {name: _content(folder / name, most) for name, most in _SIZES.items()}
    if not _NUMBER.fullmatch(texts["number"]):
        raise Unreadable("its file number contains no number")
    return Bundle(int(texts["number"]), join_reports([read_report(texts["report.json"])]), texts["preview.md"])


def update_comment(to: Target, folder: Path, head: str, run: str = "") -> Result:
    """Write or update the comment on the pull request whose head is the commit `head`; `run` is the id of the run that checked it."""
    if not _SHA.fullmatch(head) or not (run == "" or _NUMBER.fullmatch(run)):
        return Exit.USAGE, "give the full commit hash with --head, and the run's number with --run"
    try:
        bundle = read_bundle(folder)
    except Unreadable as error:
        return Exit.FOUND, f"the artifact is refused: {error}"
    server = (to.environ or {}).get("GITHUB_SERVER_URL", "https://github.com")
    details = f"{server}/{to.repository}/actions/runs/{run}" if run else ""
    return with_github(to, lambda github: _post(github, to, bundle, text(bundle, details), head))


def text(bundle: Bundle, details: str = "") -> str:
    """The body of the comment; "" if there is nothing to report."""
    preview = "" if NO_CHANGES in bundle.preview else safe_markdown(bundle.preview, _PREVIEW)
    if not preview and not bundle.report.verdicts and not bundle.report.problems and not bundle.report.clusters:
        return ""
    report = render(replace(bundle.report, since=True), limit=_REPORT, marker=MARKER)
    more = [f"[All details]({details})"] if details else []
    return "\n\n".join([report.rstrip(), *([f"### What readers will see\n\n{preview}"] if preview else []), *more]) + "\n"


def _content(path: Path, most: int) -> str:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise Unreadable(f"{path.name} is too large, or not a regular file")
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name} is missing, or not UTF-8 text") from error


async def _post(github: GitHub, to: Target, bundle: Bundle, body: str, head: str) -> Result:
    number = bundle.number
    asked = await github.get(f"/repos/{to.repository}/pulls/{number}")
    if asked.status == 404:
        return Exit.FOUND, f"there is no pull request {number}: the artifact is wrong"
    if not asked.ok:
        return Exit.FOUND, asked.message
    if not _is_head(asked.data, head):
        return Exit.OK, f"pull request {number} is not at the checked commit, so it gets no comment"
    where = f"/repos/{to.repository}/issues/{number}/comments"
    listed = await github.every(f"{where}?per_page=100")
    if not listed.ok:
        return Exit.FOUND, listed.message
    for comment in listed.data:
        if not is_ours(comment, to.author, MARKER) or not isinstance(comment.get("id"), int):
            continue
        new = body or f"{MARKER}\n\nThis pull request no longer changes the lists.\n"
        if same_body(comment["body"], new):
            return Exit.OK, f"the comment on pull request {number} is up to date"
        answer = await github.patch(f"/repos/{to.repository}/issues/comments/{comment['id']}", {"body": new})
        return (Exit.OK, f"edited the comment on pull request {number}") if answer.ok else (Exit.FOUND, answer.message)
    if not body:
        return Exit.OK, f"pull request {number} changes no lists, so it gets no comment"
    answer = await github.post(where, {"body": body})
    return (Exit.OK, f"commented on pull request {number}") if answer.ok else (Exit.FOUND, answer.message)


def _is_head(data: Any, head: str) -> bool:  # noqa: ANN401  # JSON
    if not isinstance(data, dict) or data.get("state") != "open":
        return False
    tip = data.get("head")
    return isinstance(tip, dict) and tip.get("sha") == head
