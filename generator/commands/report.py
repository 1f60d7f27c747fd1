"""`listkeeper report`: join JSON reports of `check` and convert them to another format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.exit_codes import Exit
from generator.reporting.reading import load_reports
from generator.results import Report


def report(paths: Iterable[Path], *, since: bool = False, only_links: bool = False) -> tuple[Exit, Report | str]:
    """The joined report. With `since` this run alone decides, as in `check --since`; `only_links` leaves out problems in sources."""
    found = load_reports(paths)
    if isinstance(found, str):
        return Exit.USAGE, found
    return Exit.OK, replace(found, since=since, problems=() if only_links else found.problems)
