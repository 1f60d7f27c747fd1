"""`listkeeper report`: what `check` wrote as JSON, told again in another format; of several machines, as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.exit_codes import Exit
from generator.reporting.reading import Unreadable, joined, read
from generator.results import Report
from generator.sources.files import shown

__all__ = ["load", "report"]


def load(paths: Iterable[Path]) -> Report | str:
    """The reports of all files as one, or what is wrong with one of them."""
    found = list[Report]()
    for path in paths:
        try:
            found.append(read(path.read_bytes()))
        except OSError as error:
            return f"{shown(path)} can't be read: {error.strerror}"
        except Unreadable as error:
            return f"{shown(path)} is no JSON report of listkeeper check: {error}"
    return joined(found) if found else "name the reports: listkeeper report FILE..."


def report(paths: Iterable[Path], *, since: bool = False, only_links: bool = False) -> tuple[Exit, Report | str]:
    """The joined report. `since` says that the run decided, as under `check --since`; `only_links` leaves out the sources' problems."""
    found = load(paths)
    if isinstance(found, str):
        return Exit.USAGE, found
    return Exit.OK, replace(found, since=since, problems=() if only_links else found.problems)
