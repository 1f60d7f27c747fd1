"""Find out why a TLS handshake failed: from the error or, if that isn't enough, from a second, unverified handshake."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
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


@dataclass(frozen=True, slots=True)
class HandshakeInfo:
    """Result of an unverified handshake: TLS version and number of certificates (None: unknown)."""

    version: str
    certificates: int | None


def unverified_context() -> ssl.SSLContext:
    """A context that accepts any certificate and every TLS version of this OpenSSL. Nothing is sent over such a connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
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
    return HandshakeInfo(session.version() or "", None if certificates is None else len(certificates))


async def handshake_failure(error: OSError, probe: Callable[[], Awaitable[HandshakeInfo | None]]) -> NetworkFailure:
    """Why a handshake failed. `probe` makes the second, unverified handshake; it returns None if that fails, too."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return await _certificate_failure(error, probe)
    reason = error.reason if isinstance(error, ssl.SSLError) else None
    if isinstance(error, ConnectionError) and error.errno is not None:
        return NetworkFailure(FailureKind.RESET, "the connection was reset in the TLS handshake")
    if reason in _NO_TLS:
        return NetworkFailure(FailureKind.TLS_FAILED, "the server doesn't speak TLS on this port")
    info = await probe()
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
