"""Exit code 4 is a notice where the runner was offline, and red for every other reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from generator.commands.templates import starter
from tests.ci_github.conftest import Web, edit, topic
from tests.ci_github.github import GitHub
from tests.ci_github.runner import ROOT, Runner, script
from tests.ci_github.test_nightly import check, inputs_of

WORDS = {"sources_scalar": "a", "repository": "a/b", "commit": "0" * 40, "lists_scalar": "lists"}


def steps() -> dict[str, str]:
    """Each script of our action and workflows, and of `init`'s, that runs `listkeeper check`; by the names of file, job and step."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")}
    texts["init"] = starter("workflow", WORDS)
    found = {
        f"{name}: {job}: {step['name']}": step["run"]
        for name, text in texts.items()
        for job, of in yaml.safe_load(text)["jobs"].items()
        for step in of.get("steps", ())
        if "listkeeper check" in step.get("run", "")
    }
    action = yaml.safe_load((ROOT / ".github" / "actions" / "listkeeper" / "action.yml").read_text(encoding="utf-8"))
    return found | {"action": next(step["run"] for step in action["runs"]["steps"] if step["name"] == "Run")}


STEPS = steps()
RED_FOR_DEAD_LINKS = {name for name in STEPS if not name.startswith("check-list.yml")}
"""The steps that no issue speaks for: there a dead link is red as well."""


def test_these_are_the_steps():
    assert sorted(name.partition(":")[0] for name in STEPS) == [
        "action", "check-list.yml", "check-list.yml", "init", "pull-request.yml"
    ]  # fmt: skip


def ran(name: str, folder: Path, code: int, report: str) -> tuple[int, str]:
    """Run a step in which `listkeeper check` ends with this code and report."""
    command = folder / "bin" / "listkeeper"
    command.parent.mkdir()
    (folder / "given.json").write_text(report, encoding="utf-8")
    command.write_text(
        '#!/bin/sh\ntest "$1" = check || exit 0\nto=/dev/stdout\n'
        'for word in "$@"; do\n  test "$last" = --output && to="$word"\n  last="$word"\ndone\n'
        f'cat "{folder}/given.json" > "$to"\nexit {code}\n',
        encoding="utf-8",
    )
    command.chmod(0o755)
    for at in ("night", "nights/0", "temp"):
        (folder / at).mkdir(parents=True)
    (folder / "nights" / "0" / "handed-over.jsonl").touch()
    more = {"LISTS": "lists", "BASE": "main", "BUDGET": "50m", "SHARD": "1/1", "LISTKEEPER_SECRETS": ""}
    more |= {"COMMAND": "check", "ARGUMENTS": "a.md\n--format\njson\n", "RUNNER_TEMP": str(folder / "temp")}
    return script(STEPS[name], {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", **more}, folder)


REPORTS = {
    "offline": ('{"run": {"offline": true}}', True),
    "void, but online": ('{"run": {"offline": false, "void": "most hosts failed"}}', False),
    "a title that says so": ('{"run": {"offline": false}, "verdicts": [{"title": "\\"offline\\": true"}]}', False),
    "no report": ("", False),
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("case", REPORTS)
def test_nothing_checked_is_green_only_offline(name: str, case: str, tmp_path: Path):
    report, green = REPORTS[case]
    code, output = ran(name, tmp_path, 4, report)
    assert code == (0 if green else 4), output
    assert ("::notice title=" in output) is green


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("given", [0, 1, 2, 3, 130])
def test_other_codes_decide_even_offline(name: str, given: int, tmp_path: Path):
    code, output = ran(name, tmp_path, given, json.dumps({"run": {"offline": True}}))
    assert code == (0 if given == 1 and name not in RED_FOR_DEAD_LINKS else given), output
    assert "::notice title=" not in output


def test_a_night_without_a_network_is_green_and_says_so(runner: Runner, web: Web, github: GitHub, tmp_path: Path):
    topics = {f"lists/{name}.yaml": topic(name, ("A", f"https://{name}.example/a")) for name in ("transport", "waves")}
    edit(runner.remote, tmp_path, "far", {"lists/_collection.yaml": "title: Far\n", **topics})
    shim = runner.home / "bin" / "listkeeper"
    offline = 'if [ "$1" = check ]; then set -- "$@" --dns 127.0.0.1:9 --timeout 1s; fi\nexec '
    shim.write_text(shim.read_text(encoding="utf-8").replace("exec ", offline), encoding="utf-8")
    inputs = inputs_of(shards="2")
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    for index in range(2):
        done = check(runner, inputs, f"{index + 1}/2", index)
        assert done.code == 0, done.out
        report = json.loads((done.folder / "nights" / str(index) / "report.json").read_text(encoding="utf-8"))
        assert ("::notice title=Nothing was checked" in done.out) is report["run"]["offline"] is bool(report["verdicts"])
    joined = runner.job("check-list.yml", "join", inputs)
    assert joined.code == 0, joined.out
    assert runner.job("check-list.yml", "report", inputs).code == 0
    assert github.writes == []
