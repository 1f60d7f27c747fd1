"""`listkeeper enrich`: fill in missing fields of entries from services. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.editing.arrange.fill_fields import NewFields, fill_fields
from generator.editing.edit import Source
from generator.editing.plan import Plan
from generator.editing.workspace import Workspace, load_workspace, unknown_entry, unsafe_edit
from generator.exit_codes import Exit
from generator.metadata import Fact, Record, Subject, facts, subject_of_entry
from generator.metadata.asking import LookupResult
from generator.metadata.lookup import Sources as Where
from generator.metadata.lookup import look_up_all, merged, problems_of
from generator.metadata.subjects import hosted
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.ids import derive, referred
from generator.sources.catalogue.model import Entry, Topic
from generator.sources.files import shown

__all__ = ["Request", "enrich"]

_REGISTRIES = frozenset(("Crossref", "DataCite"))


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line; without `targets` (files or entry ids) the whole folder."""

    targets: tuple[str, ...] = ()
    folder: Path = Path("lists")
    where: Where = field(default_factory=Where)
    today: date = date.min


def enrich(request: Request) -> Plan:
    """Plan the fields to fill in; exit 2 for an unknown target, 4 if nothing could be looked up."""
    named = next((Path(one).parent for one in request.targets if one.endswith(".yaml")), request.folder)
    now = load_workspace(named, today=request.today)
    chosen = _chosen(now, request.targets)
    if isinstance(chosen, Problem):
        return Plan(problems=(chosen,), code=Exit.USAGE)
    to_look_up = [(topic, entry, subject) for topic, entry in chosen if _to_look_up(entry, subject := subject_of_entry(entry))]
    looked, problems = look_up_all([subject for *_, subject in to_look_up], request.where, now.loaded.policy)
    missing = tuple(problem for problem in now.loaded.problems if problem.code in {"no-sources", "unreadable-file"})
    plan = _plan(now, request, [(*one[:2], found) for one, found in zip(to_look_up, looked, strict=True)])
    found = (*missing, *problems, *plan.problems)
    code = Exit.FOUND if problems or missing else Exit.OK
    silent = bool(looked) and not request.where.saved and not any(one.records or one.absent for one in looked)
    return replace(plan, problems=found, code=Exit.NOTHING if silent and code is Exit.OK else code)


def _chosen(now: Workspace, targets: Sequence[str]) -> list[tuple[Topic, Entry]] | Problem:
    everything = list(now.catalogue.entries())
    if not targets:
        return everything
    found: list[tuple[Topic, Entry]] = []
    for target in targets:
        topic = now.topic(target) if target.endswith(".yaml") else None
        one = now.entry(target) if topic is None else None
        if topic is None and one is None:
            if target.endswith(".yaml"):
                message = f"there is no topic file {quoted(target)}"
                return Problem("unknown-topic", Severity.ERROR, message, Place(shown(now.loaded.folder)))
            return _unknown_target(now, target)
        if topic is not None:
            found += [pair for pair in everything if pair[0].path == topic.path]
        elif one is not None:
            found.append(one)
    return list({id(entry): (topic, entry) for topic, entry in found}.values())


def _unknown_target(now: Workspace, target: str) -> Problem:
    """The problem for a target that is neither an entry nor a file, with a hint if it is a topic's name or a folder."""
    found, topic = unknown_entry(now, target), now.topic(target)
    if topic is not None:
        return replace(found, hint=f"for all entries of the topic: listkeeper enrich {topic.path}")
    if Path(target).is_dir():
        return replace(found, hint=f"for all entries of a folder: listkeeper enrich --lists {target}")
    return found


def _to_look_up(entry: Entry, subject: Subject) -> bool:
    """Whether to look up an entry: works always, since they come in batches; repositories and pages only if a field is missing."""
    if entry.state in {"dead", "withdrawn", "retracted"}:
        return False
    if subject.arxiv or subject.doi:
        return True
    if hosted(subject) is not None:
        return entry.title is None or "kind" not in entry.places
    return entry.title is None and subject.url.startswith(("http://", "https://"))


def _plan(now: Workspace, request: Request, found: Sequence[tuple[Topic, Entry, LookupResult]]) -> Plan:
    problems, said = list[Problem](), list[str]()
    by_file: dict[str, list[NewFields]] = {}
    known_by = referred(now.catalogue)
    for topic, entry, one in found:
        known = facts(one.records, preprint="kind" in entry.places and entry.kind == "preprint")
        problems += problems_of(one, entry.place, request.where)
        problems += _published(entry, one.records, known)
        missing_fields = _missing_fields(entry, known, subject_of_entry(entry))
        if missing_fields:
            values = {name: fact.value for name, fact in missing_fields.items()}
            by_file.setdefault(topic.path, []).append(NewFields(entry, values | _alias(entry, values, known_by)))
            said.append(f"{entry.place.path}:{entry.place.line} {entry.id}: {_fields_text(missing_fields)}")
    after, left = list[Source](), False
    for path, fillings in by_file.items():
        source, refused = fill_fields(now.source(path), fillings)
        # An entry that can't be filled in must not stop the others.
        problems += [replace(unsafe_edit(path, f"{one.entry.id}: {why}"), severity=Severity.WARNING) for one, why in refused]
        left = left or bool(refused)
        after.append(source)
    return Plan(now.with_source(*after).changes(), tuple(merged(problems)), tuple(said), incomplete=left)


def _missing_fields(entry: Entry, known: Mapping[str, Fact], subject: Subject) -> dict[str, Fact]:
    """The known facts that the entry lacks. An identifier that is part of its URL needs no field."""
    found: dict[str, Fact] = {}
    for name, fact in known.items():
        written = name in entry.places or (name == "year" and entry.date is not None)
        said = (name == "doi" and fact.value == subject.doi) or (name == "arxiv" and fact.value == subject.arxiv)
        if not written and not said and not (name == "doi" and str(fact.value).startswith("10.48550/")):
            found[name] = fact
    return found


def _published(entry: Entry, records: Sequence[Record], known: Mapping[str, Fact]) -> Iterator[Problem]:
    """A note for an entry marked as a preprint that has been published since."""
    if entry.kind != "preprint" and entry.status != "preprint":
        return
    one = next((record for record in records if record.source in _REGISTRIES and record.kind not in {None, "preprint"}), None)
    if one is not None and not (entry.venue and entry.doi):
        where = ", ".join(str(part) for part in (one.venue, one.year) if part)
        message = f"{quoted(entry.id)} was published: {where or known['doi'].value} ({one.source})"
        hint = f"if the list means the publication: kind: {one.kind}{f', year: {one.year}' if one.year else ''}"
        yield Problem("now-published", Severity.NOTE, message, entry.place, hint)


def _alias(entry: Entry, values: Mapping[str, Any], referred: frozenset[str]) -> dict[str, Any]:
    """If the filled-in fields change a derived id that other entries reference, keep the old id as an alias."""
    if entry.id_given or entry.id not in referred or "aliases" in entry.places:
        return {}
    after = derive(
        values.get("title", entry.title), entry.url, values.get("authors", entry.authors), values.get("year", entry.year)
    )
    return {} if after == entry.id else {"aliases": (entry.id,)}


def _fields_text(missing_fields: Mapping[str, Fact]) -> str:
    by_source: dict[str, list[str]] = {}
    for name, fact in missing_fields.items():
        by_source.setdefault(fact.source, []).append(name)
    return "; ".join(f"{', '.join(names)} from {source}" for source, names in by_source.items())
