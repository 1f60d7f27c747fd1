"""A diff is what git takes: applied to the old text it gives the new one."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing.diff import diff

ROWS = st.lists(st.sampled_from(["a", "b", "c", "", "title: x", "-- a", "++ b", "d\r", "  - a", "    b", "  - c"]), max_size=30)


def applied(patch, before):
    """What a unified diff makes of a text, by its own words."""
    rows = before.split("\n")
    rows = [f"{row}\n" for row in rows[:-1]] + ([rows[-1]] if rows[-1] else [])
    out, at = [], 0
    lines = patch.split("\n")[2:-1]
    for number, line in enumerate(lines):
        ends = "" if number + 1 < len(lines) and lines[number + 1].startswith("\\") else "\n"
        if line.startswith("@@"):
            start, _, count = line.split()[1][1:].partition(",")
            begin = int(start) - (1 if int(count) else 0)
            out, at = out + rows[at:begin], begin
        elif line[:1] in {" ", "-"}:
            assert rows[at] == line[1:] + ends
            at += 1
        if line[:1] in {" ", "+"}:
            out.append(line[1:] + ends)
    return "".join(out + rows[at:])


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(ROWS, ROWS, st.booleans(), st.booleans())
def test_it_leads_from_one_text_to_the_other(old, new, one, other):
    before, after = "\n".join(old) + "\n" * one, "\n".join(new) + "\n" * other
    patch = diff("t", before, after)
    assert (patch == "") is (before == after)
    if patch:
        assert applied(patch, before) == after


def kept(old, new):
    """How many lines two texts can keep in common, in their order."""
    row = [0] * (len(new) + 1)
    for line in old:
        above = row
        row = [0]
        for number, other in enumerate(new):
            row.append(above[number] + 1 if line == other else max(row[number], above[number + 1]))
    return row[-1]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(ROWS, ROWS)
def test_no_line_is_marked_that_could_stay(old, new):
    patch = diff("t", "".join(f"{row}\n" for row in old), "".join(f"{row}\n" for row in new))
    body = patch.split("\n")[2:]
    assert sum(line[:1] == "-" for line in body) == len(old) - kept(old, new)
    assert sum(line[:1] == "+" for line in body) == len(new) - kept(old, new)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("  - kind: a\n    title: A\n  - kind: a\n    title: C\n", "  - kind: a\n    title: A\n  - kind: a\n    title: B\n  - kind: a\n    title: C\n", ["+  - kind: a", "+    title: B"]),
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", ["-b: 2\r", "+b: 3\r"]),
        ("a: 1\nb: 2", "a: 1\nb: 2\nc: 3", ["-b: 2", "\\ No newline at end of file", "+b: 2", "+c: 3", "\\ No newline at end of file"]),
        ("a:\t1\n", "a:\t2\n", ["-a:\t1", "+a:\t2"]),
    ],
)  # fmt: skip
def test_what_is_marked(before, after, marked):
    assert [line for line in diff("t", before, after).split("\n")[2:] if line[:1] in {"+", "-", "\\"}] == marked


@pytest.mark.parametrize("gap", [1, 6, 7, 8, 500])
def test_git_takes_changes_near_and_far(tmp_path, gap):
    before = [f"line {number}\n" for number in range(2000)]
    after = list(before)
    after[5] = "other\n"
    after[5 + gap : 5 + gap] = ["new\n"] * 200
    del after[-3:]
    (tmp_path / "t").write_text("".join(before), encoding="utf-8")
    patch = diff("t", "".join(before), "".join(after))
    subprocess.run(["git", "apply"], cwd=tmp_path, input=patch.encode(), check=True)
    assert (tmp_path / "t").read_text(encoding="utf-8") == "".join(after)
