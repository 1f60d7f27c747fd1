"""`listkeeper move`: move an entry to another topic or section, with its id and comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.editing.arrange import choose_position, find_section, insert_entry, remove_entry
from generator.editing.edit import Edit, Source, apply
from generator.editing.edit.changes import Change, apply_changes
from generator.editing.edit.source import Spot
from generator.editing.edit.splices import remove_item
from generator.editing.plan import Plan
from generator.editing.workspace import Workspace, load_workspace, unknown_entry, unknown_topic, unsafe_edit
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.model import Entry, Topic
from generator.sources.catalogue.write import same
from generator.sources.yaml_tree import Scalar, Sequence

__all__ = ["Request", "move"]


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line. With `pointer` the old topic keeps showing the entry, through its `also_in`."""

    entry: str
    topic: str
    section: str | None = None
    pointer: bool = False
    folder: Path = Path("lists")
    today: date = date.min


def move(request: Request) -> Plan:
    """Plan to move the entry's lines; exit 2 for an unknown entry, topic or section."""
    now = load_workspace(request.folder, today=request.today)
    found, target = now.entry(request.entry), now.topic(request.topic)
    if found is None:
        rest = _unfinished(now, request, target) if target is not None else None
        return rest or Plan(problems=(unknown_entry(now, request.entry),), code=Exit.USAGE)
    if target is None:
        return Plan(problems=(unknown_topic(now, request.topic, "--to"),), code=Exit.USAGE)
    topic, entry = found
    if request.section is not None and isinstance(why := find_section(target, request.section), str):
        message = f"--section: {target.path} has no section {quoted(request.section)}"
        problem = Problem("unknown-section", Severity.ERROR, message, Place(target.path), why)
        return Plan(problems=(problem,), code=Exit.USAGE)
    if topic.path == target.path and request.section is None:
        return Plan(notes=(f"{quoted(entry.id)} is in {target.path} already; name a --section of it",))
    moved = _moved(now, request, topic, target, entry)
    return moved if isinstance(moved, Plan) else Plan(moved[0].changes(target.path), notes=(moved[1],))


def _unfinished(now: Workspace, request: Request, target: Topic) -> Plan | None:
    """The rest of a move that was killed between writing the new topic and the old one; None if the entry's state isn't that.

    Without the entry in the new topic, the move must lead to what is there.
    """
    key = request.entry
    for one in target.walk():
        if key not in {one.id, *one.aliases, one.url} and not one.id.startswith(f"{key}-"):  # ids that clash get a suffix
            continue
        taken = remove_entry(now.source(target.path), one)
        before = None if isinstance(taken, str) else now.with_source(taken.source)
        found, goal = (before.entry(key), before.topic(target.slug)) if before else (None, None)
        if before is None or found is None or goal is None or found[0].path == target.path:
            continue
        topic, entry = found
        moved = _moved(before, request, topic, goal, entry)
        after = None if isinstance(moved, Plan) else moved[0].topic(target.slug)
        if not isinstance(moved, Plan) and after is not None and same(after, target):
            rest = now.with_texts({topic.path: moved[0].texts[topic.path]})
            note = f"{quoted(key)} is in {target.path} already, and is removed from {topic.path}"
            return Plan(rest.changes(), notes=(note,))
    return None


def _moved(now: Workspace, request: Request, topic: Topic, target: Topic, entry: Entry) -> tuple[Workspace, str] | Plan:
    """The workspace after the move, and a note; a refusing plan if it can't be done safely."""
    taken = remove_entry(now.source(topic.path), entry)
    if isinstance(taken, str):
        return _refused(topic.path, taken)
    now = now.with_source(taken.source)
    goal = next(one for one in now.catalogue.topics if one.path == target.path)
    section = find_section(goal, request.section) if request.section is not None else None
    if isinstance(section, str):
        return _refused(target.path, section)
    at = choose_position(goal, entry, section)
    after = insert_entry(now.source(target.path), goal, at.section, at.number, taken.rows)
    if isinstance(after, str):
        return _refused(target.path, after)
    now = now.with_source(after)
    number = _index(goal, now, entry)
    done = _adjust_entry(now, request, topic, target, entry, number)
    if isinstance(done, str):
        return _refused(target.path, done)
    way = f"from {topic.path} to {target.path}" if topic.path != target.path else f"within {topic.path}"
    return done, f"{quoted(entry.id)} moves {way}, {at.why}"


def _index(goal: Topic, now: Workspace, entry: Entry) -> int:
    """The index of the moved entry among those of its new topic."""
    after = next(one for one in now.catalogue.topics if one.path == goal.path)
    before = [(one.url, one.title) for one in goal.walk()]
    for number, one in enumerate(after.walk()):
        if number >= len(before) or (one.url, one.title) != before[number]:
            if (one.url, one.title) == (entry.url, entry.title):
                return number
            break
    return next(number for number, one in enumerate(after.walk()) if (one.url, one.title) == (entry.url, entry.title))


def _adjust_entry(now: Workspace, request: Request, topic: Topic, target: Topic, entry: Entry, number: int) -> Workspace | str:
    """Keep the entry's id, remove a pointer to its own topic, and add the pointer to the old one if wanted."""

    def moved(at: Workspace) -> tuple[Topic, Entry]:
        place = next(one for one in at.catalogue.topics if one.path == target.path)
        return place, list(place.walk())[number]

    place, one = moved(now)
    if one.id != entry.id:
        after = apply(now.source(target.path), place, [Edit(target.path, one.id, "id", None, entry.id)])
        if after.refused:
            return f"its id {entry.id} can't be kept: {after.refused[0][1]}"
        now = now.with_source(after.source)
    place, one = moved(now)
    own = next((name for name in one.also_in if name in {target.slug, *target.aliases}), None)
    if own is not None and topic.path != target.path:
        without = _without_topic(now.source(target.path), place, one, own)
        if isinstance(without, str):
            return without
        now = now.with_source(without)
    place, one = moved(now)
    if request.pointer and topic.path != target.path and topic.slug not in one.also_in:
        old = one.also_in or None
        edit = Edit(target.path, one.id, "also_in", old, (*one.also_in, topic.slug))
        after = apply(now.source(target.path), place, [edit])
        if after.refused:
            return f"no pointer could be written: {after.refused[0][1]}"
        now = now.with_source(after.source)
    return now


def _without_topic(source: Source, place: Topic, entry: Entry, slug: str) -> Source | str:
    """The entry without one topic in its `also_in`; the field is removed with the last one."""
    spot = source.at(entry.places["also_in"].line, entry.places["also_in"].column)
    if spot is None:
        return "its also_in is written as a reference: edit it by hand"
    if isinstance(spot.node, Scalar) or len(spot.node.items) == 1:
        after = apply(source, place, [Edit(source.path, entry.id, "also_in", entry.also_in, None)])
        return after.refused[0][1] if after.refused else after.source
    if not isinstance(spot.node, Sequence):
        return "its also_in isn't a list"
    number = entry.also_in.index(slug)
    item = Spot(spot.node.items[number], (*spot.path, number), (*spot.above, spot.node))
    splices = remove_item(source, item)
    if splices is None:
        return "its also_in can't be edited: do it by hand"
    change = Change(splices, lambda expected: expected.removed.add(item.path))
    return apply_changes(source, [change]) or "its also_in can't be edited: do it by hand"


def _refused(path: str, why: str) -> Plan:
    return Plan(problems=(unsafe_edit(path, why),), code=Exit.FOUND)
