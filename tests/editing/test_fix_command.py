"""`listkeeper fix` on files in a git repository: diffs, refusals, undo, interruption."""

from __future__ import annotations

import subprocess

import pytest

from generator.commands.curation import fix as action
from tests.checking.repository import Repository, git
from tests.editing.collection import Collection, moved

OLD, NEW = "http://example.org/notes", "https://example.org/notes"
TOPIC = f"title: T\nentries:\n  - url: {OLD}  # ours\n    title: A\n    doi: doi:10.1000/a\n  - title: B\n    url: {OLD}/b"


@pytest.fixture
def tracked(tmp_path, monkeypatch) -> Collection:
    """A collection whose sources are committed."""
    folder = tmp_path / "work"
    folder.mkdir()
    Repository(folder).start(t=TOPIC)
    (folder / ".gitignore").write_text(".listkeeper/\n", encoding="utf-8")
    Repository(folder).commit()
    return Collection(folder, monkeypatch).saw(*moved(OLD, NEW, 1, 2))


FIXED = TOPIC.replace(f"{OLD}  #", f"{NEW}  #").replace("doi:10", "10")


def test_a_dry_run_shows_a_patch_that_git_applies_and_writes_nothing(tracked):
    ran = tracked.fix("--dry-run")
    assert ran.code == 1
    assert tracked.text("t") == TOPIC
    assert f"-  - url: {OLD}  # ours\n" in ran.out
    assert f"+  - url: {NEW}  # ours\n" in ran.out
    assert "[moved]" in ran.out
    assert "2 fixes would change 1 file" in ran.out
    subprocess.run(["git", "apply"], cwd=tracked.folder, input=ran.out.encode(), check=True)
    assert tracked.text("t") == FIXED


@pytest.mark.parametrize("form", ["\r\n", "\ufeff", "\n\n"])
def test_the_patch_fits_every_kind_of_file(tracked, form):
    text = {"\r\n": TOPIC.replace("\n", "\r\n"), "\ufeff": f"\ufeff{TOPIC}\n", "\n\n": f"{TOPIC}\n\n"}[form]
    tracked.write(t=text)
    git(tracked.folder, "-c", "core.autocrlf=false", "commit", "-qam", "form")
    patch = tracked.fix("--dry-run").out
    tracked.fix()
    fixed = tracked.path("t").read_bytes()
    assert fixed == text.replace(f"{OLD}  #", f"{NEW}  #").replace("doi:10", "10").encode()
    tracked.write(t=text)
    subprocess.run(["git", "apply"], cwd=tracked.folder, input=patch.encode(), check=True)
    assert tracked.path("t").read_bytes() == fixed


def test_it_says_how_to_undo_it_and_commits_nothing(tracked):
    head = git(tracked.folder, "rev-parse", "HEAD")
    ran = tracked.fix()
    assert (ran.code, tracked.text("t")) == (0, FIXED)
    assert git(tracked.folder, "rev-parse", "HEAD") == head
    assert git(tracked.folder, "diff", "--cached", "--name-only") == ""
    (command,) = [line.strip() for line in ran.out.splitlines() if line.startswith("  git ")]
    assert command == "git checkout -- lists/t.yaml"
    subprocess.run(command, shell=True, cwd=tracked.folder, check=True, capture_output=True)
    assert tracked.text("t") == TOPIC
    assert tracked.fix("--dry-run").code == 1
    tracked.fix()
    git(tracked.folder, "commit", "-qam", "fixed")
    assert tracked.fix("--dry-run").code == 0


@pytest.mark.parametrize("how", ["edited", "staged", "new"])
def test_a_file_with_uncommitted_changes_is_refused_unless_forced(tracked, how):
    tracked.write(other="title: O\nentries:\n  - doi: doi:10.1000/b\n    title: B\n")
    if how != "new":
        git(tracked.folder, "add", "-A")
        git(tracked.folder, "commit", "-qm", "another")
        tracked.write(other=tracked.text("other") + "# mine\n")
    if how == "staged":
        git(tracked.folder, "add", "-A")
    mine = tracked.text("other")
    ran = tracked.fix()
    assert ran.code == 1
    assert "error[uncommitted-changes]" in ran.out
    assert (tracked.text("other"), tracked.text("t")) == (mine, FIXED), "the other file is fixed"
    forced = tracked.fix("--force")
    assert (forced.code, tracked.text("other")) == (0, mine.replace("doi:10", "10"))
    (command,) = [line.strip() for line in forced.out.splitlines() if line.startswith("  cp ")]
    subprocess.run(command, shell=True, cwd=tracked.folder, check=True)
    assert tracked.text("other") == mine


