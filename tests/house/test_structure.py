"""The house itself: files stay readable, and every code a problem carries is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.reporting.explanations import explain, known_codes

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("linkcheck", "generator") for path in (ROOT / folder).rglob("*.py")]


@pytest.mark.parametrize(
    "path", [*SOURCES, *(ROOT / "tests").rglob("*.py")], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_file_stays_under_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_code_is_explained():
    used = set()
    for path in (ROOT / "generator").rglob("*.py"):
        used |= set(re.findall(r'Problem\(\s*"([a-z]+(?:-[a-z]+)+)"', path.read_text(encoding="utf-8")))
    assert used, "codes are found"
    assert used <= set(known_codes())
    assert all(explain(code) for code in known_codes())
