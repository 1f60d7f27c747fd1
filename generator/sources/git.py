"""Read the git repository with the git program. Nothing is written, and every failure is returned as a `Problem`.

Names of branches and files are other people's text: they are passed after `--end-of-options` or `--`, or as object names, where they
can't be read as options or patterns, and without a shell. Paths are as in git: with `/`, from the root of the work tree.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

from generator.problems import Place, Problem, Severity, counted, quoted
from linkcheck.urls import redacted

__all__ = [
    "Base",
    "Changed",
    "GitError",
    "NoGit",
    "base",
    "changed",
    "commits_since",
    "inner",
    "line_days",
    "listed",
    "read",
    "run",
    "unsaved",
]

_TIMEOUT = 120.0
_LINE = 500
"""Maximum length of a line of git's that is shown, in characters."""
_REMOTE_LINES = 100
_BLAMED = re.compile(r"([0-9a-f]{40,64}) \d+ (\d+)")
_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
# Inside a hook, git sets these to the repository of the hook, which needn't be the one that is read.
_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF"})


@dataclass(frozen=True, slots=True)
class Base:
    """The merge base of `ref` and the work tree under `top`, by its object name."""

    top: Path
    ref: str
    commit: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs: its path now (None if it was removed) and at the base (None if it is new)."""

    path: str | None
    before: str | None


class GitError(Exception):
    """A git command failed; the text is git's own error message, followed by the lines that the server sent."""


class NoGit(GitError):  # noqa: N818  # the state it reports
    """The program git isn't installed."""


