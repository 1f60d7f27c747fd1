"""The history, in real SQLite files."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from linkcheck.history import History, HistoryError
from linkcheck.history.file import Condition, condition_of
from linkcheck.model import FailureKind, Hop, Observation, PageSignals, RegistryAnswer, Soft404Probe
from tests.commands.command import listkeeper

ROOT = Path(__file__).parents[2]
FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
KEY = "https://example.org/x"


def seen(status=200, day=0, key=KEY, **more):
    return Observation(key, FIRST + timedelta(days=day), (Hop(key, status),), **more)


def test_an_observation_is_read_back_unchanged(tmp_path):
    rich = Observation(
        KEY,
        FIRST,
        (Hop(KEY, 301, location="/y"), Hop(f"{KEY}y", None, failure=FailureKind.TIMEOUT, detail="slow")),
        PageSignals(title="T", fragments=(("a", "found"),), shell=True),
        Soft404Probe("s", 404),
        RegistryAnswer("doi.org", "exists"),
        2,
    )
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(rich)
        assert past.of(KEY) == (rich,)
    with History(tmp_path / "h.db", now=FIRST) as past:
        assert past.of(KEY) == (rich,)


def test_equal_nights_share_one_row(tmp_path):
    path = tmp_path / "h.db"
    with History(path, now=FIRST) as past:
        for day, status in enumerate([200, 200, 200, 404, 200]):
            past.add(seen(status, day))
        assert [one.status for one in past.of(KEY)] == [200, 200, 200, 404, 200]
        assert [one.at.day for one in past.of(KEY)] == [1, 2, 3, 4, 5]
    assert sqlite3.connect(path).execute("select count(*) from seen").fetchone() == (3,)


def test_a_run_discards_only_its_own_nights(tmp_path):
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(seen(404, 0))
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(seen(404, 1))
        past.discard({KEY: "offline", "https://never.seen/": "x"}.items)
        assert [(one.at.day, one.discarded_reason) for one in past.of(KEY)] == [(1, ""), (2, "offline")]
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(seen(404, 2))
        assert [one.discarded_reason for one in past.of(KEY)] == ["", "offline", ""]


def test_a_damaged_file_is_renamed_and_the_run_goes_on(tmp_path):
    path = tmp_path / "h.db"
    path.write_bytes(b"this is no database" * 100)
    with History(path, now=FIRST) as past:
        assert "damaged" in past.warning
        past.add(seen())
        assert len(past.of(KEY)) == 1
    assert [one.name for one in tmp_path.glob("*.corrupt-*")]


def as_newer(path, version=99):
    """Make a history look like a newer Listkeeper's."""
    db = sqlite3.connect(path)
    db.execute(f"pragma user_version={version}")
    db.close()
    return path


def a_history(path, key=KEY, day=0):
    with History(path, now=FIRST) as past:
        past.add(seen(key=key, day=day))
    return path


def test_of_a_newer_format_another_file_beside_it_is_used(tmp_path):
    path = as_newer(a_history(tmp_path / "h.db"))
    before = path.read_bytes()
    for day in (1, 2):
        with History(path, now=FIRST) as past:
            assert "newer" in past.newer
            assert past.path == tmp_path / "h-v1.db"
            past.add(seen(day=day))
    with History(path) as past:
        assert [one.at.day for one in past.of(KEY)] == [2, 3]
    with History(tmp_path / "other.db", now=FIRST) as past:
        assert past.merge(path) == (2, 0)
    assert path.read_bytes() == before


def test_a_newer_format_with_nothing_beside_it_is_not_read(tmp_path):
    path = as_newer(a_history(tmp_path / "h.db"))
    with pytest.raises(HistoryError, match="newer"):
        History(path)
    with History(tmp_path / "other.db", now=FIRST) as past, pytest.raises(HistoryError, match="newer"):
        past.merge(path)


def test_three_damaged_files_are_kept(tmp_path):
    path = tmp_path / "h[1].db"
    for hour in range(5):
        path.write_bytes(b"<<<<<<< HEAD\n")
        with History(path, now=FIRST + timedelta(hours=hour)) as past:
            assert "damaged" in past.warning
    kept = sorted(one.name for one in tmp_path.iterdir() if "corrupt" in one.name)
    assert kept == [f"h[1].db.corrupt-20261101T0{hour}0000" for hour in (5, 6, 7)]


def truncated(path):
    a_history(path)
    path.write_bytes(path.read_bytes()[:5000])


