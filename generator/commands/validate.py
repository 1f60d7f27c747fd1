"""`listkeeper validate`: report all problems in the sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator import VERSION
from generator.checking.edited_pages import edited_pages
from generator.checking.since import changes_since, new_problems
from generator.exit_codes import Exit
from generator.problems import Problem, Severity, exit_of
from generator.results import Report
from generator.sources.loading import load


def validate(
    folder: Path, *, today: date, strict: bool = False, only: tuple[Path, ...] = (), since: str | None = None
) -> tuple[Exit, Report]:
    """Exit 1 for any error, with `strict` for any warning; 2 if there are no sources, or one can't be read.

    With `since` report only what changed since the branch left that one, and rendered pages that were edited; exit 2 if git can't
    tell.
    """
    loaded = load(folder, today=today, only=only)
    counts = {"topics": len(loaded.catalogue.topics), "entries": sum(1 for _ in loaded.catalogue.entries())}
    problems = loaded.problems
    if since is not None:
        changed = changes_since(folder, since, today=today)
        edited = changed if isinstance(changed, Problem) else edited_pages(loaded, changed)
        if isinstance(changed, Problem) or isinstance(edited, Problem):
            failure = tuple(one for one in (changed, edited) if isinstance(one, Problem))[:1]
            return Exit.USAGE, Report("validate", version=VERSION, problems=failure, counts=counts)
        problems = (*new_problems(changed, problems, loaded.catalogue, today), *edited)
    warned = strict and any(one.severity is Severity.WARNING for one in problems)
    return exit_of(problems) or (Exit.FOUND if warned else Exit.OK), Report(
        "validate", version=VERSION, problems=problems, counts=counts
    )
