"""What one request serves: all links with one fetch key. Pure: from links to resources, and back to one verdict per distinct URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from hashlib import sha256
from pathlib import PurePosixPath
from zlib import crc32

from linkcheck.model import Excuse, Hop, Link, Outcome, Place, Verdict
from linkcheck.policy import HostRule, LinkRule, Policy
from linkcheck.urls import Parts, fault, fetch_key, host_key, scheme_note, split

_FRAGMENTS = 30
"""So many fragments of one page are looked for."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """A redirect chain that another machine began: the fetch key, its hops so far (none: it asked nothing), and the next URL.

    `neighbour` is where a made-up page beside the first URL redirects to, which that machine asked as well; "" if it leads nowhere.
    """

    key: str
    hops: tuple[Hop, ...]
    url: str
    neighbour: str = ""


@dataclass(slots=True)
class Target:
    """A URL to ask, for every link with its fetch key. `host` is its ASCII host, `site` the registrable domain of that.

    Where another machine began its redirect chain, `hops` are the hops so far, `url` is the next one, and `neighbour` is that of the
    `Continuation`.
    """

    key: str
    url: str
    links: list[Link]
    host: str
    site: str
    hops: tuple[Hop, ...] = ()
    neighbour: str = ""

    @property
    def link(self) -> Link:
        """The link that stands for all of them: the first whose work has a title, else the first."""
        return next((link for link in self.links if link.work and link.work.title), self.links[0])

    @property
    def lists(self) -> tuple[str, ...]:
        """The distinct lists of its links; ("",) where one run checks one."""
        return tuple(dict.fromkeys(link.place.list for link in self.links)) or ("",)

    @property
    def fragments(self) -> tuple[str, ...]:
        """The distinct fragments that its links name."""
        named = (link.url.partition("#")[2] for link in self.links)
        return tuple(dict.fromkeys(name for name in named if name))[:_FRAGMENTS]


def target_of(url: str, links: list[Link], key: str | None = None) -> Target:
    """The resource of a URL that can be asked; `key` is its fetch key where that is known already."""
    bare = url.partition("#")[0]
    host = split(bare).ascii_host
    own = key or fetch_key(url)
    return Target(bare if own == bare else own, bare, links, host, host_key(host))


def group_links(links: Iterable[Link], policy: Policy) -> tuple[dict[str, Target], list[Verdict]]:
    """What must be asked, by fetch key; and verdicts, with all their places, of what can't or needn't be."""
    resources: dict[str, Target] = {}
    settled: dict[str, Verdict] = {}
    for link in links:
        known = settled.get(link.url)
        if known is not None:
            settled[link.url] = replace(known, places=(*known.places, link.place))
            continue
        found = unaskable(link, policy)
        if found is not None:
            settled[link.url] = replace(found, places=(link.place,))
            continue
        key = fetch_key(link.url)
        if key in resources:
            resources[key].links.append(link)
        else:
            found_one = target_of(link.url, [link], key)
            resources[found_one.key] = found_one
    return resources, list(settled.values())


def links_by_url(links: Sequence[Link]) -> Iterator[tuple[Link, tuple[Place, ...]]]:
    """One link for each distinct URL, with the places of all: one that nothing excuses, where there is one."""
    if len(links) == 1:
        yield links[0], (links[0].place,)
        return
    places: dict[str, list[Place]] = {}
    chosen: dict[str, Link] = {}
    for link in links:
        places.setdefault(link.url, []).append(link.place)
        known = chosen.get(link.url)
        if known is None or ((known.excuse or known.state) and not (link.excuse or link.state)):
            chosen[link.url] = link
    for url, link in chosen.items():
        yield link, tuple(places[url])


def partition(host: str, count: int) -> int:
    """Which of `count` machines (1 to `count`) asks a host key: the same one in every run and on every platform."""
    return crc32(host.encode()) % count + 1


def unaskable(link: Link, policy: Policy) -> Verdict | None:
    """The verdict of a link that isn't asked at all, or None: settled, malformed, private as written, no web link, or by a host rule."""
    if link.settled is not None:
        found = link.settled
        reason = link.excuse.reason if link.excuse and found.outcome is Outcome.UNCHECKED else None
        return Verdict(
            link.url, found.outcome, found.outcome, found.rule, found.reason, fragment=found.fragment, excused=reason
        )
    wrong = fault(link.url, allowed=policy.allow_private)
    if wrong is not None:
        reason = f"{wrong.message} ({wrong.hint})" if wrong.hint else wrong.message
        return Verdict(link.url, Outcome.INVALID, Outcome.INVALID, wrong.code, reason)
    note = scheme_note(link.url)
    if note is not None:
        return Verdict(link.url, Outcome.UNCHECKED, Outcome.UNCHECKED, "not-web", note)
    rule = rule_for(split(link.url).ascii_host, policy.hosts, link.place.list) if policy.hosts else None
    if rule is not None and rule.skip:
        return Verdict(link.url, Outcome.UNCHECKED, Outcome.UNCHECKED, "host-rule", rule.skip)
    return None


