"""Classify one observation: the first rule of `_RULES` that applies gives outcome, rule name and reason. Pure.

The order of `_RULES` is the order of trust: a registry's answer first, plain content last. A failing finding's `Proof` says what
it takes to call the link dead; `verdict` counts the nights. `explain` looks rule names up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from urllib.parse import unquote, urlsplit

from linkcheck.judging.redirect_kind import names_other_language, path_depth, redirect_kind, same_page, site, without_fragment
from linkcheck.judging.title_match import names_work, similar
from linkcheck.model import FailureKind, Link, Observation, Outcome, PageSignals, Place
from linkcheck.urls import lasting

__all__ = ["ENOUGH_LINKS", "Finding", "Proof", "classified", "classify", "most_deny", "needs_soft404_probe", "root_denies"]


class Proof(Enum):
    """What it takes to call a failing link dead."""

    NONE = "never"
    AUTHORITY = "at once, if seen twice in the run"
    NAME = "two nights"
    DENIAL = "N nights"
    TROUBLE = "many nights over weeks"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one observation alone."""

    outcome: Outcome
    rule: str
    reason: str
    proof: Proof = Proof.NONE


_A, _M, _F, _B, _U = Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.BLOCKED, Outcome.UNCHECKED

_FAILURES: dict[FailureKind, Finding] = {
    FailureKind.NO_SUCH_HOST: Finding(_F, "no-such-host", "the host name doesn't exist", Proof.NAME),
    FailureKind.DNS_FAILURE: Finding(_F, "dns-failure", "the host's name servers don't answer", Proof.TROUBLE),
    FailureKind.NO_DNS: Finding(_U, "no-dns", "no name server can be reached from this machine"),
    FailureKind.PRIVATE_ADDRESS: Finding(_B, "private-address", "leads to a private address, which is never connected to"),
    FailureKind.UNREACHABLE: Finding(_F, "unreachable", "no route to the host", Proof.TROUBLE),
    FailureKind.IPV6_ONLY: Finding(_B, "ipv6-only", "the host has only IPv6 addresses, and this network may have no IPv6"),
    FailureKind.REFUSED: Finding(_F, "connection-refused", "the host refuses connections", Proof.TROUBLE),
    FailureKind.RESET: Finding(_F, "connection-reset", "the host closes the connection before it answers", Proof.TROUBLE),
    FailureKind.TIMEOUT: Finding(_F, "timeout", "no answer in time, not even in a second, longer attempt", Proof.TROUBLE),
    FailureKind.TLS_EXPIRED: Finding(_F, "tls-expired", "the certificate has expired", Proof.TROUBLE),
    FailureKind.TLS_WRONG_NAME: Finding(_B, "tls-untrusted", "the certificate is for another host name"),
    FailureKind.TLS_SELF_SIGNED: Finding(_B, "tls-untrusted", "the certificate is self-signed"),
    FailureKind.TLS_UNKNOWN_ISSUER: Finding(
        _B, "tls-untrusted", "the certificate's issuer is unknown, or an intermediate certificate is missing"
    ),
    FailureKind.TLS_TOO_OLD: Finding(_B, "tls-untrusted", "the host supports only outdated TLS versions"),
    FailureKind.TLS_FAILED: Finding(_F, "tls-failed", "the TLS handshake failed", Proof.TROUBLE),
    FailureKind.CLIENT_CERTIFICATE: Finding(_B, "client-certificate", "the server asks for a client certificate"),
    FailureKind.HTTP2_ONLY: Finding(_B, "http-version", "the server speaks only HTTP/2"),
    FailureKind.TRUNCATED: Finding(_F, "truncated", "the answer is cut off", Proof.TROUBLE),
    FailureKind.PROTOCOL: Finding(_F, "protocol-error", "the answer isn't valid HTTP", Proof.TROUBLE),
    FailureKind.HEADERS_TOO_LARGE: Finding(_B, "headers-too-large", "the response headers are too large"),
    FailureKind.BAD_LOCATION: Finding(_B, "bad-location", "redirects to an invalid address: a fault of the server"),
    FailureKind.REDIRECT_LOOP: Finding(_F, "redirect-loop", "redirects in a loop", Proof.DENIAL),
    FailureKind.TOO_MANY_HOPS: Finding(_F, "too-many-hops", "redirects too many times", Proof.DENIAL),
    FailureKind.PROXY: Finding(_U, "proxy", "the proxy of this network refused or failed"),
    FailureKind.LEFT_ALONE: Finding(_U, "not-asked", "the host asked for no more requests tonight"),
}

