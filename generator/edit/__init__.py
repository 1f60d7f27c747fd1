"""An edit: one value of a source, changed by the smallest change of its text. Pure.

Comments, order, quoting, line endings and a byte order mark stay as they are. A value is found by its entry and field, through the
places of the tree, never by looking for its text. Nothing is taken on trust: the edited text is read again, and it must hold what
the old one held, but for the edited values; an edit for which it doesn't is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.catalogue.model import Topic
from generator.edit.changes import Change, Refusal, changed, planned
from generator.edit.source import Source
from generator.edit.words import Edit, Value

__all__ = ["Edit", "Edited", "Source", "Value", "apply"]


@dataclass(frozen=True, slots=True)
class Edited:
    """A source after its edits: those that were made, and those that weren't, each with the reason."""

    source: Source
    made: tuple[Edit, ...] = ()
    refused: tuple[tuple[Edit, str], ...] = ()


def apply(source: Source, topic: Topic, edits: Iterable[Edit]) -> Edited:
    """Make the edits of one source. `topic` must have been read from it: its entries carry ids and places.

    Each is made or refused by itself. Two that touch the same text, or the same list, are made one after the other: the second
    is refused here, and may be asked for again.
    """
    found: list[tuple[Edit, Change]] = []
    refused: list[tuple[Edit, str]] = []
    for edit in dict.fromkeys(edits):
        plan = planned(source, topic, edit)
        if isinstance(plan, Refusal):
            refused.append((edit, plan.reason))
        elif any(_meet(plan, other) for _, other in found):
            refused.append((edit, "another edit touches the same text: do it again after that one"))
        else:
            found.append((edit, plan))
    after = _proven(source, [change for _, change in found])
    if after is None:
        found, failed = _one_by_one(source, found)
        refused += failed
        after = _proven(source, [change for _, change in found])
    return Edited(after or source, tuple(edit for edit, _ in found) if after else (), tuple(refused))


def _one_by_one(
    source: Source, found: Sequence[tuple[Edit, Change]]
) -> tuple[list[tuple[Edit, Change]], list[tuple[Edit, str]]]:
    kept: list[tuple[Edit, Change]] = []
    failed: list[tuple[Edit, str]] = []
    for edit, change in found:
        if _proven(source, [*(other for _, other in kept), change]) is None:
            failed.append((edit, "the file would then say something else as well: edit it by hand"))
        else:
            kept.append((edit, change))
    return kept, failed


def _proven(source: Source, changes: Sequence[Change]) -> Source | None:
    """The source with the changes; None where it wouldn't read as it must."""
    if not changes:
        return source
    after, expected = changed(source, changes)
    if after.problems > source.problems or after.whole != source.whole:
        return None
    return after if expected.holds(after) else None


def _meet(one: Change, other: Change) -> bool:
    if one.within and one.within == other.within:
        return True
    return any(
        (a.start < b.end and b.start < a.end) or (a.start == b.start and (a.start == a.end) == (b.start == b.end))
        for a in one.splices
        for b in other.splices
    )
