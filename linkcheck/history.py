"""All observations of all nights, in one SQLite file. Facts only: verdicts are derived anew, so a rule can change without asking again.

Each observation is committed as it is made (WAL, `synchronous=NORMAL`: safe against a kill, 16 microseconds), so a run killed at any
moment loses at most what was in flight. Equal consecutive observations fold into one row (first, last, count of nights). A run's rows carry its
number, so a run that ends void can take its observations out of the count.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from linkcheck.model import Hop, Marks, Observation, Registry, Sibling, Trouble
from linkcheck.moves import arrival

VERSION = 1
_MERGED = 0
"""The run of rows that came from another machine's history."""
_TABLES = """
create table seen (
    id integer primary key, key text not null, run integer not null, first text not null, last text not null,
    nights text not null, fact text not null, void text not null default ''
);
create index seen_key on seen (key, id);
create table run (id integer primary key, started text not null, ended text, void text not null default '');
create table note (name text primary key, value text not null, at text not null);
"""
_MOVED = """select key, first, fact from seen where void = '' and
(fact like '%"status":301,%' or fact like '%"status":308,%' or fact like '%"word":"moved"%')"""


class HistoryError(Exception):
    """A history that can't be used, in words for a maintainer."""


class History:
    """One collection's past. One writer at a time; `close` folds the write-ahead log into the one file that is carried away."""

    def __init__(
        self, path: Path | str, *, now: datetime | None = None, resume: bool = False, hide: Callable[[str], str] = str
    ) -> None:
        """Open or create for a run that begins `now`; without it only to look: a copy in memory, the file stays as it is.

        `resume` goes on with the last run where that never ended. `hide` takes secrets out of texts before they are written: a
        server may send them back, and the file is carried about. A damaged file is put aside, with a `warning`. Raises
        `HistoryError` for one written by a newer Listkeeper, or that can't be opened.
        """
        self.path = Path(path)
        self.warning = ""
        self.run = 0
        self._hide = hide
        self._known: set[str] | None = None
        self._led: dict[str, list[str]] = {}
        if now is None:
            self._db = _copy(self.path)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _open(self.path)
        except sqlite3.OperationalError as error:  # locked, read-only, no file: nothing is known to be damaged
            raise HistoryError(f"{self.path}: {error}") from error
        except sqlite3.DatabaseError:
            aside = self.path.with_name(f"{self.path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
            self.path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self.warning = f"{self.path} was damaged: it is kept as {aside.name}, and the nights count anew"
            self._db = _open(self.path)
        if resume and (unfinished := self._unfinished()) is not None:
            self.run = unfinished
            return
        self.run = int(self._db.execute("insert into run (started) values (?)", (now.isoformat(),)).lastrowid or 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def add(self, seen: Observation) -> None:
        """Commit one observation, folded into the last row of its key where it saw the same."""
        self._put(seen.key, [seen.at.isoformat()], _fact(seen, self._hide), seen.void, self.run)

    def _put(self, key: str, nights: list[str], fact: str, void: str, run: int) -> None:
        if self._known is not None:
            self._known.add(key)
        row = self._db.execute(
            "select id, fact, void, nights, last, run from seen where key = ? order by id desc limit 1", (key,)
        ).fetchone()
        alike = row is not None and row[1] == fact and not row[2] and not void and (row[5] == _MERGED) is (run == _MERGED)
        if alike and row[4] <= nights[0]:
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
        if self._known is None:
            self._known = {name for (name,) in self._db.execute("select distinct key from seen")}
            self._led = self._ways()
        own = self._own(key) if key in self._known else ()
        if key not in self._led:
            return own
        led = (there for old in self._led[key] for seen in self._own(old) if (there := arrival(seen)) and there.key == key)
        return (*sorted((seen for seen in led if not own or seen.at < own[0].at), key=lambda seen: seen.at), *own)

    def _own(self, key: str) -> tuple[Observation, ...]:
        rows = list(self._db.execute("select nights, fact, void, run from seen where key = ? order by id", (key,)))
        found = [seen for nights, fact, void, _ in rows for seen in _observations(key, nights, fact, void)]
        # A merged history may be older than what was here; elsewhere the order of writing is the truth, even if a clock was set back.
        if any(run == _MERGED for *_, run in rows):
            found.sort(key=lambda seen: seen.at)
        return tuple(found)

    def _ways(self) -> dict[str, list[str]]:
        """The keys that permanently led to each key, as far as was seen when this history was opened."""
        ways: dict[str, list[str]] = {}
        for key, first, fact in self._db.execute(_MOVED):
            there = next((arrival(seen) for seen in _observations(key, first, fact, "")), None)
            if there is not None and key not in ways.setdefault(there.key, []):
                ways[there.key].append(key)
        return ways

    def void(self, why: Mapping[str, str]) -> None:
        """Let this run's newest observation of each key count for nothing."""
        with self._db:
            self._db.execute("begin")
            for key, reason in why.items():
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
        """Mark this run as ended, with the reason where all of it is void."""
        self._db.execute("update run set ended = ?, void = ? where id = ?", (now.isoformat(), void or "", self.run))

    def note(self, name: str, now: datetime, keep_days: float) -> str | None:
        """A remembered text (robots.txt, a sibling's answer) no older than `keep_days`."""
        row = self._db.execute("select value, at from note where name = ?", (name,)).fetchone()
        fresh = row is not None and timedelta() <= now - datetime.fromisoformat(row[1]) <= timedelta(days=keep_days)
        return str(row[0]) if fresh else None

    def remember(self, name: str, value: str, now: datetime) -> None:
        """Remember a text by name."""
        row = name, self._hide(value), now.isoformat()
        self._db.execute("insert or replace into note (name, value, at) values (?, ?, ?)", row)

    def merge(self, other: Path) -> int:
        """Take over what another history (a shard's) knows; returns how many observations were new. Merging twice adds nothing.

        Both may have grown from one: an observation is known by its key and instant.

        Raises `HistoryError` for one written by a newer Listkeeper, `sqlite3.DatabaseError` for what is no history.
        """
        with closing(sqlite3.connect(f"{other.absolute().as_uri()}?mode=ro", uri=True)) as theirs:
            _version(theirs, other)
            rows = list(theirs.execute("select key, nights, fact, void from seen order by id"))
        known = {(key, at) for key, nights in self._db.execute("select key, nights from seen") for at in nights.split()}
        new = 0
        with self._db:
            self._db.execute("begin")
            for key, nights, fact, void in rows:
                fresh = [at for at in nights.split() if (key, at) not in known]
                if fresh:
                    self._put(key, fresh, fact, void, _MERGED)
                    known.update((key, at) for at in fresh)
                    new += len(fresh)
        return new

    def close(self) -> None:
        """Fold the log into the file and close."""
        with suppress(sqlite3.Error):
            self._db.execute("pragma wal_checkpoint(truncate)")
            self._db.execute("pragma journal_mode=delete")
        self._db.close()


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=10.0)
    try:
        version = _version(db, path)
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=normal")
        if version == 0:
            db.executescript(f"begin; {_TABLES} pragma user_version={VERSION}; commit;")
        _whole(db)
    except BaseException:
        db.close()
        raise
    return db


def _copy(path: Path) -> sqlite3.Connection:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        _version(db, path)
        copy = sqlite3.connect(":memory:", isolation_level=None)
        db.backup(copy)
    return copy


def _whole(db: sqlite3.Connection) -> None:
    if db.execute("pragma quick_check").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("damaged")


def _version(db: sqlite3.Connection, path: Path) -> int:
    version = int(db.execute("pragma user_version").fetchone()[0])
    if version > VERSION:
        raise HistoryError(f"{path} was written by a newer Listkeeper (format {version}); this one reads up to {VERSION}")
    return version


def _fact(seen: Observation, hide: Callable[[str], str]) -> str:
    """What was seen, without when: the text by which two observations are equal. Seconds and addresses vary and aren't facts."""

    def plain(value: object) -> object:
        return hide(value) if isinstance(value, str) else value

    hops = [
        {name: plain(value) for name in ("url", "status", "location", "trouble", "detail") if (value := getattr(hop, name))}
        for hop in seen.hops
    ]
    fact: dict[str, Any] = {"hops": hops, "times": seen.times}
    if seen.accepted:
        fact["accepted"] = True
    for name in ("marks", "sibling", "registry"):
        part = getattr(seen, name)
        if part is not None:
            fact[name] = {
                one.name: plain(value)
                for one in fields(part)
                if (value := getattr(part, one.name)) not in ("", (), None, False, 0)
            }
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":"))


def _observations(key: str, nights: str, text: str, void: str) -> Iterator[Observation]:
    fact = json.loads(text)
    hops = tuple(Hop(**{**hop, "trouble": Trouble(hop["trouble"]) if "trouble" in hop else None}) for hop in fact["hops"])
    marks = fact.get("marks")
    if marks is not None and "fragments" in marks:
        marks["fragments"] = tuple((name, found) for name, found in marks["fragments"])
    sibling = fact.get("sibling")
    base = Observation(
        key,
        datetime.min.replace(tzinfo=UTC),
        hops,
        Marks(**marks) if marks is not None else None,
        Sibling(**{"url": "", "status": None, **sibling}) if sibling is not None else None,
        Registry(**{"name": "", "word": "unknown", **fact["registry"]}) if "registry" in fact else None,
        fact["times"],
        void,
        fact.get("accepted", False),
    )
    for at in nights.split():
        yield replace(base, at=datetime.fromisoformat(at))
