"""Looks at one target: asks its registry or follows its URL, and on suspicion a made-up neighbour or the site's root.

The result is an `Observation`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from linkcheck.engine.dispatcher import Slot
from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.link_store import LinkStore
from linkcheck.engine.redirect_chain import Chain, follow
from linkcheck.engine.repositories import keep_vitality
from linkcheck.engine.sender import RequestProfile, Sender
from linkcheck.engine.soft404_probe import Soft404Prober
from linkcheck.engine.targets import Continuation, Target, rule_for, target_of
from linkcheck.judging.classify import Finding, classify, needs_soft404_probe, root_denies
from linkcheck.model import Observation, Soft404Probe
from linkcheck.policy import Policy
from linkcheck.registries.asking import RegistryBatcher
from linkcheck.urls import split

__all__ = ["Look", "Observer"]


class Look(NamedTuple):
    """One observation, what it means by itself, and the earlier ones of its target."""

    seen: Observation
    finding: Finding
    earlier: tuple[Observation, ...] = ()


class Observer:
    """Observes targets with the edges of one run."""

    def __init__(self, sender: Sender, policy: Policy, context: RunContext, store: LinkStore) -> None:
        self.registries = RegistryBatcher(context.sites, sender.send_batch, moment=0.2 * policy.scale, clock=context.clock)
        self._sender = sender
        self._policy = policy
        self._context = context
        self._store = store
        self._prober = Soft404Prober(self._follow_made_up, context.past, context.calendar)
        self._roots: dict[str, asyncio.Future[Observation]] = {}

    async def aclose(self) -> None:
        """Cancel the probes and roots that are still being asked."""
        roots = list(self._roots.values())
        for root in roots:
            root.cancel()
        await asyncio.gather(self._prober.aclose(), *roots, return_exceptions=True)

    def earlier(self, target: Target) -> tuple[Observation, ...]:
        """What the history has of a target, oldest first."""
        return self._context.past.of(target.key) if self._context.past else ()

    async def ask_registry(self, target: Target) -> Look | None:
        """What a registry says about a target; None where there is none for it, or it doesn't know."""
        reading = await self.registries.reading(target.url)
        if reading is None:
            return None
        keep_vitality(target.url, reading, self._context)
        if reading.answer.status == "unknown":
            return None
        seen = Observation(target.key, self._context.calendar(), registry=reading.answer)
        return Look(seen, classify(seen, target.link), self.earlier(target))

    async def ask_page(self, target: Target, profile: RequestProfile, slot: Slot | None = None) -> Look | None:
        """What the page of a target shows; its first request goes out in `slot` where there is one.

        None if its redirects lead to a host that another machine asks: then the chain is handed over.
        """
        chain = await follow(target, self._sender, self._policy, profile, slot, self._context.owns)
        if chain.next_url:
            neighbour = target.neighbour if target.hops else await self._prober.leads_to(target.url)
            self._context.hand_over(Continuation(target.key, chain.hops, chain.next_url, neighbour))
            return None
        earlier = self.earlier(target)
        seen = self._observation(target, chain)
        if chain.signals is not None:
            elsewhere = self._store.seen_elsewhere(chain.signals.digest, target.key)
            if needs_soft404_probe(seen, target.link, page_seen_elsewhere=elsewhere, earlier=earlier):
                seen = replace(seen, soft404=await self._probe(target, chain.signals.digest))
        return Look(seen, classify(seen, target.link, earlier), earlier)

    async def _probe(self, target: Target, digest: str) -> Soft404Probe | None:
        """What a made-up neighbour answers; where another machine began the chain, it was asked there, and goes on here."""
        if not target.hops:
            return await self._prober.probe(target.url, digest)
        return await self._prober.ask(target.neighbour) if target.neighbour else None

    async def root_denies(self, denial: Observation) -> bool:
        """Whether the root of the site that denied denies as well; each host's root is asked once in a run."""
        parts = urlsplit(denial.final_url)
        if parts.path in {"", "/"} and not parts.query:
            return root_denies(denial, denial)
        asked = self._roots.get(parts.netloc)
        if asked is None:
            url = f"{parts.scheme}://{parts.netloc}/"
            asked = self._roots[parts.netloc] = asyncio.ensure_future(self._ask_root(url))
        return root_denies(await asyncio.shield(asked), denial)

    async def _ask_root(self, url: str) -> Observation:
        chain = await follow(target_of(url, []), self._sender, self._policy, RequestProfile(), owns=self._context.owns)
        return Observation(url, self._context.calendar(), chain.hops, chain.signals)

    def _observation(self, target: Target, chain: Chain) -> Observation:
        last, hosts = chain.hops[-1], self._policy.hosts
        host = split(last.url).ascii_host
        rules = [rule_for(host, hosts, name) for name in target.lists] if hosts else []
        accepted = bool(rules) and all(rule is not None and last.status in rule.accept for rule in rules)
        return Observation(target.key, self._context.calendar(), chain.hops, chain.signals, status_accepted=accepted)

    async def _follow_made_up(self, url: str) -> Chain:
        return await follow(target_of(url, []), self._sender, self._policy, RequestProfile(), owns=self._context.owns)
