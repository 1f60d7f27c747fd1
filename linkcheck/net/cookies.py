"""The cookies of one redirect chain. Each chain has its own jar, so no cookie passes from one link to another.

A small part of RFC 6265: name and value, host-only or a `Domain` on the same registrable domain, `Secure`, and deletion by
`Max-Age`. Paths and dates are ignored: a chain lasts seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from linkcheck.urls import host_key

_MAX_COOKIES = 50
_MAX_LENGTH = 4096


class CookieJar:
    """Stores the cookies of a redirect chain and gives the header for each request."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def store(self, url: str, headers: Iterable[tuple[str, str]]) -> None:
        """Store the `Set-Cookie` headers of an answer from `url`; malformed ones and those for other sites are ignored."""
        for name, value in headers:
            if name.lower() == "set-cookie" and len(value) <= _MAX_LENGTH and len(self._cookies) < _MAX_COOKIES:
                self._set((urlsplit(url).hostname or "").lower(), value)

    def header(self, url: str) -> str:
        """The value of `Cookie` for a request to `url`, or ""."""
        if not self._cookies:
            return ""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return "; ".join(
            f"{name}={value}"
            for (domain, name), (value, host_only, secure) in self._cookies.items()
            if (host == domain or (not host_only and host.endswith(f".{domain}"))) and (parts.scheme == "https" or not secure)
        )

    def _set(self, host: str, text: str) -> None:
        pair, *rest = text.split(";")
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or any(ord(char) < 32 or ord(char) > 126 for char in pair):
            return
        attributes = {key.strip().lower(): attribute.strip() for key, _, attribute in (part.partition("=") for part in rest)}
        domain = attributes.get("domain", "").lstrip(".").lower()
        if domain and (host_key(domain) != host_key(host) or not (host == domain or host.endswith(f".{domain}"))):
            return
        key = (domain or host, name.strip())
        if attributes.get("max-age", "").lstrip("0") == "" and "max-age" in attributes:
            self._cookies.pop(key, None)
        else:
            self._cookies[key] = (value.strip(), not domain, "secure" in attributes)
