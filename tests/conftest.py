"""What all tests share: the loop's backend, and honest skips.

A test marked `node` or `browser` is skipped by name where its tool is missing; LISTKEEPER_REQUIRE=node,browser turns that into a
failure, and the last line counts what was skipped.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

NODE_MODULES = Path(__file__).parent / "node" / "node_modules" / ".bin"
TOOLS = {
    "node": (lambda: shutil.which("node") and NODE_MODULES.is_dir(), "Node.js and npm, then `make test`"),
    "browser": (
        lambda: shutil.which("chromium") or shutil.which("google-chrome"),
        "Chromium (Debian: apt-get install chromium)",
    ),
}
REQUIRED = frozenset(filter(None, os.environ.get("LISTKEEPER_REQUIRE", "").split(",")))


def pytest_configure(config: pytest.Config) -> None:
    # The same examples in every run: a new one must not turn an unrelated change red.
    settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
    settings.load_profile("repeatable")
    unknown = REQUIRED - set(TOOLS)
    if unknown:
        raise pytest.UsageError(f"LISTKEEPER_REQUIRE names {', '.join(sorted(unknown))}; known: {', '.join(TOOLS)}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, (present, install) in TOOLS.items():
        if item.get_closest_marker(name) and not present():
            message = f"{name} is missing: install {install}"
            if name in REQUIRED:
                pytest.fail(f"{message} (required by LISTKEEPER_REQUIRE)", pytrace=False)
            pytest.skip(message)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for name in TOOLS:
        count = sum(1 for report in skipped if f"{name} is missing" in str(report.longrepr))
        if count:
            terminalreporter.write_line(f"{count} tests marked `{name}` were skipped: the tool is missing here")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
