"""`check --since`: only what the branch adds or changes is checked."""

from __future__ import annotations

import json

import pytest

from generator.checking.since import Item, are_new
from tests.checking.repository import entry, git, topic
from tests.commands.command import listkeeper

LOCAL = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.01", "--now", "2026-11-21T03:00:00+00:00", "--quiet")


@pytest.fixture
def check(repository, monkeypatch):
    def run(*arguments: str, since: str = "main"):
        ran = listkeeper(monkeypatch, repository.folder, "check", *arguments, "--since", since, *LOCAL, "--format", "json")
        return ran.code, json.loads(ran.out)

    return run


def paths(data) -> list[str]:
    return sorted("/" + one["url"].split("/", 3)[3] for one in data["verdicts"])


def test_only_new_dead_links_fail(repository, check, server):
    old = entry("old", f"{server.base}/404/old")
    repository.start(one=topic(old)).write(one=topic(old, entry("fine", f"{server.base}/fine"))).commit()
    code, data = check()
    assert (code, paths(data), server.asked) == (0, ["/fine"], ["/fine"])
    repository.write(two=topic(entry("bad", f"{server.base}/404/new")))
    code, data = check()
    assert (code, paths(data)) == (1, ["/404/new", "/fine"])
    assert [one["seen"] for one in data["verdicts"] if "404" in one["url"]] == ["dead"]
    assert data["run"]["confirm"] == 1
    assert not (repository.folder / ".listkeeper").exists()


@pytest.mark.parametrize(("status", "code"), [("404", 1), ("410", 1), ("403", 0), ("429", 0), ("500", 0)])
def test_only_what_the_contributor_can_fix_fails(repository, check, server, status, code):
    repository.start(one=topic(entry("old", f"{server.base}/old"))).write(two=topic(entry("new", f"{server.base}/{status}")))
    assert check()[0] == code


SAME = "URL/404/same"
NOT_NEW = {
    "another title": ({"one": topic(f"{{title: Olt, url: '{SAME}'}}")}, {"one": topic(f"{{title: Old, url: '{SAME}'}}")}),
    "another id": ({"one": topic(f"{{id: a, url: '{SAME}'}}")}, {"one": topic(f"{{id: b, url: '{SAME}'}}")}),
    "another topic": ({"one": topic(f"'{SAME}'"), "two": topic("x: 1")}, {"two": topic(f"'{SAME}'")}),
    "another field": (
        {"one": topic(f"{{id: a, url: '{SAME}'}}")},
        {"one": topic(f"{{id: a, title: T, links: {{pdf: '{SAME}'}}}}")},
    ),
    "another order": (
        {"one": topic(f"'{SAME}'", "URL/other")},
        {"one": topic("URL/other", f"'{SAME}'")},
    ),
    "a new entry beside it with the same derived id": (
        {"one": topic(f"{{title: T, authors: [A B], year: 2020, url: '{SAME}'}}")},
        {
            "one": topic(
                f"{{title: T, authors: [A B], year: 2020, url: '{SAME}'}}",
                "{title: T, authors: [A B], year: 2020, url: 'URL/fine'}",
            )
        },
    ),
    "in a section now": (
        {"one": topic(f"'{SAME}'")},
        {"one": f"title: T\nsections:\n  - title: S\n    entries:\n      - '{SAME}'\n"},
    ),
}


@pytest.mark.parametrize("case", NOT_NEW)
def test_moved_and_renamed_entries_are_not_new(repository, check, server, case):
    before, after = ({name: text.replace("URL", server.base) for name, text in side.items()} for side in NOT_NEW[case])
    repository.start(**before)
    for name in before:
        (repository.folder / "lists" / f"{name}.yaml").unlink()
    repository.write(**after).commit()
    check()
    assert "/404/same" not in server.asked


def test_renamed_topics_and_folders_have_nothing_new(repository, check, server):
    repository.start(one=topic(*(entry(f"e{n}", f"{server.base}/404/{n}") for n in range(9))))
    repository.git("mv", "lists/one.yaml", "lists/renamed.yaml")
    repository.commit()
    assert paths(check()[1]) == []
    repository.git("mv", "lists", "reading")
    repository.commit()
    code, data = check("--lists", "reading")
    assert (code, paths(data)) == (0, [])


