"""The client of a cluster: cuts a plan into partitions, keeps what workers see, and asks again what a dead worker didn't see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from linkcheck.cluster.job import LOCAL, Chain, Event, Job, JobReport, Network, Note, Owners, Progress, Seen, run_partition
from linkcheck.cluster.wire import pack, unpack
from linkcheck.engine.observer import Look
from linkcheck.engine.planning import HANDED_OVER, Asked, Plan
from linkcheck.engine.run import BUDGET_SPENT, INTERRUPTED
from linkcheck.engine.targets import Continuation, Target, target_of
from linkcheck.judging.classify import classify
from linkcheck.model import HostTally, Observation
from linkcheck.policy import HostRule, Policy
from linkcheck.registries import registry_for
from linkcheck.urls import host_key, redacted, split

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["Cluster", "ClusterError", "ClusterOptions", "is_confidential"]

_CONNECT = 10.0
"""Seconds to wait for a scheduler."""
_ATTEMPTS = 5
"""How often a partition is given to a worker without any result before it is given up."""
_LATE_EVENTS = 10.0
"""Seconds to wait for events that are still under way when a partition has ended."""
_LOOK = 2.0
"""Seconds between two looks whether the worker of a partition is still there."""
_STOP = 3.0
"""Seconds that workers have to stop when a run is interrupted."""
_CARRIES_SECRET = "its redirect carries a secret to a host that a worker asks, and workers are reached without TLS"  # noqa: S105


class ClusterError(Exception):
    """A cluster that can't be used; the message is for users."""


