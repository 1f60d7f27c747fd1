"""`listkeeper rename`: rename a topic or an entry, and every reference to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.editing.arrange import (
    add_topic_alias,
    remove_topic_alias,
    rename_entry_references,
    rename_topic_references,
    replace_alias,
)
from generator.editing.edit import Edit, Source, apply
from generator.editing.plan import Plan
from generator.editing.workspace import Workspace, load_workspace, unknown_entry, unknown_topic, unsafe_edit
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.ids import ID, slug
from generator.sources.catalogue.model import Topic
from generator.sources.catalogue.names import former, is_page_name
from generator.sources.files import shown
from generator.sources.loading import COLLECTION

__all__ = ["rename_entry", "rename_topic"]


def rename_topic(folder: Path, old: str, new: str, *, today: date) -> Plan:
    """Rename a topic's file, and every reference to it: `related`, `also_in`, `topics` and links in texts.

    The old name becomes an alias, for which `build` renders a page that leads to the new one.
    """
    now = load_workspace(folder, today=today)
    topic = now.topic(old)
    if topic is None:
        return _usage(unknown_topic(now, old))
    name = _file_name(new, folder)
    if isinstance(name, Problem):
        return _usage(name)
    path = f"{topic.path[: len(topic.path) - len(topic.slug) - 5]}{name}.yaml"
    if path == topic.path:
        return Plan()
    texts, problems = _renamed_texts(now, folder, topic, name)
    renamed_text = texts.get(topic.path) or now.texts[topic.path]
    # A rename that was killed left both files: doing it again finishes it.
    conflict = None if now.texts.get(path) == renamed_text else _conflict(now, topic, name, path)
    if conflict is not None:
        return _refused(conflict)
    if problems:
        return Plan(problems=problems, code=Exit.FOUND)
    said = [f"{other}: {quoted(topic.slug)} is now {quoted(name)}" for other in texts if other != topic.path]
    said.append(f"{topic.path} is now {path}; listkeeper build renders its page under the new name")
    if topic.slug.casefold() != name:
        said.append(f"{quoted(topic.slug)} is now an alias: the old page will lead to the new one")
    renamed = now.with_texts({**texts, path: renamed_text, topic.path: None})
    title = next((one.title for one in renamed.catalogue.topics if one.path == path), topic.title)
    if title != topic.title:
        said.append(f"its title follows its name: {quoted(title)}; write title: {topic.title} to keep the old one")
    changes = renamed.changes(path)
    paths = {shown(one): one for one in changes}
    return Plan(changes, notes=tuple(said), renamed={paths[path]: paths[topic.path]} if path in paths else {})


def _file_name(new: str, folder: Path) -> str | Problem:
    """The new name without folder and `.yaml`, or why no topic can have it."""
    other_folder, _, name = new.removesuffix(".yaml").rpartition("/")
    right = slug(name)
    hint = f"write {right or 'letters and digits'}"
    if other_folder and Path(other_folder).resolve() != folder.resolve():
        message = f"{quoted(new)} names another folder; all topics are in {shown(folder)}/"
    elif right and not is_page_name(right):
        message, hint = f"a topic can't be named {quoted(name)}: the index of all topics has this name", "choose another name"
    elif right != name or not name:
        message = f"{quoted(name)} would be hard to share as an address"
    else:
        return name
    return Problem("bad-file-name", Severity.ERROR, message, Place(shown(folder)), hint)


def _conflict(now: Workspace, topic: Topic, name: str, path: str) -> Problem | None:
    """The other topic that has this name, as its file or as an alias."""
    others = (one for one in now.catalogue.topics if one is not topic)
    taken = any(one.slug.casefold() == name for one in others)
    if taken or (Path(path).exists() and path.casefold() != topic.path.casefold()):
        return Problem("same-page", Severity.ERROR, f"there is a topic {quoted(name)} already", Place(path))
    owner = next((one for alias, one in former(now.catalogue.topics).items() if alias.casefold() == name), topic)
    if owner is topic:
        return None
    message = f"{quoted(name)} is an alias of the topic {quoted(owner.slug)}: links to the old page lead there"
    place = owner.places.get("aliases", owner.place)
    return Problem("alias-taken", Severity.ERROR, message, place, "remove it from the aliases there first")


def _renamed_texts(
    now: Workspace, folder: Path, topic: Topic, name: str
) -> tuple[dict[str, bytes | None], tuple[Problem, ...]]:
    """The texts that change, by path, and a problem for each file that can't be changed safely."""
    texts, problems = dict[str, bytes | None](), list[Problem]()
    old_names = (topic.slug, *(alias for alias, one in former(now.catalogue.topics).items() if one is topic))
    files = {one.path: one for one in now.catalogue.topics} | {shown(folder / COLLECTION): now.catalogue.collection}
    for path, content in files.items():
        if path not in now.texts:
            continue
        source = now.source(path)
        after = rename_topic_references(source, content, old_names, name)
        if path == topic.path and not isinstance(after, str):
            after = _with_alias(after, topic, name)
        if isinstance(after, str):
            problems.append(unsafe_edit(path, after))
        elif after.data != source.data:
            texts[path] = after.data
    return texts, tuple(problems)