NEW = {
    "another URL": ("URL/a", "URL/b", ["/b"]),
    "another scheme's spelling": ("URL/a", "URL/a?x=1", ["/a?x=1"]),
    "another fragment": ("URL/a", "URL/a#part", ["/a#part"]),
}


@pytest.mark.parametrize("case", NEW)
def test_changed_links_are_new(repository, check, server, case):
    before, after, wanted = NEW[case]
    repository.start(one=topic(entry("same", before.replace("URL", server.base))))
    repository.write(one=topic(entry("same", after.replace("URL", server.base))))
    assert paths(check()[1]) == wanted


def test_a_second_entry_with_an_old_url_is_new_and_a_duplicate(repository, check, server):
    same = entry("same", f"{server.base}/fine")
    repository.start(zeta=topic(same)).write(alpha=topic(same))
    code, data = check()
    assert (code, paths(data)) == (1, ["/fine"])
    (cluster,) = data["duplicates"]
    assert cluster["certainty"] == "certain"
    assert [place["path"] for place in cluster["places"]] == ["lists/zeta.yaml", "lists/alpha.yaml"]


def test_old_duplicates_are_not_reported(repository, check, server):
    pair = (entry("one", f"{server.base}/twice"), entry("two", f"{server.base}/twice"))
    repository.start(old=topic(*pair)).write(new=topic(entry("fine", f"{server.base}/fine")))
    code, data = check()
    assert (code, data["duplicates"]) == (0, [])


def test_an_entry_changed_to_another_work_is_a_new_duplicate(repository, check, server):
    repository.start(
        one=topic(entry("one", f"{server.base}/a", arxiv="1803.00567"), entry("two", f"{server.base}/b")),
    )
    repository.write(
        one=topic(entry("one", f"{server.base}/a", arxiv="1803.00567"), entry("two", f"{server.base}/b", arxiv="1803.00567"))
    )
    code, data = check()
    assert (code, len(data["duplicates"]), data["verdicts"]) == (1, 1, [])


def test_no_new_link_is_reported(repository, monkeypatch, server):
    repository.start(one=topic(entry("a", f"{server.base}/a"), entry("b", f"{server.base}/b")))
    ran = listkeeper(monkeypatch, repository.folder, "check", "--since", "main", *LOCAL)
    assert (ran.code, server.asked) == (0, [])
    assert "0 of 2 links selected" in ran.out


def test_problems_in_changed_files_and_those_they_cause_are_reported(repository, check, server):
    bad = "title: Old\nentires: []\nentries:\n  - https://example.org/x\n"
    good = topic(entry("a", f"{server.base}/a"))
    repository.start(
        bad=bad, good=good, user=good.replace("title: Things", "title: Things\nrelated: [good]").replace("id: a", "id: u")
    )
    repository.write(fine=topic(entry("new", f"{server.base}/new")))
    code, data = check()
    assert (code, data["problems"]) == (0, [])
    repository.write(fine="title: New\nentries:\n  - title: [\n")
    code, data = check()
    assert code == 1
    assert {one["place"]["path"] for one in data["problems"]} == {"lists/fine.yaml"}
    repository.write(fine=good.replace("id: a", "id: f"))
    repository.git("mv", "lists/good.yaml", "lists/better.yaml")
    code, data = check()
    assert {(one["place"]["path"], one["code"]) for one in data["problems"]} >= {("lists/user.yaml", "unknown-topic")}
    assert "lists/bad.yaml" not in {one["place"]["path"] for one in data["problems"]}


def test_new_links_of_markdown_files_are_found_by_url(repository, check, server):
    git(repository.folder, "init", "-q", "-b", "main")
    lines = "".join(f"- [n{n}]({server.base}/404/{n})\n" for n in range(9))
    repository.file("README.md", f"# L\n\n{lines}").commit().branch("feature")
    repository.git("mv", "README.md", "LIST.md")
    repository.file("LIST.md", f"# L\n\n{lines}- [new]({server.base}/fine)\n").file(
        "more.md", f"[x]({server.base}/404/x)\n"
    ).commit()
    code, data = check("LIST.md")
    assert (code, paths(data), data["summary"]["links"]) == (0, ["/fine"], 1)
    code, data = check("LIST.md", "more.md")
    assert (code, paths(data)) == (1, ["/404/x", "/fine"])


