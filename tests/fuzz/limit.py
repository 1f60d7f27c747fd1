"""A limit on the time of a call, which no `except Exception` of the called code hides."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TooSlow", "time_limit"]


class TooSlow(BaseException):
    """A call took longer than its limit."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in the block after so many seconds of processor time, which a busy machine does not lengthen. Only in the main thread of a POSIX system."""

    def stop(*_: object) -> None:
        raise TooSlow(f"it took more than {seconds:g} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
