"""What the bot pushes: the rendered pages to the branch it runs on, and each night's data to a branch of its own.

The data branch has one commit without parents, replaced each night: the history survives a lost cache, and the repository doesn't
grow. The age of that commit is the age of the last run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from generator.ci import Result
from generator.exit_codes import Exit
from generator.problems import counted
from generator.sources.git import GitError, run

__all__ = ["keep_files", "push_pages", "restore_files"]

BRANCH = "listkeeper"
_TRIES = 3
_NAME = re.compile(r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)))[A-Za-z0-9_][\w./-]{0,200}(?<![./])", re.ASCII)
_FILE = re.compile(r"[A-Za-z0-9_][\w.-]{0,100}", re.ASCII)
_BOT = {"NAME": "github-actions[bot]", "EMAIL": "41898282+github-actions[bot]@users.noreply.github.com"}
_IDENTITY = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _BOT.items()}
_TIMEOUT = 300.0


def restore_files(into: Path, *, branch: str = BRANCH, remote: str = "origin") -> Result:
    """Write the data branch's files into a folder; nothing, with exit 0, if there is no such branch yet.

    Exit 1 if git can't tell whether there is one: going on would begin a new history and overwrite the old one.
    """
    if not _NAME.fullmatch(branch):
        return Exit.USAGE, f'"{branch}" is no name for a branch'
    try:
        tip = _tip(remote, branch)
        if not tip:
            return Exit.OK, f"there is no branch {branch} yet: a new history begins"
        names = [name for name in _git("ls-tree", "--name-only", tip).decode().splitlines() if _FILE.fullmatch(name)]
        into.mkdir(parents=True, exist_ok=True)
        for name in names:
            (into / name).write_bytes(_git("cat-file", "blob", f"{tip}:{name}"))
    except (GitError, OSError, UnicodeDecodeError) as error:
        return Exit.FOUND, f"the branch {branch} can't be read: {error}"
    return Exit.OK, f"restored {', '.join(names) or 'nothing'} from {branch}"


def keep_files(files: Iterable[Path], *, branch: str = BRANCH, remote: str = "origin") -> Result:
    """Replace the content of the data branch by these files."""
    wanted = {path.name: path for path in files}
    if not _NAME.fullmatch(branch) or not wanted or not all(_FILE.fullmatch(name) for name in wanted):
        return Exit.USAGE, "name a branch, and files whose names have only letters, digits, hyphens, dots and underscores"
    try:
        blobs = {name: _git("hash-object", "-w", "--", str(path)).decode().strip() for name, path in sorted(wanted.items())}
        rows = "".join(f"100644 blob {blob}\t{name}\n" for name, blob in blobs.items())
        tree = _git("mktree", given=rows.encode()).decode().strip()
        tip = _tip(remote, branch)
        if tip and _git("rev-parse", f"{tip}^{{tree}}").decode().strip() == tree:
            return Exit.OK, f"{branch} is up to date"
        commit = _git("commit-tree", tree, "-m", "Store the results of a check").decode().strip()
        lease = f"--force-with-lease=refs/heads/{branch}:{tip}"
        _git("push", "--quiet", lease, "--end-of-options", remote, f"{commit}:refs/heads/{branch}")
    except GitError as error:
        return Exit.FOUND, f"the branch {branch} can't be written: {error}"
    return Exit.OK, f"stored {', '.join(blobs)} on {branch}"


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


def _tip(remote: str, branch: str) -> str:
    """Fetch a remote branch and return the name of its commit; "" if there is no such branch."""
    listed = _git("ls-remote", "--end-of-options", remote, f"refs/heads/{branch}").decode().split()
    if not listed:
        return ""
    # Without --depth: the branch has one commit, and with --depth git would mark the whole clone as shallow.
    _git("fetch", "--quiet", "--no-tags", "--end-of-options", remote, f"refs/heads/{branch}")
    return _git("rev-parse", "FETCH_HEAD").decode().strip()


def _git(*arguments: str, given: bytes = b"") -> bytes:
    options = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "core.autocrlf=false")
    return run(Path(), *options, *arguments, given=given, settings=_IDENTITY, timeout=_TIMEOUT)
