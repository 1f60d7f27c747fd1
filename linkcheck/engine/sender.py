"""Sends single requests: each through the guard, in a slot of its host, with the headers that may go there."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from linkcheck import LISTKEEPER as VERSION
from linkcheck.engine.dispatcher import Dispatcher, Slot
from linkcheck.engine.pacing.retry_after import RetryAfterTracker, feedback, requested_wait
from linkcheck.engine.targets import credentials_for, rule_for
from linkcheck.model import FailureKind, Hop
from linkcheck.net.guard import Approval, Guard
from linkcheck.net.http import Request, Response
from linkcheck.pages.bounds import text_bytes
from linkcheck.policy import Policy
from linkcheck.registries import BatchRequest
from linkcheck.urls import Parts, host_key, split

__all__ = ["HopFetcher", "PageRequest", "RequestProfile", "Sender", "plain_user_agent", "user_agent"]

_KEPT = 256
"""Maximum number of groups that keep connections open."""
_BATCH_BYTES = 2 * 1024 * 1024
"""Bytes read of a registry's answer: a hundred arXiv records with abstracts."""


@dataclass(frozen=True, slots=True)
class RequestProfile:
    """How a pass asks: `patience` multiplies every timeout; `plain` sends a User-Agent that doesn't begin like a browser's."""

    patience: float = 1.0
    plain: bool = False


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request for a page. `origin` is the URL as listed: secret headers go to its origin only. `whole` asks for a long body.

    `list` is that of its link, whose host rules apply.
    """

    url: str
    origin: str
    profile: RequestProfile = RequestProfile()
    cookies: str = ""
    whole: bool = False
    list: str = ""


class HopFetcher(Protocol):
    """Fetches one hop: `linkcheck.net.http.Fetcher`, or a stand-in."""

    async def fetch(self, request: Request) -> Response:
        """Send one request; never raises for anything the network does."""

    async def release(self, group: str) -> None:
        """Close the connections kept open for a group."""


class Sender:
    """Sends the requests of one run. `requests` counts those that went out, `answered` those with a status."""

    def __init__(
        self, dispatcher: Dispatcher, fetcher: HopFetcher, guard: Guard, policy: Policy, clock: Callable[[], float]
    ) -> None:
        self.dispatcher = dispatcher
        self.requests = 0
        self.answered = 0
        self._fetcher = fetcher
        self._guard = guard
        self._policy = policy
        self._clock = clock
        self._waits = RetryAfterTracker(policy.longest_wait, policy.retry_wait, policy.scale)
        self._open: OrderedDict[str, None] = OrderedDict()
        self._closing: set[asyncio.Task[None]] = set()

    async def send(self, page: PageRequest, slot: Slot | None = None) -> Response:
        """Ask for a page, in `slot` where there is one already, else when its host has one. Never raises for what a server does."""
        parts = split(page.url)
        site = host_key(parts.ascii_host)
        bounds, profile = self._policy.bounds, page.profile
        request = Request(
            page.url,
            self._headers(page, parts),
            method=rule.method if (rule := rule_for(parts.ascii_host, self._policy.hosts, page.list)) else "GET",
            body_bytes=bounds.fragment_bytes if page.whole else bounds.body_bytes,
            patience=profile.patience,
            cookies=page.cookies,
            fresh=profile.patience > 1,
            weigh=text_bytes,
        )
        return await self._in_slot(request, parts, site, slot)

    async def send_batch(self, batch: BatchRequest) -> tuple[int | None, tuple[tuple[str, str], ...], bytes]:
        """Ask a registry: status, headers and body. Its headers (a token among them) go to this one address only."""
        request = Request(
            batch.url, batch.headers, "POST" if batch.content else "GET", body_bytes=_BATCH_BYTES, content=batch.content
        )
        response = await self._in_slot(request, split(batch.url), "", None)
        return response.hop.status, response.headers, response.body

    def _headers(self, page: PageRequest, parts: Parts) -> tuple[tuple[str, str], ...]:
        """The headers of host rules, for the origin as listed alone; and an honest User-Agent."""
        headers: tuple[tuple[str, str], ...] = ()
        if self._policy.hosts and _origin(parts) == _origin(split(page.origin)):
            rule = rule_for(parts.ascii_host, self._policy.hosts, page.list)
            headers = (*(rule.headers if rule else ()), *credentials_for(parts, self._policy.hosts))
        if page.profile.plain:
            headers = (*headers, ("User-Agent", plain_user_agent(self._policy.contact)))
        return headers

    async def _in_slot(self, request: Request, parts: Parts, site: str, slot: Slot | None) -> Response:
        """Send a request in its slot. `site` is what an answer may speak for: nothing ("") where a registry is asked."""
        approval = await self._guard.approve(parts.ascii_host, parts.port, scheme=parts.scheme)
        if approval.failure is not None:
            if slot is not None:
                self.dispatcher.release(slot)
            return Response(Hop(request.url, failure=approval.failure, detail=approval.detail))
        async with self._slot(slot, parts, approval, site) as granted:
            if granted.refusal:
                return Response(Hop(request.url, failure=FailureKind.LEFT_ALONE, detail=granted.refusal))
            response = await self._fetch(request, granted)
            self._record(granted, response, site)
        self._close_idle(granted.group)
        if response.hop.failure in {FailureKind.UNREACHABLE, FailureKind.TIMEOUT} and all(
            ":" in one for one in approval.addresses
        ):
            return replace(response, hop=replace(response.hop, failure=FailureKind.IPV6_ONLY))
        return response

    def _slot(self, slot: Slot | None, parts: Parts, approval: Approval, site: str) -> AbstractAsyncContextManager[Slot]:
        if slot is not None and slot.group:
            return slot
        return self.dispatcher.slot(site, min(approval.addresses), host_key(parts.ascii_host))

    async def _fetch(self, request: Request, slot: Slot) -> Response:
        """Fetch in a slot. What a request waits for its turn to leave doesn't count towards the time of its link."""
        self.requests += 1
        begun = self._clock()

        async def leave() -> None:
            ready = self._clock()
            await slot.leave()
            deadline.reschedule((deadline.when() or 0.0) + self._clock() - ready)

        try:
            async with asyncio.timeout(self._policy.bounds.link * request.patience) as deadline:
                return await self._fetcher.fetch(replace(request, group=slot.group, leave=leave))
        except TimeoutError:
            seconds = self._clock() - begun
            return Response(
                Hop(request.url, seconds=seconds, failure=FailureKind.TIMEOUT, detail="the whole link took too long")
            )

    def _record(self, slot: Slot, response: Response, site: str) -> None:
        """Tell the schedule what an answer says about our pace; refuse the rest of a site that must be put off."""
        hop = response.hop
        slot.feedback = said = feedback(hop, response.headers, self._policy)
        if hop.status is not None:
            self.answered += 1
        if site:
            reason = self._waits.record(site, self._clock(), requested_wait(hop, response.headers), said)
            if reason:
                self.dispatcher.refuse_site(site, slot.group, reason)

    def _close_idle(self, group: str) -> None:
        """Close connections of a group that has nothing left to ask, or of the one longest idle where too many are open."""
        schedule = self.dispatcher.schedule
        self._open[group] = None
        self._open.move_to_end(group)
        if schedule.empty(group):
            self._release(group)
        elif len(self._open) > _KEPT:
            self._release(next((idle for idle in self._open if schedule.idle(idle)), group))

    def _release(self, group: str) -> None:
        self._open.pop(group, None)
        self._closing.add(task := asyncio.get_running_loop().create_task(self._fetcher.release(group)))
        task.add_done_callback(self._closing.discard)


def user_agent(contact: str) -> str:
    """The User-Agent of the first pass; `contact` is the collection's repository or address."""
    return f"Mozilla/5.0 (compatible; Listkeeper/{VERSION}{_contact(contact, '; +')})"


def plain_user_agent(contact: str) -> str:
    """The User-Agent of the second pass, for sites that refuse what begins like a browser."""
    return f"Listkeeper/{VERSION}{_contact(contact, ' (+')}{')' if contact else ''}"


def _contact(contact: str, before: str) -> str:
    return f"{before}{contact}" if contact else ""


def _origin(parts: Parts) -> tuple[str, str, int]:
    return parts.scheme, parts.ascii_host, parts.port
