"""The nightly workflow on a real repository: its own scripts, from the YAML, over several nights."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.ci_github.conftest import COLLECTION, Web, edit, topic
from tests.ci_github.conversation import calls, html
from tests.ci_github.github import BOT, GitHub
from tests.ci_github.runner import Ran, Runner, git, workflow

INPUTS = {
    name: str(given.get("default", "")) for name, given in workflow("check-list.yml")[True]["workflow_call"]["inputs"].items()
}


def inputs_of(**more: str) -> dict[str, str]:
    """The context of a night's jobs, with other inputs than the defaults."""
    lists = more.get("lists", INPUTS["lists"])
    values = {f"inputs.{name}": value for name, value in (INPUTS | more).items()}
    return values | {"secrets.hosts": "", "needs.prepare.outputs.name": quote(lists, safe="")}


def check(runner: Runner, inputs: dict[str, str], shard: str = "1/1", index: int = 0) -> Ran:
    return runner.job("check-list.yml", "check", inputs | {"matrix.shard": shard, "strategy.job-index": str(index)})


def night(runner: Runner, shards: int = 1, *, fresh: bool = True, **more: str) -> Ran:
    """Run all jobs of one night and return the result of the last; `fresh` if no other list has its night at the same time."""
    if fresh:
        shutil.rmtree(runner.artifacts, ignore_errors=True)
    inputs = inputs_of(shards=str(shards), **more)
    first = runner.job("check-list.yml", "prepare", inputs)
    assert first.code == 0, first.out
    assert first.outputs["name"] == inputs["needs.prepare.outputs.name"]
    for index, shard in enumerate(json.loads(first.outputs["shards"])):
        done = check(runner, inputs, shard, index)
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


def nights_of(runner: Runner, path: str, file: str = "history.db") -> int:
    db = runner.home / "looked.db"
    db.write_bytes(kept(runner, file))
    return count_nights(db, path)


def count_nights(db: Path, path: str) -> int:
    with closing(sqlite3.connect(db)) as history:
        rows = history.execute("select nights from seen where key like ?", (f"%{path}",)).fetchall()
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
    inputs = inputs_of()
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
    inputs = inputs_of()
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    ran = check(runner, inputs)
    assert ran.code == 0
    assert "::notice" not in ran.out, "the runner wasn't offline"


MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "a mistyped folder": ({"lists": "list"}, 'is it "lists"?'),
    "a folder that isn't there": ({"lists": "nowhere/at/all"}, "isn't a folder"),
    "a folder without sources": ({"lists": "docs"}, "has no topic files"),
    "a file": ({"lists": "lists/waves.yaml"}, "isn't a folder"),
    "no folder": ({"lists": ""}, ""),
    "a budget above the limit": ({"budget": "3h"}, "180 minutes doesn't fit"),
    "a budget just above it": ({"budget": "166m"}, "165 minutes"),
    "no duration": ({"budget": "soon"}, "no duration"),
    "no budget": ({"budget": ""}, "no duration"),
    "no machine": ({"shards": "0"}, "0"),
    "too many machines": ({"shards": "65"}, "64"),
    "half a machine": ({"shards": "1.5"}, "1.5"),
    "no branch": ({"branch": "a..b"}, "no name for a branch"),
    "an option as branch": ({"branch": "--force"}, "branch"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_inputs_is_one_clear_error(runner: Runner, tmp_path: Path, name: str):
    edit(runner.remote, tmp_path, "docs", {"docs/notes.md": "x\n"})
    more, words = MISTAKES[name]
    ran = runner.job("check-list.yml", "prepare", inputs_of(**more))
    assert (ran.code, ran.failed) == (2, "Validate the inputs")
    assert words in ran.out
    assert "Traceback" not in ran.out
    assert not runner.artifacts.exists()


def test_the_other_jobs_need_valid_inputs():
    jobs = workflow("check-list.yml")["jobs"]
    assert jobs["check"]["needs"] == "prepare"
    for name in ("join", "report"):
        assert "needs.prepare.result == 'success'" in jobs[name]["if"]
    assert jobs["prepare"]["steps"][2]["name"] == "Validate the inputs"


def test_the_limit_of_the_budget_is_the_jobs_less_set_up_and_upload():
    jobs = workflow("check-list.yml")["jobs"]
    plan = next(step["run"] for step in jobs["prepare"]["steps"] if step.get("id") == "plan")
    limit = int(plan.partition("--limit ")[2].partition("m ")[0])
    assert {jobs[name]["timeout-minutes"] - 15 for name in ("check", "join")} == {limit}
    assert f"at most {limit}m" in workflow("check-list.yml")[True]["workflow_call"]["inputs"]["budget"]["description"]


def as_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma user_version=9")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a text": lambda path: path.write_text("<<<<<<< HEAD\n", encoding="utf-8"),
    "half a file": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "a newer version's": as_newer,
}


