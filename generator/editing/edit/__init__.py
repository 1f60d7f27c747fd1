"""An edit: one value of a source, changed by the smallest change of its text. Pure.

Comments, order, quoting, line endings and a byte order mark stay as they are. A value is found by its entry and field, through the
places of the tree, never by looking for its text. Nothing is taken on trust: the edited text is read again, and it must hold what
the old one held, but for the edited values; an edit for which it doesn't is refused with the reason.
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
    """A source after its edits: those that were made, and those that weren't, each with the reason."""

    source: Source
    made: tuple[Edit, ...] = ()
    refused: tuple[tuple[Edit, str], ...] = ()


def apply(source: Source, topic: Topic, edits: Iterable[Edit]) -> Edited:
    """Make the edits of one source. `topic` must have been read from it: its entries carry ids and places.

    Each is made or refused by itself. Two that touch the same text, or the same list, are made one after the other: the second
    is refused here, and may be asked for again.
    """
    wanted, refused = list(edits), list[tuple[Edit, str]]()
    if any(edit.line for edit in wanted):
        refused = [(edit, "lines of this file are mended first: do it again after that") for edit in wanted if not edit.line]
        wanted = [edit for edit in wanted if edit.line]
    found: list[tuple[Edit, Change]] = []
    taken, entries = _TakenSpans(), _entries_by_id(topic)
    for edit in wanted:
        plan = plan_change(source, topic, entries, edit)
        if isinstance(plan, Refusal):
            refused.append((edit, plan.reason))
        elif not taken.add(plan):
            refused.append((edit, "another edit touches the same text: do it again after that one"))
        else:
            found.append((edit, plan))
    after, kept = apply_provable(source, [change for _, change in found])
    numbers = {id(change) for change in kept}
    reason = "the file would then say something else as well: edit it by hand"
    refused += [(edit, reason) for edit, change in found if id(change) not in numbers]
    return Edited(after, tuple(edit for edit, change in found if id(change) in numbers), tuple(refused))


def _entries_by_id(topic: Topic) -> dict[str, Entry | None]:
    """The entries by id; None for an id that several have, which names none of them."""
    found: dict[str, Entry | None] = {}
    for entry in topic.walk():
        found[entry.id] = None if entry.id in found else entry
    return found


class _TakenSpans:
    """The parts of a text that are to be changed already, in order."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []
        self._within: set[object] = set()

    def add(self, change: Change) -> bool:
        """Take the parts of a change; False where one of them is taken."""
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
        # What is put between two characters meets nothing there: several may be put at one place, in their order.
        return any(span[0] < other[1] and other[0] < span[1] for other in self._around(at))

    def _around(self, at: int) -> Iterator[tuple[int, int]]:
        """The nearest parts before and after a position that have a length, and those in between."""
        for numbers in (range(at - 1, -1, -1), range(at, len(self._spans))):
            for number in numbers:
                yield self._spans[number]
                if self._spans[number][0] < self._spans[number][1]:
                    break
