"""Commands that write several files, killed, with a full disk or in a read-only folder: every file is old or new, and the next run finishes."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.sources.files import remove_leftovers, write
from tests.commands.killed import SCENES, faults, moments, tree
from tests.commands.killing import runner

SOME = 3
"""Moments of each command here; `make bench` takes 50."""
NOBODY = 65534


@pytest.fixture(scope="module")
def commands():
    with runner() as running:
        yield running


@pytest.fixture
def folder():
    """A folder that another user reaches as well."""
    with tempfile.TemporaryDirectory(prefix="listkeeper-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("name", SCENES)
def test_a_killed_command_leaves_old_or_new_files_and_is_finished_by_the_next_one(commands, folder, name):
    assert list(filter(None, faults(commands, name, folder, SOME))) == []


def test_moments_are_spread_from_the_first_to_the_last():
    assert moments(3, 4) == [1, 2, 3]
    assert moments(100, 4) == [1, 34, 67, 100]


@pytest.mark.parametrize("name", SCENES)
def test_a_read_only_folder_is_one_clear_error_and_changes_nothing(commands, folder, name):
    scene = SCENES[name]
    scene.prepare(commands, folder)
    before = tree(folder)
    folders = [folder, *filter(Path.is_dir, folder.rglob("*"))]
    for path in folders:
        path.chmod(0o555)
    ended = commands.run(folder, scene.arguments, **({"user": NOBODY} if os.geteuid() == 0 else {}))
    for path in folders:
        path.chmod(0o755)
    assert ended.code in {1, 2}, ended.output
    assert "Permission denied" in ended.output
    assert "Traceback" not in ended.output
    assert tree(folder) == before
    assert not list(folder.rglob(".*.listkeeper"))


@pytest.mark.parametrize("name", ["import", "fix", "rename a topic", "rename an entry", "move", "build"])
@pytest.mark.parametrize("most", [400])
def test_a_disk_that_fills_up_leaves_no_half_file(commands, folder, name, most):
    scene = SCENES[name]
    start, whole = folder / "start", folder / "whole"
    start.mkdir()
    scene.prepare(commands, start)
    shutil.copytree(start, whole)
    assert commands.run(whole, scene.arguments).code == 0
    before, after = tree(start), tree(whole)
    ended = commands.run(start, scene.arguments, bytes=most)
    found = tree(start)
    assert [path for path, data in found.items() if data not in {before.get(path), after.get(path)}] == []
    assert "Traceback" not in ended.output
    if found != after:
        assert ended.code in {1, 2}
        assert "File too large" in ended.output
    assert not list(start.rglob(".*.listkeeper"))
    again = commands.run(start, scene.arguments)
    assert (again.code, tree(start) == after) == (0, True), again.output


def test_two_builds_at_once_end_like_one(commands, folder):
    start, whole = folder / "start", folder / "whole"
    start.mkdir()
    SCENES["build"].prepare(commands, start)
    shutil.copytree(start, whole)
    assert commands.run(whole, ["build"]).code == 0
    with runner() as others, ThreadPoolExecutor() as pool:
        ended = list(pool.map(lambda one: one.run(start, ["build"]), (commands, others)))
    assert [one.code for one in ended] == [0, 0], ended
    assert tree(start) == tree(whole)
    assert not list(start.rglob(".*.listkeeper"))


def test_a_killed_move_is_shown_by_duplicates_and_validate(commands, folder):
    scene = SCENES["move"]
    scene.prepare(commands, folder)
    killed = commands.run(folder, scene.arguments, 10)
    assert killed.code == -9
    for arguments in (["validate"], ["duplicates"]):
        ended = commands.run(folder, arguments)
        assert ended.code == 1, ended.output
        assert "w3" in ended.output
    edited = folder / "lists" / "t01.yaml"
    edited.write_text(edited.read_text().replace("Work 3 of things", "Work 3 of other things"))
    ended = commands.run(folder, scene.arguments)
    assert ended.code == 2, "an entry that was edited since isn't removed"


def test_only_unused_new_files_of_ours_are_removed(tmp_path):
    other = tmp_path / "other"
    (tmp_path / "lists" / ".git").mkdir(parents=True)
    other.mkdir()
    kept = [
        tmp_path / "lists" / name
        for name in (".a.yaml.abcdefgh", "a.yaml.abcdefgh.listkeeper", ".a.yaml.abc.listkeeper", ".a.ABCDEFGH.listkeeper")
    ]
    kept += [other / ".a.yaml.abcdefgh.listkeeper"]
    gone = tmp_path / "lists" / ".a.yaml.abcdefgh.listkeeper"
    for path in (*kept, gone):
        path.write_text("text")
    link = tmp_path / "lists" / ".b.yaml.abcdefgh.listkeeper"
    link.symlink_to(kept[0])
    (tmp_path / "lists" / "linked").symlink_to(other)
    remove_leftovers([tmp_path / "lists" / "a.yaml", tmp_path / "lists" / "linked" / "a.yaml", tmp_path / "none" / "a.yaml"])
    assert not gone.exists()
    assert link.is_symlink()
    assert all(path.read_text() == "text" for path in kept)


def test_a_file_that_is_being_written_is_no_leftover(tmp_path, monkeypatch):
    path = tmp_path / f"{'n' * 240}.yaml"
    replace = Path.replace
    seen = []

    def cleaned_before(new, target):
        seen.append(new.exists())
        remove_leftovers([path])
        seen.append(new.exists())
        return replace(new, target)

    monkeypatch.setattr(Path, "replace", cleaned_before)
    assert write(path, "text")
    assert (seen, path.read_text()) == ([True, True], "text")


def test_a_new_file_that_is_removed_before_it_is_locked_is_written_again(tmp_path, monkeypatch):
    replace, removed = Path.replace, []

    def gone_once(new, target):
        if not removed:
            new.unlink()
            removed.append(new)
        return replace(new, target)

    monkeypatch.setattr(Path, "replace", gone_once)
    assert write(tmp_path / "a", "text")
    assert (tmp_path / "a").read_text() == "text"
