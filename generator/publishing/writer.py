"""What every build ends with: of the files that it wants, those that differ are written, or only told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import VERSION
from generator.exit_codes import Exit
from generator.problems import Problem, pressing
from generator.results import Report
from generator.sources.files import shown, write
from generator.sources.loading import Loaded

__all__ = ["Wanted", "bytes_of", "finished"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should lie where, what should go, what there is to tell, and whether something stands in the way."""

    files: Mapping[Path, str]
    gone: Iterable[Path] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    hindered: bool = False


def finished(loaded: Loaded, wanted: Wanted, *, check: bool) -> tuple[Exit, Report]:
    """Write what changes, or (`check`) only say what is stale: then exit 1 if anything is, as where something is in the way."""
    stale = [path for path, text in wanted.files.items() if bytes_of(path) != text.encode()]
    gone = list(wanted.gone)
    if not check:
        for path in stale:
            write(path, wanted.files[path])
        for path in gone:
            path.unlink()
    changed = tuple(sorted(shown(path) for path in (*stale, *gone)))
    counts = {
        **wanted.counts,
        "topics": len(loaded.catalogue.topics),
        "entries": sum(1 for _ in loaded.catalogue.entries()),
    }
    report = Report("build", version=VERSION, problems=(*pressing(loaded.problems), *wanted.problems), counts=counts)
    report = replace(report, stale=changed) if check else replace(report, written=changed)
    return Exit.FOUND if wanted.hindered or (check and changed) else Exit.OK, report


def bytes_of(path: Path) -> bytes | None:
    """A file's bytes; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
