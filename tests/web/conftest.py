"""One simulated web for the tests of the web itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALE = 0.02
EVERYTHING = ("behaviours", "sites", "decoys", "mixes")


@pytest.fixture(scope="package")
def running() -> Iterator[World]:
    with World(SCALE, EVERYTHING) as started:
        yield started


@pytest.fixture
def world(running: World) -> World:
    running.night = 1
    return running
