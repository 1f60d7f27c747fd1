"""`listkeeper import`: lists that others wrote, as topics; and proof, on every run, that nothing was lost on the way."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator import VERSION
from generator.editing.plan import FileChange, Plan
from generator.editing.workspace import Workspace, load_workspace
from generator.exit_codes import Exit
from generator.importing.detect import Foreign, foreign
from generator.importing.imported import Imported, LeftOut
from generator.importing.merge import Known, merged, news
from generator.importing.parsing import forget
from generator.importing.round_trip_checks import Account, account, account_of_data, settled
from generator.importing.splitting import free_slug, split
from generator.problems import Place, Problem, Severity, counted, errors, quoted
from generator.results import Report
from generator.sources.catalogue.model import Collection, Topic
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import collection_text, same, topic_text
from generator.sources.files import shown
from generator.sources.loading import COLLECTION

__all__ = ["Request", "import_", "in_words"]

_UNSTABLE = "the page that is rendered of {} reads as another list: its source would change with the next import"


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line says."""

    paths: tuple[Path, ...]
    into: Path = Path("lists")
    today: date = date.min
    split: bool = False


@dataclass(slots=True)
class _Doing:
    """An import under way: the folder as it is becoming, and what there is to tell."""

    request: Request
    now: Workspace
    known: Known
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    new: dict[str, str] = field(default_factory=dict)


def import_(request: Request) -> tuple[Plan, Report]:
    """What is to be written, and the account of it: `imported` and `reported` add up to the links that were `found`.

    Exit 1 where something is left out, refused or not stable, 4 where the sources hold no entry at all.
    """
    running = gc.isenabled()
    gc.disable()  # all that reading makes is kept: the collector would walk it again and again, and find nothing
    try:
        return _imported(request)
    finally:
        forget()
        if running:
            gc.enable()


def _imported(request: Request) -> tuple[Plan, Report]:
    found, problems = foreign(request.paths)
    now = load_workspace(request.into, today=request.today)
    doing = _Doing(request, now, Known.of(now.catalogue), [*problems, *_standing(now)])
    if not errors(doing.problems):
        for one in found:
            _take(doing, one)
    changes = _changes(doing)
    unstable = any(problem.code == "import-not-stable" for problem in doing.problems)
    bad = errors(doing.problems) or doing.counts["reported"] or unstable
    nothing = not errors(doing.problems) and not doing.counts["entries"] and not doing.counts["entries there already"]
    code = Exit.NOTHING if nothing else Exit.FOUND if bad else Exit.OK
    counts = {name: doing.counts[name] for name in ("entries", "links found", "imported", "reported")}
    if doing.counts["entries there already"]:
        counts["entries there already"] = doing.counts["entries there already"]
    written = () if errors(doing.problems) else tuple(shown(path) for path in changes)
    report = Report("import", version=VERSION, problems=tuple(doing.problems), counts=counts, changed=written)
    return Plan({} if errors(doing.problems) else changes, tuple(doing.problems), code=code), report


def in_words(report: Report, into: Path, *, written: bool) -> str:
    """The account in one line, and what to do next."""
    counts = report.counts
    found, imported = counts["links found"], counts["imported"]
    line = f"{counted(found, 'link')} found = {imported:,} imported + {found - imported:,} reported."
    if "entries there already" in counts:
        there = counted(counts["entries there already"], "entry was", "entries were")
        line += f" {there} there already and not touched."
    if not counts["entries"] and "entries there already" not in counts and not errors(report.problems):
        line += "\nNo entry was found, so nothing is written: is this the page that holds the list?"
    if errors(report.problems) and not report.changed:
        line += "\nNothing was written: mend what is told as an error first."
    option = "" if into == Path("lists") else f" --lists {into.as_posix()}"
    return f"{line}\nNext: listkeeper build{option}, then compare the pages with the list." if written else line


def _standing(now: Workspace) -> list[Problem]:
    """Errors of the folder that is imported into: what can't be read can't be kept either."""
    return [problem for problem in errors(now.loaded.problems) if problem.code != "no-sources"]


def _take(doing: _Doing, one: Foreign) -> None:
    """One source: its topics are written, or their new entries put into the files that are there."""
    kept: list[Topic] = []
    for topic in one.imported.topics:
        for each in split(topic, doing.new) if doing.request.split else (topic,):
            kept += _place(doing, one, each)
        if doing.request.split and len(kept) > 1:
            _collection(doing, topic, kept)
    found = replace(one.imported, topics=tuple(kept))
    told = _account(doing, one, found)
    doing.counts.update({"links found": told.found, "imported": told.imported, "reported": told.found - told.imported})
    doing.problems += _left(told.left, one.path)
    unlinked = [left for left in found.left if not left.url]
    doing.counts["reported"] += len(unlinked)
    doing.problems += _left(unlinked, one.path)
    doing.problems += [
        Problem("text-moved", Severity.NOTE, f"{quoted(note.what)}: {note.reason}", Place(one.path, note.line))
        for note in found.notes
    ]
    doing.problems += _repeated(kept, one.path)


