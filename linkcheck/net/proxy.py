"""Choose the proxy of a request from the proxy settings. Pure."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network

import httpx

from linkcheck.urls.hosts import address

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy. `authorization` is the value of Proxy-Authorization or ""; `flaw` says why the proxy can't be used, or is ""."""

    scheme: str
    host: str
    port: int
    authorization: str = ""
    flaw: str = ""


class Proxies:
    """The proxies of a run. `settings` maps the schemes "http" and "https" to proxy URLs, and "no" to a `no_proxy` list."""

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        settings = settings or {}
        self._by_scheme = {
            scheme: parse_proxy(url) for scheme in ("http", "https") if (url := settings.get(scheme, "").strip())
        }
        self._direct = settings.get("no", "")

    def choose(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy for a request, or None for a direct connection."""
        proxy = self._by_scheme.get(scheme)
        return None if proxy is None or bypasses(host, port, self._direct) else proxy


def parse_proxy(url: str) -> Proxy:
    """A proxy from its URL, by default `http://`. Never raises: for a bad URL the proxy has a `flaw`."""
    try:
        proxy = httpx.Proxy(url if "://" in url else f"http://{url}")
    except httpx.InvalidURL:  # its message may quote a password
        return Proxy("", "", 0, flaw="the proxy's URL can't be read (no such host or port)")
    except ValueError:  # a scheme that httpx doesn't know
        return _unsupported(url.partition("://")[0])
    scheme, host = proxy.url.scheme, proxy.url.host
    if scheme not in _PORTS:
        return _unsupported(scheme)
    port = proxy.url.port or _PORTS[scheme]
    if port > 65535 or "%" in host:
        return Proxy(scheme, "", 0, flaw="the proxy's URL can't be read (no such host or port)")
    if not host:
        return Proxy(scheme, host, port, flaw="the proxy's URL names no host")
    authorization = f"Basic {b64encode(b':'.join(proxy.raw_auth)).decode('ascii')}" if proxy.raw_auth else ""
    return Proxy(scheme, host, port, authorization)


def _unsupported(scheme: str) -> Proxy:
    if _SCHEME.fullmatch(scheme) is None:  # it may be part of a password
        return Proxy("", "", 0, flaw="the proxy's URL can't be read (no such scheme)")
    return Proxy(scheme, "", 0, flaw=f"{scheme}:// proxies are not supported, only http:// and https:// ones")


def bypasses(host: str, port: int, direct: str) -> bool:
    """Whether a `no_proxy` list matches a host: by name (subdomains included), address, network, `host:port` or `*`."""
    name = host.removesuffix(".").lower()
    return any(_matches(item, name, port) for item in direct.lower().replace(",", " ").split())


def _matches(item: str, name: str, port: int) -> bool:
    if item == "*":
        return True
    ip = address(name)
    if ip is not None:
        try:
            return ip in ip_network(item.strip("[]"), strict=False)
        except ValueError:
            pass
    item_host, colon, item_port = item.rpartition(":")
    if colon and item_port.isdecimal():
        if int(item_port) != port:
            return False
        item = item_host
    item = item.strip("[]").removeprefix("*").removeprefix(".")
    return bool(item) and (name == item or name.endswith(f".{item}"))
