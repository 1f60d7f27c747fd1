"""Store the observations of all nights in one SQLite file. Verdicts aren't stored: they are derived, so rules can change.

Each observation is committed at once (WAL, `synchronous=NORMAL`), so a killed run loses only the requests in flight. Equal
consecutive observations of a key share one row with all their times. Rows have the number of their run, so that a run can discard
its own.
"""

from __future__ import annotations

import glob
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Self

from linkcheck.history.facts import fact_of, observations
from linkcheck.history.file import (
    HistoryError,
    NewerHistoryError,
    beside,
    may_be_history,
    notes_to_merge,
    open_copy,
    open_or_create,
    readable,
    rows_to_merge,
)
from linkcheck.judging.moves import observation_at_target
from linkcheck.model import Observation
from linkcheck.urls import redacted

__all__ = ["History", "HistoryError", "Merged"]

_MERGED_RUN = 0
"""The run number of rows merged from another history."""
_KEPT_ASIDE = 3
"""How many damaged files are kept."""
_MOVED = """select key, first, fact from seen where void = '' and
(fact like '%"status":301,%' or fact like '%"status":308,%' or fact like '%"word":"moved"%')"""


_NEWER_NOTE = """insert into note (name, value, at) values (?, ?, ?)
on conflict (name) do update set value = excluded.value, at = excluded.at where excluded.at > note.at"""


class Merged(NamedTuple):
    """Result of a merge: the number of new observations, and of invalid rows that were skipped."""

    new: int
    invalid: int


