"""TLS: verification of the name, and causes of failed handshakes."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from linkcheck.model import FailureKind
from linkcheck.net.http import Request, tls_context
from linkcheck.net.http.tls import HandshakeInfo, handshake_failure
from tests.net.scripted import SHORT, Talk, answering, fetching, forever, page, serving

pytestmark = pytest.mark.anyio

NAME = "a.example"
NAMES = {NAME: ("127.0.0.1",)}
AUTHORITY = trustme.CA()
STRANGER = trustme.CA()


def trusting_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    context.set_alpn_protocols(["http/1.1"])
    return context


def server_context(leaf: trustme.LeafCert, certificates: int | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with leaf.private_key_pem.tempfile() as key:
        chain = trustme.Blob(b"".join(pem.bytes() for pem in leaf.cert_chain_pems[:certificates]))
        with chain.tempfile() as path:
            context.load_cert_chain(path, key)
    return context


def self_signed() -> ssl.SSLContext:
    """An authority's own certificate, used as a server's."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(private + made.public_bytes(pem)).tempfile() as path:
        context.load_cert_chain(path)
    return context


def contexts() -> dict[str, tuple[ssl.SSLContext, FailureKind, str]]:
    now = datetime.now(UTC)
    day = timedelta(days=1)
    child = AUTHORITY.create_child_ca()
    return {
        "expired": (
            server_context(AUTHORITY.issue_cert(NAME, not_before=now - 9 * day, not_after=now - day)),
            FailureKind.TLS_EXPIRED,
            "expired",
        ),
        "not yet valid": (
            server_context(AUTHORITY.issue_cert(NAME, not_before=now + day)),
            FailureKind.TLS_EXPIRED,
            "not valid yet",
        ),
        "wrong name": (server_context(AUTHORITY.issue_cert("b.example")), FailureKind.TLS_WRONG_NAME, "another host name"),
        "self-signed": (self_signed(), FailureKind.TLS_SELF_SIGNED, "self-signed"),
        "leaf only": (server_context(child.issue_cert(NAME), 1), FailureKind.TLS_UNKNOWN_ISSUER, "sends only its own"),
        "unknown with its chain": (
            server_context(STRANGER.create_child_ca().issue_cert(NAME)),
            FailureKind.TLS_UNKNOWN_ISSUER,
            "unknown issuer or missing intermediate",
        ),
    }


CONTEXTS = contexts()


async def test_a_trusted_certificate_and_the_name_in_sni() -> None:
    asked: list[str | None] = []
    context = server_context(AUTHORITY.create_child_ca().issue_cert(NAME))
    context.sni_callback = lambda _socket, name, _context: asked.append(name)  # type: ignore[assignment]
    async with (
        serving(answering(page()), tls=context) as server,
        fetching(names=NAMES, ssl_context=trusting_context()) as fetcher,
    ):
        first, again = [await fetcher.fetch(Request(server.url("/", host, "https"))) for host in (NAME, NAME)]
    assert (first.hop.status, again.hop.status, first.hop.address) == (200, 200, "127.0.0.1")
    assert asked == [NAME]


async def test_an_address_is_verified_as_an_address() -> None:
    context = server_context(AUTHORITY.issue_cert("127.0.0.1"))
    async with serving(answering(page()), tls=context) as server, fetching(ssl_context=trusting_context()) as fetcher:
        good = await fetcher.fetch(Request(server.url("/", "127.0.0.1", "https")))
        bad = await fetcher.fetch(Request(server.url("/", "127.0.0.2", "https")))
    assert good.hop.status == 200
    assert bad.hop.failure in {
        FailureKind.TLS_WRONG_NAME,
        FailureKind.REFUSED,
    }  # on systems where only 127.0.0.1 is loopback


@pytest.mark.parametrize("kind", CONTEXTS)
async def test_an_untrusted_certificate_is_explained_and_nothing_is_sent(kind: str) -> None:
    context, failure, words = CONTEXTS[kind]
    said: list[bytes] = []

    async def script(talk: Talk) -> None:
        said.append(await talk.request())

    async with serving(script, tls=context) as server, fetching(names=NAMES, ssl_context=trusting_context()) as fetcher:
        reply = await fetcher.fetch(Request(server.url("/secret", NAME, "https")))
    assert reply.hop.failure is failure
    assert words in reply.hop.detail
    assert reply.hop.address == "127.0.0.1"
    assert (b"".join(said), fetcher.requests) == (b"", 0)


