"""`listkeeper build --to site`: the collection as static pages in a folder of their own; only what changes is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator import VERSION
from generator.actions import Exit
from generator.actions.health import health_of
from generator.actions.loading import load
from generator.actions.nights import place_of
from generator.catalogue.links import links
from generator.files import shown, write
from generator.problems import Place, Problem, Severity, errors, pressing
from generator.render.site import Settings, render_site
from generator.report.model import Report

__all__ = ["site"]

_MARKS = ("<!-- rendered from ", "/* rendered from ")


def site(
    folder: Path, out: Path, *, now: datetime, history: Path | None = None, base_url: str = "", check: bool = False
) -> tuple[Exit, Report]:
    """Write the site into `out` (`check`: only say what is stale, exit 1 if anything is); nothing while a source has an error.

    A file there that doesn't begin with our "rendered from" is never overwritten or removed, but reported.
    """
    loaded = load(folder, today=now.date())
    if errors(loaded.problems):
        return Exit.FOUND, Report("build", version=VERSION, problems=loaded.problems)
    all_links = links(loaded.catalogue, now.date())
    health, problems = health_of(all_links, loaded.policy, place_of(folder, history), now)
    files = render_site(loaded.catalogue, health, Settings(folder.absolute().name, base_url))
    wanted = {out / path: text for path, text in files.items()}
    foreign = [path for path in wanted if not _ours(path)]
    stale = [path for path, text in wanted.items() if path not in foreign and _bytes(path) != text.encode()]
    gone = [path for path in _earlier(out) if path not in wanted and _ours(path)]
    if not check:
        for path in stale:
            write(path, wanted[path])
        for path in gone:
            path.unlink()
    changed = tuple(sorted(shown(path) for path in (*stale, *gone)))
    told = (*pressing(loaded.problems), *problems, *map(_foreign, foreign))
    counts = {
        "pages": sum(path.suffix == ".html" for path in wanted),
        "topics": len(loaded.catalogue.topics),
        "entries": sum(1 for _ in loaded.catalogue.entries()),
    }
    report = Report("build", version=VERSION, problems=told, counts=counts)
    report = replace(report, stale=changed) if check else replace(report, written=changed)
    return Exit.FOUND if foreign or (check and changed) else Exit.OK, report


def _foreign(path: Path) -> Problem:
    message = f"{shown(path)} was not rendered by Listkeeper, so it is left as it is"
    hint = "name another folder with --output DIR, or move the file away"
    return Problem("foreign-page", Severity.ERROR, message, Place(shown(path)), hint)


def _earlier(out: Path) -> list[Path]:
    """What an earlier build may have left that is wanted no more: pages of topics, and what depends on options."""
    return [path for path in (*sorted((out / "topics").glob("*.html")), out / "sitemap.xml") if path.is_file()]


def _ours(path: Path) -> bool:
    """Whether a file may be written: it isn't there, or it was rendered by us, judged by its first line."""
    data = _bytes(path)
    return data is None or data.decode("utf-8", "replace").removeprefix("\ufeff").startswith(_MARKS)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
