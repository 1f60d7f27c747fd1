"""What every format is given: all that a command found, and how much of it the reader wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from generator.problems import Problem
from linkcheck.model import Cluster, Outcome, Run, Verdict

NEEDS_ACTION = frozenset({Outcome.DEAD, Outcome.INVALID})
"""The outcomes that need a maintainer, whatever a command is told to fail on."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one command has to say. Only `check` has a `run`; `links` counts those found, `selected` those chosen of them."""

    command: str
    _: KW_ONLY
    version: str
    problems: tuple[Problem, ...] = ()
    run: Run | None = None
    clusters: tuple[Cluster, ...] = ()
    links: int = 0
    selected: int | None = None
    """None where nothing was chosen, so all were."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was looked at, by plural noun: topics, entries, pages."""
    changed: tuple[str, ...] = ()
    """Sources that the command edited."""
    stale: tuple[str, ...] = ()
    """Pages that differ from what the sources give, and were left so."""
    written: tuple[str, ...] = ()
    """Pages that the command wrote."""
    since: bool = False
    """Whether only new links were asked: then what this run alone saw decides."""
    fail_on: frozenset[Outcome] = NEEDS_ACTION
    verbose: bool = False
    color: bool = False

    @property
    def tool(self) -> str:
        """Name and version, as reports sign themselves."""
        return f"listkeeper {self.version}"

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """All verdicts of the run, one per distinct URL; none where there was no run."""
        return self.run.verdicts if self.run else ()

    @property
    def action_outcomes(self) -> frozenset[Outcome]:
        """The outcomes that need a maintainer."""
        return self.fail_on | NEEDS_ACTION

    def outcome_of(self, verdict: Verdict) -> Outcome:
        """The outcome that decides here: of all nights, or of this run alone under `since`. An excuse holds either way."""
        return verdict.seen if self.since and verdict.excused is None else verdict.outcome
