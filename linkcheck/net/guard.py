"""Resolve host names, as a rule once per run, and refuse private addresses.

Connections are opened to the approved addresses, never to a name: a second lookup could return another machine (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

from linkcheck.model import FailureKind
from linkcheck.net.dns import Answer, Resolver
from linkcheck.net.proxy import Proxies
from linkcheck.urls.hosts import Network, is_private, private_host
from linkcheck.urls.hosts import address as ip_address

# Special-purpose ranges (IANA) that some supported Python versions call global.
_SPECIAL = tuple(IPv6Network(ip) for ip in ("2001::/32", "3fff::/20", "5f00::/16"))

_KEPT = 10_000
"""Maximum number of look-ups that are kept."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The addresses of a host to try, in order; or the failure."""

    addresses: tuple[str, ...] = ()
    failure: FailureKind | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _CachedHost:
    """A cached lookup; `until` is on the guard's clock."""

    until: float
    answer: Answer
    approval: Approval


def is_public(address: str, allow: Iterable[Network] = ()) -> bool:
    """Whether an IP address is public, or in one of the `allow` networks. False for a text that is no address.

    Not public: loopback, private, link-local, carrier-grade NAT, multicast, documentation and reserved addresses, IPv6 addresses
    that embed such an IPv4 address (mapped, NAT64, 6to4), Teredo, and addresses with a zone.
    """
    try:
        ip = IPv6Address(address) if ":" in address else IPv4Address(address)
    except AddressValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.scope_id is not None:
        return False
    networks = tuple(allow)
    if any(ip.version == network.version and ip in network for network in networks):
        return True
    return not is_private(ip, networks) and not (isinstance(ip, IPv6Address) and any(ip in network for network in _SPECIAL))


def interleaved(addresses: Iterable[str]) -> tuple[str, ...]:
    """Distinct addresses, IPv6 and IPv4 alternating, IPv6 first, each family in its order (RFC 8305 section 4)."""
    distinct = dict.fromkeys(addresses)
    six = [ip for ip in distinct if ":" in ip]
    four = [ip for ip in distinct if ":" not in ip]
    paired = [ip for pair in zip(six, four, strict=False) for ip in pair]
    both = min(len(six), len(four))
    return (*paired, *six[both:], *four[both:])


class Guard:
    """Approves the addresses of hosts. Networks in `allow` count as public; the latest answers are cached for `ttl` seconds."""

    def __init__(
        self,
        resolver: Resolver,
        allow: Iterable[Network] = (),
        *,
        ttl: float = 3600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolver = resolver
        self._allow = tuple(allow)
        self._ttl = ttl
        self._clock = clock
        self._proxies = Proxies()
        self._pending: dict[str, asyncio.Task[_CachedHost]] = {}
        self._cached: dict[str, _CachedHost] = {}

    def use_proxies(self, proxies: Proxies) -> None:
        """Set the proxies: hosts reached through one are not resolved, and refused only if written as a private address."""
        self._proxies = proxies

    async def approve(self, host: str, port: int, *, scheme: str = "", fresh: bool = False) -> Approval:
        """The addresses to connect to for a host (ASCII; IPv6 without brackets), without private ones. Never raises.

        `fresh` repeats a lookup that failed before. For a host behind a proxy the name itself is returned.
        """
        if private_host(host, self._allow) or ((ip := ip_address(host)) and not is_public(str(ip), self._allow)):
            return Approval(failure=FailureKind.PRIVATE_ADDRESS, detail=f"{host}, port {port}: a private address")
        if ip_address(host) or self._proxies.choose(scheme or ("https" if port == 443 else "http"), host, port):
            return Approval((host,))
        return (await self._lookup(host, fresh=fresh)).approval

    async def lookup(self, host: str) -> Answer:
        """The resolver's answer with private addresses included, for the host of a proxy, which the user chose."""
        if ip_address(host):
            return Answer((host,))
        return (await self._lookup(host, fresh=False)).answer

    def forget(self, host: str) -> None:
        """Drop a host from the cache."""
        self._cached.pop(host, None)

    async def aclose(self) -> None:
        """Cancel pending lookups and close the resolver."""
        pending = list(self._pending.values())
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        self._resolver.close()

    async def _lookup(self, host: str, *, fresh: bool) -> _CachedHost:
        cached = self._cached.get(host)
        if cached is not None and cached.until > self._clock() and not (fresh and cached.answer.failure is not None):
            return cached
        pending = self._pending.get(host)
        if pending is None:
            pending = self._pending[host] = asyncio.ensure_future(self._resolve(host))
        # Cancelling one link must not cancel the lookup for others that wait for it.
        return await asyncio.shield(pending)

    async def _resolve(self, host: str) -> _CachedHost:
        try:
            answer = await self._resolver.resolve(host)
            self._cached.pop(host, None)  # the latest come last
            cached = self._cached[host] = _CachedHost(self._clock() + self._ttl, answer, self._approval_of(host, answer))
            if len(self._cached) > _KEPT:
                del self._cached[next(iter(self._cached))]
        finally:
            del self._pending[host]
        return cached

    def _approval_of(self, host: str, answer: Answer) -> Approval:
        if answer.failure is not None:
            return Approval(failure=answer.failure, detail=answer.detail)
        approved = interleaved(ip for ip in answer.addresses if is_public(ip, self._allow))
        if approved:
            return Approval(approved)
        if not answer.addresses:
            return Approval(failure=FailureKind.DNS_FAILURE, detail="the name exists, but has no address")
        return Approval(failure=FailureKind.PRIVATE_ADDRESS, detail=f"{host} leads to {answer.addresses[0]}, a private address")
