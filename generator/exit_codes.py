"""The exit codes of `listkeeper`."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The same for every command."""

    OK = 0
    FOUND = 1
    """Something for a maintainer to fix: an error, a dead link, a stale page, a refused edit."""
    USAGE = 2
    """Wrong options or settings, or a file that can't be read or written."""
    BUG = 3
    NOTHING = 4
    """Nothing could be checked: offline, or no links."""
    INTERRUPTED = 130
