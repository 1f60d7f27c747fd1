"""A whole run: links in, events as they happen, verdicts at the end. The linear story; what a step means stands in its own room.

Links become resources (one per fetch key), resources queue at their hosts, `probe` sees, a patient second pass asks again what
wasn't alive, `rounds` voids what was the network's fault, and `judge` decides from all nights.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from linkcheck.engine.admission import Admission
from linkcheck.engine.dispatcher import Dispatcher
from linkcheck.engine.interfaces import HistoryStore, ProgressEvent, RunContext
from linkcheck.engine.pacing.limits import pace_of
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.redirect_chain import RequestProfile, probe, probe_soft404
from linkcheck.engine.second_pass import known_well_enough, merge_passes, priority, worth_asking_again
from linkcheck.engine.soft404_probe import Soft404Prober
from linkcheck.engine.targets import Target, group_links, links_by_url
from linkcheck.judging import outage
from linkcheck.judging.classify import Finding, classify
from linkcheck.judging.verdict import excused, verdict
from linkcheck.model import Link, Observation, Outcome, RegistryAnswer, Run, Verdict
from linkcheck.policy import Policy
from linkcheck.registries import registry_for
from linkcheck.registries.asking import RegistryBatcher

__all__ = ["HistoryStore", "ProgressEvent", "RunContext", "check"]

_FIRST = RequestProfile()
SECOND = 0.8
"""Of the first rate, the pace of the second pass: below what any host was asked at before."""
_AT_DESKS = 256
"""So many links wait for the words of sites at once."""


async def check(links: Iterable[Link], policy: Policy, tools: RunContext, *, confirm: int | None = None) -> Run:
    """Ask every link as `policy` says and judge it. One verdict per distinct URL, in the order of first places.

    `confirm` is the number of nights that death takes: `policy.confirm` where there is a past, 1 where there is none. When it is
    cancelled, it returns early with `interrupted` set; what was seen until then is committed to the past.
    """
    nights = confirm if confirm is not None else (policy.confirm if tools.past else 1)
    return await _Run(policy, tools, nights).go(tuple(links))


class _Run:
    """One run's state: what was seen so far, and what is still open."""

    def __init__(self, policy: Policy, tools: RunContext, confirm: int) -> None:
        self.policy, self.tools, self.confirm = policy, tools, confirm
        self.begun, self.started = tools.clock(), tools.calendar()
        self.schedule = Schedule[Callable[[str], None]](partial(pace_of, policy=policy), policy.concurrency)
        self.turns = Dispatcher(self.schedule, tools.fetcher, tools.guard, policy, tools.clock, tools.calendar)
        ask = partial(probe_soft404, asker=self.turns, policy=policy, manner=_FIRST)
        self.neighbours = Soft404Prober(ask, tools.past, tools.calendar)
        self.registries = RegistryBatcher(tools.sites, self.turns.ask_site, moment=0.2 * policy.scale, clock=tools.clock)
        self.seen: dict[str, tuple[Observation, Finding]] = {}
        self.unconfirmed: set[str] = set()
        self.skipped: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.first_pass: dict[str, int] = {}
        self.later: dict[str, list[Target]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.total = self.open = 0
        self.over = asyncio.Event()
        self.offline = self.interrupted = False
        self.failure: BaseException | None = None

    async def go(self, links: Sequence[Link]) -> Run:
        resources, unasked = group_links(links, self.policy)
        wanted = self._wanted(resources.values())
        self.total = self.open = len(wanted)
        if wanted:
            await self._ask_all(wanted)
        void = await self._void(resources)
        order = {link.url: index for index, link in reversed(list(enumerate(links)))}
        verdicts = [excused(found, links[order[found.url]], self.tools.calendar()) for found in unasked]
        while resources:  # what is judged is let go: a large collection is held once, not twice
            verdicts += self._judge(resources.pop(next(iter(resources))))
        return Run(
            self.started,
            self.tools.clock() - self.begun,
            self.turns.requests,
            self.confirm,
            tuple(sorted(verdicts, key=lambda found: order[found.url])),
            self.offline,
            void,
            self.schedule.tallies(),
            self.interrupted,
        )

    def _wanted(self, resources: Iterable[Target]) -> list[Target]:
        """What is to be asked, the most urgent first; what an interrupted run or a fresh night says is taken over."""
        past = self.tools.past
        if past is None:
            return list(resources)
        lined_up = list[tuple[tuple[int, str], Target]]()
        for resource in resources:
            nights = past.of(resource.key)
            last = nights[-1] if nights else None
            finding = classify(last, resource.link, nights[:-1]) if last else None
            known = last and finding and known_well_enough(resource, last, finding, self.policy, self.tools.calendar())
            if last and finding and (known or resource.key in self.tools.resumed):
                self.seen[resource.key] = last, finding
            else:
                lined_up.append((priority(last, finding), resource))
        return [resource for _, resource in sorted(lined_up, key=lambda one: one[0])]

    async def _ask_all(self, wanted: Sequence[Target]) -> None:
        for resource in wanted:
            self.first_pass[resource.site] = self.first_pass.get(resource.site, 0) + 1
        arrivals = Admission(self.turns, self.tools.guard, self.policy, self.tools.past, self._begin, self._turn_away)
        settled_by_site = {one.key for one in wanted if not one.fragments and registry_for(one.url, self.tools.sites)}
        try:
            arrivals.all((one for one in wanted if one.key not in settled_by_site), self._spawn)
            queue = deque(one for one in wanted if one.key in settled_by_site)
            for _ in range(min(_AT_DESKS, len(queue))):
                self._spawn(self._ask_sites(queue, arrivals))
            async with asyncio.timeout(self.policy.budget):
                await self.over.wait()
            await self._no_network()
        except TimeoutError:
            self._skip_rest(wanted, "the time budget is spent: first in line on the next night")
        except asyncio.CancelledError:
            self.interrupted = True
            self._skip_rest(wanted, "interrupted before it was asked: listkeeper check --resume goes on")
        finally:
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)
            await self.neighbours.aclose()
        if self.failure:
            raise self.failure

    def _skip_rest(self, wanted: Iterable[Target], why: str) -> None:
        """Leave what isn't settled: a first look that was to be confirmed proves nothing by itself."""
        self.schedule.drain()
        for resource in wanted:
            if resource.key in self.unconfirmed or (resource.key not in self.seen and resource.key not in self.skipped):
                self.skipped[resource.key] = why
                self.seen.pop(resource.key, None)

    def _begin(self, resource: Target, granted: str | None) -> None:
        self._spawn(self._first(resource, granted))

    async def _ask_sites(self, queue: deque[Target], arrivals: Admission) -> None:
        """Ask the site's own word for each; where it has none, the page is asked like any other."""
        while queue:
            resource = queue.popleft()
            word = await self.registries.answer(resource.url)
            if word is None or word.status == "unknown":
                arrivals.all([resource], self._spawn)
            else:
                await self._first_said(resource, self._heard(resource, word))

    def _heard(self, resource: Target, word: RegistryAnswer) -> tuple[Observation, Finding]:
        seen = Observation(resource.key, self.tools.calendar(), registry=word)
        return seen, classify(seen, resource.link)

    def _turn_away(self, resource: Target, why: str) -> None:
        self.skipped[resource.key] = why
        self._spawn(self._end_first_pass(resource.site))
        self._close()

    async def _first(self, resource: Target, granted: str | None) -> None:
        await self._first_said(resource, await self._look(resource, _FIRST, granted))

    async def _first_said(self, resource: Target, said: tuple[Observation, Finding]) -> None:
        self.seen[resource.key] = said
        if self.policy.second_pass and worth_asking_again(said[1]):
            self.later.setdefault(resource.site, []).append(resource)
            self.unconfirmed.add(resource.key)
        else:
            self._settle(resource)
        await self._end_first_pass(resource.site)

    async def _end_first_pass(self, site: str) -> None:
        """When it was a site's last first look: ask again what wasn't alive there, one by one, unhurried, names looked up anew."""
        self.first_pass[site] -= 1
        if self.first_pass[site] or site not in self.later or await self._no_network():
            return
        if self.policy.pace.rate < 1e6:
            self.turns.slow(site, "", SECOND * self.policy.pace.rate)
        await self.turns.rest(self.policy.retry_wait)
        patient = RequestProfile(self.policy.bounds.patience, plain=True)
        for resource in self.later.pop(site):
            if not self.turns.quiet(site):
                self.tools.guard.forget(resource.host)
                second = await self._ask_again(resource, patient)
                self.seen[resource.key] = merge_passes(self.seen[resource.key], second)
            self._settle(resource)

    async def _ask_again(self, resource: Target, patient: RequestProfile) -> tuple[Observation, Finding]:
        """Whoever spoke first is asked again: the site, or the page."""
        if self.seen[resource.key][0].registry is None:
            return await self._look(resource, patient, None)
        word = await self.registries.answer(resource.url)
        return self._heard(resource, word) if word and word.status != "unknown" else self.seen[resource.key]

    async def _look(self, resource: Target, manner: RequestProfile, granted: str | None) -> tuple[Observation, Finding]:
        earlier = self.tools.past.of(resource.key) if self.tools.past else ()
        seen = await probe(
            resource,
            self.turns,
            self.policy,
            manner,
            granted=granted,
            twin=self._twin,
            neighbour=self.neighbours.of,
            earlier=earlier,
        )
        return seen, classify(seen, resource.link, earlier)

    async def _no_network(self) -> bool:
        """After failures only, before patience is spent on them: is there a network at all? Ends the run where there is none."""
        if self.turns.answered or self.policy.allow_private:
            return False
        if not outage.looks_offline(seen.failure for seen, _ in self.seen.values()):
            return False
        if not self.offline and await self.tools.names_resolve():
            return False
        self.offline = True
        self.over.set()
        return True

    def _settle(self, resource: Target) -> None:
        seen, finding = self.seen[resource.key]
        self.unconfirmed.discard(resource.key)
        if self.tools.past:
            self.tools.past.add(seen)
        self._close()
        outcome = finding.outcome
        if outcome is Outcome.FAILING:
            outcome = verdict(resource.link, [seen], self.policy, self.tools.calendar(), confirm=1).outcome
        done = self.total - self.open
        self.tools.emit(ProgressEvent(resource.url, outcome, done, self.total, self.turns.waiting, self.turns.estimate))
        if self.tools.past and (seen.signals or seen.soft404):
            self.seen[resource.key] = replace(seen, signals=None, soft404=None), finding

    def _close(self) -> None:
        self.open -= 1
        if self.open == 0:
            self.over.set()

    def _twin(self, digest: str, key: str) -> bool:
        return bool(digest) and self.pages.setdefault(digest, key) != key

    async def _void(self, resources: Mapping[str, Target]) -> str | None:
        """Let what was the network's fault count for nothing; returns the reason where it is the whole run."""
        asked = [(resources[key].site, seen, partial(self._before, key)) for key, (seen, _) in self.seen.items()]
        sites, whole = ({}, outage.OFFLINE) if self.offline else outage.find_outages(asked)
        if whole and self.turns.answered and not self.interrupted and await self.tools.names_resolve():
            sites, whole = outage.find_outages(asked, names_resolve=True)
        reasons = {key: why for key in self.seen if (why := whole or sites.get(resources[key].site))}
        for key, why in reasons.items():
            seen, finding = self.seen[key]
            self.seen[key] = outage.mark_inconclusive(seen, why), finding
        if self.tools.past:
            self.tools.past.discard({key: why for key, why in reasons.items() if key not in self.unconfirmed})
        return whole

    def _before(self, key: str) -> bool | None:
        """Whether the night before this one saw an answer with content; None where there was none, or one that doesn't count."""
        nights = self.tools.past.of(key) if self.tools.past else ()
        return None if len(nights) < 2 or nights[-2].discarded_reason else 200 <= (nights[-2].status or 0) < 300

    def _judge(self, resource: Target) -> Iterable[Verdict]:
        """One verdict per distinct URL. A void observation changes nothing: then all other nights say what they said before."""
        seen, _ = self.seen.pop(resource.key, (None, None))
        nights = self.tools.past.of(resource.key) if self.tools.past else (seen,) if seen else ()
        for link, places in links_by_url(resource.links):
            if seen is None or self.offline or not any(not night.discarded_reason for night in nights):
                why = (
                    outage.OFFLINE
                    if self.offline
                    else seen.discarded_reason
                    if seen
                    else self.skipped.get(resource.key, "not asked")
                )
                rule = "offline" if self.offline else "void" if seen else "not-asked"
                found = Verdict(link.url, Outcome.UNCHECKED, Outcome.UNCHECKED, rule, why)
            else:
                found = verdict(link, nights, self.policy, self.tools.calendar(), confirm=self.confirm)
                if not seen.discarded_reason:  # the past keeps no seconds
                    yield replace(found, hops=seen.hops, places=places)
                    continue
                found = replace(
                    found, seen=Outcome.UNCHECKED, reason=f"{found.reason}; this night doesn't count: {seen.discarded_reason}"
                )
            yield replace(found, places=places)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.failure = self.failure or task.exception()
            self.over.set()
