"""`listkeeper add`: write an entry for an identifier or for BibTeX records, unless the work is listed already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.editing.arrange import choose_position, find_section, insert_entry
from generator.editing.plan import Plan
from generator.editing.workspace import Workspace, load_workspace, unknown_topic, unsafe_edit
from generator.exit_codes import Exit
from generator.metadata import Fact, Subject, facts, proven, subject_of, subject_of_entry
from generator.metadata.asking import LookupResult
from generator.metadata.lookup import Sources as Where
from generator.metadata.lookup import look_up_all, problems_of
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.identifiers import doi_page
from generator.sources.catalogue.ids import derive, digest
from generator.sources.catalogue.links import candidates
from generator.sources.catalogue.model import Catalogue, Entry, Section, Topic
from generator.sources.catalogue.write import entry_lines
from generator.sources.files import shown
from linkcheck.duplicates import clusters
from linkcheck.model import Candidate, Cluster
from linkcheck.urls import fault

__all__ = ["Request", "add"]

_NEW = "\0new"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line. With a `bibtex` text there is no `target`."""

    target: str = ""
    bibtex: str | None = None
    topic: str = ""
    section: str | None = None
    folder: Path = Path("lists")
    where: Where = field(default_factory=Where)
    today: date = date.min


def add(request: Request) -> Plan:
    """Plan the new entries; exit 1 with the cluster if a work is listed already, 2 for a target that isn't understood."""
    now = load_workspace(request.folder, today=request.today)
    here = Place(shown(request.folder))
    topic, section = _topic_and_section(now, request)
    wanted = _requested(request, here)
    if isinstance(wanted, Problem):
        return _usage(wanted)
    templates, subjects, listed = wanted
    if isinstance(topic, Problem) or isinstance(section, Problem):
        return _usage(topic if isinstance(topic, Problem) else section)  # type: ignore[arg-type]  # one of the two is
    for entry, subject in list(zip(templates, subjects, strict=True)):
        certain = _certain(now.catalogue, _fill(entry, {}, subject))
        if certain and request.bibtex is None:
            return Plan(problems=_listed_errors(certain), clusters=certain, code=Exit.FOUND)
        if certain:
            listed += _as_warnings(certain)
            templates.remove(entry)
            subjects.remove(subject)
    looked, problems = look_up_all(subjects, request.where, now.loaded.policy)
    if problems:
        return Plan(problems=problems, code=Exit.FOUND)
    plan = _plan(now, request, topic, section, templates, looked)
    return replace(plan, problems=(*listed, *plan.problems), incomplete=plan.incomplete or bool(listed))


def _requested(request: Request, here: Place) -> tuple[list[Entry], list[Subject], list[Problem]] | Problem:
    """The entries as far as they are given, the subject to look up for each, and the records that can't be read."""
    if request.bibtex is not None:
        found, left = _records(request.bibtex)
        if not found:
            message = f"standard input: {left[0].message}" if left else "standard input has no BibTeX record"
            return Problem("not-a-work", Severity.ERROR, message, here, "give BibTeX records")
        # A page is requested only for a missing title.
        subjects = [replace(subject_of_entry(entry), **({"url": ""} if entry.title else {})) for entry in found]
        return found, subjects, left
    subject = subject_of(request.target)
    if subject is None:
        return _not_understood(request.target, here)
    return _url_error(subject.url, here) or ([Entry(_NEW, here)], [subject], [])


def _url_error(url: str, here: Place) -> Problem | None:
    """The error that `validate` would report for the new entry's URL."""
    found = fault(url) if url else None
    if found is None or found.code == "private-address":
        return None
    return Problem(found.code, Severity.ERROR, found.message, here, found.hint)


def _records(text: str) -> tuple[list[Entry], list[Problem]]:
    """The records of a BibTeX text as entries, without columns that have no field; and problems for those that can't be read."""
    from generator.importing.bibtex import read_bibtex

    imported = read_bibtex(text, "-")
    whole = [entry for topic in imported.topics for entry in topic.entries]
    found = [replace(entry, extra=()) for entry in whole]
    left = [
        Problem("not-a-work", Severity.WARNING, f"{quoted(one.what)} was left out: {one.reason}", Place("-", one.line))
        for one in imported.left
    ]
    left += [problem for entry in whole for problem in _invalid_values(entry)]
    # What arXiv and others write as the journal of a preprint isn't a venue.
    return [
        replace(entry, venue=None, kind="preprint") if entry.venue and "arxiv" in entry.venue.casefold() else entry
        for entry in found
    ], left