_STATUSES: dict[int, Finding] = {
    401: Finding(_B, "unauthorized", "requires a login (401)"),
    402: Finding(_B, "payment-required", "requires payment (402)"),
    403: Finding(_B, "forbidden", "refuses access (403)"),
    404: Finding(_F, "not-found", "not found (404)", Proof.DENIAL),
    405: Finding(_B, "refused", "refuses the request method (405)"),
    406: Finding(_B, "refused", "offers no format that we accept (406)"),
    407: Finding(_B, "unauthorized", "a proxy of the host requires a login (407)"),
    410: Finding(_F, "gone", "permanently removed (410)", Proof.AUTHORITY),
    426: Finding(_B, "http-version", "requires another version of HTTP (426)"),
    429: Finding(_B, "rate-limited", "too many requests (429)"),
    451: Finding(_B, "legal", "blocked for legal reasons (451)"),
    464: Finding(_B, "http-version", "requires another version of HTTP (464)"),
    495: Finding(_B, "client-certificate", "asks for a client certificate (495)"),
    496: Finding(_B, "client-certificate", "asks for a client certificate (496)"),
    505: Finding(_B, "http-version", "requires another version of HTTP (505)"),
    511: Finding(_B, "unauthorized", "the network requires a login (511)"),
    999: Finding(_B, "refused", "refuses automated requests (999)"),
}

_BROKEN = frozenset({FailureKind.RESET, FailureKind.TRUNCATED, FailureKind.PROTOCOL, FailureKind.TIMEOUT})
"""Failures with which a wall for programs may answer: it is one if an earlier hop showed whose."""

_MISSING = frozenset({"not-found", "gone", "redirect-loop", "too-many-hops"})
"""Rules of links that may be missing only because their whole site is broken."""
ENOUGH_LINKS = 4
"""Least number of links of a site of which most can show that the site is broken."""

_FEW_WORDS = 250
"""Words up to which a page may be a wall."""
_ROOT = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|home-?page|default|start|main|welcome|front-?page|startseite|willkommen|accueil"
    r"|bienvenue|inicio|portada|principal|home-principal|pagina-principal|pagina-inicial|benvenuti|thuis|forside|hem|hjem|etusivu|domov"
    r"|strona-glowna|start-?page|glavnaya|ana-?sayfa|beranda|kezdolap|trang-chu)(?:\.[a-z]{3,5})?/?)?",
    re.IGNORECASE,
)
"""Paths of home pages."""

_RESOLVERS = frozenset({"doi.org", "handle.net", "w3id.org", "purl.org", "purl.oclc.org", "arxiv.org"})
"""Permanent identifiers, made to redirect: links to these hosts never count as moved."""


def classify(observation: Observation, link: Link, earlier: Sequence[Observation] = ()) -> Finding:
    """The finding of one observation of a link; `earlier` observations give the titles that the page had before."""
    for rule in _RULES:
        finding = rule(observation, link, earlier)
        if finding is not None:
            return finding
    return Finding(_F, "unanswered", "no usable answer", Proof.TROUBLE)


def classified(observations: Sequence[Observation], link: Link) -> Iterator[tuple[Observation, Finding]]:
    """Observations of a link (given oldest first) with their findings, latest first; each is classified when it is reached."""
    for index in range(len(observations) - 1, -1, -1):
        yield observations[index], classify(observations[index], link, observations[:index])


