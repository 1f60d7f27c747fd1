"""The sentences that all report formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol, TypeVar

from generator.problems import Problem, Severity, counted
from generator.reporting import sanitize
from generator.results import NEEDS_ACTION, Report
from linkcheck.model import Candidate, FailureKind, Outcome, Place, Verdict

__all__ = [
    "CHANGED",
    "CHANGED_HINT",
    "MAX_OF_CODE",
    "action_count",
    "at_most",
    "change_text",
    "changed_sentence",
    "counted",
    "entry_id",
    "is_changed",
    "link_sentence",
    "member_parts",
    "network_advice",
    "offline_count",
    "place",
    "problem_lines",
    "reason_text",
    "run_notes",
    "scope_text",
    "severity_of",
    "summary",
    "unchecked_reasons",
]

CHANGED = "link-changed"
CHANGED_HINT = "look whether it is still the work"
MAX_OF_CODE = 200
"""Maximum number of problems of one code that are printed in full; the rest is counted."""


class _HasCode(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> Severity: ...


_Coded = TypeVar("_Coded", bound=_HasCode)


_ADVICE = {
    FailureKind.PROXY: "name an http:// or https:// proxy that works in http_proxy and https_proxy, or unset them",
    FailureKind.TLS_UNKNOWN_ISSUER: "trust its certificate authority with --ca FILE or SSL_CERT_FILE",
    FailureKind.NO_DNS: "look at this machine's name server, or name another with --dns ADDRESS",
}


def network_advice(kind: FailureKind | None) -> str:
    """What to do where this machine's network fails in this way."""
    return _ADVICE.get(kind, "look for a firewall, or for a proxy that the environment doesn't name") if kind else ""


def place(at: Place) -> str:
    """`path:line:column`, as far as they are known."""
    where = [sanitize.path(at.path, 300) or "-", *(str(number) for number in (at.line, at.column if at.line else 0) if number)]
    return ":".join(where)


def at_most(items: Iterable[_Coded]) -> tuple[list[_Coded], list[str]]:
    """The first `MAX_OF_CODE` problems or findings of each code, and a line for each code that counts those left out."""
    kept, seen = list[_Coded](), Counter[tuple[Severity, str]]()
    for item in items:
        code = item.severity, item.code
        seen[code] += 1
        if seen[code] <= MAX_OF_CODE:
            kept.append(item)
    more = ((code, number - MAX_OF_CODE) for code, number in seen.items() if number > MAX_OF_CODE)
    return kept, [f"… and {number:,} more {severity}[{sanitize.text(code)}]" for (severity, code), number in more]


def problem_lines(problem: Problem, limit: int = 300) -> list[str]:
    """A problem as one line, and its hint as a second; each text at most `limit` characters long."""
    line = f"{place(problem.place)}: {problem.severity}[{sanitize.text(problem.code)}] {sanitize.text(problem.message, limit)}"
    return [line, *([f"  hint: {sanitize.text(problem.hint, limit)}"] if problem.hint else [])]


def entry_id(at: Place) -> str:
    """The id of the entry at a place; "" if there is none."""
    return sanitize.text(at.entry or "", 80)


def reason_text(report: Report, verdict: Verdict) -> str:
    """The verdict's reason, with the number of nights so far or the date when the link was last alive."""
    reason = sanitize.text(verdict.reason)
    additions = []
    outcome, run = report.outcome_of(verdict), report.run
    if outcome is Outcome.FAILING and run is not None:
        additions.append(_nights(verdict, run.confirm))
    if outcome is Outcome.DEAD and verdict.nights > 1:
        additions.append(_counted_nights(verdict))
    if outcome in {Outcome.FAILING, Outcome.BLOCKED, Outcome.DEAD} and verdict.last_alive is not None:
        additions.append(f"last seen alive on {verdict.last_alive.isoformat()}")
    return "; ".join([reason or "no reason known", *additions])


