"""A unified diff of one file, as git writes it and `git apply` takes it."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.sources.git import GitError, run

_DIFF = ("-c", "core.autocrlf=false", "diff", "--no-index", "--text", "--no-color", "--no-ext-diff", "--no-textconv")
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
    """The hunks, without the headings that git adds to them; None if git can't be run."""
    try:
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "old").write_bytes(old.encode("utf-8", "replace"))
            (folder / "new").write_bytes(new.encode("utf-8", "replace"))
            # Configuration of the user, the machine or a repository around the folder would change the output.
            output = run(folder, *_DIFF, f"--unified={context}", "old", "new", isolated=True, codes=(0, 1))
    except (GitError, OSError):
        return None
    start = output.find(b"\n@@ ") + 1
    return _HUNK.sub(r"\1", output[start:].decode("utf-8", "replace")) if start else None


def _by_difflib(old: str, new: str, context: int) -> str:
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (old, new))
    rows = [*unified_diff(before, after, n=context)][2:]
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)
