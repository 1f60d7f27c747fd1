"""What is asked in one hop, and what came of it."""

from __future__ import annotations

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
    """One request. Headers given here win over our own of the same name.

    `body_bytes` and `first_byte` (seconds until the whole head of the answer is there) are the bounds' own where None;
    `patience` multiplies every duration. `group` is the host queue that the hop belongs to: its connections are shared.
    `fresh` asks for a new connection, and for a new look-up of a name that failed.
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


@dataclass(frozen=True, slots=True)
class Response:
    """What came of an `Request`.

    `headers` have lower-case names and describe `body` as it is here: Content-Encoding is left out once it is undone; `coding`
    names one that isn't (br, zstd, or unknown), the body is raw then. `complete` says that the whole body is here. Where it
    isn't, `broken` tells why, or is None where we stopped by ourselves (enough bytes, or a file whose bytes tell nothing).
    """

    hop: Hop
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    complete: bool = False
    broken: FailureKind | None = None
    coding: str = ""

    def header(self, name: str) -> str:
        """The first value of a header, "" where it is missing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters, "" where none is stated."""
        return media_type(self.header("content-type"))


class PreparedRequest:
    """How one hop goes out: origin, request target and bounds; and what is learnt on the way (the address it led to).

    With a `proxy` for plain HTTP the whole URL is the target (RFC 9112 section 3.2.2).
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
        # A body that isn't compressed may be as long as the caller wants it.
        self.decoded_bytes = max(bounds.decoded_bytes, self.body_bytes)
        self.fresh_lookup = request.fresh
        # A kept connection may turn out dead, and only what may be asked twice can then be asked again.
        self.new_connection = request.fresh or request.method not in {"GET", "HEAD"}
        self.address = ""
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
