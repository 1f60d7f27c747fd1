"""Exceptions for the link checker whose last day is past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem, Severity
from generator.sources.catalogue.model import Catalogue


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every exception that ended before today."""
    for _, entry in catalogue.entries():
        excuse = entry.link_check
        if excuse and excuse.until and excuse.until < today:
            message = f"the exception ({excuse.reason or 'no reason given'}) ended on {excuse.until} and no longer applies"
            place = entry.where("link_check.until")
            hint = "remove it, or set a later day if it is still needed"
            yield Problem("link-check-expired", Severity.WARNING, message, place, hint)
