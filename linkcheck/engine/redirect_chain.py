"""Follows one URL through its redirects: requests, retries, cookies, and the page at the end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from linkcheck.engine.dispatcher import Slot
from linkcheck.engine.pacing.retry_after import requested_wait
from linkcheck.engine.sender import PageRequest, RequestProfile, Sender
from linkcheck.engine.targets import Target
from linkcheck.model import FailureKind, Hop, PageSignals
from linkcheck.net.cookies import CookieJar
from linkcheck.net.http import Response
from linkcheck.pages import read, vendor_of
from linkcheck.policy import Policy
from linkcheck.urls import host_key, join, split

__all__ = ["Chain", "follow", "retry_in"]

_RETRIED = frozenset(
    {
        FailureKind.RESET,
        FailureKind.TLS_FAILED,
        FailureKind.TRUNCATED,
        FailureKind.PROTOCOL,
        FailureKind.REFUSED,
        FailureKind.UNREACHABLE,
    }
)
_FINAL = frozenset({501, 505, 511})
"""Server errors that another try doesn't change."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Chain:
    """The hops of one URL, and what the page at their end shows (None where there is no page).

    `next_url` is where it leads on, if that is a host that another machine asks.
    """

    hops: tuple[Hop, ...]
    signals: PageSignals | None = None
    next_url: str = ""


async def follow(
    target: Target,
    sender: Sender,
    policy: Policy,
    profile: RequestProfile,
    slot: Slot | None = None,
    owns: Callable[[str], bool] = lambda _host: True,
) -> Chain:
    """Ask for a target and follow its redirects; the first request goes out in `slot`. Never raises for what a server does.

    It ends before a host key that this machine doesn't own.
    """
    url, jar, hops, been, spent = target.url, CookieJar(), list(target.hops), {(hop.url, "") for hop in target.hops}, 0.0
    fragments, vendors, reloaded = target.fragments, dict[str, str](), ""
    while True:
        been.add((url, jar.header(url)))
        page = PageRequest(url, target.url, profile, jar.header(url), bool(fragments), target.lists[0])
        response = await _with_retries(page, sender, policy, slot)
        slot = None
        hop = response.hop
        hops.append(hop)
        spent += hop.seconds
        jar.store(url, response.headers)
        if hop.failure is not None:
            vendor = vendors.get(_site(url), "") if vendors else ""
            return Chain(tuple(hops), PageSignals(challenge=vendor) if vendor else None)
        signals = None
        if hop.status in _REDIRECTS:
            following = join(url, hop.location) if hop.location else None
            if following is None:
                return _failed(hops, FailureKind.BAD_LOCATION, f"Location: {hop.location or 'none'}")
        else:
            signals = _read(response, url, fragments)
            following = join(url, signals.refresh) if signals.refresh and 200 <= (hop.status or 0) < 300 else None
            if following is None or (_without_query(following) == _without_query(url) == reloaded):
                return Chain(tuple(hops), signals)
            reloaded = _without_query(url)
        if (following, jar.header(following)) in been:
            return _failed(hops, FailureKind.REDIRECT_LOOP, f"back to {following}")
        if spent > policy.bounds.link * profile.patience:
            return _failed(hops, FailureKind.TIMEOUT, f"{spent:.0f} s for {len(hops)} hops")
        if len(hops) > policy.bounds.hops:
            return _failed(hops, FailureKind.TOO_MANY_HOPS, f"{len(hops)} hops")
        if not owns(_site(following)):
            return Chain(tuple(hops), next_url=following)
        vendors[_site(url)] = vendor_of(response.headers, hop.status or 0)
        url = following


def _read(response: Response, url: str, fragments: tuple[str, ...]) -> PageSignals:
    """The signals of the page. The fragment of a Location replaces those of the links (RFC 9110 section 10.2.2).

    A body in a coding that we didn't ask for is not read.
    """
    landed = split(url).fragment if fragments else ""
    signals = read(
        b"" if response.coding else response.body,
        response.headers,
        url,
        status=response.hop.status or 0,
        fragments=(landed,) if landed else fragments,
        complete=response.complete,
    )
    if landed:
        return replace(signals, fragments=tuple((name, state) for name in fragments for _, state in signals.fragments))
    return signals


def _without_query(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def _site(url: str) -> str:
    return host_key(split(url).ascii_host)


def _failed(hops: list[Hop], failure: FailureKind, detail: str) -> Chain:
    return Chain((*hops[:-1], replace(hops[-1], failure=failure, detail=detail)))


async def _with_retries(page: PageRequest, sender: Sender, policy: Policy, slot: Slot | None) -> Response:
    """Send a request, again after a wait where that may help; no slot is held while waiting."""
    response = await sender.send(page, slot)
    for attempt in range(policy.retries):
        wait = retry_in(response.hop, response.headers, attempt, policy)
        if wait is None:
            break
        await asyncio.sleep(wait)
        again = await sender.send(page)
        if again.hop.failure is FailureKind.LEFT_ALONE:
            break
        response = again
    return response


def retry_in(hop: Hop, headers: tuple[tuple[str, str], ...], attempt: int, policy: Policy) -> float | None:
    """Seconds after which a hop is worth another try in this pass; None where it isn't. Full jitter (Brooker, 2015)."""
    asked_for = requested_wait(hop, headers)
    if asked_for is not None:
        return asked_for if asked_for <= policy.longest_wait else None
    jitter: float = random.uniform(0.0, policy.retry_wait * 2.0**attempt)  # noqa: S311  # spreads load, keeps no secret
    if hop.status == 429:
        return policy.retry_wait * 2.0**attempt + jitter
    if hop.failure in _RETRIED or (hop.status is not None and 500 <= hop.status < 999 and hop.status not in _FINAL):
        return jitter
    return None
