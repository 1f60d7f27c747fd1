"""`listkeeper --help` beside `python -c "import click"`, as processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from tests.bench import ratio, seconds


def measure() -> Iterator[str]:
    def process(*arguments: str) -> float:
        return seconds(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True), 15)

    yield ratio("--help", process("-m", "generator", "--help"), process("-c", "import click"), 1.3, yardstick="import click")
