"""Ten realistic webs, in real time: 2,000 links on 700 hosts, 40 % on one of them. Wall time beside that of a checker who knows all.

The webs differ by seed: the two busiest hosts allow 3 to 30 requests a second with bursts of 1 to 10, with and without Retry-After.
The bound of a web is the longest of: over hosts, the time of a checker that knows the host's limit and burst and all answer times
beforehand (at most the pace's ceiling, on the pace's connections, in the order of the list; in the first night with the ramp to that
rate); the longest link; CPU. The checker is a process of its own. Printed is the worst. Several webs run at once: each is idle most
of the time.

    python -m tests.bench realistic            all ten, two nights at both paces: about half an hour
    LISTKEEPER_WEBS=2 python -m tests.bench realistic
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.model import Link
from linkcheck.net.dns import DnsResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, tls_context
from linkcheck.policy import Pace, Policy
from tests.web.realistic import Limit, Plan, random_limits, realistic
from tests.web.score import policy_for
from tests.web.world import World

WEBS = int(os.environ.get("LISTKEEPER_WEBS", "10"))
AT_ONCE = 4
SCALE = 1.0
GOALS = {1: (1.15, 5), 2: (1.10, 1)}
"""By night: the wall time as a multiple of the bound, and the complaints at each busy host."""
UNLIMITED = Limit(1e9, 1_000_000)


@dataclass(frozen=True, slots=True)
class Night:
    """One night on one web: wall time by bound, bound in seconds, 429s of the busiest hosts, wrong verdicts."""

    seed: int
    ratio: float
    bound: float
    complaints: int
    wrong: int
    links: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a checker found: wall time and CPU in seconds, the longest link's seconds, and outcomes by URL."""

    wall: float
    cpu: float
    longest: float
    outcomes: dict[str, str]


def host_bound(answers: Sequence[float], limit: Limit, pace: Pace, *, ramp: bool) -> float:
    """Seconds that a host takes whose `answers` take these seconds, for one who knows its bucket and keeps to it and to the pace's."""
    rate, host_due, pace_due = pace.rate if ramp else pace.ceiling, 0.0, 0.0
    free = [0.0] * pace.connections
    for number, seconds in enumerate(answers):
        if number and number % pace.healthy == 0:
            rate = min(pace.ceiling, rate * 2)
        start = max(heappop(free), host_due - (limit.burst - 1) / limit.rate, pace_due - (pace.burst - 1) / rate)
        host_due, pace_due = max(host_due, start) + 1 / limit.rate, max(pace_due, start) + 1 / rate
        heappush(free, start + seconds)
    return max(free)


def bound(plan: Plan, pace: Pace, *, ramp: bool) -> float:
    """Seconds that the slowest host of a web takes at least."""
    return max(host_bound(answers, plan.limits.get(name, UNLIMITED), pace, ramp=ramp) for name, answers in plan.answers.items())


async def _check(
    links: list[Link], policy: Policy, resolver: tuple[str, int], authority: Path, history: Path, now: datetime
) -> Checked:
    guard = Guard(DnsResolver(resolver, policy.bounds.dns), policy.allow_private)
    fetcher = Fetcher(
        guard,
        policy.bounds,
        user_agent="Listkeeper bench",
        ssl_context=tls_context(authority),
        connections=policy.pace.connections,
    )
    try:
        with History(history, now=now) as past:
            begun, cpu = time.perf_counter(), time.process_time()
            run = await check(links, policy, RunContext(fetcher, guard, past=past, calendar=lambda: now))
            wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
            past.finish(now, run.void)
        longest = max(sum(hop.seconds for hop in found.hops) for found in run.verdicts)
        return Checked(wall, cpu, longest, {found.url: str(found.outcome) for found in run.verdicts})
    finally:
        await fetcher.aclose()
        await guard.aclose()


def _checked(*arguments: object) -> Checked:
    return asyncio.run(_check(*arguments))  # type: ignore[arg-type]


def nights(pace: str, seed: int) -> list[Night]:
    """Two nights on the web of one seed."""
    found = []
    with (
        World(SCALE, only=(), extra=[realistic(seed=seed, limits=random_limits(seed))]) as world,
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, get_context("spawn")) as checker,
    ):
        policy, plan = policy_for(world, pace=pace), world.data["plan"]
        assert isinstance(plan, Plan)
        for number in (1, 2):
            world.clear_log()
            world.night = number
            ran = checker.submit(
                _checked, world.links, policy, world.resolver_address, world.ssl_ca_path, Path(folder) / "h.db", world.now
            ).result()
            least = max(bound(plan, policy.pace, ramp=number == 1), ran.longest, ran.cpu)
            rows = [(outcome, world.expected.get(url)) for url, outcome in ran.outcomes.items()]
            wrong = sum(outcome not in row.on(number) for outcome, row in rows if row is not None)
            complaints = max(world.log.answered(429).values(), default=0)
            found.append(Night(seed, ran.wall / least, least, complaints, wrong, len(rows)))
    return found


def measure() -> Iterator[str]:
    paces, seeds = ("normal", "brisk"), range(1, WEBS + 1)
    with ProcessPoolExecutor(AT_ONCE, get_context("spawn")) as pool:
        jobs = {(pace, seed): pool.submit(nights, pace, seed) for pace, seed in product(paces, seeds)}
        for pace, number in product(paces, GOALS):
            yield _line(pace, number, [jobs[pace, seed].result()[number - 1] for seed in seeds])


def _line(pace: str, number: int, rows: list[Night]) -> str:
    goal, most = GOALS[number]
    worst, loudest = max(rows, key=lambda row: row.ratio), max(rows, key=lambda row: row.complaints)
    met = worst.ratio <= goal and loudest.complaints <= most
    return (
        f"realistic, {pace}, night {number}, worst of {len(rows)} webs: {worst.ratio:.2f}x of the bound ({worst.bound:.0f} s, "
        f"web {worst.seed}), goal {goal:.2f}x; {loudest.complaints} answers of 429 at one host (web {loudest.seed}), goal {most}: "
        f"{'met' if met else 'MISSED'}; {sum(row.wrong for row in rows)} of {sum(row.links for row in rows):,} verdicts wrong; "
        f"all: {' '.join(f'{row.ratio:.2f}' for row in rows)}; 429s: {' '.join(str(row.complaints) for row in rows)}"
    )
