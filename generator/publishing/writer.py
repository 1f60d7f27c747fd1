"""Write the files of a build that changed, or with --check only list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import VERSION
from generator.exit_codes import Exit
from generator.problems import Problem, errors_and_warnings
from generator.results import Report
from generator.sources.files import shown, write
from generator.sources.loading import Loaded

__all__ = ["Outputs", "read_if_exists", "write_outputs"]


@dataclass(frozen=True, slots=True)
class Outputs:
    """The texts to write by path, obsolete files to remove, problems, counts, and whether files of other origin are in the way."""

    files: Mapping[Path, str]
    obsolete: Iterable[Path] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    blocked: bool = False


def write_outputs(loaded: Loaded, outputs: Outputs, *, check: bool) -> tuple[Exit, Report]:
    """Write the changed files, or with `check` only list them as stale. Exit 1 if any is stale, or `blocked`."""
    stale = [path for path, text in outputs.files.items() if read_if_exists(path) != text.encode()]
    obsolete = list(outputs.obsolete)
    if not check:
        for path in stale:
            write(path, outputs.files[path])
        for path in obsolete:
            path.unlink()
    changed = tuple(sorted(shown(path) for path in (*stale, *obsolete)))
    counts = {
        **outputs.counts,
        "topics": len(loaded.catalogue.topics),
        "entries": sum(1 for _ in loaded.catalogue.entries()),
    }
    report = Report(
        "build", version=VERSION, problems=(*errors_and_warnings(loaded.problems), *outputs.problems), counts=counts
    )
    report = replace(report, stale=changed) if check else replace(report, written=changed)
    return Exit.FOUND if outputs.blocked or (check and changed) else Exit.OK, report


def read_if_exists(path: Path) -> bytes | None:
    """The bytes of a file; None where it doesn't exist."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
