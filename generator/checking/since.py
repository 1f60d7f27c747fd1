"""What a branch changed: the collection as it was where the branch left another, and what is new against that.

New is what a contributor added or changed, not what merely looks different: an entry that moved, was renamed or got another title
keeps its links, and a link that another entry lost isn't new where it stands now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.checking.inputs import CheckInputs, link_candidates, links_of_page
from generator.problems import Place, Problem, Severity
from generator.sources import git
from generator.sources.catalogue.links import candidates, links
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import assemble
from generator.sources.config import read_collection
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from linkcheck.model import Candidate, Cluster, Link
from linkcheck.policy import Policy

__all__ = ["Change", "Item", "are_new", "changes_since", "new_clusters", "new_links", "new_problems", "old_page_links"]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the base. `files` names every changed file as reports show it, with git's name of it at the base (or None).

    `before` and `told` are the catalogue and the problems of the sources as they were, `policy` the settings.
    """

    base: git.Base
    files: Mapping[str, str | None]
    removed: frozenset[str]
    old_catalogue: Catalogue
    old_problems: tuple[Problem, ...]
    policy: Policy = field(default_factory=Policy)


class Item(NamedTuple):
    """Something that may be new: its value, and by what it is known again."""

    value: Hashable
    entry: str
    path: str


def changes_since(folder: Path, ref: str, *, today: date, is_collection: bool = True) -> Change | Problem:
    """What was changed in the repository that holds `folder` since the branch left `ref`; a problem where that can't be told.

    `is_collection`: the folder holds a collection, whose sources are read as they were.
    """
    base = git.base(folder, ref)
    if isinstance(base, Problem):
        return base
    changed = git.changed(base)
    if isinstance(changed, Problem):
        return changed
    files = {_shown(base, one.path): one.before for one in changed if one.path is not None}
    gone = frozenset(_shown(base, one.before) for one in changed if one.path is None and one.before is not None)
    if not is_collection:
        return Change(base, files, gone, Catalogue(), ())
    name = git.inner(base, folder)
    if name is None:
        message = f"{shown(folder)} lies outside the repository {base.top.as_posix()}"
        hint = "call it inside the repository that holds the lists"
        return Problem("no-repository", Severity.ERROR, message, Place(shown(folder)), hint)
    names = git.listed(base, name)
    if isinstance(names, Problem):
        return names
    moved = [before for path, before in files.items() if before and Path(path).suffix == ".yaml" and _in(folder, path)]
    sources = list(dict.fromkeys([path for path in names if _is_source(path, name)] + moved))
    texts = git.read(base, sources)
    if isinstance(texts, Problem):
        return texts
    others = [_shown(base, path) for path in names if not _is_source(path, name) and not path.endswith(".md")]
    before, told = assemble({_shown(base, path): data for path, data in texts.items()}, today=today, others=others)
    settings = texts.get(f"{name}/{COLLECTION}" if name else COLLECTION, b"")
    return Change(base, files, gone, before, told, read_collection(settings, COLLECTION)[1])


def old_page_links(since: Change, pages: Iterable[Path]) -> tuple[Link, ...] | Problem:
    """The links that Markdown pages and texts had at the base, each page under the name it had there."""
    names = {path: since.files.get(shown(path)) or git.inner(since.base, path) for path in pages}
    texts = git.read(since.base, [name for name in names.values() if name])
    if isinstance(texts, Problem):
        return texts
    found = ((path, texts[name]) for path, name in names.items() if name and name in texts)
    return tuple(link for path, data in found for link in links_of_page(data, shown(path)))


def new_links(since: Change, inputs: CheckInputs, pages: Iterable[Link]) -> tuple[Link, ...]:
    """Those of the inputs links that are new; `pages` are the links that pages had before."""
    known_pages = {link.url for link in pages}
    before = [_item(link) for link in links(since.old_catalogue)]
    now = list(dict.fromkeys(_item(link) for link in links(inputs.catalogue)))
    fresh_items = {item for item, new in zip(now, are_new(dict.fromkeys(before), now), strict=True) if new}
    other = {"-", *(shown(path) for path in inputs.pages)}
    return tuple(
        link
        for link in inputs.links
        if (link.url not in known_pages if link.place.path in other else _item(link) in fresh_items)
    )


def new_clusters(since: Change, inputs: CheckInputs, found: Iterable[Cluster], pages: Sequence[Link]) -> tuple[Cluster, ...]:
    """The clusters with a member that is new or names another work than before; the new members come last in theirs."""
    before = [_work(one) for one in (*candidates(since.old_catalogue), *link_candidates(pages))]
    flags = are_new(before, [_work(one) for one in inputs.candidates])
    new = {id(one) for one, flag in zip(inputs.candidates, flags, strict=True) if flag}
    return tuple(
        replace(cluster, members=tuple(sorted(cluster.members, key=lambda one: id(one) in new)))
        for cluster in found
        if any(id(one) in new for one in cluster.members)
    )


def new_problems(since: Change, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in files that changed, and those elsewhere that weren't there before (a reference to what is gone)."""
    known = {(one.place.path, one.code, one.message) for one in since.old_problems}
    return tuple(
        one for one in problems if one.place.path in since.files or (one.place.path, one.code, one.message) not in known
    )


def are_new(before: Iterable[Item], now: Sequence[Item]) -> list[bool]:
    """For each item whether it is new: none of before with the same value is left for it.

    Each item of before is used up once: by the same entry in the same file first, then by the same entry, by the same file, and at
    last by any other, in the order of `now`.
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


def _item(link: Link) -> Item:
    return Item(link.url, link.place.entry or "", link.place.path)


def _work(one: Candidate) -> Item:
    return Item((one.urls, replace(one.work, added=None), one.not_duplicate_of), one.id, one.place.path)


def _shown(base: git.Base, path: str) -> str:
    return shown(base.top / path)


def _in(folder: Path, path: str) -> bool:
    return Path(path).absolute().parent.resolve() == folder.absolute().resolve()


def _is_source(path: str, folder: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix == ".yaml" and not pure.name.startswith(".") and pure.parent.as_posix() == (folder or ".")
