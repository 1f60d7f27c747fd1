"""Which links one call of `check` asks, under which settings, and which problems and duplicates belong to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from generator.checking.history_view import history_path
from generator.checking.inputs import CheckInputs
from generator.checking.since import Change, changes_since, new_clusters, new_links, new_problems, old_page_links
from generator.problems import Place, Problem, Severity, errors_and_warnings
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from linkcheck.duplicates import clusters
from linkcheck.history import History, HistoryError
from linkcheck.judging.classify import classify
from linkcheck.model import Cluster, Link, Outcome
from linkcheck.policy import Policy
from linkcheck.urls import FAULTS, fetch_key, host_key, split, web

__all__ = ["FAILING", "SelectOptions", "Selected", "failing_keys", "filter_links", "links_of_shard", "select_links", "shard_of"]

FAILING = "failing"
"""The word of `--only` that names no host and no entry."""


@dataclass(frozen=True, slots=True)
class SelectOptions:
    """What the command line selects, and where the history lies if it says so."""

    since: str | None = None
    only: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None
    history: Path | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """What is to be asked and told of all that was inputs, under which policy; `failure` says why that can't be known."""

    policy: Policy = field(default_factory=Policy)
    links: tuple[Link, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: Problem | None = None


def select_links(inputs: CheckInputs, choice: SelectOptions, today: date) -> Selected:
    """The links that `since`, `only` and `shard` all let through, with the duplicates and problems that belong to them.

    Under `since` the settings are those of the base: who proposes a change doesn't set the rules that it is judged by, nor name
    the secrets, the hosts they go to, or the private networks that the judging machine opens.
    """
    policy, links = inputs.policy, inputs.links
    problems, found = _not_verdicts(inputs.problems), clusters(inputs.candidates)
    if choice.since is not None:
        anchor = inputs.folder if inputs.is_collection else next((page.parent for page in inputs.pages), Path())
        changed = changes_since(anchor, choice.since, today=today, is_collection=inputs.is_collection)
        if isinstance(changed, Problem):
            return Selected(failure=changed)
        pages = old_page_links(changed, inputs.pages)
        if isinstance(pages, Problem):
            return Selected(failure=pages)
        links = new_links(changed, inputs, pages)
        found, problems = new_clusters(changed, inputs, found, pages), new_problems(changed, problems)
        problems, policy = (*problems, *_other_settings(inputs, changed, choice.since)), changed.policy
    failed = frozenset[str]()
    if FAILING in choice.only:
        known = failing_keys(links, history_path(inputs.folder, choice.history))
        if isinstance(known, Problem):
            return Selected(failure=known)
        failed = known
    links = filter_links(links, choice.only, failed)
    return Selected(policy, links_of_shard(links, *choice.shard) if choice.shard else links, found, problems)


def _other_settings(inputs: CheckInputs, changed: Change, ref: str) -> tuple[Problem, ...]:
    if replace(inputs.policy, contact="") == replace(changed.policy, contact=""):
        return ()
    where = shown(inputs.folder / COLLECTION)
    message = f"the settings under check differ from those of {ref}, which hold here: nobody sets the rules he is judged by"
    hint = "they hold from the merge on; to try them, check without --since"
    return (Problem("settings-of-base", Severity.NOTE, message, Place(where), hint),)


def _not_verdicts(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The errors_and_warnings problems, without those of malformed URLs: here these are verdicts, and told once."""
    return tuple(problem for problem in errors_and_warnings(problems) if problem.code not in FAULTS)


def filter_links(links: Sequence[Link], only: Sequence[str], failed: frozenset[str] = frozenset()) -> tuple[Link, ...]:
    """The links that `--only` names: by host (its subdomains with it), entry id or pattern of either, or as `failing`.

    `failed` are the fetch keys that the last word stands for.
    """
    if not only:
        return tuple(links)

    def wanted(link: Link) -> bool:
        host = _host(link.url)
        return any(
            fetch_key(link.url) in failed
            if word == FAILING
            else fnmatchcase(host, word) or host.endswith(f".{word}") or fnmatchcase(link.place.entry or "", word)
            for word in only
        )

    return tuple(link for link in links if wanted(link))


def failing_keys(links: Sequence[Link], path: Path) -> frozenset[str] | Problem:
    """The fetch keys of the links that were failing (or dead) when they were last seen; a problem where no history says so."""
    if not path.is_file():
        message = f"there is no history at {shown(path)}, so nothing is known to be failing"
        hint = "leave --only failing out once: every `listkeeper check` of the lists is remembered"
        return Problem("no-history", Severity.ERROR, message, Place(shown(path)), hint)
    try:
        with History(path) as past:
            return frozenset(_failing(links, past))
    except (sqlite3.DatabaseError, HistoryError) as error:
        hint = "leave --only failing out once: a damaged history is put aside, and the nights count anew"
        return Problem("no-history", Severity.ERROR, f"the history can't be read: {error}", Place(shown(path)), hint)


def shard_of(url: str, count: int) -> int:
    """Which of `count` machines (1 to `count`) asks a URL: the same one for all of a host's owner, on every run and platform.

    Politeness is kept by host, so no host may be asked by two machines. What has no host goes by its own text.
    """
    host = split(url).ascii_host if web(url) else ""
    return crc32((host_key(host) or url).encode("utf-8", "surrogatepass")) % count + 1


def links_of_shard(links: Sequence[Link], number: int, count: int) -> tuple[Link, ...]:
    """The links of one machine among `count`."""
    return tuple(link for link in links if shard_of(link.url, count) == number)


def _failing(links: Sequence[Link], past: History) -> Iterator[str]:
    for link in links:
        nights = [seen for seen in past.of(fetch_key(link.url)) if not seen.discarded_reason]
        if nights and classify(nights[-1], link, nights[:-1]).outcome is Outcome.FAILING:
            yield fetch_key(link.url)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
