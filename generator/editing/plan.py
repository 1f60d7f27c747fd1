"""The file changes of a command: shown as a diff, then written, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.editing.diff import diff
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, errors
from generator.sources.files import remove_leftovers, shown, write
from linkcheck.model import Cluster

__all__ = ["FileChange", "Plan", "carry_out", "patch"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """The bytes of a file before and after; None where it doesn't exist."""

    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes by path in the order of writing, with problems and notes to print; `clusters` are existing entries of the same work."""

    changes: Mapping[Path, FileChange] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    code: Exit = Exit.OK
    incomplete: bool = False
    """Whether a part of the request can't be done: the rest is, and the exit code is 1."""
    renamed: Mapping[Path, Path] = field(default_factory=dict)
    """Old paths of renamed files, by the new path."""

    @property
    def refused(self) -> bool:
        """Whether nothing may be written because of an error."""
        return self.code is not Exit.OK or bool(errors(self.problems))

    @property
    def real_changes(self) -> dict[Path, FileChange]:
        """The changes whose bytes differ."""
        return {path: change for path, change in self.changes.items() if change.before != change.after}


def patch(plan: Plan) -> str:
    """All changes as one patch in git's format."""
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
    """Write the changes, stopping with an error at the first that fails or whose file was changed since it was read.

    Returns the plan with the changes that were made.
    """
    done: dict[Path, FileChange] = {}
    remove_leftovers(plan.changes)
    order = sorted(plan.real_changes.items(), key=lambda item: item[1].after is None)
    for path, change in order:
        try:
            now = path.read_bytes() if path.exists() else None
            if now != change.before:
                return _stopped(plan, done, path, "another program changed it in the meantime")
            if change.after is None:
                path.unlink()
            else:
                write(path, change.after.decode())
        except OSError as error:
            return _stopped(plan, done, path, error.strerror or str(error))
        done[path] = change
    return replace(plan, changes=done)


def _stopped(plan: Plan, done: Mapping[Path, FileChange], path: Path, why: str) -> Plan:
    hint = (
        "the files written before it are complete: look at git diff, then run it again"
        if done
        else "nothing was written: check that file, then run it again"
    )
    problem = Problem("not-written", Severity.ERROR, f"{shown(path)} was not written: {why}", Place(shown(path)), hint)
    return replace(plan, changes=done, problems=(*plan.problems, problem), code=Exit.FOUND)


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")
