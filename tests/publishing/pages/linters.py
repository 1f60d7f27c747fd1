"""Run awesome-lint and markdownlint on a page, in a folder with what they expect of a repository."""

from __future__ import annotations

import json
import re
import subprocess

from tests.publishing.pages.node import run_tool

REPORT = "export const report = files => JSON.stringify(files.flatMap(f => f.messages.map(m => [m.line, m.ruleId, m.reason])))"


def awesome(page, folder):
    """The errors of awesome-lint as (line, rule, reason), without its spell checker, which only warns."""
    for arguments in (
        ["init", "-q", "-b", "main"],
        ["remote", "add", "origin", "https://github.com/example/list.git"],
        ["config", "branch.main.remote", "origin"],
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    (folder / "contributing.md").write_text("Open a pull request.\n", encoding="utf-8")
    (folder / "readme.md").write_bytes(page.encode())
    (folder / "report.mjs").write_text(REPORT, encoding="utf-8")
    done = run_tool("awesome-lint", "-r", str(folder / "report.mjs"), "readme.md", cwd=folder)
    problems = [tuple(problem) for problem in json.loads(done.stdout or "null")]
    found = [problem for problem in problems if problem[1] != "awesome-spell-check"]
    assert bool(found) == (done.returncode != 0), done.stderr
    return found


def markdownlint(page, folder):
    """The errors of markdownlint as (place, rule), with default rules except for line length."""
    (folder / ".markdownlint-cli2.jsonc").write_text(json.dumps({"config": {"MD013": False}}), encoding="utf-8")
    (folder / "readme.md").write_bytes(page.encode())
    done = run_tool("markdownlint-cli2", "readme.md", cwd=folder)
    found = re.findall(r"^(.*?) error (MD\d+)", done.stderr + done.stdout, re.MULTILINE)
    assert bool(found) == (done.returncode != 0), done.stderr
    return found
