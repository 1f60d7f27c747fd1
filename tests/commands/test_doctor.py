"""`listkeeper doctor`: its tests, and whether a check would work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linkcheck.history import History
from linkcheck.model import Hop, Observation
from tests.commands.command import listkeeper, lists

NOWHERE = ("--dns", "127.0.0.1:9")


def said(ran):
    return {line[8:].partition(":")[0]: line.split()[0] for line in ran.out.splitlines() if not line.startswith(" ")}


def test_without_a_network_dns_fails_and_the_rest_is_reported(tmp_path, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    ran = listkeeper(monkeypatch, lists(tmp_path), "doctor", *NOWHERE)
    found = said(ran)
    assert ran.code == 1
    assert found["DNS"] == "trouble"
    assert (found["listkeeper"], found["packages"], found["lists"]) == ("ok", "ok", "ok")
    assert (found["GITHUB_TOKEN"], found["history"]) == ("note", "note")
    assert "--dns" in ran.out


@pytest.mark.parametrize(
    "userinfo", ["http://ann:hunter22@", "http://hunter22@", "ann:hunter22@", "http://ann:hunter22@[", "http://:hunter22@"]
)
def test_secrets_of_a_proxy_and_the_token_are_not_shown(tmp_path, monkeypatch, userinfo):
    monkeypatch.setenv("https_proxy", f"{userinfo}127.0.0.1:1")
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_secret")
    ran = listkeeper(monkeypatch, lists(tmp_path), "doctor", *NOWHERE)
    assert ran.code == 1
    assert "hunter22" not in ran.out + ran.err
    assert "ghp_secret" not in ran.out
    assert "***@" in ran.out


@pytest.mark.parametrize("damaged", [False, True])
def test_the_history_is_read_but_not_changed(tmp_path, monkeypatch, damaged):
    path = lists(tmp_path) / ".listkeeper" / "history.db"
    now = datetime(2026, 11, 1, tzinfo=UTC)
    with History(path, now=now) as past:
        past.add(Observation("https://a.org/", now, (Hop("https://a.org/", 200),)))
    if damaged:
        path.write_bytes(b"no database at all" * 99)
    before = path.read_bytes()
    ran = listkeeper(monkeypatch, tmp_path, "doctor", *NOWHERE)
    assert said(ran)["history"] == ("trouble" if damaged else "ok")
    assert damaged or "1 URL asked, the last on 2026-11-01" in ran.out
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("script", "mark"), [(None, "note"), ("exit 1", "trouble"), ("echo git version 9.9", "ok")], ids=["none", "broken", "there"]
)
def test_git_is_optional_but_must_work(tmp_path, monkeypatch, script, mark):
    binaries = tmp_path / "bin"
    binaries.mkdir()
    if script:
        (binaries / "git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (binaries / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(binaries))
    ran = listkeeper(monkeypatch, lists(tmp_path), "doctor", *NOWHERE)
    assert said(ran)["git"] == mark
