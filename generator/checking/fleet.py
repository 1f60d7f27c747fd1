"""Several lists in one check: collections, folders of Markdown and pages, from the command line or from a `fleet.yaml`.

A URL that several lists have is asked once, unless a list has its own settings for its host. A host is one host for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from generator.checking.inputs import CheckInputs, read_inputs
from generator.checking.page_settings import excuse_problems
from generator.checking.settling import settle
from generator.checking.stored_links import StoredLinks
from generator.problems import Place, Problem, Severity, errors, errors_and_warnings
from generator.sources.boundary import unnamed_link
from generator.sources.catalogue.model import Catalogue
from generator.sources.config import read_fleet
from generator.sources.files import find, shown
from generator.sources.loading import COLLECTION
from linkcheck.duplicates import clusters
from linkcheck.policy import Pace, Policy

__all__ = ["FLEET", "read_all"]

FLEET = "fleet.yaml"
IPNetwork = IPv4Network | IPv6Network
_LISTS = "lists"
_MARKDOWN = frozenset((".md", ".markdown", ".mkd", ".mdown"))
_SKIPPED = frozenset(("node_modules", "vendor"))


@dataclass(frozen=True, slots=True)
class _Member:
    """One list of a fleet: its name and its targets as `read_inputs` takes them. `problem`: why there is none."""

    name: str
    targets: tuple[str, ...]
    problem: Problem | None = None


def read_all(
    targets: Sequence[str], folder: Path, fleet: Path | None, *, today: date, allow_private: tuple[IPNetwork, ...] = ()
) -> CheckInputs:
    """The links of all targets, or of the lists that a `fleet.yaml` names.

    One collection, with or without pages, is read as it is; of several lists each link names its own. `allow_private` are the networks
    that the command line allows.
    """
    if fleet is not None:
        return _from_file(fleet, allow_private, today)
    members = list(_members(targets))
    collections = [one for one in members if _is_collection(one)]
    folders = [target for target in targets if target != "-" and Path(target).is_dir()]
    if len(collections) > 1 or (len(members) > 1 and folders and len(folders) > len(collections)):
        return _join(members, Policy(allow_private=allow_private), Path.cwd(), today)
    return read_inputs([target for one in members for target in one.targets], folder, today=today)


def _from_file(path: Path, allow_private: tuple[IPNetwork, ...], today: date) -> CheckInputs:
    try:
        data = path.read_bytes()
    except OSError as error:
        message, hint = f"{shown(path)} can't be read: {error.strerror}", "name a file with `lists:` and a path for each"
        wrong = Problem("unreadable-file", Severity.ERROR, message, Place(shown(path)), hint)
        return CheckInputs((), (), Policy(), (wrong,), False, Path(_LISTS), unreadable=True)
    fleet, problems = read_fleet(data, shown(path))
    members = [_member(path.parent / one.path, one.name, one.place) for one in fleet.lists]
    policy = replace(fleet.policy, allow_private=(*fleet.policy.allow_private, *allow_private))
    inputs = _join(members, policy, path.absolute().parent, today)
    inputs = replace(inputs, policy=replace(inputs.policy, allow_private=fleet.policy.allow_private))
    about = tuple(excuse_problems(inputs.links, fleet.policy.excuses, today))
    return replace(
        inputs,
        problems=(*problems, *inputs.problems, *errors_and_warnings(about)),
        unreadable=inputs.unreadable or bool(errors(problems)),
        notes=(*inputs.notes, *(one for one in about if one.severity is Severity.NOTE)),
        settings=path,
    )


def _members(targets: Sequence[str]) -> Iterator[_Member]:
    """The targets as lists: each folder and page is one, topic files of one folder are one."""
    topics: dict[Path, list[str]] = {}
    for target in targets:
        if _is_topic(target):
            topics.setdefault(Path(target).parent, []).append(target)
    for target in targets:
        path = Path(target)
        if _is_topic(target):
            if path.parent in topics:
                yield _Member(shown(path.parent), tuple(topics.pop(path.parent)))
        elif target != "-" and path.is_dir():
            yield _member(path, shown(path), None)
        else:
            yield _Member(target if target == "-" else shown(path), (target,))


def _is_topic(target: str) -> bool:
    return target.endswith(".yaml") and Path(target).is_file()


def _member(path: Path, name: str, place: Place | None) -> _Member:
    """A folder as a list: of sources, of a `lists` folder in it, or of its Markdown files; or a page."""
    if not path.is_dir():
        missing = None if place is None or path.is_file() else _missing(path, place)
        return _Member(name, (str(path),), missing)
    for each in (path, path / _LISTS):
        if any(one.name != COLLECTION for one in find(each).sources):
            return _Member(name, (str(each),))
    pages = tuple(str(page) for page in _pages(path))
    return _Member(name, pages or (str(path),))


def _missing(path: Path, place: Place) -> Problem:
    message = f"there is nothing at {shown(path)}"
    return Problem("unreadable-file", Severity.ERROR, message, place, "correct the path; it is relative to this file's folder")


def _pages(folder: Path) -> Iterator[Path]:
    """The Markdown files in a folder, without hidden ones and other people's."""
    for page in sorted(folder.rglob("*")):
        inner = page.relative_to(folder).parts
        if page.suffix.lower() not in _MARKDOWN or any(part.startswith(".") or part in _SKIPPED for part in inner):
            continue
        if page.is_file() and unnamed_link(page, named=False) is None:
            yield page


