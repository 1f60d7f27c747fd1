"""`listkeeper rename`: the new name everywhere, the old one only where it still leads to the entry."""

from __future__ import annotations

import pytest

from tests.adding.services import collection

COLLECTION = (
    "# order\ntitle: L\ndescription: See [one](old.md#s), `old` and https://example.org/old.md.\ntopics: [old, 'other']\n"
)
OLD = """# old is old
title: Old
description: |
  About old things; [more](other.md).
related: [other]
entries:
  - title: A
    url: https://example.org/old
    also_in: [other]
"""
OTHER = """title: Other
description: |
  Read [this](old.md), [that](./old.md#x "old"), and <old.md> no more;
  older.md stays, so does [x](very-old.md).
related:
  - old   # the old one
entries:
  - title: old
    url: https://example.org/b
    also_in: [old.yaml]
    tags: [old]
    not_duplicate_of: [{id: example-org-old, reason: not old}]
  - id: old
    title: C
    url: https://example.org/c
    description: "It's [here](old.md)."
    also_in: old
"""


@pytest.fixture
def lists(tmp_path):
    return collection(tmp_path, COLLECTION, old=OLD, other=OTHER) / "lists"


def test_a_topic_is_renamed_wherever_it_is_meant(lists, run):
    (lists / "old.yaml").write_bytes(OLD.replace("\n", "\r\n").encode())
    ran = run("rename", "topic", "old", "new-name", "--yes")
    assert ran.code == 0, ran.err
    assert not (lists / "old.yaml").exists()
    assert (lists / "new-name.yaml").read_bytes() == OLD.replace("\n", "\r\n").encode()
    assert (lists / "_collection.yaml").read_text(encoding="utf-8") == COLLECTION.replace("(old.md", "(new-name.md").replace(
        "[old,", "[new-name,"
    )
    wanted = (
        OTHER.replace("(old.md", "(new-name.md").replace("./old.md", "./new-name.md").replace("- old   #", "- new-name   #")
        .replace("[old.yaml]", "[new-name.yaml]").replace("also_in: old", "also_in: new-name")
    )  # fmt: skip
    assert (lists / "other.yaml").read_text(encoding="utf-8") == wanted
    assert "rename from lists/old.yaml" in ran.out
    assert "unknown-" not in run("validate").out


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("olt", "new", 2, 'did you mean "old"'),
        ("old", "New Name", 2, "write new-name"),
        ("old", "../x", 0, "lists/x.yaml"),
        ("old", "other", 1, "same-page"),
        ("old", "old", 0, "nothing to change"),
    ],
)
def test_names_of_topics_that_do_not_do(lists, run, old, new, code, word):
    ran = run("rename", "topic", old, new, "--yes")
    assert (ran.code, word in ran.err) == (code, True), ran.err


def test_an_entry_keeps_its_old_id_as_an_alias(lists, run):
    ran = run("rename", "entry", "example-org-old", "a1", "--yes")
    assert ran.code == 0, ran.err
    text = (lists / "old.yaml").read_text(encoding="utf-8")
    assert "id: a1\n" in text
    assert "aliases: [example-org-old]\n" in text
    assert "{id: a1, reason: not old}" in (lists / "other.yaml").read_text(encoding="utf-8")
    assert "unknown-" not in run("validate").out
    assert run("rename", "entry", "example-org-old", "a2", "--yes").code == 0
    assert "aliases: [example-org-old, a1]" in (lists / "old.yaml").read_text(encoding="utf-8")
    assert run("rename", "entry", "a2", "a1", "--yes").code == 0
    text = (lists / "old.yaml").read_text(encoding="utf-8")
    assert "id: a1\n" in text
    assert "unknown-" not in run("validate").out


def test_a_bare_url_can_be_named(tmp_path, run):
    collection(tmp_path, "title: L\n", t="title: T\nentries:\n  - https://example.org/a # c\n")
    assert run("rename", "entry", "https://example.org/a", "a", "--yes").code == 0
    text = (tmp_path / "lists" / "t.yaml").read_text(encoding="utf-8")
    assert "url: https://example.org/a # c\n" in text
    assert "id: a\n" in text
    assert "aliases: [example-org-a]\n" in text


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("exampel-org-old", "x", 2, 'did you mean "example-org-old"'),
        ("example-org-old", "a b", 2, "write a-b"),
        ("example-org-old", "OLD", 1, "duplicate-id"),
        ("old", "old", 0, "nothing to change"),
    ],
)
def test_names_of_entries_that_do_not_do(lists, run, old, new, code, word):
    before = {path.name: path.read_bytes() for path in lists.iterdir()}
    ran = run("rename", "entry", old, new, "--yes")
    assert (ran.code, word in ran.err) == (code, True), ran.err
    assert {path.name: path.read_bytes() for path in lists.iterdir()} == before


def test_a_reference_by_alias_is_refused_and_nothing_is_written(tmp_path, run):
    text = "title: T\nrelated: &r [old]\nentries:\n  - title: A\n    also_in: *r\n"
    collection(tmp_path, "title: L\n", old=OLD.replace("other", "t"), t=text)
    ran = run("rename", "topic", "old", "new", "--yes")
    assert (ran.code, "[unsafe-edit]" in ran.err) == (1, True)
    assert (tmp_path / "lists" / "old.yaml").exists()


def test_a_reading_path_follows(tmp_path, run):
    text = "title: T\nstart:\n  - id: example-org-a   # first\n    reason: short\nentries:\n  - url: https://example.org/a\n    title: A\n"
    collection(tmp_path, "title: L\n", t=text)
    assert run("rename", "entry", "example-org-a", "a1", "-y").code == 0
    assert "  - id: a1   # first\n" in (tmp_path / "lists" / "t.yaml").read_text(encoding="utf-8")
    assert run("validate").code == 0
