"""Build the Markdown pages and data files of a lists folder. Nothing is written while a source has an error."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from generator import VERSION
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, errors, exit_of
from generator.publishing import manifest
from generator.publishing.data import FOLDER, WHOLE, render_data
from generator.publishing.first_seen import feeds_name, first_seen_days
from generator.publishing.manifest import Manifest
from generator.publishing.pages import index_block, is_rendered, long_pages, render_pages, with_index
from generator.publishing.pages.single import render_single
from generator.publishing.writer import Outputs, may_remove_data, may_write_data, read_if_exists, write_outputs
from generator.results import Report
from generator.sources.files import link_out, shown
from generator.sources.loading import Loaded, load

__all__ = ["Target", "build_lists"]

Target = Literal["pages", "single", "data"]
_SPLIT = "split the topic: move some of its sections to a topic of their own"
_PAGES = "publish the topics' own pages instead (listkeeper build), or keep more than one collection"


@dataclass(slots=True)
class _Plan:
    """The files to write and to remove, and the problems found."""

    wanted: dict[Path, str] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def build_lists(
    folder: Path, *, today: date, check: bool = False, to: Target | None = None, output: Path | None = None
) -> tuple[Exit, Report]:
    """Write the pages and whatever was built before, or only the target `to`; with `check` only report what is stale (exit 1).

    `output` is the path of the single page. A file that Listkeeper didn't write is reported, never overwritten or removed.
    """
    loaded = load(folder, today=today)
    if code := exit_of(loaded.problems):
        return code, Report("build", version=VERSION, problems=loaded.problems)
    before = manifest.load(folder)
    if before is None:
        return Exit.FOUND, Report("build", version=VERSION, problems=(_damaged(folder / manifest.NAME),))
    plan, after = _Plan(), before
    kept = [folder / path for path in before.single]
    if to in {None, "pages"}:
        _pages(loaded, plan, keep={*(path.resolve() for path in kept)})
    if to == "single" and output is not None:
        if conflict := _path_conflict(loaded, output):
            return Exit.USAGE, Report("build", version=VERSION, problems=(conflict,))
        kept = [output]
        if manifest.may_track(folder, output):
            inner = Path(os.path.relpath(output.resolve(), folder.resolve())).as_posix()
            after = replace(after, single=tuple({*before.single, inner}))
    if to in {None, "single"}:
        _single(loaded, plan, kept)
    if to == "data" or (to is None and before.data):
        after = replace(after, first_seen=first_seen_days(loaded.catalogue, before.first_seen, today=today))
        after = replace(after, feeds=feeds_name(folder, loaded.catalogue, before, kept=True))
        after = replace(after, data=_data(loaded, plan, before, after))
    if after != Manifest() or (folder / manifest.NAME).exists():
        plan.wanted = {folder / manifest.NAME: manifest.to_json(after), **plan.wanted}
    wanted = Outputs(plan.wanted, plan.removed, tuple(plan.problems), plan.counts, blocked=bool(errors(plan.problems)))
    return write_outputs(loaded, wanted, check=check)


def _pages(loaded: Loaded, plan: _Plan, *, keep: set[Path]) -> None:
    """Add the topics' pages, the index, and the index in the README beside the folder."""
    name = loaded.folder.name
    pages = {
        loaded.folder / Path(inner).relative_to(name): text
        for inner, text in render_pages(loaded.catalogue, folder=name).items()
    }
    for path, text in pages.items():
        _add(plan, path, text, f"move it away, or rename the topic, if {shown(path)} should be the rendered page")
    readme = loaded.folder.parent / "README.md"
    if (
        not link_out(readme, readme.parent)
        and (old := _text(readme)) is not None
        and (new := with_index(old, index_block(loaded.catalogue, name))) is not None
    ):
        plan.wanted[readme] = new
    plan.problems += long_pages({shown(path): text for path, text in pages.items()}, _SPLIT)
    plan.counts["pages"] = len(plan.wanted)
    plan.removed += [
        path
        for path in loaded.found.pages
        if path not in plan.wanted
        and path.resolve() not in keep
        and (old_text := _text(path)) is not None
        and is_rendered(old_text)
    ]


def _single(loaded: Loaded, plan: _Plan, paths: list[Path]) -> None:
    """Add the collection as a single page, at each of the paths."""
    if not paths:
        return
    text = render_single(loaded.catalogue, folder=loaded.folder.name)
    for path in paths:
        _add(plan, path, text, "name another file with --output, or move this one away")
    plan.problems += long_pages({shown(path): text for path in paths}, _PAGES)
    plan.counts["pages"] = plan.counts.get("pages", 0) + len(paths)


def _data(loaded: Loaded, plan: _Plan, before: Manifest, after: Manifest) -> tuple[str, ...]:
    """Add the data files; return the names of those that Listkeeper may write."""
    days = {key: day for key, day in after.first_seen.items() if day}
    where = loaded.folder / FOLDER
    names = []
    for inner, text in render_data(loaded.catalogue, folder="", first_seen=days, feeds=after.feeds).items():
        name = inner.removeprefix(f"{FOLDER}/")
        path = where / name
        if not may_write_data(path, text, recorded=name in before.data, root=loaded.folder):
            message = f"{shown(path)} was not written by Listkeeper, so it is not overwritten"
            hint = "move it away, or delete it, then build again"
            plan.problems.append(Problem("foreign-file", Severity.ERROR, message, Place(shown(path)), hint))
        else:
            plan.wanted[path] = text
            names.append(name)
    for topic in loaded.catalogue.topics:
        if topic.slug == WHOLE:
            message = f'the data files of a topic named "{WHOLE}" would have the names of those of all topics, so it gets none'
            place = Place(topic.path, 1, 1)
            plan.problems.append(Problem("bad-file-name", Severity.WARNING, message, place, "give the file another name"))
    plan.removed += [
        where / name for name in before.data if name not in names and may_remove_data(where / name, root=loaded.folder)
    ]
    plan.counts["data files"] = len(names)
    return tuple(sorted(names))


def _add(plan: _Plan, path: Path, text: str, hint: str) -> None:
    if link_out(path, path.parent):
        plan.wanted[path] = text  # refused by the writer; what is behind the link isn't read
    elif (old := _text(path)) is not None and not is_rendered(old):
        message = f"{shown(path)} was not rendered by Listkeeper, so it is not overwritten"
        plan.problems.append(Problem("foreign-page", Severity.ERROR, message, Place(shown(path)), hint))
    else:
        plan.wanted[path] = text


def _path_conflict(loaded: Loaded, output: Path) -> Problem | None:
    """A problem if the single page would overwrite another page."""
    own = {f"{topic.slug}.md" for topic in loaded.catalogue.topics} | {"README.md"}
    if output.resolve().parent != loaded.folder.resolve() or output.name not in own:
        return None
    message = f"{shown(output)} is the path of another page: each build would overwrite the other's"
    return Problem("output-taken", Severity.ERROR, message, Place(shown(output)), "name another file with --output")


def _damaged(path: Path) -> Problem:
    message = f"{shown(path)} can't be read, so Listkeeper doesn't know which files it wrote"
    hint = "restore it from git, or delete it and the folder data"
    return Problem("damaged-note", Severity.ERROR, message, Place(shown(path)), hint)


def _text(path: Path) -> str | None:
    data = read_if_exists(path)
    return None if data is None else data.decode("utf-8", "replace")