def _invalid_values(entry: Entry) -> Iterator[Problem]:
    """Problems for addresses and identifiers in a record that are not valid."""
    place, name = Place("-", entry.place.line), quoted(entry.id or entry.title or "")
    for key, value in entry.extra:
        # BibTeX's own `address` is the publisher's town.
        if key == "address" and value.startswith(("http", "www.")):
            found = fault(value)
            message = f"{name}: its URL was left out: {found.message if found else quoted(value)}"
            yield Problem(found.code if found else "not-a-work", Severity.WARNING, message, place, found.hint if found else "")
        elif key in {"doi", "arxiv"}:
            message = f"{name}: {quoted(value)} isn't a valid {key} and was left out"
            yield Problem(f"bad-{key}", Severity.WARNING, message, place, "check its spelling")


def _plan(
    now: Workspace,
    request: Request,
    topic: Topic,
    section: Section | None,
    templates: Sequence[Entry],
    looked: Sequence[LookupResult],
) -> Plan:
    problems, said, likely, left = list[Problem](), list[str](), list[Cluster](), False
    for template, one in zip(templates, looked, strict=True):
        known = facts([*one.records, proven(one.subject)])
        new = _fill(template, known, one.subject)
        problems += problems_of(one, Place(topic.path), request.where)
        found = _clusters(now.catalogue, new)
        certain = tuple(cluster for cluster in found if cluster.certainty == "certain")
        if certain and request.bibtex is None:
            return Plan(problems=(*problems, *_listed_errors(certain)), clusters=certain, code=Exit.FOUND)
        if certain:
            problems += _as_warnings(certain)
            left = True
            continue
        likely += found
        new = _with_id(now, topic, new)
        at = choose_position(topic, new, section)
        after = insert_entry(now.source(topic.path), topic, at.section, at.number, entry_lines(new, 0))
        if isinstance(after, str):
            return Plan(problems=(*problems, unsafe_edit(topic.path, after)), code=Exit.FOUND)
        given = _field_sources(known, template)
        said += [f"{topic.path}, {at.why}{':' if given else ''}", *given]
        now = now.with_source(after)
        topic, section = _reread(now, topic, section)
    return Plan(now.changes(), (*problems, *_likely_warnings(likely)), tuple(said), tuple(likely), incomplete=left)


def _topic_and_section(now: Workspace, request: Request) -> tuple[Topic | Problem, Section | Problem | None]:
    topic = now.topic(request.topic)
    if topic is None:
        return unknown_topic(now, request.topic, "--topic"), None
    if request.section is None:
        return topic, None
    section = find_section(topic, request.section)
    if isinstance(section, str):
        message = f"--section: {topic.path} has no section {quoted(request.section)}"
        return topic, Problem("unknown-section", Severity.ERROR, message, Place(topic.path), section)
    return topic, section


def _reread(now: Workspace, topic: Topic, section: Section | None) -> tuple[Topic, Section | None]:
    """The same topic and section in the current sources."""
    after = now.topic(topic.slug)
    assert after is not None  # noqa: S101  # no topic is removed here
    if section is None:
        return after, None
    before = [one for top in topic.sections for one in top.walk()]
    return after, [one for top in after.sections for one in top.walk()][before.index(section)]


def _fill(template: Entry, known: Mapping[str, Fact], subject: Subject) -> Entry:
    """The entry with its missing fields filled in from `known`."""
    values: dict[str, Any] = {
        name: fact.value
        for name, fact in known.items()
        if (not getattr(template, name) or _has_default(template, name)) and not (name == "year" and template.date)
    }
    page = doi_page(subject.doi) if subject.doi else None
    page = f"https://arxiv.org/abs/{subject.arxiv}" if subject.arxiv else page
    identifiers = {"doi": subject.doi or None, "arxiv": subject.arxiv or None}
    values |= {
        name: value for name, value in identifiers.items() if value and not getattr(template, name) and name not in values
    }
    return replace(template, **values, url=template.url or subject.url or page)


