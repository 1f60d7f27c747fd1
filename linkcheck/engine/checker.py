"""The front door: check URLs in one call, or keep a `Checker` with a policy and a history."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.run import check
from linkcheck.engine.sender import user_agent
from linkcheck.history import History
from linkcheck.model import Link, Place, Run, Verdict
from linkcheck.net.dns import DnsResolver, ThreadResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, tls_context
from linkcheck.policy import Policy
from linkcheck.registries import registries, repository_services

__all__ = ["Checker", "check_urls", "check_urls_async", "connect"]


def check_urls(
    urls: Iterable[str | Link], policy: Policy | None = None, *, history: Path | str | None = None
) -> tuple[Verdict, ...]:
    """Check URLs and return one verdict per distinct URL, in the order of first occurrence.

    `history` is the path of an SQLite file that remembers observations, so that nights add up; without it this one run decides.
    Raises TypeError for a single str. Not to be called where an event loop runs: use `check_urls_async` there.
    """
    return tuple(Checker(policy, history=history).check(urls).verdicts)


async def check_urls_async(
    urls: Iterable[str | Link], policy: Policy | None = None, *, history: Path | str | None = None
) -> tuple[Verdict, ...]:
    """`check_urls`, for use in a running event loop."""
    run = await Checker(policy, history=history).check_async(urls)
    return tuple(run.verdicts)


class Checker:
    """Checks links by one policy.

    `history`: path of an SQLite file that remembers observations. `proxies`: by "http", "https" and "no", as in the environment's
    `http_proxy`, `https_proxy` and `no_proxy`. `authority`: a PEM file, or a folder of hashed ones, with further certificate
    authorities. `resolver`: the address of a name server instead of the system's. `github_token` lets GitHub's interface answer for
    repositories.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        history: Path | str | None = None,
        proxies: Mapping[str, str] | None = None,
        authority: Path | str | None = None,
        resolver: str | None = None,
        github_token: str = "",
    ) -> None:
        self.policy = policy or Policy()
        self._history = history
        self._proxies = proxies
        self._authority = authority
        self._resolver = resolver
        self._token = github_token

    def check(self, links: Iterable[str | Link]) -> Run:
        """Check links and return the whole run. Not to be called where an event loop runs."""
        return asyncio.run(self.check_async(links))

    async def check_async(self, links: Iterable[str | Link]) -> Run:
        """`check`, for use in a running event loop."""
        wanted = _links(links)
        with ExitStack() as stack:
            now = datetime.now(UTC)
            past = stack.enter_context(History(self._history, now=now)) if self._history is not None else None
            trusted = tls_context(self._authority) if self._authority else None
            async with connect(self.policy, self._resolver, trusted, self._proxies) as (guard, fetcher):
                endpoints = dict(self.policy.endpoints)
                sites, services = registries(endpoints, self._token), repository_services(endpoints, self._token)
                context = RunContext(fetcher, guard, past=past, sites=sites, repositories=services)
                run = await check(wanted, self.policy, context)
            if past is not None and not run.interrupted:
                past.finish(datetime.now(UTC), run.void)
        return run


@asynccontextmanager
async def connect(
    policy: Policy, resolver: str | None = None, trusted: ssl.SSLContext | None = None, proxies: Mapping[str, str] | None = None
) -> AsyncIterator[tuple[Guard, Fetcher]]:
    """The guard and the fetcher that a policy asks for; both are closed at the end of the block. `trusted`: None for `tls_context()`."""
    deadline = policy.bounds.dns / policy.scale  # a rehearsal shortens what servers may take, not what a name server may
    names = DnsResolver(resolver, deadline) if resolver else ThreadResolver(deadline)
    guard = Guard(names, policy.allow_private)
    fetcher = Fetcher(
        guard,
        policy.bounds,
        user_agent=user_agent(policy.contact),
        ssl_context=trusted,
        proxies=proxies,
        connections=policy.pace.connections,
    )
    try:
        yield guard, fetcher
    finally:
        await fetcher.aclose()
        await guard.aclose()


def _links(given: Iterable[str | Link]) -> list[Link]:
    if isinstance(given, str | Link):
        kind = type(given).__name__
        raise TypeError(
            f"one {kind} was given where a list of URLs belongs: write [{given if kind == 'Link' else repr(given)}]"
        )
    return [one if isinstance(one, Link) else Link(one, Place("", line)) for line, one in enumerate(given, 1)]
