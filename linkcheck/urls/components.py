"""Split URLs into components (RFC 3986 section 3), as written and as sent. Pure; nothing here raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from linkcheck.urls.hosts import ascii_host

DEFAULT_PORTS = {"http": 80, "https": 443}

_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_PORT = re.compile(r"[0-9]{1,5}")
_UNSENDABLE = re.compile(r"[^!-~]+")
_NOT_IN_PATHS = re.compile(r"(?:[^!-~]|[\"<>^`{}])+")
_NOT_IN_QUERIES = re.compile(r"(?:[^!-~]|[\"'<>^`{}])+")
"""What browsers encode (WHATWG URL, path and special-query percent-encode sets), and braces, ^ and back-tick in queries, too."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a URL as written (RFC 3986 appendix B). None for an absent one; `path` is never absent."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


@dataclass(frozen=True, slots=True)
class Authority:
    """The parts of an authority as written. `host` keeps its brackets; `port` is None without a colon, "" if nothing follows it."""

    userinfo: str | None
    host: str
    port: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A web URL, ready to be requested.

    `ascii_host` is for DNS, TLS and the Host header (an IPv6 address without brackets), `port` the port to connect to. `target` is
    the request target: path and query as written, with only characters percent-encoded that browsers encode, too.
    """

    scheme: str
    userinfo: str
    host: str
    ascii_host: str
    port: int
    target: bytes
    fragment: str

    @property
    def netloc(self) -> str:
        """The value of the Host header (RFC 9110 section 7.2): IPv6 in brackets, the port unless it is the default."""
        host = f"[{self.ascii_host}]" if ":" in self.ascii_host else self.ascii_host
        return host if self.port in {0, DEFAULT_PORTS.get(self.scheme)} else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL as requested: ASCII, without user information and fragment."""
        return f"{self.scheme}://{self.netloc}{self.target.decode('ascii')}"


def split_url(url: str) -> Components:
    """The components of any text; the scheme in lower case, the rest as written."""
    match = _URL.fullmatch(url)
    if match is None:  # never: the pattern matches every text
        return Components(None, None, url, None, None)
    scheme, authority, path, query, fragment = match.groups()
    return Components(scheme.lower() if scheme else None, authority, path or "", query, fragment)


def split_authority(text: str) -> Authority:
    """User information, host and port of an authority (RFC 3986 section 3.2). The last `@` ends the user information."""
    userinfo, at, rest = text.rpartition("@")
    if rest.startswith("["):
        end = rest.find("]") + 1 or len(rest)
        host, tail = rest[:end], rest[end:]
        if tail and not tail.startswith(":"):
            host, tail = rest, ""
        port = tail[1:] if tail else None
    else:
        host, colon, after = rest.partition(":")
        port = after if colon else None
    return Authority(userinfo if at else None, host, port)


def port_number(text: str | None, scheme: str) -> int | None:
    """The port to connect to: by default the scheme's (0 for a scheme without one); None for an invalid port."""
    if not text:
        return DEFAULT_PORTS.get(scheme, 0)
    digits = text.lstrip("0") if text.isascii() else ""
    return int(digits) if _PORT.fullmatch(digits) and 0 < int(digits) < 65536 else None


def sendable(text: str) -> str:
    """The text with spaces, control and non-ASCII characters percent-encoded as UTF-8, the rest unchanged."""
    if text.isascii() and _UNSENDABLE.search(text) is None:
        return text
    return _UNSENDABLE.sub(lambda run: percent_encoded(run[0]), text)


def sendable_path(text: str) -> str:
    """A path as browsers send it: backslashes as slashes, other characters that RFC 3986 doesn't allow percent-encoded."""
    return _NOT_IN_PATHS.sub(lambda run: percent_encoded(run[0]), text.replace("\\", "/") if "\\" in text else text)


def sendable_query(text: str) -> str:
    """A query as browsers send it, with characters percent-encoded that RFC 3986 doesn't allow."""
    return _NOT_IN_QUERIES.sub(lambda run: percent_encoded(run[0]), text)


def percent_encoded(text: str) -> str:
    """Every character percent-encoded as UTF-8; a lone surrogate becomes U+FFFD (WHATWG Encoding)."""
    return "".join(f"%{byte:02X}" for byte in _SURROGATE.sub("\ufffd", text).encode())


def web(url: str) -> bool:
    """Whether a text begins with `http:` or `https:` in any case; the rest may still be invalid."""
    return url[:5].lower() == "http:" or url[:6].lower() == "https:"


@lru_cache(maxsize=4096)
def split(url: str) -> Parts:
    """The parts of a web URL. For a URL with faults they are a best effort; never raises."""
    parts = split_url(url.rstrip())
    scheme = parts.scheme or ""
    authority = split_authority(parts.authority or "")
    path = sendable_path(parts.path)
    target = path if parts.query is None else f"{path}?{sendable_query(parts.query)}"
    if not target.startswith("/"):
        target = f"/{target}"
    return Parts(
        scheme=scheme,
        userinfo=authority.userinfo or "",
        host=authority.host,
        ascii_host=ascii_host(authority.host) or sendable(authority.host.lower()),
        port=port_number(authority.port, scheme) or DEFAULT_PORTS.get(scheme, 0),
        target=target.encode("ascii"),
        fragment=parts.fragment or "",
    )


def fetch_key(url: str) -> str:
    """A key that links share if they are the same request: scheme and host in lower case and ASCII, no default port, no fragment.

    Path and query stay as written, since `%2F` and `%2f`, `/a/../b`, `+`, `;` and case may differ for a server; an empty path
    becomes `/`. A text that is no web URL with a host is its own key.
    """
    if not web(url):
        return url
    parts = split(url)
    return parts.url if ascii_host(parts.host) else url
