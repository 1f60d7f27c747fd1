"""The machine formats, which are contracts."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.problems import Problem, Severity
from generator.reporting import FORMATS, parts, render
from generator.reporting.explanations import explain
from generator.reporting.reading import read_report
from generator.results import Report
from linkcheck.model import Candidate, Cluster, Hop, Outcome, Place
from tests.reporting.samples import build, check, found, night

SCHEMA = json.loads((Path(__file__).parents[2] / "generator/reporting/check.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def objects(data, path=()):
    """Every object of a document with its path."""
    if isinstance(data, dict):
        yield path, data
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from objects(value, (*path, key))


def test_the_schema_is_valid():
    VALIDATOR.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "report", [night(), check(), check(found("x", Outcome.UNCHECKED), run={"offline": True, "void": "offline", "confirm": 1})]
)
def test_check_follows_its_schema(report):
    VALIDATOR.validate(json.loads(render(report, "json")))


def test_the_schema_misses_no_key_and_allows_no_other():
    whole = render(night(), "json")
    seen = 0
    for path, found_object in objects(json.loads(whole)):
        for key in found_object:
            for change in ("without", "renamed"):
                data = json.loads(whole)
                here = data
                for step in path:
                    here = here[step]
                value = here.pop(key)
                if change == "renamed":
                    here[f"{key}_"] = value
                assert not VALIDATOR.is_valid(data), (path, key, change)
                seen += 1
    assert seen > 300


def test_the_summary_counts_distinct_urls_and_adds_up():
    summary = json.loads(render(night(), "json"))["summary"]
    assert summary.pop("links") == sum(summary.values()) == 12
    assert set(summary) == set(Outcome)


def test_the_other_commands_share_problems_and_duplicates():
    report = replace(build(), clusters=night().clusters, problems=night().problems)
    data = json.loads(render(report, "json"))
    assert (data["version"], data["tool"], data["command"]) == (1, "listkeeper 0.1.0", "build")
    whole = json.loads(render(night(), "json"))
    assert data["duplicates"] == whole["duplicates"]
    assert data["problems"] == [one for one in whole["problems"] if one["code"] != "link-changed"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, ["link-changed", "link-changed"]),
        ({"fragment": "missing"}, ["link-changed", "link-changed"]),
        ({"changed_from": ""}, []),
        ({"outcome": Outcome.UNCHECKED, "excused": "known"}, []),
    ],
)
def test_the_problems_have_a_note_at_each_place_of_a_changed_page(change, codes):
    places = (Place("a.yaml", 2, 3, "one", "url"), Place("b.yaml", 4, 5, "two", "links"))
    changed = found("https://e.org", Outcome.ALIVE, "answered", "content was seen", title="Casino", changed_from="Kites")
    report = check(replace(changed, places=places, **change))
    problems = json.loads(render(report, "json"))["problems"]
    assert [one["code"] for one in problems] == codes
    assert [(one["place"]["path"], one["place"]["line"], one["place"]["entry"]) for one in problems] == [
        ("a.yaml", 2, "one"), ("b.yaml", 4, "two"),
    ][: len(codes)]  # fmt: skip
    for one in problems:
        assert one["severity"] == "note"
        assert '"Casino"' in one["message"]
        assert '"Kites"' in one["message"]
        assert explain(one["code"])
    again = read_report(render(report, "json").encode())
    assert json.loads(render(again, "json"))["problems"] == problems
    assert render(again, "text") == render(report, "text")


def test_json_lines_have_the_content_of_the_document():
    whole = json.loads(render(night(), "json"))
    lines = [json.loads(line) for line in render(night(), "jsonl").splitlines()]
    for kind, name in (("verdict", "verdicts"), ("duplicate", "duplicates"), ("problem", "problems")):
        assert [
            {key: value for key, value in line.items() if key != "type"} for line in lines if line["type"] == kind
        ] == whole[name]
    assert lines[-1] == {"type": "summary", **{key: whole[key] for key in ("version", "tool", "run", "summary")}}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("lists/theory.yaml", "lists/theory.yaml"),
        ("./a b/ü#1?.md", "a%20b/%C3%BC%231%3F.md"),
        ("data:x/y.md", "data%3Ax/y.md"),
        ("../up.md", "../up.md"),
        ("/abs/100%.md", "file:///abs/100%25.md"),
        ("C:/lists/a.yaml", "file:///C:/lists/a.yaml"),
    ],
)
def test_sarif_names_files_by_uri(path, uri):
    data = json.loads(render(check(found("https://e.org", Outcome.DEAD, "rule", "reason", Place(path, 2, 3))), "sarif"))
    (result,) = data["runs"][0]["results"]
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 2, "startColumn": 3}}}
    ]


def test_sarif_fingerprints_ignore_lines():
    def print_of(line, url="https://e.org/1"):
        data = json.loads(
            render(check(found(url, Outcome.DEAD, "rule", "reason", Place("a.yaml", line, 1, "one", "url"))), "sarif")
        )
        return data["runs"][0]["results"][0]["partialFingerprints"]

    assert print_of(1) == print_of(99)
    assert print_of(1) != print_of(1, "https://e.org/2")


def test_fail_on_applies_to_every_format():
    report = check(found("https://e.org", Outcome.BLOCKED), fail_on=frozenset({Outcome.BLOCKED}))
    assert render(report, "github").startswith("::error ")
    assert '"level": "error"' in render(report, "sarif")
    assert "<failure" in render(report, "junit")
    calm = replace(report, fail_on=frozenset({Outcome.DEAD}))
    assert "::" not in render(calm, "github")
    assert "<failure" not in render(calm, "junit")


def test_standard_input_is_not_a_file_in_annotations():
    report = check(found("https://e.org", Outcome.DEAD, "rule", "reason", Place("-", 4, 2)))
    assert render(report, "github").startswith("::error line=4,col=2,title=link-dead::")
    assert "locations" not in json.loads(render(report, "sarif"))["runs"][0]["results"][0]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("report", [Report("validate", version="1"), check()], ids=["validate", "check"])
def test_every_format_can_be_empty(name, report):
    assert render(report, name).endswith("\n")


def test_formats_are_imported_when_asked_for():
    code = (
        "import sys, generator.reporting, generator.checking.progress\n"
        "early = {name for name in sys.modules if name.startswith(('rich', 'xml', 'generator.reporting.'))}\n"
        "assert not early, early\n"
        "from generator.results import Report\n"
        "[generator.reporting.render(Report('validate', version='1'), name) for name in generator.reporting.FORMATS]\n"
        "late = {name for name in sys.modules if name.partition('.')[0] in ('rich', 'click', 'httpx', 'yaml')}\n"
        "assert not late, late\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_code_quality_report_has_what_gitlab_needs():
    twice = Problem("empty-value", Severity.ERROR, "title is empty", Place("lists/theory.yaml", 3, 5, "one", "title"))
    report = Report(
        "validate",
        version="0.1.0",
        problems=(twice, replace(twice, place=replace(twice.place, line=9)), replace(twice, place=Place(""))),
    )
    issues = json.loads(render(report, "codequality")) + json.loads(render(night(), "codequality"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), "GitLab drops issues with the same fingerprint"
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["description"]
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["location"]["path"]
        assert not issue["location"]["path"].startswith(("/", "./"))


SIZES = st.sampled_from([1, 250, 1999, 2001, 19_999, 20_001, 90_000])
LONG = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda unit, times: unit * times, st.sampled_from(["a", "é", "\x00", "\ud800", "\u202e", "%", "::", "/", "a b"]), SIZES
    ),
)


@st.composite
def reports(draw):
    """Reports whose texts have any characters and lengths."""
    outcomes = st.sampled_from(list(Outcome))
    places = st.builds(Place, LONG, st.integers(0, 10**6), st.integers(0, 10**6), st.none() | LONG, st.none() | LONG)
    verdicts = st.builds(
        lambda url, outcome, reason, final_url, title, excused, hop, place: found(
            url, outcome, "rule", reason, place, final_url=final_url, title=title, excused=excused, hops=(Hop(hop, 200, 0.1),)
        ),
        st.builds("http://127.0.0.1/?{}".format, LONG), outcomes, LONG, LONG, LONG, st.none() | LONG, LONG, places,
    )  # fmt: skip
    problems = st.builds(Problem, st.just("some-code"), st.sampled_from(list(Severity)), LONG, places, LONG)
    members = st.lists(st.builds(Candidate, places), max_size=2).map(tuple)
    clusters = st.builds(Cluster, st.just("same-url"), st.just("certain"), LONG, members)
    some = st.lists(verdicts, max_size=3)
    return check(
        *draw(some),
        problems=tuple(draw(st.lists(problems, max_size=2))),
        clusters=tuple(draw(st.lists(clusters, max_size=2))),
        run={"void": draw(st.none() | LONG)},
    )


@given(reports())
@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_can_be_read(report):
    """Otherwise one entry ends every night."""
    written = render(report, "json")
    read = read_report(written.encode("utf-8", "surrogatepass"))
    assert json.loads(render(read, "json")) == json.loads(written)
    render(read, "markdown")


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_verdicts_are_written_one_by_one(form):
    urls = [f'"{one.url}"' for one in night().verdicts]
    its = list(parts(night(), form))
    assert "".join(its) == render(night(), form)
    assert max(sum(url in part for url in dict.fromkeys(urls)) for part in its if '"outcome"' in part and '"rule"' in part) <= 2


def test_the_parts_of_a_document_are_one_document():
    for report in (night(), replace(night(), run=None), replace(night(), run=replace(night().run, verdicts=()))):
        text = render(report, "json")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
