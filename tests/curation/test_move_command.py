"""`listkeeper move`: exactly the entry's own lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editing.arrange import choose_position, insert_entry, remove_entry
from generator.editing.edit import Source
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import same
from tests.curation.services import collection

ROOT = Path(__file__).parents[2]
FROM = """title: From
entries:
  # of A
  - title: A
    url: https://example.org/a   # a
    # within A
    also_in: [into, third]
    description: |
      Two

      lines
  # of B
  - title: B
    url: https://example.org/b
"""
INTO = """title: Into
sections:
    - title: Things
      entries:
          - title: Z
            url: https://example.org/z
"""
MOVED = """          # of A
          - title: A
            url: https://example.org/a   # a
            # within A
            also_in: [third]
            description: |
              Two

              lines
"""
ROWS = """          - title: Y
            url: https://example.org/y
          - title: X
            url: https://example.org/x
"""


@pytest.fixture
def lists(tmp_path):
    topics = {"from": FROM, "into": INTO, "third": "title: Third\nentries:\n  - title: T\n"}
    return collection(tmp_path, "title: L\n", **topics) / "lists"


def test_lines_and_comments_are_moved(lists, run):
    ran = run("move", "example-org-a", "--to", "into", "--yes")
    assert ran.code == 0, ran.err
    assert (lists / "from.yaml").read_text(encoding="utf-8") == FROM[: FROM.index("  # of A")] + FROM[FROM.index("  # of B") :]
    assert (lists / "into.yaml").read_text(encoding="utf-8") == INTO + MOVED
    assert "error" not in run("validate").out


def test_windows_line_ends_are_moved(lists, run):
    for name, text in (
        ("from", FROM),
        ("into", INTO.replace("          - title: Z", "          -\n            title: Z") + ROWS),
    ):
        (lists / f"{name}.yaml").write_bytes(text.replace("\n", "\r\n").encode())
    ran = run("move", "example-org-a", "--to", "into", "--yes")
    assert ran.code == 0, ran.err
    after = FROM[: FROM.index("  # of A")] + FROM[FROM.index("  # of B") :]
    assert (lists / "from.yaml").read_bytes() == after.replace("\n", "\r\n").encode()
    assert (lists / "into.yaml").read_bytes().endswith((ROWS + MOVED).replace("\n", "\r\n").encode())
    assert run("move", "example-org-z", "--to", "from", "--yes").code == 0


def test_only_written_files_are_reported_as_written(lists, run, monkeypatch):
    def full(path, _text):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("generator.editing.plan.write", full)
    ran = run("move", "example-org-a", "--to", "into", "--yes")
    assert ran.code == 1
    assert "error[not-written]" in ran.err
    assert "nothing was written" in ran.err
    assert "\nwritten: " not in ran.err


def test_a_pointer_is_left_only_with_the_option(lists, run):
    assert run("move", "example-org-b", "--to", "into", "--pointer", "--yes").code == 0
    assert "also_in: [from]" in (lists / "into.yaml").read_text(encoding="utf-8")


def test_moving_the_last_entry_removes_the_key(lists, run):
    assert run("move", "t", "--to", "into.yaml", "--section", "things", "-y").code == 0
    assert (lists / "third.yaml").read_text(encoding="utf-8") == "title: Third\n"
    assert run("move", "t", "--to", "third", "-y").code == 0
    assert (lists / "third.yaml").read_text(encoding="utf-8") == "title: Third\nentries:\n  - title: T\n"
    assert (lists / "into.yaml").read_text(encoding="utf-8") == INTO


def test_within_a_topic_a_section_must_be_named(tmp_path, run):
    text = "title: T\nentries:\n  - title: A\n  - title: B\nsections:\n  - title: S\n"
    collection(tmp_path, "title: L\n", t=text)
    assert run("move", "a", "--to", "t", "-y").code == 0
    assert (tmp_path / "lists" / "t.yaml").read_text(encoding="utf-8") == text
    assert run("move", "a", "--to", "t", "--section", "S", "-y").code == 0
    after = "title: T\nentries:\n  - title: B\nsections:\n  - title: S\n    entries:\n      - title: A\n"
    assert (tmp_path / "lists" / "t.yaml").read_text(encoding="utf-8") == after


def test_an_id_that_would_change_is_written(tmp_path, run):
    twin = "title: {}\nentries:\n  - title: Same\n    url: https://example.org/same\n  - title: X{}\n"
    collection(
        tmp_path,
        "title: L\n",
        one=twin.format("One", 1),
        two=twin.format("Two", 2),
        three="title: Three\nentries:\n  - title: Q\n",
    )
    from datetime import date

    from generator.editing.workspace import load_workspace

    before = [
        entry.id
        for _, entry in load_workspace(tmp_path / "lists", today=date(2026, 1, 1)).catalogue.entries()
        if entry.title == "Same"
    ]
    assert run("move", before[1], "--to", "three", "-y").code == 0
    after = [
        entry.id
        for _, entry in load_workspace(tmp_path / "lists", today=date(2026, 1, 1)).catalogue.entries()
        if entry.title == "Same"
    ]
    assert set(before) == set(after)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["nobody", "--to", "into"], 2, "unknown-entry"),
        (["t", "--to", "nowhere"], 2, "unknown-topic"),
        (["t", "--to", "into", "--section", "none"], 2, "unknown-section"),
    ],
)
def test_unknown_entries_topics_and_sections(lists, run, arguments, code, word):
    ran = run("move", *arguments, "-y")
    assert (ran.code, word in ran.err) == (code, True)


def test_brackets_and_references_are_refused(tmp_path, run):
    text = "title: T\nentries:\n  - &a {title: A, url: https://example.org/a}\n  - {title: B, links: {pdf: https://example.org/p}}\n  - *a\n"
    collection(tmp_path, "title: L\n", t=text, flow="title: F\nentries: [https://example.org/f]\n", into=INTO)
    before = {path.name: path.read_bytes() for path in (tmp_path / "lists").iterdir()}
    for entry, to in (("https://example.org/f", "into"), ("b", "flow"), ("https://example.org/a", "into")):
        assert run("move", entry, "--to", to, "-y").code in {1, 2}
    assert {path.name: path.read_bytes() for path in (tmp_path / "lists").iterdir()} == before


@pytest.mark.parametrize(
    ("into", "validate_helps"), [("title: I\nentries: [https://example.org/i]\n", False), ("title: I\nentries:\n\t- a\n", True)]
)
def test_validate_is_suggested_only_if_it_reports_something(tmp_path, run, into, validate_helps):
    collection(tmp_path, "title: L\n", t="title: T\nentries:\n  - https://example.org/a\n", into=into)
    ran = run("move", "https://example.org/a", "--to", "into", "-y")
    assert (ran.code, "[unsafe-edit]" in ran.err) == (1, True)
    assert ("listkeeper validate" in ran.err) is validate_helps


@pytest.mark.parametrize("name", ["optimal-transport", "geometry", "reading-groups", "unrolling"])
def test_each_of_our_own_entries_can_be_moved(name):
    data = (ROOT / "lists" / f"{name}.yaml").read_bytes()
    goal = (ROOT / "lists" / "information-theory.yaml").read_bytes()
    topic, into = parse_topic(data, "a.yaml")[0], parse_topic(goal, "b.yaml")[0]
    for entry in topic.walk():
        taken = remove_entry(Source("a.yaml", data), entry)
        at = choose_position(into, entry)
        after = insert_entry(Source("b.yaml", goal), into, at.section, at.number, taken.rows)
        found, problems = parse_topic(after.data, "b.yaml")
        assert not problems
        moved = [one for one in found.walk() if (one.url, one.title) == (entry.url, entry.title)]
        assert len(moved) == 1
        back, _ = parse_topic(taken.source.data, "a.yaml")
        assert not same(back, topic)
        assert len(list(back.walk())) == len(list(topic.walk())) - 1
        assert sorted(after.text.splitlines()) == sorted([*goal.decode().splitlines(), *(f"      {row}" for row in taken.rows)])
