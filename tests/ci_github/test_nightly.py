"""The nightly workflow on a real repository: its own scripts, from the YAML, over several nights."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.ci_github.conftest import Web, edit, topic
from tests.ci_github.conversation import calls, html
from tests.ci_github.github import BOT, GitHub
from tests.ci_github.runner import Ran, Runner, git, workflow

INPUTS = {
    name: str(given.get("default", "")) for name, given in workflow("check-list.yml")[True]["workflow_call"]["inputs"].items()
}


def night(runner: Runner, shards: int = 1) -> Ran:
    """Run all jobs of one night and return the result of the last."""
    shutil.rmtree(runner.artifacts, ignore_errors=True)
    inputs = {f"inputs.{name}": value for name, value in INPUTS.items()} | {"inputs.shards": str(shards)}
    first = runner.job("check-list.yml", "prepare", inputs)
    assert first.code == 0, first.out
    for index, shard in enumerate(json.loads(first.outputs["shards"])):
        more = {"matrix.shard": shard, "strategy.job-index": str(index)}
        done = runner.job("check-list.yml", "check", inputs | more)
        assert done.code == 0, done.out
    if shards > 1:
        joined = runner.job("check-list.yml", "join", inputs)
        assert joined.code == 0, joined.out
    return runner.job("check-list.yml", "report", inputs)


def kept(runner: Runner, name: str) -> bytes:
    into = runner.home / "looked"
    git(runner.home, "clone", "--quiet", "--branch", "listkeeper", runner.remote.as_uri(), str(into))
    data = (into / name).read_bytes()
    shutil.rmtree(into)
    return data


def nights_of(runner: Runner, path: str) -> int:
    db = runner.home / "looked.db"
    db.write_bytes(kept(runner, "history.db"))
    with sqlite3.connect(db) as history:
        rows = history.execute("select nights from seen where key like ?", (f"%{path}",)).fetchall()
    history.close()
    return sum(len(row[0].split()) for row in rows)


@pytest.mark.parametrize(("shards", "page", "title"), [(1, "/dunes", "1 moved"), (2, 410, "1 needs you")])
def test_the_issue_is_opened_updated_and_closed(
    runner: Runner, web: Web, github: GitHub, shards: int, page: int | str, title: str
):
    web.pages["/sand"] = page
    first = night(runner, shards)
    assert first.code == 0, first.out
    [issue] = github.open()
    assert "/sand" in issue["body"]
    assert "/long" not in issue["body"]
    assert "lists/transport.yaml:4" in issue["body"]
    assert issue["title"] == f"Link report: {title}"

    web.pages["/long"] = "/longer"
    assert night(runner, shards).code == 0
    [again] = github.open()
    assert again["number"] == issue["number"]
    assert "/sand" in again["body"]
    assert "/long" in again["body"]

    web.pages.clear()
    assert night(runner, shards).code == 0
    assert github.open() == []
    assert github.issues[issue["number"]]["state_reason"] == "completed"
    assert len(github.issues) == 1
    assert [method for method, _ in github.writes] == ["POST", "PATCH", "PATCH"]


def test_the_same_report_twice_changes_nothing(runner: Runner, web: Web, github: GitHub):
    web.pages["/sand"] = "/dunes"
    assert night(runner).code == 0
    tip = git(runner.remote, "rev-parse", "listkeeper")
    inputs = {f"inputs.{name}": value for name, value in INPUTS.items()}
    again = runner.job("check-list.yml", "report", inputs)
    assert again.code == 0, again.out
    assert len(github.writes) == 1
    assert "is up to date" in again.out
    assert kept(runner, "badge.json")
    assert git(runner.remote, "rev-list", "--count", "listkeeper") == "1"
    assert tip


def test_the_history_survives_a_lost_cache_or_branch(runner: Runner, web: Web):
    assert night(runner).code == 0
    shutil.rmtree(runner.caches)
    assert night(runner).code == 0
    assert nights_of(runner, "/sand") == 2
    git(runner.remote, "update-ref", "-d", "refs/heads/listkeeper")
    assert night(runner).code == 0
    assert nights_of(runner, "/sand") == 3


def test_many_machines_store_the_history_of_one(runner: Runner):
    for _ in range(3):
        assert night(runner, 3).code == 0
    assert [nights_of(runner, path) for path in ("/sand", "/holes", "/long")] == [3, 3, 3]


def test_one_night_is_not_enough_for_a_patch(runner: Runner, web: Web, github: GitHub):
    web.pages["/sand"] = "/dunes"
    assert night(runner).code == 0
    [issue] = github.open()
    assert "/dunes" in issue["body"]
    assert "```diff" not in issue["body"]


def test_the_badge_says_when_and_how_many(runner: Runner, web: Web):
    web.pages["/sand"] = "/dunes"
    assert night(runner).code == 0
    badge = json.loads(kept(runner, "badge.json"))
    assert badge["schemaVersion"] == 1
    assert badge["message"].startswith("3 of 3 alive on 20")
    assert badge["color"] == "brightgreen"


def test_a_list_without_links_is_no_failure(runner: Runner, web: Web, github: GitHub, tmp_path: Path):
    web.pages["/sand"] = "/dunes"
    assert night(runner).code == 0
    edit(
        runner.remote,
        tmp_path,
        "nothing",
        {
            "lists/transport.yaml": "title: T\nentries:\n  - title: A book\n",
            "lists/waves.yaml": "title: W\nentries:\n  - title: Another\n",
        },
    )
    inputs = {f"inputs.{name}": value for name, value in INPUTS.items()}
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    ran = runner.job("check-list.yml", "check", inputs | {"matrix.shard": "1/1", "strategy.job-index": "0"})
    assert ran.code == 0
    assert "::notice" not in ran.out, "the runner wasn't offline"


def test_a_settings_error_fails(runner: Runner):
    inputs = {f"inputs.{name}": value for name, value in INPUTS.items()} | {"inputs.budget": "soon"}
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    ran = runner.job("check-list.yml", "check", inputs | {"matrix.shard": "1/1", "strategy.job-index": "0"})
    assert (ran.code, ran.failed) == (2, "Check")


def test_a_machine_that_did_not_report_closes_nothing(runner: Runner, web: Web, github: GitHub):
    web.pages["/sand"] = "/dunes"
    assert night(runner, 2).code == 0
    web.pages.clear()
    inputs = {f"inputs.{name}": value for name, value in INPUTS.items()} | {"inputs.shards": "2"}
    shutil.rmtree(runner.artifacts)
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    assert runner.job("check-list.yml", "check", inputs | {"matrix.shard": "1/2", "strategy.job-index": "0"}).code == 0
    assert runner.job("check-list.yml", "join", inputs).code == 0
    ran = runner.job("check-list.yml", "report", inputs)
    assert ran.code == 0, ran.out
    assert "only 2 of 3 machines reported" in ran.out
    assert len(github.open()) == 1


def test_hostile_texts_are_made_safe(runner: Runner, web: Web, github: GitHub, tmp_path: Path):
    title = "A $(touch owned) `touch owned` @everyone #1 <script>alert(1)</script> ${{ github.token }} ::set-output::"
    url = f"{web.base}/a$(touch%20owned)?q=%0A::error::x&b=</code>@everyone"
    edit(runner.remote, tmp_path, "hostile", {"lists/waves.yaml": topic("Waves", (json.dumps(title), json.dumps(url)))})
    web.pages["/a$(touch%20owned)?q=%0A::error::x&b=%3C/code%3E@everyone"] = "/b</code>@everyone`#1"
    ran = night(runner)
    assert ran.code == 0, ran.out
    assert not list(tmp_path.rglob("owned"))
    [issue] = github.open()
    assert issue["title"] == "Link report: 1 moved"
    assert "touch%20owned" in issue["body"]
    assert not calls(issue["body"]), issue["body"]
    assert "<script" not in html(issue["body"])
    assert not any(line.startswith("::error") for line in ran.out.splitlines())


def test_another_accounts_issue_with_our_marker_is_not_changed(runner: Runner, web: Web, github: GitHub):
    theirs = github.issue(title="Mine", body="<!-- listkeeper-report -->\nhello", login="stranger")
    for number in range(40):
        github.issue(title=f"Other {number}", body="something")
    web.pages["/sand"] = "/dunes"
    assert night(runner).code == 0
    assert night(runner).code == 0
    assert github.issues[theirs]["body"].endswith("hello")
    assert len([one for one in github.issues.values() if one["user"]["login"] == BOT]) == 1
