"""Detect outages: if most hosts failed, blame this network; if all links of a host failed alike, blame the host. Pure.

The observations of such a run or host are kept, but marked as discarded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linkcheck.model import FailureKind, Observation

_NETWORK = frozenset(
    {
        FailureKind.NO_DNS,
        FailureKind.DNS_FAILURE,
        FailureKind.NO_SUCH_HOST,
        FailureKind.UNREACHABLE,
        FailureKind.TIMEOUT,
        FailureKind.REFUSED,
        FailureKind.PROXY,
    }
)
_LOCAL = frozenset({*_NETWORK, FailureKind.RESET, FailureKind.TLS_FAILED, FailureKind.TLS_UNKNOWN_ISSUER})

OFFLINE = "offline: no host name resolves here, so nothing could be reached"
_NAMES = frozenset({FailureKind.NO_DNS, FailureKind.DNS_FAILURE, FailureKind.NO_SUCH_HOST})
_HOST_FAILED = "the host failed, not the links"
MIN_SAMPLE = 5
"""Least number of hosts, or of links to one host, that can show an outage."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Why a whole run counts for nothing: a sentence, and the failure that most of its hosts had."""

    reason: str
    kind: FailureKind


def looks_offline(failures: Iterable[FailureKind | None]) -> bool:
    """Whether no host answered: `failures` has one item per host, None for an answer. False if there are none."""
    seen = list(failures)
    return bool(seen) and all(failure in _NETWORK for failure in seen)


@dataclass(slots=True)
class SiteNight:
    """What a run saw of one site: how many of its links answered or failed in which way."""

    counts: dict[FailureKind | int | None, int] = field(default_factory=dict)
    sudden: bool = False
    """Whether any of its failing links did not fail the night before, as far as known."""
    proxy: str = ""
    """What the proxy said, or is wrong with it, where it failed."""

    def add(self, seen: Observation, earlier: Sequence[Observation]) -> None:
        """Count one observation; `earlier` are those before it, oldest first."""
        kind = seen.failure or seen.status
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if kind is FailureKind.PROXY:
            self.proxy = self.proxy or seen.hops[-1].detail
        if not self.sudden and (seen.failure is not None or (seen.status or 0) >= 400):
            self.sudden = not _failed_before(earlier)

    @property
    def links(self) -> int:
        """How many links were seen."""
        return sum(self.counts.values())


def _failed_before(earlier: Sequence[Observation]) -> bool:
    """Whether the observation before tonight saw no content and counts, or was discarded only because its host failed."""
    if not earlier:
        return False
    reason = earlier[-1].discarded_reason
    if reason and not reason.endswith(_HOST_FAILED):
        return False
    return not 200 <= (earlier[-1].status or 0) < 300


def find_outages(
    sites: Mapping[str, SiteNight], answered: int = 0, *, names_resolve: bool = False
) -> tuple[dict[str, str], Outage | None]:
    """Reasons to discard a run's observations, by site, and one for the whole run or None.

    `answered` more sites had a link that answered well. Sites that failed the night before say nothing about tonight's network;
    else a run over failing links alone would always be discarded. With `names_resolve`, a name that certainly exists was found
    meanwhile, so a missing name is the link's own fault.
    """
    proxy = next((site.proxy for site in sites.values() if FailureKind.PROXY in site.counts), None)
    if proxy is not None:
        return {}, Outage(f"the proxy of this network refused or failed{f' ({proxy})' if proxy else ''}", FailureKind.PROXY)
    network = _LOCAL - {FailureKind.NO_SUCH_HOST} if names_resolve else _LOCAL
    failed = [site for site in sites.values() if site.counts.keys() <= network]
    sudden = sum(site.sudden for site in failed)
    telling = len(sites) + answered - len(failed) + sudden
    if telling >= MIN_SAMPLE and sudden > 0.6 * telling:
        return {}, _network_outage(failed, sudden, telling)
    alike = ((name, site, _one_failure(site)) for name, site in sites.items())
    return {
        name: f"all {site.links} links of {name} failed alike ({kind}): {_HOST_FAILED}" for name, site, kind in alike if kind
    }, None


def _network_outage(failed: Iterable[SiteNight], sudden: int, telling: int) -> Outage:
    """The outage of a network in which `sudden` of `telling` hosts failed, named after what more than half of them share."""
    kinds = Counter(kind for site in failed if site.sudden for kind in site.counts if isinstance(kind, FailureKind))
    names = sum(kinds[kind] for kind in _NAMES)
    if 2 * names > sudden:
        what = f"the names of {names} of {telling} hosts could not be resolved: the name resolution of this machine failed, not the links"
        return Outage(what, FailureKind.NO_DNS)
    kind, number = kinds.most_common(1)[0]
    if kind is FailureKind.TLS_UNKNOWN_ISSUER and 2 * number > sudden:
        what = f"{number} of {telling} hosts showed a certificate of an unknown issuer: something in this network inspects TLS"
        return Outage(what, kind)
    what = f"{sudden} of {telling} hosts could not be reached: the network of this machine failed, not the links"
    return Outage(what, kind)


def mark_inconclusive(observation: Observation, reason: str) -> Observation:
    """The same observation, discarded for `reason`."""
    return replace(observation, discarded_reason=reason)


def _one_failure(site: SiteNight) -> str:
    """The failure that all of a site's links share; "" where they differ, one answered, or there are too few.

    Only its first night is discarded. Throttling and outages look like that, and so does a site that is gone: the nights that
    follow count, or it would stay alive for ever.
    """
    if site.links < MIN_SAMPLE or len(site.counts) > 1 or not site.sudden:
        return ""
    (kind,) = site.counts
    outage = kind in _LOCAL - {FailureKind.NO_SUCH_HOST} or (isinstance(kind, int) and (kind >= 500 or kind == 404))
    return str(kind) if outage else ""
