"""`listkeeper init`: a new list that works, without overwriting files."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from tests.ci_github import lint
from tests.ci_github.runner import ROOT, workflow
from tests.publishing.pages.node import run_tool


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_list_validates_and_builds_at_once(tmp_path, run):
    ran = run("init", "--topic", "optimal-transport", "--title", "My: lists")
    assert ran.code == 0, ran.err
    wanted = {"lists/_collection.yaml", "lists/optimal-transport.yaml", "lists/_topic.schema.json", "README.md", ".gitignore"}
    assert wanted <= set(files(tmp_path))
    assert run("validate", "--strict").code == 0
    assert run("schema", "--check").code == 0
    assert run("build").code == 0
    assert "# My: lists" in (tmp_path / "lists" / "README.md").read_text(encoding="utf-8")
    assert "(lists/optimal-transport.md)" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert run("build", "--check").code == 0


def test_a_second_time_nothing_changes(tmp_path, run):
    run("init")
    before = files(tmp_path)
    ran = run("init")
    assert (ran.code, "exists and is not changed" in ran.err, "lacks" in ran.err) == (0, True, False)
    assert files(tmp_path) == before


def test_existing_files_are_not_overwritten(tmp_path, run):
    mine = {
        "README.md": b"mine", ".gitignore": b"x\n", "lists/mine.yaml": b"title: Mine\nentries:\n  - title: A\n",
        "lists/_topic.schema.json": b"{}", "CONTRIBUTING.md": b"mine", ".github/workflows/lists.yml": b"on: push",
    }  # fmt: skip
    for name, data in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ran = run("init")
    assert ran.code == 0
    assert ".gitignore lacks .listkeeper/" in ran.err
    after = files(tmp_path)
    assert {name: after[name] for name in mine} == mine
    assert set(after) - set(mine) == {"lists/_collection.schema.json"}


def test_upgrade_shows_the_diff_and_asks(tmp_path, run):
    run("init")
    workflow = tmp_path / ".github" / "workflows" / "lists.yml"
    fresh = workflow.read_bytes()
    workflow.write_bytes(fresh.replace(b"--budget 10m", b"--budget 5m"))
    shown = run("init", "--upgrade")
    assert shown.code == 1
    assert '-          listkeeper check --lists "$LISTS" --since "$BASE" --budget 5m' in shown.out
    assert b"--budget 5m" in workflow.read_bytes()
    assert run("init", "--upgrade", "--yes").code == 0
    assert workflow.read_bytes() == fresh
    assert run("init", "--upgrade").code == 0


def test_an_unusual_title_and_another_folder(tmp_path, run):
    ran = run("init", "--lists", "my/lists", "--title", "<script> ](x)")
    assert ran.code == 0
    assert "listkeeper build --lists my/lists" in ran.err
    assert (tmp_path / "my" / "README.md").read_text(encoding="utf-8").startswith("# \\<script> \\](x)\n")
    assert run("validate", "--strict", "--lists", "my/lists").code == 0


def test_in_a_repository_the_workflow_is_at_the_top(tmp_path, run):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert run("init", "--lists", "docs/reading lists").code == 0
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8"))
    assert workflow["env"]["LISTS"] == "docs/reading lists"
    assert workflow[True]["push"]["paths"] == ["docs/reading lists/*.yaml"]
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", ())]
    asked = [line for step in steps for line in step.get("run", "").splitlines() if re.search("listkeeper (?!report)", line)]
    assert len(asked) == 4
    assert all('--lists "$LISTS"' in line for line in asked)
    called = [job["with"] for job in workflow["jobs"].values() if "uses" in job]
    assert called == [{"lists": "docs/reading lists"}] * 2
    assert not (tmp_path / "docs" / ".github").exists()


@pytest.mark.parametrize("topic", ["Big Name", "readme", "../x", ""])
def test_invalid_topic_names(tmp_path, run, topic):
    assert run("init", "--topic", topic).code == 2
    assert files(tmp_path) == {}


def test_its_workflow_passes_the_linters(tmp_path, run):
    run("init")
    assert lint.shapes(tmp_path / ".github") == 0
    assert lint.dangers(tmp_path / ".github") == 0
    assert lint.shell(tmp_path / ".github") == 0


@pytest.mark.node
def test_its_workflow_uses_existing_commands(tmp_path, run):
    run("init")
    assert lint.names(tmp_path / ".github") == 0


def test_its_workflow_does_what_ours_do(tmp_path, run):
    """A preview and checks of what is new on pull requests, pages after the merge, and the reusable workflows at night."""
    run("init")
    text = (tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert "build --check" not in text
    assert not re.search(r"\b(?:pip|pipx|uv|npm|curl|wget)\b", text)
    ours = {name: workflow(f"{name}.yml")["jobs"] for name in ("nightly", "pull-request", "main")}
    for mine, name in (("links", "links"), ("site", "site")):
        theirs = ours["nightly"][name]
        assert jobs[mine]["permissions"] == theirs["permissions"]
        assert jobs[mine]["uses"].partition("@")[0] == theirs["uses"].replace("$/", "OWNER/listkeeper/")
    assert {name for name, job in jobs.items() if "write" in job["permissions"].values()} == {"render", "links", "site"}
    assert jobs["pull-request"]["permissions"] == ours["pull-request"]["check"]["permissions"]
    commands = [
        step["run"].split()[1] for step in jobs["pull-request"]["steps"] if step.get("run", "").startswith("listkeeper")
    ]
    assert commands == ["validate", "preview"]
    assert jobs["render"]["permissions"] == ours["main"]["render"]["permissions"]


@pytest.mark.parametrize("offline", [True, False])
@pytest.mark.parametrize("code", [0, 1, 2, 3, 4])
def test_its_pull_request_is_green_for_4_only_where_the_runner_was_offline(tmp_path, run, code, offline):
    run("init")
    jobs = yaml.safe_load((tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8"))["jobs"]
    script = next(step["run"] for step in jobs["pull-request"]["steps"] if step["name"] == "Check new links")
    tool = tmp_path / "bin" / "listkeeper"
    tool.parent.mkdir()
    report = f'{{"run": {{"offline": {str(offline).lower()}}}}}'
    tool.write_text(f"#!/bin/sh\n[ $1 = check ] || exit 0\necho '{report}' > report.json\nexit {code}\n", encoding="utf-8")
    tool.chmod(0o755)
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={"PATH": f"{tool.parent}:/usr/bin:/bin", "LISTS": "lists", "BASE": "x"},
        check=False,
    )
    assert done.returncode == (0 if code == 4 and offline else code)


def test_everyone_gives_contributors_one_advice(tmp_path, run):
    run("init")
    ours = [(ROOT / ".github" / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "PULL_REQUEST_TEMPLATE.md")]
    theirs = (tmp_path / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    preview = (ROOT / "generator" / "publishing" / "preview.py").read_text(encoding="utf-8")
    for text in (*ours, theirs, preview):
        assert "rendered after the merge" in " ".join(text.split())
    assert "listkeeper build" not in theirs
    assert all("nothing else" in text for text in (ours[0], theirs))


def test_its_actions_are_pinned_where_ours_are(tmp_path, run):
    run("init")
    text = (tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8")
    ours = "".join(path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml"))
    used = re.findall(r"uses: (\S+@.*)", text)
    assert len(used) > 5
    assert [one for one in used if one not in ours and not one.startswith("OWNER/listkeeper/.github/")] == []


@pytest.mark.node
def test_its_page_passes_awesome_lint(tmp_path, run):
    run("init")
    run("build")
    for arguments in (["init", "-q"], ["remote", "add", "origin", "https://github.com/example/list.git"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)
    page = tmp_path / "lists" / "first-topic.md"
    head = "<!--lint disable awesome-github awesome-contributing awesome-badge awesome-license-->\n"
    (tmp_path / "readme-page.md").write_text(head + page.read_text(encoding="utf-8"), encoding="utf-8")
    done = run_tool("awesome-lint", "readme-page.md", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


COMMIT = "1234567890123456789012345678901234567890"


@pytest.mark.parametrize(
    ("url", "info", "found"),
    [
        ("https://github.com/someone/listkeeper", f'{{"vcs": "git", "commit_id": "{COMMIT}"}}', True),
        ("https://user:secret@github.com/someone/listkeeper.git", f'{{"vcs": "git", "commit_id": "{COMMIT}"}}', True),
        ("ssh://git@github.com/someone/listkeeper.git", f'{{"vcs": "git", "commit_id": "{COMMIT}"}}', True),
        ("https://example.org/someone/listkeeper", f'{{"vcs": "git", "commit_id": "{COMMIT}"}}', False),
        ("https://github.com/someone/listkeeper", '{"vcs": "git", "commit_id": "main"}', False),
        ("https://github.com/some one/x: y", f'{{"vcs": "git", "commit_id": "{COMMIT}"}}', False),
        ("file:///home/me/listkeeper", f'{{"vcs": "git", "commit_id": "{COMMIT}"}}', False),
        ("file:///home/me/listkeeper", '{"dir_info": {"editable": true}}', False),
        ("https://[/", "[]", False),
        (None, "", False),
    ],
)
def test_its_workflow_installs_what_is_installed_here(tmp_path, run, monkeypatch, url, info, found):
    class Installed:
        def read_text(self, _name):
            return None if url is None else f'{{"url": "{url}", "vcs_info": {info}}}'

    monkeypatch.setattr("generator.commands.curation.init.distribution", lambda _name: Installed())
    ran = run("init")
    text = (tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"uses: (\S+?)/\.github/\S+@(\S+)", text))
    assert used == {("someone/listkeeper", COMMIT) if found else ("OWNER/listkeeper", "0" * 40)}
    assert ("replace OWNER/listkeeper" in ran.err) is not found
    assert "secret" not in text