def _is_collection(member: _Member) -> bool:
    path = Path(member.targets[0])
    return path.is_dir() or path.suffix == ".yaml"


def _join(members: Sequence[_Member], own: Policy, folder: Path, today: date) -> CheckInputs:
    """All lists as one input; each link, candidate and problem names its list. `own` are the settings for all.

    The lists are read one after the other, and only what is needed later is kept in memory.
    """
    links, found, policies = StoredLinks(), list[CheckInputs](), dict[str, Policy]()
    problems = [one.problem for one in members if one.problem is not None]
    for member in members:
        if member.problem is not None:
            continue
        inputs = _of_list(member, own, today)
        links.add(inputs.links)
        policies[member.name] = inputs.policy
        problems += _ignored(member.name, inputs)
        found.append(replace(inputs, links=(), candidates=(), pages=(), catalogue=_exceptions(inputs.catalogue)))
    return CheckInputs(
        links,
        (),
        _policy(own, policies),
        (*problems, *(problem for inputs in found for problem in inputs.problems)),
        is_collection=any(inputs.is_collection for inputs in found),
        folder=folder / _LISTS,
        catalogue=Catalogue(topics=tuple(topic for inputs in found for topic in inputs.catalogue.topics)),
        unreadable=any(one.problem for one in members) or any(inputs.unreadable for inputs in found),
        notes=tuple(note for inputs in found for note in inputs.notes),
        lists=tuple(one.name for one in members),
        clusters=tuple(one for inputs in found for one in inputs.clusters),
    )


def _of_list(member: _Member, own: Policy, today: date) -> CheckInputs:
    """The input of one list: its links are settled, its own exceptions and those for all applied."""

    def named(problems: Iterable[Problem]) -> tuple[Problem, ...]:
        return tuple(replace(one, place=replace(one.place, list=member.name)) for one in problems)

    inputs = read_inputs(member.targets, Path(_LISTS), today=today)
    excuses = (*inputs.policy.excuses, *own.excuses)
    links = settle(inputs.links, inputs, replace(own, excuses=excuses))
    candidates = [replace(one, place=replace(one.place, list=member.name)) for one in inputs.candidates]
    return replace(
        inputs,
        links=tuple(replace(link, place=replace(link.place, list=member.name)) for link in links),
        clusters=clusters(candidates),
        problems=named(inputs.problems),
        notes=named(inputs.notes),
    )


def _exceptions(catalogue: Catalogue) -> Catalogue:
    """The entries that make an exception for their links; the others aren't needed after reading."""
    entries = [(topic, entry) for topic, entry in catalogue.entries() if entry.link_check is not None or entry.state == "dead"]
    topics = dict.fromkeys(topic.place.path for topic, _ in entries)
    return Catalogue(topics=tuple(
        replace(
            next(topic for topic, _ in entries if topic.place.path == path),
            sections=(),
            entries=tuple(entry for topic, entry in entries if topic.place.path == path),
        )
        for path in topics
    ))  # fmt: skip


def _policy(own: Policy, by_name: Mapping[str, Policy]) -> Policy:
    """One policy for a run: the settings of a list hold for its links, the strictest pace for all; secrets are those of `own` alone."""
    policies = list(by_name.values())
    hosts = (
        *own.hosts,
        *(replace(rule, credentials=(), list=name) for name, policy in by_name.items() for rule in policy.hosts),
    )
    contact = own.contact or next((one.contact for one in policies if one.contact), "")
    return replace(
        own,
        hosts=hosts,
        contact=contact,
        pace=_strictest([own.pace, *(one.pace for one in policies)]),
        confirm=max([own.confirm, *(one.confirm for one in policies)]),
        fresh_days=own.fresh_days or min((one.fresh_days for one in policies), default=0.0),
    )


def _strictest(paces: Sequence[Pace]) -> Pace:
    return Pace(
        min(pace.connections for pace in paces),
        min(pace.burst for pace in paces),
        min(pace.rate for pace in paces),
        min(pace.ceiling for pace in paces),
        max(pace.healthy for pace in paces),
    )


def _ignored(name: str, inputs: CheckInputs) -> Iterator[Problem]:
    """A warning for a list with settings that it can't have here: it doesn't decide about this machine's secrets and networks."""
    policy = inputs.policy
    found = {
        "secrets": any(rule.credentials for rule in policy.hosts),
        "private networks": bool(policy.allow_private),
        "addresses of services": bool(policy.endpoints),
    }
    words = [word for word, is_there in found.items() if is_there]
    if words:
        message = f"{name}: its {' and '.join(words)} don't apply where several lists are checked"
        where = shown(inputs.folder / COLLECTION) if inputs.is_collection else name
        yield Problem(
            "settings-of-fleet", Severity.WARNING, message, Place(where, list=name), f"name them in {FLEET}, for all lists"
        )
