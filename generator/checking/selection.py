"""Which links one call of `check` asks, under which settings, and which problems and duplicates belong to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from generator.checking.handover import HandedOver
from generator.checking.history_view import history_path
from generator.checking.inputs import CheckInputs
from generator.checking.page_settings import SETTINGS, join_policies, policies_at
from generator.checking.since import changes_since, new_clusters, new_links, new_problems, old_page_links
from generator.problems import Place, Problem, Severity, errors_and_warnings, nearest, quoted
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from linkcheck.duplicates import clusters
from linkcheck.history import History, HistoryError
from linkcheck.judging.classify import classify
from linkcheck.model import Cluster, Link, Outcome
from linkcheck.policy import Policy
from linkcheck.registries import Registry, registry_for
from linkcheck.urls import FAULTS, fetch_key, host_key, split, web

__all__ = ["FAILING", "SelectOptions", "Selected", "failing_keys", "filter_links", "links_of_shard", "select_links", "shard_of"]

FAILING = "failing"
"""The value of `--only` that names neither a host nor an entry."""


@dataclass(frozen=True, slots=True)
class SelectOptions:
    """The options that select links; `history` is its path where one was given."""

    since: str | None = None
    only: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None
    history: Path | None = None
    sites: tuple[Registry, ...] = ()
    """The registries that are asked, for `shard`."""
    handed_over: HandedOver | None = None
    """What other machines handed over: then only those links."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The links to check, with their policy, duplicates and problems; `failure` is why they can't be selected."""

    policy: Policy = field(default_factory=Policy)
    links: Collection[Link] = ()
    clusters: tuple[Cluster, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: Problem | None = None


def select_links(inputs: CheckInputs, options: SelectOptions, today: date) -> Selected:
    """The links that pass `since`, `only` and `shard`, with the duplicates and problems that belong to them.

    With `since` the settings are those of the base: a pull request must not change the rules it is checked by, the secrets and the
    hosts that receive them, or the private networks that the checking machine may connect to.
    """
    policy, links = inputs.policy, inputs.links
    if wrong := unmatched(links, options.only):
        return Selected(failure=wrong)
    problems, found = _without_url_faults(inputs.problems), inputs.clusters if inputs.lists else clusters(inputs.candidates)
    if options.since is not None:
        anchor = inputs.folder if inputs.is_collection else next((page.parent for page in inputs.pages), Path())
        changed = changes_since(anchor, options.since, today=today, is_collection=inputs.is_collection)
        if isinstance(changed, Problem):
            return Selected(failure=changed)
        pages = old_page_links(changed, inputs.pages)
        if isinstance(pages, Problem):
            return Selected(failure=pages)
        links = new_links(changed, inputs, pages)
        beside = policies_at(changed.base, inputs.pages)
        if isinstance(beside, Problem):
            return Selected(failure=beside)
        found, problems = new_clusters(changed, inputs, found, pages), new_problems(changed, problems, inputs.catalogue, today)
        policy = join_policies(changed.policy if inputs.is_collection else None, beside)
        problems = (*problems, *_settings_note(inputs, policy, options.since))
    failed = frozenset[str]()
    if FAILING in options.only:
        known = failing_keys(links, history_path(inputs.folder, options.history))
        if isinstance(known, Problem):
            return Selected(failure=known)
        failed = known
    links = filter_links(links, options.only, failed)
    if options.handed_over is not None:
        links = options.handed_over.of(links)
    if options.shard is not None:
        links = links_of_shard(links, *options.shard, options.sites)
    return Selected(policy, links, found, problems)


def _settings_note(inputs: CheckInputs, policy: Policy, ref: str) -> tuple[Problem, ...]:
    if replace(inputs.policy, contact="") == replace(policy, contact=""):
        return ()
    where = shown(inputs.folder / COLLECTION if inputs.is_collection else next(iter(inputs.pages), Path()).parent / SETTINGS)
    message = (
        f"check settings differ from those at {ref}; --since uses the settings at {ref}, "
        "so that a pull request cannot change its own rules"
    )
    hint = "they apply after the merge; to try them now, check without --since"
    return (Problem("settings-of-base", Severity.NOTE, message, Place(where), hint),)


def _without_url_faults(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Errors and warnings without malformed URLs, which `check` reports as verdicts."""
    return tuple(problem for problem in errors_and_warnings(problems) if problem.code not in FAULTS)


def filter_links(links: Collection[Link], only: Sequence[str], failed: frozenset[str] = frozenset()) -> Collection[Link]:
    """The links that `--only` names: by host (with its subdomains), entry id, a pattern of either, or `failing`.

    `failed` are the fetch keys that "failing" stands for.
    """
    if not only:
        return links

    def wanted(link: Link) -> bool:
        return any(fetch_key(link.url) in failed if word == FAILING else _is_named(link, word) for word in only)

    return tuple(link for link in links if wanted(link))


def unmatched(links: Iterable[Link], only: Sequence[str]) -> Problem | None:
    """The problem of the first name in `--only` that no link has; None where each has one, or there are no links."""
    word = next((word for word in only if word != FAILING and not any(_is_named(link, word) for link in links)), None)
    if word is None or not links:
        return None
    names = {name for link in links for name in (_host(link.url), link.place.entry) if name}
    near = nearest(word, names)
    hint = (
        f'did you mean "{near}"?'
        if near
        else "name a host, an entry's id, a pattern of either such as *.example.org, or failing"
    )
    return Problem(
        "unknown-value", Severity.ERROR, f"--only: no link has the host or the entry {quoted(word)}", Place(""), hint
    )


def _is_named(link: Link, word: str) -> bool:
    """Whether a word of `--only` names a link's host (or one above it) or entry."""
    host, folded = _host(link.url), word.lower()
    return fnmatchcase(host, folded) or host.endswith(f".{folded}") or fnmatchcase(link.place.entry or "", word)


def failing_keys(links: Iterable[Link], path: Path) -> frozenset[str] | Problem:
    """The fetch keys of the links that were failing or dead in their last check; a problem if the history can't be read."""
    if not path.is_file():
        message = f"there is no history at {shown(path)}, so nothing is known to be failing"
        hint = "run `listkeeper check` without --only failing once: it creates the history"
        return Problem("no-history", Severity.ERROR, message, Place(shown(path)), hint)
    try:
        with History(path) as past:
            return frozenset(_failing(links, past))
    except (sqlite3.DatabaseError, HistoryError) as error:
        hint = "run `listkeeper check` without --only failing once: a damaged history is renamed and a new one begun"
        return Problem("no-history", Severity.ERROR, f"the history can't be read: {error}", Place(shown(path)), hint)


def shard_of(url: str, count: int, sites: Sequence[Registry] = ()) -> int:
    """Which of `count` machines (1 to `count`) checks a URL: the same for a host and its sibling hosts, on every run and platform.

    Pacing is by host, so no host may be asked by two machines. A link that a registry is asked about goes with the registry's host;
    one without a host is assigned by its text.
    """
    registry = registry_for(url, sites) if sites else None
    asked = registry[0].requests((registry[1],))[0].url if registry else url
    host = split(asked).ascii_host if web(asked) else ""
    return crc32((host_key(host) or url).encode("utf-8", "surrogatepass")) % count + 1


def links_of_shard(links: Iterable[Link], number: int, count: int, sites: Sequence[Registry] = ()) -> tuple[Link, ...]:
    """The links of machine `number` of `count`."""
    return tuple(link for link in links if shard_of(link.url, count, sites) == number)


def _failing(links: Iterable[Link], past: History) -> Iterator[str]:
    for link in links:
        nights = [seen for seen in past.of(fetch_key(link.url)) if not seen.discarded_reason]
        if nights and classify(nights[-1], link, nights[:-1]).outcome is Outcome.FAILING:
            yield fetch_key(link.url)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