def link_sentence(report: Report, verdict: Verdict) -> str:
    """One sentence on a link that needs attention, with its URL."""
    outcome, url = report.outcome_of(verdict), sanitize.address(verdict.url, 2000)
    if outcome is Outcome.MOVED:
        return (
            f"Moved link {url}: now {sanitize.address(verdict.final_url or verdict.url, 2000)} ({reason_text(report, verdict)})"
        )
    if outcome is Outcome.ALIVE and verdict.fragment == "missing":
        return f"Missing fragment in {url}: the page is alive, but has no such fragment"
    if is_changed(report, verdict):
        return changed_sentence(verdict)
    return f"{str(outcome).capitalize()} link {url}: {reason_text(report, verdict)}"


def is_changed(report: Report, verdict: Verdict) -> bool:
    """Whether a page is alive, but may be another work than on earlier nights."""
    return bool(verdict.changed_from) and report.outcome_of(verdict) is Outcome.ALIVE


def changed_sentence(verdict: Verdict) -> str:
    """One sentence on a changed page, with its URL."""
    return f"Changed page {sanitize.address(verdict.url, 2000)}: {change_text(verdict)}"


def change_text(verdict: Verdict) -> str:
    """The titles that a changed page has now and had before."""
    now, before = sanitize.text(verdict.title, 200), sanitize.text(verdict.changed_from, 200)
    return f'its title is now "{now}", and was "{before}"'


def severity_of(report: Report, verdict: Verdict) -> Severity | None:
    """The severity of a verdict, for formats that have severities only; None if there is nothing to do."""
    outcome = report.outcome_of(verdict)
    if outcome in report.fail_on:
        return Severity.ERROR
    if outcome in NEEDS_ACTION or outcome is Outcome.MOVED or (outcome is Outcome.ALIVE and verdict.fragment == "missing"):
        return Severity.WARNING
    return Severity.NOTE if outcome is Outcome.FAILING or is_changed(report, verdict) else None


def member_parts(of: Candidate) -> tuple[Place, str, str]:
    """Place, entry id and first URL of an entry in a cluster."""
    return of.place, sanitize.text(of.id or of.place.entry or "", 80), sanitize.address(of.urls[0], 2000) if of.urls else ""


def unchecked_reasons(report: Report) -> list[tuple[str, int]]:
    """Why links were not checked, or were excepted, with the number of links for each reason, largest first."""
    reasons = Counter(
        f"excused: {sanitize.text(verdict.excused)}" if verdict.excused is not None else sanitize.text(verdict.reason)
        for verdict in report.verdicts
        if report.outcome_of(verdict) is Outcome.UNCHECKED and verdict.rule != "offline"
    )
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0]))


def scope_text(report: Report) -> str:
    """How much the command read, such as "22 topics, 316 entries"; "" if it doesn't say."""
    return ", ".join(counted(number, _singular(noun), noun) for noun, number in report.counts.items())


def action_count(report: Report) -> int:
    """The number of things that a maintainer must fix."""
    verdicts = sum(report.outcome_of(verdict) in report.action_outcomes for verdict in report.verdicts)
    duplicates = sum(map(report.fails, report.clusters))
    return verdicts + duplicates + sum(problem.severity is Severity.ERROR for problem in report.problems)


def offline_count(report: Report) -> int:
    """The number of links without a verdict because the machine was offline."""
    return sum(verdict.rule == "offline" for verdict in report.verdicts)


def run_notes(report: Report) -> list[str]:
    """Notes on the run as a whole that limit its verdicts."""
    run, found = report.run, []
    if run is None:
        return []
    if run.void and not run.offline:
        found.append(f"This run doesn't count: {sanitize.text(run.void)}.")
    if run.void_kind is not None:
        found.append(f"What to do: {network_advice(run.void_kind)}; listkeeper doctor tests the network.")
    if report.selected:
        found.append(f"{report.selected:,} of {counted(report.links, 'link')} selected.")
    if run.confirm <= 1 and any(report.outcome_of(verdict) is Outcome.DEAD for verdict in report.verdicts):
        found.append("Decided from this run alone, in two passes: there is no history.")
    return found


def summary(report: Report) -> str:
    """The last line of a report: what is left to do."""
    if report.run is None:
        return _sources(report)
    if report.run.offline:
        left = offline_count(report)
        offline = f"Offline: no host name resolves here, so nothing was concluded about {counted(left, 'link')}."
        return f"{offline} {_needs(action_count(report))}." if action_count(report) else offline
    if report.selected == 0 and report.links:
        return f"0 of {counted(report.links, 'link')} selected: nothing was checked."
    if not report.verdicts:
        return "No links were found, so nothing was checked."
    return _links(report)


