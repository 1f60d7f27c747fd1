"""Every folder under tests/golden is a case: its sources, and `expected.txt` with one line for each problem.

To add a case, add a folder. With LISTKEEPER_GOLDEN=write the tests write the expectations and fail, so that the changes are read.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.reporting.explanations import known_codes
from generator.sources.catalogue.parse import assemble

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path for path in GOLDEN.iterdir() if path.is_dir() and path.name != "import")
TODAY = date(2026, 11, 21)
LINE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?:error|warning|note)\[(?P<code>[a-z0-9-]+)\] .+ \| ")


def shown(problem: Problem) -> str:
    place = problem.place
    head = f"{place.path}:{place.line}:{place.column}: {problem.severity}[{problem.code}]"
    return f"{head} {problem.message} | {problem.hint}".rstrip(" ")


def problems(case: Path) -> list[Problem]:
    files = {
        path.relative_to(case).as_posix(): path for path in case.rglob("*") if path.is_file() and path.name != "expected.txt"
    }
    sources = {name: path.read_bytes() for name, path in files.items() if name.endswith(".yaml") and "/" not in name}
    _, found = assemble(sources, today=TODAY, others=sorted(files.keys() - sources.keys()))
    return list(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_problems_are_as_expected(case):
    lines = [shown(problem) for problem in problems(case)]
    expected = case / "expected.txt"
    if os.environ.get("LISTKEEPER_GOLDEN") == "write":
        text = "\n".join(lines) + "\n"
        if not expected.exists() or expected.read_text(encoding="utf-8") != text:
            expected.write_text(text, encoding="utf-8", newline="\n")
            pytest.fail(f"{expected} was rewritten: read it")
    assert lines == expected.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_places_are_within_their_files_and_codes_have_pages(case):
    for problem in problems(case):
        assert problem.code in known_codes()
        place = problem.place
        if place.line == 0:
            continue
        data = (case / place.path).read_bytes()
        encoding = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8"
        rows = re.split(r"\r\n?|\n", data.decode(encoding, errors="replace"))
        assert 1 <= place.line <= len(rows) + 1
        assert 1 <= place.column <= len(rows[min(place.line, len(rows)) - 1]) + 2


def test_there_are_forty_cases_five_with_several_problems_and_a_long_one():
    expected = {case: (case / "expected.txt").read_text(encoding="utf-8").splitlines() for case in CASES}
    assert len(expected) >= 40
    assert all(LINE.match(line) or line.endswith("|") for lines in expected.values() for line in lines)
    several = [
        case
        for case, lines in expected.items()
        if len({LINE.match(f"{line} ")["code"] for line in lines if LINE.match(f"{line} ")}) >= 3
    ]
    assert len(several) >= 5
    lengths = [len(path.read_bytes().splitlines()) for case in CASES for path in case.glob("*.yaml")]
    assert max(lengths) >= 280
