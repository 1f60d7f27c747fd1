"""What the bot pushes: the rendered pages to the branch it runs on, and each night's data to a branch of its own.

The data branch has one commit without parents, replaced each night: the history survives a lost cache, and the repository doesn't
grow. The age of that commit is the age of the last run. The files of the list in `lists/` are at its root, those of another folder
under that folder's path. A branch of that name that holds anything else isn't ours, and is never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from time import sleep
from types import MappingProxyType
from typing import TypeVar

from generator.ci import DEFAULT_LIST, Result
from generator.exit_codes import Exit
from generator.problems import counted, quoted
from generator.sources.git import GitError, run
from linkcheck.history.file import Condition, beside, condition_of

__all__ = ["BRANCH", "Foreign", "is_branch", "keep_files", "push_pages", "restore_files"]

BRANCH = "listkeeper"
_TRIES = 3
_PAUSE = 2.0
"""Seconds before the data branch is tried again."""
_KEPT_ASIDE = 3
"""How many damaged histories of a list are kept."""
_NAME = re.compile(r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)))[A-Za-z0-9_][\w./-]{0,200}(?<![./])", re.ASCII)
_HISTORY = "history.db"
_KEPT = re.compile(r"history\.db|badge\.json", re.ASCII)
_OURS = re.compile(r"(?:[^/]+/)*(?:history(?:-v[0-9]{1,4})?\.db|badge\.json|history\.db\.corrupt-[0-9]{8}T[0-9]{6})", re.ASCII)
_BOT = {"NAME": "github-actions[bot]", "EMAIL": "41898282+github-actions[bot]@users.noreply.github.com"}
_IDENTITY = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _BOT.items()}
_TIMEOUT = 300.0
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
_HINTS = {
    r"GH013|protected branch|rule violations": "let the ruleset or the branch protection except this branch",
    r"file conflict|cannot lock ref|cannot create": "another branch is in the way: rename it, or name another one with --branch",
    r"\b403\b|Permission to .* denied|write access": "the job needs the permission `contents: write`",
    r"stale info|fetch first": "another run pushed to it at the same moment; the next night tries again",
}
"""What to do, by what git says."""


_T = TypeVar("_T")


class Foreign(Exception):  # noqa: N818  # the state of the branch
    """The branch isn't ours; the text says why."""


@dataclass(frozen=True, slots=True)
class _Tip:
    """The data branch as it is: the commit ("" without a branch), its tree, its time since 1970, its files' objects by path."""

    commit: str = ""
    tree: str = ""
    seconds: int = 0
    files: Mapping[str, str] = field(default_factory=dict)


def is_branch(name: str) -> bool:
    """Whether a text can be the name of a branch, and of nothing else that git knows."""
    return _NAME.fullmatch(name) is not None


def restore_files(into: Path, *, name: str = DEFAULT_LIST, branch: str = BRANCH, remote: str = "origin") -> Result:
    """Write a list's files on the data branch into a folder; nothing, with exit 0, if there is no such branch yet.

    Exit 1 if git can't tell whether there is one: going on would begin a new history and overwrite the old one. Raises `Foreign`.
    """
    if not is_branch(branch):
        return Exit.USAGE, f'"{branch}" is no name for a branch'
    try:
        tip = _twice(lambda: _read_tip(remote, branch))
        if not tip.commit:
            return Exit.OK, f"there is no branch {branch} yet: a new history begins"
        found = {path.name: blob for path, blob in _own(tip, name).items()}
        into.mkdir(parents=True, exist_ok=True)
        for file, blob in found.items():
            (into / file).write_bytes(_git("cat-file", "blob", blob))
    except (GitError, OSError) as error:
        return Exit.FOUND, f"the branch {branch} can't be read: {error}"
    return Exit.OK, f"restored {', '.join(found) or 'nothing'} from {branch}"


def keep_files(
    files: Iterable[Path], *, name: str = DEFAULT_LIST, branch: str = BRANCH, remote: str = "origin", pause: float = _PAUSE
) -> Result:
    """Replace files of a list on the data branch; those of other lists stay. A push that is refused is tried once more.

    A damaged history there is kept under another name, and a newer Listkeeper's is not replaced: ours goes beside it. Exit 1, and
    nothing is pushed, if the branch has anything that isn't ours.
    """
    wanted = {path.name: path for path in files}
    if not is_branch(branch) or not wanted or not all(_KEPT.fullmatch(file) for file in wanted):
        return Exit.USAGE, "name a branch, and of the files history.db and badge.json those to store"
    try:
        blobs = {file: _git("hash-object", "-w", "--", str(path)).decode().strip() for file, path in sorted(wanted.items())}
        pushed = _twice(lambda: _push(blobs, name, branch, remote), pause)
    except Foreign as reason:
        return Exit.FOUND, f"the branch {branch} isn't ours, so it was not changed: {reason}\n{FOREIGN_HINT}"
    except (GitError, OSError) as error:
        hint = next((f"\n{hint}" for words, hint in _HINTS.items() if re.search(words, str(error), re.IGNORECASE)), "")
        return Exit.FOUND, f"the branch {branch} can't be written: {error}{hint}"
    return Exit.OK, f"stored {', '.join(pushed)} on {branch}" if pushed else f"{branch} is up to date"


FOREIGN_HINT = "rename that branch, or name another one for Listkeeper: --branch NAME, in a workflow the input `branch`"


