"""From a lists folder to a catalogue, its policy, and every problem of every file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.problems import Place, Problem, Severity
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import Parsed, assemble, parse_topic
from generator.sources.config import read_collection
from generator.sources.files import Found, find, read, shown
from linkcheck.policy import Policy

COLLECTION = "_collection.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A lists folder, read. `sources` are the bytes of each source by its shown path."""

    folder: Path
    found: Found
    sources: Mapping[str, bytes]
    catalogue: Catalogue
    policy: Policy
    problems: tuple[Problem, ...]


def load(
    folder: Path,
    *,
    today: date,
    only: tuple[Path, ...] = (),
    parse: Callable[[str | bytes, str], Parsed] = parse_topic,
) -> Loaded:
    """Read and understand a folder of sources. What can't be read or understood is a problem; the rest is there.

    `only` limits the files whose problems are told; the whole folder is read all the same, since ids and topics are known by it.
    `parse` reads one file (see `assemble`).
    """
    found = find(folder)
    contents = asyncio.run(read(found.sources)) if found.sources else {}
    problems = list[Problem]()
    sources: dict[str, bytes] = {}
    for path, data in contents.items():
        if isinstance(data, OSError):
            message = f"{shown(path)} can't be read: {data.strerror}"
            problems.append(Problem("unreadable-file", Severity.ERROR, message, Place(shown(path))))
        else:
            sources[shown(path)] = data
    if not any(path.name != COLLECTION for path in found.sources):
        problems.append(_nothing(folder))
    catalogue, told = assemble(sources, today=today, others=[shown(path) for path in found.others], parse=parse)
    problems += told
    policy = Policy()
    collection = shown(folder / COLLECTION)
    if collection in sources:
        _, policy, _ = read_collection(sources[collection], collection)
    wanted = {shown(path) for path in only}
    kept = tuple(problem for problem in problems if not wanted or problem.place.path in wanted)
    return Loaded(folder, found, sources, catalogue, policy, kept)


def _nothing(folder: Path) -> Problem:
    here = shown(folder)
    message = f"no topic file (*.yaml) in {here}/" if folder.is_dir() else f"there is no folder {here}/"
    hint = "name another with --lists DIR, or check a Markdown list as it is: listkeeper check README.md"
    return Problem("no-sources", Severity.ERROR, message, Place(here), hint)
