"""Requests through a proxy: whole URLs for http, tunnels for https; failures of the proxy are never a site's."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress

import pytest
import trustme

from linkcheck.model import FailureKind
from linkcheck.net.http import Request
from linkcheck.net.proxy import Proxies, bypasses, parse_proxy
from tests.net.scripted import SHORT, Script, Talk, answering, closing, fetching, forever, page, serving

pytestmark = pytest.mark.anyio


def tunnel(port: int, answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n") -> Script:
    """A proxy that connects every CONNECT to one loopback port."""

    async def script(talk: Talk) -> None:
        if not await talk.request():
            return
        await talk.send(answer)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                while data := await source.read(4096):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        await asyncio.gather(copy(talk.reader, writer), copy(reader, talk.writer))

    return script


async def test_http_sends_the_whole_url_to_the_proxy() -> None:
    async with (
        serving(answering(page(b"by proxy"))) as proxy,
        fetching(proxies={"http": f"http://u:p%40@127.0.0.1:{proxy.port}"}) as fetcher,
    ):
        reply = await fetcher.fetch(Request("http://site.example/a/../b?q#f"))
    assert (reply.hop.status, reply.body) == (200, b"by proxy")
    assert proxy.targets == [b"http://site.example/a/../b?q"]
    assert b"\r\nHost: site.example\r\n" in proxy.heads[0]
    assert b"\r\nProxy-Authorization: Basic dTpwQA==\r\n" in proxy.heads[0]


async def test_https_uses_a_tunnel_and_verifies_the_site() -> None:
    authority = trustme.CA()
    server_side, client_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("site.example").configure_cert(server_side)
    authority.configure_trust(client_side)
    async with serving(answering(page(b"secret")), tls=server_side) as site, serving(tunnel(site.port)) as proxy:
        proxies = {"https": f"http://u:p@127.0.0.1:{proxy.port}"}
        async with fetching(proxies=proxies, ssl_context=client_side) as fetcher:
            good = await fetcher.fetch(Request("https://site.example/x"))
            bad = await fetcher.fetch(Request("https://other.example/x"))
    assert (good.hop.status, good.body) == (200, b"secret")
    assert bad.hop.failure is FailureKind.TLS_WRONG_NAME
    assert proxy.heads[0].startswith(
        b"CONNECT site.example:443 HTTP/1.1\r\nHost: site.example:443\r\nProxy-Authorization: Basic dTpw\r\n"
    )
    assert site.targets == [b"/x"]
    assert b"Proxy-Authorization" not in site.heads[0]


async def test_a_proxy_with_tls() -> None:
    authority = trustme.CA()
    server_side, client_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("site.example", "127.0.0.1").configure_cert(server_side)
    authority.configure_trust(client_side)
    async with (
        serving(answering(page(b"both")), tls=server_side) as site,
        serving(tunnel(site.port), tls=server_side) as proxy,
        fetching(proxies={"https": f"https://127.0.0.1:{proxy.port}"}, ssl_context=client_side) as fetcher,
    ):
        reply = await fetcher.fetch(Request("https://site.example/x"))
    assert (reply.hop.status, reply.body) == (200, b"both")


@pytest.mark.parametrize(
    "status", ["407 Proxy Authentication Required", "502 Bad Gateway", "503 Service Unavailable", "403 Forbidden"]
)
async def test_a_refused_tunnel_is_a_failure_of_the_proxy(status: str) -> None:
    async with serving(closing(page(b"", status))) as proxy, fetching(proxies={"https": f"127.0.0.1:{proxy.port}"}) as fetcher:
        reply = await fetcher.fetch(Request("https://site.example/"))
    assert (reply.hop.status, reply.hop.failure) == (None, FailureKind.PROXY)
    assert status[:3] in reply.hop.detail


@pytest.mark.parametrize("script", [closing(b""), closing(b"junk\r\n\r\n"), forever])
async def test_a_tunnel_that_does_not_open_is_a_failure_of_the_proxy(script: Script) -> None:
    async with serving(script) as proxy, fetching(SHORT, proxies={"https": f"http://127.0.0.1:{proxy.port}"}) as fetcher:
        reply = await fetcher.fetch(Request("https://site.example/"))
    assert reply.hop.failure is FailureKind.PROXY


@pytest.mark.parametrize(
    ("answer", "failure", "status"),
    [
        (page(b"", "407 Proxy Authentication Required"), FailureKind.PROXY, None),
        (page(b"", "503 Service Unavailable", "X-Squid-Error: ERR_DNS_FAIL 0"), FailureKind.PROXY, None),
        (page(b"", "502 Bad Gateway", "Proxy-Status: p; error=dns_error"), FailureKind.PROXY, None),
        (page(b"", "503 Service Unavailable"), None, 503),
        (page(b"", "404 Not Found", "X-Squid-Error: ERR"), None, 404),
    ],
)
async def test_errors_of_the_proxy_over_plain_http(answer: bytes, failure: FailureKind | None, status: int | None) -> None:
    async with serving(closing(answer)) as proxy, fetching(proxies={"http": f"http://127.0.0.1:{proxy.port}"}) as fetcher:
        reply = await fetcher.fetch(Request("http://site.example/"))
    assert (reply.hop.failure, reply.hop.status) == (failure, status)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "http://no-such-proxy.example:3128", "socks5://127.0.0.1:1080", "http://", "http://[x"]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_an_unusable_proxy_is_reported(url: str, scheme: str) -> None:
    async with fetching(proxies={scheme: url}) as fetcher:
        reply = await fetcher.fetch(Request(f"{scheme}://site.example/"))
    assert reply.hop.failure is FailureKind.PROXY
    assert fetcher.requests == 0


@pytest.mark.parametrize(
    "url",
    ["http://user:s3cret@127.0.0.1:1", "user:s3cret", "http://user:s3cret", "user:s3cret@socks5://h", "http://u:s3cret@[h"],
)
async def test_the_password_of_a_proxy_is_in_no_message(url: str) -> None:
    async with fetching(proxies={"https": url}) as fetcher:
        reply = await fetcher.fetch(Request("https://site.example/"))
    assert reply.hop.failure is FailureKind.PROXY
    assert "s3cret" not in reply.hop.detail


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://169.254.169.254/", "http://[fd00::1]/", "http://localhost.localdomain/"]
)
async def test_private_literals_are_refused_with_a_proxy_too(url: str) -> None:
    from linkcheck.net.guard import Guard
    from linkcheck.net.http import Fetcher
    from tests.net.scripted import Names

    async with serving(answering(page())) as proxy:
        guard = Guard(Names())
        fetcher = Fetcher(guard, SHORT, user_agent="t", proxies={"http": f"http://127.0.0.1:{proxy.port}"})
        reply = await fetcher.fetch(Request(url))
        await fetcher.aclose()
    assert reply.hop.failure is FailureKind.PRIVATE_ADDRESS
    assert proxy.connections == 0


async def test_hosts_in_no_proxy_are_requested_directly() -> None:
    async with (
        serving(answering(page(b"direct"))) as site,
        fetching(proxies={"http": "http://127.0.0.1:1", "no": "127.0.0.0/8"}) as fetcher,
    ):
        reply = await fetcher.fetch(Request(site.url("/x")))
    assert reply.body == b"direct"
    assert site.targets == [b"/x"]


@pytest.mark.parametrize(
    ("host", "port", "direct", "named"),
    [
        ("a.example", 80, "", False), ("a.example", 80, "*", True), ("a.example", 80, "example", True), ("a.example", 80, ".example", True),
        ("a.example", 80, "b.example, A.EXAMPLE", True), ("xa.example", 80, "a.example", False), ("a.example.", 80, "a.example", True),
        ("a.example", 80, "*.example", True), ("a.example", 80, "a.example:80", True), ("a.example", 81, "a.example:80", False),
        ("10.1.2.3", 80, "10.0.0.0/8", True), ("10.1.2.3", 80, "10.1.2.3", True), ("10.1.2.3", 80, "10.1.2.3:80", True),
        ("11.1.2.3", 80, "10.0.0.0/8", False), ("::1", 80, "::1", True), ("::1", 80, "[::1]", True), ("a.example", 80, "10.0.0.0/8", False),
        ("a.example", 80, " , ", False), ("a.example", 80, ".", False),
    ],
)  # fmt: skip
def test_no_proxy_lists(host: str, port: int, direct: str, named: bool) -> None:
    assert bypasses(host, port, direct) is named


def test_each_scheme_has_its_proxy() -> None:
    proxies = Proxies({"http": "one:1", "https": "https://two"})
    plain, secure = proxies.choose("http", "a.example", 80), proxies.choose("https", "a.example", 443)
    assert plain is not None
    assert secure is not None
    assert (plain.scheme, plain.host, plain.port) == ("http", "one", 1)
    assert (secure.scheme, secure.host, secure.port) == ("https", "two", 443)
    assert Proxies(None).choose("http", "a.example", 80) is None


@pytest.mark.parametrize("url", ["socks5://h:1", "http://", "http://[x", "http://h:99999", "ftp://h"])
def test_a_bad_proxy_url_has_a_flaw(url: str) -> None:
    assert parse_proxy(url).flaw
