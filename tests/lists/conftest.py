"""Our own lists, read once for all tests of this folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import assemble

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 1, 1)
"""A fixed day, so that the tests say the same every day; later than every year in the lists."""


@pytest.fixture(scope="session")
def validated() -> tuple[Catalogue, tuple[Problem, ...]]:
    paths = sorted((ROOT / "lists").iterdir())
    sources = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths if path.suffix == ".yaml"}
    others = [path.relative_to(ROOT).as_posix() for path in paths if path.suffix != ".yaml"]
    return assemble(sources, today=TODAY, others=others)


@pytest.fixture(scope="session")
def lists(validated: tuple[Catalogue, tuple[Problem, ...]]) -> Catalogue:
    return validated[0]