class History:
    """The history of one collection, for one writer at a time.

    If writing fails during a run (a full disk), `failure` says why. From then on observations are kept in memory for the verdicts
    of this run, `unwritten` counts them, and the run stays unfinished, so that `resume` checks the rest.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        now: datetime | None = None,
        resume: bool = False,
        begin: bool = True,
        redact: Callable[[str], str] = str,
    ) -> None:
        """Open or create the file for a run that begins `now`; without `now`, read a copy in memory and leave the file as it is.

        `resume` continues the last run if it never ended; `begin=False` starts no run, for merging only. `redact` removes secrets
        from texts before they are written, since a server may send them back; user names and secrets in URLs are masked always. A
        damaged file is renamed, and `warning` says so; instead of a newer Listkeeper's file the one beside it is used, which `path`
        then names, and `newer` says so. Raises `HistoryError` for a file that can't be opened.
        """
        self.path = Path(path)
        self.warning = self.newer = self.failure = ""
        self.run = 0
        self._unwritten: dict[str, list[Observation]] = {}
        self._discarded: dict[str, str] = {}
        self._redact: Callable[[str], str] = lambda text: redacted(redact(text))
        self._moved_from: dict[str, list[str]] | None = None
        if now is None:
            self._db = open_copy(self.path)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = self._open(now)
            unfinished = self._unfinished() if resume else None
            if unfinished is not None:
                self.run = unfinished
            elif begin:
                self.run = int(self._db.execute("insert into run (started) values (?)", (now.isoformat(),)).lastrowid or 0)
        except sqlite3.OperationalError as error:  # locked, read-only, full or missing: not known to be damaged
            raise HistoryError(f"{self.path}: {error}") from error

    def _open(self, now: datetime) -> sqlite3.Connection:
        try:
            return open_or_create(self.path)
        except NewerHistoryError as error:
            self.path = beside(self.path)
            self.newer = f"{error}: it is left as it is, and {self.path.name} beside it is used"
            return self._open(now)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            if not may_be_history(self.path):
                raise HistoryError(f"{self.path} is not a history file; it was not changed") from None
            aside = self.path.with_name(f"{self.path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
            self.path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            for older in sorted(self.path.parent.glob(f"{glob.escape(self.path.name)}.corrupt-*"))[:-_KEPT_ASIDE]:
                older.unlink(missing_ok=True)
            self.warning = f"{self.path} was damaged: it is kept as {aside.name}, and the count of nights starts again"
            return open_or_create(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def add(self, observation: Observation) -> None:
        """Commit one observation; if it equals the last one of its key, it is added to that row."""
        at, fact = observation.at.isoformat(), fact_of(observation, self._redact)
        if not self._try_write(
            lambda: self._insert(redacted(observation.key), [at], fact, observation.discarded_reason, self.run)
        ):
            self._unwritten.setdefault(observation.key, []).append(observation)

    @property
    def unwritten(self) -> int:
        """Number of observations of this run that could not be written."""
        return sum(map(len, self._unwritten.values()))

    def _try_write(self, write: Callable[[], object]) -> bool:
        """Write, unless that failed before in this run; return whether it worked. Sets `failure` if not."""
        if not self.failure:
            try:
                write()
            except sqlite3.Error as error:
                self.failure = str(error)
        return not self.failure

    def _insert(self, key: str, nights: list[str], fact: str, void: str, run: int) -> None:
        row = self._db.execute(
            "select id, fact, void, nights, last, run from seen where key = ? order by id desc limit 1", (key,)
        ).fetchone()
        same = (
            row is not None and row[1] == fact and not row[2] and not void and (row[5] == _MERGED_RUN) is (run == _MERGED_RUN)
        )
        if row is not None and same and row[4] <= nights[0]:
            all_of = " ".join((row[3], *nights))
            self._db.execute("update seen set last = ?, nights = ?, run = ? where id = ?", (nights[-1], all_of, run, row[0]))
        else:
            self._db.execute(
                "insert into seen (key, run, first, last, nights, fact, void) values (?, ?, ?, ?, ?, ?, ?)",
                (key, run, nights[0], nights[-1], " ".join(nights), fact, void),
            )

    def of(self, key: str) -> tuple[Observation, ...]:
        """All observations of a fetch key, oldest first.

        Its own are preceded by older ones of URLs that permanently redirected to it, so that a link keeps its nights when its URL
        is updated.
        """
        if self._moved_from is None:
            self._moved_from = self._find_moves()
        own = self._rows_of(key)
        if self.failure:
            own = (*own, *self._unwritten.get(key, ()))
            if own and key in self._discarded:
                own = (*own[:-1], replace(own[-1], discarded_reason=self._discarded[key]))
        if key not in self._moved_from:
            return own
        moved_here = [
            moved
            for old in self._moved_from[key]
            for observation in self._rows_of(old)
            if (moved := observation_at_target(observation)) and moved.key == key and (not own or moved.at < own[0].at)
        ]
        return (*sorted(moved_here, key=lambda moved: moved.at), *own)

    def _rows_of(self, key: str) -> tuple[Observation, ...]:
        rows = list(self._db.execute("select nights, fact, void, run from seen where key = ? order by id", (redacted(key),)))
        found = [observation for nights, fact, void, _ in rows for observation in observations(key, nights, fact, void)]
        # Merged rows may be older than ours. Otherwise the order of writing counts, even if a clock was set back.
        if any(run == _MERGED_RUN for *_, run in rows):
            found.sort(key=lambda observation: observation.at)
        return tuple(found)

    def _find_moves(self) -> dict[str, list[str]]:
        """By key, the keys that permanently redirected to it, as of the first call of `of`."""
        moves: dict[str, list[str]] = {}
        for key, first, fact in self._db.execute(_MOVED):
            moved = next((observation_at_target(observation) for observation in observations(key, first, fact, "")), None)
            if moved is not None and key not in moves.setdefault(moved.key, []):
                moves[moved.key].append(key)
        return moves

    def discard(self, reasons: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Mark this run's newest observation of some keys as discarded. `reasons` gives pairs of key and reason, each time anew."""
        if not self._try_write(lambda: self._mark_discarded(reasons())):
            self._discarded.update(reasons())

    def _mark_discarded(self, reasons: Iterable[tuple[str, str]]) -> None:
        with self._db:
            self._db.execute("begin")
            for key, reason in reasons:
                row = self._db.execute(
                    "select id, nights, fact from seen where key = ? and run = ? order by id desc limit 1",
                    (redacted(key), self.run),
                ).fetchone()
                if row is None:
                    continue
                earlier, _, last = row[1].rpartition(" ")
                if not earlier:
                    self._db.execute("update seen set void = ? where id = ?", (reason, row[0]))
                    continue
                self._db.execute(
                    "update seen set nights = ?, last = ? where id = ?", (earlier, earlier.rpartition(" ")[2], row[0])
                )
                self._db.execute(
                    "insert into seen (key, run, first, last, nights, fact, void) values (?, ?, ?, ?, ?, ?, ?)",
                    (key, self.run, last, last, last, row[2], reason),
                )

    def last_seen(self) -> Iterator[tuple[str, datetime]]:
        """Every fetch key with the time of its last observation."""
        for key, last in self._db.execute("select key, max(last) from seen group by key"):
            with suppress(ValueError):
                yield key, datetime.fromisoformat(last)

    def days(self) -> frozenset[str]:
        """The days (UTC, as 2026-11-21) with an observation that counts."""
        rows = self._db.execute("select nights from seen where void = ''")
        return frozenset(at[:10] for (nights,) in rows for at in nights.split())

    def seen_in_run(self, key: str) -> bool:
        """Whether this run has checked a key, before an interruption, too."""
        return (
            self._db.execute("select 1 from seen where key = ? and run = ? limit 1", (redacted(key), self.run)).fetchone()
            is not None
        )

    def _unfinished(self) -> int | None:
        row = self._db.execute("select id, ended from run order by id desc limit 1").fetchone()
        return int(row[0]) if row is not None and row[1] is None else None

    def finish(self, now: datetime, void: str | None) -> None:
        """Mark this run as ended; `void` is the reason why all of it is discarded. Does nothing if writing failed."""
        ended = now.isoformat(), void or "", self.run
        self._try_write(lambda: self._db.execute("update run set ended = ?, void = ? where id = ?", ended))

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        """The text stored under a name (robots.txt, a soft-404 probe) if it isn't older than `keep_days`, else None."""
        row = self._db.execute("select value, at from note where name = ?", (name,)).fetchone()
        fresh = row is not None and timedelta() <= now - datetime.fromisoformat(row[1]) <= timedelta(days=keep_days)
        return str(row[0]) if fresh else None

    def remember(self, name: str, value: str, now: datetime) -> None:
        """Store a text under a name."""
        row = name, self._redact(value), now.isoformat()
        self._try_write(lambda: self._db.execute("insert or replace into note (name, value, at) values (?, ?, ?)", row))

    def notes(self) -> Iterator[tuple[str, str, datetime]]:
        """All notes: name, text and when each was stored."""
        for name, value, at in self._db.execute("select name, value, at from note order by name"):
            with suppress(ValueError):
                yield name, value, datetime.fromisoformat(at)

    def merge(self, other: Path) -> Merged:
        """Add the observations of another history (of a shard), identified by key and time, so merging twice adds nothing.

        What hosts taught about their pace, and services said about repositories, is taken over where it is newer. The other file
        isn't trusted: rows that this program couldn't have written are skipped and counted. An unfinished run stays unfinished.
        Raises `HistoryError` for a file of a newer Listkeeper without another one beside it, `sqlite3.DatabaseError` for one that is
        no history.
        """
        other = readable(other)
        new = invalid = 0
        with self._db:
            self._db.execute("begin")
            for row in rows_to_merge(other):
                if row is None:
                    invalid += 1
                    continue
                key, nights, fact, void = row
                key = redacted(key)
                known = {
                    at for (ours,) in self._db.execute("select nights from seen where key = ?", (key,)) for at in ours.split()
                }
                fresh = [at for at in nights.split() if at not in known]
                if fresh:
                    self._insert(key, fresh, fact, void, _MERGED_RUN)
                    new += len(fresh)
            for note in notes_to_merge(other):
                self._db.execute(_NEWER_NOTE, note)
        return Merged(new, invalid)

    def close(self) -> None:
        """Write the write-ahead log into the file and close it."""
        with suppress(sqlite3.Error):
            self._db.execute("pragma journal_mode=delete")
        self._db.close()
