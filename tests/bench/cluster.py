"""Two workers of a local cluster beside one process, on a paced web in real time: what dividing costs where nothing is gained by it."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from distributed import LocalCluster

from linkcheck.cluster import Cluster, ClusterOptions
from linkcheck.cluster.job import Network
from linkcheck.engine.planning import Asker
from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.net.dns import DnsResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, tls_context
from tests.web.realistic import Limit, realistic
from tests.web.score import policy_for
from tests.web.world import World

SCALE, GOAL = 1.0, 1.05
LINKS, HOSTS = 800, 200
SEEDS = int(os.environ.get("LISTKEEPER_SEEDS", "3"))


async def _wall(world: World, history: Path, ask: Asker | None) -> float:
    policy = policy_for(world)
    guard = Guard(DnsResolver(world.resolver_address, policy.bounds.dns), policy.allow_private)
    fetcher = Fetcher(guard, policy.bounds, user_agent="Listkeeper bench", ssl_context=tls_context(world.ssl_ca_path))
    try:
        with History(history, now=world.now) as past:
            begun = time.perf_counter()
            context = RunContext(fetcher, guard, past=past, calendar=lambda: world.now)
            run = await check(world.links, policy, context, ask=ask)
            assert not run.interrupted
            return time.perf_counter() - begun
    finally:
        await fetcher.aclose()
        await guard.aclose()


def measure() -> Iterator[str]:
    ratios = []
    web = partial(realistic, links=LINKS, hosts=HOSTS, share=0.3, limits=(Limit(1e6, 1000), Limit(1e6, 1000)))
    with LocalCluster(n_workers=2, threads_per_worker=4, host="127.0.0.1", dashboard_address=None, silence_logs=50) as started:
        for seed in range(1, SEEDS + 1):
            walls = []
            for is_cluster in (False, True):
                with World(SCALE, only=(), extra=[web(seed=seed)]) as world, tempfile.TemporaryDirectory() as folder:
                    network = Network(world.resolver_address, authorities=world.ssl_ca_pem)
                    asker = Cluster(ClusterOptions(started.scheduler_address, threads=4, network=network))
                    walls.append(asyncio.run(_wall(world, Path(folder) / "h.db", asker.ask if is_cluster else None)))
            ratios.append(walls[1] / walls[0])
    worst = max(ratios)
    yield (
        f"cluster, two workers on one machine, worst of {SEEDS} webs: {worst:.2f}x of one process; goal {GOAL}x: "
        f"{'met' if worst <= GOAL else 'MISSED'}; all: {' '.join(f'{one:.2f}' for one in ratios)}"
    )
