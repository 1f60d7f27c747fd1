"""The data branch: what is ours is replaced, everything else stays, and a refusal is reported with every line of the server."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkcheck.history import History
from linkcheck.model import Hop, Observation
from tests.ci_github.runner import Runner, git, script

WHEN = datetime(2026, 11, 1, 3, tzinfo=UTC)


class Clone:
    """A clone of the repository as a job has it."""

    def __init__(self, runner: Runner, home: Path) -> None:
        self.remote, self.work = runner.remote, home / "clone"
        git(home, "clone", "--quiet", "--depth", "1", "--branch", "main", self.remote.as_uri(), str(self.work))
        self.environment = {"PATH": runner.path, "HOME": str(home), "LANG": "C.UTF-8"}

    def run(self, command: str) -> tuple[int, str]:
        return script(command, self.environment, self.work)

    def write(self, key: str = "https://example.org/x", badge: str = "{}") -> None:
        (self.work / "history.db").unlink(missing_ok=True)
        with History(self.work / "history.db", now=WHEN) as past:
            past.add(Observation(key, WHEN, (Hop(key, 200),)))
        (self.work / "badge.json").write_text(badge, encoding="utf-8")

    def keep(self, *words: str) -> tuple[int, str]:
        return self.run(" ".join(["listkeeper publish keep history.db badge.json", *words]))

    def restore(self, *words: str) -> tuple[int, str]:
        return self.run(" ".join(["rm -rf kept; listkeeper publish restore kept", *words]))

    def files(self, branch: str = "listkeeper") -> list[str]:
        return git(self.remote, "ls-tree", "-r", "--name-only", branch).splitlines()

    def push(self, files: dict[str, bytes], branch: str = "listkeeper", *, parents: bool = False) -> str:
        """Replace a branch by a commit with these files."""
        other = self.work.parent / "other"
        if not other.exists():
            git(self.work.parent, "clone", "--quiet", self.remote.as_uri(), str(other))
        git(other, "checkout", "--quiet", *(["-B", "made", "origin/main"] if parents else ["--orphan", f"made-{len(files)}"]))
        git(other, "rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".")
        for name, data in files.items():
            (other / name).parent.mkdir(parents=True, exist_ok=True)
            (other / name).write_bytes(data)
        git(other, "add", "--force", "--all")
        git(other, "commit", "--quiet", "--allow-empty", "--message", "Weeks of work")
        git(other, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")
        git(other, "checkout", "--quiet", "--force", "--detach")
        return git(self.remote, "rev-parse", branch)

    def hook(self, *lines: str) -> Path:
        """Let the server refuse every push with these lines; the file counts the pushes."""
        count = self.remote / "pushes"
        said = "".join(f"echo '{line}' >&2\n" for line in lines)
        hook = self.remote / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho x >> '{count}'\n{said}exit 1\n", encoding="utf-8")
        hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
        return count


@pytest.fixture
def clone(runner: Runner, tmp_path: Path) -> Clone:
    found = Clone(runner, tmp_path)
    found.write()
    return found


def history(tmp_path: Path) -> bytes:
    path = tmp_path / "made.db"
    path.unlink(missing_ok=True)
    with History(path, now=WHEN) as past:
        past.add(Observation("https://example.org/old", WHEN, (Hop("https://example.org/old", 200),)))
    return path.read_bytes()


def newer(tmp_path: Path) -> bytes:
    path = tmp_path / "newer.db"
    path.write_bytes(history(tmp_path))
    db = sqlite3.connect(path)
    db.execute("pragma user_version=7")
    db.close()
    return path.read_bytes()


FOREIGN: dict[str, tuple[dict[str, bytes], bool]] = {
    "a branch of main with work": ({"README.md": b"x", "work.md": b"weeks"}, True),
    "our files with a history": ({"history.db": b"", "badge.json": b"{}"}, True),
    "an orphan with a page": ({"index.html": b"<p>site"}, False),
    "our files and another": ({"history.db": b"", "badge.json": b"{}", "notes.txt": b"mine"}, False),
    "another file in a folder": ({"lists/history.db": b"", "lists/notes.md": b"mine"}, False),
    "nothing, on top of main": ({}, True),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_branch_that_is_not_ours_is_never_replaced(clone: Clone, name: str):
    files, parents = FOREIGN[name]
    tip = clone.push(files, parents=parents)
    code, output = clone.restore()
    assert code == 0
    assert "warning: the branch listkeeper isn't ours" in output
    for words in ("", "--lists other"):
        code, output = clone.keep(words)
        assert code == 1
        assert "isn't ours" in output
        assert "--branch" in output
    assert git(clone.remote, "rev-parse", "listkeeper") == tip
    assert clone.keep("--branch", "nights")[0] == 0
    assert clone.files("nights") == ["badge.json", "history.db"]


def test_the_same_commit_as_main_is_not_ours(clone: Clone):
    """In a shallow clone that commit seems to have no parents."""
    git(clone.remote, "update-ref", "refs/heads/listkeeper", "main")
    assert clone.keep()[0] == 1
    assert git(clone.remote, "rev-parse", "listkeeper") == git(clone.remote, "rev-parse", "main")


def test_two_lists_keep_their_own_files(clone: Clone):
    for name in ("lists", "other", "docs/more lists", "lists"):
        clone.write(f"https://example.org/{len(name)}", badge=f'"{name}"')
        assert clone.keep("--lists", f"'{name}'")[0] == 0
    assert clone.files() == [
        "badge.json", "docs/more%20lists/badge.json", "docs/more%20lists/history.db", "history.db",
        "other/badge.json", "other/history.db",
    ]  # fmt: skip
    for name in ("lists", "other/", "./docs/more lists", "third"):
        assert clone.restore("--lists", f"'{name}'")[0] == 0
        badge = clone.work / "kept" / "badge.json"
        assert (badge.read_text(encoding="utf-8") if badge.exists() else "none").strip('"./') in {name.strip("./"), "none"}
        assert badge.exists() is (name != "third")
    assert git(clone.remote, "rev-list", "--count", "listkeeper") == "1"


def test_a_file_that_is_not_stored_stays(clone: Clone):
    assert clone.keep()[0] == 0
    clone.write("https://example.org/later")
    assert clone.run("listkeeper publish keep history.db")[0] == 0
    assert clone.files() == ["badge.json", "history.db"]


@pytest.mark.parametrize("name", ["notes.txt", ".git", "history.db.corrupt-20260101T000000", "history", "badge.json.bak"])
def test_only_our_files_are_stored(clone: Clone, name: str):
    (clone.work / name).write_text("x", encoding="utf-8") if name != ".git" else None
    assert clone.run(f"listkeeper publish keep {name}")[0] == 2


DAMAGED: dict[str, Callable[[Path], bytes]] = {
    "a text": lambda _: b"<<<<<<< HEAD\n",
    "half a file": lambda folder: history(folder)[:5000],
    "zeros": lambda _: bytes(9000),
}


@pytest.mark.parametrize("place", ["lists", "other"])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_history_is_kept_aside(clone: Clone, tmp_path: Path, name: str, place: str):
    prefix = "" if place == "lists" else f"{place}/"
    clone.push({f"{prefix}history.db": DAMAGED[name](tmp_path), f"{prefix}badge.json": b"{}", "elsewhere/history.db": b"x"})
    code, output = clone.restore("--lists", place)
    assert code == 0, output
    merged = clone.run("listkeeper history merge --history night/history.db kept/history.db")
    assert merged[0] == 0
    assert "warning" in merged[1]
    assert clone.keep("--lists", place)[0] == 0
    assert len([file for file in clone.files() if file.startswith(f"{prefix}history.db.corrupt-2")]) == 1
    assert "elsewhere/history.db" in clone.files()
    git(clone.work, "fetch", "--quiet", "origin", "listkeeper")
    assert clone.keep("--lists", place) == (0, "listkeeper is up to date\n")


def test_three_damaged_histories_are_kept(clone: Clone):
    stamps = [f"history.db.corrupt-2026010{day}T000000" for day in range(1, 5)]
    clone.push({"history.db": b"damaged", **dict.fromkeys(stamps, b"older")})
    assert clone.keep()[0] == 0
    kept = [file for file in clone.files() if "corrupt" in file]
    assert len(kept) == 3
    assert kept[:2] == stamps[2:]


def test_a_newer_history_is_never_replaced(clone: Clone, tmp_path: Path):
    clone.push({"history.db": newer(tmp_path), "badge.json": b"{}"})
    blob = git(clone.remote, "rev-parse", "listkeeper:history.db")
    for key in ("https://example.org/1", "https://example.org/2"):
        assert clone.restore()[0] == 0
        code, output = clone.run("rm -rf night; listkeeper history merge --history night/history.db kept/history*.db")
        assert code == 0, output
        with History(clone.work / "night" / "history.db", now=WHEN) as past:
            past.add(Observation(key, WHEN, (Hop(key, 200),)))
        clone.run("cp night/history.db history.db")
        code, output = clone.keep()
        assert code == 0, output
        assert "history-v1.db" in output
    assert clone.files() == ["badge.json", "history-v1.db", "history.db"]
    assert git(clone.remote, "rev-parse", "listkeeper:history.db") == blob
    assert clone.restore()[0] == 0
    with History(clone.work / "kept" / "history.db") as past:
        assert {key for key, _ in past.last_seen()} == {"https://example.org/1", "https://example.org/2"}


GH013 = (
    "error: GH013: Repository rule violations found for refs/heads/listkeeper.",
    "Review all repository rules at https://github.com/reader/lists/rules?ref=refs%2Fheads%2Flistkeeper",
    "",
    "- Cannot force-push to this branch",
    "- Commits must have verified signatures.",
    "  Found 1 violation:",
)
REFUSALS = {
    "a ruleset": (GH013, "ruleset"),
    "a protected branch": (("error: GH006: Protected branch update failed for refs/heads/listkeeper.",), "protection"),
    "a missing permission": (("Permission to reader/lists.git denied to github-actions[bot].",), "contents: write"),
    "a quota": (("error: your account is out of space", "::error::x", "# more"), "remote: ::error::x"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_every_line_of_a_refusal_is_shown_and_it_is_tried_once_more(clone: Clone, name: str):
    lines, hint = REFUSALS[name]
    pushes = clone.hook(*lines)
    code, output = clone.keep()
    assert code == 1
    for line in filter(None, lines):
        assert f"remote: {line.strip()}" in output or f"remote: {line}" in output
    assert hint in output
    assert not [line for line in output.splitlines() if line.startswith("::")]
    assert pushes.read_text(encoding="utf-8").count("x") == 2


def test_a_push_that_is_refused_once_succeeds(clone: Clone):
    hook = clone.hook("try again").parent / "hooks" / "pre-receive"
    hook.write_text(
        f"#!/bin/sh\ntest -e '{clone.remote}/second' || {{ touch '{clone.remote}/second'; exit 1; }}\n", encoding="utf-8"
    )
    assert clone.keep()[0] == 0
    assert clone.files() == ["badge.json", "history.db"]


def test_a_branch_in_the_way_is_named(clone: Clone):
    git(clone.remote, "update-ref", "refs/heads/listkeeper/mine", "main")
    code, output = clone.keep()
    assert code == 1
    assert "another branch is in the way" in output
    assert git(clone.remote, "rev-parse", "listkeeper/mine") == git(clone.remote, "rev-parse", "main")


def test_another_list_that_was_stored_meanwhile_stays(clone: Clone, tmp_path: Path):
    """The other run's push comes between our fetch and our push, by a hook: ours is refused, and the second try has both."""
    clone.write("https://example.org/other")
    assert clone.keep("--lists", "other", "--branch", "prepared")[0] == 0
    hook = clone.hook().parent / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nunset GIT_QUARANTINE_PATH\n"
        f"test -e '{clone.remote}/second' || {{ touch '{clone.remote}/second'\n"
        "git update-ref refs/heads/listkeeper refs/heads/prepared; }\n",
        encoding="utf-8",
    )
    code, output = clone.keep()
    assert code == 0, output
    assert clone.files() == ["badge.json", "history.db", "other/badge.json", "other/history.db"]
