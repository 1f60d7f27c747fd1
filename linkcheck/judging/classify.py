"""THE table, first half: what one observation says by itself. Pure; it never reads a body, only `PageSignals`.

Each finding that isn't life says by its `Proof` what it takes to prove death; `judge` counts the nights. A rule's name is what
`explain` looks up. The order of `_RULES` is the order of trust: an authority's own word first, plain life last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from linkcheck.judging.redirect_kind import path_depth, redirect_kind, same_page, site, without_fragment
from linkcheck.judging.title_match import names_work, similar
from linkcheck.model import FailureKind, Link, Observation, Outcome, PageSignals

__all__ = ["Finding", "Proof", "classify", "needs_soft404_probe"]


class Proof(Enum):
    """What a failing finding takes to prove death."""

    NONE = "never"
    AUTHORITY = "at once, asked twice"
    NAME = "two nights"
    DENIAL = "N nights"
    TROUBLE = "many nights over weeks"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one observation says by itself."""

    outcome: Outcome
    rule: str
    reason: str
    proof: Proof = Proof.NONE


_A, _M, _F, _B, _U = Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.BLOCKED, Outcome.UNCHECKED

_FAILURES: dict[FailureKind, Finding] = {
    FailureKind.NO_SUCH_HOST: Finding(_F, "no-such-host", "the host name doesn't exist", Proof.NAME),
    FailureKind.DNS_FAILURE: Finding(_F, "dns-failure", "the name servers of this host don't answer", Proof.TROUBLE),
    FailureKind.NO_DNS: Finding(_U, "no-dns", "no name server could be asked from here"),
    FailureKind.PRIVATE_ADDRESS: Finding(_B, "private-address", "leads to a private address, which is never connected to"),
    FailureKind.UNREACHABLE: Finding(_F, "unreachable", "no route to the host", Proof.TROUBLE),
    FailureKind.IPV6_ONLY: Finding(_B, "ipv6-only", "has no IPv4 address, and IPv6 may not lead out of this network"),
    FailureKind.REFUSED: Finding(_F, "connection-refused", "the host refuses connections", Proof.TROUBLE),
    FailureKind.RESET: Finding(_F, "connection-reset", "the host breaks the connection off", Proof.TROUBLE),
    FailureKind.TIMEOUT: Finding(_F, "timeout", "no answer in time, in a second and longer try either", Proof.TROUBLE),
    FailureKind.TLS_EXPIRED: Finding(_F, "tls-expired", "the certificate has expired", Proof.TROUBLE),
    FailureKind.TLS_WRONG_NAME: Finding(_B, "tls-untrusted", "the certificate is for another name"),
    FailureKind.TLS_SELF_SIGNED: Finding(_B, "tls-untrusted", "the certificate is self-signed"),
    FailureKind.TLS_UNKNOWN_ISSUER: Finding(
        _B, "tls-untrusted", "the certificate's issuer is unknown, or its chain is incomplete"
    ),
    FailureKind.TLS_TOO_OLD: Finding(_B, "tls-untrusted", "the host speaks only outdated TLS"),
    FailureKind.TLS_FAILED: Finding(_F, "tls-failed", "the TLS handshake fails", Proof.TROUBLE),
    FailureKind.TRUNCATED: Finding(_F, "truncated", "the answer breaks off", Proof.TROUBLE),
    FailureKind.PROTOCOL: Finding(_F, "protocol-error", "the answer isn't HTTP", Proof.TROUBLE),
    FailureKind.HEADERS_TOO_LARGE: Finding(_B, "headers-too-large", "the header has no end"),
    FailureKind.BAD_LOCATION: Finding(_B, "bad-location", "redirects to nowhere: the server's own fault"),
    FailureKind.REDIRECT_LOOP: Finding(_F, "redirect-loop", "redirects in a circle", Proof.DENIAL),
    FailureKind.TOO_MANY_HOPS: Finding(_F, "too-many-hops", "redirects without end", Proof.DENIAL),
    FailureKind.PROXY: Finding(_U, "proxy", "the proxy of this network refused or failed"),
    FailureKind.LEFT_ALONE: Finding(_U, "not-asked", "the host asks not to be asked again tonight"),
}

