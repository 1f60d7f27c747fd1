"""Diffs are minimal patches: git applies them, and the result is the new text."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing.diff import _by_difflib, diff

ROWS = st.lists(
    st.sampled_from(["a", "b", "c", "", "title: x", "-- a", "++ b", "@@ a", "d\r", "  - a", "    b", "  - c"]), max_size=30
)


def fallback(path, before, after):
    return f"--- {path}\n+++ {path}\n{_by_difflib(before, after, 3)}" if before != after else ""


def applied(patch, before):
    """The text after a patch, by the definition of a unified diff."""
    rows = before.split("\n")
    rows = [f"{row}\n" for row in rows[:-1]] + ([rows[-1]] if rows[-1] else [])
    out, at = [], 0
    lines = patch.split("\n")[2:-1]
    for number, line in enumerate(lines):
        ends = "" if number + 1 < len(lines) and lines[number + 1].startswith("\\") else "\n"
        if line.startswith("@@"):
            start, _, count = line.split()[1][1:].partition(",")
            begin = int(start) - (0 if count == "0" else 1)
            out, at = out + rows[at:begin], begin
        elif line[:1] in {" ", "-"}:
            assert rows[at] == line[1:] + ends
            at += 1
        if line[:1] in {" ", "+"}:
            out.append(line[1:] + ends)
    return "".join(out + rows[at:])


@pytest.mark.parametrize("made", [diff, fallback])
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(ROWS, ROWS, st.booleans(), st.booleans())
def test_a_diff_applied_to_the_old_text_gives_the_new_one(made, old, new, one, other):
    before, after = "\n".join(old) + "\n" * one, "\n".join(new) + "\n" * other
    patch = made("t", before, after)
    assert (patch == "") is (before == after)
    if patch:
        assert applied(patch, before) == after


def entries(*titles, first="title: {}", last="kind: paper"):
    return "".join(f"  - {first.format(title)}\n    {last.format(title)}\n" for title in titles)


MANY = "BCDEFGH"


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        (entries("A", *MANY), entries("A", "N", *MANY), ["+  - title: N", "+    kind: paper"]),
        (entries("A", "N", *MANY), entries("A", *MANY), ["-  - title: N", "-    kind: paper"]),
        (entries("A", *MANY, "Z"), entries("A", "N", *MANY, "M", "Z"), ["+  - title: N", "+    kind: paper", "+  - title: M", "+    kind: paper"]),
        (entries("A", *MANY, first="kind: a", last="title: {}"), entries("A", "N", *MANY, first="kind: a", last="title: {}"), ["+  - kind: a", "+    title: N"]),
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", ["-b: 2\r", "+b: 3\r"]),
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\r\n", ["-a: 1\r", "+a: 1"]),
        ("a: 1\nb: 2", "a: 1\nb: 2\nc: 3", ["-b: 2", "\\ No newline at end of file", "+b: 2", "+c: 3", "\\ No newline at end of file"]),
        ("a:\t1\n", "a:\t2\n", ["-a:\t1", "+a:\t2"]),
        ("a: \0\n", "a: \0\0\n", ["-a: \0", "+a: \0\0"]),
    ],
)  # fmt: skip
def test_whole_entries_and_only_changed_lines_are_marked(before, after, marked):
    assert [line for line in diff("t", before, after).split("\n")[2:] if line[:1] in {"+", "-", "\\"}] == marked


def test_hunks_name_their_lines_and_no_heading():
    before = "entries:\n" + entries(*"ABCDEFGHIJ")
    patch = diff("lists/t.yaml", before, before.replace("title: J", "title: K"))
    assert patch.split("\n")[:3] == ["--- a/lists/t.yaml", "+++ b/lists/t.yaml", "@@ -17,5 +17,5 @@"]
    assert diff("t", before, before.replace("title: J", "title: K"), context=0).split("\n")[2] == "@@ -20 +20 @@"


@pytest.mark.parametrize(
    ("before", "after", "former", "head"),
    [
        ("a\n", "b\n", "", ["--- a/new", "+++ b/new"]),
        ("a\n", "b\n", "old", ["--- a/old", "+++ b/new"]),
        (None, "b\n", "", ["--- /dev/null", "+++ b/new"]),
        ("a\n", None, "", ["--- a/new", "+++ /dev/null"]),
    ],
)
def test_headers_of_new_removed_and_renamed_files(before, after, former, head):
    assert diff("new", before, after, former=former).split("\n")[:2] == head


SETTINGS = (
    "[diff]\n\tnoprefix = true\n\tmnemonicPrefix = true\n\tcontext = 9\n\texternal = false\n\talgorithm = patience\n"
    "[core]\n\tautocrlf = true\n\tattributesFile = ~/attributes\n[color]\n\tui = always\n"
)


def test_settings_of_the_user_change_nothing(tmp_path, monkeypatch):
    before, after = "a: 1\r\nb: 2\n" * 20, "a: 1\nb: 2\n" * 20
    expected = diff("t", before, after)
    (tmp_path / ".gitconfig").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "attributes").write_text("* binary\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / ".gitconfig"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert diff("t", before, after) == expected
    assert expected.count("\n-a: 1\r") == 20


def test_a_repository_around_the_temporary_folder_changes_nothing(tmp_path, monkeypatch):
    expected = diff("t", "a: 1\r\nb: 2\n", "a: 1\nb: 2\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitattributes").write_text("* text=auto eol=lf\n", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert diff("t", "a: 1\r\nb: 2\n", "a: 1\nb: 2\n") == expected


def test_without_git_difflib_makes_the_diff(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (
        diff("t", "a\nb\nc", "a\nB\nc") == "--- a/t\n+++ b/t\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize("gap", [1, 6, 7, 8, 500])
def test_git_applies_changes_near_and_far(tmp_path, gap):
    before = [f"line {number}\n" for number in range(2000)]
    after = list(before)
    after[5] = "other\n"
    after[5 + gap : 5 + gap] = ["new\n"] * 200
    del after[-3:]
    (tmp_path / "t").write_text("".join(before), encoding="utf-8")
    patch = diff("t", "".join(before), "".join(after))
    subprocess.run(["git", "apply"], cwd=tmp_path, input=patch.encode(), check=True)
    assert (tmp_path / "t").read_text(encoding="utf-8") == "".join(after)