@contextmanager
def blocking(context: ssl.SSLContext) -> Iterator[int]:
    """A TLS server with blocking sockets: asyncio's closes before it sends its alert."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(connection, server_side=True) as tls:
                    tls.recv(1)
            except OSError:
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def old() -> ssl.SSLContext:
    context = server_context(AUTHORITY.issue_cert(NAME))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


async def test_tls_1_0_only() -> None:
    with blocking(old()) as port:
        async with fetching(names=NAMES, ssl_context=trusting_context()) as fetcher:
            reply = await fetcher.fetch(Request(f"https://{NAME}:{port}/"))
        await asyncio.sleep(0.05)  # aborted connections are closed in the next iteration
    assert reply.hop.failure is FailureKind.TLS_TOO_OLD
    assert "TLS" in reply.hop.detail


async def test_tls_1_0_only_without_an_alert() -> None:
    async with serving(forever, tls=old()) as server, fetching(names=NAMES, ssl_context=trusting_context()) as fetcher:
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert reply.hop.failure is FailureKind.TLS_TOO_OLD


async def reset(talk: Talk) -> None:
    await talk.reader.read(1)
    talk.reset()


async def close(talk: Talk) -> None:
    await talk.reader.read(1)


async def plain(talk: Talk) -> None:
    await talk.reader.read(1)
    await talk.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await asyncio.sleep(0.1)


async def alert(talk: Talk) -> None:
    await talk.reader.read(1)
    await talk.send(b"\x15\x03\x03\x00\x02\x02\x28")  # fatal, handshake_failure
    await asyncio.sleep(0.1)


async def silent(talk: Talk) -> None:
    await talk.reader.read(1)
    await asyncio.sleep(3600)


@pytest.mark.parametrize(
    ("script", "failure", "connections"),
    [
        (reset, FailureKind.RESET, 1),
        (close, FailureKind.RESET, 2),
        (plain, FailureKind.TLS_FAILED, 1),
        (alert, FailureKind.TLS_FAILED, 2),
        (silent, FailureKind.TIMEOUT, 1),
    ],
)
async def test_failing_handshakes(script, failure: FailureKind, connections: int) -> None:
    async with serving(script) as server, fetching(SHORT, names=NAMES, ssl_context=trusting_context()) as fetcher:
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert reply.hop.failure is failure
    assert server.connections == connections


def asking(newest: ssl.TLSVersion) -> ssl.SSLContext:
    """The context of a server that wants a client certificate."""
    context = server_context(AUTHORITY.issue_cert(NAME))
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = newest
    AUTHORITY.configure_trust(context)
    return context


NEWEST = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


@pytest.mark.parametrize("newest", NEWEST, ids=str)
async def test_a_server_that_asks_for_a_client_certificate_and_closes(newest: ssl.TLSVersion) -> None:
    async with (
        serving(answering(page()), tls=asking(newest)) as server,
        fetching(names=NAMES, ssl_context=trusting_context()) as fetcher,
    ):
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert reply.hop.failure is FailureKind.CLIENT_CERTIFICATE
    assert "client certificate" in reply.hop.detail


@pytest.mark.parametrize("newest", NEWEST, ids=str)
async def test_a_server_that_asks_for_a_client_certificate_and_alerts(newest: ssl.TLSVersion) -> None:
    with blocking(asking(newest)) as port:
        async with fetching(names=NAMES, ssl_context=trusting_context()) as fetcher:
            reply = await fetcher.fetch(Request(f"https://{NAME}:{port}/"))
        await asyncio.sleep(0.05)
    assert reply.hop.failure is FailureKind.CLIENT_CERTIFICATE


async def test_a_certificate_that_is_only_wished_for_is_no_failure() -> None:
    context = asking(ssl.TLSVersion.TLSv1_3)
    context.verify_mode = ssl.CERT_OPTIONAL
    async with (
        serving(answering(page()), tls=context) as server,
        fetching(names=NAMES, ssl_context=trusting_context()) as fetcher,
    ):
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert (reply.hop.status, server.connections) == (200, 1)


async def hang_up(talk: Talk) -> None:
    await talk.request()


async def no_protocol(talk: Talk) -> None:
    await talk.reader.read(1)
    await talk.send(b"\x15\x03\x03\x00\x02\x02\x78")  # fatal, no_application_protocol
    await asyncio.sleep(0.1)


def speaking(*protocols: str) -> ssl.SSLContext:
    context = server_context(AUTHORITY.issue_cert(NAME))
    context.set_alpn_protocols(protocols)
    return context


@pytest.mark.parametrize(
    ("protocols", "failure"),
    [
        (("h2",), FailureKind.HTTP2_ONLY),
        (("h2", "http/1.1"), FailureKind.RESET),
        (("http/1.1",), FailureKind.RESET),
        ((), FailureKind.RESET),
    ],
)
async def test_a_server_that_speaks_only_http_2(protocols: tuple[str, ...], failure: FailureKind) -> None:
    async with (
        serving(hang_up, tls=speaking(*protocols)) as server,
        fetching(names=NAMES, ssl_context=trusting_context()) as fetcher,
    ):
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert reply.hop.failure is failure
    assert ("HTTP/2" in reply.hop.detail) is (failure is FailureKind.HTTP2_ONLY)


async def test_a_server_that_refuses_our_protocol() -> None:
    async with serving(no_protocol) as server, fetching(names=NAMES, ssl_context=trusting_context()) as fetcher:
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert (reply.hop.failure, server.connections) == (FailureKind.HTTP2_ONLY, 1)


async def test_only_the_default_authorities_are_trusted() -> None:
    context = server_context(AUTHORITY.issue_cert(NAME))
    with AUTHORITY.cert_pem.tempfile() as path:
        mine = tls_context(path)
    async with serving(answering(page()), tls=context) as server:
        async with fetching(names=NAMES) as fetcher:
            distrusted = await fetcher.fetch(Request(server.url("/", NAME, "https")))
        async with fetching(names=NAMES, ssl_context=mine) as fetcher:
            trusted = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert distrusted.hop.failure is FailureKind.TLS_UNKNOWN_ISSUER
    assert trusted.hop.status == 200


async def test_an_invalid_authority_file() -> None:
    with pytest.raises(OSError):
        tls_context(__file__)


async def test_a_truncated_body_over_tls_keeps_its_status() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await asyncio.sleep(0.1)
        talk.writer.transport.abort()

    context = server_context(AUTHORITY.issue_cert(NAME))
    async with serving(script, tls=context) as server, fetching(names=NAMES, ssl_context=trusting_context()) as fetcher:
        reply = await fetcher.fetch(Request(server.url("/", NAME, "https")))
    assert (reply.hop.status, reply.body, reply.broken) == (200, b"half", FailureKind.TRUNCATED)


def failed(kind: type[OSError], reason: str = "", *arguments: object) -> OSError:
    error = kind(*arguments)
    if isinstance(error, ssl.SSLError):
        error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "info", "kind", "detail"),
    [
        (failed(ssl.SSLEOFError, "UNEXPECTED_EOF"), None, FailureKind.RESET, "closed the connection"),
        (failed(ConnectionResetError), None, FailureKind.RESET, "closed the connection"),
        (failed(ConnectionResetError, "", 104, "reset"), None, FailureKind.RESET, "was reset"),
        (failed(OSError, "", 113, "no route"), None, FailureKind.UNREACHABLE, ""),
        (failed(ssl.SSLError, "NO_SHARED_CIPHER"), None, FailureKind.TLS_FAILED, "handshake failed"),
        (failed(ssl.SSLError, "NO_SHARED_CIPHER"), HandshakeInfo("TLSv1.3", 2), FailureKind.TLS_FAILED, "handshake failed"),
        (failed(ssl.SSLError, "NO_SHARED_CIPHER"), HandshakeInfo("TLSv1.1", 2), FailureKind.TLS_TOO_OLD, "nothing newer"),
        (failed(ssl.SSLError, "TLSV1_ALERT_PROTOCOL_VERSION"), None, FailureKind.TLS_TOO_OLD, "outdated"),
        (failed(ssl.SSLError, "DH_KEY_TOO_SMALL"), None, FailureKind.TLS_TOO_OLD, "too weak"),
        (failed(ssl.SSLError, "WRONG_VERSION_NUMBER"), None, FailureKind.TLS_FAILED, "doesn't speak TLS"),
    ],
)
async def test_an_error_of_the_handshake_is_explained(error, info, kind, detail):
    async def probe() -> HandshakeInfo | None:
        return info

    found = await handshake_failure(error, probe)
    assert (found.kind, detail in found.detail) == (kind, True), found.detail
