"""Calling git, on real repositories: every failure is a clear problem, and no name is read as an option."""

from __future__ import annotations

import pytest

from generator.problems import Problem
from generator.sources import git as rooms
from tests.checking.repository import Repository, git, topic

HOSTILE = ("--upload-pack=x", ";rm", "-h", "$(touch owned)", "`touch owned`", "a b", "HEAD^{/x}", "--output=owned", "")


def base(repository: Repository, ref: str = "main") -> rooms.Base:
    found = rooms.base(repository.folder, ref)
    assert isinstance(found, rooms.Base)
    return found


def test_the_base_is_the_merge_base_not_the_tip(repository):
    repository.start(one=topic("https://example.org/a"))
    left = repository.git("rev-parse", "main")
    repository.git("checkout", "-q", "main")
    repository.write(two=topic("https://example.org/b")).commit()
    repository.git("checkout", "-q", "feature")
    repository.write(three=topic("https://example.org/c")).commit()
    found = base(repository)
    assert found.commit == left
    assert [one.path for one in rooms.changed(found)] == ["lists/three.yaml"]


@pytest.mark.parametrize("name", ["--upload-pack=x", ";rm", "-h", "$(touch${IFS}owned)", "ünïcode", "--output=owned", "main#1"])
def test_a_branch_may_have_any_name_that_git_allows(repository, name):
    repository.start(one=topic("https://example.org/a"))
    repository.git("update-ref", f"refs/heads/{name}", "main")
    assert base(repository, name).commit == repository.git("rev-parse", "main")
    assert sorted(one.name for one in repository.folder.iterdir()) == [".git", "lists"]


@pytest.mark.parametrize("ref", [*HOSTILE, "^main", "main..feature", "nul\0byte", "main:lists", "lists/one.yaml", "x" * 5000])
def test_a_ref_that_names_no_commit_is_a_problem(repository, ref):
    repository.start(one=topic("https://example.org/a"))
    found = rooms.base(repository.folder, ref)
    assert isinstance(found, Problem)
    assert (found.code, bool(found.hint)) == ("unknown-ref", True)
    assert sorted(one.name for one in repository.folder.iterdir()) == [".git", "lists"]


def test_a_missing_ref_suggests_the_remote_branch(repository):
    repository.start(one=topic("https://example.org/a"))
    repository.git("update-ref", "refs/remotes/origin/trunk", "main")
    found = rooms.base(repository.folder, "trunk")
    assert isinstance(found, Problem)
    assert "origin/trunk" in found.hint


def test_without_a_repository(tmp_path):
    found = rooms.base(tmp_path / "nowhere" / "lists", "main")
    assert isinstance(found, Problem)
    assert found.code == "no-repository"


def test_without_git(repository, monkeypatch, tmp_path):
    repository.start(one=topic("https://example.org/a"))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    found = rooms.base(repository.folder, "main")
    assert isinstance(found, Problem)
    assert found.code == "no-git"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("push", "--quiet", "{other}", "HEAD:main"), "! [rejected]"),
        (("push", "--quiet", "{nowhere}", "HEAD:main"), "does not appear to be a git repository"),
        (("rev-parse", "--verify", "nothing"), "fatal: Needed a single revision"),
        (("checkout", "nothing"), "error: pathspec 'nothing' did not match"),
        (("no-such-command",), "git: 'no-such-command' is not a git command"),
        (("diff", "--quiet", "HEAD~1"), "git ended with code 1"),
        (("show", "nul\0byte"), "a name contains a character that no name may contain"),
    ],
)
def test_a_failed_command_gives_the_line_with_the_reason(repository, tmp_path, arguments, reason):
    repository.start(one=topic("https://example.org/a"))
    repository.write(two=topic("https://example.org/b")).commit()
    other = tmp_path / "other.git"
    git(tmp_path, "init", "--quiet", "--bare", str(other))
    repository.git("push", "--quiet", str(other), "HEAD:main")
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.write(three=topic("https://example.org/c")).commit()
    places = {"other": other, "nowhere": tmp_path / "nowhere.git"}
    with pytest.raises(rooms.GitError) as failure:
        rooms.run(repository.folder, *(word.format(**places) for word in arguments))
    assert reason in str(failure.value)
    assert "\n" not in str(failure.value)


def test_without_a_commit(repository):
    git(repository.folder, "init", "-q")
    found = rooms.base(repository.folder, "HEAD")
    assert isinstance(found, Problem)
    assert found.code == "unknown-ref"


