"""Map errors of the operating system and of TLS to a `FailureKind` with a readable detail. Pure."""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator

from linkcheck.model import FailureKind


class NetworkFailure(Exception):  # noqa: N818  # it names what failed, it is no error of ours
    """A hop failed for a known reason. `address` is the IP address it had connected to, or ""."""

    def __init__(self, kind: FailureKind, detail: str, address: str = "") -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.address = address


def _numbers(names: str, *windows: int) -> frozenset[int]:
    # On Windows sockets (10xxx) and the event loop (the others) report different numbers.
    return frozenset({getattr(errno, name) for name in names.split() if hasattr(errno, name)} | set(windows))


_BY_NUMBER = (
    (_numbers("ECONNREFUSED", 10061, 1225), FailureKind.REFUSED, "the connection was refused"),
    (_numbers("ECONNRESET ECONNABORTED EPIPE ESHUTDOWN", 10053, 10054, 64), FailureKind.RESET, "the connection was reset"),
    (_numbers("ETIMEDOUT", 10060, 121), FailureKind.TIMEOUT, "no connection in time"),
    (_numbers("EHOSTUNREACH EHOSTDOWN", 10065, 1232), FailureKind.UNREACHABLE, "the host can't be reached"),
    (_numbers("ENETUNREACH ENETDOWN", 10051, 1231), FailureKind.UNREACHABLE, "the network can't be reached"),
    (
        _numbers("EADDRNOTAVAIL EAFNOSUPPORT", 10047, 10049),
        FailureKind.UNREACHABLE,
        "this machine can't reach addresses of this kind",
    ),
    (_numbers("EACCES EPERM", 10013), FailureKind.UNREACHABLE, "this machine forbids the connection"),
    (
        _numbers("EMFILE ENFILE ENOBUFS ENOMEM", 10024, 10055),
        FailureKind.UNREACHABLE,
        "this machine is out of sockets or memory",
    ),
)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error, its causes and contexts, and the members of exception groups, each once, outermost first."""
    seen: set[int] = set()
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending.append(current.__cause__ or current.__context__)
        if isinstance(current, BaseExceptionGroup):
            pending.extend(reversed(current.exceptions))


def failure_behind(error: BaseException) -> NetworkFailure | None:
    """The failure that an error, one of its causes or a member of its groups stands for; None if none does."""
    found = (failure for current in causes(error) if (failure := _failure_of(current)) is not None)
    return next(found, None)


def _failure_of(current: BaseException) -> NetworkFailure | None:
    if isinstance(current, NetworkFailure):
        return current
    if isinstance(current, ssl.SSLEOFError):
        return NetworkFailure(FailureKind.RESET, "the connection was closed inside TLS")
    if isinstance(current, ssl.SSLError):
        return NetworkFailure(FailureKind.TLS_FAILED, f"TLS failed: {openssl_reason(current)}")
    if isinstance(current, TimeoutError) and not current.errno:
        return NetworkFailure(FailureKind.TIMEOUT, "no answer in time")
    if isinstance(current, OSError):
        numbers = {current.errno, getattr(current, "winerror", None)}
        for known, kind, detail in _BY_NUMBER:
            if known & numbers:
                return NetworkFailure(kind, detail)
        if isinstance(current, ConnectionError):
            return NetworkFailure(FailureKind.RESET, "the connection was closed")
        return NetworkFailure(FailureKind.UNREACHABLE, f"the connection failed: {current.strerror or current}")
    return None


def openssl_reason(error: ssl.SSLError) -> str:
    """OpenSSL's reason in lower case: `SSLV3_ALERT_HANDSHAKE_FAILURE` becomes "sslv3 alert handshake failure"."""
    return (error.reason or str(error)).replace("_", " ").lower()