def of_another_program(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table mine (x)")


CONDITIONS = {
    "fine": (a_history, Condition.FINE),
    "empty": (Path.touch, Condition.FINE),
    "newer": (lambda path: as_newer(a_history(path)), Condition.NEWER),
    "a text": (lambda path: path.write_text("<<<<<<< HEAD\n"), Condition.DAMAGED),
    "truncated": (truncated, Condition.DAMAGED),
    "zeros": (lambda path: path.write_bytes(bytes(8192)), Condition.DAMAGED),
    "a header alone": (lambda path: path.write_bytes(b"SQLite format 3\0"), Condition.DAMAGED),
    "an impossible version": (lambda path: as_newer(a_history(path), 2**30), Condition.DAMAGED),
    "another program's": (of_another_program, Condition.DAMAGED),
    "a pointer of Git LFS": (lambda path: path.write_text("version https://git-lfs.example.org/spec/v1\n"), Condition.DAMAGED),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_condition_of_a_file(tmp_path, name):
    make, wanted = CONDITIONS[name]
    path = tmp_path / "history.db"
    make(path)
    assert condition_of(path) is wanted


@pytest.mark.parametrize("name", CONDITIONS)
def test_whatever_the_condition_a_merge_goes_on(tmp_path, monkeypatch, name):
    make, wanted = CONDITIONS[name]
    (tmp_path / "kept").mkdir()
    make(tmp_path / "kept" / "history.db")
    a_history(tmp_path / "fine.db", day=5)
    words = ("history", "merge", "kept/history.db", "fine.db", "--history", "night/history.db")
    ran = listkeeper(monkeypatch, tmp_path, *words)
    assert ran.code == 0, ran.err
    assert ("warning: kept/history.db" in ran.out) is (wanted is not Condition.FINE or name == "empty")
    with History(tmp_path / "night" / "history.db") as past:
        assert FIRST + timedelta(days=5) in {one.at for one in past.of(KEY)}


@pytest.mark.parametrize("name", [name for name, (_, wanted) in CONDITIONS.items() if wanted is not Condition.FINE])
def test_whatever_the_condition_of_our_own_a_merge_goes_on(tmp_path, monkeypatch, name):
    CONDITIONS[name][0](tmp_path / "history.db")
    a_history(tmp_path / "fine.db", day=5)
    ran = listkeeper(monkeypatch, tmp_path, "history", "merge", "fine.db", "--history", "history.db")
    if name == "another program's":
        assert ran.code == 2
        return
    assert ran.code == 0, ran.err
    assert "warning: " in ran.out
    with History(tmp_path / "history.db") as past:
        assert FIRST + timedelta(days=5) in {one.at for one in past.of(KEY)}


def test_closing_leaves_one_file(tmp_path):
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(seen())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["h.db"]
    # 1: no write-ahead log (https://www.sqlite.org/fileformat.html, 1.3.3), so a program without write access can read it.
    assert (tmp_path / "h.db").read_bytes()[18:20] == b"\x01\x01"


def test_merging_twice_adds_nothing(tmp_path):
    for name, key in (("a.db", "https://a.org/"), ("b.db", "https://b.org/")):
        with History(tmp_path / name, now=FIRST) as past:
            past.add(seen(200, 0, key))
            past.add(seen(404, 1, key))
    with History(tmp_path / "a.db", now=FIRST) as past:
        assert past.merge(tmp_path / "b.db") == (2, 0)
        assert past.merge(tmp_path / "b.db") == (0, 0)
        assert [one.status for one in past.of("https://b.org/")] == [200, 404]


def test_notes_expire(tmp_path):
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.remember("robots example.org", "text", FIRST)
        assert past.note("robots example.org", FIRST + timedelta(days=6), 7) == "text"
        assert past.note("robots example.org", FIRST + timedelta(days=8), 7) is None
        assert past.note("robots example.org", FIRST - timedelta(days=1), 7) is None


WRITER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from linkcheck.history import History
from linkcheck.model import Hop, Observation
past = History(sys.argv[1], now=datetime.now(UTC))
for index in range(1_000_000):
    key = f"https://example.org/{index}"
    past.add(Observation(key, datetime.now(UTC), (Hop(key, 200),)))
    print(index, flush=True)
"""


@pytest.mark.parametrize("lines", [3, 40, 200])
def test_a_killed_run_loses_at_most_requests_in_flight(tmp_path, lines):
    path = tmp_path / "h.db"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert writer.stdout is not None
    last = [writer.stdout.readline() for _ in range(lines)][-1]
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    said = [int(line) for line in (last + writer.stdout.read()).split() if line.strip().isdigit()]
    writer.stdout.close()
    with History(path, now=datetime.now(UTC)) as past:
        assert past.warning == ""
        known = {int(key.rsplit("/", 1)[1]) for key, _ in past.last_seen()}
    assert set(range(max(said) + 1)) <= known


def test_only_an_unfinished_run_is_resumed(tmp_path):
    path = tmp_path / "h.db"
    with History(path, now=FIRST) as past:
        past.add(seen())
        killed = past.run
    with History(path, now=FIRST, resume=True) as past:
        assert past.run == killed
        assert past.seen_in_run(KEY)
        past.finish(FIRST, None)
    with History(path, now=FIRST, resume=True) as past:
        assert past.run != killed
        assert not past.seen_in_run(KEY)


def test_a_merge_sorts_older_observations_first(tmp_path):
    with History(tmp_path / "copy.db", now=FIRST) as past:
        past.add(seen(200, 0))
        past.add(seen(404, 1))
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(seen(500, 2))
        assert past.merge(tmp_path / "copy.db") == (2, 0)
        assert [one.status for one in past.of(KEY)] == [200, 404, 500]


def test_merging_copies_of_one_history_adds_no_duplicates(tmp_path):
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.add(seen(404, 0))
        past.add(seen(404, 1))
    (tmp_path / "shard.db").write_bytes((tmp_path / "h.db").read_bytes())
    with History(tmp_path / "shard.db", now=FIRST) as past:
        past.add(seen(404, 2))
    with History(tmp_path / "h.db", now=FIRST) as past:
        assert past.merge(tmp_path / "shard.db") == (1, 0)
        assert [one.at.day for one in past.of(KEY)] == [1, 2, 3]


def test_a_file_that_cannot_be_opened_is_not_called_damaged(tmp_path):
    place = tmp_path / "history.db"
    place.mkdir()
    with pytest.raises(HistoryError, match=r"history\.db"):
        History(place, now=FIRST)
    assert place.is_dir()


def test_with_a_full_disk_the_run_has_verdicts_and_stays_unfinished(tmp_path):
    path = tmp_path / "h.db"
    with History(path, now=FIRST) as past:
        past.add(seen(200, 0))
    with History(path, now=FIRST) as past:
        run = past.run
        pages = past._db.execute("pragma page_count").fetchone()[0]
        past._db.execute(f"pragma max_page_count={pages + 6}")
        keys = [f"https://example.org/{number}/{'x' * 3000}" for number in range(8)]
        for key in keys:
            past.add(seen(404, 1, key))
        past.add(seen(404, 1))
        assert "full" in past.failure
        assert 0 < past.unwritten < 8
        past.discard({keys[-1]: "offline"}.items)
        past.remember("robots", "text", FIRST)
        past.finish(FIRST, None)
        assert [one.status for one in past.of(KEY)] == [200, 404]
        assert [[one.discarded_reason for one in past.of(key)] for key in (keys[0], keys[-1])] == [[""], ["offline"]]
        unwritten = past.unwritten
    with History(path, now=FIRST, resume=True) as past:
        assert (past.run, past.failure) == (run, "")
        assert sum(map(past.seen_in_run, keys)) == 9 - unwritten


def test_a_merge_takes_over_newer_paces_and_no_other_notes(tmp_path):
    day = timedelta(days=1)
    with History(tmp_path / "other.db", now=FIRST) as other:
        other.remember("pace a.org", "theirs", FIRST + day)
        other.remember("pace b.org", "theirs", FIRST - day)
        other.remember("pace c.org", "theirs", FIRST)
        other.remember("pace d.org", "x" * 1000, FIRST)
        other.remember("https://a.org/robots.txt", "theirs", FIRST)
    with History(tmp_path / "h.db", now=FIRST) as past:
        past.remember("pace a.org", "ours", FIRST)
        past.remember("pace b.org", "ours", FIRST)
        past.merge(tmp_path / "other.db")
        found = {name: past.note(name, FIRST + day, 30) for name in [f"pace {host}.org" for host in "abcd"]}
        assert found == {"pace a.org": "theirs", "pace b.org": "ours", "pace c.org": "theirs", "pace d.org": None}
        assert past.note("https://a.org/robots.txt", FIRST + day, 30) is None


def test_histories_opened_at_once_share_the_new_file(tmp_path):
    for number in range(20):
        path, start = tmp_path / f"{number}.db", Barrier(8)

        def night(at, path=path, start=start):
            start.wait()
            with History(path, now=FIRST) as past:
                past.add(seen(key=f"{KEY}{at}"))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(night, range(8)))
        with History(path) as past:
            assert len(dict(past.last_seen())) == 8
            assert not past.warning
