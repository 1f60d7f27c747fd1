"""The line of an error with a caret, on a terminal only."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from dataclasses import replace
from unicodedata import combining, east_asian_width

import pytest

from generator.problems import Place, Problem, Severity
from generator.reporting import render
from generator.reporting.code_frame import code_frame
from generator.results import Report
from tests.commands.command import lists


def cells(text):
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize(
    ("row", "column", "under"),
    [
        ("    urll: x", 5, "u"), ("title: A", 1, "t"), ("title: A", 8, "A"), ("a: 数数 kind", 7, "k"), ("a: e\u0301 kind", 7, "k"), ("a:\t数", 4, "数"),
        ("a\u202eb c", 5, "c"), ("\x1b[31m red", 7, "r"), ("x" * 500 + "!" + "x" * 500, 501, "!"), ("数" * 500 + "!", 501, "!"), ("x" * 99 + "!", 100, "!"),
        ("x" * 100 + "!", 101, "!"),
    ],
)  # fmt: skip
def test_the_caret_is_under_its_character(row, column, under):
    _, shown, caret = code_frame(row, 12, column)
    before = cells(caret.removesuffix("^"))
    at = next(index for index in range(len(shown)) if cells(shown[:index]) == before and not combining(shown[index]))
    assert shown[at] == under
    assert shown.startswith(" 12 | ")
    assert cells(shown) <= 108
    assert shown.isprintable()


def test_places_outside_of_the_row_are_at_its_end():
    assert code_frame("abc", 1, 99)[2] == "   |    ^"
    assert code_frame("abc", 1, 0)[2] == "   | ^"
    assert code_frame("", 1, 1) == ["   |", " 1 |", "   | ^"]


def test_only_errors_have_a_frame():
    at = Place("a.yaml", 1, 1)
    found = tuple(Problem(f"code-{one}", one, "message", at) for one in Severity)
    report = Report("validate", version="1", problems=found, rows={("a.yaml", 1): "title: A"})
    assert render(report, "text").count("^") == 1
    assert "^" not in render(replace(report, rows={}), "text")


def on_terminal(folder, *arguments):
    """The output of a command whose standard output is a terminal."""
    main, other = pty.openpty()
    env = {**os.environ, "NO_COLOR": "1", "TERM": "xterm"}
    code = "import sys; sys.argv[0] = 'listkeeper'; from generator.cli import main; main()"
    with subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=folder, env=env, stdout=other, stderr=other) as process:
        os.close(other)
        told = io.BytesIO()
        while True:
            try:
                part = os.read(main, 4096)
            except OSError:  # Linux: the other side is closed
                break
            if not part:
                break
            told.write(part)
        process.wait()
    os.close(main)
    return told.getvalue().decode().replace("\r\n", "\n")


BROKEN = "title: Other\nentries:\n  - title: A\n    urll: https://example.org/\n  - title: B\n    url: https://example.org/b,\n"
FRAME = " 4 |     urll: https://example.org/\n   |     ^\n"


@pytest.mark.parametrize("arguments", [("validate",), ("build",)])
def test_a_terminal_shows_the_line_of_an_error(tmp_path, arguments):
    told = on_terminal(lists(tmp_path, other=BROKEN), *arguments)
    assert FRAME in told
    assert told.count("^\n") == 1


def test_commands_that_edit_show_the_line_as_well(tmp_path):
    folder = lists(tmp_path, other="title: Other\nentries:\n  - title: A\n    id: taken\n")
    told = on_terminal(folder, "rename", "entry", "peyre2019computational", "taken")
    assert "error[duplicate-id]" in told
    assert "\n 3 |   - title: A\n   |     ^\n" in told


def test_pipes_other_formats_and_links_to_other_files_show_none(tmp_path):
    folder = lists(tmp_path, other=BROKEN)
    assert "^" not in on_terminal(folder, "validate", "--format", "junit")
    (folder / "lists" / "other.yaml").rename(tmp_path / "elsewhere.yaml")
    (folder / "lists" / "other.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert "^\n" not in on_terminal(folder, "validate")
