"""What the simulated web saw: every connection and every request, and the questions tests ask of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came. `at` and `done` are real seconds since the web started; `status` is what it was answered with."""

    at: float
    address: str
    port: int
    scheme: str
    host: str
    method: str
    target: bytes
    headers: tuple[tuple[str, str], ...]
    connection: int
    night: int

    def header(self, name: str) -> str | None:
        """The first header of this name (case doesn't matter), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(slots=True)
class Connection:
    """One accepted connection. `closed` is None while it is open; `served` counts its requests."""

    number: int
    address: str
    port: int
    opened: float
    closed: float | None = None
    served: int = 0
    sent: int = 0


@dataclass(slots=True)
class Log:
    """All of it, in order. Hosts are named as in the URL, without the port; `scale` turns real into simulated seconds."""

    scale: float = 1.0
    requests: list[Request] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    forbidden: list[Connection] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=dict)
    secrets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """A secret -> the (scheme, host) it may be sent to."""

    def clear(self) -> None:
        """Forget requests and closed connections, as before a new run; what is open stays."""
        self.requests.clear()
        self.statuses.clear()
        self.forbidden.clear()
        self.connections[:] = [each for each in self.connections if each.closed is None]

    def of(self, host: str) -> list[Request]:
        """The requests to one host."""
        return [each for each in self.requests if each.host == host]

    def requests_per_host(self) -> dict[str, int]:
        """How many requests each host got."""
        return dict(Counter(each.host for each in self.requests))

    def peak_rate(self, host: str | None = None, *, address: str | None = None, window: float = 1.0) -> float:
        """The highest number of requests a simulated second, over any `window` of simulated seconds."""
        return self._peak([each.at for each in self.requests if each.host == host or each.address == address], window)

    def tally(self, window: float = 1.0) -> dict[str, tuple[int, float]]:
        """For each host its requests, and the most of them in a simulated second."""
        at: dict[str, list[float]] = {}
        for each in self.requests:
            at.setdefault(each.host, []).append(each.at)
        return {host: (len(times), self._peak(times, window)) for host, times in at.items()}

    def _peak(self, times: list[float], window: float) -> float:
        span = window * self.scale
        return max((index - bisect_right(times, at - span) + 1 for index, at in enumerate(times)), default=0) / window

    def peak_connections(self, host: str | None = None, *, address: str | None = None, lag: float = 0.0) -> int:
        """The most connections that were open at once to the address (or all addresses) of a host.

        `lag` is how late, in real seconds, a busy machine may tell the server that the other side has closed one.
        """
        addresses = {address} if host is None else {key for key, names in self.names.items() if host in names}
        changes = []
        for each in self.connections:
            if each.address in addresses:
                changes.append((each.opened, 1))
                if each.closed is not None:
                    changes.append((max(each.opened, each.closed - lag), -1))
        most = now = 0
        for _, change in sorted(changes):
            now += change
            most = max(most, now)
        return most

    def answered(self, status: int) -> dict[str, int]:
        """How often each host answered with this status."""
        return {host: count for (host, code), count in sorted(self.statuses.items()) if code == status}

    def leaks(self) -> list[Request]:
        """Requests that carried a secret to another origin than its own."""
        return [
            each
            for each in self.requests
            for secret, origin in self.secrets.items()
            if (each.scheme, each.host) != origin
            and (secret.encode() in each.target or any(secret in value for _, value in each.headers))
        ]

    def forbidden_connections(self) -> list[Connection]:
        """Connections to addresses that must never be connected to."""
        return list(self.forbidden)
