"""`listkeeper validate`: every problem of every source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator import VERSION
from generator.actions import Exit
from generator.actions.loading import load
from generator.problems import Severity, errors
from generator.report.model import Report


def validate(folder: Path, *, today: date, strict: bool = False, only: tuple[Path, ...] = ()) -> tuple[Exit, Report]:
    """Exit 1 for any error, under `strict` for any warning."""
    loaded = load(folder, today=today, only=only)
    counts = {"topics": len(loaded.catalogue.topics), "entries": sum(1 for _ in loaded.catalogue.entries())}
    bad = errors(loaded.problems) or (strict and any(one.severity is Severity.WARNING for one in loaded.problems))
    return Exit.FOUND if bad else Exit.OK, Report("validate", version=VERSION, problems=loaded.problems, counts=counts)