def _with_alias(source: Source, topic: Topic, name: str) -> Source | str:
    """The topic's source with its old name added to its aliases, and the new one removed from them if it is a former name."""
    after: Source | str = source
    former_name = next((alias for alias in topic.aliases if alias.casefold() == name), None)
    if former_name is not None:
        after = remove_topic_alias(source, former_name)
    if topic.slug.casefold() == name or isinstance(after, str):
        # Names that differ only in case are the same file on most laptops.
        return after
    return add_topic_alias(after, topic.slug)


def rename_entry(folder: Path, old: str, new: str, *, today: date) -> Plan:
    """Give the entry its new id in every reference; the old one becomes an alias.

    Where the entry has the new id already and the old one is its alias, the remaining references are renamed.
    """
    now = load_workspace(folder, today=today)
    found = now.entry(old)
    if found is None:
        return _usage(unknown_entry(now, old))
    topic, entry = found
    if not ID.match(new):
        hint = f"write {slug(new)}" if slug(new) else "use letters, digits, - . and _"
        message = f"{quoted(new)} has other characters than letters, digits, - . and _"
        return _usage(Problem("bad-id", Severity.ERROR, message, entry.place, hint))
    if entry.id == new:
        return _rename_references(now, topic.path, old, new) if old in entry.aliases else Plan()
    for _, other in now.catalogue.entries():
        if new.casefold() in {key.casefold() for key in (other.id, *other.aliases)} and other is not entry:
            message = f"the id {quoted(new)} belongs to another entry already"
            return _refused(Problem("duplicate-id", Severity.ERROR, message, other.place, "choose another"))
    former = entry.id
    aliases = tuple(dict.fromkeys(key for key in (*entry.aliases, former) if key != new))
    given = former if entry.id_given else None
    if new in entry.aliases:
        # Back to a former id: the two are swapped.
        swapped = replace_alias(now.source(topic.path), entry, new, former)
        if isinstance(swapped, str):
            return _refused(unsafe_edit(topic.path, swapped))
        now = now.with_source(swapped)
    steps = [Edit(topic.path, "", "id", given, new)]
    steps += [] if new in entry.aliases else [Edit(topic.path, "", "aliases", entry.aliases or None, aliases)]
    for step in steps:
        done = _apply_step(now, topic.path, former, new, step)
        if isinstance(done, Problem):
            return _refused(done)
        now = done
    plan = _rename_references(now, topic.path, former, new)
    said = (*plan.notes, f"{quoted(former)} still leads to the entry: it is now an alias")
    return plan if plan.refused else replace(plan, notes=said)


def _rename_references(now: Workspace, path: str, former: str, new: str) -> Plan:
    """The plan with all references to an entry renamed; its own file, at `path`, is written first."""
    said = list[str]()
    for place in now.catalogue.topics:
        source = now.source(place.path)
        after = rename_entry_references(source, place, former, new)
        if isinstance(after, str):
            return _refused(unsafe_edit(place.path, after))
        if after.data != source.data:
            said.append(f"{place.path}: {quoted(former)} is now {quoted(new)}")
            now = now.with_source(after)
    return Plan(now.changes(path), notes=tuple(said))


def _apply_step(now: Workspace, path: str, former: str, new: str, step: Edit) -> Workspace | Problem:
    """Apply one edit to the entry, under the id that it has so far."""
    topic = next(one for one in now.catalogue.topics if one.path == path)
    key = new if any(entry.id == new for entry in topic.walk()) else former
    edit = Edit(path, key, step.field, step.old, step.new)
    if edit.old == edit.new:
        return now
    after = apply(now.source(path), topic, [edit])
    return unsafe_edit(path, after.refused[0][1]) if after.refused else now.with_source(after.source)


def _usage(problem: Problem) -> Plan:
    return Plan(problems=(problem,), code=Exit.USAGE)


def _refused(problem: Problem) -> Plan:
    return Plan(problems=(problem,), code=Exit.FOUND)
