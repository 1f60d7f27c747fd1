"""Exceptions for plain pages: the ignore comment, and `.listkeeper.yaml` beside the page."""

from __future__ import annotations

import json

import pytest

from tests.checking.repository import git
from tests.commands.command import listkeeper

NOW = ("--now", "2026-11-21T03:00:00+00:00", "--format", "json")
LOCAL = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.05", *NOW)


def checked(monkeypatch, folder, *arguments):
    ran = listkeeper(monkeypatch, folder, "check", *arguments, *(() if "--format" in arguments else NOW))
    return ran, json.loads(ran.out)


def outcomes(data):
    return {one["url"]: (one["outcome"], one["excused"]) for one in data["verdicts"]}


def codes(data):
    return [(one["code"], one["severity"], one["place"]["line"]) for one in data["problems"]]


BY_A_COMMENT = "a comment on the page says so"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "[a](gone) <!-- listkeeper: ignore -->\n- [b](lost)\n", {"gone": BY_A_COMMENT, "lost": None}),
        ("a.md", "<!-- listkeeper: ignore -->\n[a](gone)\n\n[b](lost)\n", {"gone": BY_A_COMMENT, "lost": None}),
        ("a.md", "<!-- listkeeper: ignore -->\n\n[a](gone), [b](lost)\n", {"gone": BY_A_COMMENT, "lost": BY_A_COMMENT}),
        ("a.md", "- [a](gone) <!-- Listkeeper:ignore: made later -->\n", {"gone": "made later"}),
        ("a.md", "- [a](gone) <!--listkeeper ignore – made (much) later-->\n", {"gone": "made (much) later"}),
        ("a.md", "a\n<!-- listkeeper: ignore -->\n[b](gone)\n", {"gone": BY_A_COMMENT}),
        ("a.md", "[a][1] is gone\n\n[1]: gone\n<!-- listkeeper: ignore -->\n", {"gone": None}),
        ("a.md", "`<!-- listkeeper: ignore -->` [a](gone)\n", {"gone": None}),
        ("a.md", "```html\n<!-- listkeeper: ignore -->\n```\n[a](gone)\n", {"gone": None}),
        ("a.md", "An open <!-- listkeeper: ignore --\n\n[a](gone)\n", {"gone": None}),
        ("a.md", "[a](gone) <!-- listkeeper: ignore -->\n\n[b](gone)\n", {"gone": None}),
        (
            "a.html",
            '<a href="gone">a</a><!-- listkeeper: ignore: old --><br>\n<a href="lost">b</a>',
            {"gone": "old", "lost": None},
        ),
        ("a.html", "<p>\n<!-- listkeeper: ignore -->\n<img src=gone>", {"gone": BY_A_COMMENT}),
        ("a.txt", "<!-- listkeeper: ignore: why not -->\nhttp://exa mple/ http://[gone/\n", {"http://exa": "why not"}),
    ],
)
def test_a_comment_excuses_the_links_on_its_line_or_the_next(tmp_path, monkeypatch, name, text, expected):
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, name)
    found = outcomes(data)
    assert {url: found[url] for url in expected} == {
        url: ("unchecked", reason) if reason else ("dead", None) for url, reason in expected.items()
    }
    assert ran.code == (1 if None in expected.values() else 0)


def test_what_a_comment_excuses_is_not_asked_and_is_no_duplicate(tmp_path, monkeypatch, server):
    line = f"- [a]({server.base}/404/a) <!-- listkeeper: ignore: on purpose -->\n"
    (tmp_path / "a.md").write_text(f"{line}{line}- [b]({server.base}/b)\n", encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, "a.md", *LOCAL)
    assert server.asked == ["/b"]
    assert data["duplicates"] == []
    assert outcomes(data)[f"{server.base}/404/a"] == ("unchecked", "on purpose")
    assert ran.code == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](#a)\n\n<!-- listkeeper: ignore -->\nno link\n", [("unused-exception", "note", 3)]),
        ("<!-- listkeeper: ignore -->\n", [("unused-exception", "note", 1)]),
        ("- <!-- listkeeper: ignroe --> <a href=a.md>a</a>\n", [("unknown-comment", "warning", 1)]),
        ("- <!-- listkeeper: ignore-next-line -->\n- [a](a.md)\n", [("unknown-comment", "warning", 1)]),
        ("<!-- listkeeper:index -->\n[a](a.md)\n<!-- /listkeeper:index -->\n", []),
        ("- [a](a.md) <!-- listkeeper: ignore -->\n", []),
    ],
)
def test_a_comment_that_excuses_nothing_is_reported(tmp_path, monkeypatch, text, expected):
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, "a.md")
    assert codes(data) == expected
    assert data["summary"]["dead"] == int("#a" in text)
    assert ran.code in {0, 1, 4}


EXCUSES = """\
check:
  excuses:
    - {url: gone.md, reason: written next year, until: 2026-12-31}
    - {url: "http://10.0.0.*", reason: our own network, accept: [invalid]}
    - url: ended.md
      reason: it was on paper
      until: 2026-11-20
"""


