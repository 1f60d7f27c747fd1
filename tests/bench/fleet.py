"""A whole universe of lists in one check: 700 lists, 350,000 links, 60,000 hosts, on loopback at `--pace none`; and how long manners take.

Memory and CPU are those of the command, a process of its own; the servers are another. The time that politeness needs is that of the
real schedule on a simulated clock. `LISTKEEPER_LISTS=70 python -m tests.bench fleet` is a tenth of it.
"""

from __future__ import annotations

import heapq
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import chain, count, repeat
from pathlib import Path

from linkcheck.engine.pacing.host_pace import Feedback
from linkcheck.engine.pacing.limits import pace_of
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.policy import PACES, Policy
from tests.bench.check_cost import _serve

LISTS = int(os.environ.get("LISTKEEPER_LISTS", "700"))
LINKS_A_LIST, HOSTS_A_LIST = 500, 86
SHARED = 0.05
"""The share of links that another list has as well."""
GITHUB, ARXIV = 0.25, 0.05
"""The shares of the two busiest hosts, as on the lists of the awesome universe."""
ANSWER = 0.3
"""Seconds that a host takes to answer, on the simulated clock."""


def write_fleet(folder: Path, port: int, seed: int = 1) -> int:
    """Write the lists and their `fleet.yaml`; returns the number of links."""
    dice, total = random.Random(seed), 0
    hosts = [f"127.{1 + host // 62500}.{host // 250 % 250}.{host % 250 + 1}" for host in range(LISTS * HOSTS_A_LIST)]
    names, pool = [], [f"http://{dice.choice(hosts)}:{port}/page/{10**8 + index}" for index in range(max(100, LISTS * 10))]
    for number in range(LISTS):
        its = hosts[number * HOSTS_A_LIST : (number + 1) * HOSTS_A_LIST]
        shared = dice.sample(pool, round(LINKS_A_LIST * SHARED))
        own = (f"http://{dice.choice(its)}:{port}/page/{number * 1000 + index}" for index in range(LINKS_A_LIST - len(shared)))
        urls = [*own, *shared]
        total += len(urls)
        name = f"list-{number}"
        names.append(name)
        (folder / name).mkdir()
        if number % 2:
            lines = "".join(f"- [Work {index} of {number}]({url}) - A text about it.\n" for index, url in enumerate(urls))
            (folder / name / "README.md").write_text(f"# List {number}\n\n## Works\n\n{lines}")
        else:
            lines = "".join(f"  - {{title: Work {index} of {number}, url: '{url}'}}\n" for index, url in enumerate(urls))
            (folder / name / "works.yaml").write_text(f"title: List {number}\nentries:\n{lines}")
    lists = "".join(f"  - {name}\n" for name in names)
    (folder / "fleet.yaml").write_text(f"allow_private: [127.0.0.0/8]\npace: none\nlists:\n{lists}")
    return total


def politeness(links: int, hosts: int, github: int, seed: int = 1) -> tuple[float, float]:
    """Simulated seconds that a fleet takes at the pace `normal`: the whole, and all but the two busiest hosts.

    One request to GitHub answers for `github` links, one to arXiv for a hundred.
    """
    dice = random.Random(seed)
    names = ["github.com", "arxiv.org", *(f"host{index}.example" for index in range(hosts - 2))]
    schedule = Schedule[str](partial(pace_of, policy=Policy(pace=PACES["normal"])), 1000)
    batches = [round(GITHUB * links / github), round(ARXIV * links / 100)]
    others = (2 + int((hosts - 2) * dice.random() ** 3) for _ in range(round((1 - GITHUB - ARXIV) * links)))
    for index in (*chain.from_iterable(map(repeat, count(), batches)), *others):
        schedule.put(schedule.group(names[index]), names[index], 0.0)
    now, order, running = 0.0, count(), list[tuple[float, int, str, object]]()
    rest = 0.0
    while schedule.waiting or running:
        while (grant := schedule.take(now)) is not None:
            heapq.heappush(running, (now + ANSWER, next(order), grant.job, grant))
        ends = running[0][0] if running else float("inf")
        now = min(ends, max(now, schedule.wake()))
        while running and running[0][0] <= now:
            _, _, name, grant = heapq.heappop(running)
            schedule.done(grant.group, grant.start, now, Feedback(healthy=True))  # type: ignore[attr-defined]
            if name not in names[:2]:
                rest = now
    return now, rest


def measure() -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            links = write_fleet(folder, here.recv())
            command = [
                sys.executable,
                "-m",
                "generator",
                "check",
                "--fleet",
                "fleet.yaml",
                "--format",
                "json",
                "--output",
                "report.json",
                "--quiet",
            ]
            begun = time.perf_counter()
            ran = subprocess.run(
                command, cwd=folder, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, check=False
            )
            wall = time.perf_counter() - begun
            spent = resource.getrusage(resource.RUSAGE_CHILDREN)
            size = (folder / "report.json").stat().st_size / 1e6
        peak = spent.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        cpu = spent.ru_utime + spent.ru_stime
        yield (
            f"fleet, {LISTS:,} lists, {links:,} links: exit {ran.returncode}, {peak:.0f} MB at its peak, {1000 * cpu / links:.2f} ms of CPU a link, "
            f"{wall:.0f} s, a report of {size:.0f} MB"
        )
    finally:
        server.terminate()
    for github, how in ((50, "with a token, fifty repositories in a request"), (1, "without a token, one by one")):
        whole, rest = politeness(LISTS * LINKS_A_LIST, LISTS * HOSTS_A_LIST, github)
        yield f"fleet, polite, GitHub {how}: {whole / 3600:.2f} h; all hosts but GitHub and arXiv {rest / 60:.0f} min"
