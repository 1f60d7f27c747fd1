"""`listkeeper import`: turn existing lists into topics, and check on every run that no link is lost."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator import VERSION
from generator.editing.plan import FileChange, Plan
from generator.editing.workspace import Workspace, load_workspace
from generator.exit_codes import Exit
from generator.importing.detect import ReadSource, read_sources
from generator.importing.imported import Imported, LeftOut
from generator.importing.link_account import Account, account, account_of_data
from generator.importing.merge import Known, merged, news
from generator.importing.parsing import forget
from generator.importing.topic.splitting import free_slug, split
from generator.problems import Place, Problem, Severity, counted, errors, quoted
from generator.results import Report
from generator.sources.catalogue.model import Collection, Topic
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import collection_text, same, topic_text
from generator.sources.files import shown
from generator.sources.loading import COLLECTION

__all__ = ["Request", "counts_text", "explain_line", "import_"]

_NOTES_SHOWN = 10
"""Maximum number of notes of one kind that are shown one by one; the others are counted."""
_KINDS = {
    "badge": ("badge", "badges", "entries show none"),
    "anchor": ("link within the page", "links within the page", "the text is kept"),
    "text": ("piece of text", "pieces of text", "the text is kept in another place or form"),
    "contents": ("table of contents", "tables of contents", "pages make their own"),
    "order": ("nested list", "nested lists", "each is a sub-section now"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line."""

    paths: tuple[Path, ...]
    into: Path = Path("lists")
    today: date = date.min
    split: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    """The state of an import: the folder so far, the new files, problems and counts."""

    request: Request
    now: Workspace
    known: Known
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    new: dict[str, str] = field(default_factory=dict)


def import_(request: Request) -> tuple[Plan, Report]:
    """Plan the files to write, with a report in which `imported` and `reported` add up to the links `found`.

    Exit 1 if something is left out, refused or not stable, 4 if the inputs have no entry.
    """
    running = gc.isenabled()
    gc.disable()  # parsing only allocates: the collector would scan everything repeatedly and free nothing
    try:
        return _imported(request)
    finally:
        forget()
        if running:
            gc.enable()


def _imported(request: Request) -> tuple[Plan, Report]:
    found, problems = read_sources(request.paths, request.mapping)
    now = load_workspace(request.into, today=request.today)
    state = _State(request, now, Known.of(now.catalogue), [*problems, *_folder_errors(now)])
    if not errors(state.problems):
        for one in found:
            _import_input(state, one)
    changes = _changes(state)
    bad = errors(state.problems) or state.counts["lost"]
    nothing = not errors(state.problems) and not state.counts["entries"] and not state.counts["entries there already"]
    code = Exit.NOTHING if nothing else Exit.FOUND if bad else Exit.OK
    counts = {name: state.counts[name] for name in ("entries", "links found", "imported", "reported")}
    if state.counts["entries there already"]:
        counts["entries there already"] = state.counts["entries there already"]
    written = () if errors(state.problems) else tuple(shown(path) for path in changes)
    report = Report("import", version=VERSION, problems=tuple(state.problems), counts=counts, changed=written)
    return Plan({} if errors(state.problems) else changes, tuple(state.problems), code=code), report


def explain_line(paths: Iterable[Path], line: int) -> str:
    """How the importer reads a line of Markdown files: the shapes that claim it with their scores, and the candidates for the title."""
    from generator.importing.detect import page_text
    from generator.importing.topic import explained

    return "\n".join(row for path in paths for row in explained(page_text(path), shown(path), line))


def counts_text(report: Report, into: Path, *, written: bool) -> str:
    """The counts in one line, and what to do next."""
    counts = report.counts
    found, imported = counts["links found"], counts["imported"]
    line = f"{counted(found, 'link')} found = {imported:,} imported + {found - imported:,} reported."
    if "entries there already" in counts:
        existing = counted(counts["entries there already"], "entry was", "entries were")
        line += f" {existing} there already and not changed."
    if not counts["entries"] and "entries there already" not in counts and not errors(report.problems):
        line += "\nNo entry was found, so nothing is written: is this the page with the list?"
    if errors(report.problems) and not report.changed:
        line += "\nNothing was written: fix the errors first."
    option = "" if into == Path("lists") else f" --lists {into.as_posix()}"
    return f"{line}\nNext: listkeeper build{option}, then compare the pages with the list." if written else line


def _folder_errors(now: Workspace) -> list[Problem]:
    """The errors of the folder that is imported into: sources that can't be read can't be merged."""
    return [problem for problem in errors(now.loaded.problems) if problem.code != "no-sources"]


def _import_input(state: _State, one: ReadSource) -> None:
    """Import one input: write its topics, or merge their new entries into existing files."""
    kept: list[Topic] = []
    for topic in one.imported.topics:
        for each in split(topic, state.new) if state.request.split else (topic,):
            kept += _add_topic(state, one, each)
        if state.request.split and len(kept) > 1:
            _add_collection(state, topic, kept)
    found = replace(one.imported, topics=tuple(kept))
    result = _account(state, one, found)
    state.counts.update({"links found": result.found, "imported": result.imported, "reported": result.found - result.imported})
    left = [*result.left, *(left for left in found.left if not left.url)]
    state.counts["reported"] += len(left) - len(result.left)
    state.counts["lost"] += sum(one.kind == "link" for one in left)
    state.problems += _left_out([one for one in left if one.kind == "link"], one.path)
    state.problems += _noted([*(one for one in left if one.kind != "link"), *found.notes], one.path)
    state.problems += _repeated(kept, one.path)


