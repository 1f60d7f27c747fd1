"""What is suggested for a misspelt command, value, code or id; what `explain` says of an entry; what the Tab key completes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from generator.reporting.explanations import known_codes
from tests.commands.command import TOPIC, listkeeper, lists

URL = "https://arxiv.org/abs/1803.00567"


@pytest.mark.parametrize(
    ("arguments", "suggested"),
    [
        (("valdate",), "validate"), (("chek",), "check"), (("buidl",), "build"), (("explian", "x"), "explain"), (("Validate",), "validate"),
        (("lint",), "validate"), (("render",), "build"), (("new",), "init"), (("publish", "isue"), "issue"),
        (("validate", "--strct"), "--strict"), (("validate", "--format", "jsn"), "json"), (("check", "--pace", "gentel"), "gentle"),
        (("build", "--to", "sit"), "site"), (("rename", "topics", "a", "b"), "topic"),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_the_nearest_word(monkeypatch, tmp_path, arguments, suggested):
    ran = listkeeper(monkeypatch, lists(tmp_path), *arguments)
    assert ran.code == 2
    assert f"Did you mean {suggested!r}?" in ran.err.replace('"', "'")
    assert len(ran.err) < 600


def test_a_word_that_is_like_no_command_is_answered_with_all(monkeypatch, tmp_path):
    ran = listkeeper(monkeypatch, tmp_path, "zzzzz")
    assert ran.code == 2
    assert "Did you mean" not in ran.err
    assert "add, build, check" in ran.err


@pytest.mark.parametrize(
    ("name", "near"),
    [("unknwon-key", "unknown-key"), ("soft404", "soft-404"), ("peyre2019computationl", "peyre2019computational")],
)
def test_explain_suggests_codes_rules_and_ids(monkeypatch, tmp_path, name, near):
    ran = listkeeper(monkeypatch, lists(tmp_path), "explain", name)
    assert ran.code == 2
    assert near in ran.err
    assert len(ran.err) < 500


def test_explain_takes_ids_of_entries(monkeypatch, tmp_path):
    text = (
        TOPIC.replace("{url}", URL)
        + "        aliases: [peyre2018]\n        links: {code: https://example.org/code, mail: 'mailto:a@example.org'}\n"
    )
    folder = lists(tmp_path, topic=text)
    (folder / "lists" / "optimal-transport.yaml").unlink()
    for name in ("peyre2019computational", "peyre2018"):
        ran = listkeeper(monkeypatch, folder, "explain", name)
        told = ran.out + ran.err
        assert "Computational Optimal Transport (lists/topic.yaml:7:9)" in told
        assert URL in told
        assert "https://example.org/code" in told
        assert "unchecked: " in told
    asked = listkeeper(monkeypatch, folder, "explain", "arxiv.org/abs/1803.00567")
    assert URL in asked.err, "the scheme may be left out"


def test_explain_of_an_entry_without_url(monkeypatch, tmp_path):
    folder = lists(tmp_path, bare="title: Bare\nentries:\n  - {id: one, title: One}\n")
    ran = listkeeper(monkeypatch, folder, "explain", "one")
    assert (ran.code, ran.out) == (0, "one: One (lists/bare.yaml:3:5)\nIt has no URL.\n")


def test_a_code_goes_before_an_entry_of_that_name(monkeypatch, tmp_path):
    folder = lists(tmp_path, bare="title: Bare\nentries:\n  - {id: tab, title: One}\n")
    assert listkeeper(monkeypatch, folder, "explain", "tab").out.startswith("# tab\n")


def completed(folder, *words):
    """What bash would be offered for the last of these words."""
    told = {
        "COMP_WORDS": " ".join(("listkeeper", *words)),
        "COMP_CWORD": str(len(words)),
        "_LISTKEEPER_COMPLETE": "bash_complete",
    }
    code = "import sys; sys.argv = ['listkeeper']; from generator.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return [line.partition(",")[2] for line in ran.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("val",), ["validate"]),
        (("add", "x", "--topic", ""), ["optimal-transport", "other"]),
        (("move", "x", "--to", "o"), ["optimal-transport", "other"]),
        (("move", "pey"), ["peyre2019computational"]),
        (("add", "x", "--topic", "optimal-transport", "--section", "B"), ["Books"]),
        (("rename", "topic", "opt"), ["optimal-transport"]),
        (("rename", "entry", "p"), ["peyre2019computational"]),
        (("explain", "unknown-k"), ["unknown-key", "unknown-kind"]),
        (("explain", "soft-4"), ["soft-404"]),
        (("explain", "peyre"), ["peyre2019computational"]),
        (("check", "--only", "ar"), ["arxiv.org"]),
        (("check", "--only", "fail"), ["failing"]),
        (("check", "READ"), ["READ"]),
        (("enrich", "pey"), ["peyre2019computational"]),
        (("fix", "--only", "moved,du"), ["moved,duplicates"]),
        (("validate", "--format", "code"), ["codequality"]),
        (("add", "x", "--topic", "nothing"), []),
    ],
)
def test_the_tab_key_completes(tmp_path, words, offered):
    assert completed(lists(tmp_path, other="title: Other\nentries:\n  - title: O\n"), *words) == offered


@pytest.mark.parametrize("text", ["title: [", "\0\0", "- " * 9000])
def test_broken_sources_complete_to_what_is_left_without_a_word(tmp_path, text):
    assert completed(lists(tmp_path, other=text), "move", "pey") == ["peyre2019computational"]
    (tmp_path / "empty").mkdir()
    assert completed(tmp_path / "empty", "move", "") == []
    assert completed(tmp_path / "empty", "explain", known_codes()[0]) == [known_codes()[0]]
