"""`check --cluster` as its user runs it: a local cluster, a scheduler that isn't there, options that don't go together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.checking.cluster import without_tls
from tests.commands.command import listkeeper
from tests.commands.test_check_command import LOCAL, server  # noqa: F401  # the fixture

ROOT = Path(__file__).parents[2]


@pytest.mark.cluster
def test_a_local_cluster_asks_the_links(tmp_path, server):  # noqa: F811
    (tmp_path / "list.txt").write_text(
        "".join(f"{server.base}/{code}?{number}\n" for number, code in enumerate([200, 200, 404]))
    )
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "check", "list.txt", "--cluster", *LOCAL, "--format", "json", "--quiet"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, check=False, capture_output=True, timeout=100,
    )  # fmt: skip
    data = json.loads(ran.stdout)
    assert (ran.returncode, data["summary"]["alive"], data["summary"]["dead"]) == (1, 2, 1)
    assert "Traceback" not in ran.stderr
    assert data["run"]["requests"] == len(server.asked)


@pytest.mark.parametrize("address", ["scheduler", "http://scheduler:8786"])
def test_an_address_of_no_scheduler(tmp_path, monkeypatch, address):
    ran = listkeeper(monkeypatch, tmp_path, "check", "list.txt", "--cluster", address)
    assert (ran.code, "tls://HOST:PORT" in ran.err) == (2, True)


@pytest.mark.parametrize("other", [("--shard", "1/2"), ("--handed-over", "x.jsonl")])
def test_a_cluster_goes_with_no_shards(tmp_path, monkeypatch, other):
    ran = listkeeper(monkeypatch, tmp_path, "check", *other, "--cluster")
    assert (ran.code, "--cluster divides the links itself" in ran.err) == (2, True)


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    (tmp_path / "list.txt").write_text("https://example.org/\n")
    ran = listkeeper(monkeypatch, tmp_path, "check", "list.txt", "--cluster")
    assert ran.code == 2
    assert "no-cluster" in ran.out
    assert "listkeeper[cluster]" in ran.out


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("local", False),
        ("tls://scheduler.example.org:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://scheduler.example.org:8786", True),
        ("tcp://192.0.2.7:8786", True),
    ],
)
def test_a_scheduler_on_another_machine_without_tls_is_warned_of(address, warned):
    found = without_tls(address)
    assert (found is not None and found.code == "cluster-without-tls") is warned
