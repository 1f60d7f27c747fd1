"""JUnit XML for CI dashboards: a test case for each distinct URL, cluster and problem.

A case fails if a maintainer must act, is skipped with the reason if there is no certain verdict, and passes otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from generator.problems import Severity
from generator.reporting import sanitize
from generator.reporting.phrases import is_changed, link_sentence, member_parts, place, reason_text
from generator.results import Report
from linkcheck.model import Outcome, Verdict

__all__ = ["render"]

_SKIPPED = frozenset({Outcome.FAILING, Outcome.BLOCKED, Outcome.UNCHECKED})


def render(report: Report) -> str:
    """The report as one `testsuites` element with a suite each for problems, links and duplicates, if they were checked."""
    root = ET.Element("testsuites", name=report.tool)
    suites = [("problems", list(_problems(report)))]
    if report.run is not None:
        suites.append(("links", [_link(report, verdict) for verdict in report.verdicts]))
    if report.clusters:
        suites.append(("duplicates", list(_duplicates(report))))
    for name, cases in suites:
        suite = ET.SubElement(root, "testsuite", {"name": name, **_tally(cases)})
        if name == "links" and report.run is not None:
            suite.set("time", f"{report.run.seconds:.3f}")
            suite.set("timestamp", report.run.started.isoformat(timespec="seconds"))
        suite.extend(cases)
    for key, value in _tally([*root.iter("testcase")]).items():
        if key != "skipped":
            root.set(key, value)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _problems(report: Report) -> Iterator[ET.Element]:
    for problem in report.problems:
        message = sanitize.text(problem.message, 1000)
        case = _case(f"{sanitize.text(problem.code)}: {place(problem.place)}", sanitize.path(problem.place.path) or "-")
        text = f"{message}\n{sanitize.text(problem.hint, 1000)}".strip()
        if problem.severity is Severity.ERROR:
            ET.SubElement(case, "failure", type=sanitize.text(problem.code), message=message).text = text
        else:
            ET.SubElement(case, "system-out").text = f"{problem.severity}: {text}"
        yield case
    if not report.problems:
        yield _case("no problems", report.command)


def _link(report: Report, verdict: Verdict) -> ET.Element:
    outcome = report.outcome_of(verdict)
    where = sanitize.path(verdict.places[0].path) if verdict.places else "-"
    case = _case(sanitize.address(verdict.url), where, f"{sum(hop.seconds for hop in verdict.hops):.3f}")
    text = "\n".join([link_sentence(report, verdict), *map(place, verdict.places)])
    if outcome in report.action_outcomes:
        ET.SubElement(case, "failure", type=str(outcome), message=reason_text(report, verdict)).text = text
    elif outcome in _SKIPPED:
        note = f", {sanitize.text(verdict.excused)}" if verdict.excused is not None else ""
        ET.SubElement(case, "skipped", message=f"{outcome}: {reason_text(report, verdict)}{note}")
    elif outcome is Outcome.MOVED or verdict.fragment == "missing" or is_changed(report, verdict):
        ET.SubElement(case, "system-out").text = text
    return case


def _duplicates(report: Report) -> Iterator[ET.Element]:
    for cluster in report.clusters:
        members = [" ".join(filter(None, (place(at), *rest))) for at, *rest in map(member_parts, cluster.members)]
        case = _case(f"{sanitize.text(cluster.kind)}: {' = '.join(members)}", "duplicates")
        text = "\n".join([sanitize.text(cluster.why), *members])
        if report.fails(cluster):
            ET.SubElement(case, "failure", type=sanitize.text(cluster.kind), message=sanitize.text(cluster.why)).text = text
        else:
            ET.SubElement(case, "system-out").text = text
        yield case


def _case(name: str, classname: str, time: str = "0.000") -> ET.Element:
    return ET.Element("testcase", name=name, classname=classname, time=time)


def _tally(cases: list[ET.Element]) -> dict[str, str]:
    failures = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}
