"""Which host may be asked next. Pure: no I/O, no tasks, no clock; `now` is seconds that only grow.

A *group* is what shares a pace: a host key (registrable domain), united with every other that answers from the same address. Each
group has a queue, a `HostPace` and a limit on connections. A waiting job holds no slot, so a slow host costs the others nothing.
Among the groups that may start now, the one with the most work goes first, so that no long queue is left at the end (the
longest-processing-time rule; Graham, 1969). Work is compared by powers of two; among equals the group asked last goes on, since
its connection is open.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from linkcheck.engine.pacing.host_pace import Feedback, HostPace, Learned, Start
from linkcheck.model import HostTally
from linkcheck.policy import Pace

__all__ = ["Grant", "Schedule"]

Job = TypeVar("Job")
_NEVER = float("inf")
_TELLING = 20
"""Fewer requests teach nothing about a host's pace."""
_KEPT = 5000
"""So many groups are kept in any case."""
_IDLE = 60.0
"""Seconds after which an idle group is as good as a new one: its burst is saved up again."""


@dataclass(frozen=True, slots=True)
class Grant(Generic[Job]):
    """A job that may start now, its group, and its start (to be handed back to `done`)."""

    group: str
    job: Job
    start: Start


@dataclass(slots=True)
class HostQueue(Generic[Job]):
    """The queue, pace and counters of one group. `backlog` counts jobs that wait elsewhere and will be queued.

    The queue is short, and there may be 100,000 of them, so it is a list (56 bytes) whose end is next, and no deque (624 bytes).
    """

    name: str
    pace: HostPace
    queue: list[Job] = field(default_factory=list)
    address: str = ""
    backlog: int = 0
    running: int = 0
    stamp: int = 0
    second: int = -1
    in_second: int = 0
    jobs: int = 0
    requests: int = 0
    complaints: int = 0
    peak: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing runs or waits."""
        return not self.queue and not self.running and not self.backlog

    @property
    def telling(self) -> bool:
        """Whether the group was asked often enough, or complained, so that it is worth remembering."""
        return self.requests >= _TELLING or self.complaints > 0

    @property
    def work(self) -> int:
        """How many jobs wait, here and elsewhere."""
        return len(self.queue) + self.backlog

    def begin(self, now: float) -> Start:
        """Count and start one request."""
        self.running += 1
        self.requests += 1
        self.in_second = self.in_second + 1 if self.second == int(now) else 1
        self.second = int(now)
        self.peak = max(self.peak, self.in_second)
        return self.pace.spend(now)


class Schedule(Generic[Job]):
    """Queues of jobs by group. `pace_of` gives the limits of a host key, `learned` what it taught in earlier nights.

    Of a great many groups, those are forgotten that have been idle for a while and taught nothing.
    """

    def __init__(
        self, pace_of: Callable[[str], Pace], concurrency: int, learned: Callable[[str], Learned | None] = lambda _host: None
    ) -> None:
        self._pace_of = pace_of
        self._learned = learned
        self._concurrency = concurrency
        self._groups: dict[str, HostQueue[Job]] = {}
        self._united: dict[str, str] = {}
        self._ready: list[tuple[int, int, int, int, str]] = []
        self._sleeping: list[tuple[float, int, int, str]] = []
        self._idle: deque[tuple[float, int, str]] = deque()
        self._forgotten = 0
        self._order = count()
        self.running = 0
        self.waiting = 0

    def group(self, host: str, address: str = "", now: float = 0.0) -> str:
        """The group of a host key, united with all that answers from `address` ("" where unknown)."""
        mine = self._root(host)
        if mine not in self._groups:
            self._forget(now)
            self._groups[mine] = HostQueue(mine, HostPace(self._pace_of(mine), self._learned(mine), now))
        if not address:
            return mine
        key = f"address {address}"
        owner = self._united.get(key)
        if owner is None or self._root(owner) not in self._groups:  # the owner may have been forgotten
            self._united[key] = mine
            self._groups[mine].address = key
            return mine
        owner = self._root(owner)
        return owner if owner == mine else self._unite(owner, mine, now)

    def put(self, group: str, job: Job, now: float, *, first: bool = False) -> None:
        """Queue a job; `first` is for what has begun already (a redirect's next hop, a retry)."""
        at = self._groups[self._root(group)]
        if first:
            at.queue.append(job)
        else:
            at.queue.insert(0, job)
        at.jobs += 1
        self.waiting += 1
        if first or at.work.bit_count() == 1 or len(at.queue) == 1:  # else its place among the others stays the same
            self._enrol(at, now)

    def expect(self, group: str, jobs: int) -> None:
        """Add to the jobs that wait elsewhere (a negative number takes away)."""
        self._groups[self._root(group)].backlog += jobs

    def take(self, now: float) -> Grant[Job] | None:
        """The job to start now, which then holds one of its group's connections; None where nothing may start."""
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
            job = at.queue.pop()
            start = at.begin(now)
            self.running += 1
            self.waiting -= 1
            self._enrol(at, now)
            return Grant(name, job, start)
        return None

    def wake(self) -> float:
        """When to call `take` again if nothing else happens: infinity where only a `done` or a `put` changes anything."""
        while self._sleeping:
            when, _, stamp, name = self._sleeping[0]
            at = self._groups.get(name)
            if at is not None and at.stamp == stamp:
                return when
            heappop(self._sleeping)
        return _NEVER

    def leaves_at(self, group: str, now: float) -> float:
        """The earliest instant at which a started request of a group may leave."""
        return self._groups[self._root(group)].pace.leaves_at(now)

    def leave(self, group: str, start: Start, now: float, *, waited: bool) -> Start:
        """A started request leaves now, after it `waited` for its turn or not; returns its start with that."""
        return self._groups[self._root(group)].pace.leave(start, now, waited=waited)

    def done(self, group: str, start: Start, now: float, feedback: Feedback | None) -> None:
        """A job ended. `feedback` is what its answer says of our pace; None where nothing was sent."""
        at = self._groups[self._root(group)]
        at.running -= 1
        self.running -= 1
        if feedback is not None:
            at.complaints += feedback.complaint
            at.pace.answered(start, now, now - start.at, feedback, at.work)
        self._enrol(at, now)
        if at.empty and not at.telling:
            self._idle.append((now, at.stamp, at.name))

    def slow(self, group: str, now: float, rate: float) -> None:
        """Never ask a group faster than `rate` requests a second from now on."""
        at = self._groups[self._root(group)]
        at.pace.slow(rate)
        self._enrol(at, now)

    def drop(self, group: str) -> list[Job]:
        """Take back all that waits in a group."""
        at = self._groups[self._root(group)]
        jobs = at.queue[::-1]
        at.queue.clear()
        at.stamp = next(self._order)
        at.jobs -= len(jobs)
        self.waiting -= len(jobs)
        return jobs

    def drain(self) -> list[Job]:
        """Take back all that waits anywhere."""
        return [job for name in list(self._groups) for job in self.drop(name)]

    def queued(self, group: str) -> int:
        """How many jobs of a group are queued here."""
        return len(self._groups[self._root(group)].queue)

    def empty(self, group: str) -> bool:
        """Whether a group neither runs nor waits."""
        at = self._groups.get(self._root(group))
        return at is None or at.empty

    def idle(self, group: str) -> bool:
        """Whether no request of a group is under way."""
        at = self._groups.get(self._root(group))
        return at is None or not at.running

    def queues(self, now: float) -> list[tuple[str, int, float]]:
        """Groups with waiting jobs, how many, and the seconds until the first of them may start; most work first."""
        found = [(at.name, at.work, at.pace.ready_at(now) - now) for at in self._groups.values() if at.work]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def estimate(self, now: float) -> float:
        """Seconds until the last waiting job of the busiest group may start, as paces stand now."""
        waits = (at.pace.ready_at(now) - now + (at.work - 1) / at.pace.rate for at in self._groups.values() if at.work)
        return max(waits, default=0.0)

    def tallies(self) -> tuple[HostTally, ...]:
        """What each group was asked; where some were forgotten, only those that were asked often or complained."""
        asked = (at for at in self._groups.values() if at.requests and (at.telling or not self._forgotten))
        return tuple(HostTally(at.name, at.jobs, at.requests, at.complaints, float(at.peak)) for at in asked)

    def taught(self) -> list[tuple[str, Learned]]:
        """What each group that was asked often enough taught about its pace."""
        return [(at.name, at.pace.learned) for at in self._groups.values() if at.requests >= _TELLING]

    def _root(self, name: str) -> str:
        while (parent := self._united.get(name, name)) != name:
            name = parent
        return name

    def _forget(self, now: float) -> None:
        """Drop groups that have been idle for a while and taught nothing, where there are a great many."""
        while self._idle and len(self._groups) >= _KEPT and self._idle[0][0] < now - _IDLE:
            _, stamp, name = self._idle.popleft()
            at = self._groups.get(name)
            if at and at.stamp == stamp and at.empty and at.pace.rested(now) and at.pace.limits == self._pace_of(name):
                del self._groups[name]
                self._united.pop(at.address, None)
                self._forgotten += 1

    def _unite(self, owner: str, mine: str, now: float) -> str:
        kept, gone = self._groups[owner], self._groups.pop(mine)
        self._united[mine] = owner
        kept.pace.join(gone.pace)
        kept.running += gone.running
        kept.queue[:0] = gone.queue
        kept.backlog += gone.backlog
        kept.jobs, kept.requests = kept.jobs + gone.jobs, kept.requests + gone.requests
        kept.complaints, kept.peak = kept.complaints + gone.complaints, max(kept.peak, gone.peak)
        self._enrol(kept, now)
        return owner

    def _enrol(self, at: HostQueue[Job], now: float) -> None:
        """Put a group where its next job will be looked for; its older places become void by the stamp."""
        at.stamp = next(self._order)
        if not at.queue or at.running >= at.pace.limits.connections:
            return
        when = at.pace.ready_at(now)
        if when <= now:
            heappush(self._ready, (-at.work.bit_length(), at.running, -at.stamp, at.stamp, at.name))
        else:
            heappush(self._sleeping, (when, at.stamp, at.stamp, at.name))
