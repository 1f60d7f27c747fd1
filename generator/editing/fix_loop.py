"""Apply fixes round by round, in memory, until none is left that can be applied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.editing.edit import Edit, Source, apply
from generator.editing.fixes import Fix, FixContext, chosen, find
from generator.sources.catalogue.links import candidates
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import assemble
from linkcheck.duplicates import clusters
from linkcheck.model import Verdict, Vitality
from linkcheck.registries.archive import Found

_MAX_ROUNDS = 25
"""Edits of the same text need several rounds, and so does merging entries, but only a few."""

Verdicts = Callable[[Catalogue], Mapping[str, Verdict]]


@dataclass(slots=True)
class FixResult:
    """The changed sources after each round, by path; the fixes made; those skipped, with the reason; those not chosen.

    The reason is "" for a fix without edits: its message says what to do.
    """

    rounds: list[dict[str, Source]] = field(default_factory=list)
    made: list[Fix] = field(default_factory=list)
    skipped: list[tuple[Fix, str]] = field(default_factory=list)
    not_chosen: list[Fix] = field(default_factory=list)

    @property
    def after(self) -> dict[str, Source]:
        """Every changed source after the last round, by path."""
        return {path: source for round_ in self.rounds for path, source in round_.items()}


def fix_context(
    sources: Mapping[str, bytes],
    verdicts: Verdicts,
    *,
    today: date,
    archived_copies: Mapping[str, Found],
    read: Mapping[str, Source],
) -> FixContext:
    """Parse sources and collect what fixes are made from; `read` are sources parsed earlier, by path."""
    catalogue, problems = assemble(sources, today=today)
    topics = {topic.path for topic in catalogue.topics}
    kept = {path: source for path, source in read.items() if sources.get(path) == source.data}
    parsed = {path: kept.get(path) or Source(path, data) for path, data in sources.items() if path in topics}
    return FixContext(catalogue, parsed, problems, verdicts(catalogue), clusters(candidates(catalogue)), archived_copies)


def fix_all(
    sources: Mapping[str, bytes],
    verdicts: Verdicts,
    only: Collection[str],
    *,
    today: date,
    archived_copies: Mapping[str, Found],
    locked: Collection[str] = (),
    vitalities: Mapping[str, Vitality] | None = None,
) -> FixResult:
    """Apply the chosen fixes to the sources (bytes by path); `locked` paths are not changed."""
    current, result = dict(sources), FixResult()
    read: Mapping[str, Source] = {}
    seen = set[tuple[object, ...]]()
    refused: dict[Edit, str] = {}
    for _ in range(_MAX_ROUNDS):
        context = fix_context(current, verdicts, today=today, archived_copies=archived_copies, read=read)
        context = replace(context, vitalities=vitalities or {})
        read, found = context.sources, find(context)
        chosen_fixes = [
            fix for fix in found if fix.edits and chosen(fix, only) and not any(edit.path in locked for edit in fix.edits)
        ]
        changed, made, refused = fix_once(context, chosen_fixes)
        for fix in chosen_fixes:
            if made & set(fix.edits) and _identity(fix) not in seen:
                seen.add(_identity(fix))
                result.made.append(fix)
        if not changed:
            break
        result.rounds.append(changed)
        current.update({path: source.data for path, source in changed.items()})
    locked_reason = "its file is not changed (see above)"
    for fix in found:
        if chosen(fix, only) and any(edit.path in locked for edit in fix.edits):
            result.skipped.append((fix, locked_reason))
        elif chosen(fix, only) and fix.edits:
            result.skipped.append(
                (fix, next((refused[edit] for edit in fix.edits if edit in refused), "run fix again for this one"))
            )
        elif not fix.edits and (not only or fix.kind in only):
            result.skipped.append((fix, ""))
        elif fix.edits:
            result.not_chosen.append(fix)
    return result


def fix_once(context: FixContext, chosen_fixes: list[Fix]) -> tuple[dict[str, Source], set[Edit], dict[Edit, str]]:
    """Apply the edits of fixes once: the changed sources by path, the edits made, and the refused ones with reasons."""
    changed, made, refused = dict[str, Source](), set[Edit](), dict[Edit, str]()
    topics = {topic.path: topic for topic in context.catalogue.topics}
    for path, source in context.sources.items():
        edits = list(dict.fromkeys(edit for fix in chosen_fixes for edit in fix.edits if edit.path == path))
        if not edits:
            continue
        after = apply(source, topics[path], edits)
        made.update(after.made)
        refused.update(after.refused)
        if after.made:
            changed[path] = after.source
    return changed, made, refused


def _identity(fix: Fix) -> tuple[object, ...]:
    """What identifies a fix across rounds; its line may change, so it only counts for fixes outside entries."""
    place = fix.place
    return fix.kind, place.path, place.entry, place.field, None if place.entry else place.line
