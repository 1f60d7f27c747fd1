"""Open, copy and validate the SQLite file of a history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic, sleep

from linkcheck.history.facts import MAX_TEXT, is_valid

VERSION = 1
_TIMEOUT = 10.0
"""Seconds to wait for another process that has locked the file."""
_TABLES = """
create table seen (
    id integer primary key, key text not null, run integer not null, first text not null, last text not null,
    nights text not null, fact text not null, void text not null default ''
);
create index seen_key on seen (key, id);
create table run (id integer primary key, started text not null, ended text, void text not null default '');
create table note (name text primary key, value text not null, at text not null);
"""
_COLUMNS = frozenset({"id", "key", "run", "first", "last", "nights", "fact", "void"})

_MAX_VERSION = 1000
"""A larger format number is damage, not a newer Listkeeper."""

Row = tuple[str, str, str, str]
"""Key, nights, fact and void of one row of `seen`."""


class HistoryError(Exception):
    """A history that can't be used; the message is for users."""


class NewerHistoryError(HistoryError):
    """A history in a format that only a newer Listkeeper knows."""


class Condition(StrEnum):
    """Whether a file can be used as a history."""

    FINE = "fine"
    DAMAGED = "damaged"
    NEWER = "newer"


def condition_of(path: Path) -> Condition:
    """The condition of a file that should be a history; a file that isn't a database, or has other tables, is damaged."""
    try:
        with closing(_open_read_only(path)) as db:
            tables = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
            empty = not tables and not path.stat().st_size
            sound = db.execute("pragma quick_check").fetchone()[0] == "ok"
    except NewerHistoryError:
        return Condition.NEWER
    except (sqlite3.DatabaseError, HistoryError):
        return Condition.DAMAGED
    return Condition.FINE if sound and (empty or "seen" in tables) else Condition.DAMAGED


def beside(path: Path) -> Path:
    """The file that is used instead of a newer Listkeeper's, which is never replaced: `history-v1.db` beside `history.db`."""
    return path.with_name(f"{path.stem}-v{VERSION}{path.suffix}")


def readable(path: Path) -> Path:
    """The path; for a newer Listkeeper's file the one beside it, if there is one."""
    other = beside(path)
    return other if other.is_file() and condition_of(path) is Condition.NEWER else path


def open_or_create(path: Path) -> sqlite3.Connection:
    """Open the file for writing, and create it with its tables if missing. Raises HistoryError, or what SQLite raises."""
    db = sqlite3.connect(path, isolation_level=None, timeout=_TIMEOUT)
    try:
        if _checked_version(db, path) == 0:
            _create(db, path)
        _use_wal(db)
        db.execute("pragma synchronous=normal")
        if db.execute("pragma quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")  # noqa: TRY301  # closed below
    except BaseException:
        db.close()
        raise
    return db


def _create(db: sqlite3.Connection, path: Path) -> None:
    """Create the tables, unless another process has created them in the meantime."""
    db.execute("begin immediate")
    with db:
        if _checked_version(db, path):
            return
        if db.execute("select count(*) from sqlite_master").fetchone() != (0,):
            raise HistoryError(f"{path} is a database of another program; it was not changed")
        for statement in _TABLES.split(";"):
            db.execute(statement)
        db.execute(f"pragma user_version={VERSION}")


def _use_wal(db: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite refuses at once while another process writes, whatever the timeout, so it is tried again."""
    give_up = monotonic() + _TIMEOUT
    while True:
        try:
            db.execute("pragma journal_mode=wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
            sleep(0.05)
        else:
            return


def may_be_history(path: Path) -> bool:
    """Whether a file that SQLite can't read may be a damaged history (by its first bytes or name) and not another file."""
    with path.open("rb") as file:
        head = file.read(16)
    return head.startswith(b"SQLite format 3") or not head.strip(b"\0") or path.suffix == ".db"


def open_copy(path: Path) -> sqlite3.Connection:
    """A copy in memory; the file isn't changed."""
    with closing(_open_read_only(readable(path))) as db:
        copy = sqlite3.connect(":memory:", isolation_level=None)
        db.backup(copy)
    return copy


def rows_to_merge(path: Path) -> Iterator[Row | None]:
    """The rows of an untrusted history, oldest first; None for each invalid row.

    Reads one row at a time, with a limit on its length. Raises `HistoryError` and `sqlite3.DatabaseError`.
    """
    with closing(_open_read_only(path)) as db:
        db.execute("pragma trusted_schema=off")
        kind = db.execute("select type from sqlite_master where name = 'seen'").fetchone()
        columns = {name: hidden for _, name, *_, hidden in db.execute("pragma table_xinfo(seen)")}
        if kind != ("table",) or not columns.keys() >= _COLUMNS or any(columns.values()):
            raise HistoryError(f"{path} has no table of observations that this Listkeeper can read")
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * MAX_TEXT)
        ids = db.cursor()
        for (number,) in ids.execute("select id from seen order by id"):
            try:
                row = db.execute("select key, nights, fact, void from seen where id = ?", (number,)).fetchone()
            except (sqlite3.DataError, sqlite3.OperationalError):  # too long, or not valid text
                row = None
            yield row if row is not None and is_valid(*row) else None


def notes_to_merge(path: Path) -> list[tuple[str, str, str]]:
    """The notes of an untrusted history about the paces of hosts and about repositories: name, text and time.

    Those that are too long are skipped.
    """
    with closing(_open_read_only(path)) as db:
        db.execute("pragma trusted_schema=off")
        if db.execute("select type from sqlite_master where name = 'note'").fetchone() != ("table",):
            return []
        rows = db.execute(
            "select name, value, at from note where (substr(name, 1, 5) = 'pace ' or substr(name, 1, 19) = 'repository https://')"
            " and length(name) < 300 and length(value) < 600 and length(at) < 40"
        )
        return [row for row in rows if all(isinstance(part, str) for part in row) and _is_time(row[2])]


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() is not None
    except ValueError:
        return False


def _open_read_only(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        _checked_version(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _checked_version(db: sqlite3.Connection, path: Path) -> int:
    version = int(db.execute("pragma user_version").fetchone()[0])
    if version > _MAX_VERSION or version < 0:
        raise sqlite3.DatabaseError("damaged")
    if version > VERSION:
        raise NewerHistoryError(f"{path} was written by a newer Listkeeper (format {version}); this one reads up to {VERSION}")
    return version
