"""Settings of a check with their defaults. Durations are in seconds, sizes in bytes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from ipaddress import IPv4Network, IPv6Network

NIGHT = timedelta(hours=12)
"""The least time between two observations that count as two nights."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits for one link. `link` is the time for all its hops; in the second pass all times are multiplied by `patience`."""

    dns: float = 5.0
    connect: float = 5.0
    tls: float = 5.0
    first_byte: float = 15.0
    body: float = 4.0
    link: float = 30.0
    patience: float = 2.0
    body_bytes: int = 64 * 1024
    fragment_bytes: int = 2 * 1024 * 1024
    decoded_bytes: int = 512 * 1024
    header_bytes: int = 64 * 1024
    hops: int = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """Request rate for one host: parallel connections, a burst, then `rate` requests per second, doubled up to `ceiling`."""

    connections: int = 2
    burst: int = 3
    rate: float = 1.0
    ceiling: float = 5.0
    healthy: int = 10
    """Healthy answers in a row before the rate doubles."""


PACES = {
    "gentle": Pace(ceiling=1.0),
    "normal": Pace(),
    "brisk": Pace(connections=4, ceiling=20.0),
    "none": Pace(connections=64, burst=1_000_000, rate=1e9, ceiling=1e9),
}


@dataclass(frozen=True, slots=True)
class HostRule:
    """Settings for one host (its name, or `.name` for the host and everything below it).

    `credentials` are secret headers: sent only to this `scheme`, host and `port`. The other settings apply to every port. `list` names
    the list whose links the rule is for; "" for all.
    """

    host: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    rate: float | None = None
    connections: int | None = None
    accept: tuple[int, ...] = ()
    skip: str = ""
    credentials: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    scheme: str = "https"
    port: int = 443
    list: str = ""


@dataclass(frozen=True, slots=True)
class LinkRule:
    """An exception for the links with this URL (`*` stands for any text): the outcomes, rules or status codes that are accepted (none: all).

    It applies to the pages in `folder`, or everywhere (None). `place` is the path, line and column where it is written.
    """

    url: str
    reason: str
    accept: tuple[str, ...] = ()
    until: date | None = None
    place: tuple[str, int, int] = field(default=("", 0, 0), compare=False)
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How links are asked and judged. `pace` may be given by its name in `PACES`; `scaled` shortens every duration by one factor."""

    confirm: int = 3
    slow_confirm: int = 10
    """The same for failures that are no denial (5xx, timeouts); they must also span `slow_days`."""
    slow_days: int = 28
    pace: Pace = Pace()
    bounds: Bounds = Bounds()
    concurrency: int = 100
    retries: int = 2
    retry_wait: float = 5.0
    longest_wait: float = 60.0
    """Longest `Retry-After` that a run waits for; a longer one is left to the next night."""
    budget: float | None = None
    robots_above: int = 5
    crawl_delay: float = 30.0
    fresh_days: float = 0.0
    allow_private: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: tuple[HostRule, ...] = ()
    excuses: tuple[LinkRule, ...] = ()
    contact: str = ""
    endpoints: tuple[tuple[str, str], ...] = ()
    """(name, URL) pairs that replace the API endpoints of registries."""
    second_pass: bool = True
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Check the values. Raises ValueError for one out of range (naming what would be right), TypeError for a wrong type."""
        if not isinstance(self.pace, Pace):
            object.__setattr__(self, "pace", _pace(self.pace))
        for name in ("allow_private", "hosts", "excuses", "endpoints"):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is a str where a tuple belongs: write ({getattr(self, name)!r},)")
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} is {value}, and must be at least {least}")

    def scaled(self, factor: float) -> Policy:
        """The same policy with all durations multiplied and all rates divided by `factor`; days stay."""
        bounds = replace(
            self.bounds,
            **{name: getattr(self.bounds, name) * factor for name in ("dns", "connect", "tls", "first_byte", "body", "link")},
        )
        pace = replace(self.pace, rate=self.pace.rate / factor, ceiling=self.pace.ceiling / factor)
        hosts = tuple(replace(rule, rate=rule.rate and rule.rate / factor) for rule in self.hosts)
        return replace(
            self,
            bounds=bounds,
            pace=pace,
            hosts=hosts,
            retry_wait=self.retry_wait * factor,
            longest_wait=self.longest_wait * factor,
            crawl_delay=self.crawl_delay * factor,
            budget=self.budget and self.budget * factor,
            scale=self.scale * factor,
        )


_LEAST = {
    "confirm": 1,
    "slow_confirm": 1,
    "slow_days": 0,
    "concurrency": 1,
    "retries": 0,
    "retry_wait": 0,
    "longest_wait": 0,
    "budget": 0,
    "robots_above": 0,
    "crawl_delay": 0,
    "fresh_days": 0,
}
"""The least value of each number in a policy."""


def _pace(name: object) -> Pace:
    if not isinstance(name, str):
        raise TypeError(f"pace is {name!r}: give a Pace, or the name of one")
    if name not in PACES:
        *others, last = PACES
        raise ValueError(f'there is no pace "{name}": it is {", ".join(others)} or {last}')
    return PACES[name]
