"""Whose turn it is. Pure: no I/O, no task, no clock of its own; `now` is a number of seconds that only grows.

A *group* is what shares a limiter: a host key, united with every other that answers from the same address. Each group has a
queue, a token bucket (burst, then `rate` a second) and a bound on connections. A job that isn't running holds no slot, so a slow
or waiting host costs the others nothing. Among the groups that may start now, the one with the most work goes first: at the end
of a run there is then nothing left to wait for but what had to be waited for (the longest-processing-time rule; Graham, 1969).
Work is compared by powers of two, and among equals the group that was asked last goes on: its connection is open already.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from linkcheck.model import HostTally
from linkcheck.policy import Pace

Job = TypeVar("Job")
_NEVER = float("inf")
_SLOWEST = 0.01
"""Of its first rate, what complaints leave to a group."""


@dataclass(slots=True)
class HostQueue(Generic[Job]):
    """The queue, token bucket and counters of one group of hosts."""

    name: str
    pace: Pace
    queue: deque[Job] = field(default_factory=deque)
    running: int = 0
    rate: float = 1.0
    tokens: float = 1.0
    refilled: float = 0.0
    not_before: float = 0.0
    healthy: int = 0
    frozen: bool = False
    quickness: float = 0.0
    stamp: int = 0
    second: int = -1
    in_second: int = 0
    jobs: int = 0
    requests: int = 0
    complaints: int = 0
    peak: int = 0

    def ready_at(self, now: float) -> float:
        """The earliest instant at which the next job may start, as far as pace and waits say."""
        tokens = min(self.pace.burst, self.tokens + (now - self.refilled) * self.rate)
        missing = max(0.0, 1.0 - tokens - 1e-9)
        return max(self.not_before, now + missing / self.rate)

    def spend(self, now: float) -> None:
        """Take one token for a request that starts now."""
        self.tokens = min(self.pace.burst, self.tokens + (now - self.refilled) * self.rate) - 1.0
        self.refilled = now
        self.running += 1
        self.requests += 1
        self.in_second = self.in_second + 1 if self.second == int(now) else 1
        self.second = int(now)
        self.peak = max(self.peak, self.in_second)


class Schedule(Generic[Job]):
    """Queues of jobs by group, given out politely. `pace_of` says how a host key may be asked."""

    def __init__(self, pace_of: Callable[[str], Pace], concurrency: int) -> None:
        self._pace_of = pace_of
        self._concurrency = concurrency
        self._groups: dict[str, HostQueue[Job]] = {}
        self._united: dict[str, str] = {}
        self._ready: list[tuple[int, int, int, int, str]] = []
        self._sleeping: list[tuple[float, int, int, str]] = []
        self._order = count()
        self.running = 0
        self.waiting = 0

    def group(self, host: str, address: str = "", now: float = 0.0) -> str:
        """The group of a host key, after uniting it with all that answers from `address` ("" where unknown)."""
        mine = self._root(host)
        if mine not in self._groups:
            pace = self._pace_of(host)
            self._groups[mine] = HostQueue(mine, pace, rate=pace.rate, tokens=float(pace.burst), refilled=now)
        if not address:
            return mine
        key = f"address {address}"
        owner = self._united.get(key)
        if owner is None:
            self._united[key] = mine
            return mine
        owner = self._root(owner)
        return owner if owner == mine else self._unite(owner, mine, now)

    def put(self, group: str, job: Job, now: float, *, first: bool = False) -> None:
        """Queue a job; `first` is for what has begun already (a redirect's next hop, a retry)."""
        at = self._groups[self._root(group)]
        if first:
            at.queue.appendleft(job)
        else:
            at.queue.append(job)
        at.jobs += 1
        self.waiting += 1
        if first or len(at.queue).bit_count() == 1:  # at other lengths its place among the others stays what it is
            self._enrol(at, now)

    def take(self, now: float) -> tuple[str, Job] | None:
        """The job to start now with its group, which then holds one of the group's connections; None: nothing may start."""
        while self._sleeping and self._sleeping[0][0] <= now:
            _, _, stamp, name = heappop(self._sleeping)
            woken = self._groups.get(name)
            if woken and woken.stamp == stamp:
                self._enrol(woken, now)
        if self.running >= self._concurrency:
            return None
        while self._ready:
            *_, stamp, name = heappop(self._ready)
            at = self._groups.get(name)
            if at is None or at.stamp != stamp:
                continue
            job = at.queue.popleft()
            at.spend(now)
            self.running += 1
            self.waiting -= 1
            self._enrol(at, now)
            return name, job
        return None

    def wake(self) -> float:
        """When to call `take` again if nothing else happens: infinity where only a `done` or a `put` can change anything."""
        while self._sleeping:
            when, _, stamp, name = self._sleeping[0]
            at = self._groups.get(name)
            if at is not None and at.stamp == stamp:
                return when
            heappop(self._sleeping)
        return _NEVER

    def done(
        self,
        group: str,
        now: float,
        seconds: float,
        *,
        complaint: bool = False,
        too_fast: bool = False,
        healthy: bool = True,
        wait: float = 0.0,
    ) -> None:
        """A job of the group ended after `seconds`; `wait` silences the group so long.

        The first complaint halves the group's rate, which isn't raised again in this run. One that says `too_fast` halves it each
        time, but for those that were on their way already.
        """
        at = self._groups[self._root(group)]
        at.running -= 1
        self.running -= 1
        at.quickness = seconds if not at.quickness else 0.8 * at.quickness + 0.2 * seconds
        if complaint:
            at.complaints += 1
            if not at.frozen or (too_fast and at.healthy):
                at.rate = max(at.rate / 2, _SLOWEST * at.pace.rate)
                at.frozen, at.healthy, at.tokens, at.refilled = True, 0, 0.0, now
                at.pace = replace(at.pace, burst=1)
        elif healthy:
            at.healthy += 1
            if at.healthy >= at.pace.healthy and not at.frozen:
                answers = at.pace.connections / at.quickness if at.quickness > 0 else _NEVER
                at.rate = max(at.rate, min(at.rate * 2, at.pace.ceiling, answers))
                at.healthy = 0
        if wait > 0:
            at.not_before = max(at.not_before, now + wait)
        self._enrol(at, now)

    def slow(self, group: str, now: float, rate: float, connections: int | None = None) -> None:
        """Never ask a group faster than `rate` again in this run (a Crawl-delay, the second pass)."""
        at = self._groups[self._root(group)]
        at.pace = Pace(connections or at.pace.connections, 1, min(at.rate, rate), min(at.pace.ceiling, rate), at.pace.healthy)
        at.rate = at.pace.rate
        at.tokens = min(at.tokens, 1.0)
        self._enrol(at, now)

    def drop(self, group: str) -> list[Job]:
        """Take back all that waits in a group: the host asked to be left alone."""
        at = self._groups[self._root(group)]
        jobs = list(at.queue)
        at.queue.clear()
        at.stamp = next(self._order)
        at.jobs -= len(jobs)
        self.waiting -= len(jobs)
        return jobs

    def drain(self) -> list[Job]:
        """Take back all that waits anywhere: the budget is spent."""
        return [job for name in list(self._groups) for job in self.drop(name)]

    def empty(self, group: str) -> bool:
        """Whether a group neither runs nor waits."""
        at = self._groups[self._root(group)]
        return not at.queue and not at.running

    def idle(self, group: str) -> bool:
        """Whether nothing of a group is under way."""
        return not self._groups[self._root(group)].running

    def queues(self, now: float) -> list[tuple[str, int, float]]:
        """Groups with waiting jobs, how many, and for how many seconds the first of them waits; most work first."""
        found = [(at.name, len(at.queue), at.ready_at(now) - now) for at in self._groups.values() if at.queue]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def estimate(self, now: float) -> float:
        """The seconds until the last waiting job of the busiest group may start, as paces stand now."""
        return max(
            (at.ready_at(now) - now + (len(at.queue) - 1) / at.rate for at in self._groups.values() if at.queue), default=0.0
        )

    def tallies(self) -> tuple[HostTally, ...]:
        """What each group was asked."""
        return tuple(
            HostTally(at.name, at.jobs, at.requests, at.complaints, float(at.peak))
            for at in self._groups.values()
            if at.requests
        )

    def _root(self, name: str) -> str:
        while (parent := self._united.get(name, name)) != name:
            name = parent
        return name

    def _unite(self, owner: str, mine: str, now: float) -> str:
        kept, gone = self._groups[owner], self._groups.pop(mine)
        self._united[mine] = owner
        strict = min(kept.pace, gone.pace, key=lambda pace: (pace.ceiling, pace.connections))
        kept.pace = strict
        kept.rate = min(kept.rate, gone.rate)
        kept.tokens = min(kept.tokens, gone.tokens)
        kept.running += gone.running
        kept.queue.extend(gone.queue)
        kept.not_before = max(kept.not_before, gone.not_before)
        kept.frozen = kept.frozen or gone.frozen
        kept.jobs, kept.requests = kept.jobs + gone.jobs, kept.requests + gone.requests
        kept.complaints, kept.peak = kept.complaints + gone.complaints, max(kept.peak, gone.peak)
        self._enrol(kept, now)
        return owner

    def _enrol(self, at: HostQueue[Job], now: float) -> None:
        """Put a group where its next job will be looked for; older places of it become void by the stamp."""
        at.stamp = next(self._order)
        if not at.queue or at.running >= at.pace.connections:
            return
        when = at.ready_at(now)
        if when <= now:
            heappush(self._ready, (-len(at.queue).bit_length(), at.running, -at.stamp, at.stamp, at.name))
        else:
            heappush(self._sleeping, (when, at.stamp, at.stamp, at.name))
