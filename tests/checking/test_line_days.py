"""The day on which a line was added to a file, from a real repository's history."""

from __future__ import annotations

import os
import subprocess
from datetime import date

import pytest

from generator.sources import git
from tests.checking.repository import Repository

FIRST, SECOND = "title: A\nfirst: committer-time 1\n", "second: new\n"


def commit(repository, day):
    repository.git("add", "-A")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=A\tB", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(
        ["git", *who, "commit", "-q", "-m", "committer-time 5", "--date", "2001-01-01T00:00:00Z"],
        cwd=repository.folder,
        env=plain | {"GIT_COMMITTER_DATE": day},
        check=True,
    )


@pytest.fixture
def repository(tmp_path):
    found = Repository(tmp_path / "origin")
    found.folder.mkdir()
    found.git("init", "-q", "-b", "main")
    found.file("lists/a.yaml", FIRST)
    commit(found, "2020-02-29T23:30:00+00:00")
    found.file("lists/a.yaml", FIRST + SECOND)
    commit(found, "2024-01-01T00:30:00+02:00")
    return found


def test_lines_have_the_day_of_their_commit_in_utc(repository):
    old = date(2020, 2, 29)
    assert git.line_days(repository.folder / "lists" / "a.yaml") == {1: old, 2: old, 3: date(2023, 12, 31)}


def test_uncommitted_lines_have_no_day(repository):
    repository.file("lists/a.yaml", f"{FIRST}third: x\n{SECOND}")
    assert sorted(git.line_days(repository.folder / "lists" / "a.yaml")) == [1, 2, 4]
    repository.file("lists/b.yaml", FIRST)
    assert git.line_days(repository.folder / "lists" / "b.yaml") == {}


def test_a_shallow_clone_and_a_folder_without_git_give_no_days(repository, tmp_path):
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.folder.as_uri(), str(clone))
    assert git.line_days(clone / "lists" / "a.yaml") == {}
    (tmp_path / "a.yaml").write_text(FIRST, encoding="utf-8")
    assert git.line_days(tmp_path / "a.yaml") == {}
