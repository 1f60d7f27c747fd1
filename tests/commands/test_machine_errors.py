"""A full disk, a locked history, an output that can't be written: reported as the machine's error, with no result lost."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from linkcheck.history import History
from tests.commands.command import listkeeper, lists
from tests.commands.test_check_command import LOCAL, server  # noqa: F401  # the fixture

ROOT = Path(__file__).parents[2]


def topic(base: str, count: int) -> str:
    return "title: Things\nentries:\n" + "".join(f"  - {base}/{200 if number else 404}?{number}\n" for number in range(count))


def command(folder, *arguments, bytes_at_most=None, **more):
    def limited():
        if bytes_at_most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, bytes_at_most))

    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limited, text=True, check=False, stderr=subprocess.PIPE, **{"stdout": subprocess.PIPE, **more},
    )  # fmt: skip


def test_a_disk_that_fills_up_in_the_middle_of_a_run(tmp_path, server):  # noqa: F811
    lists(tmp_path, things=topic(server.base, 120))
    (tmp_path / "lists" / "optimal-transport.yaml").unlink()
    again = (*LOCAL, "--format", "json", "--history", "h.db", "--concurrency", "4", "--quiet")
    ran = command(tmp_path, "check", *again, bytes_at_most=300_000)
    data = json.loads(ran.stdout)
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False)
    (problem,) = [one for one in data["problems"] if one["code"] == "history-not-written"]
    assert problem["place"]["path"] == "h.db"
    assert "--resume" in problem["hint"]
    assert data["summary"]["alive"] == 119
    assert data["summary"]["failing"] == 1
    before = len(server.asked)
    assert before >= 120
    with History(tmp_path / "h.db") as past:
        kept = len(dict(past.last_seen()))
    assert 3 < kept < 120
    ran = command(tmp_path, "check", *again, "--resume")
    assert (ran.returncode, json.loads(ran.stdout)["summary"]["alive"]) == (0, 119)
    assert 120 - kept <= len(server.asked) - before < 120
    with History(tmp_path / "h.db") as past:
        assert len(dict(past.last_seen())) == 120


def test_a_history_locked_by_another_program_is_a_usage_error(tmp_path, monkeypatch, server):  # noqa: F811
    lists(tmp_path, f"{server.base}/fine")
    assert listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--history", "h.db").code == 0
    original = sqlite3.connect

    def impatient(*arguments, **more):
        return original(*arguments, **{**more, "timeout": 0.05})

    monkeypatch.setattr(sqlite3, "connect", impatient)
    other = original(tmp_path / "h.db")
    other.execute("begin exclusive")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--history", "h.db", "--format", "json")
    other.close()
    assert (ran.code, "Traceback" in ran.err) == (2, False)
    assert [one["code"] for one in json.loads(ran.out)["problems"]] == ["unreadable-file"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_report_that_cannot_be_written_is_printed(tmp_path, monkeypatch, server, form):  # noqa: F811
    lists(tmp_path, f"{server.base}/404")
    ran = listkeeper(
        monkeypatch,
        tmp_path,
        "check",
        *LOCAL,
        "--no-history",
        "--format",
        form,
        "--output",
        "lists/optimal-transport.yaml/report",
    )
    assert ran.code == 2
    assert f"{server.base}/404" in ran.out
    assert "report is printed here instead" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize(
    "arguments", [("validate",), ("validate", "--format", "json"), ("schema", "--print", "topic"), ("explain", "tab")]
)
def test_standard_output_on_a_full_device(tmp_path, arguments):
    lists(tmp_path)
    with Path("/dev/full").open("w") as full:
        ran = command(tmp_path, *arguments, stdout=full)
    assert ran.returncode == 2
    assert "No space left" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "--to", "data"),
        ("build", "--to", "site", "--output", "public"),
        ("schema",),
        ("validate", "--output", "r.txt"),
    ],
)
def test_pages_that_cannot_be_written(tmp_path, arguments):
    lists(tmp_path)
    ran = command(tmp_path, *arguments, bytes_at_most=10)
    assert ran.returncode == 2, ran.stderr
    assert "File too large" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_unwritable_folder_is_reported_with_the_page(tmp_path, monkeypatch):
    lists(tmp_path)

    def refused(**_options):
        raise PermissionError(13, "Permission denied", str(tmp_path / "lists" / ".x.md.abcdef"))

    monkeypatch.setattr("generator.sources.files.tempfile.mkstemp", refused)
    ran = listkeeper(monkeypatch, tmp_path, "build")
    assert ran.code == 2
    assert ".x.md" not in ran.err
    assert "lists/" in ran.err
    assert "make it writable" in ran.err
