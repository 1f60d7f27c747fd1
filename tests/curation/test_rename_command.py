"""`listkeeper rename`: the new name in every reference, the old one only as an alias."""

from __future__ import annotations

import pytest

from tests.curation.services import collection

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


def test_a_topic_is_renamed_in_every_reference(lists, run):
    (lists / "old.yaml").write_bytes(OLD.replace("\n", "\r\n").encode())
    ran = run("rename", "topic", "old", "new-name", "--yes")
    assert ran.code == 0, ran.err
    assert not (lists / "old.yaml").exists()
    wanted = OLD.replace("title: Old\n", "title: Old\naliases: [old]\n").replace("\n", "\r\n")
    assert (lists / "new-name.yaml").read_bytes() == wanted.encode()
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


def aliases(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if "aliases" in line]


def test_former_names_of_a_topic_work_as_its_name(lists, run):
    assert run("rename", "topic", "old", "second", "--yes").code == 0
    (lists / "other.yaml").write_text(OTHER.replace("also_in: old", "also_in: [second]"), encoding="utf-8")
    assert run("rename", "topic", "old", "third", "--yes").code == 0
    assert aliases(lists / "third.yaml") == ["aliases: [old, second]"]
    assert "former-name" not in run("validate").out
    assert run("build").code == 0
    for page in ("old.md", "second.md"):
        assert "[Old](third.md)" in (lists / page).read_text(encoding="utf-8")
    assert run("rename", "topic", "third", "old", "--yes").code == 0
    assert aliases(lists / "old.yaml") == ["aliases: [second, third]"]
    assert run("build").code == 0
    assert {path.name for path in lists.glob("*.md")} == {"README.md", "old.md", "second.md", "third.md", "other.md"}
    (lists / "other.yaml").write_text("title: O\nentries: [https://example.org/o]\n", encoding="utf-8")
    (lists / "_collection.yaml").unlink()
    (lists / "old.yaml").unlink()
    assert run("build").code == 0
    assert {path.name for path in lists.glob("*.md")} == {"README.md", "other.md"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("entries: [https://example.org/a]\n", "aliases: [old]\nentries: [https://example.org/a]\n"),
        ("# c\n\nentries:\n  - https://example.org/a\n", "# c\n\naliases: [old]\nentries:\n  - https://example.org/a\n"),
        ("{title: A, entries: [{title: B}]}", "{title: A, aliases: [old], entries: [{title: B}]}"),
        ("title: >-\n  A\n  b # c\n\n# d\nentries: [{title: B}]", "title: >-\n  A\n  b # c\naliases: [old]\n\n# d\nentries: [{title: B}]"),
        ("aliases: # all\n  - first # 1\n  # 2\nentries: [{title: B}]\n", "aliases: # all\n  - first # 1\n  - old\n  # 2\nentries: [{title: B}]\n"),
        ("aliases: [x, 'new-name']\nentries: [{title: B}]\n", "aliases: [x, old]\nentries: [{title: B}]\n"),
        ("title: A # t\naliases:\n  - new-name\nentries: [{title: B}]\n", "title: A # t\naliases: [old]\nentries: [{title: B}]\n"),
    ],
)  # fmt: skip
def test_an_alias_is_the_only_line_that_changes(tmp_path, run, before, after):
    folder = collection(tmp_path, "title: L\n", old=before) / "lists"
    assert run("rename", "topic", "old", "new-name", "--yes").code == 0
    assert (folder / "new-name.yaml").read_text(encoding="utf-8") == after


def test_a_title_that_changes_with_the_name_is_reported(tmp_path, run):
    collection(tmp_path, "title: L\n", old="entries: [{title: B}]\n")
    ran = run("rename", "topic", "old", "new-name", "--yes")
    assert 'its title follows its name: "New name"; write title: Old to keep the old one' in ran.err


def test_a_name_that_differs_in_case_is_no_alias(tmp_path, run):
    folder = collection(tmp_path, "title: L\n", Old="title: O\nentries: [{title: B}]\n") / "lists"
    assert run("rename", "topic", "Old", "old", "--yes").code == 0
    assert (folder / "old.yaml").read_text(encoding="utf-8") == "title: O\nentries: [{title: B}]\n"


def test_an_alias_of_another_topic_is_refused(lists, run):
    (lists / "other.yaml").write_text(OTHER.replace("title: Other\n", "title: Other\naliases: [new-name]\n"), encoding="utf-8")
    ran = run("rename", "topic", "old", "new-name", "--yes")
    assert (ran.code, "alias-taken" in ran.err) == (1, True)
    assert (lists / "old.yaml").exists()


def test_an_entry_moves_to_a_topic_by_its_former_name_and_out_of_its_also_in(lists, run):
    text = OLD.replace("also_in: [other]", "also_in: [elsewhere]")
    (lists / "old.yaml").write_text(text, encoding="utf-8")
    (lists / "other.yaml").write_text(OTHER.replace("title: Other\n", "title: Other\naliases: [elsewhere]\n"), encoding="utf-8")
    ran = run("move", "example-org-old", "--to", "elsewhere", "--yes")
    assert ran.code == 0, ran.err
    assert "own-topic" not in run("validate").out
    assert "url: https://example.org/old\n" in (lists / "other.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("olt", "new", 2, 'did you mean "old"'),
        ("old", "New Name", 2, "write new-name"),
        ("old", "README", 2, "the index of all topics"),
        ("old", "!", 2, "letters and digits"),
        ("old", "lists/x.yaml", 0, "lists/x.yaml"),
        ("old", "../x", 2, "names another folder"),
        ("old", "more/x", 2, "write x"),
        ("old", "other", 1, "same-page"),
        ("old", "old", 0, "nothing to change"),
    ],
)
def test_invalid_names_of_topics(lists, run, old, new, code, word):
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


def test_an_entry_that_is_a_bare_url_can_be_renamed(tmp_path, run):
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
def test_invalid_names_of_entries(lists, run, old, new, code, word):
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


def test_a_reading_path_is_updated(tmp_path, run):
    text = "title: T\nstart:\n  - id: example-org-a   # first\n    reason: short\nentries:\n  - url: https://example.org/a\n    title: A\n"
    collection(tmp_path, "title: L\n", t=text)
    assert run("rename", "entry", "example-org-a", "a1", "-y").code == 0
    assert "  - id: a1   # first\n" in (tmp_path / "lists" / "t.yaml").read_text(encoding="utf-8")
    assert run("validate").code == 0


def test_an_alias_that_is_another_topics_name_is_ignored(lists, run):
    (lists / "old.yaml").write_text(OLD.replace("title: Old\n", "title: Old\naliases: [other]\n"), encoding="utf-8")
    assert run("rename", "topic", "old", "new-name", "--yes").code == 0
    assert "related: [other]" in (lists / "new-name.yaml").read_text(encoding="utf-8")