def test_without_a_common_commit(repository):
    repository.start(one=topic("https://example.org/a"))
    repository.git("checkout", "-q", "--orphan", "elsewhere")
    repository.commit("Another beginning")
    found = rooms.base(repository.folder, "main")
    assert isinstance(found, Problem)
    assert (found.code, "in common" in found.message) == ("no-merge-base", True)


def test_a_shallow_clone_says_what_to_fetch(repository, tmp_path):
    repository.start(one=topic("https://example.org/a"))
    repository.write(two=topic("https://example.org/b")).commit()
    repository.git("checkout", "-q", "main")
    repository.write(three=topic("https://example.org/c")).commit()
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "feature", repository.folder.as_uri(), "shallow")
    found = rooms.base(tmp_path / "shallow", "origin/main")
    assert isinstance(found, Problem)
    assert (found.code, "shallow" in found.message, "fetch-depth: 0" in found.hint) == ("no-merge-base", True, True)


def test_variables_set_by_a_git_hook_are_ignored(repository, monkeypatch, tmp_path):
    repository.start(one=topic("https://example.org/a"))
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert base(repository).top.resolve() == repository.folder.resolve()


def test_every_kind_of_change_is_seen(repository):
    long = "".join(f"line {number}\n" for number in range(50))
    repository.start(one=topic("https://example.org/a"), two=long, three=topic("https://example.org/c"))
    repository.file("ignored.txt", "x").file(".gitignore", "ignored.txt\n").commit()
    repository.git("mv", "lists/two.yaml", "lists/renamed ünï.yaml")
    repository.write(one=topic("https://example.org/a", "https://example.org/n")).commit()
    repository.file("lists/-dash.yaml", "new\n").git("add", "-A")
    repository.file("lists/line\nbreak.yaml", "untracked\n")
    (repository.folder / "lists" / "three.yaml").unlink()
    found = {one.path: one.before for one in rooms.changed(base(repository))}
    assert found == {
        "lists/one.yaml": "lists/one.yaml",
        "lists/renamed ünï.yaml": "lists/two.yaml",
        "lists/-dash.yaml": None,
        "lists/line\nbreak.yaml": None,
        ".gitignore": None,
        None: "lists/three.yaml",
    }


def test_files_are_read_as_they_were(repository):
    names = {"lists/-o.yaml": "dash", "lists/:(top)x.yaml": "colon", "lists/a\nb.yaml": "line\n\n", "lists/empty.yaml": ""}
    git(repository.folder, "init", "-q", "-b", "main")
    for name, text in names.items():
        repository.file(name, text)
    repository.commit().branch("feature")
    for name in names:
        repository.file(name, "changed")
    found = base(repository)
    wanted = {name: text.encode() for name, text in names.items()}
    assert rooms.read(found, [*names, "lists/none.yaml", "lists"]) == wanted
    assert set(rooms.listed(found, "lists")) == set(names)
    assert rooms.listed(found, "elsewhere") == ()
    assert set(rooms.listed(found, "")) == set(names)


def test_a_missing_object_is_a_problem(repository):
    repository.start(one=topic("https://example.org/a"))
    name = repository.git("rev-parse", "main:lists/one.yaml")
    (repository.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    found = rooms.read(base(repository), ["lists/one.yaml"])
    assert isinstance(found, Problem)
    assert found.code == "git-failed"


def test_submodules_are_not_read(repository, tmp_path):
    inner = Repository(tmp_path / "inner")
    inner.folder.mkdir()
    inner.start(x=topic("https://example.org/x"))
    repository.start(one=topic("https://example.org/a"))
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.folder.as_uri(), "lists/sub")
    repository.commit().git("update-ref", "refs/heads/main", "HEAD")
    (repository.folder / "lists" / "sub" / "new.yaml").write_text("x", encoding="utf-8")
    found = base(repository)
    assert rooms.changed(found) == ()
    assert rooms.listed(found, "lists") == ("lists/one.yaml",)
    assert isinstance(rooms.base(repository.folder / "lists" / "sub", "feature"), rooms.Base)


def test_paths_relative_to_the_repository(repository, tmp_path):
    repository.start(one=topic("https://example.org/a"))
    found = base(repository)
    inside = [repository.folder, repository.folder / "lists", repository.folder / ".github" / "x.md"]
    assert [rooms.inner(found, path) for path in [*inside, tmp_path]] == ["", "lists", ".github/x.md", None]
