"""All observations of all nights, in one SQLite file. Facts only: verdicts are derived anew, so a rule can change without asking again.

Each observation is committed as it is made (WAL, `synchronous=NORMAL`: safe against a kill, and cheap), so a run killed at any
moment loses at most what was in flight. Equal consecutive observations fold into one row (first, last, count of nights). A run's
rows carry its number, so a run that ends void can take its observations out of the count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Self

from linkcheck.history.facts import fact_of, observations
from linkcheck.history.file import HistoryError, may_be_history, open_copy, open_or_create, rows_to_merge
from linkcheck.judging.moves import observation_at_target
from linkcheck.model import Observation

__all__ = ["History", "HistoryError", "Merged"]

_MERGED_RUN = 0
"""The run of rows that came from another machine's history."""
_MOVED = """select key, first, fact from seen where void = '' and
(fact like '%"status":301,%' or fact like '%"status":308,%' or fact like '%"word":"moved"%')"""


class Merged(NamedTuple):
    """What a merge took over: the observations that were new, and the rows that were left out because they aren't sound."""

    new: int
    invalid: int


class History:
    """One collection's past. One writer at a time; `close` folds the write-ahead log into the one file that is carried away.

    Where writing fails in the middle of a run (a full disk), `trouble` says why: from then on what is seen is only held, for the
    verdicts of this run, `unwritten` counts it, and the run stays unfinished, so that `resume` asks the rest.
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
        """Open or create for a run that begins `now`; without it only to look: a copy in memory, the file stays as it is.

        `resume` goes on with the last run where that never ended; without `begin` there is no run, only what is merged. `redact`
        takes secrets out of texts before they are written: a server may send them back, and the file is carried about. A damaged
        file is put aside, with a `warning`. Raises `HistoryError` for one written by a newer Listkeeper, or that can't be opened.
        """
        self.path = Path(path)
        self.warning = self.failure = ""
        self.run = 0
        self._unwritten: dict[str, list[Observation]] = {}
        self._discarded: dict[str, str] = {}
        self._redact = redact
        self._keys: set[str] | None = None
        self._moved_from: dict[str, list[str]] = {}
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
        except sqlite3.OperationalError as error:  # locked, read-only, full, no file: nothing is known to be damaged
            raise HistoryError(f"{self.path}: {error}") from error

    def _open(self, now: datetime) -> sqlite3.Connection:
        try:
            return open_or_create(self.path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            if not may_be_history(self.path):
                raise HistoryError(f"{self.path} is no history, and is left as it is") from None
            aside = self.path.with_name(f"{self.path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
            self.path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self.warning = f"{self.path} was damaged: it is kept as {aside.name}, and the nights count anew"
            return open_or_create(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def add(self, observation: Observation) -> None:
        """Commit one observation, folded into the last row of its key where it saw the same."""
        at, fact = observation.at.isoformat(), fact_of(observation, self._redact)
        if not self._try_write(lambda: self._insert(observation.key, [at], fact, observation.discarded_reason, self.run)):
            self._unwritten.setdefault(observation.key, []).append(observation)

    @property
    def unwritten(self) -> int:
        """How many observations of this run are only held, since writing failed."""
        return sum(map(len, self._unwritten.values()))

    def _try_write(self, write: Callable[[], object]) -> bool:
        """Write, unless that failed before: a disk that was full a moment ago isn't tried again for each of thousands of links."""
        if not self.failure:
            try:
                write()
            except sqlite3.Error as error:
                self.failure = str(error)
        return not self.failure

    def _insert(self, key: str, nights: list[str], fact: str, void: str, run: int) -> None:
        row = None
        if self._keys is None or key in self._keys:
            row = self._db.execute(
                "select id, fact, void, nights, last, run from seen where key = ? order by id desc limit 1", (key,)
            ).fetchone()
        if self._keys is not None:
            self._keys.add(key)
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
        """All observations of a fetch key, oldest first; a folded row comes back as one for each instant.

        Before its own come those of links that had permanently moved to it: when a source is mended, the nights are kept.
        """
        if self._keys is None:
            self._keys = {name for (name,) in self._db.execute("select distinct key from seen")}
            self._moved_from = self._find_moves()
        own = self._rows_of(key) if key in self._keys else ()
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
        rows = list(self._db.execute("select nights, fact, void, run from seen where key = ? order by id", (key,)))
        found = [observation for nights, fact, void, _ in rows for observation in observations(key, nights, fact, void)]
        # A merged history may be older than what was here; elsewhere the order of writing is the truth, even if a clock was set back.
        if any(run == _MERGED_RUN for *_, run in rows):
            found.sort(key=lambda observation: observation.at)
        return tuple(found)

    def _find_moves(self) -> dict[str, list[str]]:
        """The keys that permanently led to each key, as far as was seen when this history was opened."""
        moves: dict[str, list[str]] = {}
        for key, first, fact in self._db.execute(_MOVED):
            moved = next((observation_at_target(observation) for observation in observations(key, first, fact, "")), None)
            if moved is not None and key not in moves.setdefault(moved.key, []):
                moves[moved.key].append(key)
        return moves

    def discard(self, reasons: Mapping[str, str]) -> None:
        """Let this run's newest observation of each key count for nothing."""
        if not self._try_write(lambda: self._mark_discarded(reasons)):
            self._discarded.update(reasons)

    def _mark_discarded(self, reasons: Mapping[str, str]) -> None:
        with self._db:
            self._db.execute("begin")
            for key, reason in reasons.items():
                row = self._db.execute(
                    "select id, nights, fact from seen where key = ? and run = ? order by id desc limit 1", (key, self.run)
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
        """Every fetch key with the instant it was last seen."""
        for key, last in self._db.execute("select key, max(last) from seen group by key"):
            with suppress(ValueError):
                yield key, datetime.fromisoformat(last)

    def days(self) -> frozenset[str]:
        """The days (UTC, as 2026-11-21) on which anything was seen that counts."""
        rows = self._db.execute("select nights from seen where void = ''")
        return frozenset(at[:10] for (nights,) in rows for at in nights.split())

    def seen_in_run(self) -> frozenset[str]:
        """The keys that this run has seen, before an interruption too."""
        return frozenset(key for (key,) in self._db.execute("select distinct key from seen where run = ?", (self.run,)))

    def _unfinished(self) -> int | None:
        row = self._db.execute("select id, ended from run order by id desc limit 1").fetchone()
        return int(row[0]) if row is not None and row[1] is None else None

    def finish(self, now: datetime, void: str | None) -> None:
        """Mark this run as ended, with the reason where all of it is void; not one of which something is missing."""
        ended = now.isoformat(), void or "", self.run
        self._try_write(lambda: self._db.execute("update run set ended = ?, void = ? where id = ?", ended))

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        """A remembered text (robots.txt, a sibling's answer) no older than `keep_days`."""
        row = self._db.execute("select value, at from note where name = ?", (name,)).fetchone()
        fresh = row is not None and timedelta() <= now - datetime.fromisoformat(row[1]) <= timedelta(days=keep_days)
        return str(row[0]) if fresh else None

    def remember(self, name: str, value: str, now: datetime) -> None:
        """Remember a text by name."""
        row = name, self._redact(value), now.isoformat()
        self._try_write(lambda: self._db.execute("insert or replace into note (name, value, at) values (?, ?, ?)", row))

    def merge(self, other: Path) -> Merged:
        """Take over what another history (a shard's) knows. Merging twice adds nothing; a run of ours that is open stays so.

        Both may have grown from one: an observation is known by its key and instant. Nothing of the other file is trusted: rows
        that couldn't have been written here are left out, and counted.

        Raises `HistoryError` for one written by a newer Listkeeper, `sqlite3.DatabaseError` for what is no history.
        """
        known = {(key, at) for key, nights in self._db.execute("select key, nights from seen") for at in nights.split()}
        new = invalid = 0
        with self._db:
            self._db.execute("begin")
            for row in rows_to_merge(other):
                if row is None:
                    invalid += 1
                    continue
                key, nights, fact, void = row
                fresh = [at for at in nights.split() if (key, at) not in known]
                if fresh:
                    self._insert(key, fresh, fact, void, _MERGED_RUN)
                    known.update((key, at) for at in fresh)
                    new += len(fresh)
        return Merged(new, invalid)

    def close(self) -> None:
        """Fold the log into the file and close."""
        with suppress(sqlite3.Error):
            self._db.execute("pragma wal_checkpoint(truncate)")
            self._db.execute("pragma journal_mode=delete")
        self._db.close()
