"""Write the files of a build that changed, or with --check only list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import VERSION
from generator.exit_codes import Exit
from generator.problems import Problem, errors_and_warnings
from generator.publishing.data import is_ours
from generator.results import Report
from generator.sources.boundary import leads_outside
from generator.sources.files import link_out, remove_leftovers, shown, write
from generator.sources.loading import Loaded

__all__ = ["Outputs", "may_remove_data", "may_write_data", "read_if_exists", "write_outputs"]


@dataclass(frozen=True, slots=True)
class Outputs:
    """The texts by path in the order of writing, obsolete files, problems, counts, and whether files of other origin are in the way.

    A manifest is the first, so that a build that is killed knows its files when it is repeated.
    """

    files: Mapping[Path, str]
    obsolete: Iterable[Path] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    blocked: bool = False
    root: Path | None = None
    """The folder of a site."""


def write_outputs(loaded: Loaded, outputs: Outputs, *, check: bool) -> tuple[Exit, Report]:
    """Write the changed files, or with `check` only list them as stale. Exit 1 if any is stale, or `blocked`.

    What is reached through a symbolic link that leads out of `root` or the lists folder is left as it is, and blocks as well.
    """
    links = {path: link for path in (*outputs.files, *outputs.obsolete) if (link := _link(path, (outputs.root, loaded.folder)))}
    stale = [path for path, text in outputs.files.items() if path not in links and read_if_exists(path) != text.encode()]
    obsolete = [path for path in outputs.obsolete if path not in links]
    if not check:
        # Obsolete files go first: while they are there, the old manifest still lists them.
        remove_leftovers((*outputs.files, *outputs.obsolete))
        for path in obsolete:
            path.unlink(missing_ok=True)  # another build may run
        for path in stale:
            write(path, outputs.files[path])
    changed = tuple(sorted(shown(path) for path in (*stale, *obsolete)))
    counts = {
        **outputs.counts,
        "topics": len(loaded.catalogue.topics),
        "entries": sum(1 for _ in loaded.catalogue.entries()),
    }
    refused = tuple(leads_outside(link) for link in dict.fromkeys(links.values()))
    report = Report(
        "build", version=VERSION, problems=(*errors_and_warnings(loaded.problems), *outputs.problems, *refused), counts=counts
    )
    report = replace(report, stale=changed) if check else replace(report, written=changed)
    return Exit.FOUND if outputs.blocked or refused or (check and changed) else Exit.OK, report


def _link(path: Path, roots: Iterable[Path | None]) -> Path | None:
    within = (*(root for root in roots if root is not None), path.parent)
    return next((link for root in within if (link := link_out(path, root))), None)


def may_write_data(path: Path, text: str, *, recorded: bool, root: Path) -> bool:
    """Whether a data file may be written: it doesn't exist, has this content, or an earlier build recorded it.

    What lies behind a link that leads out of `root` isn't read: the writer refuses it.
    """
    return recorded or link_out(path, root) is not None or read_if_exists(path) in {None, text.encode()}


def may_remove_data(path: Path, *, root: Path) -> bool:
    """Whether a data file that an earlier build recorded may be removed: it begins as ours do. The record alone is no right to it."""
    old = None if link_out(path, root) or not path.is_file() else path.read_bytes()
    return old is not None and is_ours(path.name, old.decode("utf-8", "replace"))


def read_if_exists(path: Path) -> bytes | None:
    """The bytes of a file; None where it doesn't exist."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