def _links(report: Report) -> str:
    tally = Counter(
        report.outcome_of(verdict) for verdict in report.verdicts if report.outcome_of(verdict) not in report.action_outcomes
    )
    failing = tally[Outcome.FAILING]
    parts = [
        _needs(action_count(report)),
        f"{tally[Outcome.MOVED]:,} can be fixed" if tally[Outcome.MOVED] else "",
        counted(failing, "waits for another night", "wait for another night") if failing else "",
        f"{tally[Outcome.ALIVE]:,} fine" if tally[Outcome.ALIVE] else "",
    ]
    anchors = sum(verdict.fragment == "missing" and report.outcome_of(verdict) is Outcome.ALIVE for verdict in report.verdicts)
    asides = [
        f"{tally[Outcome.BLOCKED]:,} blocked" if tally[Outcome.BLOCKED] else "",
        f"{tally[Outcome.UNCHECKED]:,} unchecked" if tally[Outcome.UNCHECKED] else "",
        counted(anchors, "missing fragment") if anchors else "",
    ]
    aside = ", ".join(filter(None, asides))
    return ", ".join(filter(None, parts)) + (f" ({aside})" if aside else "")


def _needs(number: int) -> str:
    return counted(number, "needs you", "need you") if number else "Nothing needs you"


def _sources(report: Report) -> str:
    tally = Counter(problem.severity for problem in report.problems)
    certain = sum(cluster.certainty == "certain" for cluster in report.clusters)
    found = [
        counted(tally[Severity.ERROR], "error") if tally[Severity.ERROR] else "",
        counted(tally[Severity.WARNING], "warning") if tally[Severity.WARNING] else "",
        counted(tally[Severity.NOTE], "note") if tally[Severity.NOTE] else "",
        counted(certain, "certain duplicate") if certain else "",
        counted(len(report.clusters) - certain, "probable duplicate") if len(report.clusters) > certain else "",
    ]
    nothing = "No duplicates" if report.command == "duplicates" else "No problems"
    scope = scope_text(report)
    noun = "file" if "data files" in report.counts else "page"
    done = [
        _nothing_written(report, tally[Severity.ERROR]),
        counted(len(report.written), f"{noun} written", f"{noun}s written") if report.written else "",
        counted(len(report.stale), f"{noun} is stale", f"{noun}s are stale") if report.stale else "",
        counted(len(report.changed), "file changed", "files changed") if report.changed else "",
    ]
    return "; ".join(filter(None, [(", ".join(filter(None, found)) or nothing) + (f" in {scope}" if scope else ""), *done]))


def _nothing_written(report: Report, number: int) -> str:
    """Says that a build stopped at errors before it wrote anything: only then has it counted nothing."""
    if report.command != "build" or not number or report.counts:
        return ""
    return f"nothing was written: fix {'the error' if number == 1 else 'the errors'} first"


def _nights(verdict: Verdict, confirm: int) -> str:
    """How many nights a failing link has failed, of those that prove it dead."""
    nights = max(verdict.nights, 1)
    if confirm <= 1:
        return "checked in this run only"
    if not verdict.needed:
        return f"failing for {counted(nights, 'night')}"
    if nights >= verdict.needed:
        return f"{nights} nights of the {verdict.needed} that prove it, but too close together"
    among = f" ({_counted_nights(verdict)})" if verdict.of_nights > nights else ""
    return f"night {nights} of the {verdict.needed} that prove it{among}"


def _counted_nights(verdict: Verdict) -> str:
    """The nights that count: "3 nights in a row", or "3 of the last 7 nights" where others lie between them."""
    if verdict.of_nights > verdict.nights:
        return f"{verdict.nights} of the last {verdict.of_nights} nights"
    return f"{counted(verdict.nights, 'night')} in a row"


def _singular(noun: str) -> str:
    """The singular of "entries", "data files" or "links found"."""
    first, _, rest = noun.partition(" ")
    if rest and not rest.endswith("s"):
        return f"{_singular(first)} {rest}"
    return f"{noun.removesuffix('ies')}y" if noun.endswith("ies") else noun.removesuffix("s")
