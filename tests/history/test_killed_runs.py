"""A run killed at any time loses only requests in flight, and a resumed run reports what an uninterrupted one does."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time

import pytest

from linkcheck.history import History
from tests.web.collection import collection
from tests.web.world import World

SCALE = 0.2
ONLY = ["B1", "B4", "B5", "B7", "B13", "B43", "B47"]


@pytest.fixture(scope="module")
def world():
    with World(SCALE, only=ONLY) as running:
        yield running


def command(world: World, folder, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "generator", "check", "--lists", str(folder / "lists"), "--format", "json", "--verbose"),
        *(
            "--dns",
            world.resolver_address,
            "--ca",
            str(world.ssl_ca_path),
            "--scale",
            str(SCALE),
            "--now",
            "2026-03-01T03:00:00+00:00",
        ),
        *(word for network in world.allow for word in ("--allow-private", str(network))),
        *more,
    ]


def prepared(world: World, folder):
    (folder / "lists").mkdir(parents=True)
    (folder / "lists" / "web.yaml").write_text(collection(world), encoding="utf-8")
    return folder


def told(output: str) -> dict[str, tuple[str, str, str]]:
    return {one["url"]: (one["outcome"], one["seen"], one["rule"]) for one in json.loads(output)["verdicts"]}


@pytest.fixture(scope="module")
def unkilled(world, tmp_path_factory):
    folder = prepared(world, tmp_path_factory.mktemp("unkilled"))
    world.night = 1
    done = subprocess.run(command(world, folder), capture_output=True, text=True, check=False)
    return told(done.stdout)


HOW = [*((signal.SIGKILL, moment) for moment in range(5)), (signal.SIGTERM, 0), (signal.SIGINT, 0)]


@pytest.mark.parametrize(("how", "_moment"), HOW)
def test_the_resumed_run_reports_the_same(world, unkilled, tmp_path, how, _moment):
    folder = prepared(world, tmp_path / "killed")
    world.night = 1
    run = subprocess.Popen(command(world, folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(random.uniform(0.6, 2.5))
    run.send_signal(how)
    out, _ = run.communicate(timeout=30)
    known = seen_so_far(folder)
    if how is not signal.SIGKILL and run.returncode == 130 and known:
        assert json.loads(out)["verdicts"], "what was seen is told"
    world.clear_log()
    again = subprocess.run(command(world, folder, "--resume"), capture_output=True, text=True, check=False)
    assert told(again.stdout) == unkilled
    if run.returncode not in {0, 1} and len(known) < len(unkilled):  # else it had ended, and was killed while it told of it
        asked_anew = {f"{one.scheme}://{one.host}:{one.port}{one.target.decode()}" for one in world.log.requests}
        assert not known & asked_anew, "what was committed before the kill is not asked again"


def seen_so_far(folder) -> set[str]:
    path = folder / ".listkeeper" / "history.db"
    if not path.exists():
        return set()
    with History(path) as past:
        assert past.warning == ""
        return {key for key, _ in past.last_seen()}
