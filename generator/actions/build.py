"""`listkeeper build`: sources to pages. Nothing is written while a source has an error, and only what changes is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import VERSION
from generator.actions import Exit
from generator.actions.loading import Loaded, load
from generator.files import shown, write
from generator.problems import Place, Problem, Severity, errors, pressing
from generator.render import index_block, is_rendered, render_pages, with_index
from generator.report.model import Report


def build(folder: Path, *, today: date, check: bool = False) -> tuple[Exit, Report]:
    """Write the pages (`check`: only say which are stale, exit 1 if any is).

    A page that doesn't begin with our "rendered from" line is never overwritten or removed, but reported.
    """
    loaded = load(folder, today=today)
    if errors(loaded.problems):
        return Exit.FOUND, Report("build", version=VERSION, problems=loaded.problems)
    wanted, problems = _plan(loaded)
    gone = _gone(loaded, wanted)
    stale = [path for path, text in wanted.items() if _bytes(path) != text.encode()]
    if not check:
        for path in stale:
            write(path, wanted[path])
        for path in gone:
            path.unlink()
    changed = tuple(sorted(shown(path) for path in (*stale, *gone)))
    told = (*pressing(loaded.problems), *problems)
    bad = bool(errors(problems)) or (check and bool(changed))
    counts = {
        "pages": len(wanted),
        "topics": len(loaded.catalogue.topics),
        "entries": sum(1 for _ in loaded.catalogue.entries()),
    }
    report = Report("build", version=VERSION, problems=told, counts=counts)
    report = replace(report, stale=changed) if check else replace(report, written=changed)
    return Exit.FOUND if bad else Exit.OK, report


def _plan(loaded: Loaded) -> tuple[dict[Path, str], list[Problem]]:
    """What should lie where, without the places that hold somebody's own file."""
    problems = list[Problem]()
    wanted: dict[Path, str] = {}
    name = loaded.folder.name
    for inner, text in render_pages(loaded.catalogue, folder=name).items():
        path = loaded.folder / Path(inner).relative_to(name)
        if (old := _text(path)) is not None and not is_rendered(old):
            message = f"{shown(path)} was not rendered by Listkeeper, so it is left as it is"
            hint = f"move it away, or name the topic otherwise, if {shown(path)} shall be the rendered page"
            problems.append(Problem("foreign-page", Severity.ERROR, message, Place(shown(path)), hint))
        else:
            wanted[path] = text
    readme = loaded.folder.parent / "README.md"
    block = index_block(loaded.catalogue, name)
    if (old := _text(readme)) is not None and (new := with_index(old, block)) is not None:
        wanted[readme] = new
    return wanted, problems


def _gone(loaded: Loaded, wanted: dict[Path, str]) -> list[Path]:
    """Rendered pages whose topic is no more."""
    return [
        path for path in loaded.found.pages if path not in wanted and (text := _text(path)) is not None and is_rendered(text)
    ]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _text(path: Path) -> str | None:
    data = _bytes(path)
    return None if data is None else data.decode("utf-8", "replace")
