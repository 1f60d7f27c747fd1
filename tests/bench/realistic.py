"""Ten realistic webs: 2,000 links on 700 hosts, 40 % on one of them. Wall time beside a bound that no polite checker can beat.

The webs differ by seed: the two busiest hosts allow 3 to 30 requests a second with bursts of 1 to 10, with and without Retry-After.
The bound of a web is the longest of: over hosts, its requests by the slower of the host's limit, the pace's ceiling and what the
connections can answer, with the ramp to that; the longest link; CPU. Everything is counted in simulated seconds. Printed is the worst.

    python -m tests.bench realistic            all ten, two nights at both paces
    LISTKEEPER_WEBS=2 python -m tests.bench realistic
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.model import Run
from linkcheck.net.dns import DnsResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, tls_context
from linkcheck.policy import Policy
from tests.web.realistic import Plan, random_limits, realistic
from tests.web.score import policy_for
from tests.web.world import World

SCALE = 0.3
WEBS = int(os.environ.get("LISTKEEPER_WEBS", "10"))
GOALS = {1: (1.15, 5), 2: (1.10, 1)}
"""By night: the wall time as a multiple of the bound, and the complaints at each busy host."""


@dataclass(frozen=True, slots=True)
class Night:
    """One night on one web: wall time by bound, bound in simulated seconds, 429s of the busiest hosts, wrong verdicts."""

    seed: int
    ratio: float
    bound: float
    complaints: int
    wrong: int
    links: int


def bound(plan: Plan, run: Run, policy: Policy, scale: float, *, ramp: bool) -> float:
    """Seconds that a web takes at least, with all limits known beforehand."""
    pace = policy.pace
    ceiling, rate = pace.ceiling * scale, pace.rate * scale
    hosts = []
    for name, requests in plan.requests.items():
        answers = pace.connections * requests / plan.seconds[name]
        fastest = min(ceiling, answers, plan.limits[name].rate if name in plan.limits else ceiling)
        seconds, left, now = 0.0, requests - pace.burst, rate
        while ramp and now < fastest and left > 0:
            step = min(pace.healthy, left)
            seconds, left, now = seconds + step / now, left - step, now * 2
        hosts.append(seconds + max(0, left) / fastest)
    longest_link = max(sum(hop.seconds for hop in found.hops) for found in run.verdicts) / scale
    return max(*hosts, longest_link)


async def _check(world: World, policy: Policy, history: Path, number: int) -> Run:
    world.night = number
    guard = Guard(DnsResolver(world.resolver_address, policy.bounds.dns), policy.allow_private)
    fetcher = Fetcher(
        guard,
        policy.bounds,
        user_agent="Listkeeper bench",
        ssl_context=tls_context(world.ssl_ca_path),
        connections=policy.pace.connections,
    )
    try:
        with History(history, now=world.now) as past:
            run = await check(world.links, policy, RunContext(fetcher, guard, past=past, calendar=lambda: world.now))
            past.finish(world.now, run.void)
            return run
    finally:
        await fetcher.aclose()
        await guard.aclose()


def nights(seed: int, pace: str) -> Iterator[Night]:
    """Two nights on the web of one seed."""
    with (
        World(SCALE, only=(), extra=[realistic(seed=seed, limits=random_limits(seed))]) as world,
        tempfile.TemporaryDirectory() as folder,
    ):
        policy, plan = policy_for(world, pace=pace), world.data["plan"]
        assert isinstance(plan, Plan)
        for number in (1, 2):
            world.clear_log()
            begun, cpu = time.perf_counter(), time.process_time()
            run = asyncio.run(_check(world, policy, Path(folder) / "h.db", number))
            wall, cpu = (time.perf_counter() - begun) / SCALE, (time.process_time() - cpu) / SCALE
            least = max(bound(plan, run, policy, SCALE, ramp=number == 1), cpu)
            rows = [(str(found.outcome), world.expected.get(found.url)) for found in run.verdicts]
            wrong = sum(outcome not in row.on(number) for outcome, row in rows if row is not None)
            complaints = max(world.log.answered(429).values(), default=0)
            yield Night(seed, wall / least, least, complaints, wrong, len(run.verdicts))


def measure() -> Iterator[str]:
    for pace in ("normal", "brisk"):
        found: dict[int, list[Night]] = {1: [], 2: []}
        for seed in range(1, WEBS + 1):
            for number, night in enumerate(nights(seed, pace), 1):
                found[number].append(night)
        for number, rows in found.items():
            goal, most = GOALS[number]
            worst, loudest = max(rows, key=lambda row: row.ratio), max(rows, key=lambda row: row.complaints)
            met = worst.ratio <= goal and loudest.complaints <= most
            yield (
                f"realistic, {pace}, night {number}, worst of {len(rows)} webs: {worst.ratio:.2f}x of the bound ({worst.bound:.0f} s, "
                f"web {worst.seed}), goal {goal:.2f}x; {loudest.complaints} answers of 429 at one host (web {loudest.seed}), goal {most}: "
                f"{'met' if met else 'MISSED'}; {sum(row.wrong for row in rows)} of {sum(row.links for row in rows):,} verdicts wrong; "
                f"all: {' '.join(f'{row.ratio:.2f}' for row in rows)}"
            )
