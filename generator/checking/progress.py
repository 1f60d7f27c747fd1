"""The progress of a run: redrawn in place on a terminal, plain lines elsewhere.

A stream that can't be written to (a closed pipe, a character that can't be encoded) never ends the run.
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

    from generator.results import Report

__all__ = ["Progress", "should_be_live"]

Waiting = tuple[str, int, float]
"""A host, the number of its links that wait, and the seconds until the next of them is asked."""

_INTERVAL = 10.0
_MAX_ROWS = 3
_STYLES = {
    Outcome.DEAD: "red",
    Outcome.INVALID: "red",
    Outcome.MOVED: "yellow",
    Outcome.FAILING: "cyan",
    Outcome.ALIVE: "green",
}
_FALSE = frozenset({"", "0", "false", "no"})


def should_be_live(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether the stream is a terminal that can be redrawn, and not that of a build server."""
    if environ.get("CI", "").lower() not in _FALSE or environ.get("TERM", "").lower() in {"dumb", "unknown"}:
        return False
    with suppress(AttributeError, OSError, ValueError):
        return stream.isatty()
    return False


class Progress:
    """The progress display of one run. `total` is the number of links to check; `live` redraws it in place."""

    def __init__(self, total: int, stream: TextIO, live: bool, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self._stream = stream
        self._clock = clock
        self._started = self._last_line_at = clock()
        self._done = 0
        self._tenths = 0
        self._tally: Counter[Outcome] = Counter()
        self._rows: Sequence[Waiting] = ()
        self._rows_at = self._started
        self._estimate: float | None = None
        self._closed = False
        self._live = self._start_live() if live else None

    def update(self, done: int, outcome: Outcome, total: int | None = None) -> None:
        """Record one more link: `done` links are checked now, of `total` if that changed."""
        self.total = self.total if total is None else total
        self._done = done
        self._tally[outcome] += 1
        tenths = 10 * done // self.total if self.total else 0
        if tenths > self._tenths:
            self._tenths = tenths
            self._print()
        else:
            self._print_after(_INTERVAL)

    def set_waiting(self, rows: Sequence[Waiting], estimate: float | None = None) -> None:
        """Record the waiting hosts; `estimate` is the number of seconds that the busiest host still needs."""
        self._rows = sorted(rows, key=lambda row: (-row[1], row[0]))[:_MAX_ROWS]
        self._rows_at = self._clock()
        self._estimate = estimate
        self._print_after(_INTERVAL)

    def close(self, report: Report | None = None) -> None:
        """End the display and leave a last plain line, with the numbers of the report. Calling it again does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._live is not None:
            with suppress(OSError, ValueError):
                self._live.stop()
        if report is not None:
            self._tally, self._done, self.total = report.tally(), report.checked(), len(report.verdicts)
        self._write(f"{self._counts()} in {_duration(self._clock() - self._started)}")

    def _print_after(self, seconds: float) -> None:
        if self._clock() - self._last_line_at >= seconds:
            self._print()

    def _print(self) -> None:
        self._last_line_at = self._clock()
        if self._live is None:
            self._write("; ".join(filter(None, (self._counts(), self._waiting_text(), self._remaining()))))

    def _write(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    def _counts(self) -> str:
        share = f" ({100 * self._done // self.total} %)" if self.total else ""
        tally = ", ".join(f"{self._tally[outcome]:,} {outcome}" for outcome in reversed(Outcome) if self._tally[outcome])
        return f"{self._done:,} of {counted(self.total, 'link')} checked{share}{': ' if tally else ''}{tally}"

    def _waiting_text(self) -> str:
        rows = ", ".join(f"{host} ({jobs:,}{_next_in(seconds)})" for host, jobs, seconds in self._current_rows())
        return f"waiting for {rows}" if rows else ""

    def _current_rows(self) -> list[Waiting]:
        """The waiting hosts as of now: time has passed since they were recorded."""
        passed = self._clock() - self._rows_at
        return [
            ("".join(filter(str.isprintable, host))[:60], jobs, max(0.0, seconds - passed))
            for host, jobs, seconds in self._rows
        ]

    def _remaining(self) -> str:
        if self._estimate is None:
            return ""
        return f"about {_duration(max(0.0, self._estimate - (self._clock() - self._rows_at)))} left"

    def _start_live(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._stream, force_terminal=True)
        live = Live(
            console=console, get_renderable=self._render, refresh_per_second=5, transient=True,
            redirect_stdout=False, redirect_stderr=False,
        )  # fmt: skip
        live.start()
        return live

    def _render(self) -> RenderableType:
        """The display as of now; called several times a second by rich's own thread, which only reads."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        head = Table.grid(padding=(0, 2))
        timing = " · ".join(filter(None, (_duration(self._clock() - self._started), self._remaining())))
        bar = ProgressBar(total=max(self.total, 1), completed=self._done, width=30)
        head.add_row(bar, Text(f"{self._done:,} of {self.total:,}"), Text(timing, style="dim"))
        counts = Text("  ").join(
            Text(f"{number:,} {outcome}", style=_STYLES.get(outcome, ""))
            for outcome in reversed(Outcome)
            if (number := self._tally[outcome])
        )
        rows = Table.grid(padding=(0, 2))
        for host, jobs, seconds in self._current_rows():
            rows.add_row(Text(host), Text(f"{jobs:,} waiting"), Text(_next_in(seconds).removeprefix(", "), style="dim"))
        return Group(head, counts, rows)


def _next_in(seconds: float) -> str:
    return f", next in {_duration(seconds)}" if seconds >= 1 else ""


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 100:
        return f"{whole} s"
    if whole < 100 * 60:
        return f"{round(whole / 60)} min"
    return f"{whole / 3600:.1f} h"
