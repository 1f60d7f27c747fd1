"""`listkeeper publish`: what continuous integration writes to GitHub and to the branches of the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from generator.ci import Result, list_name, log_line, target
from generator.ci.address import pages_address
from generator.ci.badge import badge_json
from generator.ci.branches import FOREIGN_HINT, Foreign, keep_files, push_pages, restore_files
from generator.ci.comment import update_comment
from generator.ci.issue import update_issue
from generator.exit_codes import Exit
from generator.publishing import manifest
from generator.publishing.build import build_lists
from generator.publishing.schema_files import issue_form, schema_files
from generator.reporting import render
from generator.reporting.reading import load_reports
from generator.sources.files import shown, write

__all__ = ["address", "badge", "comment", "issue", "keep", "pages", "restore", "shards"]


def issue(
    reports: Sequence[Path],
    folder: Path,
    *,
    expected: int | None,
    repository: str | None,
    author: str | None,
    environ: Mapping[str, str],
) -> Result:
    """Open, edit or close the list's issue as the joined reports say; `expected` is the number of machines that should have reported."""
    found, to = load_reports(reports), target(repository, author, environ)
    if isinstance(found, str):
        return Exit.USAGE, found
    if isinstance(to, str):
        return Exit.USAGE, to
    return update_issue(to, found, folder, expected=expected or len(reports), found=len(reports), name=list_name(folder))


def comment(
    artifact: Path, *, head: str, run: str, repository: str | None, author: str | None, environ: Mapping[str, str]
) -> Result:
    """Write or edit the comment on the pull request whose head is the commit `head`; `run` is the id of the run that checked it."""
    to = target(repository, author, environ)
    return (Exit.USAGE, to) if isinstance(to, str) else update_comment(to, artifact, head, run)


def address(repository: str | None, environ: Mapping[str, str]) -> Result:
    """The address at which Pages show the site that a workflow publishes; "" where the repository has no such Pages."""
    to = target(repository, None, environ)
    return (Exit.USAGE, to) if isinstance(to, str) else pages_address(to)


def badge(reports: Sequence[Path], output: Path) -> Result:
    """Write the badge's JSON file."""
    found = load_reports(reports)
    if isinstance(found, str):
        return Exit.USAGE, found
    write(output, badge_json(found))
    return Exit.OK, f"written: {shown(output)}"


def keep(files: Sequence[Path], folder: Path, branch: str) -> Result:
    """Put the files of a list on the data branch, in one commit that replaces the last."""
    return keep_files(files, name=list_name(folder), branch=branch)


def restore(into: Path, folder: Path, branch: str, environ: Mapping[str, str]) -> Result:
    """Fetch a list's files of the data branch into a folder; a warning and exit 0 if the branch isn't ours."""
    try:
        return restore_files(into, name=list_name(folder), branch=branch)
    except Foreign as reason:
        text = f"the branch {branch} isn't ours, so nothing was restored: {reason}; {FOREIGN_HINT}"
        return Exit.OK, log_line("warning", "No history was restored", text, environ)


def pages(folder: Path, branch: str, *, today: date) -> Result:
    """Render the lists, commit what changed and push it to `branch`."""
    return push_pages(lambda: _rendered(folder, today), branch)


def _rendered(folder: Path, today: date) -> Sequence[str] | Result:
    """Write pages, schemas and issue form, and return the paths to commit; the report where a source has an error."""
    code, report = build_lists(folder, today=today)
    if code is not Exit.OK:
        return code, render(report, "text").rstrip()
    for path, text in {**schema_files(folder), **issue_form(folder, today=today)}.items():
        write(path, text)
    single = (manifest.load(folder) or manifest.Manifest()).single
    others = ("README.md", ".github/ISSUE_TEMPLATE", *(os.path.normpath(folder / path) for path in single))
    return [str(folder), *(name for name in others if Path(name).exists())]


def shards(count: int) -> Result:
    """The shards of a run as a line for $GITHUB_OUTPUT: `shards=["1/2", "2/2"]`."""
    return Exit.OK, f"shards={json.dumps([f'{one}/{count}' for one in range(1, count + 1)])}"