@pytest.mark.parametrize(
    "settings",
    [
        EXCUSES,
        EXCUSES.replace("check:\n", "").replace("\n  ", "\n").removeprefix("  "),
        """\
excuses:
  gone.md: {reason: written next year, until: 2026-12-31}
  http://10.0.0.*: our own network
  ended.md: {reason: it was on paper, until: 2026-11-20}
""",
    ],
)
def test_settings_beside_a_page_excuse_its_links(tmp_path, monkeypatch, settings):
    (tmp_path / "a.md").write_text("[a](gone.md) [b](http://10.0.0.7/x) [c](ended.md) [d](other.md)\n", encoding="utf-8")
    (tmp_path / ".listkeeper.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.md").write_text("[a](gone.md)\n", encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, "a.md", "sub/b.md")
    assert outcomes(data) == {
        "gone.md": ("unchecked", "written next year"),
        "http://10.0.0.7/x": ("unchecked", "our own network"),
        "ended.md": ("dead", None),
        "other.md": ("dead", None),
        "sub/gone.md": ("dead", None),
    }
    assert [code for code, *_ in codes(data)] == ["link-check-expired"]
    assert ran.code == 1


@pytest.mark.parametrize(
    ("settings", "code", "at"),
    [
        ("check:\n  paec: gentle\n", "unknown-key", (2, 3)),
        ("hosts: [example.org]\n", "wrong-type", (1, 8)),
        ("confirm: 2\nchek: {}\n", "unknown-key", (2, 1)),
        ("excuses:\n  - {url: a.md}\n", "missing-key", (2, 5)),
        ("excuses:\n  - a.md\n", "wrong-type", (2, 5)),
        ("excuses:\n  - {url: a.md, reason: x, until: soon}\n", "bad-date", (2, 35)),
        ("excuses:\n  a.md: {reason: x, accept: [fine]}\n", "unknown-value", (2, 30)),
        ("pace: [\n", "unclosed-bracket", (1, 7)),
    ],
)
def test_mistakes_in_the_settings_of_pages_have_places(tmp_path, monkeypatch, settings, code, at):
    (tmp_path / "a.md").write_text("[a](a.md)\n", encoding="utf-8")
    (tmp_path / ".listkeeper.yaml").write_text(settings, encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, "a.md")
    problem, *_ = data["problems"]
    assert (problem["code"], problem["place"]["path"]) == (code, ".listkeeper.yaml")
    assert (problem["place"]["line"], problem["place"]["column"]) == at
    assert ran.code == 2


def test_hosts_of_the_settings_apply(tmp_path, monkeypatch, server):
    (tmp_path / "a.md").write_text(f"[a]({server.base}/403) [b](https://skipped.example/)\n", encoding="utf-8")
    (tmp_path / ".listkeeper.yaml").write_text(
        "allow_private: [127.0.0.0/8]\nhosts: {127.0.0.1: {accept: [403]}, skipped.example: {skip: it asks us not to}}\n",
        encoding="utf-8",
    )
    ran, data = checked(monkeypatch, tmp_path, "a.md", "--pace", "none", "--scale", "0.05", *NOW)
    assert [one["outcome"] for one in data["verdicts"]] == ["alive", "unchecked"]
    assert ran.code == 0


def test_an_exception_that_covers_no_link_is_a_note(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("[a](a.md)\n", encoding="utf-8")
    (tmp_path / ".listkeeper.yaml").write_text("excuses: {b.md: not yet, 'a.*': fine}\n", encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, "a.md")
    assert codes(data) == [("unused-exception", "note", 1)]
    assert ran.code == 0


def test_settings_that_lead_outside_are_not_read(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("password of mine\n", encoding="utf-8")
    (tmp_path / "list").mkdir()
    git(tmp_path / "list", "init", "-q")
    (tmp_path / "list" / "a.md").write_text("[a](a.md)\n", encoding="utf-8")
    (tmp_path / "list" / ".listkeeper.yaml").symlink_to(tmp_path / "secret")
    ran, data = checked(monkeypatch, tmp_path / "list", "a.md")
    assert [code for code, *_ in codes(data)] == ["leads-outside"]
    assert "password" not in ran.out + ran.err
    assert ran.code == 2


def test_a_branch_cannot_excuse_its_own_links_by_settings(repository, monkeypatch):
    repository.file("README.md", "[a](a.md)\n").file(".listkeeper.yaml", "excuses: {'old*': kept}\n").start()
    repository.file("README.md", "[a](old.md) [b](new.md)\n").file(".listkeeper.yaml", "excuses: {'*': all of it}\n").commit()
    ran, data = checked(monkeypatch, repository.folder, "README.md", "--since", "main")
    assert outcomes(data) == {"old.md": ("unchecked", "kept"), "new.md": ("dead", None)}
    assert [code for code, *_ in codes(data)] == ["settings-of-base"]
    assert ran.code == 1


def test_a_collection_has_the_same_exceptions(tmp_path, monkeypatch, server):
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "a.yaml").write_text(f"title: A\nentries:\n  - {server.base}/404\n  - {server.base}/fine\n", encoding="utf-8")
    (lists / "_collection.yaml").write_text(
        f"check: {{allow_private: [127.0.0.0/8], excuses: [{{url: '{server.base}/4*', reason: it comes back}}]}}\n",
        encoding="utf-8",
    )
    ran, data = checked(monkeypatch, tmp_path, *LOCAL)
    assert outcomes(data)[f"{server.base}/404"] == ("unchecked", "it comes back")
    assert data["problems"] == []
    assert ran.code == 0


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.8.8.8:80", "[::1]:3000", "0.0.0.0:5000", "127.1"]
)
def test_the_readers_own_machine_is_unchecked_in_prose(tmp_path, monkeypatch, host):
    (tmp_path / "a.md").write_text(f"Then open http://{host}/app, or [here](<http://{host}/x>).\n", encoding="utf-8")
    ran, data = checked(monkeypatch, tmp_path, "a.md")
    assert {one["outcome"] for one in data["verdicts"]} == {"unchecked"}
    assert ran.code == 0
