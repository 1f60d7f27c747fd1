"""On main the bot renders the sources and pushes the pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from tests.ci_github.conftest import Web, edit, topic
from tests.ci_github.runner import ROOT, Runner, git, script, workflow


def render(runner: Runner, **more: Path):
    return runner.job("main.yml", "render", {"github.ref_name": "main"}, **more)


def pages(runner: Runner) -> set[str]:
    return {path for path in git(runner.remote, "ls-tree", "-r", "--name-only", "main").splitlines() if path.endswith(".md")}


def test_the_bot_pushes_the_pages_in_one_commit(runner: Runner):
    before = git(runner.remote, "rev-parse", "main")
    ran = render(runner)
    assert ran.code == 0, ran.out
    assert pages(runner) == {"lists/README.md", "lists/transport.md", "lists/waves.md"}
    assert git(runner.remote, "rev-parse", "main^") == before
    assert git(runner.remote, "log", "-1", "--format=%an %cn", "main") == "github-actions[bot] github-actions[bot]"


def test_the_second_run_pushes_nothing(runner: Runner):
    assert render(runner).code == 0
    tip = git(runner.remote, "rev-parse", "main")
    ran = render(runner)
    assert ran.code == 0
    assert "every page is up to date" in ran.out
    assert git(runner.remote, "rev-parse", "main") == tip


def test_its_own_commit_starts_no_other_run(runner: Runner):
    """The bot's own push matches none of the paths that start the workflow."""
    assert render(runner).code == 0
    started = workflow("main.yml")[True]["push"]["paths"]
    changed = git(runner.remote, "diff", "--name-only", "main^", "main").splitlines()
    assert started == ["lists/*.yaml", "generator/**"]
    assert not any(Path(path).match(pattern) for path in changed for pattern in started)


def test_the_page_of_a_removed_topic_is_removed(runner: Runner, tmp_path: Path):
    assert render(runner).code == 0
    edit(runner.remote, tmp_path, "gone", {"lists/waves.yaml": None, "lists/_collection.yaml": "title: One list\n"})
    assert render(runner).code == 0
    assert "lists/waves.md" not in pages(runner)


def test_commits_pushed_in_the_meantime_are_rendered(runner: Runner, tmp_path: Path, web: Web):
    late = tmp_path / "late"
    git(tmp_path, "clone", "--quiet", "--branch", "main", runner.remote.as_uri(), str(late))
    edit(runner.remote, tmp_path, "meanwhile", {"lists/waves.yaml": topic("Waves", ("Tides", f"{web.base}/tides"))})
    ran = render(runner, prepared=late)
    assert ran.code == 0, ran.out
    assert "Tides" in git(runner.remote, "show", "main:lists/waves.md")
    assert git(runner.remote, "log", "--format=%s", "main").splitlines()[:2] == ["Render the lists", "meanwhile"]


def test_broken_sources_fail_and_nothing_is_pushed(runner: Runner, tmp_path: Path):
    edit(runner.remote, tmp_path, "broken", {"lists/waves.yaml": "title: W\nentires: []\n"})
    tip = git(runner.remote, "rev-parse", "main")
    ran = render(runner)
    assert (ran.code, ran.failed) == (1, "Render, commit and push")
    assert "entires" in ran.out
    assert git(runner.remote, "rev-parse", "main") == tip


def test_uncommitted_changes_are_not_lost(runner: Runner, tmp_path: Path):
    work = tmp_path / "at-work"
    git(tmp_path, "clone", "--quiet", "--branch", "main", runner.remote.as_uri(), str(work))
    (work / "lists" / "waves.yaml").write_text("title: Mine\n", encoding="utf-8")
    assert render(runner, prepared=work).code == 2
    assert (work / "lists" / "waves.yaml").read_text(encoding="utf-8") == "title: Mine\n"


def test_a_branch_name_is_never_an_option(runner: Runner, tmp_path: Path):
    work = tmp_path / "named"
    git(tmp_path, "clone", "--quiet", "--branch", "main", runner.remote.as_uri(), str(work))
    for name in ("--force", "a..b", "a b", "$(touch owned)", "refs/../x", ""):
        ran = runner.job("main.yml", "render", {"github.ref_name": name}, prepared=work)
        assert ran.code == 2, name
    assert not list(tmp_path.rglob("owned"))