def _has_default(entry: Entry, name: str) -> bool:
    return (name == "kind" and entry.kind == "other") or (name == "state" and entry.state == "active")


def _with_id(now: Workspace, topic: Topic, new: Entry) -> Entry:
    """The entry with its id, which is written if most entries of the topic have a written id, or if it wouldn't be unique."""
    taken = {key for _, entry in now.catalogue.entries() for key in (entry.id, *entry.aliases)}
    given = new.id if new.id_given and new.id not in taken else None
    key = given or derive(new.title, new.url, new.authors, new.year)
    if key in taken:
        key = f"{key}-{digest(new.url or new.title or '')}"
        return replace(new, id=key, id_given=True)
    others = list(topic.walk())
    # Without a title the id is derived from the URL; `enrich` gives a better one later.
    usual = bool(new.title) and sum(entry.id_given for entry in others) * 2 > len(others)
    return replace(new, id=key, id_given=usual or given is not None)


def _clusters(catalogue: Catalogue, new: Entry) -> tuple[Cluster, ...]:
    """The clusters that a new entry would belong to, without the entry itself."""
    entry = replace(new, id=_NEW, place=Place(_NEW), places={})
    topic = Topic(_NEW, _NEW, "", Place(_NEW), entries=(entry,))
    found = clusters(candidates(replace(catalogue, topics=(*catalogue.topics, topic))))
    mine = (one for one in found if any(member.place.path == _NEW for member in one.members))
    return tuple(
        replace(one, members=tuple(member for member in one.members if member.place.path != _NEW)) for one in mine
    )  # fmt: skip


def _certain(catalogue: Catalogue, new: Entry) -> tuple[Cluster, ...]:
    return tuple(cluster for cluster in _clusters(catalogue, new) if cluster.certainty == "certain")


def _as_warnings(found: Sequence[Cluster]) -> list[Problem]:
    """Downgrade "listed already" to a warning when several works are added at once."""
    return [replace(problem, severity=Severity.WARNING) for problem in _listed_errors(found)]


def _listed_errors(found: Sequence[Cluster]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            "listed-already",
            Severity.ERROR,
            f"the work is listed already, as {_entry_text(member)}: {_reason(cluster)}",
            member.place,
            "to show it in another topic as well, name that topic in its also_in",
        )
        for cluster in found
        for member in cluster.members
    )


def _likely_warnings(found: Sequence[Cluster]) -> tuple[Problem, ...]:
    hint = "if both are the same work, leave this one out; if not, say so in the new entry: not_duplicate_of: [{id: ..., reason: ...}]"
    return tuple(
        Problem("listed-already", Severity.WARNING, f"it may be {_entry_text(member)}: {_reason(cluster)}", member.place, hint)
        for cluster in found
        for member in cluster.members
    )


def _entry_text(member: Candidate) -> str:
    return f"{quoted(member.id)}{f' ({quoted(member.work.title)})' if member.work.title else ''}"


def _reason(cluster: Cluster) -> str:
    return cluster.why[:1].lower() + cluster.why[1:]


def _field_sources(known: Mapping[str, Fact], template: Entry) -> list[str]:
    """Which fields came from which source, one line a source."""
    by_source: dict[str, list[str]] = {}
    for name, fact in known.items():
        if not getattr(template, name) or _has_default(template, name):
            by_source.setdefault(fact.source, []).append(name)
    return [f"  {', '.join(names)}: from {source}" for source, names in by_source.items()]


def _usage(problem: Problem) -> Plan:
    return Plan(problems=(problem,), code=Exit.USAGE)


def _not_understood(target: str, here: Place) -> Problem:
    hint = "give a URL, an arXiv id (1803.00567), a DOI (10.1000/xyz), owner/repository of GitHub, or - for BibTeX on standard input"
    if target.endswith(".bib"):
        hint = (
            f"BibTeX comes on standard input: listkeeper add - < {target}; to import a whole file: listkeeper import {target}"
        )
    return Problem("not-a-work", Severity.ERROR, f"{quoted(target)} names no work", here, hint)
