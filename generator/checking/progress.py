"""How far a run is: live on a terminal, plain lines elsewhere. An edge: it writes to the stream it is given.

A display that can't be written to (a closed pipe, a letter the terminal lacks) never ends the run.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from generator.problems import counted
from linkcheck.model import Outcome

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

__all__ = ["Progress", "should_be_live"]

Waiting = tuple[str, int, float]
"""A host, how many of its links wait, and for how many seconds the first of them does."""

_EVERY = 10.0
_ROWS = 3
_STYLES = {
    Outcome.DEAD: "red",
    Outcome.INVALID: "red",
    Outcome.MOVED: "yellow",
    Outcome.FAILING: "cyan",
    Outcome.ALIVE: "green",
}
_ABSENT = frozenset({"", "0", "false", "no"})


def should_be_live(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether the stream is a terminal that can redraw, and a person may be looking: no build server, no dumb terminal."""
    if environ.get("CI", "").lower() not in _ABSENT or environ.get("TERM", "").lower() in {"dumb", "unknown"}:
        return False
    with suppress(AttributeError, OSError, ValueError):
        return stream.isatty()
    return False


class Progress:
    """The display of one run. `total` is the number of links to ask; `live` redraws in place, else lines follow each other."""

    def __init__(self, total: int, stream: TextIO, live: bool, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self._stream = stream
        self._clock = clock
        self._begun = self._told = clock()
        self._done = 0
        self._tenths = 0
        self._tally: Counter[Outcome] = Counter()
        self._rows: Sequence[Waiting] = ()
        self._rows_at = self._begun
        self._estimate: float | None = None
        self._closed = False
        self._live = self._start() if live else None

    def update(self, done: int, outcome: Outcome, total: int | None = None) -> None:
        """One more link was seen: so many are done now, of `total` where that has changed."""
        self.total = self.total if total is None else total
        self._done = done
        self._tally[outcome] += 1
        tenths = 10 * done // self.total if self.total else 0
        if tenths > self._tenths:
            self._tenths = tenths
            self._tell()
        else:
            self._tell_after(_EVERY)

    def set_waiting(self, rows: Sequence[Waiting], estimate: float | None = None) -> None:
        """Who waits: hosts with their links and seconds. `estimate`: how many seconds the busiest host still needs."""
        self._rows = sorted(rows, key=lambda row: (-row[1], row[0]))[:_ROWS]
        self._rows_at = self._clock()
        self._estimate = estimate
        self._tell_after(_EVERY)

    def close(self) -> None:
        """End the display; a last plain line stays. Calling it again does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._live is not None:
            with suppress(OSError, ValueError):
                self._live.stop()
        self._write(f"{self._counts()} in {_span(self._clock() - self._begun)}")

    def _tell_after(self, seconds: float) -> None:
        if self._clock() - self._told >= seconds:
            self._tell()

    def _tell(self) -> None:
        self._told = self._clock()
        if self._live is None:
            self._write("; ".join(filter(None, (self._counts(), self._waits(), self._end()))))

    def _write(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    def _counts(self) -> str:
        share = f" ({100 * self._done // self.total} %)" if self.total else ""
        tally = ", ".join(f"{self._tally[outcome]:,} {outcome}" for outcome in reversed(Outcome) if self._tally[outcome])
        return f"{self._done:,} of {counted(self.total, 'link')} seen{share}{': ' if tally else ''}{tally}"

    def _waits(self) -> str:
        rows = ", ".join(f"{host} ({jobs:,}{_next(seconds)})" for host, jobs, seconds in self._now())
        return f"waiting for {rows}" if rows else ""

    def _now(self) -> list[Waiting]:
        """The rows as of this moment: seconds have passed since they were told."""
        passed = self._clock() - self._rows_at
        return [
            ("".join(filter(str.isprintable, host))[:60], jobs, max(0.0, seconds - passed))
            for host, jobs, seconds in self._rows
        ]

    def _end(self) -> str:
        if self._estimate is None:
            return ""
        return f"about {_span(max(0.0, self._estimate - (self._clock() - self._rows_at)))} left"

    def _start(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._stream, force_terminal=True)
        live = Live(
            console=console, get_renderable=self._picture, refresh_per_second=5, transient=True,
            redirect_stdout=False, redirect_stderr=False,
        )  # fmt: skip
        live.start()
        return live

    def _picture(self) -> RenderableType:
        """The display as of now; drawn several times a second by rich's own thread, which only reads."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        head = Table.grid(padding=(0, 2))
        timing = " · ".join(filter(None, (_span(self._clock() - self._begun), self._end())))
        bar = ProgressBar(total=max(self.total, 1), completed=self._done, width=30)
        head.add_row(bar, Text(f"{self._done:,} of {self.total:,}"), Text(timing, style="dim"))
        counts = Text("  ").join(
            Text(f"{number:,} {outcome}", style=_STYLES.get(outcome, ""))
            for outcome in reversed(Outcome)
            if (number := self._tally[outcome])
        )
        rows = Table.grid(padding=(0, 2))
        for host, jobs, seconds in self._now():
            rows.add_row(Text(host), Text(f"{jobs:,} waiting"), Text(_next(seconds).removeprefix(", "), style="dim"))
        return Group(head, counts, rows)


def _next(seconds: float) -> str:
    return f", next in {_span(seconds)}" if seconds >= 1 else ""


def _span(seconds: float) -> str:
    whole = round(seconds)
    if whole < 100:
        return f"{whole} s"
    if whole < 100 * 60:
        return f"{round(whole / 60)} min"
    return f"{whole / 3600:.1f} h"
