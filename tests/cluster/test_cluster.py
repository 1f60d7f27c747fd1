"""Two real workers on loopback ask the simulated web: same verdicts as one machine, nothing lost, nothing asked twice."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import dask
import pytest
from distributed import LocalCluster

import linkcheck.cluster.client
import linkcheck.cluster.worker
from linkcheck.cluster import Cluster, ClusterError, ClusterOptions
from linkcheck.cluster.job import Network, Owners
from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.model import Link, Place, Work
from linkcheck.net.dns import DnsResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, tls_context
from linkcheck.policy import Bounds, HostRule, Policy
from linkcheck.registries import registries
from tests.cluster.vault import vault
from tests.web.realistic import Limit, realistic
from tests.web.score import policy_for
from tests.web.world import World

pytestmark = [pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]

SCALE = 0.1
ROOM = 120.0
"""Seconds in which a run on a busy machine must have come to its moment."""


def settings(world: World, **more) -> Policy:
    policy = replace(policy_for(world), endpoints=tuple(world.endpoints.items()), **more)
    return replace(policy, bounds=replace(policy.bounds, dns=5.0 * world.scale))


def patient(world: World, **more) -> Policy:
    """The settings for a web in which nothing is slow: what takes long then is this machine."""
    policy = settings(world, **more)
    return replace(policy, bounds=replace(policy.bounds, dns=20.0, first_byte=20.0, body=20.0, link=60.0))


def on(cluster, world: World) -> Cluster:
    network = Network(world.resolver_address, authorities=world.ssl_ca_pem)
    return Cluster(ClusterOptions(cluster.scheduler_address, threads=4, network=network, token="test-token"))


async def night(world, policy, path, asker, *, resume=False, links=None):
    guard = Guard(DnsResolver(world.resolver_address, policy.bounds.dns), policy.allow_private)
    fetcher = Fetcher(guard, policy.bounds, user_agent="Listkeeper", ssl_context=tls_context(world.ssl_ca_path))
    try:
        with History(path, now=world.now, resume=resume) as past:
            context = RunContext(
                fetcher, guard, past=past, calendar=lambda: world.now, sites=registries(world.endpoints, "test-token"),
                resumed=past.seen_in_run if resume else lambda _key: False,
            )  # fmt: skip
            run = await check(world.links if links is None else links, policy, context, ask=asker.ask)
            if not run.interrupted:
                past.finish(world.now, run.void)
            return run
    finally:
        await fetcher.aclose()
        await guard.aclose()


def wrong(world, run, number=1):
    return [
        (found.url, str(found.outcome), found.reason)
        for found in run.verdicts
        if (row := world.expected.get(found.url)) is not None and str(found.outcome) not in row.on(number)
    ]


@pytest.mark.timeout(300)
def test_the_simulated_web_is_judged_as_by_one_machine(cluster, tmp_path):
    with World(2 * SCALE) as world:
        policy = settings(world)
        run = asyncio.run(night(world, policy, tmp_path / "h.db", on(cluster, world)))
        log = world.log
        assert wrong(world, run) == []
        assert len(run.verdicts) == len({link.url for link in world.links})
    assert log.leaks() == []
    assert log.forbidden_connections() == []
    peaks = {host: log.peak_rate(host) for host in log.requests_per_host()}
    assert max(peaks.values()) <= 2 * SCALE * policy.pace.ceiling + 5
    # Partitions are by name: two names of one address may be asked by two workers.
    alone = [host for host in peaks if all(names == {host} for names in log.names.values() if host in names)]
    assert max(log.peak_connections(host, lag=0.1) for host in alone) <= 3
    assert run.requests >= len(log.requests) * 0.9
    with History(tmp_path / "h.db") as past:
        seen = dict(past.last_seen())
    assert len(seen) > 0.8 * len(run.verdicts)


small = partial(realistic, links=150, hosts=30, share=0.2, limits=(Limit(1e6, 1000), Limit(1e6, 1000)))


@asynccontextmanager
async def once(moment: int, world: World, act):
    """Calls `act` when the web has seen `moment` requests; yields a function that says when that was, in seconds of the web."""
    at = []

    async def watch():
        end = time.monotonic() + ROOM
        while time.monotonic() < end:
            seen = world.log.requests
            if len(seen) >= moment:
                act()
                at.append(seen[-1].at)
                return
            await asyncio.sleep(0.03)

    task = asyncio.ensure_future(watch())
    yield lambda: at[0]
    await task


@pytest.mark.timeout(300)
@pytest.mark.parametrize("moment", [1, 30, 60, 100, 130])
def test_a_killed_worker_loses_nothing_and_nothing_is_asked_twice(cluster, tmp_path, moment):
    with World(SCALE, only=(), extra=[small(seed=moment)]) as world:
        policy = patient(world)
        victim = sorted(cluster.workers)[moment % 2]

        async def run_and_kill():
            async with once(moment, world, lambda: os.kill(cluster.workers[victim].pid, signal.SIGKILL)) as when:
                run = await night(world, policy, tmp_path / "h.db", on(cluster, world))
            return run, when()

        run, killed = asyncio.run(run_and_kill())
        log = world.log
        assert wrong(world, run) == []
        assert len(run.verdicts) == 150
        assert not run.interrupted
        alive = {found.url for found in run.verdicts if found.outcome == "alive" and len(found.hops) == 1}
        asked = Counter((each.host, each.target) for each in log.requests)
        again = []
        for each in log.requests:
            url = f"{each.scheme}://{each.host}:{each.port}{each.target.decode()}"
            is_again = url in alive and asked[each.host, each.target] > 1 and world.expected[url].variant == "R.alive"
            again += [each] if is_again and each.at < killed - 2.0 else []
        assert [each for each in again if not _is_retried(log, each, killed)] == []
        assert max(log.peak_connections(host, lag=0.1) for host in log.requests_per_host()) <= 2
        assert max(rate for _, rate in log.tally().values()) <= policy.pace.ceiling * SCALE + 5


def _is_retried(log, first, killed):
    """Whether the second request came before the worker died: then one machine would have sent it as well."""
    return any(
        each.at < killed
        for each in log.requests
        if each is not first and (each.host, each.target) == (first.host, first.target)
    )


@pytest.mark.timeout(300)
def test_an_interrupted_run_stops_its_workers_and_resumes(cluster, tmp_path):
    with World(SCALE, only=(), extra=[small(seed=7)]) as world:
        policy = patient(world)

        async def interrupted():
            work = asyncio.ensure_future(night(world, policy, tmp_path / "h.db", on(cluster, world)))
            async with once(40, world, work.cancel):
                return await work

        run = asyncio.run(interrupted())
        assert run.interrupted
        time.sleep(1.5)
        asked = len(world.log.requests)
        time.sleep(1.5)
        assert len(world.log.requests) == asked, "workers go on without their client"
        with History(tmp_path / "h.db") as past:
            seen = dict(past.last_seen())
        assert 0 < len(seen) < 150
        run = asyncio.run(night(world, policy, tmp_path / "h.db", on(cluster, world), resume=True))
        assert not run.interrupted
        assert wrong(world, run) == []
        assert {str(found.outcome) for found in run.verdicts} & {"unchecked"} == set()


def test_a_spent_budget_keeps_what_was_seen(cluster, tmp_path):
    with World(SCALE, only=(), extra=[small(seed=8)]) as world:
        policy = patient(world, budget=2.5)
        run = asyncio.run(night(world, policy, tmp_path / "h.db", on(cluster, world)))
    assert not run.interrupted
    reasons = {found.reason for found in run.verdicts if found.outcome == "unchecked"}
    assert reasons == {"the time budget is spent: first in line on the next night"}


@pytest.mark.parametrize("confidential", [True, False])
def test_what_needs_a_secret_is_asked_by_this_machine(cluster, tmp_path, monkeypatch, confidential):
    sent = []
    pack = linkcheck.cluster.client.pack

    def watched(job):
        sent.append(job)
        return pack(job)

    monkeypatch.setattr(linkcheck.cluster.client, "pack", watched)
    monkeypatch.setattr(linkcheck.cluster.client, "is_confidential", lambda _address: confidential)
    with World(SCALE, only=(), extra=[vault]) as world:
        first, second, away = (link.url for link in world.links)
        policy = patient(world, hosts=(HostRule("vault.example", (("X-Key", "tulip-19"),)),))
        title = Work("A title")
        links = [Link(url, Place("x"), title) for url in (first, f"{second}?token=violet-20", f"{away}?token=rose-21")]
        run = asyncio.run(night(world, policy, tmp_path / "h.db", on(cluster, world), links=links))
        keys = [each.header("X-Key") for each in world.log.of("vault.example")]
    data = pickle.dumps(sent)
    assert [word for word in (b"tulip-19", b"violet-20", b"test-token") if word in data] == []
    assert keys == ["tulip-19"]
    outcomes = [str(found.outcome) for found in run.verdicts]
    assert outcomes == ["alive", "alive", "alive" if confidential else "unchecked"]
    assert (b"rose-21" in data) is confidential
    assert confidential or "carries a secret" in run.verdicts[2].reason


def test_no_scheduler(tmp_path, monkeypatch):
    monkeypatch.setattr(linkcheck.cluster.client, "_CONNECT", 0.5)
    with (
        World(SCALE, only=(), extra=[small(seed=1)]) as world,
        pytest.raises(ClusterError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"),
    ):
        asyncio.run(night(world, patient(world), tmp_path / "h.db", Cluster(ClusterOptions("tcp://127.0.0.1:9"))))


def test_other_versions(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(linkcheck.cluster.worker, "LISTKEEPER", "99.1")
    with (
        World(SCALE, only=(), extra=[small(seed=1)]) as world,
        pytest.raises(ClusterError, match=r"versions differ.* here is Listkeeper 99\.1"),
    ):
        asyncio.run(night(world, patient(world), tmp_path / "h.db", on(cluster, world)))


@pytest.mark.timeout(300)
def test_a_scheduler_that_dies_keeps_what_was_seen(tmp_path):
    options = {"host": "127.0.0.1", "dashboard_address": None, "worker_dashboard_address": None, "silence_logs": 50}
    with World(SCALE, only=(), extra=[small(seed=3)]) as world, dask.config.set({"distributed.comm.timeouts.connect": "2s"}):
        own = LocalCluster(n_workers=1, threads_per_worker=2, **options)
        asker = on(own, world)

        async def lost():
            work = asyncio.ensure_future(night(world, patient(world), tmp_path / "h.db", asker))
            async with once(30, world, lambda: asyncio.get_running_loop().run_in_executor(None, own.close)):
                return await work

        run = asyncio.run(lost())
    assert run.interrupted
    assert asker.failure
    with History(tmp_path / "h.db") as past:
        assert len(dict(past.last_seen())) > 5


def test_every_host_has_one_owner():
    owners = Owners(5, frozenset({"secret.example"}))
    assert owners.of("secret.example") == 0
    assert {owners.of(f"host{number}.example") for number in range(99)} == {1, 2, 3, 4, 5}


def test_bounds_travel():
    job = pickle.loads(pickle.dumps(Policy(bounds=Bounds(dns=7.0))))
    assert job.bounds.dns == 7.0
