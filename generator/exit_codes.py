"""What each command does, without click: plain arguments in, an exit code and a `Report` out."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, the same for every command."""

    OK = 0
    FOUND = 1
    USAGE = 2
    BUG = 3
    NOTHING = 4
    INTERRUPTED = 130
