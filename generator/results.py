"""The result of a command, as every report format receives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from generator.problems import Problem
from linkcheck.model import Cluster, Outcome, Run, Verdict

NEEDS_ACTION = frozenset({Outcome.DEAD, Outcome.INVALID})
"""The outcomes that a maintainer must act on, whatever `--fail-on` says."""
NEEDS_NOTHING = frozenset({"idle", "repositories-not-asked"})
"""The codes of problems about which a maintainer may never have to do anything."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one command found. Only `check` has a `run`; `links` is the number of links found, `selected` how many of them were checked."""

    command: str
    _: KW_ONLY
    version: str
    problems: tuple[Problem, ...] = ()
    run: Run | None = None
    clusters: tuple[Cluster, ...] = ()
    links: int = 0
    selected: int | None = None
    """None if all links were checked."""
    lists: tuple[str, ...] = ()
    """The names of the lists where one check was of several."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How much was read or written, by plural noun: topics, entries, pages."""
    changed: tuple[str, ...] = ()
    """Sources that the command edited."""
    stale: tuple[str, ...] = ()
    """Files that differ from what the sources give and were not written (`--check`)."""
    written: tuple[str, ...] = ()
    """Files that the command wrote."""
    since: bool = False
    """Whether only new links were checked: then this run alone decides."""
    fail_on: frozenset[Outcome] = NEEDS_ACTION
    fail_on_duplicates: bool = False
    """Whether duplicates on pages fail as well; those of a collection always do."""
    verbose: bool = False
    color: bool = False
    rows: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Lines of sources by path and number: where one has an error, the text format shows it with a caret."""

    @property
    def tool(self) -> str:
        """Name and version of the tool."""
        return f"listkeeper {self.version}"

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """All verdicts of the run, one for each distinct URL; empty without a run."""
        return self.run.verdicts if self.run else ()

    def tally(self) -> Counter[Outcome]:
        """The number of links with each outcome, as every format says it."""
        return Counter(map(self.outcome_of, self.verdicts))

    def checked(self) -> int:
        """The number of links that this run has an own verdict on: asked, known from an earlier night, proved on disk, excused or not."""
        return sum(verdict.seen is not Outcome.UNCHECKED for verdict in self.verdicts)

    @property
    def action_problems(self) -> tuple[Problem, ...]:
        """The problems that a maintainer may have to act on."""
        return tuple(problem for problem in self.problems if problem.code not in NEEDS_NOTHING)

    @property
    def action_outcomes(self) -> frozenset[Outcome]:
        """The outcomes that a maintainer must act on."""
        return self.fail_on | NEEDS_ACTION

    def fails(self, cluster: Cluster) -> bool:
        """Whether a cluster must be acted on: certain, and of entries of a collection. A page may link to one address twice."""
        entries = sum(bool(one.id or one.place.entry) for one in cluster.members)
        return cluster.certainty == "certain" and (entries > 1 or self.fail_on_duplicates)

    def outcome_of(self, verdict: Verdict) -> Outcome:
        """The outcome that counts: of all nights, or of this run alone with `since`. An exception applies either way."""
        return verdict.seen if self.since and verdict.excused is None else verdict.outcome