def _push(blobs: Mapping[str, str], name: str, branch: str, remote: str) -> Sequence[str]:
    """Push the files, and return the paths that they have on the branch; none if it has them already."""
    tip = _read_tip(remote, branch)
    folder = _folder(name)
    files = _set_aside(tip, name, blobs.get(_HISTORY, ""))
    newer = str(folder / _HISTORY) in files and _HISTORY in blobs
    new = {
        str(beside(Path(folder / file)) if newer and file == _HISTORY else folder / file): blob for file, blob in blobs.items()
    }
    tree = _write_tree(files | new)
    if tip.tree == tree:
        return ()
    commit = _git("commit-tree", tree, "-m", "Store the results of a check").decode().strip()
    lease = f"--force-with-lease=refs/heads/{branch}:{tip.commit}"
    _git("push", "--quiet", lease, "--end-of-options", remote, f"{commit}:refs/heads/{branch}")
    return tuple(new)


def _set_aside(tip: _Tip, name: str, history: str) -> dict[str, str]:
    """The files on the branch that stay beside a new `history` (the name of its object).

    The list's history is among them only if a newer Listkeeper wrote it; a damaged one has another name.
    """
    files = dict(tip.files)
    path = str(_folder(name) / _HISTORY)
    old = files.get(path, "")
    if not history or not old:
        return files
    condition = Condition.FINE if old == history else _condition(old)
    if condition is Condition.NEWER:
        return files
    del files[path]
    if condition is Condition.DAMAGED:
        files[f"{path}.corrupt-{datetime.fromtimestamp(tip.seconds, UTC):%Y%m%dT%H%M%S}"] = old
        for older in sorted(file for file in files if file.startswith(f"{path}.corrupt-"))[:-_KEPT_ASIDE]:
            del files[older]
    return files


def _condition(blob: str) -> Condition:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / _HISTORY
        copy.write_bytes(_git("cat-file", "blob", blob))
        return condition_of(copy)


def _write_tree(files: Mapping[str, str]) -> str:
    """Write a tree of these objects by path, without the index of the work tree, and return its name."""
    rows = "".join(f"100644 {blob}\t{path}\0" for path, blob in sorted(files.items())).encode()
    with TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        _git("update-index", "-z", "--index-info", given=rows, settings=index)
        return _git("write-tree", settings=index).decode().strip()


def _folder(name: str) -> PurePosixPath:
    return PurePosixPath("" if name == DEFAULT_LIST else name)


def _own(tip: _Tip, name: str) -> dict[PurePosixPath, str]:
    """The files of one list."""
    return {path: blob for file, blob in tip.files.items() if (path := PurePosixPath(file)).parent == _folder(name)}


def _twice(act: Callable[[], _T], pause: float = _PAUSE) -> _T:
    """Do something with the remote, and once more if git fails."""
    try:
        return act()
    except GitError:
        sleep(pause)
        return act()


def push_pages(render: Callable[[], Sequence[str] | Result], branch: str, *, remote: str = "origin") -> Result:
    """Render, commit and push what changed; when the push is refused, take over what others pushed and render again.

    `render` writes the files and returns the paths to commit, or the failure to report. Refuses a work tree with uncommitted changes:
    taking over what others pushed would lose them.
    """
    if not _NAME.fullmatch(branch):
        return Exit.USAGE, f'"{branch}" is no name for a branch'
    try:
        if _git("status", "--porcelain", "--untracked-files=no").strip():
            return Exit.USAGE, "there are uncommitted changes: run this command in a fresh checkout"
        for _ in range(_TRIES):
            paths = render()
            if isinstance(paths, tuple):
                return paths
            _git("add", "--all", "--", *paths)
            changed = len(_git("diff", "--cached", "--name-only", "-z").split(b"\0")) - 1
            if not changed:
                return Exit.OK, "every page is up to date"
            _git("commit", "--quiet", "--no-verify", "--message", "Render the lists")
            try:
                _git("push", "--quiet", "--end-of-options", remote, f"HEAD:refs/heads/{branch}")
            except GitError as error:
                refused = error
                _git("fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", remote, f"refs/heads/{branch}")
                _git("reset", "--quiet", "--hard", "FETCH_HEAD")
                continue
            return Exit.OK, f"rendered and pushed {counted(changed, 'changed file')}"
    except GitError as error:
        refused = error
    return Exit.FOUND, f"the pages can't be pushed: {refused}"


def _read_tip(remote: str, branch: str) -> _Tip:
    """Fetch the data branch. Raises `Foreign` if it isn't a single commit with nothing but our files."""
    listed = _git("ls-remote", "--end-of-options", remote, f"refs/heads/{branch}").decode().split()
    if not listed:
        return _Tip()
    # Without --depth: our branch has one commit, and with --depth git would mark the whole clone as shallow.
    _git("fetch", "--quiet", "--no-tags", "--end-of-options", remote, f"refs/heads/{branch}")
    commit = _git("rev-parse", "FETCH_HEAD").decode().strip()
    # The object itself: in a shallow clone `git log` shows commits without their parents.
    head = _git("cat-file", "commit", commit).decode("utf-8", "replace").partition("\n\n")[0]
    fields = dict(line.split(" ", 1) for line in head.splitlines() if line.startswith(("tree ", "parent ", "committer ")))
    if "parent" in fields:
        raise Foreign("it has a history of its own")
    rows = _git("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape").split("\0")
    files = dict[str, str]()
    for row in filter(None, rows):
        kind, _, path = row.partition("\t")
        if not kind.startswith("100644 blob ") or not _OURS.fullmatch(path):
            raise Foreign(f"{quoted(path)} on it is no file of ours")
        files[path] = kind.split()[2]
    return _Tip(commit, fields["tree"], int(fields["committer"].split()[-2]), files)


def _git(*arguments: str, given: bytes = b"", settings: Mapping[str, str] = _NO_SETTINGS) -> bytes:
    options = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "core.autocrlf=false")
    return run(Path(), *options, *arguments, given=given, settings={**_IDENTITY, **settings}, timeout=_TIMEOUT)
