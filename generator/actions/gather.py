"""What `check` is pointed at: lists, Markdown pages, plain texts, standard input -> links."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.actions.loading import Loaded, load
from generator.catalogue.links import candidates, links
from generator.files import shown
from generator.importers.found import links_in_markdown, links_in_text
from generator.problems import Place, Problem, Severity
from linkcheck.model import Candidate, Link, Policy

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """Links with the policy for them. `collected`: they come from our sources, so nights accumulate."""

    links: tuple[Link, ...]
    candidates: tuple[Candidate, ...]
    policy: Policy
    problems: tuple[Problem, ...]
    collected: bool
    folder: Path


def gather(targets: Sequence[str], folder: Path, *, today: date) -> Gathered:
    """The links of all targets, or of the lists folder where there are none. A target that can't be read is a problem."""
    if not targets:
        return _collection(load(folder, today=today))
    found, problems, loaded = list[Link](), list[Problem](), None
    for target in targets:
        path = Path(target)
        if target == "-":
            found += links_in_text(sys.stdin.buffer.read().decode("utf-8", "replace"), "-")
        elif path.is_dir():
            loaded = load(path, today=today)
        elif path.suffix == ".yaml":
            loaded = load(path.parent, today=today, only=tuple(Path(one) for one in targets if one.endswith(".yaml")))
        else:
            _page(path, found, problems)
    gathered = _collection(loaded) if loaded else Gathered((), (), Policy(), (), False, folder)
    wanted = {shown(Path(one)) for one in targets if one.endswith(".yaml")}
    kept = tuple(link for link in gathered.links if not wanted or link.place.path in wanted)
    return replace(
        gathered,
        links=(*kept, *found),
        candidates=(*gathered.candidates, *_bare(found)),
        problems=(*gathered.problems, *problems),
        collected=loaded is not None,
    )


def _collection(loaded: Loaded) -> Gathered:
    policy = loaded.policy
    if not policy.contact and loaded.catalogue.collection.repository:
        policy = replace(policy, contact=loaded.catalogue.collection.repository)
    return Gathered(
        links(loaded.catalogue), candidates(loaded.catalogue), policy, loaded.problems, collected=True, folder=loaded.folder
    )


def _page(path: Path, found: list[Link], problems: list[Problem]) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        hint = "give Markdown files, text files, a lists folder, or - for standard input"
        message = f"{shown(path)} can't be read: {error.strerror}"
        problems.append(Problem("unreadable-file", Severity.ERROR, message, Place(shown(path)), hint))
        return
    reader = links_in_markdown if path.suffix.lower() in MARKDOWN else links_in_text
    found += reader(text, shown(path))


def _bare(found: Sequence[Link]) -> tuple[Candidate, ...]:
    return tuple(Candidate(link.place, (link.url,)) for link in found if link.url.startswith(("http://", "https://")))
