"""The command `listkeeper`: click only. What a command does stands in `generator.commands`, imported when it is called."""

from __future__ import annotations

import sys

from generator.cli.group import main_group

__all__ = ["main", "main_group"]


def main() -> None:
    """The entry point: exit 2 for usage, 130 for Ctrl-C, 3 for a bug of ours with what to report."""
    from generator.cli.errors import run

    sys.exit(run(main_group))
