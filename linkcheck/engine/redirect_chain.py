"""One link: its hops, their retries, its page, and on suspicion a made-up sibling. What it sees becomes an `Observation`.

Turn-taking, connecting and sleeping are passed in (`RequestSender`), so every hop, a sibling's too, waits its turn on its own host.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from time import time
from typing import Protocol

from linkcheck.engine.targets import Target, rule_for
from linkcheck.engine.targets import target_of as resource_of
from linkcheck.judging.classify import needs_soft404_probe
from linkcheck.model import FailureKind, Hop, Observation, PageSignals, Soft404Probe
from linkcheck.net.cookies import Jar
from linkcheck.net.headers import http_date
from linkcheck.net.http import Response
from linkcheck.pages import read
from linkcheck.policy import Policy
from linkcheck.urls import join, split

_AGAIN = frozenset(
    {
        FailureKind.RESET,
        FailureKind.TLS_FAILED,
        FailureKind.TRUNCATED,
        FailureKind.PROTOCOL,
        FailureKind.REFUSED,
        FailureKind.UNREACHABLE,
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class RequestProfile:
    """How a pass asks: the second is patient and says plainly that it is a program (some sites refuse all that looks like a browser)."""

    patience: float = 1.0
    plain: bool = False


class RequestSender(Protocol):
    """Asks one hop in its turn, and waits outside of all turns."""

    async def ask(
        self, url: str, origin: str, cookies: str, manner: RequestProfile, *, fragments: bool, granted: str | None
    ) -> Response:
        """One hop, when its host's turn comes; `granted` is the group whose turn has come already."""

    async def rest(self, seconds: float) -> None:
        """Wait; holds no turn."""

    def now(self) -> datetime:
        """The calendar's instant."""


async def probe(
    resource: Target,
    asker: RequestSender,
    policy: Policy,
    manner: RequestProfile,
    *,
    granted: str | None = None,
    twin: Callable[[str, str], bool],
    neighbour: Callable[[str, str], Awaitable[Soft404Probe | None]],
    earlier: tuple[Observation, ...] = (),
) -> Observation:
    """What one pass sees of a resource. Never raises for anything a server does.

    `twin` tells whether another resource showed the same page (by digest and key); `neighbour` gives a made-up sibling's answer.
    """
    hops, reply, marks = await follow(resource, asker, policy, manner, granted)
    rule = rule_for(split(hops[-1].url).ascii_host, policy.hosts) if policy.hosts else None
    accepted = rule is not None and hops[-1].status in rule.accept
    seen = Observation(resource.key, asker.now(), hops, marks, status_accepted=accepted)
    if reply is None or marks is None:
        return seen
    why = needs_soft404_probe(seen, resource.link, twin=twin(marks.digest, resource.key), earlier=earlier)
    return replace(seen, soft404=await neighbour(resource.url, marks.digest)) if why else seen


async def follow(
    resource: Target, asker: RequestSender, policy: Policy, manner: RequestProfile, granted: str | None
) -> tuple[tuple[Hop, ...], Response | None, PageSignals | None]:
    """Follow the redirects of a target; returns its hops, the last response and its page signals (None without a page)."""
    url, jar, hops, been = resource.url, Jar(), list[Hop](), set[tuple[str, str]]()
    fragments, spent = resource.fragments, 0.0
    while True:
        been.add((url, jar.header(url)))
        reply = await _hop(url, resource.url, jar, asker, policy, manner, bool(fragments), granted)
        granted = None
        hop = reply.hop
        spent += hop.seconds
        jar.keep(url, reply.headers)
        if hop.failure is not None:
            return (*hops, hop), None, None
        if hop.status in _REDIRECTS:
            following = join(url, hop.location) if hop.location else None
            if following is None:
                return (
                    (*hops, replace(hop, failure=FailureKind.BAD_LOCATION, detail=f"Location: {hop.location or 'none'}")),
                    None,
                    None,
                )
            marks = None
        else:
            status = hop.status or 0
            marks = read(reply.body, reply.headers, url, status=status, fragments=fragments, complete=reply.complete)
            following = join(url, marks.refresh) if marks.refresh and 200 <= (hop.status or 0) < 300 else None
            if following is None or following == url:
                return (*hops, hop), reply, marks
        hops.append(hop)
        if (following, jar.header(following)) in been:
            return (*hops[:-1], replace(hop, failure=FailureKind.REDIRECT_LOOP, detail=f"back to {following}")), None, None
        if spent > policy.bounds.link * manner.patience:
            return (
                (*hops[:-1], replace(hop, failure=FailureKind.TIMEOUT, detail=f"{spent:.0f} s for {len(hops)} hops")),
                None,
                None,
            )
        if len(hops) > policy.bounds.hops:
            return (*hops[:-1], replace(hop, failure=FailureKind.TOO_MANY_HOPS, detail=f"{len(hops)} hops")), None, None
        url = following


async def _hop(
    url: str,
    origin: str,
    jar: Jar,
    asker: RequestSender,
    policy: Policy,
    manner: RequestProfile,
    fragments: bool,
    granted: str | None,
) -> Response:
    said: Response | None = None
    for attempt in range(policy.retries + 1):
        reply = await asker.ask(url, origin, jar.header(url), manner, fragments=fragments, granted=granted)
        if said is not None and reply.hop.failure is FailureKind.LEFT_ALONE:
            return said
        granted, said = None, reply
        wait = retry_in(reply.hop, reply.headers, attempt, policy)
        if wait is None or attempt == policy.retries:
            break
        await asker.rest(wait)
    return reply


def retry_in(hop: Hop, headers: tuple[tuple[str, str], ...], attempt: int, policy: Policy) -> float | None:
    """After how many seconds a hop is worth another try in this pass; None where it isn't. Full jitter (Brooker, 2015)."""
    asked_for = requested_wait(hop, headers)
    if asked_for is not None:
        return asked_for if asked_for <= policy.longest_wait else None
    jitter: float = random.uniform(0.0, policy.retry_wait * 2.0**attempt)  # noqa: S311  # spreads load, keeps no secret
    if hop.status == 429:
        return policy.retry_wait * 2.0**attempt + jitter
    if hop.failure in _AGAIN or (hop.status is not None and 500 <= hop.status < 999 and hop.status != 501):
        return jitter
    return None


def requested_wait(hop: Hop, headers: tuple[tuple[str, str], ...]) -> float | None:
    """How long an answer asks us to wait, in seconds: `Retry-After`, or a spent budget as GitHub and others announce it."""
    if hop.status not in {403, 429, 503}:
        return None
    if hop.retry_after is not None:
        return hop.retry_after
    fields = {name.lower(): value for name, value in headers}
    reset = fields.get("x-ratelimit-reset", "")
    if fields.get("x-ratelimit-remaining") == "0" and reset.isdecimal() and len(reset) <= 12:
        left = float(reset)
        return max(0.0, left - _server_now(fields)) if left > 1e9 else left
    return None


def _server_now(fields: dict[str, str]) -> float:
    date = http_date(fields.get("date", ""))
    return date.timestamp() if date is not None else time()


async def probe_soft404(url: str, asker: RequestSender, policy: Policy, manner: RequestProfile) -> Soft404Probe | None:
    """What a made-up URL answers, after its redirects; None where nothing came."""
    hops, reply, marks = await follow(resource_of(url, []), asker, policy, manner, None)
    last = hops[-1]
    if last.failure in {FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_HOPS, FailureKind.BAD_LOCATION}:
        return Soft404Probe(url, last.status, last.url)
    if reply is None or marks is None:
        return None
    return Soft404Probe(url, last.status, last.url, marks.title, marks.digest)