def _add_topic(state: _State, one: ReadSource, topic: Topic) -> list[Topic]:
    """Merge a topic into the file of its name, or add it as a new one; return the topics as they are then in the folder."""
    existing = state.now.topic(topic.slug) if topic.slug not in state.new else None
    total = sum(1 for _ in topic.walk())
    fresh, count = news(topic, state.known)
    if existing is not None or (total and count * 2 > total):
        state.counts["entries there already"] += count
        if count == total:
            return [topic]
    if existing is not None:
        state.now, refused = merged(state.now, fresh)
        state.counts["entries"] += total - count - len(refused)
        for entry, why in refused:
            place = Place(one.path, entry.place.line)
            state.counts["lost"] += 1
            state.counts["reported"] += not entry.url
            state.problems.append(
                Problem("not-imported", Severity.WARNING, f"{quoted(entry.title or entry.url or '')}: {why}", place)
            )
        return [topic]
    if total and count * 2 > total:
        topic = replace(fresh, header=None, footer=None)
    if not total and not one.page:
        return []
    return [_add_new_topic(state, one, topic)]


def _add_new_topic(state: _State, one: ReadSource, topic: Topic) -> Topic:
    topic = replace(topic, slug=free_slug(topic.slug, state.new), path=one.path)
    text = topic_text(topic)
    name = f"{shown(state.request.into)}/{topic.slug}.yaml"
    again, problems = parse_topic(text, name)
    if again is None or errors(problems) or not same(again, topic):
        message = f"the source written for {quoted(topic.slug)} is not read back as the same topic"
        state.problems.append(
            Problem("import-not-stable", Severity.ERROR, message, Place(one.path, 1, 1), "report the list to us")
        )
    if next(topic.walk(), None) is None:
        return topic
    state.new[topic.slug] = text
    state.counts["entries"] += sum(1 for _ in topic.walk())
    state.counts["topics"] += 1
    return topic


def _add_collection(state: _State, topic: Topic, kept: list[Topic]) -> None:
    """Add `_collection.yaml` with title and order of topics split from one page, unless the folder has one."""
    if not any(Path(path).name == COLLECTION for path in state.now.texts):
        state.new["_collection"] = collection_text(Collection(title=topic.title, topics=tuple(one.slug for one in kept)))


def _account(state: _State, one: ReadSource, found: Imported) -> Account:
    """Compare a first import with its own topics, a later one with the whole folder as it will be."""
    if not state.counts["entries there already"]:
        return account(one.text, found) if one.page else account_of_data(one.text, found)
    now = replace(found, topics=(*state.now.catalogue.topics, *_new_topics(state)))
    return account(one.text, now, state.known.has_url) if one.page else account_of_data(one.text, now)


def _new_topics(state: _State) -> tuple[Topic, ...]:
    found = (parse_topic(text, f"{name}.yaml")[0] for name, text in state.new.items() if name != "_collection")
    return tuple(topic for topic in found if topic is not None)


def _left_out(left: Iterable[LeftOut], path: str) -> Iterator[Problem]:
    for one in left:
        message = f"{quoted(one.what, 120)} was left out: {one.reason}"
        yield Problem("not-imported", Severity.WARNING, message, Place(path, one.line), "add it by hand if it matters")


def _noted(left: Iterable[LeftOut], path: str) -> Iterator[Problem]:
    """Notes on what is kept in another form or needs no keeping: the first few of each kind, and how many more there are."""
    kinds: dict[str, list[LeftOut]] = {}
    for one in left:
        kinds.setdefault(one.kind, []).append(one)
    for kind, ones in kinds.items():
        ones.sort(key=lambda one: one.line)
        first = ones if len(ones) <= _NOTES_SHOWN + 1 else ones[:_NOTES_SHOWN]
        code = "text-moved" if kind in {"text", "order"} else "not-imported"
        for one in first:
            yield Problem(code, Severity.NOTE, f"{quoted(one.what, 120)}: {one.reason}", Place(path, one.line))
        if rest := ones[len(first) :]:
            what, plural, why = _KINDS.get(kind, ("note", "notes", "see the lines above"))
            message = f"{counted(len(rest), f'more {what}', f'more {plural}')}: {why}"
            yield Problem(code, Severity.NOTE, message, Place(path, rest[0].line))


def _repeated(topics: Iterable[Topic], path: str) -> Iterator[Problem]:
    """A note for each URL that occurs in several entries: all are kept."""
    seen: dict[str, int] = {}
    for topic in topics:
        for entry in topic.walk():
            if entry.url and entry.url in seen:
                first = f"line {seen[entry.url]}" if seen[entry.url] else "above"
                message = f"{quoted(entry.url, 100)} occurs a second time (first: {first}); both are kept"
                hint = "listkeeper duplicates lists them all; merge them, or say not_duplicate_of"
                yield Problem("repeated-url", Severity.NOTE, message, Place(path, entry.place.line), hint)
            elif entry.url:
                seen[entry.url] = entry.place.line


def _changes(state: _State) -> dict[Path, FileChange]:
    changes = dict(state.now.changes())
    for name, text in state.new.items():
        path = state.request.into / f"{name}.yaml"
        before = path.read_bytes() if path.is_file() else None
        changes[path] = FileChange(before, text.encode())
    return {path: change for path, change in changes.items() if change.before != change.after}