class _WorkerLostError(Exception):
    """The worker of a partition died, or was cut off."""


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Which cluster to use: the scheduler's address, or "" for a local one on loopback with `workers` processes of `threads`.

    `network` is how workers reach the network; `token` is GitHub's, which stays on this machine.
    """

    address: str = ""
    workers: int = 2
    threads: int = 4
    network: Network = field(default_factory=Network)
    token: str = field(default="", repr=False)


@dataclass(slots=True)
class Cluster:
    """Asks plans on a cluster. `failure` says why the last plan wasn't asked to its end, or is "".

    Links that need a secret (headers of a host rule, a token, a URL with a password) are asked by this machine. Where a redirect
    carries a secret on, it is handed to a worker only over TLS or within this machine.
    """

    options: ClusterOptions
    failure: str = ""

    async def ask(self, planned: Plan) -> Asked:
        """Ask the targets of a plan. Raises ClusterError if there is no cluster that can be used."""
        async with _connected(self.options) as client:
            workers = await _workers(client)
            asking = _Asking(planned, self.options, client, workers)
            interrupted = False
            driver = asyncio.ensure_future(asking.run())
            try:
                await asyncio.wait({driver}, timeout=planned.policy.budget)
            except asyncio.CancelledError:
                interrupted = True
            finally:
                driver.cancel()
                await asyncio.gather(driver, return_exceptions=True)
                await asking.stop()
            if not driver.cancelled() and (error := driver.exception()):
                if not isinstance(error, ClusterError):
                    raise error
                self.failure, interrupted = str(error), True
            planned.store.skip_rest(INTERRUPTED if interrupted else BUDGET_SPENT)
            return asking.asked(interrupted=interrupted)


class _Asking:
    """One plan, asked by the workers of a cluster."""

    def __init__(self, planned: Plan, options: ClusterOptions, client: Client, workers: Mapping[str, int]) -> None:
        self._plan, self._options, self._client = planned, options, client
        self._topic = f"listkeeper-{uuid4().hex}"
        self._workers = list(workers)
        local = _secret_hosts(planned.policy.hosts) | {
            site for target in planned.store.to_ask() for site in self._secret_sites(target)
        }
        self._owners = Owners(sum(workers.values()), local)
        self._confidential = is_confidential(options.address)
        self._notes: dict[str, tuple[str, datetime]] = dict(_notes(planned))
        self._running: dict[int, asyncio.Task[None]] = {}
        self._futures: dict[int, Any] = {}
        self._attempts = 0
        self._received: dict[int, int] = {}
        self._progress: dict[int, Progress] = {}
        self._tallies: dict[str, HostTally] = {}
        self._offline: list[bool] = []
        self._failed: dict[int, int] = {}
        self._events = asyncio.Event()
        results = planned.results
        results.waiting, results.estimate, results.requests = self._waiting, self._estimate, self._requests

    async def run(self) -> None:
        """Ask every partition until nothing is left: where one hands a redirect over, its owner gets another job."""
        store, context = self._plan.store, self._plan.context
        for target in store.to_ask():
            store.assign(target.key, self._owners.of(self._asked_first(target)[0]))
        self._client.subscribe_topic(self._topic, self._on_event)
        while open_ones := store.open_partitions() | self._running.keys():
            for number in open_ones - self._running.keys():
                self._running[number] = asyncio.ensure_future(self._ask(number))
            done, _ = await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
            self._running = {number: task for number, task in self._running.items() if task not in done}
            errors = [error for task in done if (error := task.exception())]
            if errors:
                raise errors[0]
        if self._offline and all(self._offline) and not await context.names_resolve():
            self._plan.results.offline.set()

    async def stop(self) -> None:
        """Cancel what is still running, here and on the workers."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        futures = list(self._futures.values())
        if futures:
            with suppress(Exception):  # a scheduler that is gone can't be told, and its workers stop by themselves
                await asyncio.wait_for(self._client.cancel(futures), _STOP)
        self._futures.clear()

    def asked(self, *, interrupted: bool) -> Asked:
        """What was asked until now."""
        requests, answered = self._requests()
        return Asked(requests, answered, tuple(sorted(self._tallies.values(), key=lambda one: -one.requests)), interrupted)

    async def _ask(self, number: int) -> None:
        """Have a partition asked once, by a worker or, for the local one, here."""
        self._attempts += 1
        attempt = self._attempts
        job = self._job(number)
        try:
            report = await (self._ask_here(job, attempt) if number == LOCAL else self._ask_worker(job, attempt))
        except _WorkerLostError:
            is_same = all(not self._plan.store.is_known(key) for key in job.past)
            self._failed[number] = self._failed.get(number, 0) + 1 if is_same else 0
            if self._failed[number] >= _ATTEMPTS:
                self._give_up(number, f"{_ATTEMPTS} workers died over it")
            return
        self._take(report)
        self._progress[attempt] = Progress(report.asked.requests, report.asked.answered)
        for key, reason in report.skipped:
            if not self._plan.store.is_known(key) and reason != HANDED_OVER:
                self._plan.store.skip(key, reason)
        self._give_up(number, "the worker that was to ask it told nothing of it", only=job.past.keys())

    def _give_up(self, number: int, reason: str, only: Iterable[str] | None = None) -> None:
        """Note why the open targets of a partition aren't asked; `only` those of a job, not what was handed over since."""
        keys = set(only) if only is not None else None
        for target in list(self._plan.store.open_targets(number)):
            if keys is None or target.key in keys:
                self._plan.store.skip(target.key, reason)

    async def _ask_here(self, job: Job, attempt: int) -> JobReport:
        policy = self._plan.policy
        return await run_partition(
            replace(job, policy=policy, token=self._options.token), lambda event: self._take_event(attempt, event)
        )

    async def _ask_worker(self, job: Job, attempt: int) -> JobReport:
        from linkcheck.cluster import worker

        address = await self._worker(job.number)
        future = self._client.submit(
            worker.ask, pack(job), self._topic, attempt, workers=[address], allow_other_workers=False,
            key=f"{self._topic}-{job.number}-{attempt}", pure=False, retries=0,
        )  # fmt: skip
        self._futures[attempt] = future
        try:
            report = await self._result(future, address)
        finally:
            if not asyncio.current_task().cancelling():  # type: ignore[union-attr]  # `stop` cancels the others
                self._futures.pop(attempt, None)
        await self._late_events(attempt, report.events)
        return report

    async def _result(self, future: Future, address: str) -> JobReport:
        """The report of a partition. Raises _WorkerLostError if its worker is gone, ClusterError if the scheduler is."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        result = asyncio.ensure_future(future.result())
        try:
            while not result.done():
                await asyncio.wait({result}, timeout=_LOOK)
                if not result.done() and address not in await self._addresses():
                    await self._client.cancel([future])
                    raise _WorkerLostError
            found: JobReport = result.result()
        except KilledWorker:
            raise _WorkerLostError from None
        except FutureCancelledError as error:
            raise ClusterError(f"the scheduler is gone ({error.reason or 'connection lost'})") from None
        finally:
            result.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await result
        return found

    async def _worker(self, number: int) -> str:
        """The worker for a partition: its usual one, else the one of those left that has the fewest of ours."""
        usual = self._workers[number % len(self._workers)]
        for _ in range(int(_CONNECT)):
            there = await self._addresses()
            if usual in there:
                return usual
            if there:
                return sorted(there)[number % len(there)]
            await asyncio.sleep(1.0)
        raise ClusterError("all workers are gone")

    async def _addresses(self) -> set[str]:
        try:
            return set((await asyncio.wait_for(self._client.scheduler.identity(), _CONNECT))["workers"])
        except (OSError, TimeoutError) as error:
            raise ClusterError(f"the scheduler doesn't answer any more ({str(error) or type(error).__name__})") from None

    async def _late_events(self, attempt: int, count: int) -> None:
        """Wait until all events of an attempt are here."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LATE_EVENTS):
                while self._received.get(attempt, 0) < count:
                    self._events.clear()
                    await self._events.wait()

    def _on_event(self, event: tuple[float, tuple[int, bytes]]) -> None:
        attempt, data = event[1]
        self._received[attempt] = self._received.get(attempt, 0) + 1
        self._events.set()
        self._take_event(attempt, unpack(data))

    def _take_event(self, attempt: int, event: Event) -> None:
        store, past = self._plan.store, self._plan.context.past
        match event:
            case Seen(seen):
                self._take_seen(seen)
            case Chain(chain) if not store.is_known(chain.key):
                self._take_chain(chain)
            case Note(name, value, at):
                self._notes[name] = value, at
                if past:
                    past.remember(name, value, at)
            case Progress():
                self._progress[attempt] = event

    def _take_seen(self, seen: Observation) -> None:
        store, past = self._plan.store, self._plan.context.past
        target = store.target(seen.key)
        if target is None or store.is_known(seen.key):
            return
        earlier = past.of(seen.key) if past else ()
        self._plan.results.settle(target, Look(seen, classify(seen, target.link, earlier), earlier))

    def _take_chain(self, chain: Continuation) -> None:
        store = self._plan.store
        owner = self._owners.of(target_of(chain.url, []).site)
        if owner != LOCAL and not self._confidential and any(map(_is_secret, (chain.key, chain.url, chain.neighbour))):
            store.skip(chain.key, _CARRIES_SECRET)
            return
        store.begin_from(chain)
        store.assign(chain.key, owner)

    def _take(self, report: JobReport) -> None:
        self._offline.append(report.offline)
        self._plan.results.failures |= report.failures
        for one in report.asked.hosts:
            old = self._tallies.get(one.host)
            self._tallies[one.host] = one if old is None else HostTally(
                one.host, old.links + one.links, old.requests + one.requests, old.complaints + one.complaints, max(old.peak, one.peak)
            )  # fmt: skip

    def _job(self, number: int) -> Job:
        """The job of a partition, without secrets."""
        plan, past = self._plan, self._plan.context.past
        targets = list(plan.store.open_targets(number))
        own = {name: note for name, note in self._notes.items() if self._owners.of(_host_of(name)) == number}
        return Job(
            number,
            self._owners,
            tuple(link for target in targets for link in target.links),
            {target.key: past.of(target.key) if past else () for target in targets},
            {
                target.key: Continuation(target.key, target.hops, target.url, target.neighbour)
                for target in targets
                if _begun(target)
            },
            own,
            {site: links for site, links in plan.site_links.items() if self._owners.of(site) == number},
            plan.confirm,
            replace(_without_secrets(plan.policy), concurrency=max(1, plan.policy.concurrency // self._options.threads)),
            plan.context.calendar(),
            self._options.network,
        )

    def _asked_first(self, target: Target) -> tuple[str, bool]:
        """The host key that is asked first about a target, that of its registry if it has one; and whether that needs a token."""
        registry = None if target.fragments or target.hops else registry_for(target.url, self._plan.context.sites)
        if registry is None:
            return target.site, False
        (request, *_) = registry[0].requests((registry[1],))
        needs_token = any(name.lower() == "authorization" for name, _ in request.headers)
        return host_key(split(request.url).ascii_host), needs_token

    def _secret_sites(self, target: Target) -> Iterable[str]:
        """The host keys that this machine must ask because of a target."""
        asked, needs_token = self._asked_first(target)
        if needs_token:
            yield asked
        if any(_is_secret(link.url) for link in target.links):
            yield from {asked, target.site}

    def _requests(self) -> tuple[int, int]:
        known = self._progress.values()
        return sum(one.requests for one in known), sum(one.answered for one in known)

    def _waiting(self) -> list[tuple[str, int, float]]:
        return sorted((row for one in self._progress.values() for row in one.waiting), key=lambda row: -row[1])

    def _estimate(self) -> float:
        return max((one.estimate for one in self._progress.values()), default=0.0)


def is_confidential(address: str) -> bool:
    """Whether what is sent to the scheduler at `address` ("": a local cluster) is safe from others: by TLS, or on this very machine."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not address or parts.scheme == "tls" or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_secret(url: str) -> bool:
    return redacted(url) != url


def _begun(target: Target) -> bool:
    """Whether another partition began the redirect chain of a target, or left it without asking a registry about it."""
    return bool(target.hops) or target.url.partition("#")[0] != target.links[0].url.partition("#")[0]


def _notes(planned: Plan) -> Iterable[tuple[str, tuple[str, datetime]]]:
    past = planned.context.past
    return ((name, (value, at)) for name, value, at in past.notes()) if past else ()


def _host_of(name: str) -> str:
    """The host key that a note is about: the host of the first URL in its name, else its last word."""
    words = name.split()
    urls = [word for word in words if "://" in word]
    return host_key(urlsplit(urls[0]).hostname or "") if urls else words[-1]


def _secret_hosts(rules: Iterable[HostRule]) -> frozenset[str]:
    """The host keys with secrets or other headers in their rules."""
    return frozenset(host_key(rule.host.lstrip(".")) for rule in rules if rule.credentials or rule.headers)


def _without_secrets(policy: Policy) -> Policy:
    return replace(policy, hosts=tuple(replace(rule, headers=(), credentials=()) for rule in policy.hosts))


@asynccontextmanager
async def _connected(options: ClusterOptions) -> AsyncIterator[Client]:
    """A client of the scheduler at `options.address`, or of a local cluster that ends with the block."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ClusterError(f"a cluster needs the extra: install listkeeper[cluster] ({error.name} is missing)") from None
    quiet = {"distributed.scheduler.allowed-failures": 0, "distributed.logging.distributed": "critical"}
    async with AsyncExitStack() as stack:
        stack.enter_context(dask.config.set(quiet))
        try:
            place: Any = options.address
            if not options.address:
                place = await stack.enter_async_context(LocalCluster(
                    n_workers=options.workers, threads_per_worker=options.threads, host="127.0.0.1", security=True,
                    dashboard_address=None, worker_dashboard_address=None, asynchronous=True, silence_logs=50,
                ))  # fmt: skip
            client = await stack.enter_async_context(Client(place, asynchronous=True, timeout=_CONNECT, set_as_default=False))
        except (OSError, TimeoutError, ValueError) as error:
            where = options.address or "this machine"
            raise ClusterError(f"there is no Dask scheduler at {where}: {str(error) or type(error).__name__}") from None
        yield client


async def _workers(client: Client) -> dict[str, int]:
    """The workers by address, with their threads. Raises ClusterError if there are none, or they run another version."""
    from linkcheck.cluster import worker

    known = (await client.scheduler.identity())["workers"]
    if not known:
        raise ClusterError("the scheduler has no workers: start some with `dask worker ADDRESS`")
    try:
        found = await client.run(worker.versions)
    except (ImportError, AttributeError) as error:
        raise ClusterError(
            f"a worker has no Listkeeper that can ask for us: install listkeeper[cluster] there ({error})"
        ) from None
    ours = worker.versions()
    for address, theirs in found.items():
        if theirs[0] != ours[0] or theirs[1].rpartition(".")[0] != ours[1].rpartition(".")[0]:
            told = "Listkeeper {} on Python {}"
            raise ClusterError(
                f"versions differ: the worker at {address} has {told.format(*theirs)}, and here is {told.format(*ours)}"
            )
    return {address: info["nthreads"] for address, info in known.items() if address in found}
