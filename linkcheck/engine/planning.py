"""What a run asks and in which order: what a fresh night or an interrupted run knows is taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.link_store import LinkStore
from linkcheck.engine.results import Results
from linkcheck.engine.second_pass import known_well_enough, priority
from linkcheck.engine.targets import Continuation, Target
from linkcheck.judging.classify import ENOUGH_LINKS, classify
from linkcheck.model import HostTally
from linkcheck.policy import Policy
from linkcheck.registries import registry_for

__all__ = ["HANDED_OVER", "Asked", "Asker", "Plan", "hand_over", "plan"]

HANDED_OVER = "it leads to a host that another machine asks"


@dataclass(frozen=True, slots=True)
class Plan:
    """The targets to ask (marked in `store`), and where what is seen of them goes.

    `site_links`: how many links each site has, asked in this run or known well enough, where they are enough to judge the site by.
    """

    store: LinkStore
    results: Results
    policy: Policy
    context: RunContext
    confirm: int
    site_links: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """How asking ended. `answered` counts the requests with a status.

    `hosts` are the tallies of the hosts asked; of more than 5,000, those that were asked often or complained.
    """

    requests: int = 0
    answered: int = 0
    hosts: tuple[HostTally, ...] = ()
    interrupted: bool = False


Asker = Callable[[Plan], Awaitable[Asked]]
"""Asks the targets of a plan and puts what is seen into its results."""


def plan(store: LinkStore, policy: Policy, context: RunContext, *, confirm: int) -> Plan:
    """Decide which targets of `store` are asked and in which order. `confirm`: failing nights in a row before a link is dead."""
    results, links = Results(store, policy, context, confirm), Counter[str]()
    for target in store.targets():
        earlier = context.past.of(target.key) if context.past else ()
        if earlier:
            last = earlier[-1]
            finding = classify(last, target.link, earlier[:-1])
            known = known_well_enough(target, last, finding, policy, context.calendar())
            if known or context.resumed(target.key):
                store.settle_early(target.key)
                store.keep(last)
                results.tally(target.site, last, earlier[:-1])
                links[target.site] += 1
                continue
            store.prioritise(target.key, *priority(last, finding))
        chain = context.continuations(target.key)
        if chain is not None:
            store.begin_from(chain)
        elif not target.fragments and registry_for(target.url, context.sites):
            store.leave_to_registry(target.key)
        elif not context.owns(target.site):
            store.settle_early(target.key)
            hand_over(target, store, context)
    results.open_looks = store.count()
    links.update(results.open_looks)
    enough = {site: count for site, count in links.items() if count >= ENOUGH_LINKS}
    return Plan(store, results, policy, context, confirm, enough)


def hand_over(target: Target, store: LinkStore, context: RunContext) -> None:
    """Leave a target, of which nothing was asked, to the machine that owns its host."""
    context.hand_over(Continuation(target.key, (), target.url))
    store.skip(target.key, HANDED_OVER)
