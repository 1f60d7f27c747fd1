"""The data types of the link checker, all frozen.

Input: `Link` (and `policy.Policy`). Stored facts: `Hop`, `PageSignals`, `Soft404Probe`, `RegistryAnswer`, `Observation`,
`Vitality`.
Results, derived from the facts each time: `Verdict`, `Run`, `Cluster`. Durations are in seconds, sizes in bytes, instants are
aware datetimes in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """The result for a link; the order is that of reports."""

    DEAD = "dead"
    INVALID = "invalid"
    MOVED = "moved"
    FAILING = "failing"
    BLOCKED = "blocked"
    UNCHECKED = "unchecked"
    ALIVE = "alive"


class FailureKind(StrEnum):
    """Why a hop got no usable answer, as precisely as the error allows."""

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
    CLIENT_CERTIFICATE = "client-certificate"
    HTTP2_ONLY = "http2-only"
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
    """A position in a source. `line` and `column` count from 1 (0: unknown); `path` uses `/`.

    `list` names the list where one run checks several, else it is "".
    """

    path: str
    line: int = 0
    column: int = 0
    entry: str | None = None
    field: str | None = None
    list: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What is known about the work that a link leads to. `authors` are family names or full names."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    arxiv: str | None = None
    added: date | None = None


@dataclass(frozen=True, slots=True)
class Excuse:
    """A maintainer's exception for a link: accepted outcomes, rules or status codes (none: all), the reason, the last day."""

    accept: tuple[str, ...]
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict on a link that needs no request, such as that of a file on disk."""

    outcome: Outcome
    rule: str
    reason: str
    fragment: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A URL with its place and work. `state` is a maintainer's decision ("dead", ...); what is `settled` isn't asked."""

    url: str
    place: Place
    work: Work | None = None
    excuse: Excuse | None = None
    state: str | None = None
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer. `status` is None if there was no answer; `retry_after` counts seconds from the answer.

    `by_language`: a redirect that depends on the language asked for (`Vary: Accept-Language`).
    """

    url: str
    status: int | None = None
    seconds: float = 0.0
    location: str | None = None
    failure: FailureKind | None = None
    detail: str = ""
    address: str = ""
    retry_after: float | None = None
    by_language: bool = False


@dataclass(frozen=True, slots=True)
class PageSignals:
    """What a page shows. Texts quote what was recognised, for people to read; "" if nothing was."""

    title: str = ""
    heading: str = ""
    challenge: str = ""
    refusal: str = ""
    login: str = ""
    wall: str = ""
    choice: str = ""
    maintenance: str = ""
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
    """The fragments of the links to this page, each with "found", "missing" or "unknown" (a script may create it)."""


@dataclass(frozen=True, slots=True)
class Soft404Probe:
    """The answer for a made-up URL beside a suspicious page: shows whether the server answers 200 to everything."""

    url: str
    status: int | None
    final_url: str = ""
    title: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """A registry's answer (DOI, arXiv, GitHub, YouTube) for one of its ids: "exists", "missing", "moved" or "unknown"."""

    name: str
    status: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Vitality:
    """What a service says about a repository; None where it doesn't say.

    `pushed` is the day of the last commit or push, `licence` an SPDX identifier, `release` the tag of the latest release and
    `released` its day; `asked` is the day of the answer.
    """

    archived: bool = False
    pushed: date | None = None
    stars: int | None = None
    licence: str | None = None
    release: str | None = None
    released: date | None = None
    asked: date | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What one check of one URL saw. `times` is how often this run saw the same; `key` is the URL's fetch key."""

    key: str
    at: datetime
    hops: tuple[Hop, ...] = ()
    signals: PageSignals | None = None
    soft404: Soft404Probe | None = None
    registry: RegistryAnswer | None = None
    times: int = 1
    discarded_reason: str = ""
    status_accepted: bool = False
    """Whether a host rule accepts the last status as content."""
    site_denies: bool = False
    """Whether most links of the site, or its root, denied as well; decided when a second pass confirmed this denial."""

    @property
    def last(self) -> Hop | None:
        """The last hop, which decides; None if nothing was requested."""
        return self.hops[-1] if self.hops else None

    @property
    def status(self) -> int | None:
        """The status of the last hop."""
        return self.hops[-1].status if self.hops else None

    @property
    def failure(self) -> FailureKind | None:
        """The failure of the last hop."""
        return self.hops[-1].failure if self.hops else None

    @property
    def final_url(self) -> str:
        """The URL of the last hop."""
        return self.hops[-1].url if self.hops else self.key


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome, rule and reason for one distinct URL; `seen` is the outcome from this run alone.

    `nights`: for a failing link, the nights that count towards its death, of which `needed` prove it (0: never), out of the last
    `of_nights` (the same number: in a row); for a moved link, the nights that saw its new address.
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
    """The day on which an earlier night last saw content; None if unknown."""
    needed: int = 0
    of_nights: int = 0
    changed_from: str = ""
    """Of an alive page whose `title` is unlike those of all earlier nights: its latest earlier title; else ""."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all links. `void` says why nothing may be concluded from it, or is None; `void_kind` is what most hosts failed with."""

    started: datetime
    seconds: float
    requests: int
    confirm: int
    verdicts: Sequence[Verdict] = ()
    offline: bool = False
    void: str | None = None
    hosts: tuple[HostTally, ...] = ()
    interrupted: bool = False
    void_kind: FailureKind | None = None


@dataclass(frozen=True, slots=True)
class HostTally:
    """Requests to one host, its complaints (429, 403, 503, resets), and the highest rate in requests per second."""

    host: str
    links: int
    requests: int
    complaints: int
    peak: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry in the search for duplicates: its URLs, its work, and the ids that a maintainer declared different."""

    place: Place
    urls: tuple[str, ...] = ()
    work: Work = Work()
    id: str = ""
    not_duplicate_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Entries that are one work. `kind` is same-url, same-resource, same-work or near-title; `certainty` certain or probable."""

    kind: str
    certainty: str
    why: str
    members: tuple[Candidate, ...]
