"""`kill -9` at 50 changes of files in each command that writes several: every file is old or new, and the next run finishes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.commands.killed import SCENES, faults
from tests.commands.killing import runner

MOMENTS = 50


def measure() -> Iterator[str]:
    with runner() as commands:
        for name in SCENES:
            with tempfile.TemporaryDirectory() as folder:
                results = list(faults(commands, name, Path(folder), MOMENTS))
            bad = [result for result in results if result]
            yield f"kill -9 at {len(results)} moments of {name}: {len(bad)} faults: {'MISSED' if bad else 'met'}"
            yield from bad