def run(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    settings: Mapping[str, str] = _NO_SETTINGS,
    isolated: bool = False,
    codes: Collection[int] = (0,),
    timeout: float = _TIMEOUT,
) -> bytes:
    """Run one git command in `folder` with `given` as its input, and return its output.

    `settings` are environment variables on top of ours. An `isolated` command sees no configuration of user and machine, and no
    repository around `folder`. `codes` are the exit codes of success, `timeout` is in seconds. Raises `GitError`, or `NoGit` if git is
    missing.
    """
    dropped = [name for name in os.environ if name in _HOOKS or (isolated and name.startswith("GIT_"))]
    environment = {name: value for name, value in os.environ.items() if name not in dropped} | _QUIET | dict(settings)
    if isolated:
        home = str(folder.resolve())
        environment |= {
            "HOME": home,
            "XDG_CONFIG_HOME": home,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent),
        }
    try:
        done = subprocess.run(
            ["git", "--no-pager", *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git gave no answer within {timeout:.0f} seconds") from error
    except FileNotFoundError as error:
        raise NoGit("the program git was not found") from error
    except OSError as error:
        raise GitError(error.strerror or str(error)) from error
    except ValueError as error:
        raise GitError("a name contains a character that no name may contain") from error
    if done.returncode not in codes:
        raise GitError(_message(done.stderr) or f"git ended with code {done.returncode}")
    return done.stdout


def _message(stderr: bytes) -> str:
    """What git's error output says: the line with the reason (a refused push, an error, else the first), then every `remote:` line."""
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    remote = [line for line in lines if line.startswith("remote:") and line != "remote:"]
    own = [line for line in lines if not line.startswith("remote:")]
    reasons = (line for start in ("! [", "fatal:", "error:") for line in own if line.startswith(start))
    reason = next(reasons, own[0] if own else "")
    shown = [quoted(redacted(line), _LINE)[1:-1] for line in filter(None, [reason, *remote[:_REMOTE_LINES]])]
    if len(remote) > _REMOTE_LINES:
        shown.append(f"remote: ... and {counted(len(remote) - _REMOTE_LINES, 'more line')}")
    return "\n".join(shown)


def base(folder: Path, ref: str) -> Base | Problem:
    """The merge base of `ref` and HEAD in the repository of `folder`; a problem if any of the three is missing."""
    place = Place(folder.as_posix())
    here = _existing(folder)
    try:
        top = Path(os.fsdecode(run(here, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    except NoGit:
        hint = "install git, or leave --since out"
        return Problem("no-git", Severity.ERROR, "the program git wasn't found, so nothing can be compared", place, hint)
    except GitError as error:
        message = f"{folder.as_posix()} isn't in a git repository that can be read ({error})"
        return Problem("no-repository", Severity.ERROR, message, place, _hint_of(str(error)))
    commit, head = _commit(top, ref), _commit(top, "HEAD")
    if commit is None:
        fetch = "fetch it first (in GitHub Actions: actions/checkout with `fetch-depth: 0`)"
        hint = f"write --since {quoted(f'origin/{ref}')}, or {fetch}" if _commit(top, f"origin/{ref}") else fetch
        return Problem("unknown-ref", Severity.ERROR, f"git has no commit {quoted(ref)} here", place, hint)
    if head is None:
        message, hint = "there is no commit yet, so nothing can be compared", "commit first, or leave --since out"
        return Problem("no-merge-base", Severity.ERROR, message, place, hint)
    try:
        common = run(top, "merge-base", commit, head).decode().strip()
    except GitError:
        return _apart(top, ref, place)
    return Base(top, ref, common)


def changed(since: Base) -> tuple[Changed, ...] | Problem:
    """The files of the work tree that differ from the base, committed or not, including new ones that git doesn't ignore.

    A renamed file is one change. Line ends that git converts are no difference; submodules are left out.
    """
    options = (
        "--name-status",
        "-z",
        "--find-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=all",
        "--no-relative",
    )
    try:
        changed_paths = run(since.top, "diff", *options, since.commit, "--")
        untracked = run(since.top, "ls-files", "--others", "--exclude-standard", "-z", "--full-name")
    except GitError as error:
        return _failed(since, error)
    new = (Changed(path, None) for path in _names(untracked))
    return (*_statuses(iter(_names(changed_paths))), *new)


def commits_since(since: Base, folder: str) -> tuple[str, ...]:
    """The commits after the base that changed a folder ("" for the root), the latest first; none if git can't tell."""
    try:
        found = run(since.top, "rev-list", f"{since.commit}..HEAD", "--", *([folder] if folder else []))
    except GitError:
        return ()
    return tuple(found.decode("ascii").split())


def listed(since: Base, folder: str) -> tuple[str, ...] | Problem:
    """The files in a folder ("" for the root) and its subfolders at the base; none if it didn't exist."""
    try:
        return tuple(path for path, _ in _tree(since, [f"{folder}/"] if folder else [], deep=True))
    except GitError as error:
        return _failed(since, error)


def read(since: Base, paths: Iterable[str]) -> Mapping[str, bytes] | Problem:
    """The bytes of files at the base; paths that didn't exist or weren't files are left out."""
    wanted = list(dict.fromkeys(paths))
    if not wanted:
        return {}
    try:
        found = list(_tree(since, wanted))
        names = "".join(f"{name}\n" for _, name in found).encode()
        answer = run(since.top, "cat-file", "--batch", given=names) if found else b""
        return dict(zip((path for path, _ in found), _blobs(answer), strict=True))
    except (GitError, ValueError) as error:
        return _failed(since, error)


def line_days(path: Path) -> Mapping[int, date]:
    """The day (UTC) on which each line of a file was committed, by its number from 1; lines that were only moved keep theirs.

    Lines that aren't committed are left out. Empty without git, outside a repository and in a shallow clone.
    """
    here = _existing(path.parent)
    try:
        if run(here, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return {}
        blamed = run(here, "blame", "--line-porcelain", "--root", "-w", "-M", "-C", "--", path.name).decode("utf-8", "replace")
    except GitError:
        return {}
    found: dict[int, date] = {}
    number, known = 0, False
    for line in blamed.split("\n"):
        if match := _BLAMED.match(line):
            number, known = int(match[2]), bool(match[1].strip("0"))
        elif known and line.startswith("committer-time "):
            found[number] = datetime.fromtimestamp(int(line.split(" ")[1]), UTC).date()
    return found


def inner(since: Base, path: Path) -> str | None:
    """A path as git has it; None if it is outside the repository. A symbolic link is the link, not its target."""
    whole = path.absolute()
    try:
        found = (whole.parent.resolve() / whole.name).relative_to(since.top.resolve()).as_posix()
    except (ValueError, OSError):
        return None
    return "" if found == "." else found


def top(folder: Path) -> Path | None:
    """The top of the repository in which a folder is, or will be; None if there is none, or no git."""
    try:
        found = run(_existing(folder), "rev-parse", "--show-toplevel")
    except GitError:
        return None
    return Path(os.fsdecode(found.rstrip(b"\n")))


def fetched_from(folder: Path) -> str:
    """The URL of the remote "origin" as `host/path`, without user, password and scheme; "" where there is none, or no repository."""
    try:
        found = run(_existing(folder), "config", "--get", "remote.origin.url").decode("utf-8", "replace").strip()
    except GitError:
        return ""
    plain = re.sub(r"^\w+://", "", found).rpartition("@")[2]
    return plain.replace(":", "/", 1).removesuffix("/").removesuffix(".git").lower()


def unsaved(folder: Path, names: Iterable[str]) -> frozenset[str] | None:
    """The files of a folder that differ from the last commit, or that git doesn't track. None if there is no repository."""
    here, wanted = _existing(folder), list(names)
    try:
        run(here, "rev-parse", "--show-toplevel")
    except GitError:
        return None
    try:
        tracked = {*_names(run(here, "ls-files", "-z", "--", *wanted))}
        edited = {*_names(run(here, "diff", "--name-only", "-z", "--relative", "--no-ext-diff", "HEAD", "--", *wanted))}
    except GitError:
        return frozenset(wanted)
    return frozenset(name for name in wanted if name not in tracked or name in edited)


def _existing(folder: Path) -> Path:
    here = folder.absolute()
    return next((one for one in (here, *here.parents) if one.is_dir()), Path())


def _commit(top: Path, ref: str) -> str | None:
    try:
        name = run(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
    except GitError:
        return None
    return name if _NAME.fullmatch(name) else None  # git also accepts `^main`, which means "not main"


def _apart(top: Path, ref: str, place: Place) -> Problem:
    try:
        shallow = run(top, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError:
        shallow = False
    if shallow:
        message = f"this clone is shallow: the commit where the branch left {quoted(ref)} isn't in it"
        hint = "fetch the whole history: git fetch --unshallow (in GitHub Actions: actions/checkout with `fetch-depth: 0`)"
    else:
        message = f"the branch and {quoted(ref)} have no commit in common"
        hint = "name the branch that this one was created from"
    return Problem("no-merge-base", Severity.ERROR, message, place, hint)


def _hint_of(words: str) -> str:
    if "dubious ownership" in words:
        return "the folder belongs to another user: git config --global --add safe.directory FOLDER says that you trust it"
    return "run it in a clone of your repository, or leave --since out"


def _failed(since: Base, error: Exception) -> Problem:
    message = f"git could not compare with {quoted(since.ref)} ({error})"
    hint = "run `git fsck`, or clone the repository again with its whole history"
    return Problem("git-failed", Severity.ERROR, message, Place(since.top.as_posix()), hint)


def _names(listed: bytes) -> list[str]:
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _statuses(words: Iterator[str]) -> Iterator[Changed]:
    for status in words:
        first = next(words)
        if status[0] in "RC":
            yield Changed(next(words), first)
        else:
            yield Changed(None if status[0] == "D" else first, None if status[0] == "A" else first)


def _tree(since: Base, paths: Iterable[str], *, deep: bool = False) -> Iterator[tuple[str, str]]:
    """The files at the base among `paths` (all files if empty), each with the name of its object."""
    rows = run(since.top, "ls-tree", "-z", "--full-tree", *(["-r"] if deep else []), since.commit, "--", *paths)
    for row in rows.split(b"\0"):
        head, _, path = row.partition(b"\t")
        if head and head.split(b" ")[1] == b"blob" and not head.startswith(b"120000"):
            yield os.fsdecode(path), head.split(b" ")[2].decode()


def _blobs(answer: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(answer):
        head, end = answer[at : (stop := answer.index(b"\n", at))].split(b" "), stop + 1
        if len(head) != 3:
            raise ValueError(f"an object is missing: {answer[at:stop].decode('utf-8', 'replace')}")
        size = int(head[2])
        yield answer[end : end + size]
        at = end + size + 1
