"""A collection mended step by step: what can be fixed, fixed, until nothing more can. In memory; nothing here is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.editing.edit import Edit, Source, apply
from generator.editing.fixes import Fix, Known, chosen, find
from generator.sources.catalogue.links import candidates
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import assemble
from linkcheck.duplicates import clusters
from linkcheck.model import Verdict
from linkcheck.registries.archive import Found

_STEPS = 25
"""Edits of one text wait for one another, and an entry goes only when another says all of it: few steps, unless something is odd."""

Verdicts = Callable[[Catalogue], Mapping[str, Verdict]]


@dataclass(slots=True)
class Mended:
    """The sources after each step (changed ones only), the fixes that were made, and those that weren't, with the reason.

    `others` are fixes that could be made by naming their class.
    """

    steps: list[dict[str, Source]] = field(default_factory=list)
    made: list[Fix] = field(default_factory=list)
    left: list[tuple[Fix, str]] = field(default_factory=list)
    others: list[Fix] = field(default_factory=list)

    @property
    def after(self) -> dict[str, Source]:
        """Every changed source as it is in the end."""
        return {path: source for step in self.steps for path, source in step.items()}


def known_of(
    sources: Mapping[str, bytes], verdicts: Verdicts, *, today: date, copies: Mapping[str, Found], read: Mapping[str, Source]
) -> Known:
    """All that fixes are made from. `read` are sources that were read already."""
    catalogue, problems = assemble(sources, today=today)
    topics = {topic.path for topic in catalogue.topics}
    kept = {path: source for path, source in read.items() if sources.get(path) == source.data}
    parsed = {path: kept.get(path) or Source(path, data) for path, data in sources.items() if path in topics}
    return Known(catalogue, parsed, problems, verdicts(catalogue), clusters(candidates(catalogue)), copies)


def mend(
    sources: Mapping[str, bytes],
    verdicts: Verdicts,
    only: Collection[str],
    *,
    today: date,
    copies: Mapping[str, Found],
    locked: Collection[str] = (),
) -> Mended:
    """Everything that is chosen, mended as far as it goes. Files that are `locked` are read and left as they are."""
    now, mended = dict(sources), Mended()
    read: Mapping[str, Source] = {}
    said = set[tuple[object, ...]]()
    refused: dict[Edit, str] = {}
    for _ in range(_STEPS):
        known = known_of(now, verdicts, today=today, copies=copies, read=read)
        read, found = known.sources, find(known)
        wanted = [
            fix for fix in found if fix.edits and chosen(fix, only) and not any(edit.path in locked for edit in fix.edits)
        ]
        changed, done, refused = step(known, wanted)
        for fix in wanted:
            if done & set(fix.edits) and _name(fix) not in said:
                said.add(_name(fix))
                mended.made.append(fix)
        if not changed:
            break
        mended.steps.append(changed)
        now.update({path: source.data for path, source in changed.items()})
    locks = "its file isn't to be touched (see above)"
    for fix in found:
        if chosen(fix, only) and any(edit.path in locked for edit in fix.edits):
            mended.left.append((fix, locks))
        elif chosen(fix, only) and fix.edits:
            mended.left.append(
                (fix, next((refused[edit] for edit in fix.edits if edit in refused), "it waits for another fix"))
            )
        elif not fix.edits and (not only or fix.kind in only):
            mended.left.append((fix, ""))
        elif fix.edits:
            mended.others.append(fix)
    return mended


def step(known: Known, wanted: list[Fix]) -> tuple[dict[str, Source], set[Edit], dict[Edit, str]]:
    """One round over all files: what changed, which edits were made, and why others weren't."""
    changed, done, refused = dict[str, Source](), set[Edit](), dict[Edit, str]()
    topics = {topic.path: topic for topic in known.catalogue.topics}
    for path, source in known.sources.items():
        edits = list(dict.fromkeys(edit for fix in wanted for edit in fix.edits if edit.path == path))
        if not edits:
            continue
        after = apply(source, topics[path], edits)
        done.update(after.made)
        refused.update(after.refused)
        if after.made:
            changed[path] = after.source
    return changed, done, refused


def _name(fix: Fix) -> tuple[object, ...]:
    """By what a fix is known again in a later step, when keys may have changed."""
    place = fix.place
    return fix.kind, place.path, place.entry, place.field, None if place.entry else place.line
