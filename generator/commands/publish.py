"""`listkeeper publish`: what continuous integration writes to GitHub and to the branches of the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from generator.ci import Result, list_name, log_line, target
from generator.ci.address import pages_address
from generator.ci.badge import badge_json
from generator.ci.branches import FOREIGN_HINT, Foreign, is_branch, keep_files, push_pages, restore_files
from generator.ci.comment import update_comment
from generator.ci.issue import update_issue
from generator.exit_codes import Exit
from generator.problems import counted, quoted
from generator.publishing import manifest
from generator.publishing.build import build_lists
from generator.publishing.schema_files import issue_form, schema_files
from generator.reporting import render
from generator.reporting.reading import load_reports
from generator.sources.files import find, shown, write

__all__ = ["address", "badge", "comment", "issue", "keep", "pages", "plan", "restore"]


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


def plan(folder: Path, *, shards: int, budget: float, limit: float, branch: str, environ: Mapping[str, str]) -> Result:
    """Validate the inputs of a night, and return what its jobs need as lines for $GITHUB_OUTPUT.

    `shards` is a list for the matrix, `name` the list's in artifacts and caches. `budget` and `limit`, the longest budget, are in
    seconds.
    """
    wrong = _wrong_folder(folder)
    if not wrong and budget > limit:
        wrong = (
            f"the budget of {_minutes(budget)} doesn't fit into a job, which has {_minutes(limit)}: name less, or more shards"
        )
    if not wrong and not is_branch(branch):
        wrong = f"{quoted(branch)} is no name for a branch"
    if wrong:
        return Exit.USAGE, log_line("error", "The night can't begin", wrong, environ)
    rows = json.dumps([f"{one}/{shards}" for one in range(1, shards + 1)])
    return Exit.OK, f"shards={rows}\nname={list_name(folder).replace('/', '%2F')}"


def _wrong_folder(folder: Path) -> str:
    """Why a folder can't be checked, with the folders that could have been meant; "" if it can."""
    if folder.is_dir() and find(folder).sources:
        return ""
    others = sorted({path.parent.as_posix() for depth in ("*.yaml", "*/*.yaml", "*/*/*.yaml") for path in Path().glob(depth)})
    meant = get_close_matches(folder.as_posix(), [other for other in others if not other.startswith(".")], 3, 0.5)
    hint = f"; is it {' or '.join(map(quoted, meant))}?" if meant else ""
    what = "has no topic files (*.yaml)" if folder.is_dir() else "isn't a folder of this repository"
    return f"{quoted(folder.as_posix())} {what}{hint} Correct the input lists of the workflow."


def _minutes(seconds: float) -> str:
    return counted(round(seconds / 60), "minute")
