"""Detect outages: if most hosts failed, blame this network; if all links of a host failed alike, blame the host. Pure.

The observations of such a run or host are kept, but marked as discarded.
"""

from __future__ import annotations

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

OFFLINE = "offline: nothing could be reached from here"
MIN_SAMPLE = 5
"""Least number of hosts, or of links to one host, that can show an outage."""


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

    def add(self, seen: Observation, earlier: Sequence[Observation]) -> None:
        """Count one observation; `earlier` are those before it, oldest first."""
        kind = seen.failure or seen.status
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if not self.sudden and (seen.failure is not None or (seen.status or 0) >= 400):
            self.sudden = not _failed_before(earlier)

    @property
    def links(self) -> int:
        """How many links were seen."""
        return sum(self.counts.values())


def _failed_before(earlier: Sequence[Observation]) -> bool:
    """Whether the observation before tonight counts and saw no content."""
    if not earlier or earlier[-1].discarded_reason:
        return False
    return not 200 <= (earlier[-1].status or 0) < 300


def find_outages(
    sites: Mapping[str, SiteNight], answered: int = 0, *, names_resolve: bool = False
) -> tuple[dict[str, str], str | None]:
    """Reasons to discard a run's observations, by site, and one for the whole run or None.

    `answered` more sites had a link that answered well. Sites that failed the night before say nothing about tonight's network;
    else a run over failing links alone would always be discarded. With `names_resolve`, a name that certainly exists was found
    meanwhile, so a missing name is the link's own fault.
    """
    if any(FailureKind.PROXY in site.counts for site in sites.values()):
        return {}, "the proxy of this network refused or failed"
    network = _LOCAL - {FailureKind.NO_SUCH_HOST} if names_resolve else _LOCAL
    failed = [site for site in sites.values() if site.counts.keys() <= network]
    sudden = sum(site.sudden for site in failed)
    telling = len(sites) + answered - len(failed) + sudden
    if telling >= MIN_SAMPLE and sudden > 0.6 * telling:
        return {}, f"{sudden} of {telling} hosts could not be reached: the network of this machine failed, not the links"
    alike = ((name, site, _one_failure(site)) for name, site in sites.items())
    return {
        name: f"all {site.links} links of {name} failed alike ({kind}): the host failed, not the links"
        for name, site, kind in alike
        if kind
    }, None


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
