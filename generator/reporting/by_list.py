"""A report on several lists, cut into one for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.reporting import sanitize
from generator.reporting.phrases import counted, is_changed
from generator.results import Report
from linkcheck.model import Outcome, Place, Run, Verdict

__all__ = ["ListReport", "by_list", "heading", "shared"]


@dataclass(frozen=True, slots=True)
class ListReport:
    """What there is to say of one list: its links by outcome, and a report with the verdicts that aren't simply fine, at its places."""

    name: str
    tally: Counter[Outcome]
    report: Report

    @property
    def is_fine(self) -> bool:
        """Whether nothing is to be said of the list."""
        found = self.report
        return not found.verdicts and not found.problems and not found.clusters


def by_list(report: Report) -> tuple[ListReport, ...]:
    """One report for each list, in their order; a link that several lists have is in each."""
    tallies = {name: Counter[Outcome]() for name in report.lists}
    notable: dict[str, list[Verdict]] = {name: [] for name in report.lists}
    for verdict in report.verdicts:
        outcome = report.outcome_of(verdict)
        is_fine = outcome is Outcome.ALIVE and verdict.fragment != "missing" and not is_changed(report, verdict)
        for name in dict.fromkeys(place.list for place in verdict.places):
            if name not in tallies:
                continue
            tallies[name][outcome] += 1
            if not is_fine:
                notable[name].append(replace(verdict, places=_of(verdict.places, name)))
    empty = report.run and replace(report.run, verdicts=())
    return tuple(ListReport(name, tallies[name], _cut(report, name, empty, notable[name])) for name in report.lists)


def _cut(report: Report, name: str, run: Run | None, verdicts: list[Verdict]) -> Report:
    return replace(
        report,
        lists=(),
        run=run and replace(run, verdicts=tuple(verdicts)),
        problems=tuple(problem for problem in report.problems if problem.place.list == name),
        clusters=tuple(one for one in report.clusters if one.members and one.members[0].place.list == name),
    )


def shared(report: Report) -> Report:
    """The part of a report that is about no single list: problems of the machine and the settings."""
    run = report.run and replace(report.run, verdicts=())
    problems = tuple(problem for problem in report.problems if problem.place.list not in report.lists)
    return replace(report, lists=(), run=run, problems=problems, clusters=())


def heading(found: ListReport) -> str:
    """A list's name with its links by outcome, such as "awesome-a: 120 links, 3 dead, 5 failing"."""
    parts = [f"{count:,} {outcome}" for outcome in Outcome if (count := found.tally[outcome]) and outcome is not Outcome.ALIVE]
    return f"{sanitize.text(found.name, 200)}: {', '.join([counted(sum(found.tally.values()), 'link'), *parts])}"


def _of(places: Iterable[Place], name: str) -> tuple[Place, ...]:
    return tuple(place for place in places if place.list == name)
