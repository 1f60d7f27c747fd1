"""Asks how alive the repositories among the links of a run are, and keeps the answers as notes of the history."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice

from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.link_store import LinkStore
from linkcheck.engine.sender import Sender
from linkcheck.policy import Policy
from linkcheck.registries import Reading, RepositoryService
from linkcheck.registries.asking import CONCURRENCY, RegistryBatcher
from linkcheck.registries.vitality import FRESH_DAYS, note_name, note_text, repository, vitality_of
from linkcheck.urls import host_key

__all__ = ["ask_repositories", "keep_vitality"]


def keep_vitality(url: str, reading: Reading, context: RunContext) -> None:
    """Keep what the answer about a link says of its repository."""
    found = repository(url, context.repositories)
    if found:
        _keep(found[2], reading, context)


async def ask_repositories(store: LinkStore, sender: Sender, policy: Policy, context: RunContext) -> None:
    """Ask about repositories that weren't asked about for a week, the longest ago first; none without a history to keep it in."""
    if context.past is None or not context.repositories:
        return
    async with asyncio.TaskGroup() as tasks:
        for service, due in _due(store, context):
            batcher = RegistryBatcher([service.registry], sender.send_batch, moment=0.2 * policy.scale, clock=context.clock)
            queue = iter(due)
            for _ in range(min(len(due), service.registry.batch * CONCURRENCY)):
                tasks.create_task(_ask(queue, service, batcher, context))


async def _ask(
    queue: Iterable[tuple[str, str]], service: RepositoryService, batcher: RegistryBatcher, context: RunContext
) -> None:
    for page, key in queue:
        _keep(page, await batcher.look_up(service.registry.name, key), context)


def _due(store: LinkStore, context: RunContext) -> Iterable[tuple[RepositoryService, Sequence[tuple[str, str]]]]:
    """The services that this machine may ask, each with the pages and keys of repositories to ask about."""
    notes = context.past.notes() if context.past else ()
    asked = {name: at for name, _, at in notes if name.startswith(note_name(""))}
    now = context.calendar()
    for service in context.repositories:
        if not context.owns(host_key(service.host)):
            continue
        found = dict.fromkeys(
            (named[2], named[1]) for url in store.urls_at(service.hosts) if (named := repository(url, (service,)))
        )
        due = [
            (asked.get(note_name(page)), page, key)
            for page, key in found
            if (at := asked.get(note_name(page))) is None or not timedelta() <= now - at <= timedelta(days=FRESH_DAYS)
        ]
        due.sort(key=lambda one: one[0].timestamp() if one[0] else 0.0)
        yield service, [(page, key) for _, page, key in islice(due, service.at_most)]


def _keep(page: str, reading: Reading, context: RunContext) -> None:
    vitality = vitality_of(reading)
    if vitality is not None and context.past is not None:
        context.past.remember(note_name(page), note_text(vitality), context.calendar())
