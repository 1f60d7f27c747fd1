"""Several lists in one check: what is asked once, whose settings hold, and what each list is told."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from generator.checking.fleet import read_all
from generator.sources.config import read_fleet
from linkcheck.engine.targets import own_settings, rule_for
from linkcheck.model import Link, Place
from linkcheck.policy import HostRule, Policy
from tests.commands.command import listkeeper
from tests.commands.test_check_command import LOCAL, server  # noqa: F401  # the fixture

TODAY = date(2026, 11, 21)
TOPIC = "title: Things\nentries:\n"


def collection(folder, *urls, settings=""):
    (folder / "lists").mkdir(parents=True)
    (folder / "lists" / "things.yaml").write_text(TOPIC + "".join(f"  - {url}\n" for url in urls))
    if settings:
        (folder / "lists" / "_collection.yaml").write_text(settings)


def page(path, *urls):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Notes\n\n" + "".join(f"- [A link]({url})\n" for url in urls))


def test_a_url_of_many_lists_is_asked_once_and_reported_to_each(tmp_path, monkeypatch, server):  # noqa: F811
    collection(tmp_path / "a", f"{server.base}/200?shared", f"{server.base}/403?shared")
    collection(tmp_path / "b", f"{server.base}/403?shared", f"{server.base}/200?b")
    page(tmp_path / "notes" / "one.md", f"{server.base}/403?shared")
    page(tmp_path / "notes" / "deep" / "two.md", f"{server.base}/200?shared")
    ran = listkeeper(monkeypatch, tmp_path, "check", "a", "b", "notes", *LOCAL, "--format", "json", "--no-history")
    data = json.loads(ran.out)
    assert ran.code == 0
    assert data["lists"] == ["a", "b", "notes"]
    assert max(Counter(server.asked).values()) <= 2  # a refusal is asked again as a program
    places = {one["url"].rpartition("/")[2]: [(at["list"], at["path"]) for at in one["places"]] for one in data["verdicts"]}
    assert places["403?shared"] == [
        ("a", "a/lists/things.yaml"), ("b", "b/lists/things.yaml"), ("notes", "notes/one.md"),
    ]  # fmt: skip
    assert places["200?shared"] == [("a", "a/lists/things.yaml"), ("notes", "notes/deep/two.md")]
    assert data["duplicates"] == []


def test_the_report_is_by_list(tmp_path, monkeypatch, server):  # noqa: F811
    collection(tmp_path / "a", f"{server.base}/404?x", f"{server.base}/200?y")
    collection(tmp_path / "b", f"{server.base}/404?x")
    collection(tmp_path / "c", f"{server.base}/200?y")
    ran = listkeeper(monkeypatch, tmp_path, "check", "a", "b", "c", *LOCAL, "--no-history")
    first, second, rest = ran.out.partition("== b: 1 link, 1 dead ==")
    assert "== a: 2 links, 1 dead ==" in first
    assert "a/lists/things.yaml" in first
    assert "b/lists/things.yaml" not in first
    assert second
    assert "b/lists/things.yaml" in rest
    assert "a/lists/things.yaml" not in rest
    assert "== c" not in ran.out
    assert "1 list of 3: nothing to say." in rest
    markdown = listkeeper(monkeypatch, tmp_path, "check", "a", "b", "c", *LOCAL, "--no-history", "--format", "markdown").out
    assert markdown.index("## `a: 2 links, 1 dead`" if "## `a" in markdown else "## a: 2 links, 1 dead") < markdown.index(
        "b: 1 link, 1 dead"
    )


def test_duplicates_are_those_within_a_list(tmp_path, monkeypatch, server):  # noqa: F811
    collection(tmp_path / "a", f"{server.base}/200?x", f"{server.base}/200?x")
    collection(tmp_path / "b", f"{server.base}/200?x")
    data = json.loads(listkeeper(monkeypatch, tmp_path, "check", "a", "b", *LOCAL, "--no-history", "--format", "json").out)
    (cluster,) = data["duplicates"]
    assert [at["list"] for at in cluster["places"]] == ["a", "a"]


def test_a_fleet_file(tmp_path, monkeypatch, server):  # noqa: F811
    collection(tmp_path / "a", f"{server.base}/200?x")
    page(tmp_path / "docs" / "README.md", f"{server.base}/404?members", "missing.md")
    excuse = f"excuses: [{{url: '{server.base}/404*', reason: members only}}]"
    (tmp_path / "fleet.yaml").write_text(
        f"allow_private: [127.0.0.0/8]\n{excuse}\nlists:\n  - a\n  - {{path: docs, name: Handbook}}\n"
    )
    ran = listkeeper(monkeypatch, tmp_path, "check", "--fleet", "fleet.yaml", "--scale", "0.02", "--format", "json")
    data = json.loads(ran.out)
    assert [(at["list"], one["outcome"], one["excused"]) for one in data["verdicts"] for at in one["places"]] == [
        ("a", "alive", None), ("Handbook", "unchecked", "members only"), ("Handbook", "dead", None),
    ]  # fmt: skip
    assert (tmp_path / ".listkeeper" / "history.db").is_file()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("lists:\n  - nowhere\n", "unreadable-file", 2),
        ("lists:\n  - a\n  - a\n", "repeated-list", 3),
        ("lists:\n  - {path: a, nmae: A}\n", "unknown-key", 2),
        ("contact: x\n", "missing-key", 1),
        ("lists: [a]\ncheck: {pace: gentle}\n", "unknown-key", 2),
        ("lists: [a\n", "unclosed-bracket", 1),
    ],
)
def test_a_wrong_fleet_file(tmp_path, monkeypatch, text, code, line):
    collection(tmp_path / "a", "https://example.org/")
    (tmp_path / "fleet.yaml").write_text(text)
    ran = listkeeper(
        monkeypatch, tmp_path, "check", "--fleet", "fleet.yaml", "--dns", "127.0.0.1:9", "--scale", "0.02", "--format", "json"
    )
    assert ran.code == 2
    assert (code, line) in [(one["code"], one["place"]["line"]) for one in json.loads(ran.out)["problems"]]


def test_a_missing_fleet_file(tmp_path, monkeypatch):
    ran = listkeeper(monkeypatch, tmp_path, "check", "--fleet", "nope.yaml")
    assert (ran.code, "nope.yaml can't be read" in ran.out) == (2, True)


@pytest.mark.parametrize("other", [("a",), ("--since", "main")])
def test_a_fleet_goes_with_no_targets(tmp_path, monkeypatch, other):
    ran = listkeeper(monkeypatch, tmp_path, "check", "--fleet", "fleet.yaml", *other)
    assert (ran.code, "--fleet names the lists" in ran.err) == (2, True)


def test_settings_of_lists(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = (
        "check:\n  pace: gentle\n  confirm: 5\n  allow_private: [10.0.0.0/8]\n  hosts:\n"
        "    x.example: {headers: {Authorization: Bearer $TULIP}, accept: [403]}\n"
    )
    collection(tmp_path / "a", "https://x.example/1", settings=settings)
    collection(tmp_path / "b", "https://x.example/1", settings="check:\n  hosts:\n    x.example: {rate: 0.5}\n")
    inputs = read_all(("a", "b"), tmp_path / "lists", None, today=TODAY)
    policy = inputs.policy
    assert policy.allow_private == ()
    assert (policy.pace.ceiling, policy.confirm) == (1.0, 5)
    assert all(rule.credentials == () for rule in policy.hosts)
    (problem,) = [one for one in inputs.problems if one.code != "missing-title"]
    assert (problem.code, problem.place.list) == ("settings-of-fleet", "a")
    assert "secrets and private networks" in problem.message
    first, second = inputs.links
    assert own_settings(first, policy)
    assert not own_settings(second, policy)


A, B = HostRule("x.example", accept=(403,), list="a"), HostRule(".example", (("X-Key", "1"),))


@pytest.mark.parametrize(
    ("rules", "name", "found"),
    [((A, B), "a", A), ((A, B), "b", B), ((A, B), "", B), ((HostRule("x.example"), A), "a", A), ((A,), "b", None)],
)
def test_the_rules_of_a_list_are_for_its_links(rules, name, found):
    assert rule_for("x.example", rules, name) == found


@pytest.mark.parametrize(
    ("rule", "separate"),
    [
        (HostRule("x.example", (("X-Key", "1"),), list="a"), True),
        (HostRule("x.example", accept=(403,), list="a"), True),
        (HostRule("x.example", skip="asked us not to", list="a"), True),
        (HostRule("x.example", method="HEAD", list="a"), True),
        (HostRule("x.example", rate=0.2, list="a"), False),
        (HostRule("y.example", accept=(403,), list="a"), False),
        (HostRule("x.example", accept=(403,)), False),
    ],
)
def test_only_what_changes_the_answer_keeps_lists_apart(rule, separate):
    policy = Policy(hosts=(rule,))
    assert bool(own_settings(Link("https://x.example/p", Place("p", list="a")), policy)) is separate
    assert not own_settings(Link("https://x.example/p", Place("p", list="b")), policy)


def test_a_list_with_its_own_settings_has_its_own_verdict(tmp_path, monkeypatch, server):  # noqa: F811
    host = "    127.0.0.1: {accept: [403]}\n"
    collection(tmp_path / "a", f"{server.base}/403?x", settings=f"check:\n  hosts:\n{host}")
    collection(tmp_path / "b", f"{server.base}/403?x")
    data = json.loads(listkeeper(monkeypatch, tmp_path, "check", "a", "b", *LOCAL, "--no-history", "--format", "json").out)
    assert [(one["places"][0]["list"], one["outcome"]) for one in data["verdicts"]] == [("a", "alive"), ("b", "blocked")]


def test_a_folder_without_lists_or_pages(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    collection(tmp_path / "a", "https://example.org/")
    ran = listkeeper(monkeypatch, tmp_path, "check", "a", "empty", "--dns", "127.0.0.1:9", "--scale", "0.02")
    assert (ran.code, "no topic file" in ran.out) == (2, True)


def test_a_fleet_reads_its_lists():
    fleet, problems = read_fleet("lists: [a, {path: ../b, name: B}]\npace: gentle\n", "fleet.yaml")
    assert problems == ()
    assert [(one.path, one.name) for one in fleet.lists] == [("a", "a"), ("../b", "B")]
    assert fleet.policy.pace.ceiling == 1.0
