"""What `listkeeper fix` says: the diff of a dry run with the reason of each change, what is left, and how to undo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from generator.commands.curation.fix import Fixed
from generator.editing.fixes import SAFE, Fix
from generator.reporting import sanitize
from generator.reporting.phrases import counted, place

__all__ = ["text"]

_LEFT = 40
"""So many fixes that are left to a maintainer are told one by one."""


def text(fixed: Fixed) -> str:
    """The whole answer, for a terminal or a log; a dry run's is a patch that `git apply` takes, with words between."""
    blocks = [
        list(_problems(fixed)),
        list(_diffs(fixed)) if fixed.dry_run else list(_made(fixed)),
        list(_left(fixed)),
        list(_undo(fixed)),
        [*([f"Of links nothing is known: {fixed.unknown}."] if fixed.unknown else []), *_others(fixed), _summary(fixed)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _problems(fixed: Fixed) -> Iterator[str]:
    for problem in fixed.problems:
        yield f"{place(problem.place)}: {problem.severity}[{problem.code}] {sanitize.text(problem.message)}"
        yield f"  hint: {sanitize.text(problem.hint)}"


def _line(fix: Fix, more: str = "") -> str:
    where = "  ".join(filter(None, (place(fix.place), sanitize.text(fix.place.entry or "", 80))))
    return f"{where}  [{fix.kind}] {sanitize.text(fix.sentence, 1000)}{f' ({more})' if more else ''}"


def _made(fixed: Fixed) -> Iterator[str]:
    yield from (_line(fix) for fix in fixed.mended.made if any(edit.path in fixed.written for edit in fix.edits))


def _diffs(fixed: Fixed) -> Iterator[str]:
    """Each file's diff under the reasons for it."""
    reasons: dict[str, list[Fix]] = defaultdict(list)
    for fix in fixed.mended.made:
        reasons[fix.edits[0].path].append(fix)
    for path, told in (fixed.diffs or {}).items():
        yield from map(_line, reasons[path])
        yield told.rstrip("\n") if told.endswith("\n") else told


def _left(fixed: Fixed) -> Iterator[str]:
    left = fixed.mended.left
    if left:
        yield f"Left to you ({len(left):,}):"
        yield from (f"  {_line(fix, why)}" for fix, why in left[:_LEFT])
    if len(left) > _LEFT:
        yield f"  and {counted(len(left) - _LEFT, 'more', 'more')}"


def _others(fixed: Fixed) -> Iterator[str]:
    """What could be mended as well: without naming a class, and by naming it."""
    by_itself = Counter(fix.kind for fix in fixed.mended.others if fix.safe and fix.kind in SAFE)
    if by_itself:
        yield f"Without --only: {', '.join(f'{kind} ({number:,})' for kind, number in by_itself.items())}"
    named = Counter(fix.kind for fix in fixed.mended.others if not (fix.safe and fix.kind in SAFE))
    if named:
        yield f"By name only: {', '.join(f'--only {kind} ({number:,})' for kind, number in named.items())}"


def _undo(fixed: Fixed) -> Iterator[str]:
    if fixed.undo:
        yield "To undo it:"
        yield from (f"  {command}" for command in fixed.undo)


def _summary(fixed: Fixed) -> str:
    made = len(fixed.mended.made)
    if not made:
        return "Nothing was changed." if fixed.mended.left else "Nothing to fix."
    if fixed.dry_run:
        return f"{counted(made, 'fix', 'fixes')} would change {counted(len(fixed.diffs or {}), 'file')}: nothing was written."
    done = sum(any(edit.path in fixed.written for edit in fix.edits) for fix in fixed.mended.made)
    if not fixed.written:
        return "Nothing was changed."
    return f"{counted(done, 'fix', 'fixes')} in {counted(len(fixed.written), 'file')}; nothing was committed."
