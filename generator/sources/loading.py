"""Load a lists folder: its catalogue, its policy, and the problems of every file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.problems import Place, Problem, Severity, errors
from generator.sources.boundary import leads_outside
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import Parsed, assemble, parse_topic
from generator.sources.config import read_collection
from generator.sources.files import Found, find, is_utf8, link_out, read, shown
from generator.sources.site_files import NO_FILES, SiteFiles, local_pictures, site_files
from linkcheck.policy import Policy

COLLECTION = "_collection.yaml"
_RENAME = "give it another name, of small letters, digits and hyphens"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A lists folder that was read. `sources` are the bytes of each source by the path that is shown."""

    folder: Path
    found: Found
    sources: Mapping[str, bytes]
    catalogue: Catalogue
    policy: Policy
    problems: tuple[Problem, ...]
    settings_read: bool = True
    """False if `_collection.yaml` has an error, so that links would be checked by other rules than it means."""
    site_files: SiteFiles = NO_FILES


def load(
    folder: Path,
    *,
    today: date,
    only: tuple[Path, ...] = (),
    parse: Callable[[str | bytes, str], Parsed] = parse_topic,
) -> Loaded:
    """Load a folder of sources. What can't be read is a problem; the rest is loaded.

    `only` limits the files whose problems are returned; the whole folder is read, since references lead to all of it. `parse` parses
    one file (see `assemble`).
    """
    found = find(folder)
    links = [link for path in (*found.sources, *found.pages) if (link := link_out(path, folder))]
    found = replace(found, sources=_without(found.sources, links), pages=_without(found.pages, links))
    contents = asyncio.run(read(found.sources)) if found.sources else {}
    problems = [leads_outside(link) for link in links if link.suffix == ".yaml"]
    sources: dict[str, bytes] = {}
    for path, data in contents.items():
        if isinstance(data, OSError):
            message = f"{shown(path)} can't be read: {data.strerror}"
            problems.append(Problem("unreadable-file", Severity.ERROR, message, Place(shown(path))))
        else:
            sources[shown(path)] = data
    if not any(path.name != COLLECTION for path in found.sources):
        problems.append(_nothing(folder, found))
    problems += [
        Problem(
            "bad-file-name",
            Severity.ERROR,
            f"the name of {shown(path)} is no UTF-8, so no page can link to it",
            Place(shown(path)),
            _RENAME,
        )
        for path in (folder.absolute(), *found.sources)
        if not is_utf8(path.name)
    ]
    catalogue, found_problems = assemble(sources, today=today, others=[shown(path) for path in found.others], parse=parse)
    problems += found_problems
    policy, settings_read = Policy(), True
    collection = shown(folder / COLLECTION)
    if collection in sources:
        _, policy, wrong = read_collection(sources[collection], collection)
        settings_read = not errors(wrong)
    own_files, wrong = site_files(folder, catalogue.collection.site, catalogue.collection.places)
    problems += wrong
    pictures, notes = local_pictures(folder, _headers(catalogue))
    own_files, problems = replace(own_files, pictures=pictures), [*problems, *notes]
    wanted = {shown(path) for path in only}
    kept = tuple(problem for problem in problems if not wanted or problem.place.path in wanted)
    return Loaded(folder, found, sources, catalogue, policy, kept, settings_read, own_files)


def _headers(catalogue: Catalogue) -> Iterator[tuple[str, Place]]:
    """All headers and footers with their places."""
    whole = catalogue.collection
    for header, footer, places in (
        (whole.header, whole.footer, whole.places),
        *((topic.header, topic.footer, topic.places) for topic in catalogue.topics),
    ):
        for name, text in (("header", header), ("footer", footer)):
            if text and name in places:
                yield text, places[name]


def _without(paths: Iterable[Path], links: Iterable[Path]) -> tuple[Path, ...]:
    """The paths without these links. `find` follows no link to a folder, so a link is the path itself."""
    names = {link.name for link in links}
    return tuple(path for path in paths if path.name not in names)


def _nothing(folder: Path, found: Found) -> Problem:
    here = shown(folder)
    message = f"no topic file (*.yaml) in {here}/" if folder.is_dir() else f"there is no folder {here}/"
    inside = next((path.parent for path in found.others if path.suffix == ".yaml"), None)
    other = f"name the folder of the topics: --lists {shown(inside)}" if inside else "name another with --lists DIR"
    hint = f"{other}, or check a Markdown list as it is: listkeeper check README.md"
    return Problem("no-sources", Severity.ERROR, message, Place(here), hint)