@pytest.mark.parametrize("name", DAMAGE)
@pytest.mark.parametrize(("place", "shards"), [("cache", 1), ("branch", 1), ("both", 2)])
def test_a_night_survives_a_history_that_cannot_be_read(
    runner: Runner, web: Web, tmp_path: Path, github: GitHub, place: str, name: str, shards: int
):
    assert night(runner).code == 0
    if place != "branch":
        for cache in runner.caches.iterdir():
            DAMAGE[name](cache)
    else:
        shutil.rmtree(runner.caches)
    if place != "cache":
        damage_branch(runner, tmp_path, name)
    web.pages["/sand"] = "/dunes"
    for _ in range(2):
        ran = night(runner, shards)
        assert ran.code == 0, ran.out
    assert len(github.open()) == 1
    stored = "history-v1.db" if place != "cache" and name == "a newer version's" else "history.db"
    assert nights_of(runner, "/sand", stored) == (3 if place == "cache" else 2)


def damage_branch(runner: Runner, tmp_path: Path, name: str) -> None:
    work = tmp_path / "damage"
    git(tmp_path, "clone", "--quiet", "--branch", "listkeeper", runner.remote.as_uri(), str(work))
    DAMAGE[name](work / "history.db")
    git(work, "commit", "--quiet", "--all", "--amend", "--no-edit")
    git(work, "push", "--quiet", "--force", "origin", "HEAD:listkeeper")


