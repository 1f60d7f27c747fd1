"""Request and response of one hop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from linkcheck.model import FailureKind, Hop
from linkcheck.net.headers import media_type
from linkcheck.net.proxy import Proxy
from linkcheck.policy import Bounds
from linkcheck.urls import Parts

_OWN_HEADERS = (
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Accept-Language", "en,*;q=0.5"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `headers` replace our default headers of the same name.

    `body_bytes` and `first_byte` (seconds until the answer's head is complete) default to the bounds of the fetcher; `patience`
    multiplies all time limits. `weigh` gives how many of an HTML body's bytes count towards `body_bytes`. Requests of one `group`
    share connections. `fresh` opens a new connection, and repeats the DNS lookup of a host that failed before. `leave` is awaited
    when the connection is open, before the request is sent.
    """

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body_bytes: int | None = None
    first_byte: float | None = None
    patience: float = 1.0
    cookies: str = ""
    group: str = ""
    fresh: bool = False
    content: bytes = b""
    weigh: Callable[[bytes], int] | None = None
    leave: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """The result of a `Request`.

    `headers` have lower-case names. `body` is decoded and Content-Encoding removed; if its coding isn't supported (br, zstd, ...),
    `coding` names it and `body` is raw. `complete` says whether `body` is the whole body. If not, `broken` is the failure, or None
    if reading was stopped on purpose (enough bytes, or a binary file).
    """

    hop: Hop
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    complete: bool = False
    broken: FailureKind | None = None
    coding: str = ""

    def header(self, name: str) -> str:
        """The first value of a header, "" if missing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters, "" if missing."""
        return media_type(self.header("content-type"))


class PreparedRequest:
    """A request with its origin, target, headers and limits.

    `address` is set to the IP address it connects to, `http1` to whether a TLS server agreed to HTTP/1.1 there.
    Through a `proxy` for plain HTTP the target is the whole URL (RFC 9112 section 3.2.2).
    """

    def __init__(self, request: Request, parts: Parts, bounds: Bounds, agent: str, proxy: Proxy | None) -> None:
        self.method = request.method
        self.content = request.content
        self.origin = (parts.scheme, parts.ascii_host, parts.port)
        self.proxied = proxy is not None and parts.scheme == "http"
        self.target = parts.url.encode("ascii") if self.proxied else parts.target
        self.patience = request.patience
        self.first_byte = (bounds.first_byte if request.first_byte is None else request.first_byte) * request.patience
        self.body_seconds = bounds.body * request.patience
        self.body_bytes = bounds.body_bytes if request.body_bytes is None else request.body_bytes
        self.weigh = request.weigh
        self.leave = request.leave
        # An uncompressed body may be as long as the caller allows.
        self.decoded_bytes = max(bounds.decoded_bytes, self.body_bytes)
        self.fresh_lookup = request.fresh
        # A reused connection may turn out closed, and only GET and HEAD may be repeated.
        self.new_connection = request.fresh or request.method not in {"GET", "HEAD"}
        self.address = ""
        self.http1 = False
        self.headers = _headers(request, parts, agent, proxy.authorization if proxy is not None and self.proxied else "")


def _headers(request: Request, parts: Parts, agent: str, authorization: str) -> list[tuple[bytes, bytes]]:
    defaults = [("Host", parts.netloc), ("User-Agent", agent), *_OWN_HEADERS]
    if request.cookies:
        defaults.append(("Cookie", request.cookies))
    if authorization:
        defaults.append(("Proxy-Authorization", authorization))
    if request.content or request.method in {"POST", "PUT", "PATCH"}:
        defaults.append(("Content-Length", str(len(request.content))))
    overridden = {name.lower() for name, _ in request.headers}
    headers = [*(pair for pair in defaults if pair[0].lower() not in overridden), *request.headers]
    return [(name.encode("utf-8"), value.encode("utf-8")) for name, value in headers]
