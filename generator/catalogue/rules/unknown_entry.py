"""`not_duplicate_of` with the id of no entry, or of the entry itself: it would silence nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.catalogue.model import Catalogue
from generator.problems import Problem, Severity, nearest, quoted


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every such reference, with the nearest id."""
    _ = today
    asking = [entry for _, entry in catalogue.entries() if entry.not_duplicate_of]
    if not asking:
        return
    known = {key for _, entry in catalogue.entries() for key in (entry.id, *entry.aliases)}
    for entry in asking:
        for other in entry.not_duplicate_of:
            if other.id in {entry.id, *entry.aliases}:
                message = f"not_duplicate_of: {quoted(other.id)} is this entry itself"
                yield Problem("unknown-entry", Severity.ERROR, message, entry.where("not_duplicate_of"), "name the other entry")
            elif other.id not in known:
                near = nearest(other.id, known)
                hint = f'did you mean "{near}"?' if near else "copy the id of the other entry"
                message = f"not_duplicate_of: there is no entry {quoted(other.id)}"
                yield Problem("unknown-entry", Severity.ERROR, message, entry.where("not_duplicate_of"), hint)
