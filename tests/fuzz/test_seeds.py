"""Every kept input of the fuzz targets is read within the time limit, and every grammar makes inputs that are read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.coverage import Lines, lines_of
from tests.fuzz.grammars import inputs, variants
from tests.fuzz.limit import TooSlow, time_limit
from tests.fuzz.readers import MODULES, READERS

SEEDS = Path(__file__).parent / "seeds"
KEPT = sorted(SEEDS.glob("*/*"))


@pytest.mark.parametrize("path", KEPT, ids=[path.relative_to(SEEDS).as_posix() for path in KEPT])
def test_kept_inputs_are_read(path):
    with time_limit(5):
        READERS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("reader", READERS)
def test_made_inputs_are_read(reader):
    corpus = [path.read_bytes() for path in KEPT if path.parent.name == reader]
    assert corpus, "each reader has an input to begin with"

    @settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(inputs(reader))
    def read(data: bytes) -> None:
        for each in (data, *variants(data, corpus, 2)):
            with time_limit(5):
                READERS[reader](each)

    read()


def test_every_reader_has_modules():
    assert MODULES.keys() == READERS.keys()
    assert all(lines_of(patterns) for patterns in MODULES.values())


def test_no_handler_hides_that_time_is_over():
    def careless() -> None:
        while True:
            with suppress(Exception):
                "".join(map(str, range(10)))

    with pytest.raises(TooSlow, match=r"more than 0\.01 s"), time_limit(0.01):
        careless()


def test_reached_lines_are_counted():
    lines = Lines(lines_of(["tests/fuzz/limit.py"]))
    for expected in (True, False):
        with lines, time_limit(5):
            pass
        assert lines.new is expected
    assert 0 < lines.reached < lines.total, "stop() wasn't called"
