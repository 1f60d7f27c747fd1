"""What is said of symbolic links that lead outside, and which of them the command line may name."""

from __future__ import annotations

import os
from pathlib import Path

from generator.problems import Place, Problem, Severity
from generator.sources import git
from generator.sources.files import outside, shown

__all__ = ["leads_outside", "unnamed_link"]


def unnamed_link(path: Path, *, named: bool) -> Path | None:
    """A link that forbids the use of `path`: it leads outside, and the command line doesn't name that very link, or git tracks it."""
    link = outside(path)
    if link is None or not named or link != Path(os.path.abspath(path)):  # noqa: PTH100
        return link
    try:
        tracked = bool(git.run(link.parent, "ls-files", "--", link.name))
    except git.GitError:
        return None
    return link if tracked else None


def leads_outside(link: Path) -> Problem:
    """The problem for such a link."""
    message = f"{shown(link)} is a symbolic link that leads outside, so nothing is read or written through it"
    return Problem("leads-outside", Severity.ERROR, message, Place(shown(link)), "put a folder or file in its place")