def test_without_a_repository_a_copy_is_kept(collection):
    collection.write(t=TOPIC).saw(*moved(OLD, NEW, 1, 2))
    ran = collection.fix()
    assert (ran.code, collection.text("t")) == (0, FIXED)
    (command,) = [line.strip() for line in ran.out.splitlines() if line.startswith("  cp ")]
    subprocess.run(command, shell=True, cwd=collection.folder, check=True)
    assert collection.text("t") == TOPIC


def test_copies_are_ignored_by_git(collection):
    subprocess.run(["git", "-C", str(collection.folder), "init", "-q"], check=True)
    collection.write(a="entries:\n  - {title: A, doi: https://doi.org/10.1000/x}\n")
    assert collection.fix("--force").code == 0
    assert list((collection.folder / ".listkeeper" / "before-fix").rglob("a.yaml"))
    status = subprocess.run(
        ["git", "-C", str(collection.folder), "status", "--porcelain"], capture_output=True, text=True, check=True
    )
    assert ".listkeeper" not in status.stdout


WORK = "  - title: Computational Optimal Transport\n    url: https://arxiv.org/abs/1803.00567\n"
PAIR = {
    "a": "title: A\nentries:\n" + WORK + "    tags: [heaps]\n",
    "b": "title: B\nentries:\n  - title: Mine\n" + WORK + "    links: {code: https://code.example/}\n",
}


@pytest.mark.parametrize("after", range(4))
def test_interrupted_after_any_file_every_file_is_whole_and_nothing_is_lost(collection, monkeypatch, after):
    collection.write(**PAIR)
    write, calls = action.write, []

    def interrupted(path, text):
        if path.parent.name == "lists":
            calls.append(path)
            if len(calls) > after:
                raise KeyboardInterrupt
        return write(path, text)

    monkeypatch.setattr(action, "write", interrupted)
    ran = collection.fix()
    monkeypatch.undo()
    texts = {name: collection.text(name) for name in PAIR}
    assert collection.run("validate").code == 0
    everything = texts["a"] + texts["b"]
    assert all(word in everything for word in ("heaps", "https://code.example/", "1803.00567", "title: Mine"))
    assert ran.code == (130 if len(calls) > after else 0)
    collection.fix("--force")
    assert (collection.folder / "lists" / "a.yaml").read_text(encoding="utf-8").count("1803.00567") + collection.text(
        "b"
    ).count("1803.00567") == 1


def test_a_file_that_another_program_changes_is_not_written(collection, monkeypatch):
    collection.write(t=TOPIC, u=TOPIC).saw(*moved(OLD, NEW, 1, 2))
    backups = action._back_up

    def changing_another_file(*arguments):
        found = backups(*arguments)
        collection.write(u="title: Mine\nentries: []\n")
        return found

    monkeypatch.setattr(action, "_back_up", changing_another_file)
    ran = collection.fix("--only", "moved")
    assert ran.code == 1
    assert "error[not-written]" in ran.out
    assert collection.text("u") == "title: Mine\nentries: []\n"


def test_an_unknown_class_is_a_usage_error(collection):
    ran = collection.write(t=TOPIC).fix("--only", "moved,typos")
    assert ran.code == 2
    assert "typos" in ran.err
    assert collection.text("t") == TOPIC


def test_nothing_to_fix_exits_with_0(collection):
    ran = collection.write(t="title: T\nentries:\n  - title: A\n").fix()
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nothing to fix.")
    assert "listkeeper check" in ran.out, "there is no history yet"
    assert not (collection.folder / ".listkeeper").exists()


def test_an_invalid_file_is_reported_and_the_others_are_fixed(collection):
    collection.write(a="entries:\n  - {title: A, doi: https://doi.org/10.1000/x}\n", b="entries:\n\t- {title: B}\n")
    ran = collection.fix()
    assert ran.code == 1
    assert "lists/b.yaml:2:1: error[" in ran.out
    assert "doi: 10.1000/x" in collection.text("a")


def test_a_folder_without_sources_is_an_error(collection):
    ran = collection.fix()
    assert ran.code == 1
    assert "no-sources" in ran.out


def test_a_damaged_history_is_reported_and_other_fixes_are_made(collection):
    collection.write(t=TOPIC)
    (collection.folder / ".listkeeper").mkdir()
    (collection.folder / ".listkeeper" / "history.db").write_bytes(b"no database at all, but long enough to be one" * 50)
    ran = collection.fix()
    assert "can't be read" in ran.out
    assert collection.text("t") == TOPIC.replace("doi:10", "10")


def test_fixes_for_a_maintainer_are_listed(collection):
    collection.write(t=f"title: T\nentries:\n  - {OLD}\n").saw(*moved(OLD, "https://other.net/", 1, 2, title="Shoes"))
    ran = collection.fix()
    assert "Left to you (1)" in ran.out
    assert "Shoes" in ran.out
    assert "check whether it is the same work" in ran.out
