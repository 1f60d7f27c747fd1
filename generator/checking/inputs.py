"""Read the targets of `check` (lists, pages, bookmarks, sitemaps, plain texts, standard input) into links."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.checking.page_links import IGNORED, Kind, Page, PageError, read_page
from generator.checking.page_settings import excuse_problems, join_policies, read_policies
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, errors, errors_and_warnings, exit_of, nearest
from generator.sources.boundary import leads_outside, unnamed_link
from generator.sources.catalogue.links import candidates, links
from generator.sources.catalogue.model import Catalogue
from generator.sources.files import shown
from generator.sources.loading import Loaded, load
from linkcheck.model import Candidate, Cluster, Link
from linkcheck.policy import Policy
from linkcheck.urls import web

_READABLE = "give Markdown, HTML, bookmark, sitemap or text files, a lists folder, or - for standard input"


@dataclass(frozen=True, slots=True)
class CheckInputs:
    """The links of all targets with their policy. `is_collection`: they come from sources, so their history is kept.

    `catalogue` is the whole collection even if only some of its topics were named; `pages` are the other files that were read.
    `unreadable`: a target couldn't be read, or the settings not understood, which is a problem, too.
    """

    links: Collection[Link]
    candidates: tuple[Candidate, ...]
    policy: Policy
    problems: tuple[Problem, ...]
    is_collection: bool
    folder: Path
    catalogue: Catalogue = field(default_factory=Catalogue)
    pages: tuple[Path, ...] = ()
    bookmarks: frozenset[str] = frozenset()
    """The paths of those pages that hold bookmarks."""
    unreadable: bool = False
    notes: tuple[Problem, ...] = ()
    """About exceptions that aren't needed; for a check of everything."""
    lists: tuple[str, ...] = ()
    """The names of the lists where several are checked at once; then `links` are settled, and `clusters` are the duplicates of each."""
    clusters: tuple[Cluster, ...] = ()
    settings: Path | None = None
    """The file of the settings; None for the collection's."""


def read_inputs(targets: Sequence[str], folder: Path, *, today: date) -> CheckInputs:
    """Read all targets, or the lists folder if there are none. A target that can't be read becomes a problem."""
    if not targets:
        return _collection(load(folder, today=today), today)
    found, problems, pages, bookmarks, loaded = list[Link](), list[Problem](), list[Path](), set[str](), None
    notes = list[Problem]()
    for target in targets:
        path, name = Path(target), ""
        if target != "-" and (link := unnamed_link(path, named=True)):
            problems.append(leads_outside(link))
        elif target == "-":
            name, read = "-", sys.stdin.buffer.read
        elif path.is_dir():
            loaded = load(path, today=today)
        elif path.suffix == ".yaml" and path.is_file():
            loaded = load(path.parent, today=today, only=tuple(Path(one) for one in targets if one.endswith(".yaml")))
        else:
            pages.append(path)
            name, read = shown(path), path.read_bytes
        if name:
            page = _page(name, read, problems)
            found += page.links
            notes += page.notes
            bookmarks |= {name} if page.kind is Kind.BOOKMARKS else set()
    policies, wrong = read_policies((*pages, Path("-")) if "-" in targets else pages)
    rules = [rule for policy in policies for rule in policy.excuses]
    about = [*wrong, *notes, *excuse_problems(found, rules, today)]
    problems += errors_and_warnings(about)
    inputs = _collection(loaded, today) if loaded else CheckInputs((), (), Policy(), (), False, folder)
    wanted = {shown(Path(one)) for one in targets if one.endswith(".yaml")}
    kept = tuple(link for link in inputs.links if not wanted or link.place.path in wanted)
    return replace(
        inputs,
        links=(*kept, *found),
        candidates=(*inputs.candidates, *link_candidates(found)),
        policy=join_policies(inputs.policy if loaded else None, policies),
        problems=(*inputs.problems, *problems),
        is_collection=loaded is not None,
        pages=tuple(pages),
        bookmarks=frozenset(bookmarks),
        unreadable=inputs.unreadable or bool(errors(problems)),
        notes=(*inputs.notes, *(one for one in about if one.severity is Severity.NOTE)),
    )


def link_candidates(found: Iterable[Link]) -> tuple[Candidate, ...]:
    """Links without an entry as candidates for duplicates: only their URL is known."""
    return tuple(
        Candidate(link.place, (link.url,))
        for link in found
        if web(link.url) and not (link.settled and link.settled.rule == IGNORED)
    )


def _collection(loaded: Loaded, today: date) -> CheckInputs:
    policy = loaded.policy
    if not policy.contact and loaded.catalogue.collection.repository:
        policy = replace(policy, contact=loaded.catalogue.collection.repository)
    found = links(loaded.catalogue)
    about = tuple(excuse_problems(found, policy.excuses, today))
    return CheckInputs(
        found,
        candidates(loaded.catalogue),
        policy,
        (*loaded.problems, *errors_and_warnings(about)),
        is_collection=True,
        unreadable=exit_of(loaded.problems) is Exit.USAGE or not loaded.settings_read,
        folder=loaded.folder,
        catalogue=loaded.catalogue,
        notes=tuple(one for one in about if one.severity is Severity.NOTE),
    )


def _near(missing: Path) -> str | None:
    """The file beside a missing one whose name is most like it."""
    try:
        name = nearest(missing.name, [one.name for one in missing.parent.iterdir()])
    except OSError:
        return None
    return shown(missing.parent / name) if name else None


def _page(path: str, read: Callable[[], bytes], problems: list[Problem]) -> Page:
    try:
        return read_page(read(), path)
    except (OSError, PageError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        near = _near(Path(path)) if isinstance(error, FileNotFoundError) else None
        hint = f'did you mean "{near}"?' if near else _READABLE
        problems.append(Problem("unreadable-file", Severity.ERROR, f"{path} can't be read: {why}", Place(path), hint))
        return Page((), Kind.TEXT)
