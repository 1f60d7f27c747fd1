"""Memory of a check by the number of its links: what is in flight, not the collection.

Each size runs in a process of its own over links that are made as they are read; the servers are another process. 1,000,000 links take
a while: `LISTKEEPER_LINKS=1000000 python -m tests.bench memory`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from multiprocessing.connection import Connection
from pathlib import Path

from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.run import check
from linkcheck.history import History
from linkcheck.model import Link, Place
from linkcheck.net.dns import ThreadResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import PACES, Policy
from tests.bench.check_cost import _serve

SIZES = tuple(map(int, os.environ.get("LISTKEEPER_LINKS", "10000,100000").split(",")))
GOALS = {100_000: 120, 1_000_000: 300}
"""Megabytes by number of links."""


def links(port: int, count: int) -> Iterator[Link]:
    """`count` links on a fifth as many hosts, each with a place."""
    hosts = count // 5
    for index in range(count):
        host = index % hosts
        url = f"http://127.{1 + host // 62500}.{host // 250 % 250}.{host % 250 + 1}:{port}/page/{index}"
        yield Link(url, Place(f"lists/topic-{index % 500}.yaml", index, 10, f"entry-{index}", "url"))


async def _check(port: int, count: int, history: Path) -> None:
    policy = Policy(allow_private=(ip_network("127.0.0.0/8"),), pace=PACES["none"], robots_above=10**9)
    guard = Guard(ThreadResolver(5.0), policy.allow_private)
    fetcher = Fetcher(guard, policy.bounds, user_agent="Listkeeper bench", connections=64)
    try:
        with History(history, now=datetime.now(UTC)) as past:
            run = await check(links(port, count), policy, RunContext(fetcher, guard, past=past))
            assert len(run.verdicts) == count
            assert all(found.outcome == "alive" for found in run.verdicts)
    finally:
        await fetcher.aclose()
        await guard.aclose()


def _measure(port: int, count: int, pipe: Connection) -> None:
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_check(port, count, Path(folder) / "h.db"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    pipe.send((peak, time.process_time() - begun))


def measure() -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    try:
        for count in SIZES:
            ours, theirs = context.Pipe()
            work = context.Process(target=_measure, args=(port, count, theirs))
            work.start()
            theirs.close()
            peak, cpu = ours.recv()
            work.join()
            goal = GOALS.get(count)
            met = "" if goal is None else f"; goal {goal} MB: {'met' if peak <= goal else 'MISSED'}"
            yield f"memory at its peak, {count:,} links: {peak:.0f} MB, {1000 * cpu / count:.2f} ms of CPU a link{met}"
    finally:
        server.terminate()
