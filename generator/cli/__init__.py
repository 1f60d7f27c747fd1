"""The command line `listkeeper`, with click only; `generator.commands` does the work and is imported when a command is called."""

from __future__ import annotations

import sys

from generator.cli.group import main_group

__all__ = ["main", "main_group"]


def main() -> None:
    """Run the command line and exit with its code."""
    from generator.cli.errors import run

    sys.exit(run(main_group))
