"""The findings of a report one by one, each at its line; the GitHub, SARIF and code quality formats are made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from generator.problems import Severity
from generator.reporting import sanitize
from generator.reporting.phrases import CHANGED, CHANGED_HINT, link_sentence, member_parts, place, severity_of
from generator.results import Report
from linkcheck.model import Outcome, Place, Verdict

__all__ = ["Finding", "findings"]

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one place. `about` identifies it without its line, so that it is recognised in the next report."""

    code: str
    severity: Severity
    message: str
    hint: str
    place: Place
    about: str

    @property
    def fingerprint(self) -> str:
        """A hash of everything but the line, so that a finding that moved isn't a new one."""
        seed = "\0".join(
            (self.code, sanitize.path(self.place.path), self.place.entry or "", self.place.field or "", self.about)
        )
        return sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def findings(report: Report) -> tuple[Finding, ...]:
    """All findings that a maintainer can act on, the most severe first, then by place; a link has one for each of its places."""
    found = [*_problems(report), *_links(report), *_duplicates(report)]
    return tuple(
        sorted(found, key=lambda one: (_RANK[one.severity], one.place.path, one.place.line, one.place.column, one.code))
    )


def _problems(report: Report) -> Iterator[Finding]:
    for problem in report.problems:
        message, hint = sanitize.text(problem.message, 1000), sanitize.text(problem.hint, 1000)
        yield Finding(sanitize.text(problem.code, 80), problem.severity, message, hint, problem.place, message)


def _links(report: Report) -> Iterator[Finding]:
    for verdict in report.verdicts:
        severity = severity_of(report, verdict)
        if severity is None:
            continue
        code, hint = _code(report, verdict)
        for at in verdict.places or (Place(""),):
            yield Finding(code, severity, link_sentence(report, verdict), hint, at, sanitize.address(verdict.url))


def _code(report: Report, verdict: Verdict) -> tuple[str, str]:
    outcome = report.outcome_of(verdict)
    alive = "link-fragment" if verdict.fragment == "missing" else CHANGED
    code = alive if outcome is Outcome.ALIVE else f"link-{outcome}"
    hints = {
        "link-dead": "remove the link, or give an archived copy as archive_url",
        "link-invalid": "correct the URL",
        "link-moved": "write the new URL in its place",
        "link-fragment": "correct or drop what follows #",
        CHANGED: CHANGED_HINT,
    }
    return code, hints.get(code, "")


def _duplicates(report: Report) -> Iterator[Finding]:
    for cluster in report.clusters:
        certain, fails = cluster.certainty == "certain", report.fails(cluster)
        first, *others = [member_parts(one) for one in cluster.members] or [(Place(""), "", "")]
        known = " ".join(filter(None, (place(first[0]), first[1])))
        reason = sanitize.text(cluster.why)
        if certain and not fails:
            hint = "nothing to do, unless it is a mistake"
        else:
            hint = (
                "keep one entry; also_in shows it in other topics"
                if certain
                else "if they differ, say so with not_duplicate_of"
            )
        for at, entry, url in others:
            message = f"{'Certain' if certain else 'Probable'} duplicate of {known}: {reason}"
            severity = Severity.ERROR if fails else Severity.NOTE if certain else Severity.WARNING
            yield Finding(f"duplicate-{sanitize.text(cluster.kind, 80)}", severity, message, hint, at, f"{entry} {url}")
