"""The words of the link checker.

What goes in: `Link` (and a `policy.Policy`). What is seen and stored: `Hop`, `PageSignals`, `Soft404Probe`, `RegistryAnswer`,
`Observation`. What it means: `Verdict`, `Run`, `Cluster`. All are frozen: a fact doesn't change, and a verdict is derived
from facts each time. Durations are in seconds, sizes in bytes, instants are aware datetimes in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What a link has come to, in the order in which a maintainer reads them."""

    DEAD = "dead"
    INVALID = "invalid"
    MOVED = "moved"
    FAILING = "failing"
    BLOCKED = "blocked"
    UNCHECKED = "unchecked"
    ALIVE = "alive"


class FailureKind(StrEnum):
    """Why a hop gave no usable answer; each names a cause as precisely as it could be told."""

    NO_SUCH_HOST = "no-such-host"
    DNS_FAILURE = "dns-failure"
    NO_DNS = "no-dns"
    PRIVATE_ADDRESS = "private-address"
    UNREACHABLE = "unreachable"
    IPV6_ONLY = "ipv6-only"
    REFUSED = "connection-refused"
    RESET = "connection-reset"
    TIMEOUT = "timeout"
    TLS_EXPIRED = "tls-expired"
    TLS_WRONG_NAME = "tls-wrong-name"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_UNKNOWN_ISSUER = "tls-unknown-issuer"
    TLS_TOO_OLD = "tls-too-old"
    TLS_FAILED = "tls-failed"
    TRUNCATED = "truncated"
    PROTOCOL = "protocol-error"
    HEADERS_TOO_LARGE = "headers-too-large"
    BAD_LOCATION = "bad-location"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_HOPS = "too-many-hops"
    PROXY = "proxy"
    LEFT_ALONE = "left-alone"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. `line` and `column` count from 1 and are 0 where unknown; `path` is written with `/`."""

    path: str
    line: int = 0
    column: int = 0
    entry: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the work behind a link. `authors` are family names or whole names, as far as known."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    arxiv: str | None = None
    added: date | None = None


@dataclass(frozen=True, slots=True)
class Excuse:
    """A maintainer's exception for a link: the outcomes or status codes it accepts, why, and until when (inclusive)."""

    accept: tuple[str, ...]
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A URL with its place, and what we know of the work it promises. `state` is a maintainer's decision ("dead", ...)."""

    url: str
    place: Place
    work: Work | None = None
    excuse: Excuse | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer. `status` is None where none came; `retry_after` is in seconds from the answer."""

    url: str
    status: int | None = None
    seconds: float = 0.0
    location: str | None = None
    failure: FailureKind | None = None
    detail: str = ""
    address: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class PageSignals:
    """What a page shows of itself. Texts are what was recognised ("" where nothing was), for people to read."""

    title: str = ""
    heading: str = ""
    challenge: str = ""
    login: str = ""
    not_found: str = ""
    tombstone: str = ""
    parked: str = ""
    sale: str = ""
    gambling: str = ""
    shell: bool = False
    refresh: str = ""
    digest: str = ""
    words: int = 0
    fragments: tuple[tuple[str, str], ...] = ()
    """Asked-for fragments, each with "found", "missing" or "unknown" (made by a script)."""


@dataclass(frozen=True, slots=True)
class Soft404Probe:
    """What a made-up neighbour of a suspicious page answered: the measure of a server that says 200 to everything."""

    url: str
    status: int | None
    final_url: str = ""
    title: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """The word of an authority on its own names (DOI, arXiv, GitHub, YouTube): "exists", "missing", "moved" or "unknown"."""

    name: str
    status: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one check of one resource saw. `times` is how often in this run it was asked with the same result."""

    key: str
    at: datetime
    hops: tuple[Hop, ...] = ()
    signals: PageSignals | None = None
    soft404: Soft404Probe | None = None
    registry: RegistryAnswer | None = None
    times: int = 1
    discarded_reason: str = ""
    status_accepted: bool = False
    """Whether a maintainer's host rule counts the last status as content."""

    @property
    def last(self) -> Hop | None:
        """The hop that decides; None where nothing was asked."""
        return self.hops[-1] if self.hops else None

    @property
    def status(self) -> int | None:
        """The status of the last hop."""
        return self.hops[-1].status if self.hops else None

    @property
    def failure(self) -> FailureKind | None:
        """The trouble of the last hop."""
        return self.hops[-1].failure if self.hops else None

    @property
    def final_url(self) -> str:
        """The URL that was asked last."""
        return self.hops[-1].url if self.hops else self.key


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome, rule and reason for one distinct URL; `seen` is what this run alone would say.

    `nights` counts what its rule counts, in a row: of a failing link the nights that go towards a proof, `needed` of which prove it
    (0 where nothing is to be proven); of a moved one those that saw its new address.
    """

    url: str
    outcome: Outcome
    seen: Outcome
    rule: str
    reason: str
    status: int | None = None
    final_url: str = ""
    title: str = ""
    fragment: str | None = None
    nights: int = 0
    excused: str | None = None
    hops: tuple[Hop, ...] = ()
    places: tuple[Place, ...] = ()
    last_alive: date | None = None
    """When an earlier night last saw content; None where that is not known. For the reader's "unseen since"."""
    needed: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A whole check. `void` says why nothing may be concluded from it, or is None."""

    started: datetime
    seconds: float
    requests: int
    confirm: int
    verdicts: tuple[Verdict, ...] = ()
    offline: bool = False
    void: str | None = None
    hosts: tuple[HostTally, ...] = ()
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class HostTally:
    """What one host was asked: requests, complaints (429, 403, 503, resets), and the highest rate in requests a second."""

    host: str
    links: int
    requests: int
    complaints: int
    peak: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry, as the search for duplicates sees it: its URLs, its work, and the ids a maintainer said it isn't."""

    place: Place
    urls: tuple[str, ...] = ()
    work: Work = Work()
    id: str = ""
    not_duplicate_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Entries that are one work. `kind` is same-url, same-resource, same-work or near-title."""

    kind: str
    certainty: str
    why: str
    members: tuple[Candidate, ...]
