"""A unified diff of one file, as git writes it and `git apply` takes it."""

from __future__ import annotations

import os
import re
import subprocess
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

_GIT = ("git", "-c", "core.autocrlf=false", "diff", "--no-index", "--text", "--no-color", "--no-ext-diff", "--no-textconv")
_HUNK = re.compile(r"^(@@ [-+,\d ]+ @@).*$", re.MULTILINE)


def diff(path: str, before: str | None, after: str | None, *, former: str = "", context: int = 3) -> str:
    """The changes of one file, "" where its text stays the same; None is a file that isn't there, `former` the old path of a renamed one.

    git compares the texts where it is installed. Python's difflib is the fallback only: it takes seconds for lists of thousands of
    entries, and it marks the end of one entry with the beginning of the next where entries end alike.
    """
    old, new = before or "", after or ""
    if old == new:
        return ""
    hunks = _by_git(old, new, context)
    if hunks is None:
        hunks = _by_difflib(old, new, context)
    first = "/dev/null" if before is None else f"a/{former or path}"
    second = "/dev/null" if after is None else f"b/{path}"
    return f"--- {first}\n+++ {second}\n{hunks}"


def _by_git(old: str, new: str, context: int) -> str | None:
    """The hunks, without the headings that git adds to them; None where git can't be run."""
    try:
        with TemporaryDirectory() as name:
            folder = Path(name).resolve()
            # Settings of the user, the machine or a repository around the folder would change what git writes.
            environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {
                "HOME": name,
                "XDG_CONFIG_HOME": name,
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_ATTR_NOSYSTEM": "1",
                "GIT_CEILING_DIRECTORIES": str(folder.parent),
            }
            (folder / "old").write_bytes(old.encode("utf-8", "replace"))
            (folder / "new").write_bytes(new.encode("utf-8", "replace"))
            command = [*_GIT, f"--unified={context}", "old", "new"]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    except OSError:
        return None
    start = done.stdout.find(b"\n@@ ") + 1
    return _HUNK.sub(r"\1", done.stdout[start:].decode("utf-8", "replace")) if start else None


def _by_difflib(old: str, new: str, context: int) -> str:
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (old, new))
    rows = [*unified_diff(before, after, n=context)][2:]
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)