def rule_for(host: str, rules: Iterable[HostRule], name: str = "") -> HostRule | None:
    """The maintainer's rule for a host: its very name first, then the nearest `.name` above it; of two for one name that for https.

    `name` is the list of the link, whose own rules go before those for all lists.
    """
    fitting = [
        rule
        for rule in rules
        if rule.list in {"", name} and (host == rule.host or (rule.host.startswith(".") and f".{host}".endswith(rule.host)))
    ]
    return max(
        fitting,
        key=lambda rule: (
            not rule.host.startswith("."),
            len(rule.host),
            bool(rule.list),
            (rule.scheme, rule.port) == ("https", 443),
        ),
        default=None,
    )


def own_settings(link: Link, policy: Policy) -> str:
    """What keeps a link from being asked together with other lists' links to the same URL; "" if nothing does.

    That is a rule of its list for its host that changes what is sent, or what is accepted.
    """
    if not link.place.list or not policy.hosts:
        return ""
    rule = rule_for(split(link.url).ascii_host, policy.hosts, link.place.list)
    if rule is None or not rule.list or not (rule.headers or rule.accept or rule.skip or rule.method != "GET"):
        return ""
    return sha256(repr((rule.headers, rule.method, rule.accept, rule.skip)).encode()).hexdigest()[:12]


def with_exceptions(links: Iterable[Link], rules: Sequence[LinkRule]) -> Iterable[Link]:
    """The links; those that a rule covers and that have no exception of their own have the rule's."""
    if not rules:
        return links
    find = exception_finder(rules)
    found = ((link, None if link.excuse else find(link)) for link in links)
    return (
        link if rule is None else replace(link, excuse=Excuse(rule.accept, rule.reason, rule.until)) for link, rule in found
    )


def exception_finder(rules: Sequence[LinkRule]) -> Callable[[Link], LinkRule | None]:
    """A function that returns the first rule for a link: one with its URL, with or without its fragment, else one with a pattern."""
    exact = {(rule.folder, rule.url): rule for rule in reversed(rules) if "*" not in rule.url}
    # Only `*` has a meaning: other signs of patterns stand in URLs.
    patterns = [(rule, re.compile(translate(re.sub(r"[\[?]", r"[\g<0>]", rule.url)))) for rule in rules if "*" in rule.url]
    folders = dict.fromkeys(rule.folder for rule in rules)

    def find(link: Link) -> LinkRule | None:
        here = (None, PurePosixPath(link.place.path).parent.as_posix())
        for url in (link.url, link.url.partition("#")[0]):
            for folder in folders:
                if folder in here and url and (rule := exact.get((folder, url))):
                    return rule
        return next((rule for rule, pattern in patterns if rule.folder in here and pattern.match(link.url)), None)

    return find


def credentials_for(parts: Parts, rules: Iterable[HostRule]) -> tuple[tuple[str, str], ...]:
    """The secret headers that may go where a URL leads: those of a rule for its host, its scheme and its port."""
    rule = rule_for(parts.ascii_host, [rule for rule in rules if (rule.scheme, rule.port) == (parts.scheme, parts.port)])
    return rule.credentials if rule else ()
