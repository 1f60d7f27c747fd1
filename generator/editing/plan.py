"""What a command would do to files: shown as a diff first, then carried out, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.editing.diff import diff
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, errors
from generator.sources.files import shown, write
from linkcheck.model import Cluster

__all__ = ["FileChange", "Plan", "carry_out", "patch"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file's bytes before and after; None where it isn't there."""

    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes by path, in the order in which they are made; what is to be told of them; `clusters` are works that are there already."""

    changes: Mapping[Path, FileChange] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    code: Exit = Exit.OK
    incomplete: bool = False
    """Whether a part of what was asked for was left undone: the rest is done all the same, and the exit code tells."""
    renamed: Mapping[Path, Path] = field(default_factory=dict)
    """Files that go on under another name, by the new one."""

    @property
    def refused(self) -> bool:
        """Whether nothing is to be done: an error stands in the way."""
        return self.code is not Exit.OK or bool(errors(self.problems))

    @property
    def real_changes(self) -> dict[Path, FileChange]:
        """The changes that change something."""
        return {path: change for path, change in self.changes.items() if change.before != change.after}


def patch(plan: Plan) -> str:
    """All changes as one diff, as git writes it."""
    parts = []
    for path, change in plan.real_changes.items():
        if path in plan.renamed.values():
            continue
        name, former = shown(path), plan.renamed.get(path)
        if former is None:
            parts.append(diff(name, _text(change.before), _text(change.after)))
            continue
        old = shown(former)
        parts.append(f"diff --git a/{old} b/{name}\nrename from {old}\nrename to {name}\n")
        parts.append(diff(name, _text(plan.changes[former].before), _text(change.after), former=old))
    return "".join(parts)


def carry_out(plan: Plan) -> Plan:
    """Make the changes. One that can't be made, or whose file was changed meanwhile, is an error, and those after it aren't made.

    The plan that is given back holds the changes that were made.
    """
    done: dict[Path, FileChange] = {}
    order = sorted(plan.real_changes.items(), key=lambda item: item[1].after is None)
    for path, change in order:
        try:
            now = path.read_bytes() if path.exists() else None
            if now != change.before:
                return _stopped(plan, done, path, "another program changed it meanwhile")
            if change.after is None:
                path.unlink()
            else:
                write(path, change.after.decode())
        except OSError as error:
            return _stopped(plan, done, path, error.strerror or str(error))
        done[path] = change
    return replace(plan, changes=done)


def _stopped(plan: Plan, done: Mapping[Path, FileChange], path: Path, why: str) -> Plan:
    whole = "what was written before is whole: look at it with git diff, then do it again"
    hint = whole if done else "nothing was written: see to that file, then do it again"
    problem = Problem("not-written", Severity.ERROR, f"{shown(path)} was not written: {why}", Place(shown(path)), hint)
    return replace(plan, changes=done, problems=(*plan.problems, problem), code=Exit.FOUND)


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")
