"""Hostile texts don't break any format, as independent readers of each confirm."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import cmarkgfm
import jsonschema
import mistune
import pytest
from cmarkgfm.cmark import Options

from generator.reporting import FORMATS, render, sanitize
from generator.reporting.annotations import findings
from tests.reporting.samples import HOSTILE, hostile

SCHEMA = json.loads((Path(__file__).parents[2] / "generator/reporting/check.schema.json").read_text(encoding="utf-8"))
UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\uffff]|[\U000e0000-\U000e007f]"
)
COMMANDS = {
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "endgroup",
    "add-mask",
    "stop-commands",
    "set-output",
    "set-env",
    "add-path",
}


def runner_command(line):
    """The workflow command in a line of a log: (command, properties, data), or None."""
    stripped = line.lstrip()
    if stripped.startswith("::") and (end := stripped.find("::", 2)) >= 0:
        name, _, properties_text = stripped[2:end].partition(" ")
        if name in COMMANDS:
            pairs = [pair.split("=", 1) for pair in properties_text.split(",") if "=" in pair]
            return name, {key: undo(value, ":", ",") for key, value in pairs}, undo(stripped[end + 2 :])
    found = re.search(r"##(?:vso)?\[([^\] ]*)[^\]]*\]", line)
    return (found[1], {}, "") if found else None


def undo(value, *more):
    for char in ("\r", "\n", *more, "%"):
        value = value.replace(f"%{ord(char):02X}", char)
    return value


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_emits_control_characters(name):
    text = render(hostile(), name)
    text.encode("utf-8")
    assert not UNSAFE.search(text)
    assert max(map(len, text.split("\n"))) < 60_000


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "github"])
def test_no_other_format_contains_log_commands(name):
    assert [line for line in render(hostile(), name).split("\n") if runner_command(line)] == []


def test_each_annotation_is_one_command():
    report = hostile()
    *lines, last = render(report, "github").splitlines()
    found = [runner_command(line) for line in lines]
    expected = findings(report)
    assert len(found) == len(expected) > 100
    for (command, properties, data), notice in zip(found, expected, strict=True):
        assert command == {"error": "error", "warning": "warning", "note": "notice"}[notice.severity]
        assert set(properties) <= {"file", "line", "col", "title"}
        assert properties["title"] == notice.code
        assert properties["file"] == sanitize.path(notice.place.path)
        assert properties.get("line", "0") == str(notice.place.line)
        assert data == "\n".join(filter(None, (notice.message, notice.hint)))
    assert runner_command(last) is None


def test_json_follows_its_schema_and_keeps_every_url():
    data = json.loads(render(hostile(), "json"))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    urls = {verdict["url"] for verdict in data["verdicts"]}
    assert len(urls) == len(hostile().verdicts)
    assert {unquote(url, errors="surrogatepass") for url in urls} >= {
        f"https://e.org/dead/{text}" for text in HOSTILE if "##" not in text and "%" not in text
    }
    assert all(len(verdict["title"]) <= 2000 for verdict in data["verdicts"])


def test_each_json_line_is_an_object():
    text = render(hostile(), "jsonl")
    kinds = [json.loads(line)["type"] for line in text.removesuffix("\n").split("\n")]
    assert kinds[-1] == "summary"
    assert kinds.count("verdict") == len(hostile().verdicts)
    assert text.count("\n") == len(text.splitlines())


def test_sarif_has_its_required_properties():
    report = hostile()
    data = json.loads(render(report, "sarif"))
    assert data["version"] == "2.1.0"
    (made,) = data["runs"]
    rules = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in made["tool"]["driver"]["rules"])
    assert len(made["results"]) == len(findings(report))
    for result in made["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
            assert not urlsplit(uri).scheme
            region = location["physicalLocation"].get("region", {"startLine": 1})
            assert min(region.values()) >= 1


def test_junit_is_well_formed_and_adds_up():
    report = hostile()
    root = ET.fromstring(render(report, "junit"))
    cases = list(root.iter("testcase"))
    assert len(cases) == len(report.verdicts) + len(report.problems) + len(report.clusters)
    assert root.get("tests") == str(len(cases))
    assert root.get("failures") == str(len(list(root.iter("failure"))))
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "system-out",
    }


class Page(HTMLParser):
    """The tags, links, comments and the text outside code of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.comments, self.prose, self.depth = set(), [], [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.depth += tag == "code"
        self.links += [value for key, value in attrs if key == "href"]
        assert not [key for key, _ in attrs if key != "href"]

    def handle_endtag(self, tag):
        self.depth -= tag == "code"

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_data(self, data):
        if not self.depth:
            self.prose.append(data)


def github_page(text):
    return cmarkgfm.markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_UNSAFE, extensions=["table", "autolink", "strikethrough"]
    )


READERS = {
    "cmark-gfm": github_page,
    "mistune": mistune.create_markdown(escape=False, plugins=["url", "strikethrough", "table", "math"]),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_markdown_shows_hostile_text_as_text(reader, number):
    text = render(hostile(HOSTILE[number : number + 1]), "markdown")
    assert "more\n" not in text
    page = Page()
    page.feed(reader(text))
    assert page.comments == [" listkeeper-report "]
    assert {"p", "em", "h3", "ul", "li", "code"} <= page.tags <= {"p", "strong", "em", "h3", "ul", "li", "code", "a"}
    assert {urlsplit(link).scheme for link in page.links} <= {"http", "https"}
    assert {urlsplit(link).hostname for link in page.links} <= {"e.org", "evil.example"}
    assert len(re.findall("^### ", text, re.MULTILINE)) == 10
    prose = "".join(page.prose)
    assert not re.search(r"[@#<>*_`|$\\]|://|www\.|GH-\d|[0-9a-f]{7}", prose)


def test_colour_adds_only_colour():
    report = hostile()
    plain = render(report, "text")
    colored = render(replace(report, color=True), "text")
    assert colored != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