def _registry(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    answer = observation.registry
    if answer is None or answer.status == "unknown":
        return None
    if answer.status == "missing":
        return Finding(_F, "registry-missing", f"{answer.name} says: {answer.detail or 'no such id'}", Proof.AUTHORITY)
    if answer.status == "moved":
        return Finding(_M, "registry-moved", f"{answer.name} says: now at {answer.url}")
    return Finding(_A, "registry-exists", f"{answer.name} lists it{f' ({answer.detail})' if answer.detail else ''}")


def _network_failure(observation: Observation, link: Link, earlier: Sequence[Observation]) -> Finding | None:
    kind = observation.failure
    if kind is None:
        return None
    if kind in _BROKEN and (wall := _challenge(observation, link, earlier)) is not None:
        return wall
    finding, detail = _FAILURES[kind], observation.hops[-1].detail
    return Finding(finding.outcome, finding.rule, detail or finding.reason, finding.proof)


def _accepted(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """A status that a host rule accepts is alive whatever the page shows: such rules are mostly written for bot challenges."""
    if observation.status_accepted and not 200 <= (observation.status or 0) < 300:
        return Finding(_A, "accepted", f"status {observation.status}, which its host rule accepts")
    return None


def _challenge(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals and signals.challenge:
        return Finding(_B, "challenge", f"shows a bot challenge: {signals.challenge}")
    if signals and signals.refusal:
        return Finding(_B, "refusal", f'refuses programs: "{signals.refusal}"')
    return None


def _tombstone(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """A takedown notice; one with a status of success must be the answer for any address."""
    signals, status = observation.signals, observation.status or 0
    if signals is None or not signals.tombstone or status == 401:
        return None
    if 200 <= status < 300 and not _same_for_any_address(observation):
        return None
    return Finding(_F, "tombstone", f"the host says the site was taken down: {signals.tombstone}", Proof.DENIAL)


def _status(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    status = observation.status
    if status is None or 200 <= status < 300:
        return None
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return Finding(_F, "server-error", f"server error ({status})", Proof.TROUBLE)
    if status >= 400:
        return Finding(_B, "client-error", f"refuses the request ({status})")
    if status in {300, 304}:
        return None
    return Finding(_B, "bad-location", f"redirects to an invalid address ({status}): a fault of the server")


def _login(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals is None or not signals.login or (len(observation.hops) == 1 and _names_the_work(link, signals)):
        return None
    return Finding(_B, "login", f"behind a login: {signals.login}")


def _wall(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """A page before the content. One that the link names itself is none if the work is about that, or if it is a choice of its own."""
    signals = observation.signals
    if signals is None or not (signals.wall or signals.choice or signals.maintenance):
        return None
    redirected = _redirected(observation, link)
    if not redirected and _about(link, signals.wall.partition(": ")[2] or signals.choice or signals.maintenance):
        return None
    if signals.maintenance:
        return Finding(_F, "maintenance", f'says that it is under maintenance: "{signals.maintenance}"')
    if signals.wall:
        return Finding(_B, "wall", f"a wall before the content {signals.wall}")
    if signals.choice and (redirected or (not _is_root(link.url) and _same_for_any_address(observation))):
        return Finding(_B, "wall", f"a wall before the content asks for a country or language: {signals.choice}")
    return None


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
        (f'gambling words ("{signals.gambling}")', bool(signals.gambling)),
        (
            "a title unlike all earlier ones",
            bool(titles and signals.title) and not any(similar(signals.title, earlier_one) for earlier_one in titles),
        ),
    ]
    found = [text for text, present in evidence if present]
    if len(found) >= 2:
        return Finding(_F, "hijacked", f"now someone else's page: {' and '.join(found)}", Proof.DENIAL)
    return None


def _soft_404(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """The same answer for any address: death where it denies or is the site's root, alive where it names the work, else unknown."""
    signals, probe = observation.signals, observation.soft404
    if signals is None or probe is None or not _same_for_any_address(observation) or _names_the_work(link, signals):
        return None
    if signals.not_found:
        return Finding(
            _F,
            "soft-404",
            f'says "{signals.not_found}" with status {observation.status}, as it does for a made-up address',
            Proof.DENIAL,
        )
    if _redirected(observation, link) and _is_root(observation.final_url) and _is_root(probe.final_url):
        return Finding(_F, "soft-404", f"every address of this site leads to {observation.final_url}", Proof.DENIAL)
    same_page_shown = _same_url(observation) or (_same_text(observation) and probe.title == signals.title)
    if _is_root(link.url) or not same_page_shown:
        return None
    return Finding(
        _B, "same-for-any-address", "shows the same page for any address, without the title of the entry: can't tell"
    )


def _shell(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    signals = observation.signals
    if signals and signals.shell and not _names_the_work(link, signals):
        return Finding(_B, "script-shell", "an empty page that only scripts fill: can't tell")
    return None


def _moved(observation: Observation, link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    """A permanent redirect that every reader would get; not one to the language that was asked for, or to a session of ours."""
    redirects = observation.hops[:-1]
    if not redirects or any(hop.status not in {301, 308} for hop in redirects) or site(link.url) in _RESOLVERS:
        return None
    new = lasting(observation.final_url, link.url, observation.at)
    if any(hop.by_language for hop in redirects) and names_other_language(link.url, new):
        return None
    kind = redirect_kind(link.url, new)
    return Finding(_M, f"moved-{kind}", f"permanently moved ({kind}) to {new}") if kind else None


def _alive(observation: Observation, _link: Link, _earlier: Sequence[Observation]) -> Finding | None:
    status = observation.status
    return _content(status) if status is not None and 200 <= status < 400 else None


@cache
def _content(status: int) -> Finding:
    """One shared finding per status: most links get it."""
    return Finding(_A, "answered", f"content was seen ({status})")


_RULES: tuple[Callable[[Observation, Link, Sequence[Observation]], Finding | None], ...] = (
    _registry,
    _network_failure,
    _accepted,
    _challenge,
    _tombstone,
    _status,
    _login,
    _wall,
    _parked,
    _hijacked,
    _soft_404,
    _shell,
    _moved,
    _alive,
)


def root_denies(root: Observation, denial: Observation) -> bool:
    """Whether the root of a site denies as a page of it did: 404, 410, a redirect loop, or the same not-found page with a success.

    A site that says what became of it (parked, taken over or down) isn't broken, so that doesn't count.
    """
    seen = replace(root, soft404=denial.soft404)
    return _missing(seen, classify(seen, Link(root.key, Place(""))))


def most_deny(links: int, looks: Iterable[tuple[Observation, Finding]]) -> bool:
    """Whether most of the `links` of a site deny as its root may (`root_denies`), where it has at least 4; `looks` has those that fail."""
    return links >= ENOUGH_LINKS and 2 * sum(_missing(seen, finding) for seen, finding in looks) > links


def _missing(seen: Observation, finding: Finding) -> bool:
    return finding.rule in _MISSING or (finding.rule == "soft-404" and bool(seen.signals and seen.signals.not_found))


def needs_soft404_probe(
    observation: Observation, link: Link, *, page_seen_elsewhere: bool = False, earlier: Sequence[Observation] = ()
) -> str | None:
    """Why to request a made-up URL beside this page before believing it, or None.

    `page_seen_elsewhere`: another link of this run showed the same page.
    """
    signals = observation.signals
    if (
        signals is None
        or observation.registry
        or observation.failure
        or not 200 <= (observation.status or 0) < 300
        or signals.challenge
        or signals.refusal
        or signals.login
        or signals.wall
        or signals.maintenance
    ):
        return None
    if signals.parked or signals.sale:
        return "parking or sale marks"
    if signals.not_found:
        return "not-found words"
    if signals.tombstone:
        return "a takedown notice"
    if signals.choice:
        return "a choice of country or language"
    if _names_the_work(link, signals):
        return None
    if _redirected(observation, link):
        if path_depth(observation.final_url) < path_depth(link.url):
            return "a redirect to a shallower path"
        if site(link.url) not in _RESOLVERS:
            if site(observation.final_url) != site(link.url):
                return "a redirect to another site"
            if signals.digest and (
                signals.words < _FEW_WORDS or _without_return(link.url, observation.final_url) != observation.final_url
            ):
                return "a redirect to a page with few words or the way back"
    if page_seen_elsewhere:
        return "the same page as another link"
    titles = _earlier_titles(earlier)
    if titles and signals.title and not any(similar(signals.title, earlier_one) for earlier_one in titles):
        return "a title unlike all earlier ones"
    return None


def _same_for_any_address(observation: Observation) -> bool:
    """Whether the made-up URL got the same page: then the page says nothing about its own address."""
    probe, signals = observation.soft404, observation.signals
    if probe is None or signals is None or probe.status is None or not 200 <= probe.status < 300:
        return False
    return _same_url(observation) or _same_text(observation) or bool(probe.title and probe.title == signals.title)


def _same_url(observation: Observation) -> bool:
    """Whether the made-up URL led to the same address, apart from the way back that its query may have."""
    probe = observation.soft404
    if probe is None:
        return False
    if without_fragment(probe.final_url) == without_fragment(observation.final_url):
        return True
    seen = _without_return(observation.hops[0].url, observation.final_url) if observation.hops else observation.final_url
    return seen != observation.final_url and seen == _without_return(probe.url, probe.final_url)


def _same_text(observation: Observation) -> bool:
    """Whether the made-up URL showed the same text."""
    probe, signals = observation.soft404, observation.signals
    return probe is not None and signals is not None and bool(probe.digest) and probe.digest == signals.digest


def _redirected(observation: Observation, link: Link) -> bool:
    """Whether the link led to another page than it names."""
    return len(observation.hops) > 1 and not same_page(link.url, observation.final_url)


def _without_return(start: str, end: str) -> str:
    """The address to which a redirect led, without the values of its query that repeat where it came from."""
    parts = urlsplit(end)
    path = urlsplit(start).path
    if not parts.query or len(path) < 2:
        return end
    fields = (field.partition("=") for field in parts.query.split("&"))
    kept = "&".join(name if path in unquote(value) else f"{name}{equals}{value}" for name, equals, value in fields)
    return parts._replace(query=kept, fragment="").geturl()


def _is_root(url: str) -> bool:
    """Whether a URL is that of a site's home page, also in one of its languages."""
    return _ROOT.fullmatch(urlsplit(url).path) is not None


def _about(link: Link, words: str) -> bool:
    """Whether the title of the work has most of these words, the title of what looks like a wall."""
    return link.work is not None and names_work(words, link.work.title or "")


def _earlier_titles(earlier: Sequence[Observation]) -> list[str]:
    """The titles that the page had on nights when it was fine."""
    return [
        signals.title
        for earlier_one in earlier
        if (signals := earlier_one.signals) and signals.title and earlier_one.status == 200
        if not (signals.gambling or signals.parked or signals.sale or signals.not_found)
    ]


def _names_the_work(link: Link, signals: PageSignals) -> bool:
    """Whether the page's title or heading names the work of the link."""
    return link.work is not None and names_work(link.work.title, f"{signals.title} {signals.heading}")