def _place(doing: _Doing, one: Foreign, topic: Topic) -> list[Topic]:
    """Where a topic goes: into the file of its name, or into a new one. What is given back says what is in the folder then."""
    there = doing.now.topic(topic.slug) if topic.slug not in doing.new else None
    total = sum(1 for _ in topic.walk())
    fresh, count = news(topic, doing.known)
    if there is not None or (total and count * 2 > total):
        doing.counts["entries there already"] += count
        if count == total:
            return [topic]
    if there is not None:
        doing.now, refused = merged(doing.now, fresh)
        doing.counts["entries"] += total - count - len(refused)
        for entry, why in refused:
            place = Place(one.path, entry.place.line)
            doing.counts["reported"] += not entry.url
            doing.problems.append(
                Problem("not-imported", Severity.WARNING, f"{quoted(entry.title or entry.url or '')}: {why}", place)
            )
        return [topic]
    if total and count * 2 > total:
        topic = replace(fresh, header=None, footer=None)
    if not total and not one.page:
        return []
    return [_new(doing, one, topic)]


def _new(doing: _Doing, one: Foreign, topic: Topic) -> Topic:
    topic = replace(topic, slug=free_slug(topic.slug, doing.new), path=one.path)
    if one.page:
        topic, text, _, rounds = settled(topic)
        if rounds == 0:
            problem = Problem("import-not-stable", Severity.WARNING, _UNSTABLE.format(quoted(topic.slug)), Place(one.path, 1, 1),
                              "run the import once more on the rendered page, and tell us of the list")  # fmt: skip
            doing.problems.append(problem)
    else:
        text = topic_text(topic)
    name = f"{shown(doing.request.into)}/{topic.slug}.yaml"
    again, problems = parse_topic(text, name)
    if again is None or errors(problems) or not same(again, topic):
        message = f"what would be written of {quoted(topic.slug)} isn't read back as it is"
        doing.problems.append(
            Problem("import-not-stable", Severity.ERROR, message, Place(one.path, 1, 1), "tell us of the list")
        )
    if next(topic.walk(), None) is None:
        return topic
    doing.new[topic.slug] = text
    doing.counts["entries"] += sum(1 for _ in topic.walk())
    doing.counts["topics"] += 1
    return topic


def _collection(doing: _Doing, topic: Topic, kept: list[Topic]) -> None:
    """The order and the title of topics that were one page, where the folder doesn't say them itself."""
    if not any(Path(path).name == COLLECTION for path in doing.now.texts):
        doing.new["_collection"] = collection_text(Collection(title=topic.title, topics=tuple(one.slug for one in kept)))


def _account(doing: _Doing, one: Foreign, found: Imported) -> Account:
    """A first import is held against what was made of it, a later one against the whole folder as it will be."""
    if not doing.counts["entries there already"]:
        return account(one.text, found) if one.page else account_of_data(one.text, found)
    now = replace(found, topics=(*doing.now.catalogue.topics, *_written(doing)))
    return account(one.text, now, doing.known.has_url) if one.page else account_of_data(one.text, now)


def _written(doing: _Doing) -> tuple[Topic, ...]:
    found = (parse_topic(text, f"{name}.yaml")[0] for name, text in doing.new.items() if name != "_collection")
    return tuple(topic for topic in found if topic is not None)


def _left(left: Iterable[LeftOut], path: str) -> Iterator[Problem]:
    for one in left:
        message = f"{quoted(one.what, 120)} was left out: {one.reason}"
        yield Problem("not-imported", Severity.WARNING, message, Place(path, one.line), "add it by hand where it matters")


def _repeated(topics: Iterable[Topic], path: str) -> Iterator[Problem]:
    """Pages that several entries lead to: all were kept, none was merged."""
    seen: dict[str, int] = {}
    for topic in topics:
        for entry in topic.walk():
            if entry.url and entry.url in seen:
                first = f"line {seen[entry.url]}" if seen[entry.url] else "above"
                message = f"{quoted(entry.url, 100)} stands here a second time (first: {first}); both are kept"
                hint = "listkeeper duplicates tells all; unite them, or say not_duplicate_of"
                yield Problem("repeated-url", Severity.NOTE, message, Place(path, entry.place.line), hint)
            elif entry.url:
                seen[entry.url] = entry.place.line


def _changes(doing: _Doing) -> dict[Path, FileChange]:
    changes = dict(doing.now.changes())
    for name, text in doing.new.items():
        path = doing.request.into / f"{name}.yaml"
        before = path.read_bytes() if path.is_file() else None
        changes[path] = FileChange(before, text.encode())
    return {path: change for path, change in changes.items() if change.before != change.after}
