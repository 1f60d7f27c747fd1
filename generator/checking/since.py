"""What a branch changed: the collection at the merge base, and what is new compared with it.

New is what a contributor added or changed. An entry that was moved, renamed or given another title keeps its links, and a link that
moved from one entry to another isn't new.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.checking.inputs import CheckInputs, link_candidates
from generator.checking.page_links import PageError, links_of_page
from generator.problems import Place, Problem, Severity
from generator.sources import git
from generator.sources.catalogue.links import candidates, links
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from generator.sources.catalogue.parse import assemble
from generator.sources.catalogue.rules import Rule, counting_rule
from generator.sources.config import read_collection
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from linkcheck.model import Candidate, Cluster, Link
from linkcheck.policy import Policy

_LINE = re.compile(r"\bline \d+")
_SOURCE = re.compile(r"[^\s\"]{1,300}\.yaml(?::\d+)*")
_INDEX = re.compile(r"\.\d+")

__all__ = [
    "Change",
    "Item",
    "are_new",
    "changes_since",
    "is_source",
    "new_clusters",
    "new_links",
    "new_problems",
    "old_page_links",
]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the base. `files` maps each changed file, as reports show it, to its path at the base (None: it is new).

    `old_catalogue`, `old_problems` and `policy` are those of the sources at the base.
    """

    base: git.Base
    files: Mapping[str, str | None]
    removed: frozenset[str]
    old_catalogue: Catalogue
    old_problems: tuple[Problem, ...]
    policy: Policy = field(default_factory=Policy)


class Item(NamedTuple):
    """Something that may be new: its value, and the entry and file by which it is matched."""

    value: Hashable
    entry: str
    path: str


def changes_since(folder: Path, ref: str, *, today: date, is_collection: bool = True) -> Change | Problem:
    """What changed in the repository of `folder` since the branch left `ref`; a problem if git can't tell.

    `is_collection`: the folder has sources, which are read as they were at the base.
    """
    base = git.base(folder, ref)
    if isinstance(base, Problem):
        return base
    changed = git.changed(base)
    if isinstance(changed, Problem):
        return changed
    files = {_shown(base, one.path): one.before for one in changed if one.path is not None}
    removed = frozenset(_shown(base, one.before) for one in changed if one.path is None and one.before is not None)
    if not is_collection:
        return Change(base, files, removed, Catalogue(), ())
    name = git.inner(base, folder)
    if name is None:
        message = f"{shown(folder)} is outside the repository {base.top.as_posix()}"
        hint = "run it inside the repository of the lists"
        return Problem("no-repository", Severity.ERROR, message, Place(shown(folder)), hint)
    names = git.listed(base, name)
    if isinstance(names, Problem):
        return names
    moved = [before for path, before in files.items() if before and Path(path).suffix == ".yaml" and _is_in(folder, path)]
    sources = list(dict.fromkeys([path for path in names if is_source(path, name)] + moved))
    texts = git.read(base, sources)
    if isinstance(texts, Problem):
        return texts
    others = [_shown(base, path) for path in names if not is_source(path, name) and not path.endswith(".md")]
    old_catalogue, old_problems = assemble(
        {_shown(base, path): data for path, data in texts.items()}, today=today, others=others
    )
    settings = texts.get(f"{name}/{COLLECTION}" if name else COLLECTION, b"")
    return Change(base, files, removed, old_catalogue, old_problems, read_collection(settings, COLLECTION)[1])


def old_page_links(since: Change, pages: Iterable[Path]) -> tuple[Link, ...] | Problem:
    """The links that Markdown pages and texts had at the base, also if a page was renamed since."""
    names = {path: since.files.get(shown(path)) or git.inner(since.base, path) for path in pages}
    texts = git.read(since.base, [name for name in names.values() if name])
    if isinstance(texts, Problem):
        return texts
    found = ((path, texts[name]) for path, name in names.items() if name and name in texts)
    links_before: list[Link] = []
    for path, data in found:
        with suppress(PageError):
            links_before += links_of_page(data, shown(path))
    return tuple(links_before)


def new_links(since: Change, inputs: CheckInputs, pages: Iterable[Link]) -> tuple[Link, ...]:
    """The links that are new; `pages` are those that pages had at the base."""
    known_pages = {link.url for link in pages}
    before = [_link_item(link) for link in links(since.old_catalogue)]
    now = list(dict.fromkeys(_link_item(link) for link in links(inputs.catalogue)))
    fresh_items = {item for item, new in zip(now, are_new(dict.fromkeys(before), now), strict=True) if new}
    other = {"-", *(shown(path) for path in inputs.pages)}
    return tuple(
        link
        for link in inputs.links
        if (link.url not in known_pages if link.place.path in other else _link_item(link) in fresh_items)
    )


def new_clusters(since: Change, inputs: CheckInputs, found: Iterable[Cluster], pages: Sequence[Link]) -> tuple[Cluster, ...]:
    """The clusters with a member that is new or names another work than before; its new members are put last."""
    before = [_work_item(one) for one in (*candidates(since.old_catalogue), *link_candidates(pages))]
    flags = are_new(before, [_work_item(one) for one in inputs.candidates])
    new = {id(one) for one, flag in zip(inputs.candidates, flags, strict=True) if flag}
    return tuple(
        replace(cluster, members=tuple(sorted(cluster.members, key=lambda one: id(one) in new)))
        for cluster in found
        if any(id(one) in new for one in cluster.members)
    )