@pytest.mark.parametrize("ref", ["--upload-pack=x", ";rm", "$(touch owned)", "nowhere"])
def test_a_missing_ref_is_a_usage_error_without_requests(repository, monkeypatch, server, ref):
    repository.start(one=topic(entry("a", f"{server.base}/a")))
    for form in ("text", "json", "github"):
        ran = listkeeper(monkeypatch, repository.folder, "check", f"--since={ref}", *LOCAL, "--format", form)
        assert ran.code == 2
        assert "unknown-ref" in ran.out
    assert server.asked == []
    assert sorted(one.name for one in repository.folder.iterdir()) == [".git", "lists"]


@pytest.mark.parametrize("name", ["--upload-pack=x", ";rm", "-h"])
def test_branches_with_hostile_names_work(repository, check, server, name):
    repository.start(one=topic(entry("a", f"{server.base}/404/a")))
    repository.git("update-ref", f"refs/heads/{name}", "main")
    repository.write(two=topic(entry("b", f"{server.base}/fine")))
    ran, data = check(since=name)
    assert (ran, paths(data)) == (0, ["/fine"])


@pytest.mark.parametrize("other", [("--history", "x.db"), ("--resume",), ("--only", "failing")])
def test_since_cannot_be_combined_with_a_history(repository, monkeypatch, other):
    repository.start(one=topic("https://example.org/a"))
    ran = listkeeper(monkeypatch, repository.folder, "check", "--since", "main", *other)
    assert (ran.code, "--since" in ran.err) == (2, True)


A, B = Item("v", "a", "p"), Item("v", "b", "q")


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        ([], [A], [True]),
        ([A], [A], [False]),
        ([A], [A, A], [False, True]),
        ([A], [B, A], [True, False]),
        ([A], [B], [False]),
        ([A, B], [B, A], [False, False]),
        ([A], [Item("v", "b", "p"), Item("v", "a", "q")], [True, False]),
        ([A], [Item("w", "a", "p")], [True]),
    ],
)
def test_each_old_item_matches_once(before, now, new):
    assert are_new(before, now) == new


def test_a_branch_cannot_change_secrets_or_check_settings(repository, check, server, monkeypatch):
    monkeypatch.setenv("DEPLOY_KEY", "k3y-9917aa")
    mine = f"{{'{server.base}': {{headers: {{X-Api-Key: $DEPLOY_KEY}}, accept: [404]}}}}"
    repository.start(one=topic("x: 1")).file("lists/_collection.yaml", f"check: {{hosts: {mine}, confirm: 9}}\n")
    repository.write(two=topic(entry("new", f"{server.base}/404/new"))).commit()
    code, data = check()
    assert (code, [one["outcome"] for one in data["verdicts"]]) == (1, ["dead"])
    assert [one["severity"] for one in data["problems"] if one["code"] == "settings-of-base"] == ["note"]
    assert "unset-variable" not in str(data["problems"])
    assert server.heads
    assert all("x-api-key" not in head for head in server.heads)


def test_the_settings_of_the_base_apply_and_only_changes_are_noted(repository, check, server, monkeypatch):
    monkeypatch.setenv("DEPLOY_KEY", "k3y-9917aa")
    mine = f"{{'{server.base}': {{headers: {{X-Api-Key: $DEPLOY_KEY}}, accept: [404]}}}}"
    repository.file("lists/_collection.yaml", f"title: Lists\ncheck: {{hosts: {mine}}}\n").start(one=topic("x: 1"))
    repository.file("lists/_collection.yaml", f"title: My Lists\ncheck: {{hosts: {mine}}}\n")
    repository.write(two=topic(entry("new", f"{server.base}/404/new"))).commit()
    code, data = check()
    assert (code, [one["outcome"] for one in data["verdicts"]]) == (0, ["alive"])
    assert [one["code"] for one in data["problems"] if one["code"] == "settings-of-base"] == []
    assert {head.get("x-api-key") for head in server.heads} == {"k3y-9917aa"}


def test_a_branch_cannot_allow_private_networks(repository, server, monkeypatch):
    repository.start(one=topic("x: 1")).file("lists/_collection.yaml", "check: {allow_private: [127.0.0.0/8]}\n")
    repository.write(two=topic(entry("new", f"{server.base}/fine"))).commit()
    ran = listkeeper(monkeypatch, repository.folder, "check", "--since", "main", "--format", "json", "--quiet")
    assert [one["outcome"] for one in json.loads(ran.out)["verdicts"]] == ["invalid"]
    assert server.asked == []