def test_the_data_branch_is_one_commit_and_the_same_files_change_nothing(runner: Runner, tmp_path: Path):
    work = tmp_path / "data"
    git(tmp_path, "clone", "--quiet", "--branch", "main", runner.remote.as_uri(), str(work))
    environment = {"PATH": runner.path, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    tips = []
    for text in ("one", "one", "two"):
        (work / "badge.json").write_text(text, encoding="utf-8")
        (work / "history.db").write_bytes(b"\x00\xff")
        code, output = script("listkeeper publish keep badge.json history.db", environment, work)
        assert code == 0, output
        tips.append(git(runner.remote, "rev-parse", "listkeeper"))
    assert tips[0] == tips[1] != tips[2]
    assert git(runner.remote, "rev-list", "--count", "listkeeper") == "1"
    code, output = script("listkeeper publish restore back", environment, work)
    assert (code, (work / "back" / "history.db").read_bytes()) == (0, b"\x00\xff"), output


def test_a_branch_that_cannot_be_read_fails(runner: Runner, tmp_path: Path):
    work = tmp_path / "apart"
    git(tmp_path, "clone", "--quiet", "--branch", "main", runner.remote.as_uri(), str(work))
    git(work, "remote", "set-url", "origin", (tmp_path / "nowhere").as_uri())
    environment = {"PATH": runner.path, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    assert script("listkeeper publish restore back", environment, work)[0] == 1


def test_the_form_follows_the_topics(runner: Runner, tmp_path: Path):
    form = ".github/ISSUE_TEMPLATE/suggest-entry.yml"
    edit(runner.remote, tmp_path, "form", {".github/ISSUE_TEMPLATE/config.yml": "blank_issues_enabled: true\n"})
    assert render(runner).code == 0
    assert '"Waves"' in git(runner.remote, "show", f"main:{form}")
    edit(runner.remote, tmp_path, "tides", {"lists/tides.yaml": topic("Tides", ("High", "https://example.org/high"))})
    assert render(runner).code == 0
    assert '"Tides"' in git(runner.remote, "show", f"main:{form}")


def test_the_action_passes_arguments_unchanged(runner: Runner, tmp_path: Path):
    steps = yaml.safe_load((ROOT / ".github/actions/listkeeper/action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    run = next(step["run"] for step in steps if step["name"] == "Run")
    (tmp_path / "a b.md").write_text("# A\n\nNo link here.\n", encoding="utf-8")
    (tmp_path / "offline.md").write_text("# A\n\n- [a](https://a.example/)\n", encoding="utf-8")
    base = {"PATH": runner.path, "HOME": str(tmp_path), "LANG": "C.UTF-8", "RUNNER_TEMP": str(tmp_path)}
    output = {}
    for command, arguments in (
        ("check", "a b.md\n--no-history\n"),
        ("check", "$(touch owned)"),
        ("check", "a b.md; touch owned"),
        *(
            ("check", f"offline.md\n--dns\n127.0.0.1:9\n--timeout\n1s\n--format\n{form}\n{words}")
            for form in ("text", "json", "github")
            for words in ("", "--output\nreport.txt\n")
        ),
        ("--version", ""),
        ("validate", "--lists\nnowhere\n\n"),
    ):
        output[command, arguments] = script(run, {**base, "COMMAND": command, "ARGUMENTS": arguments}, tmp_path)
    assert not (tmp_path / "owned").exists()
    assert output["check", "a b.md\n--no-history\n"][0] == 4  # no link, and not because the runner was offline
    assert "::notice" not in output["check", "a b.md\n--no-history\n"][1]
    for form in ("text", "json", "github"):
        for words in ("", "--output\nreport.txt\n"):
            assert output["check", f"offline.md\n--dns\n127.0.0.1:9\n--timeout\n1s\n--format\n{form}\n{words}"][0] == 0
    assert output["--version", ""][0] == 0
    assert output["validate", "--lists\nnowhere\n\n"][0] == 2
    assert subprocess.run(["bash", "-n", "-c", run], check=False).returncode == 0
