"""The history, in real SQLite files."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from linkcheck.history import History, HistoryError
from linkcheck.model import FailureKind, Hop, Observation, PageSignals, RegistryAnswer, Soft404Probe

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


def test_a_newer_format_is_refused_and_not_changed(tmp_path):
    path = tmp_path / "h.db"
    with History(path, now=FIRST) as past:
        past.add(seen())
    db = sqlite3.connect(path)
    db.execute("pragma user_version=99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="newer"):
        History(path, now=FIRST)
    assert path.read_bytes() == before


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
