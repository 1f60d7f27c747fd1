"""Read the targets of `check` (lists, Markdown pages, plain texts, standard input) into links."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.importing.link_extraction import links_in_markdown, links_in_text
from generator.problems import Place, Problem, Severity
from generator.sources.catalogue.links import candidates, links
from generator.sources.catalogue.model import Catalogue
from generator.sources.files import shown
from generator.sources.loading import Loaded, load
from linkcheck.model import Candidate, Link
from linkcheck.policy import Policy

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


@dataclass(frozen=True, slots=True)
class CheckInputs:
    """The links of all targets with their policy. `is_collection`: they come from sources, so their history is kept.

    `catalogue` is the whole collection even if only some of its topics were named; `pages` are the other files that were read.
    """

    links: tuple[Link, ...]
    candidates: tuple[Candidate, ...]
    policy: Policy
    problems: tuple[Problem, ...]
    is_collection: bool
    folder: Path
    catalogue: Catalogue = field(default_factory=Catalogue)
    pages: tuple[Path, ...] = ()


def read_inputs(targets: Sequence[str], folder: Path, *, today: date) -> CheckInputs:
    """Read all targets, or the lists folder if there are none. A target that can't be read becomes a problem."""
    if not targets:
        return _collection(load(folder, today=today))
    found, problems, pages, loaded = list[Link](), list[Problem](), list[Path](), None
    for target in targets:
        path = Path(target)
        if target == "-":
            found += links_in_text(sys.stdin.buffer.read().decode("utf-8", "replace"), "-")
        elif path.is_dir():
            loaded = load(path, today=today)
        elif path.suffix == ".yaml" and path.is_file():
            loaded = load(path.parent, today=today, only=tuple(Path(one) for one in targets if one.endswith(".yaml")))
        else:
            pages.append(path)
            _page(path, found, problems)
    inputs = _collection(loaded) if loaded else CheckInputs((), (), Policy(), (), False, folder)
    wanted = {shown(Path(one)) for one in targets if one.endswith(".yaml")}
    kept = tuple(link for link in inputs.links if not wanted or link.place.path in wanted)
    return replace(
        inputs,
        links=(*kept, *found),
        candidates=(*inputs.candidates, *link_candidates(found)),
        problems=(*inputs.problems, *problems),
        is_collection=loaded is not None,
        pages=tuple(pages),
    )


def links_of_page(data: bytes, path: str) -> tuple[Link, ...]:
    """The links of a Markdown page, or of a plain text if the path has no Markdown suffix; invalid UTF-8 is replaced."""
    text = data.decode("utf-8-sig", "replace")
    return (links_in_markdown if Path(path).suffix.lower() in MARKDOWN else links_in_text)(text, path)


def link_candidates(found: Sequence[Link]) -> tuple[Candidate, ...]:
    """Links without an entry as candidates for duplicates: only their URL is known."""
    return tuple(Candidate(link.place, (link.url,)) for link in found if link.url.startswith(("http://", "https://")))


def _collection(loaded: Loaded) -> CheckInputs:
    policy = loaded.policy
    if not policy.contact and loaded.catalogue.collection.repository:
        policy = replace(policy, contact=loaded.catalogue.collection.repository)
    return CheckInputs(
        links(loaded.catalogue),
        candidates(loaded.catalogue),
        policy,
        loaded.problems,
        is_collection=True,
        folder=loaded.folder,
        catalogue=loaded.catalogue,
    )


def _page(path: Path, found: list[Link], problems: list[Problem]) -> None:
    try:
        found += links_of_page(path.read_bytes(), shown(path))
    except OSError as error:
        hint = "give Markdown files, text files, a lists folder, or - for standard input"
        message = f"{shown(path)} can't be read: {error.strerror}"
        problems.append(Problem("unreadable-file", Severity.ERROR, message, Place(shown(path)), hint))
