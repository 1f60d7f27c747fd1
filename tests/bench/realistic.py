"""A realistic web: 2,000 links on 700 hosts, 40 % on one of them. Wall time beside the bound that no polite checker can beat.

The bound is max(longest host at its pace with ramp, longest link, CPU). Everything is counted in simulated seconds.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from linkcheck.engine.pacing.limits import pace_of
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.run import SECOND, RunContext, check
from linkcheck.history import History
from linkcheck.model import Run
from linkcheck.net.guard import DnsResolver, Guard
from linkcheck.net.http import Fetcher, tls_context
from linkcheck.policy import Policy
from linkcheck.urls import host_key, split
from tests.web.log import Log
from tests.web.realistic import realistic
from tests.web.score import policy_for
from tests.web.world import World

SCALE = 0.3


def bound(world: World, policy: Policy, run: Run, log: Log) -> float:
    """Seconds that the host with the most to do needs for the requests it saw, at its pace: ramp, complaints and second pass."""
    longest_link = max(sum(hop.seconds for hop in found.hops) for found in run.verdicts)
    answers: dict[str, list[tuple[float, bool]]] = {}
    for found in run.verdicts:
        for hop in found.hops:
            complaint = hop.status in {403, 429, 503}
            answers.setdefault(host_key(split(hop.url).ascii_host), []).append((hop.seconds, complaint))
    asked = log.requests_per_host()
    alone = [
        _alone(host, its, policy, second=max(0, asked.get(host, 0) - len(its)))
        for host, its in answers.items()
        if len(its) > 20
    ]
    return max(longest_link, *alone)


def _alone(host: str, answers: list[tuple[float, bool]], policy: Policy, second: int) -> float:
    """How long a host takes by itself on a clock of its own: the schedule with nothing else to do, then the second pass."""
    schedule: Schedule[tuple[float, bool]] = Schedule(lambda name: pace_of(name, policy), 1000)
    group = schedule.group(host, "", 0.0)
    for answer in answers:
        schedule.put(group, answer, 0.0)
    now, ending = 0.0, list[tuple[float, tuple[float, bool]]]()
    while True:
        while (given := schedule.take(now)) is not None:
            ending.append((now + given[1][0], given[1]))
        following = min([schedule.wake(), *(at for at, _ in ending)])
        if following == float("inf"):
            typical = sorted(seconds for seconds, _ in answers)[len(answers) // 2]
            return now + second * max(1 / (SECOND * policy.pace.rate), typical)
        now = max(now, following)
        for at, (seconds, complaint) in [one for one in ending if one[0] <= now]:
            ending.remove((at, (seconds, complaint)))
            schedule.done(group, now, seconds, complaint=complaint, healthy=not complaint)


async def _check(world: World, policy: Policy, folder: Path) -> Run:
    guard = Guard(DnsResolver(world.resolver_address, policy.bounds.dns), policy.allow_private)
    fetcher = Fetcher(
        guard,
        policy.bounds,
        user_agent="Listkeeper bench",
        ssl_context=tls_context(world.ssl_ca_path),
        connections=policy.pace.connections,
    )
    try:
        with History(folder / "h.db", now=world.now) as past:
            return await check(world.links, policy, RunContext(fetcher, guard, past=past, calendar=lambda: world.now))
    finally:
        await fetcher.aclose()
        await guard.aclose()


def measure() -> Iterator[str]:
    for pace in ("normal", "brisk"):
        with World(SCALE, only=(), extra=[realistic()]) as world, tempfile.TemporaryDirectory() as folder:
            policy = policy_for(world, pace=pace)
            begun, cpu = time.perf_counter(), time.process_time()
            run = asyncio.run(_check(world, policy, Path(folder)))
            wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
            least = max(bound(world, policy, run, world.log), cpu)
            complaints = sum(world.log.answered(429).values())
            busiest = max(run.hosts, key=lambda tally: tally.requests)
            wrong = sum(
                str(found.outcome) not in row.on(1)
                for found in run.verdicts
                if (row := world.expected.get(found.url)) is not None
            )
            yield (
                f"realistic, {pace}: {wall / SCALE:.0f} s, {wall / least:.2f}x of the bound ({least / SCALE:.0f} s); goal 1.1x: "
                f"{'met' if wall <= 1.1 * least else 'MISSED'}; {complaints} answers of 429 (goal: 5), {busiest.complaints} complaints of the busiest host, {wrong} wrong of {len(run.verdicts)}"
            )
