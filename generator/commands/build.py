"""`listkeeper build`: render the sources to Markdown pages, data files or a site. Only files that differ are written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from generator import VERSION
from generator.checking.history_view import history_path
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, exit_of
from generator.publishing import manifest
from generator.publishing.build import build_lists
from generator.publishing.data import FOLDER
from generator.publishing.first_seen import feeds_name, recorded_days
from generator.publishing.link_health import link_health
from generator.publishing.manifest import Manifest
from generator.publishing.site import Settings, render_site
from generator.publishing.writer import Outputs, may_remove_data, may_write_data, read_if_exists, write_outputs
from generator.results import Report
from generator.sources.catalogue.links import links
from generator.sources.files import link_out, shown
from generator.sources.loading import load

__all__ = ["Target", "build"]

Target = Literal["pages", "single", "data", "site"]
_MARKS = ("<!-- rendered from ", "/* rendered from ")


def build(
    folder: Path,
    *,
    now: datetime,
    to: Target | None = None,
    output: Path | None = None,
    check: bool = False,
    history: Path | None = None,
    base_url: str = "",
) -> tuple[Exit, Report]:
    """Build the target `to`, or without one the pages and whatever was built before; with `check` only report what is stale (exit 1).

    `output` is the file of the single page, or the folder of the site; only the site reads `history` and `base_url`.
    """
    if to == "site":
        if output is None:
            raise ValueError("a site needs an output folder")
        return _site(folder, output, now=now, history=history, base_url=base_url, check=check)
    return build_lists(folder, today=now.date(), check=check, to=to, output=output)


def _site(folder: Path, out: Path, *, now: datetime, history: Path | None, base_url: str, check: bool) -> tuple[Exit, Report]:
    """Write the site into `out`; nothing while a source has an error.

    A file there that doesn't begin with our "rendered from", or a data file that no build recorded, is reported, never overwritten
    or removed.
    """
    today = now.date()
    loaded = load(folder, today=today)
    if code := exit_of(loaded.problems):
        return code, Report("build", version=VERSION, problems=loaded.problems)
    before = manifest.load(out)
    if before is None:
        return Exit.FOUND, Report("build", version=VERSION, problems=(_damaged(out / manifest.NAME),))
    health, problems = link_health(links(loaded.catalogue, today), loaded.policy, history_path(folder, history), now)
    settings = Settings(folder.absolute().name, base_url, files=loaded.site_files)
    days = recorded_days(folder, loaded.catalogue, today=today)
    feeds = feeds_name(folder, loaded.catalogue, manifest.load(folder) or Manifest(), kept=False)
    files = render_site(loaded.catalogue, health, settings, first_seen=days, feeds=feeds)
    wanted = {out / path: text for path, text in files.items()}
    data = {path for path in wanted if path.parent == out / FOLDER}
    recorded = {out / FOLDER / name for name in before.data}
    not_ours = [
        path
        for path, text in wanted.items()
        if not (may_write_data(path, text, recorded=path in recorded, root=out) if path in data else _may_write(path, out))
    ]
    wanted[out / manifest.NAME] = manifest.to_json(Manifest(data=tuple(path.name for path in data.difference(not_ours))))
    removed = [path for path in _earlier_files(out) if path not in wanted and _may_write(path, out)]
    removed += sorted(path for path in recorded.difference(wanted) if may_remove_data(path, root=out))
    counts = {"pages": sum(path.suffix == ".html" for path in wanted), "data files": len(data)}
    files_to_write = {path: text for path, text in wanted.items() if path not in not_ours}
    all_problems = (*problems, *map(_not_ours, not_ours))
    outputs = Outputs(files_to_write, removed, all_problems, counts, blocked=bool(not_ours), root=out)
    return write_outputs(loaded, outputs, check=check)


def _not_ours(path: Path) -> Problem:
    message = f"{shown(path)} was not rendered by Listkeeper, so it is not overwritten"
    hint = "name another folder with --output DIR, or move the file away"
    return Problem("foreign-page", Severity.ERROR, message, Place(shown(path)), hint)


def _damaged(path: Path) -> Problem:
    message = f"{shown(path)} can't be read, so Listkeeper doesn't know which data files it wrote"
    hint = "delete it and the folder data beside it, then build again, or name another folder with --output DIR"
    return Problem("damaged-note", Severity.ERROR, message, Place(shown(path)), hint)


def _earlier_files(out: Path) -> list[Path]:
    """The files of an earlier build that this one may not write: pages of topics, and files that not every site has."""
    some = (out / name for name in ("sitemap.xml", "404.html", "authors.html", "assets/moved.js", "assets/face.css"))
    return [
        path
        for path in (*sorted((out / "topics").glob("*.html")), *sorted((out / "authors").glob("*.html")), *some)
        if path.is_file()
    ]


def _may_write(path: Path, out: Path) -> bool:
    """Whether a file may be written: it doesn't exist, or its first line says that we rendered it.

    What lies behind a link that leads out of `out` isn't read: the writer refuses it.
    """
    if link_out(path, out):
        return True
    data = read_if_exists(path)
    return data is None or data.decode("utf-8", "replace").removeprefix("\ufeff").startswith(_MARKS)
