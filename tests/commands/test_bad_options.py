"""Impossible option values are usage errors that name the option: exit 2, no requests, nothing written, no traceback."""

from __future__ import annotations

import sqlite3

import pytest

from tests.commands.command import listkeeper, lists

HUGE = "9" * 400


@pytest.mark.parametrize(
    ("option", "values"),
    [
        (
            "--dns",
            [
                "",
                "nonsense",
                "dns.example.org",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:x",
                ":53",
                "[::1",
                "[::1]x",
                "1:2:3",
                "256.1.1.1",
                f"1.1.1.1:{HUGE}",
            ],
        ),
        ("--scale", ["", "x", "0", "-1", "nan", "inf", "1e400", "1e-9"]),
        ("--budget", ["", "0", "-5", "nan", "soon", HUGE, "1e3"]),
        ("--timeout", ["", "0", "-5s", "nan", "soon", HUGE]),
        ("--concurrency", ["", "0", "-1", "1.5", "nan", HUGE]),
        ("--confirm", ["", "0", "-1", "31", "nan", HUGE]),
        ("--shard", ["", "0/2", "3/2", "-1/2", "1/0", "1", "1/2/3", "a/b", f"1/{HUGE}"]),
        ("--allow-private", ["", "x", "10.0.0.0/99", "10.0.0.1/8", "-1"]),
        ("--now", ["", "soon", "0001-01-01", "9999-12-31T23:59:59", "2026-13-01", "nan"]),
        ("--only", ["", " "]),
        ("--fail-on", ["", ",", "ded", "dead;invalid"]),
        ("--pace", ["", "quick"]),
        ("--format", ["", "xml"]),
        ("--ca", ["", "nowhere.pem", "lists", "lists/optimal-transport.yaml"]),
        ("--history", ["lists"]),
        ("--output", ["lists"]),
    ],
)
def test_check_refuses_impossible_values(tmp_path, monkeypatch, option, values):
    lists(tmp_path)
    for value in values:
        ran = listkeeper(monkeypatch, tmp_path, "check", f"{option}={value}")
        assert (ran.code, ran.out) == (2, ""), (value, ran)
        assert option in ran.err, (value, ran.err)
        assert "Traceback" not in ran.err
    assert not (tmp_path / ".listkeeper").exists()


@pytest.mark.parametrize("value", ["9.9.9.9", "127.0.0.1:5353", "[::1]:53", "::1"])
def test_valid_name_servers_are_accepted(tmp_path, monkeypatch, value):
    ran = listkeeper(monkeypatch, tmp_path, "check", "--dns", value)
    assert "no-sources" in ran.out, ran.err


@pytest.mark.parametrize("command", [("doctor",), ("fix", "--dry-run"), ("add", "10.1000/182", "--topic", "x"), ("enrich",)])
def test_all_commands_validate_their_name_server(tmp_path, monkeypatch, command):
    lists(tmp_path)
    ran = listkeeper(monkeypatch, tmp_path, *command, "--dns", "nonsense")
    assert (ran.code, ran.out) == (2, "")
    assert "--dns" in ran.err


@pytest.mark.parametrize("content", [b"title: My notes\n", b"# A list\n", b"\x89PNG\r\n"])
def test_a_file_that_is_not_a_history_is_not_changed(tmp_path, monkeypatch, content):
    lists(tmp_path, "https://example.org/x")
    other = tmp_path / "notes.yaml"
    other.write_bytes(content * 100)
    for command in (("check", "--only", "nothing.org"), ("check",), ("history", "merge", "x.db")):
        ran = listkeeper(monkeypatch, tmp_path, *command, "--history", "notes.yaml")
        assert "Traceback" not in ran.err
    assert other.read_bytes() == content * 100
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lists", "notes.yaml"]


def test_another_programs_database_is_not_changed(tmp_path, monkeypatch):
    lists(tmp_path, "https://example.org/x")
    db = sqlite3.connect(tmp_path / "places.db")
    db.execute("create table bookmarks (url text)")
    db.commit()
    db.close()
    before = (tmp_path / "places.db").read_bytes()
    ran = listkeeper(monkeypatch, tmp_path, "check", "--history", "places.db")
    assert ran.code == 2
    assert "a database of another program" in ran.out
    assert (tmp_path / "places.db").read_bytes() == before


def test_duplicates_without_sources_is_an_error(tmp_path, monkeypatch):
    for arguments in ((), ("--format", "json"), ("--lists", "nowhere")):
        ran = listkeeper(monkeypatch, tmp_path, "duplicates", *arguments)
        assert (ran.code, "there is no folder" in ran.out + ran.err) == (2, True)
    lists(tmp_path)
    assert listkeeper(monkeypatch, tmp_path, "duplicates").code == 0
    lists(tmp_path, broken="title: [")
    assert listkeeper(monkeypatch, tmp_path, "duplicates").code == 1
