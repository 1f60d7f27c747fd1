"""`listkeeper duplicates`: find entries that are the same work, offline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator import VERSION
from generator.exit_codes import Exit
from generator.problems import errors_and_warnings, exit_of
from generator.results import Report
from generator.sources.catalogue.links import candidates
from generator.sources.loading import load
from linkcheck.duplicates import clusters


def duplicates(folder: Path, *, today: date) -> tuple[Exit, Report]:
    """Exit 1 for a certain cluster, or an error in a source: entries that can't be read might be duplicates. 2 without sources."""
    loaded = load(folder, today=today)
    found = clusters(candidates(loaded.catalogue))
    counts = {"entries": sum(1 for _ in loaded.catalogue.entries())}
    certain = any(cluster.certainty == "certain" for cluster in found)
    return exit_of(loaded.problems) or (Exit.FOUND if certain else Exit.OK), Report(
        "duplicates", version=VERSION, problems=errors_and_warnings(loaded.problems), clusters=found, counts=counts
    )