_STATUSES: dict[int, Finding] = {
    401: Finding(_B, "unauthorized", "asks for a login (401)"),
    402: Finding(_B, "payment-required", "asks for payment (402)"),
    403: Finding(_B, "forbidden", "refuses us (403)"),
    404: Finding(_F, "not-found", "not found (404)", Proof.DENIAL),
    405: Finding(_B, "refused", "refuses the method (405)"),
    406: Finding(_B, "refused", "refuses what we can read (406)"),
    407: Finding(_B, "unauthorized", "a proxy of the host asks for a login (407)"),
    410: Finding(_F, "gone", "gone for good (410)", Proof.AUTHORITY),
    429: Finding(_B, "rate-limited", "too many requests (429)"),
    451: Finding(_B, "legal", "withheld for legal reasons (451)"),
    999: Finding(_B, "refused", "refuses programs (999)"),
}

_RESOLVERS = frozenset({"doi.org", "handle.net", "w3id.org", "purl.org", "purl.oclc.org", "arxiv.org"})
"""Addresses that stay when what they name moves: they never count as moved."""


def classify(observation: Observation, link: Link, earlier: Sequence[Observation] = ()) -> Finding:
    """What one observation says of one link by itself; `earlier` gives the titles that were there before."""
    for rule in _RULES:
        finding = rule(observation, link, earlier)
        if finding is not None:
            return finding
    return Finding(_F, "unanswered", "no answer that could be read", Proof.TROUBLE)


