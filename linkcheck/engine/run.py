"""Run a link check: queue every link, ask it politely, ask suspects again, and return one verdict per distinct URL.

A link's way, top to bottom: `check` reads it into the store, `_first_pass` gets a slot for it, `_first_look` asks it,
`_second_pass` asks it again if it must be confirmed, `conclude` judges it from all nights. Repositories are asked about last.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from linkcheck.engine.admission import Admission
from linkcheck.engine.conclude import conclude, discard_outages
from linkcheck.engine.dispatcher import Dispatcher, Slot, SlotRequest
from linkcheck.engine.interfaces import ProgressEvent, RunContext
from linkcheck.engine.link_store import LinkStore, StoredVerdicts
from linkcheck.engine.observer import Look, Observer
from linkcheck.engine.pacing.limits import learned_pace, pace_note, pace_of
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.planning import HANDED_OVER, Asked, Asker, Plan, hand_over, plan
from linkcheck.engine.repositories import ask_repositories
from linkcheck.engine.results import Suspect
from linkcheck.engine.second_pass import merge_passes, worth_asking_again
from linkcheck.engine.sender import RequestProfile, Sender
from linkcheck.engine.targets import Target, with_exceptions
from linkcheck.judging.classify import Proof, most_deny
from linkcheck.judging.outage import looks_offline
from linkcheck.model import Link, Run
from linkcheck.policy import Policy

__all__ = ["BUDGET_SPENT", "INTERRUPTED", "ProgressEvent", "RunContext", "ask_here", "check"]

_FIRST = RequestProfile()
_REGISTRY_WAITS = 256
"""Maximum number of links waiting for a registry answer at the same time."""
_PACE_DAYS = 30.0
"""How long it is remembered what a host taught about its pace."""
BUDGET_SPENT = "the time budget is spent: first in line on the next night"
INTERRUPTED = "interrupted before it was asked: listkeeper check --resume goes on"


async def check(
    links: Iterable[Link], policy: Policy, context: RunContext, *, confirm: int | None = None, ask: Asker | None = None
) -> Run:
    """Ask every link as `policy` says and judge it. One verdict per distinct URL, in the order of first places.

    `confirm` is the number of failing nights in a row before a link is dead: `policy.confirm` where there is a history, else 1.
    `ask` asks what is planned: this process (`ask_here`), or the machines of a cluster. When cancelled, it returns early with
    `interrupted` set; what was seen until then is in the history.
    """
    nights = confirm if confirm is not None else (policy.confirm if context.past else 1)
    begun, started = context.clock(), context.calendar()
    store = LinkStore()
    try:
        store.read(with_exceptions(links, policy.excuses), policy)
        planned = plan(store, policy, context, confirm=nights)
        asked = await (ask or ask_here)(planned) if store.asked else Asked()
        void = await discard_outages(planned.results, store, context, answered=asked.answered, interrupted=asked.interrupted)
        offline = planned.results.offline.is_set()
        for verdict in conclude(store, policy, context, confirm=nights, offline=offline):
            store.keep_verdict(verdict)
    except BaseException:
        store.close()
        raise
    seconds = context.clock() - begun
    return Run(
        started,
        seconds,
        asked.requests,
        nights,
        StoredVerdicts(store),
        offline,
        void.reason if void else None,
        asked.hosts,
        asked.interrupted,
        void.kind if void else None,
    )


async def ask_here(planned: Plan) -> Asked:
    """Ask all that is planned from this process."""
    run = _Run(planned)
    interrupted = await run.ask()
    run.remember_paces()
    return Asked(run.sender.requests, run.sender.answered, run.schedule.tallies(), interrupted)


class _Run:
    """The parts of one run, wired together."""

    def __init__(self, planned: Plan) -> None:
        policy, context, store = planned.policy, planned.context, planned.store
        self.policy, self.context, self.store, self.results = policy, context, store, planned.results
        self.confirm, self.site_links = planned.confirm, planned.site_links
        learned = partial(learned_pace, note=self._pace_note)
        self.schedule = Schedule[SlotRequest](partial(pace_of, policy=policy), policy.concurrency, learned)
        self.dispatcher = Dispatcher(self.schedule, context.clock)
        self.sender = Sender(self.dispatcher, context.fetcher, context.guard, policy, context.clock)
        self.observer = Observer(self.sender, policy, context, store)
        self.results.waiting, self.results.estimate = self.dispatcher.waiting, self.dispatcher.estimate
        self.results.requests = lambda: (self.sender.requests, self.sender.answered)

    def _pace_note(self, name: str) -> str | None:
        past = self.context.past
        return past.note(name, self.context.calendar(), _PACE_DAYS) if past else None

    def remember_paces(self) -> None:
        """Remember what hosts taught about their pace, for the next night."""
        if self.context.past:
            for host, learned in self.schedule.taught():
                self.context.past.remember(*pace_note(host, learned), self.context.calendar())

    async def ask(self) -> bool:
        """Both passes, until they are done, the budget is spent or there is no network. Returns whether it was interrupted."""
        passes = asyncio.ensure_future(self._both_passes())
        offline = asyncio.ensure_future(self.results.offline.wait())
        interrupted = False
        try:
            await asyncio.wait({passes, offline}, timeout=self.policy.budget, return_when=asyncio.FIRST_COMPLETED)
            await self._stop_without_network()
        except asyncio.CancelledError:
            interrupted = True
        finally:
            for task in (passes, offline):
                task.cancel()
            await asyncio.gather(passes, offline, return_exceptions=True)
            await self.observer.aclose()
        self.store.skip_rest(INTERRUPTED if interrupted else BUDGET_SPENT)
        if not passes.cancelled():
            passes.result()  # raises what went wrong in our own code
        return interrupted

    async def _both_passes(self) -> None:
        """Both passes over the links, and what their repositories are asked after that."""
        await self._first_pass()
        if not self.results.offline.is_set():
            await ask_repositories(self.store, self.sender, self.policy, self.context)

    async def _first_pass(self) -> None:
        """Give every target its first look; a task is started when its slot is granted."""
        admission = Admission(
            self.store, self.sender, self.context.guard, self.policy, self.context.past, self.context.calendar
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._admit(admission))
            async for slot, target in self.dispatcher:
                admission.refill(target.host)
                tasks.create_task(self._first_look(slot, target))

    async def _admit(self, admission: Admission) -> None:
        """Queue all targets at their hosts; those that a registry answers for don't need to be."""
        async with asyncio.TaskGroup() as sources:
            sources.create_task(admission.admit_all())
            for _ in range(min(_REGISTRY_WAITS, self.store.for_registries)):
                sources.create_task(self._ask_registries(admission))
        self.dispatcher.close()

    async def _ask_registries(self, admission: Admission) -> None:
        """Ask registries about targets, one after the other; where they don't know, the page is asked like any other."""
        while targets := self.store.take_for_registries(1):
            (target,) = targets
            look = await self.observer.ask_registry(target)
            if look is not None:
                await self._after_first_look(target, look)
            elif self.context.owns(target.site):
                await admission.admit(target)
            else:
                hand_over(target, self.store, self.context)
                await self._end_of_site(target)

    async def _first_look(self, slot: Slot, target: Target) -> None:
        """Ask a target in its slot."""
        if slot.refusal:
            self.results.skip(target, slot.refusal)
            await self._end_of_site(target)
            return
        try:
            look = await self.observer.ask_page(target, _FIRST, slot)
        finally:
            self.dispatcher.release(slot)
        if look is None:
            self.results.skip(target, HANDED_OVER)
            await self._end_of_site(target)
        else:
            await self._after_first_look(target, look)

    async def _after_first_look(self, target: Target, look: Look) -> None:
        """Settle a target, or let it wait for its second look where the first must be confirmed."""
        self.results.failures.add(look.seen.failure)
        if self.policy.second_pass and worth_asking_again(look.finding):
            self.results.suspect(target, look._replace(earlier=()))  # there may be many
        else:
            self.results.settle(target, look)
        await self._end_of_site(target)

    async def _end_of_site(self, target: Target) -> None:
        """Start the second pass of a site with the last of its first looks."""
        if not self.results.last_of_site(target) or target.site not in self.results.suspects:
            return
        if not await self._stop_without_network():
            await self._second_pass(self.results.suspects.pop(target.site))

    async def _second_pass(self, suspects: list[Suspect]) -> None:
        """Ask a site's suspects again, as many at a time as it has connections."""
        queue = iter(suspects)
        site_denies = most_deny(self.site_links.get(suspects[0].target.site, 0), (suspect.look[:2] for suspect in suspects))

        async def work() -> None:
            for suspect in queue:
                await self._second_look(suspect, site_denies=site_denies)

        async with asyncio.TaskGroup() as workers:
            for _ in range(min(self.policy.pace.connections, len(suspects))):
                workers.create_task(work())

    async def _second_look(self, suspect: Suspect, *, site_denies: bool) -> None:
        """Ask a suspect again: patiently, with a plain User-Agent, a new look-up of its name, and some time after the first look.

        A denial is kept with whether its site denies as a whole: most of its links (`site_denies`), or its root.
        """
        target, look = suspect.target, suspect.look
        if not self.dispatcher.refusal(target.site):
            await asyncio.sleep(max(0.0, suspect.at + self.policy.retry_wait - self.context.clock()))
            self.context.guard.forget(target.host)
            patient = RequestProfile(self.policy.bounds.patience, plain=True)
            again: Look | None = look
            if look.seen.registry is None:
                again = await self.observer.ask_page(target, patient)
            else:
                again = await self.observer.ask_registry(target) or look
            if again is None:
                self.results.skip(target, HANDED_OVER)
                return
            look = Look(*merge_passes(look[:2], again[:2]))
            if self.confirm > 1 and look.finding.proof is Proof.DENIAL:
                site_denies = site_denies or await self.observer.root_denies(look.seen)
                look = look._replace(seen=replace(look.seen, site_denies=site_denies))
        self.results.settle(target, look._replace(earlier=self.observer.earlier(target)))

    async def _stop_without_network(self) -> bool:
        """Whether nothing answered so far and not even a name that certainly exists resolves; that ends the run."""
        if self.sender.answered or self.policy.allow_private or not looks_offline(self.results.failures):
            return self.results.offline.is_set()
        if not self.results.offline.is_set() and not await self.context.names_resolve():
            self.results.offline.set()
        return self.results.offline.is_set()