def refuse_pushes(runner: Runner) -> Path:
    hook = runner.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    said = "error: GH013: Repository rule violations found for refs/heads/listkeeper.", "- Cannot update this protected ref."
    hook.write_text("#!/bin/sh\n" + "".join(f"echo '{line}' >&2\n" for line in said) + "exit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    return hook


@pytest.mark.parametrize("reason", ["a ruleset", "another branch", "a branch of somebody"])
def test_a_refused_push_loses_nothing(runner: Runner, web: Web, github: GitHub, reason: str):
    web.pages["/sand"] = "/dunes"
    if reason == "a ruleset":
        hook = refuse_pushes(runner)
    else:
        git(runner.remote, "update-ref", f"refs/heads/listkeeper{'/x' if reason == 'another branch' else ''}", "main")
    ran = night(runner)
    assert (ran.code, ran.failed) == (1, "Store history and badge on the data branch")
    if reason == "a ruleset":
        assert "remote: error: GH013: Repository rule violations" in ran.out
        assert "remote: - Cannot update this protected ref." in ran.out
        hook.unlink()
    else:
        git(runner.remote, "update-ref", "-d", f"refs/heads/listkeeper{'/x' if reason == 'another branch' else ''}")
    assert len(github.open()) == 1
    assert len(list(runner.caches.iterdir())) == 1
    assert (runner.artifacts / "listkeeper-result+lists" / "history.db").is_file()
    assert ran.summary
    assert night(runner).code == 0
    assert nights_of(runner, "/sand") == 2


def test_a_refused_issue_loses_nothing(runner: Runner, web: Web, github: GitHub):
    web.pages["/sand"] = "/dunes"
    inputs = inputs_of()
    for job in ("prepare", "check"):
        assert runner.job("check-list.yml", job, inputs | {"matrix.shard": "1/1", "strategy.job-index": "0"}).code == 0
    github.limits = [(403, {}, "Resource not accessible by integration")]
    ran = runner.job("check-list.yml", "report", inputs)
    assert (ran.code, ran.failed) == (1, "Update the issue")
    assert nights_of(runner, "/sand") == 1


def test_without_issues_a_night_is_green(runner: Runner, web: Web, github: GitHub):
    github.issues_off = True
    web.pages["/sand"] = 410
    ran = night(runner)
    assert ran.code == 0, ran.out
    assert "::notice title=No issue::" in ran.out
    assert "/sand" in ran.summary
    assert nights_of(runner, "/sand") == 1


def test_two_lists_of_one_repository_have_their_own_nights(runner: Runner, web: Web, github: GitHub, tmp_path: Path):
    other = {"docs/more lists/_collection.yaml": COLLECTION.replace("[transport, waves]", "[birds]")}
    other["docs/more lists/birds.yaml"] = topic("Birds", ("Reeds", f"{web.base}/reeds"))
    edit(runner.remote, tmp_path, "other", other)
    web.pages |= {"/sand": 410, "/reeds": 410}
    for number in range(2):
        for lists, shards in (("lists", 2), ("docs/more lists", 1)):
            ran = night(runner, shards, fresh=False, lists=lists)
            assert ran.code == 0, ran.out
        assert [("/sand" in one["body"], "/reeds" in one["body"]) for one in github.open()] == [(True, False), (False, True)]
        assert nights_of(runner, "/sand") == number + 1
        assert nights_of(runner, "/reeds", "docs/more%20lists/history.db") == number + 1
    assert nights_of(runner, "/reeds") == 0
    assert b"1 of 1" not in kept(runner, "badge.json")
    assert b"0 of 1" in kept(runner, "docs/more%20lists/badge.json")
    shutil.rmtree(runner.caches)
    assert night(runner, lists="docs/more lists").code == 0
    assert nights_of(runner, "/reeds", "docs/more%20lists/history.db") == 3


def test_lists_with_similar_names_share_nothing(runner: Runner, web: Web, tmp_path: Path):
    """The names of artifacts and caches are patterns and prefixes."""
    for lists in ("a", "a-b", "b", "0"):
        edit(
            runner.remote,
            tmp_path,
            lists,
            {f"{lists}/_collection.yaml": COLLECTION.replace("[transport, waves]", f"[t{lists}]")},
        )
        edit(
            runner.remote, tmp_path, f"{lists}-topic", {f"{lists}/t{lists}.yaml": topic("T", ("T", f"{web.base}/in-{lists}-"))}
        )
    for lists in ("a", "a-b", "b", "0"):
        assert night(runner, fresh=False, lists=lists).code == 0
    for lists in ("a", "a-b", "b", "0"):
        assert [nights_of(runner, f"/in-{other}-", f"{lists}/history.db") for other in ("a", "a-b", "b", "0")] == [
            int(other == lists) for other in ("a", "a-b", "b", "0")
        ]


def test_a_repeated_run_keeps_what_its_first_attempt_saw(runner: Runner, web: Web):
    """The first attempt ended before its report, with the cache and the branch as they were."""
    inputs = inputs_of() | {"github.run_id": "7"}
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    assert check(runner, inputs).code == 0
    again = inputs | {"github.run_attempt": "2"}
    assert runner.job("check-list.yml", "prepare", again).code == 0
    prepared = runner.artifacts / "listkeeper-history+lists" / "history.db"
    assert count_nights(prepared, "/sand") == 1
    assert check(runner, again).code == 0
    assert runner.job("check-list.yml", "report", again).code == 0
    assert nights_of(runner, "/sand") == 2


def test_a_repeated_run_without_results_begins_as_usual(runner: Runner):
    first = runner.job("check-list.yml", "prepare", inputs_of() | {"github.run_attempt": "3"})
    assert first.code == 0, first.out


def test_a_check_that_fails_uploads_what_was_seen(runner: Runner, web: Web, tmp_path: Path):
    assert night(runner).code == 0
    shutil.rmtree(runner.artifacts)
    inputs = inputs_of()
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    assert check(runner, inputs, shard="9/1").code == 2
    assert count_nights(runner.artifacts / "listkeeper-night-0+lists" / "0" / "history.db", "/sand") == 1


def test_secrets_reach_the_hosts_that_need_them_and_no_log(runner: Runner, web: Web, tmp_path: Path):
    rule = f'  hosts:\n    "{web.base}":\n      headers: {{X-Key: $SHELF_KEY}}\n'
    edit(runner.remote, tmp_path, "rule", {"lists/_collection.yaml": COLLECTION + rule})
    secret = "pa%ss=word$(touch owned)"
    inputs = inputs_of() | {"secrets.hosts": f"OTHER_KEY=abcdef\n# a note\nSHELF_KEY={secret}\nPATH=/nowhere\nnot a line\n\n"}
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    ran = check(runner, inputs)
    assert ran.code == 0, ran.out
    assert set(web.keys) == {secret}
    assert "::add-mask::pa%25ss=word$(touch owned)\n" in ran.out
    assert secret not in ran.out
    assert not list(tmp_path.rglob("owned"))
    for job in ("prepare", "report"):
        assert "secrets" not in str(workflow("check-list.yml")["jobs"][job])


def test_a_machine_that_did_not_report_closes_nothing(runner: Runner, web: Web, github: GitHub):
    web.pages["/sand"] = "/dunes"
    assert night(runner, 2).code == 0
    web.pages.clear()
    inputs = inputs_of(shards="2")
    shutil.rmtree(runner.artifacts)
    assert runner.job("check-list.yml", "prepare", inputs).code == 0
    assert check(runner, inputs, "1/2").code == 0
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
