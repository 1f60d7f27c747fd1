"""Ask the web archive for copies of dead pages, one request after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.editing.fixes.dead import LostPage
from generator.network import NetworkOptions, open_sender
from linkcheck.policy import Policy
from linkcheck.registries.archive import Archive, Found

__all__ = ["NetworkOptions", "copies"]


async def copies(
    wanted: Sequence[LostPage], policy: Policy, network: NetworkOptions, tell: Callable[[str], None]
) -> dict[str, Found]:
    """The best archived copy of each page, by URL."""
    found: dict[str, Found] = {}
    async with open_sender(policy, network) as sender:
        archive = Archive(sender.send_batch, dict(policy.endpoints))
        for number, one in enumerate(wanted, 1):
            tell(f"asking the archive for a copy, {number:,} of {len(wanted):,}: {one.url}")
            found[one.url] = await archive.copy(one.url, near=one.added, before=one.last_alive)
    return found
