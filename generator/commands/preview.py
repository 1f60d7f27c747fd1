"""`listkeeper preview`: show how a branch changes the pages, for its pull request."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.checking.since import changes_since
from generator.exit_codes import Exit
from generator.problems import Problem, errors
from generator.publishing.pages import render_pages
from generator.publishing.preview import preview as written
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import renamed
from generator.sources.loading import load


def preview(folder: Path, ref: str, *, today: date) -> tuple[Exit, str | Problem]:
    """The Markdown of the changes since `ref`, with the sources that have errors named; exit 2 with the problem if git can't tell."""
    since = changes_since(folder, ref, today=today)
    if isinstance(since, Problem):
        return Exit.USAGE, since
    loaded = load(folder, today=today)
    old, new = _sizes(renamed(since.old_catalogue, loaded.catalogue)), _sizes(loaded.catalogue)
    sizes = {slug: (old.get(slug), new.get(slug)) for slug in old | new}
    broken = {problem.place.path for problem in errors(loaded.problems)} & set(loaded.sources)
    return Exit.OK, written(since.old_catalogue, loaded.catalogue, sizes, broken)


def _sizes(catalogue: Catalogue) -> dict[str, int]:
    """The size of each topic's page in bytes."""
    pages = render_pages(catalogue, folder="")
    return {topic.slug: len(pages[f"{topic.slug}.md"].encode()) for topic in catalogue.topics}
