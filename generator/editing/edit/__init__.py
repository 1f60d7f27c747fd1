"""Change single values of a source with minimal changes of its text. Pure.

Comments, order, quoting, line ends and a byte order mark stay. A value is found by its entry and field, never by searching its text.
The edited text is parsed again; an edit that changed anything else is refused with a reason.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.editing.edit.changes import Change, Refusal, apply_provable, plan_change
from generator.editing.edit.model import Edit, Value
from generator.editing.edit.source import Source
from generator.sources.catalogue.model import Entry, Topic

__all__ = ["Edit", "Edited", "Source", "Value", "apply"]


@dataclass(frozen=True, slots=True)
class Edited:
    """A source after its edits, the edits that were made, and the refused ones with their reasons."""

    source: Source
    made: tuple[Edit, ...] = ()
    refused: tuple[tuple[Edit, str], ...] = ()


def apply(source: Source, topic: Topic, edits: Iterable[Edit]) -> Edited:
    """Make the edits of one source; each is made or refused on its own. `topic` must have been parsed from `source`.

    Of two edits that touch the same text or the same list, the second is refused: make it in a second call.
    """
    requested, refused = list(edits), list[tuple[Edit, str]]()
    if any(edit.line for edit in requested):
        refused = [
            (edit, "other lines of this file are fixed first: run it again afterwards") for edit in requested if not edit.line
        ]
        requested = [edit for edit in requested if edit.line]
    found: list[tuple[Edit, Change]] = []
    taken, entries = _TakenSpans(), _entries_by_id(topic)
    for edit in requested:
        plan = plan_change(source, topic, entries, edit)
        if isinstance(plan, Refusal):
            refused.append((edit, plan.reason))
        elif not taken.add(plan):
            refused.append((edit, "another edit changes the same text: run it again afterwards"))
        else:
            found.append((edit, plan))
    after, kept = apply_provable(source, [change for _, change in found])
    numbers = {id(change) for change in kept}
    reason = "the edit would change other values as well: make it by hand"
    refused += [(edit, reason) for edit, change in found if id(change) not in numbers]
    return Edited(after, tuple(edit for edit, change in found if id(change) in numbers), tuple(refused))


def _entries_by_id(topic: Topic) -> dict[str, Entry | None]:
    """The entries by id; None for an id that several entries have."""
    found: dict[str, Entry | None] = {}
    for entry in topic.walk():
        found[entry.id] = None if entry.id in found else entry
    return found


class _TakenSpans:
    """The ranges of a text that accepted edits change, sorted."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []
        self._within: set[object] = set()

    def add(self, change: Change) -> bool:
        """Reserve the ranges of a change; False where one overlaps a reserved range."""
        spans = [(splice.start, splice.end) for splice in change.splices]
        if change.within in self._within or any(map(self._overlaps, spans)):
            return False
        if change.within is not None:
            self._within.add(change.within)
        for span in spans:
            insort(self._spans, span)
        return True

    def _overlaps(self, span: tuple[int, int]) -> bool:
        at = bisect(self._spans, span)
        # Insertions at one index don't overlap: several are made there, in their order.
        return any(span[0] < other[1] and other[0] < span[1] for other in self._around(at))

    def _around(self, at: int) -> Iterator[tuple[int, int]]:
        """The nearest non-empty ranges on both sides of a position, and the empty ones between."""
        for numbers in (range(at - 1, -1, -1), range(at, len(self._spans))):
            for number in numbers:
                yield self._spans[number]
                if self._spans[number][0] < self._spans[number][1]:
                    break
