"""Nights of checking the simulated web, and the card that scores them: right or wrong per behaviour, confusion, politeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linkcheck.engine.run import RunContext, check
from linkcheck.engine.sender import user_agent
from linkcheck.history import History
from linkcheck.model import Run, Verdict
from linkcheck.net.dns import DnsResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, tls_context
from linkcheck.policy import PACES, Bounds, Policy
from linkcheck.registries import registries
from tests.web.world import World


def policy_for(world: World, *, pace: str = "normal", **more: object) -> Policy:
    """The default policy, shortened by the world's scale, allowed into its networks."""
    bounds = Bounds(dns=60.0, connect=30.0, tls=30.0)  # a busy machine is no slow network
    policy = Policy(allow_private=world.allow, hosts=world.rules, pace=PACES[pace], bounds=bounds, **more)  # type: ignore[arg-type]
    return policy.scaled(world.scale)


async def one_night(world: World, number: int, history: Path, policy: Policy, links=None) -> Run:
    """Turn the calendar to a night and check; history carries over."""
    world.night = number
    guard = Guard(DnsResolver(world.resolver_address, policy.bounds.dns), policy.allow_private)
    fetcher = Fetcher(guard, policy.bounds, user_agent=user_agent(policy.contact), ssl_context=tls_context(world.ssl_ca_path))
    try:
        with History(history, now=world.now) as past:
            tools = RunContext(
                fetcher, guard, past=past, calendar=lambda: world.now, sites=registries(world.endpoints, "test-token")
            )
            run = await check(links if links is not None else world.links, policy, tools)
            past.finish(world.now, run.void)
            return run
    finally:
        await fetcher.aclose()
        await guard.aclose()


@dataclass
class Card:
    """What was right and wrong, by behaviour and night."""

    rows: list[tuple[str, int, str, str, Verdict]] = field(default_factory=list)
    requests: int = 0
    links: int = 0

    def take(self, world: World, number: int, run: Run) -> None:
        self.requests += run.requests
        self.links += len(run.verdicts)
        for verdict in run.verdicts:
            row = world.expected.get(verdict.url)
            if row is not None:
                self.rows.append((row.variant, number, "|".join(sorted(row.on(number))), str(verdict.outcome), verdict))

    @property
    def wrong(self) -> list[tuple[str, int, str, str, Verdict]]:
        return [row for row in self.rows if row[3] not in row[2].split("|")]

    def lines(self) -> Iterator[str]:
        by_behaviour: dict[str, Counter[bool]] = defaultdict(Counter)
        confusion: Counter[tuple[str, str]] = Counter()
        for variant, _, wanted, found, _ in self.rows:
            by_behaviour[variant.partition(".")[0]][found in wanted.split("|")] += 1
            confusion[wanted, found] += 1
        right = sum(counts[True] for counts in by_behaviour.values())
        yield f"{right} of {len(self.rows)} verdicts right, {self.requests / max(1, self.links):.2f} requests a link and night"
        for name, counts in sorted(by_behaviour.items(), key=lambda item: (item[0][0], int(item[0][1:]))):
            if counts[False]:
                yield f"  {name}: {counts[True]} right, {counts[False]} WRONG"
        yield "confusion (wanted -> found):"
        for (wanted, found), count in sorted(confusion.items()):
            yield f"  {wanted:>18} -> {found:<9} {count}"
        for variant, number, wanted, found, verdict in self.wrong:
            yield f"  {variant} night {number}: wanted {wanted}, found {found} [{verdict.rule}] {verdict.reason} {verdict.url} -> {verdict.final_url}"
