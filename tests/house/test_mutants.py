"""The list of equivalent mutants is about code that is still there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTED = tomllib.loads((ROOT / "tests" / "mutants" / "equivalent.toml").read_text(encoding="utf-8"))["mutant"]


@pytest.mark.parametrize("one", LISTED, ids=lambda one: f"{one['path']}: {one['after']}")
def test_an_equivalent_mutant_has_its_line_and_a_reason(one):
    lines = {line.strip() for line in (ROOT / one["path"]).read_text(encoding="utf-8").splitlines()}
    assert one["before"] in lines
    assert one["before"] != one["after"]
    assert one["why"]