def _registry(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    answer = observation.registry
    if answer is None or answer.status == "unknown":
        return None
    if answer.status == "missing":
        return Finding(_F, "registry-missing", f"{answer.name} says: {answer.detail or 'no such name'}", Proof.AUTHORITY)
    if answer.status == "moved":
        return Finding(_M, "registry-moved", f"{answer.name} says: now {answer.url}")
    return Finding(_A, "registry-exists", f"{answer.name} knows it{f' ({answer.detail})' if answer.detail else ''}")


def _network_failure(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    kind = observation.failure
    if kind is None:
        return None
    finding, detail = _FAILURES[kind], observation.hops[-1].detail
    return Finding(finding.outcome, finding.rule, detail or finding.reason, finding.proof)


def _accepted(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """A status that a host rule accepts is life whatever the page says: walls are what such a rule is mostly written for."""
    if observation.status_accepted and not 200 <= (observation.status or 0) < 300:
        return Finding(_A, "accepted", f"its host rule accepts {observation.status}")
    return None


def _challenge(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    return Finding(_B, "challenge", f"shows a bot challenge: {signals.challenge}") if signals and signals.challenge else None


def _tombstone(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    if observation.signals and observation.signals.tombstone and observation.status not in {200, 401}:
        return Finding(_F, "tombstone", f"the host says the site was taken down: {observation.signals.tombstone}", Proof.DENIAL)
    return None


def _status(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    status = observation.status
    if status is None or 200 <= status < 300:
        return None
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return Finding(_F, "server-error", f"server error ({status})", Proof.TROUBLE)
    if status >= 400:
        return Finding(_F, "client-error", f"refuses the request ({status})", Proof.TROUBLE)
    if status in {300, 304}:
        return None
    return Finding(_B, "bad-location", f"redirects to nowhere ({status}): the server's own fault")


def _login(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals is None or not signals.login or (len(observation.hops) == 1 and _names_the_work(link, signals)):
        return None
    return Finding(_B, "login", f"behind a login: {signals.login}")


def _parked(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals and (signals.parked or signals.sale) and _same_for_any_address(observation):
        return Finding(_F, "parked", f"the domain is parked or for sale: {signals.parked or signals.sale}", Proof.DENIAL)
    return None


def _hijacked(observation: Observation, link: Link, earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals is None or not (signals.gambling or signals.parked or signals.sale) or _names_the_work(link, signals):
        return None
    titles = _earlier_titles(earlier)
    evidence = [
        ("another domain", site(link.url) not in {site(observation.final_url), *_RESOLVERS}),
        (signals.parked or signals.sale, bool(signals.parked or signals.sale)),
        (f'gambling vocabulary ("{signals.gambling}")', bool(signals.gambling)),
        (
            "a title unlike every earlier one",
            bool(titles and signals.title) and not any(similar(signals.title, earlier_one) for earlier_one in titles),
        ),
    ]
    found = [text for text, holds in evidence if holds]
    if len(found) >= 2:
        return Finding(_F, "hijacked", f"somebody else's page now: {' and '.join(found)}", Proof.DENIAL)
    return None


def _soft_404(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals, probe = observation.signals, observation.soft404
    if signals is None or probe is None or not _same_for_any_address(observation):
        return None
    if (
        without_fragment(probe.final_url) == without_fragment(observation.final_url)
        and len(observation.hops) > 1
        and not same_page(link.url, observation.final_url)
    ):
        return Finding(_F, "soft-404", f"any address of this site leads to {observation.final_url}", Proof.DENIAL)
    if _names_the_work(link, signals):
        return None
    if signals.not_found:
        return Finding(
            _F,
            "soft-404",
            f'says "{signals.not_found}" with status {observation.status}, as for any made-up address',
            Proof.DENIAL,
        )
    return None


def _shell(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals and signals.shell and not _names_the_work(link, signals):
        return Finding(_B, "script-shell", "an empty page that only a browser's scripts fill: cannot tell")
    return None


def _moved(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    redirects = observation.hops[:-1]
    if not redirects or any(hop.status not in {301, 308} for hop in redirects) or site(link.url) in _RESOLVERS:
        return None
    kind = redirect_kind(link.url, observation.final_url)
    return Finding(_M, f"moved-{kind}", f"permanently moved ({kind}) to {observation.final_url}") if kind else None


def _alive(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    status = observation.status
    return _content(status) if status is not None and 200 <= status < 400 else None


@cache
def _content(status: int) -> Finding:
    """One finding for all links that answered alike: there are many."""
    return Finding(_A, "answered", f"content was seen ({status})")


_RULES: tuple[Callable[[Observation, Link, Sequence[Observation]], Finding | None], ...] = (
    _registry,
    _network_failure,
    _accepted,
    _challenge,
    _tombstone,
    _status,
    _login,
    _parked,
    _hijacked,
    _soft_404,
    _shell,
    _moved,
    _alive,
)


def needs_soft404_probe(
    observation: Observation, link: Link, *, page_seen_elsewhere: bool = False, earlier: Sequence[Observation] = ()
) -> str | None:
    """Why a made-up sibling should be asked before this page is believed, or None. `page_seen_elsewhere`: another link showed the same page."""
    signals = observation.signals
    if (
        signals is None
        or observation.registry
        or observation.failure
        or not 200 <= (observation.status or 0) < 300
        or signals.challenge
        or signals.login
    ):
        return None
    if signals.parked or signals.sale:
        return "parking or sale marks"
    if signals.not_found:
        return "not-found words"
    if path_depth(observation.final_url) < path_depth(link.url) and not same_page(link.url, observation.final_url):
        return "a redirect to a shallower path"
    if _names_the_work(link, signals):
        return None
    if site(observation.final_url) != site(link.url) and site(link.url) not in _RESOLVERS:
        return "a redirect to another site"
    if page_seen_elsewhere:
        return "the same page as another link"
    titles = _earlier_titles(earlier)
    if titles and signals.title and not any(similar(signals.title, earlier_one) for earlier_one in titles):
        return "a title unlike every earlier one"
    return None


def _same_for_any_address(observation: Observation) -> bool:
    """Whether a made-up neighbour got the same page: then this page says nothing of its own address."""
    probe, signals = observation.soft404, observation.signals
    if probe is None or signals is None or probe.status is None or not 200 <= probe.status < 300:
        return False
    if without_fragment(probe.final_url) == without_fragment(observation.final_url):
        return True
    return bool(probe.digest and probe.digest == signals.digest) or bool(probe.title and probe.title == signals.title)


def _earlier_titles(earlier: Sequence[Observation]) -> list[str]:
    """The titles that the page had while nothing was wrong with it."""
    return [
        signals.title
        for earlier_one in earlier
        if (signals := earlier_one.signals) and signals.title and earlier_one.status == 200
        if not (signals.gambling or signals.parked or signals.sale or signals.not_found)
    ]


def _names_the_work(link: Link, signals: PageSignals) -> bool:
    """Whether the page names the work that the link promises."""
    return link.work is not None and names_work(link.work.title, f"{signals.title} {signals.heading}")
