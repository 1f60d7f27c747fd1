"""What one call of `check` asks of all that was gathered, and by whose settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.checking.filters import FAILING, failing, of_shard, select
from generator.checking.history_view import place_of
from generator.checking.inputs import Gathered
from generator.checking.since import Change, change, new_clusters, new_links, new_problems, pages_before
from generator.problems import Place, Problem, Severity, pressing
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from linkcheck.duplicates import clusters
from linkcheck.model import Cluster, Link
from linkcheck.policy import Policy
from linkcheck.urls import FAULTS

__all__ = ["Choice", "Chosen", "choose"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line selects, and where the history lies if it says so."""

    since: str | None = None
    only: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None
    history: Path | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be asked and told of all that was gathered, under which policy; `failure` says why that can't be known."""

    policy: Policy = field(default_factory=Policy)
    links: tuple[Link, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: Problem | None = None


def choose(gathered: Gathered, choice: Choice, today: date) -> Chosen:
    """The links that `since`, `only` and `shard` all let through, with the duplicates and problems that belong to them.

    Under `since` the settings are those of the base: who proposes a change doesn't set the rules that it is judged by, nor name
    the secrets, the hosts they go to, or the private networks that the judging machine opens.
    """
    policy, links = gathered.policy, gathered.links
    problems, found = _not_verdicts(gathered.problems), clusters(gathered.candidates)
    if choice.since is not None:
        anchor = gathered.folder if gathered.collected else next((page.parent for page in gathered.pages), Path())
        changed = change(anchor, choice.since, today=today, collected=gathered.collected)
        if isinstance(changed, Problem):
            return Chosen(failure=changed)
        pages = pages_before(changed, gathered.pages)
        if isinstance(pages, Problem):
            return Chosen(failure=pages)
        links = new_links(changed, gathered, pages)
        found, problems = new_clusters(changed, gathered, found, pages), new_problems(changed, problems)
        problems, policy = (*problems, *_other_settings(gathered, changed, choice.since)), changed.policy
    failed = frozenset[str]()
    if FAILING in choice.only:
        known = failing(links, place_of(gathered.folder, choice.history))
        if isinstance(known, Problem):
            return Chosen(failure=known)
        failed = known
    links = select(links, choice.only, failed)
    return Chosen(policy, of_shard(links, *choice.shard) if choice.shard else links, found, problems)


def _other_settings(gathered: Gathered, changed: Change, ref: str) -> tuple[Problem, ...]:
    if replace(gathered.policy, contact="") == replace(changed.policy, contact=""):
        return ()
    where = shown(gathered.folder / COLLECTION)
    message = f"the settings under check differ from those of {ref}, which hold here: nobody sets the rules he is judged by"
    hint = "they hold from the merge on; to try them, check without --since"
    return (Problem("settings-of-base", Severity.NOTE, message, Place(where), hint),)


def _not_verdicts(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The pressing problems, without those of malformed URLs: here these are verdicts, and told once."""
    return tuple(problem for problem in pressing(problems) if problem.code not in FAULTS)
