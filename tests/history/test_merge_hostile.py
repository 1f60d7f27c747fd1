"""A merged history isn't trusted: nothing in it may break a run, and invalid rows are skipped."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from linkcheck.history import History, HistoryError
from linkcheck.model import FailureKind, Hop, Observation, PageSignals, RegistryAnswer, Soft404Probe
from tests.commands.command import listkeeper

FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
AT = FIRST.isoformat()
GOOD = '{"hops":[{"url":"https://e.org/","status":200}],"times":1}'


def shard(folder, *rows):
    """A history with one valid row, followed by `rows` as (key, nights, fact, void)."""
    path = folder / "shard.db"
    with History(path, now=FIRST) as past:
        past.add(Observation("https://e.org/good", FIRST, (Hop("https://e.org/good", 200),)))
    db = sqlite3.connect(path)
    db.execute("pragma ignore_check_constraints=on")
    for key, nights, fact, void in rows:
        db.execute(
            "insert into seen (key, run, first, last, nights, fact, void) values (?, 1, ?, ?, ?, ?, ?)",
            (key, AT, AT, nights, fact, void),
        )
    db.commit()
    db.close()
    return path


UNSOUND = {
    "no JSON": ("https://e.org/", AT, "{", ""),
    "no mapping": ("https://e.org/", AT, "[]", ""),
    "a number": ("https://e.org/", AT, "7", ""),
    "no hops": ("https://e.org/", AT, '{"times":1}', ""),
    "hops are text": ("https://e.org/", AT, '{"hops":"abc","times":1}', ""),
    "a hop is text": ("https://e.org/", AT, '{"hops":["abc"],"times":1}', ""),
    "a hop without URL": ("https://e.org/", AT, '{"hops":[{"status":404}],"times":1}', ""),
    "a status in words": ("https://e.org/", AT, '{"hops":[{"url":"u","status":"404"}],"times":1}', ""),
    "a status that is true": ("https://e.org/", AT, '{"hops":[{"url":"u","status":true}],"times":1}', ""),
    "a trouble nobody has": ("https://e.org/", AT, '{"hops":[{"url":"u","trouble":"gremlins"}],"times":1}', ""),
    "a field nobody has": ("https://e.org/", AT, '{"hops":[{"url":"u","colour":"red"}],"times":1}', ""),
    "a part nobody has": ("https://e.org/", AT, '{"hops":[],"times":1,"shell":"rm"}', ""),
    "no times": ("https://e.org/", AT, '{"hops":[]}', ""),
    "times in words": ("https://e.org/", AT, '{"hops":[],"times":"many"}', ""),
    "no times at all": ("https://e.org/", AT, '{"hops":[],"times":0}', ""),
    "marks are a list": ("https://e.org/", AT, '{"hops":[],"times":1,"marks":[]}', ""),
    "marks are null": ("https://e.org/", AT, '{"hops":[],"times":1,"marks":null}', ""),
    "a title that is none": ("https://e.org/", AT, '{"hops":[],"times":1,"marks":{"title":["x"]}}', ""),
    "fragments of three": ("https://e.org/", AT, '{"hops":[],"times":1,"marks":{"fragments":[["a","found","x"]]}}', ""),
    "fragments that are odd": ("https://e.org/", AT, '{"hops":[],"times":1,"marks":{"fragments":[["a","perhaps"]]}}', ""),
    "a registry's odd word": ("https://e.org/", AT, '{"hops":[],"times":1,"registry":{"word":"perhaps"}}', ""),
    "a sibling is text": ("https://e.org/", AT, '{"hops":[],"times":1,"sibling":"404"}', ""),
    "a denying site by halves": ("https://e.org/", AT, '{"hops":[],"times":1,"site_denies":1}', ""),
    "accepted by halves": ("https://e.org/", AT, '{"hops":[],"times":1,"accepted":"yes"}', ""),
    "no instant": ("https://e.org/", "yesterday", GOOD, ""),
    "an instant without zone": ("https://e.org/", "2026-11-01T03:00:00", GOOD, ""),
    "an instant of elsewhere": ("https://e.org/", "2026-11-01T03:00:00+05:00", GOOD, ""),
    "no instants": ("https://e.org/", "  ", GOOD, ""),
    "no key": ("", AT, GOOD, ""),
    "a key of bytes": (b"\xff\xfe", AT, GOOD, ""),
    "a key that is a number": (7.5, AT, b"\x00", ""),
    "void of bytes": ("https://e.org/", AT, GOOD, b"\x00\xff"),
    "a tower of brackets": ("https://e.org/", AT, "[" * 200_000, ""),
    "a text beyond all bounds": ("https://e.org/", AT, f'{{"hops":[],"times":1,"x":"{"a" * 5_000_000}"}}', ""),
    "a key beyond all bounds": ("https://e.org/" + "a" * 5_000_000, AT, GOOD, ""),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_invalid_row_is_skipped_and_counted(tmp_path, name):
    with History(tmp_path / "h.db", now=FIRST) as past:
        assert past.merge(shard(tmp_path, UNSOUND[name])) == (1, 1)
        assert [key for key, _ in past.last_seen()] == ["https://e.org/good"]


def test_invalid_rows_give_one_line_and_no_traceback(tmp_path, monkeypatch):
    shard(tmp_path, *UNSOUND.values())
    ran = listkeeper(monkeypatch, tmp_path, "history", "merge", "shard.db", "--history", "h.db")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == "shard.db: 1 new observation"
    (told,) = [line for line in ran.out.splitlines() if line.startswith("warning:")]
    assert f"{len(UNSOUND)} rows of its table seen" in told


def test_valid_rows_are_merged_unchanged(tmp_path):
    rich = Observation(
        "https://e.org/x",
        FIRST,
        (Hop("https://e.org/x", 301, location="/y"), Hop("https://e.org/y", None, failure=FailureKind.TIMEOUT, detail="slow")),
        PageSignals(
            title="T", heading="H", parked="p", fragments=(("a", "found"), ("b", "unknown")), shell=True, words=12, digest="d"
        ),
        Soft404Probe("s", None, "f", "t", "d"),
        RegistryAnswer("doi.org", "moved", "d", "https://e.org/z"),
        2,
        "offline",
        status_accepted=True,
        site_denies=True,
    )
    with History(tmp_path / "shard.db", now=FIRST) as past:
        past.add(rich)
    with History(tmp_path / "h.db", now=FIRST) as past:
        assert past.merge(tmp_path / "shard.db") == (1, 0)
        assert past.of("https://e.org/x") == (rich,)


VIEW = """create view seen as with recursive n(i) as (select 1 union all select i + 1 from n)
select i id, 'k' key, 1 run, '' first, '' last, '' nights, '' fact, '' void from n"""
GENERATED = """create table seen (id integer primary key, key text, run, first, last, nights, void,
fact text generated always as (zeroblob(900000000)) virtual);
insert into seen (key) values ('k')"""


@pytest.mark.parametrize("script", [VIEW, GENERATED, "create table seen (id integer primary key, key text)"])
def test_a_schema_that_is_not_ours_is_refused(tmp_path, script):
    db = sqlite3.connect(tmp_path / "shard.db")
    db.executescript(script)
    db.close()
    with History(tmp_path / "h.db", now=FIRST) as past, pytest.raises((HistoryError, sqlite3.DatabaseError)):
        past.merge(tmp_path / "shard.db")


def test_an_interrupted_run_can_be_resumed_after_a_merge(tmp_path, monkeypatch):
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(Observation("https://e.org/mine", FIRST, (Hop("https://e.org/mine", 200),)))
        killed = past.run
    shard(tmp_path)
    assert listkeeper(monkeypatch, tmp_path, "history", "merge", "shard.db", "--history", "h.db").code == 0
    with History(tmp_path / "h.db", now=FIRST, resume=True) as past:
        assert past.run == killed
        assert past.seen_in_run("https://e.org/mine")
        assert {key for key, _ in past.last_seen()} == {"https://e.org/mine", "https://e.org/good"}


def test_an_unreadable_row_is_ignored(tmp_path):
    path = shard(tmp_path, *(row for row in UNSOUND.values() if isinstance(row[0], str) and isinstance(row[2], str)))
    with History(path, now=FIRST) as past:
        assert [one.status for one in past.of("https://e.org/good")] == [200]
        assert all(isinstance(one, Observation) for one in past.of("https://e.org/"))
