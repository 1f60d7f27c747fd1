"""Archived copies of pages that are gone, asked for over the network: politely, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.editing.fixes.dead import LostPage
from generator.network import Edges, turns
from linkcheck.policy import Policy
from linkcheck.registries.archive import Archive, Found

__all__ = ["Edges", "copies"]


async def copies(wanted: Sequence[LostPage], policy: Policy, edges: Edges, tell: Callable[[str], None]) -> dict[str, Found]:
    """What the archive has of each page, by URL."""
    found: dict[str, Found] = {}
    async with turns(policy, edges) as asked:
        archive = Archive(asked.send_batch, dict(policy.endpoints))
        for number, one in enumerate(wanted, 1):
            tell(f"asking the archive for a copy, {number:,} of {len(wanted):,}: {one.url}")
            found[one.url] = await archive.copy(one.url, near=one.added, before=one.last_alive)
    return found
