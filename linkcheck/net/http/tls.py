"""Find out why a TLS handshake failed: from the error or, if that isn't enough, from a second, unverified handshake."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from linkcheck.model import FailureKind
from linkcheck.net.errors import NetworkFailure, failure_behind, openssl_reason

# X509_V_ERR_* of OpenSSL's x509_vfy.h.
_EXPIRED, _NOT_YET, _SELF_SIGNED, _SELF_SIGNED_ROOT = 10, 9, 18, 19
_UNKNOWN_ISSUER = frozenset({2, 20, 21})
_WRONG_NAME = frozenset({62, 64})

_TOO_OLD = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"})
_TOO_WEAK = frozenset({
    "DH_KEY_TOO_SMALL", "EE_KEY_TOO_SMALL", "CA_KEY_TOO_SMALL", "CA_MD_TOO_WEAK", "WRONG_SIGNATURE_TYPE",
    "LEGACY_SIGALG_DISALLOWED", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "BAD_ECPOINT",
})  # fmt: skip
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"})
_OLD_VERSIONS = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.1"})
_NO_PROTOCOL = "no application protocol"
_CERTIFICATE_REQUEST = 13
"""The type of a server's handshake message that asks for a client certificate (RFC 8446 appendix B.3)."""

ASKS_CERTIFICATE = "the server asks for a client certificate"
SPEAKS_HTTP2 = "the server speaks only HTTP/2"


@dataclass(frozen=True, slots=True)
class HandshakeInfo:
    """Result of an unverified handshake: TLS version ("": it failed), number of certificates (None: unknown).

    `asks_certificate`: the server asked for a client certificate; `http2`: it chose HTTP/2, where that was offered.
    """

    version: str
    certificates: int | None
    asks_certificate: bool = False
    http2: bool = False


def unverified_context(asked: list[bool] | None = None) -> ssl.SSLContext:
    """A context that accepts any certificate and every TLS version of this OpenSSL, and offers HTTP/2. Nothing is sent over it.

    `asked` gets an item when a server asks for a client certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols(["h2", "http/1.1"])

    def note(_conn: object, _direction: object, _version: object, _content: object, message: object, _data: object) -> None:
        if asked is not None and message == _CERTIFICATE_REQUEST:
            asked.append(True)

    # In TLS 1.3 the request is encrypted, and many servers close without the alert that would name it; nothing public shows it.
    with suppress(AttributeError):
        setattr(context, "_msg_callback", note)  # noqa: B010  # private, so type checkers don't know it
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


def handshake_info(session: ssl.SSLObject) -> HandshakeInfo:
    """The version and certificates of a finished handshake."""
    # Public since Python 3.13; before, only the wrapped object has it.
    chain = getattr(session, "get_unverified_chain", None) or getattr(
        getattr(session, "_sslobj", None), "get_unverified_chain", None
    )
    certificates = chain() if chain is not None else None
    http2 = session.selected_alpn_protocol() == "h2"
    return HandshakeInfo(session.version() or "", None if certificates is None else len(certificates), http2=http2)


async def handshake_failure(error: OSError, probe: Callable[[], Awaitable[HandshakeInfo | None]]) -> NetworkFailure:
    """Why a handshake failed. `probe` makes the second, unverified handshake; it returns None if that fails, too."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return await _certificate_failure(error, probe)
    reason = error.reason if isinstance(error, ssl.SSLError) else None
    if reason in _NO_TLS:
        return NetworkFailure(FailureKind.TLS_FAILED, "the server doesn't speak TLS on this port")
    if isinstance(error, ssl.SSLError) and _NO_PROTOCOL in openssl_reason(error):
        return NetworkFailure(FailureKind.HTTP2_ONLY, SPEAKS_HTTP2)
    if isinstance(error, ConnectionError) and error.errno is not None:
        return NetworkFailure(FailureKind.RESET, "the connection was reset in the TLS handshake")
    info = await probe()
    if info is not None and info.asks_certificate:
        return NetworkFailure(FailureKind.CLIENT_CERTIFICATE, ASKS_CERTIFICATE)
    if info is not None and info.version in _OLD_VERSIONS:
        return NetworkFailure(FailureKind.TLS_TOO_OLD, f"the server supports nothing newer than {info.version}")
    if reason in _TOO_OLD:
        return NetworkFailure(FailureKind.TLS_TOO_OLD, "the server supports only outdated TLS versions")
    if reason in _TOO_WEAK and isinstance(error, ssl.SSLError):
        return NetworkFailure(FailureKind.TLS_TOO_OLD, f"the server's TLS is too weak: {openssl_reason(error)}")
    if isinstance(error, ssl.SSLEOFError) or not isinstance(error, ssl.SSLError):
        failure = failure_behind(error)
        if failure is not None and failure.kind is not FailureKind.RESET:
            return failure
        return NetworkFailure(FailureKind.RESET, "the server closed the connection in the TLS handshake")
    return NetworkFailure(FailureKind.TLS_FAILED, f"the TLS handshake failed: {openssl_reason(error)}")


async def _certificate_failure(
    error: ssl.SSLCertVerificationError, probe: Callable[[], Awaitable[HandshakeInfo | None]]
) -> NetworkFailure:
    code = error.verify_code
    if code == _EXPIRED:
        return NetworkFailure(FailureKind.TLS_EXPIRED, "the certificate has expired")
    if code == _NOT_YET:
        return NetworkFailure(FailureKind.TLS_EXPIRED, "the certificate is not valid yet")
    if code in _WRONG_NAME:
        return NetworkFailure(FailureKind.TLS_WRONG_NAME, "the certificate is for another host name")
    if code == _SELF_SIGNED:
        return NetworkFailure(FailureKind.TLS_SELF_SIGNED, "the certificate is self-signed")
    if code == _SELF_SIGNED_ROOT:
        return NetworkFailure(FailureKind.TLS_UNKNOWN_ISSUER, "the certificate was issued by an authority that isn't trusted")
    if code in _UNKNOWN_ISSUER:
        info = await probe()
        if info is not None and info.certificates == 1:
            return NetworkFailure(
                FailureKind.TLS_UNKNOWN_ISSUER,
                "unknown issuer or missing intermediate certificate: the server sends only its own",
            )
        return NetworkFailure(FailureKind.TLS_UNKNOWN_ISSUER, "unknown issuer or missing intermediate certificate")
    return NetworkFailure(FailureKind.TLS_FAILED, f"the certificate is not trusted: {error.verify_message}")
