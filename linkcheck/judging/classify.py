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

_TROUBLES: dict[FailureKind, Finding] = {
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


def classify(seen: Observation, link: Link, earlier: Sequence[Observation] = ()) -> Finding:
    """What one observation says of one link by itself; `earlier` gives the titles that were there before."""
    for rule in _RULES:
        finding = rule(seen, link, earlier)
        if finding is not None:
            return finding
    return Finding(_F, "unanswered", "no answer that could be read", Proof.TROUBLE)


def _registry(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    word = seen.registry
    if word is None or word.status == "unknown":
        return None
    if word.status == "missing":
        return Finding(_F, "registry-missing", f"{word.name} says: {word.detail or 'no such name'}", Proof.AUTHORITY)
    if word.status == "moved":
        return Finding(_M, "registry-moved", f"{word.name} says: now {word.url}")
    return Finding(_A, "registry-exists", f"{word.name} knows it{f' ({word.detail})' if word.detail else ''}")


def _trouble(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    trouble = seen.failure
    if trouble is None:
        return None
    finding, detail = _TROUBLES[trouble], seen.hops[-1].detail
    return Finding(finding.outcome, finding.rule, detail or finding.reason, finding.proof)


def _accepted(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """A status that a host rule accepts is life whatever the page says: walls are what such a rule is mostly written for."""
    if seen.status_accepted and not 200 <= (seen.status or 0) < 300:
        return Finding(_A, "accepted", f"its host rule accepts {seen.status}")
    return None


def _challenge(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    marks = seen.signals
    return Finding(_B, "challenge", f"shows a bot challenge: {marks.challenge}") if marks and marks.challenge else None


def _tombstone(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    if seen.signals and seen.signals.tombstone and seen.status not in {200, 401}:
        return Finding(_F, "tombstone", f"the host says the site was taken down: {seen.signals.tombstone}", Proof.DENIAL)
    return None


def _status(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    status = seen.status
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


def _login(seen: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    marks = seen.signals
    if marks is None or not marks.login or (len(seen.hops) == 1 and _named(link, marks)):
        return None
    return Finding(_B, "login", f"behind a login: {marks.login}")


def _parked(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    marks = seen.signals
    if marks and (marks.parked or marks.sale) and _anything_goes(seen):
        return Finding(_F, "parked", f"the domain is parked or for sale: {marks.parked or marks.sale}", Proof.DENIAL)
    return None


def _hijacked(seen: Observation, link: Link, earlier: Sequence[Observation]) -> Finding | None:
    marks = seen.signals
    if marks is None or not (marks.gambling or marks.parked or marks.sale) or _named(link, marks):
        return None
    titles = _healthy_titles(earlier)
    evidence = [
        ("another domain", site(link.url) not in {site(seen.final_url), *_RESOLVERS}),
        (marks.parked or marks.sale, bool(marks.parked or marks.sale)),
        (f'gambling vocabulary ("{marks.gambling}")', bool(marks.gambling)),
        (
            "a title unlike every earlier one",
            bool(titles and marks.title) and not any(similar(marks.title, old) for old in titles),
        ),
    ]
    found = [text for text, holds in evidence if holds]
    if len(found) >= 2:
        return Finding(_F, "hijacked", f"somebody else's page now: {' and '.join(found)}", Proof.DENIAL)
    return None


def _soft_404(seen: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    marks, sibling = seen.signals, seen.soft404
    if marks is None or sibling is None or not _anything_goes(seen):
        return None
    if (
        without_fragment(sibling.final_url) == without_fragment(seen.final_url)
        and len(seen.hops) > 1
        and not same_page(link.url, seen.final_url)
    ):
        return Finding(_F, "soft-404", f"any address of this site leads to {seen.final_url}", Proof.DENIAL)
    if _named(link, marks):
        return None
    if marks.not_found:
        return Finding(
            _F, "soft-404", f'says "{marks.not_found}" with status {seen.status}, as for any made-up address', Proof.DENIAL
        )
    return None


def _shell(seen: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    marks = seen.signals
    if marks and marks.shell and not _named(link, marks):
        return Finding(_B, "script-shell", "an empty page that only a browser's scripts fill: cannot tell")
    return None


def _moved(seen: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    redirects = seen.hops[:-1]
    if not redirects or any(hop.status not in {301, 308} for hop in redirects) or site(link.url) in _RESOLVERS:
        return None
    how = redirect_kind(link.url, seen.final_url)
    return Finding(_M, f"moved-{how}", f"permanently moved ({how}) to {seen.final_url}") if how else None


def _alive(seen: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    status = seen.status
    return _answered(status) if status is not None and 200 <= status < 400 else None


@cache
def _answered(status: int) -> Finding:
    """One finding for all links that answered alike: there are many."""
    return Finding(_A, "answered", f"content was seen ({status})")


_RULES: tuple[Callable[[Observation, Link, Sequence[Observation]], Finding | None], ...] = (
    _registry,
    _trouble,
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
    seen: Observation, link: Link, *, twin: bool = False, earlier: Sequence[Observation] = ()
) -> str | None:
    """Why a made-up sibling should be asked before this page is believed, or None. `twin`: another link showed the same page."""
    marks = seen.signals
    if marks is None or seen.registry or seen.failure or not 200 <= (seen.status or 0) < 300 or marks.challenge or marks.login:
        return None
    if marks.parked or marks.sale:
        return "parking or sale marks"
    if marks.not_found:
        return "not-found words"
    if path_depth(seen.final_url) < path_depth(link.url) and not same_page(link.url, seen.final_url):
        return "a redirect to a shallower path"
    if _named(link, marks):
        return None
    if site(seen.final_url) != site(link.url) and site(link.url) not in _RESOLVERS:
        return "a redirect to another site"
    if twin:
        return "the same page as another link"
    titles = _healthy_titles(earlier)
    if titles and marks.title and not any(similar(marks.title, old) for old in titles):
        return "a title unlike every earlier one"
    return None


def _anything_goes(seen: Observation) -> bool:
    """Whether a made-up neighbour got the same page: then this page says nothing of its own address."""
    sibling, marks = seen.soft404, seen.signals
    if sibling is None or marks is None or sibling.status is None or not 200 <= sibling.status < 300:
        return False
    if without_fragment(sibling.final_url) == without_fragment(seen.final_url):
        return True
    return bool(sibling.digest and sibling.digest == marks.digest) or bool(sibling.title and sibling.title == marks.title)


def _healthy_titles(earlier: Sequence[Observation]) -> list[str]:
    """The titles that the page had while nothing was wrong with it."""
    return [
        marks.title
        for old in earlier
        if (marks := old.signals) and marks.title and old.status == 200
        if not (marks.gambling or marks.parked or marks.sale or marks.not_found)
    ]


def _named(link: Link, marks: PageSignals) -> bool:
    """Whether the page names the work that the link promises."""
    return link.work is not None and names_work(link.work.title, f"{marks.title} {marks.heading}")