def new_problems(since: Change, problems: Iterable[Problem], catalogue: Catalogue, today: date) -> tuple[Problem, ...]:
    """The problems that the change brings: those of entries and fields that didn't have them, moved or not.

    A note that counts a topic's entries counts only those that bring it. Where the parser stopped in a changed file, that is reported in
    any case: nothing is known of what follows.
    """
    former = _former_ids(since.old_catalogue, catalogue)
    before = [_problem_item(one, one.place.path, {}) for one in since.old_problems]
    listed = list(problems)
    paths = {path: _shown(since.base, was) for path, was in since.files.items() if was}
    now = [_problem_item(one, paths.get(one.place.path, one.place.path), former) for one in listed]
    found: list[Problem] = []
    for one, new in zip(listed, are_new(before, now), strict=True):
        if rule := counting_rule(one):
            found += _brought(one, rule, since, catalogue, former, today)
        elif new or (one.code == "yaml-syntax" and one.place.path in since.files):
            found.append(one)
    return tuple(found)


def _problem_item(one: Problem, path: str, former: Mapping[str, str]) -> Item:
    """A problem without its lines and the paths of others; an entry by its id at the base."""
    message = _LINE.sub("line", _SOURCE.sub("*.yaml", one.message))
    entry = former.get(one.place.entry or "", one.place.entry)
    return Item((one.code, message, _INDEX.sub("", one.place.field or ""), entry), entry or "", path)


def _former_ids(old: Catalogue, new: Catalogue) -> dict[str, str]:
    """The ids at the base of entries that have another one now, by their ids now: those with the same URL, else the same title."""
    old_ids, new_ids = ({entry.id for _, entry in one.entries()} for one in (old, new))
    known: dict[tuple[str, str], str] = {}
    for _, entry in old.entries():
        if entry.id not in new_ids:
            for key in _names(entry):
                known.setdefault(key, entry.id)
    renamed = (entry for _, entry in new.entries() if entry.id not in old_ids)
    return {
        entry.id: was
        for entry in renamed
        if (was := next((known[key] for key in _names(entry) if key in known), None)) is not None
    }


def _names(entry: Entry) -> Iterator[tuple[str, str]]:
    """What an entry is known by beside its id."""
    if entry.page:
        yield "url", entry.page[1]
    if entry.title:
        yield "title", entry.title


def _brought(
    note: Problem, check: Rule, since: Change, catalogue: Catalogue, former: Mapping[str, str], today: date
) -> tuple[Problem, ...]:
    """A note that counts entries of a topic, of those entries only that didn't count at the base."""
    old = {entry.id: entry for _, entry in since.old_catalogue.entries()}

    def counts(topic: Topic, *entries: Entry) -> tuple[Problem, ...]:
        return tuple(check(Catalogue(topics=(replace(topic, sections=(), entries=entries),)), today))

    topic = next((one for one in catalogue.topics if one.path == note.place.path), None)
    if topic is None:
        return (note,)
    counted = [entry for entry in topic.walk() if counts(topic, entry)]
    new = [entry for entry in counted if (was := old.get(former.get(entry.id, entry.id))) is None or not counts(topic, was)]
    return counts(topic, *new)


def are_new(before: Iterable[Item], now: Sequence[Item]) -> list[bool]:
    """For each item of `now` whether it is new: no item of `before` with the same value is left to match it.

    Each old item matches once: first the same entry in the same file, then the same entry, the same file, and any other, in the
    order of `now`.
    """
    left = dict.fromkeys(range(len(earlier := list(before))))
    new = [True] * len(now)
    levels: tuple[Callable[[Item], Hashable], ...] = (
        lambda item: item,
        lambda item: (item.value, item.entry),
        lambda item: (item.value, item.path),
        lambda item: item.value,
    )
    for level in levels:
        waiting = defaultdict[Hashable, list[int]](list)
        for index in reversed(left):
            waiting[level(earlier[index])].append(index)
        for index, item in enumerate(now):
            if new[index] and (same := waiting.get(level(item))):
                del left[same.pop()]
                new[index] = False
    return new


def _link_item(link: Link) -> Item:
    return Item(link.url, link.place.entry or "", link.place.path)


def _work_item(one: Candidate) -> Item:
    return Item((one.urls, replace(one.work, added=None), one.not_duplicate_of), one.id, one.place.path)


def _shown(base: git.Base, path: str) -> str:
    return shown(base.top / path)


def _is_in(folder: Path, path: str) -> bool:
    return Path(path).absolute().parent.resolve() == folder.absolute().resolve()


def is_source(path: str, folder: str) -> bool:
    """Whether a path of git's is a source in `folder` ("" for the root)."""
    pure = PurePosixPath(path)
    return pure.suffix == ".yaml" and not pure.name.startswith(".") and pure.parent.as_posix() == (folder or ".")
