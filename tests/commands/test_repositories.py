"""Archived and idle repositories, from the night's requests to the notes of `check` and the edits of `fix`."""

from __future__ import annotations

import json
import re

import pytest

from generator.ci.issue import news, nothing_to_do
from generator.reporting.reading import load_reports
from tests.commands.command import listkeeper
from tests.serving import Answering, serving

OPTIONS = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.05", "--format", "json")
NOW = ("--now", "2026-11-21T03:00:00+00:00")
TOPIC = """title: Looms
entries:
  - title: Archived
    url: https://github.com/mill/archived#readme  # ours
  - title: Decided
    url: https://github.com/mill/archived-too
    state: deprecated
  - title: Written out
    url: https://codeberg.org/mill/archived
    state: active
  - title: Idle
    url: https://github.com/mill/idle
  - title: Quiet
    url: https://github.com/mill/quiet
  - title: A paper whose code is archived
    url: https://codeberg.org/mill/living
    links: {code: https://github.com/mill/archived}
"""
PUSHED = {"idle": "2025-11-21T00:00:00Z", "quiet": "2025-11-22T00:00:00Z"}


class Handler(Answering):
    """Both interfaces of GitHub, and Codeberg's."""

    def get(self) -> None:
        host = "github.com" if self.path.startswith("/github") else "codeberg.org"
        full_name = self.path.partition("/repos/")[2]
        name = full_name.partition("/")[2]
        self.say({
            "full_name": full_name, "name": name, "html_url": f"https://{host}/{full_name}", "archived": name.startswith("archived"),
            "updated_at": "2026-11-20T00:00:00Z",
        })  # fmt: skip

    def post(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["query"]
        data = {
            alias: {"nameWithOwner": f"mill/{name}", "isArchived": name.startswith("archived"), "pushedAt": PUSHED.get(name)}
            for alias, name in re.findall(r'(r\d+):repository\(owner:"mill",name:"([^"]+)"', query)
        }
        self.say({"data": data} if self.server.graphql else {"data": None, "errors": [{"message": "not today"}]})

    do_POST = post  # noqa: N815

    def say(self, body) -> None:
        self.answer(200, {"Content-Type": "application/json"}, json.dumps(body).encode())


@pytest.fixture
def server():
    with serving(Handler) as running:
        running.graphql = True
        yield running


@pytest.fixture
def folder(tmp_path, monkeypatch, server):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GITHUB_TOKEN", "any-token")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "looms.yaml").write_text(TOPIC, encoding="utf-8")
    settings = f"check: {{endpoints: {{github: '{server.base}/github', codeberg: '{server.base}/codeberg'}}}}\n"
    (tmp_path / "lists" / "_collection.yaml").write_text(settings, encoding="utf-8")
    return tmp_path


def notes(ran):
    return {(one["code"], one["severity"], one["place"]["line"]) for one in json.loads(ran.out)["problems"]}


def test_check_notes_archived_and_idle_repositories(folder, monkeypatch):
    ran = listkeeper(monkeypatch, folder, "check", *OPTIONS, *NOW)
    assert notes(ran) == {("archived", "note", 4), ("archived", "note", 9), ("idle", "note", 12)}
    idle = next(one for one in json.loads(ran.out)["problems"] if one["code"] == "idle")
    assert "no commit for 365 days, the last on 2025-11-21" in idle["message"]
    assert (folder / "lists" / "looms.yaml").read_text(encoding="utf-8") == TOPIC
    for code in ("archived", "idle", "repositories-not-asked"):
        assert listkeeper(monkeypatch, folder, "explain", code).code == 0


def test_notes_need_a_history(folder, monkeypatch):
    assert notes(listkeeper(monkeypatch, folder, "check", *OPTIONS, *NOW, "--no-history")) == set()


def test_check_says_how_many_were_not_asked(folder, monkeypatch, server):
    server.graphql = False
    ran = listkeeper(monkeypatch, folder, "check", *OPTIONS, *NOW)
    problems = {one["code"]: one["message"] for one in json.loads(ran.out)["problems"]}
    assert problems["repositories-not-asked"].startswith("3 of 5 repositories not asked yet")


def test_fix_writes_deprecated_only_when_asked_to(folder, monkeypatch):
    listkeeper(monkeypatch, folder, "check", *OPTIONS, *NOW)
    source = folder / "lists" / "looms.yaml"
    ran = listkeeper(monkeypatch, folder, "fix", *NOW)
    assert source.read_text(encoding="utf-8") == TOPIC
    assert "--only deprecated (2)" in ran.out
    ran = listkeeper(monkeypatch, folder, "fix", "--only", "deprecated", *NOW)
    assert ran.code == 0
    expected = TOPIC.replace("#readme  # ours\n", "#readme  # ours\n    state: deprecated\n").replace(
        "state: active", "state: deprecated"
    )
    assert source.read_text(encoding="utf-8") == expected
    assert "Nothing to fix." in listkeeper(monkeypatch, folder, "fix", "--only", "deprecated", *NOW).out
    assert {code for code, *_ in notes(listkeeper(monkeypatch, folder, "check", *OPTIONS, *NOW))} == {"idle"}


def test_fix_without_a_history_says_so(folder, monkeypatch):
    ran = listkeeper(monkeypatch, folder, "fix", "--only", "deprecated", *NOW)
    assert "there is no history" in ran.out


def test_an_idle_repository_keeps_no_issue_open(folder, monkeypatch):
    (folder / "lists" / "looms.yaml").write_text("title: T\nentries: [https://github.com/mill/idle]\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, folder, "check", *OPTIONS, *NOW)
    (folder / "report.json").write_text(ran.out, encoding="utf-8")
    report = load_reports([folder / "report.json"])
    assert [one.code for one in report.problems] == ["idle"]
    assert nothing_to_do(report)
    assert not news(report)
