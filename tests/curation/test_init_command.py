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
    workflow.write_bytes(fresh.replace(b"--budget 45m", b"--budget 5m"))
    shown = run("init", "--upgrade")
    assert shown.code == 1
    assert '-          listkeeper check --lists "$LISTS" --budget 5m' in shown.out
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
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    asked = [line for step in steps for line in step.get("run", "").splitlines() if " build " in line or " check " in line]
    assert asked
    assert all('--lists "$LISTS"' in line for line in asked)
    assert {step["with"]["path"] for step in steps if "cache" in step.get("uses", "")} == {"docs/.listkeeper"}
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


def test_its_workflow_publishes_the_site_as_ours_does(tmp_path, run):
    run("init")
    jobs = yaml.safe_load((tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8"))["jobs"]
    assert all(part in jobs["publish"]["if"] for part in ("!cancelled()", "needs.site.outputs.address != ''"))
    writers = {name for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert writers == {"publish"}
    ours = workflow("publish-site.yml")["jobs"]
    for mine, yours in (("build", "site"), ("deploy", "publish")):
        theirs = {step["name"]: step for step in jobs[yours]["steps"]}
        for step in ours[mine]["steps"]:
            if step["name"] in {"Find the site's address", "Upload the site", "Publish"}:
                pinned = ("uses", "run", "if", "env")
                assert {key: step.get(key) for key in pinned} == {key: theirs[step["name"]].get(key) for key in pinned}


def test_its_actions_are_pinned_where_ours_are(tmp_path, run):
    run("init")
    text = (tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8")
    ours = "".join(path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml"))
    used = re.findall(r"uses: (\S+@.*)", text)
    assert len(used) > 5
    assert [one for one in used if one not in ours] == []


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


@pytest.mark.parametrize(
    ("recorded", "source"),
    [
        (
            '{"url": "https://example.org/listkeeper", "vcs_info": {"vcs": "git", "commit_id": "1234abcd"}}',
            "git+https://example.org/listkeeper@1234abcd",
        ),
        (
            '{"url": "https://user:secret@example.org/listkeeper", "vcs_info": {"vcs": "git", "commit_id": "1"}}',
            "git+https://example.org/listkeeper@1",
        ),
        ('{"url": "file:///home/me/listkeeper", "dir_info": {"editable": true}}', None),
        ('{"url": "file:///home/me/listkeeper", "vcs_info": {"vcs": "git", "commit_id": "1"}}', None),
        ("[]", None),
        ("{", None),
        (None, None),
    ],
)
def test_its_workflow_installs_what_is_installed_here(tmp_path, run, monkeypatch, recorded, source):
    class Installed:
        def read_text(self, _name):
            return recorded

    monkeypatch.setattr("generator.commands.curation.init.distribution", lambda _name: Installed())
    ran = run("init")
    text = (tmp_path / ".github" / "workflows" / "lists.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["env"]["LISTKEEPER"] == (source or "git+ADDRESS")
    assert ("replace ADDRESS" in ran.err) is (source is None)
    assert "secret" not in text
