"""The smallest possible client, for testing the web itself: asks the web's resolver, then one host, over a plain blocking socket."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dnslib import QTYPE, RCODE, DNSRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.world import World


@dataclass(frozen=True, slots=True)
class Got:
    """What came back. `headers` have lower-case names; of repeated ones the last is kept."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def url(world: World, variant: str, number: int = 0) -> str:
    """The URL of one of a variant's links."""
    return world.cases[variant][number].url


def lookup(world: World, name: str, kind: str = "A", timeout: float = 5.0) -> tuple[str, list[str]]:
    """The response code's name and the addresses. Raises TimeoutError when there is no answer."""
    address, _, port = world.resolver_address.partition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(timeout)
        sock.sendto(DNSRecord.question(name, kind).pack(), (address, int(port)))
        reply = DNSRecord.parse(sock.recv(4096))
    return RCODE.get(reply.header.rcode), [str(record.rdata) for record in reply.rr if QTYPE.get(record.rtype) == kind]


@contextlib.contextmanager
def connection(world: World, url: str, timeout: float = 10.0) -> Iterator[socket.socket]:
    """An open connection to the host of a URL, TLS verified where it is https."""
    parts = urlsplit(url)
    _, addresses = lookup(world, parts.hostname or "")
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    with socket.create_connection((addresses[0], port), timeout) as sock:
        if parts.scheme == "https":
            with world.client_context().wrap_socket(sock, server_hostname=parts.hostname) as wrapped:
                yield wrapped
        else:
            yield sock


def send(sock: socket.socket, url: str, method: str = "GET", headers: dict[str, str] | None = None) -> None:
    """One request, the target byte for byte as it stands in the URL."""
    parts = urlsplit(url)
    rest = url.partition("#")[0].split("/", 3)
    lines = [f"{method} /{rest[3] if len(rest) > 3 else ''} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    sock.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")


def read(sock: socket.socket, method: str = "GET", most: int = 200_000) -> Got:
    """One answer, at most `most` bytes of it; 1xx answers are passed over. A status of 0 means that none came."""
    data = b""
    while True:
        while b"\r\n\r\n" not in data and len(data) < most:
            piece = sock.recv(65_536)
            if not piece:
                return Got(0, {}, data)
            data += piece
        head, _, data = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("utf-8", "replace").split("\r\n")
        status = int(first.split(" ")[1])
        if status >= 200:
            break
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    wanted = 0 if method == "HEAD" or status in {204, 304} else min(most, int(headers.get("content-length", most)))
    with contextlib.suppress(ConnectionResetError):
        while len(data) < wanted:
            piece = sock.recv(65_536)
            if not piece:
                break
            data += piece
    return Got(status, headers, data[:wanted])


def get(world: World, url: str, method: str = "GET", headers: dict[str, str] | None = None, *, most: int = 200_000) -> Got:
    """Ask once, on a connection of its own."""
    with connection(world, url) as sock:
        send(sock, url, method, headers)
        return read(sock, method, most)
