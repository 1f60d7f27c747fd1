"""The two workflows of a pull request, by their own scripts: one reads untrusted files, the other may write."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.ci.comment import MARKER
from tests.ci_github.conftest import Web, edit, topic
from tests.ci_github.conversation import calls, html
from tests.ci_github.github import BOT, GitHub
from tests.ci_github.runner import Ran, Runner, git, workflow


class Pull:
    """A pull request from a branch onto main, checked and commented on by the workflows."""

    def __init__(self, runner: Runner, github: GitHub, tmp_path: Path, branch: str = "proposal") -> None:
        self.runner, self.github, self.tmp_path, self.branch = runner, github, tmp_path, branch
        self.head, self.number, self.times = "", 0, 0

    def push(self, files: dict[str, str | None]) -> None:
        self.times += 1
        onto = self.branch if self.head else "main"
        self.head = edit(self.runner.remote, self.tmp_path, f"push-{self.times}", files, branch=self.branch, onto=onto)
        if not self.number:
            self.number = self.github.pull(self.head)
        self.github.pulls[self.number]["head"]["sha"] = self.head

    def check(self) -> Ran:
        """Run the read-only job on GitHub's merge commit, two commits deep."""
        self.times += 1
        merge, work = self.tmp_path / f"merge-{self.times}", self.tmp_path / f"judged-{self.times}"
        git(self.tmp_path, "clone", "--quiet", "--branch", "main", self.runner.remote.as_uri(), str(merge))
        git(merge, "merge", "--quiet", "--no-ff", "--message", "Trial", f"origin/{self.branch}")
        git(merge, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/trial")
        git(self.tmp_path, "clone", "--quiet", "--depth", "2", "--branch", "trial", self.runner.remote.as_uri(), str(work))
        git(self.runner.remote, "update-ref", "-d", "refs/heads/trial")
        context = {"github.event.pull_request.number": str(self.number)}
        return self.runner.job("pull-request.yml", "check", context, prepared=work)

    def comment(self) -> Ran:
        """Run the job that may write."""
        context = {"github.event.workflow_run.head_sha": self.head, "github.event.workflow_run.id": "77"}
        return self.runner.job("pull-request-comment.yml", "comment", context)

    @property
    def comments(self) -> list[str]:
        return [
            one["body"] for one in self.github.comments.values() if one["issue"] == self.number and one["user"]["login"] == BOT
        ]


@pytest.fixture
def pull(runner: Runner, github: GitHub, tmp_path: Path, web: Web) -> Pull:
    web.pages |= {"/sand": 500, "/holes": 410}  # problems on main must not matter here
    return Pull(runner, github, tmp_path)


def waves(web: Web, *more: tuple[str, str]) -> dict[str, str | None]:
    return {"lists/waves.yaml": topic("Waves", ("Long waves", f"{web.base}/long"), *more)}


def test_a_good_entry_passes_and_is_shown(pull: Pull, web: Web):
    pull.push(waves(web, ("Short waves", f"{web.base}/short")))
    ran = pull.check()
    assert ran.code == 0, ran.out
    assert [path for path in web.asked if path in {"/sand", "/holes", "/long"}] == []
    assert "Short waves" in ran.summary
    assert pull.comment().code == 0
    [body] = pull.comments
    assert body.startswith(MARKER)
    assert f"[Short waves]({web.base}/short)" in body
    assert "Long waves" not in body
    assert "/actions/runs/77" in body


def test_a_dead_new_link_fails_at_its_line(pull: Pull, web: Web):
    web.pages["/gone"] = 404
    pull.push(waves(web, ("Gone", f"{web.base}/gone")))
    ran = pull.check()
    assert (ran.code, ran.failed) == (1, "Check new links")
    assert re.search(r"^::error file=lists/waves\.yaml,line=6,.*title=link-dead::.*/gone", ran.out, re.MULTILINE)
    assert pull.comment().code == 0
    assert "/gone" in pull.comments[0]
    assert "/holes" not in pull.comments[0]


def test_a_certain_duplicate_of_another_topic_fails(pull: Pull, web: Web):
    web.pages.clear()
    pull.push(waves(web, ("Heaps of sand", f"{web.base}/sand")))
    ran = pull.check()
    assert (ran.code, ran.failed) == (1, "Check new links")
    assert "duplicate" in ran.out
    assert "lists/transport.yaml" in ran.out


def test_errors_in_other_sources_do_not_fail(pull: Pull, web: Web, tmp_path: Path):
    edit(pull.runner.remote, tmp_path, "broken", {"lists/transport.yaml": "title: T\nentires: []\n"})
    pull.push(waves(web, ("Short waves", f"{web.base}/short")))
    assert pull.check().code == 0


def test_an_edited_page_fails_and_names_the_source(pull: Pull, web: Web, tmp_path: Path):
    pull.runner.job("main.yml", "render", {"github.ref_name": "main"})
    shown = git(pull.runner.remote, "show", "main:lists/waves.md")
    pull.push({"lists/waves.md": shown.replace("Long waves", "Longer waves") + "\n"})
    ran = pull.check()
    assert (ran.code, ran.failed) == (1, "Validate")
    assert re.search(r"lists/waves\.yaml\D+3", ran.out)


def test_pages_need_not_be_rendered(pull: Pull, web: Web):
    pull.runner.job("main.yml", "render", {"github.ref_name": "main"})
    pull.push(waves(web, ("Short waves", f"{web.base}/short")))
    assert pull.check().code == 0


def test_a_pull_request_without_lists_gets_no_comment(pull: Pull):
    pull.push({"NOTES.md": "nothing\n"})
    assert pull.check().code == 0
    ran = pull.comment()
    assert ran.code == 0, ran.out
    assert pull.comments == []
    assert pull.github.writes == []


def test_the_comment_is_updated_only_if_it_changes(pull: Pull, web: Web):
    pull.push(waves(web, ("Short waves", f"{web.base}/short")))
    assert pull.check().code == 0
    assert pull.comment().code == 0
    again = pull.comment()
    assert "is up to date" in again.out
    assert len(pull.github.writes) == 1
    pull.push(waves(web, ("Shorter waves", f"{web.base}/shorter")))
    assert pull.check().code == 0
    assert pull.comment().code == 0
    [body] = pull.comments
    assert "Shorter waves" in body
    assert [method for method, _ in pull.github.writes] == ["POST", "PATCH"]


def test_our_comment_is_found_among_many(pull: Pull, web: Web):
    pull.push(waves(web, ("Short waves", f"{web.base}/short")))
    theirs = pull.github.comment(pull.number, f"{MARKER}\nmine", login="stranger")
    for number in range(45):
        pull.github.comment(pull.number, f"word {number}", login="reader")
    assert pull.check().code == 0
    assert pull.comment().code == 0
    assert pull.comment().code == 0
    assert len(pull.comments) == 1
    assert pull.github.comments[theirs]["body"].endswith("mine")


def test_hostile_names_are_made_safe(runner: Runner, github: GitHub, tmp_path: Path, web: Web):
    pull = Pull(runner, github, tmp_path, branch="x$(touch${IFS}owned)`touch${IFS}owned`;touch${IFS}owned")
    title = "$(touch owned) @everyone #1 reader/lists#1 <img src=x> ![p](https://e.org/p) ::error::x"
    pull.push(waves(web, (json.dumps(title), json.dumps(f"{web.base}/a?$(touch%20owned)@everyone"))))
    ran = pull.check()
    assert ran.code == 0, ran.out
    assert pull.comment().code == 0
    assert not list(tmp_path.rglob("owned"))
    [body] = pull.comments
    assert not calls(body), body
    assert "<img" not in html(body)
    assert not re.search(r"^::error::x", ran.out, re.MULTILINE)


def lying(number: int) -> Callable[[Path], object]:
    return lambda folder: (folder / "number").write_text(f"{number}\n", encoding="utf-8")


HOSTILE: dict[str, Callable[[Path], object]] = {
    "a link out of the folder": lambda folder: (
        (folder / "preview.md").unlink(),
        (folder / "preview.md").symlink_to("/etc/passwd"),
    ),
    "a folder": lambda folder: ((folder / "preview.md").unlink(), (folder / "preview.md").mkdir()),
    "more files": lambda folder: (folder / "more").write_text("x", encoding="utf-8"),
    "a huge file": lambda folder: (folder / "preview.md").write_text("x" * 500_000, encoding="utf-8"),
    "no text": lambda folder: (folder / "preview.md").write_bytes(b"\xff\xfe\x00"),
    "no number": lambda folder: (folder / "number").write_text("1/../../2\n", encoding="utf-8"),
    "an endless number": lambda folder: (folder / "number").write_text("9" * 19, encoding="utf-8"),
    "no report": lambda folder: (folder / "report.json").unlink(),
    "no JSON": lambda folder: (folder / "report.json").write_text("{" * 100_000, encoding="utf-8"),
    "another report": lambda folder: (folder / "report.json").write_text('{"version": 1, "run": []}', encoding="utf-8"),
    "a pull request that isn't": lying(99),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_artifact_is_refused(name: str, pull: Pull, web: Web):
    pull.head, pull.number = "a" * 40, pull.github.pull("a" * 40)
    bundle(pull)
    HOSTILE[name](pull.runner.artifacts / "listkeeper-pull-request")
    ran = pull.comment()
    assert (ran.code, ran.failed) == (1, "Comment"), ran.out
    assert pull.github.writes == []
    assert "Traceback" not in ran.out


def test_only_the_pull_request_with_the_checked_commit_gets_the_comment(pull: Pull):
    pull.head, pull.number = "a" * 40, pull.github.pull("a" * 40)
    other, closed = pull.github.pull("b" * 40), pull.github.pull("a" * 40, state="closed")
    for number in (other, closed):
        bundle(pull)
        lying(number)(pull.runner.artifacts / "listkeeper-pull-request")
        ran = pull.comment()
        assert ran.code == 0
        assert "gets no comment" in ran.out
    assert pull.github.writes == []


def bundle(pull: Pull) -> None:
    folder = pull.runner.artifacts / "listkeeper-pull-request"
    folder.mkdir(parents=True, exist_ok=True)
    run = {"started": "2026-11-21T03:00:00Z", "seconds": 1, "offline": False, "void": None, "requests": 1, "confirm": 1}
    report = {"version": 1, "tool": "listkeeper 0", "run": run, "summary": {}, "verdicts": [], "duplicates": [], "problems": []}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    (folder / "preview.md").write_text("### Waves\n\n- a line\n", encoding="utf-8")
    (folder / "number").write_text(f"{pull.number}\n", encoding="utf-8")


def test_a_valid_artifact_is_accepted(pull: Pull):
    pull.head, pull.number = "a" * 40, pull.github.pull("a" * 40)
    bundle(pull)
    assert pull.comment().code == 0
    assert "a line" in pull.comments[0]


def test_the_job_that_reads_untrusted_files_can_only_read():
    check = workflow("pull-request.yml")
    assert check["permissions"] == {}
    assert check["jobs"]["check"]["permissions"] == {"contents": "read"}
    assert "github.token" not in str(check)
    assert "secrets" not in str(check)
    comment = workflow("pull-request-comment.yml")["jobs"]["comment"]
    assert not any("actions/checkout" in step.get("uses", "") for step in comment["steps"])
