"""Text for a terminal or a log: problems, then links grouped by what to do, then a summary line."""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Problem, Severity
from generator.reporting import sanitize
from generator.reporting.by_list import by_list, heading, shared
from generator.reporting.code_frame import code_frame
from generator.reporting.groups import Group, Item, groups
from generator.reporting.phrases import at_most, counted, place, run_notes, summary, unchecked_reasons
from generator.results import Report
from linkcheck.model import HostTally

__all__ = ["render"]

_TONE_COLORS = {"bad": "1;31", "fix": "1;33", "wait": "1;36", "calm": "1", "dim": "2"}
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_MAX_CODES = 3
"""Maximum number of codes for which `listkeeper explain` is offered."""
_MAX_REASONS = 10


def render(report: Report) -> str:
    """The report as text, with colours only if `report.color`; nothing is said by colour alone."""
    blocks = [
        *(_lists(report) if report.lists else _findings(report)),
        list(_pages(report)),
        list(_hosts(report)) if report.verbose else [],
        list(_explain(report)),
        [*run_notes(report), _paint(report, "calm", summary(report))],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _findings(report: Report) -> list[list[str]]:
    return [list(_problems(report)), *(list(_group(report, group)) for group in groups(report)), list(_unchecked(report))]


def _lists(report: Report) -> list[list[str]]:
    """What is about no single list, then each list of which something is to be said."""
    blocks, fine = [list(_problems(shared(report)))], 0
    for found in by_list(report):
        fine += found.is_fine
        if not found.is_fine:
            blocks += [[_paint(report, "calm", f"== {heading(found)} ==")], *_findings(found.report)]
    if fine:
        blocks.append([f"{counted(fine, 'list')} of {len(report.lists):,}: nothing to say."])
    return blocks


def _problems(report: Report) -> Iterator[str]:
    problems, more = at_most(sorted(report.problems, key=_order))
    for problem in problems:
        word = _paint(report, _COLORS[problem.severity], f"{problem.severity}[{sanitize.text(problem.code)}]")
        yield f"{place(problem.place)}: {word} {sanitize.text(problem.message)}"
        row = report.rows.get((problem.place.path, problem.place.line)) if problem.severity is Severity.ERROR else None
        if row is not None:
            yield from code_frame(row, problem.place.line, problem.place.column)
        if problem.hint:
            yield f"  hint: {sanitize.text(problem.hint)}"
    yield from more


def _order(problem: Problem) -> tuple[str, int, int, str]:
    at = problem.place
    return at.path, at.line, at.column, problem.code


def _group(report: Report, group: Group) -> Iterator[str]:
    yield f"{_paint(report, group.tone, f'{group.title} ({len(group.items):,}):')} {group.advice}"
    for item in group.items:
        yield from _item(report, item)


def _item(report: Report, item: Item) -> Iterator[str]:
    for occurrence in item.occurrences:
        yield "  " + "  ".join(filter(None, (place(occurrence.place), occurrence.entry, occurrence.url)))
    if item.now:
        yield f"    now: {item.now}"
    yield _paint(report, "dim", f"    why: {item.reason}")


def _unchecked(report: Report) -> Iterator[str]:
    reasons = unchecked_reasons(report)
    if not reasons:
        return
    total = sum(number for _, number in reasons)
    yield f"{_paint(report, 'calm', f'Unchecked ({total:,}):')} Not checked, or excepted by you."
    for reason, number in reasons[:_MAX_REASONS]:
        yield f"  {number:,}  {reason}"
    rest = reasons[_MAX_REASONS:]
    if rest:
        yield f"  {sum(number for _, number in rest):,}  for {counted(len(rest), 'other reason')}"


def _pages(report: Report) -> Iterator[str]:
    for word, paths in (("changed", report.changed), ("written", report.written), ("stale", report.stale)):
        yield from (f"{word}: {sanitize.path(path)}" for path in paths)


def _hosts(report: Report) -> Iterator[str]:
    hosts = report.run.hosts if report.run else ()
    if not hosts:
        return
    rows = [("host", "links", "requests", "complaints", "most/s"), *map(_row, sorted(hosts, key=_by_requests))]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        yield "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )


def _row(host: HostTally) -> tuple[str, str, str, str, str]:
    return sanitize.text(host.host, 60), f"{host.links:,}", f"{host.requests:,}", f"{host.complaints:,}", f"{host.peak:.1f}"


def _by_requests(host: HostTally) -> tuple[int, str]:
    return -host.requests, host.host


def _explain(report: Report) -> Iterator[str]:
    by_severity = sorted(report.problems, key=lambda problem: list(Severity).index(problem.severity))
    codes = list(dict.fromkeys(sanitize.text(problem.code) for problem in by_severity))
    for code in codes[:_MAX_CODES]:
        yield f"More on this: listkeeper explain {code}"


def _paint(report: Report, tone: str, words: str) -> str:
    return f"\x1b[{_TONE_COLORS.get(tone, tone)}m{words}\x1b[0m" if report.color else words
