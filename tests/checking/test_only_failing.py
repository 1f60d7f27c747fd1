"""`check --only failing`: the links that failed in their last check, by the history."""

from __future__ import annotations

import json

import pytest

from linkcheck.history import History
from tests.checking.repository import entry, topic
from tests.commands.command import listkeeper

LOCAL = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.01", "--quiet", "--format", "json")


@pytest.fixture
def check(tmp_path, monkeypatch, server):
    (tmp_path / "lists").mkdir()
    names = ("404", "500", "403", "fine")
    text = topic(*(entry(f"e{name}", f"{server.base}/{name}") for name in names))
    (tmp_path / "lists" / "one.yaml").write_text(text, encoding="utf-8")

    def run(day: int, *arguments: str):
        server.asked.clear()
        ran = listkeeper(monkeypatch, tmp_path, "check", *arguments, *LOCAL, "--now", f"2026-11-{day}T03:00:00+00:00")
        return ran.code, json.loads(ran.out), {path.split("?")[0].strip("/") for path in server.asked} - {""}

    return run


def test_only_links_that_failed_last_are_checked(check):
    check(10)
    code, data, asked = check(11, "--only", "failing")
    assert code == 0
    assert {one["url"].rsplit("/", 1)[1] for one in data["verdicts"]} == {"404", "500"}
    assert {"404", "500"} <= asked
    assert not {"403", "fine"} & asked


def test_dead_links_are_included(check):
    for day in (10, 11, 12):
        check(day)
    code, data, _ = check(13, "--only", "failing")
    assert (code, {one["url"].rsplit("/", 1)[1]: one["outcome"] for one in data["verdicts"]}["404"]) == (1, "dead")


def test_failing_combines_with_hosts_and_entries(check):
    check(10)
    _, data, _ = check(11, "--only", "failing", "--only", "efine")
    assert {one["url"].rsplit("/", 1)[1] for one in data["verdicts"]} == {"404", "500", "fine"}


def test_discarded_observations_are_skipped(check, tmp_path, server):
    check(10)
    path = tmp_path / ".listkeeper" / "history.db"
    key = f"{server.base}/fine"
    with History(path) as past:
        (seen,) = past.of(key)
    with History(path, now=seen.at) as past:
        past.add(type(seen)(key, seen.at, ()))
        past.discard({key: "the runner was offline"}.items)
    assert "fine" not in check(11, "--only", "failing")[2]


@pytest.mark.parametrize("damaged", [False, True])
def test_without_a_history_the_hint_says_what_to_do(check, tmp_path, damaged):
    if damaged:
        (tmp_path / ".listkeeper").mkdir()
        (tmp_path / ".listkeeper" / "history.db").write_bytes(b"no database" * 99)
    code, data, asked = check(10, "--only", "failing")
    (problem,) = [one for one in data["problems"] if one["severity"] == "error"]
    assert (code, asked, problem["code"]) == (2, set(), "no-history")
    assert "listkeeper check" in problem["hint"] or "--only failing" in problem["hint"]


def test_no_failing_link_is_reported(tmp_path, monkeypatch, server, check):
    text = topic(entry("fine", f"{server.base}/fine"))
    (tmp_path / "lists" / "one.yaml").write_text(text, encoding="utf-8")
    check(10)
    ran = listkeeper(monkeypatch, tmp_path, "check", "--only", "failing", *LOCAL[:-2])
    assert (ran.code, "0 of 1 link selected" in ran.out) == (0, True)
