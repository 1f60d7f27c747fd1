"""Parse topic files into a `Catalogue` and its problems. A broken entry is left out; the others are kept."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Names
from contextlib import contextmanager
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue import fields as table
from generator.sources.catalogue.entries import link_places, read_entry
from generator.sources.catalogue.ids import ID, make_unique, slug
from generator.sources.catalogue.model import Catalogue, Collection, Entry, Section, Start, Topic
from generator.sources.catalogue.rules import check_all
from generator.sources.catalogue.shapes import read_reasons
from generator.sources.catalogue.unread import unread
from generator.sources.config import read_collection
from generator.sources.markup import report_title, report_unshown
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence, read
from generator.sources.yaml_tree.reader import Reader
from linkcheck.policy import Policy

COLLECTION = "_collection.yaml"

_TOPIC = {key.name: key for key in table.TOPIC}
_SECTION = {key.name: key for key in table.SECTION}
_START = {key.name: key for key in table.START}


Parsed = tuple[Topic | None, tuple[Problem, ...]]
"""The topic of one file (None if it can't be read as one), and the file's problems."""


def parse_topic(text: str | bytes, path: str) -> Parsed:
    """Parse one file. The topic is None only if nothing in the file can be read as one.

    Ids of entries are as derived; `assemble` makes them unique in the collection.
    """
    tree = read(text, path, table.KEYS)
    reader = Reader(path, tree.problems, tree.text)
    root = None if isinstance(tree.root, Scalar) and tree.root.kind == "null" else tree.root
    topic = _topic(reader, root, whole=tree.whole) if root is not None else None
    if root is None and not tree.problems:
        reader.report("empty-file", _NOWHERE, "the file is empty", "write a title and entries, or delete the file")
    if topic is not None and not reader.problems and next(topic.walk(), None) is None:
        hint = "add entries: to it, or delete the file"
        reader.report("empty-topic", root or _NOWHERE, "the topic has no entries", hint, severity=Severity.WARNING)
    return topic, tuple(sorted(reader.problems, key=_by_place))


_NOWHERE = Scalar("", "null", "plain", 1, 1, 1, 1)


def _by_place(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column


def _topic(reader: Reader, root: Node, *, whole: bool) -> Topic | None:
    path = reader.path
    name = PurePosixPath(path).name.removesuffix(".yaml")
    title = (name[:1].upper() + name[1:]).replace("-", " ").replace("_", " ")
    if isinstance(root, Sequence):
        message = "a topic is a mapping, but the file begins with a list"
        reader.report("wrong-type", root, message, "write entries: on the first line, and indent the list under it")
        return Topic(name, path, title, Place(path, root.line, root.column), entries=_entries(reader, root, whole=whole))
    if not isinstance(root, Mapping):
        joined = re.match(r"[a-z]+:(?=[^\s/])", root.text)
        hint = f"write a space after the colons: {joined[0]} ..." if joined else "begin with title: ... and entries:"
        reader.wrong_type(root, "a topic", "a mapping", hint)
        return None
    found = reader.fields(root, _TOPIC, "a topic", table.TOPIC_SYNONYMS)
    places = {key: Place(path, value.line, value.column, None, key) for key, value in found.items()}
    for key in ("description", "header", "footer"):
        if key in found:
            places |= link_places(reader, found[key], key)
            report_unshown(reader, found[key], key, "blocks" if key == "description" else "page")
    if "title" in found:
        report_title(reader, found["title"])
    for key in ("related", "aliases"):
        value = found.get(key)
        if isinstance(value, Sequence):
            for index, item in enumerate(value.items):
                places[f"{key}.{index}"] = Place(path, item.line, item.column, None, key)
    start: list[Start] = []
    for index, (key, reason, item) in enumerate(
        read_reasons(reader, found["start"], "start", _START) if "start" in found else ()
    ):
        places[f"start.{index}"] = Place(path, item.line, item.column, None, "start")
        start.append(Start(key, reason))
    return Topic(
        slug=name,
        path=path,
        title=_optional(reader.line, found, "title") or title,
        place=Place(path, root.line, root.column),
        description=_optional(reader.text, found, "description"),
        related=_topics(reader, found, "related"),
        header=_optional(reader.text, found, "header"),
        footer=_optional(reader.text, found, "footer"),
        entries=_entries(reader, found.get("entries"), whole=whole),
        sections=_sections(reader, found.get("sections"), whole=whole),
        places=MappingProxyType(places),
        start=tuple(start),
        aliases=_topics(reader, found, "aliases"),
    )


def _optional(read: Callable[[Node, str], str | None], found: Names[str, Node], name: str) -> str | None:
    return read(found[name], name) if name in found else None


def _topics(reader: Reader, found: Names[str, Node], name: str) -> tuple[str, ...]:
    """Names of topics, without the endings of their files."""
    texts = reader.texts(found[name], name) if name in found else ()
    return tuple(each.removesuffix(".yaml").removesuffix(".md") for each in texts)


def _entries(reader: Reader, node: Node | None, *, whole: bool) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for item in _items(reader, node, "entries"):
        entry = read_entry(reader, item, whole=whole)
        if entry is not None:
            found.append(entry)
    return tuple(found)


def _items(reader: Reader, node: Node | None, name: str) -> Iterable[Node]:
    if node is None:
        return ()
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        reader.wrong_type(node, name, "a list", "begin each item with a dash: - title: ...")
        return (node,)
    if node.kind == "null":
        reader.report("empty-value", node, f"{name} is empty", "write a list under it, or leave the line out", field=name)
        return ()
    reader.wrong_type(node, name, "a list", "begin each item on its own line with a dash")
    return (node,) if name == "entries" and "/" in node.text else ()


def _sections(reader: Reader, node: Node | None, *, whole: bool) -> tuple[Section, ...]:
    found = [_section(reader, item, whole=whole) for item in _items(reader, node, "sections")]
    return tuple([section for section in found if section is not None])


def _section(reader: Reader, node: Node, *, whole: bool) -> Section | None:
    if not isinstance(node, Mapping):
        shown = node.text if isinstance(node, Scalar) else "..."
        reader.wrong_type(node, "a section", "a mapping", f"write - title: {shown}, and entries: under it")
        return None
    found = reader.fields(node, _SECTION, "a section", table.SECTION_SYNONYMS)
    title = _optional(reader.line, found, "title")
    if "title" not in found and whole:
        reader.report("missing-key", node, "a section has no title", "add title: ...", field="title")
    key = _optional(reader.line, found, "id")
    if key is not None and not ID.match(key):
        hint = f"write id: {slug(key)}" if slug(key) else ""
        reader.report(
            "bad-id", found["id"], f"id: {quoted(key)} has characters other than letters, digits, - . and _", hint, field="id"
        )
        key = slug(key) or None
    places = {name: Place(reader.path, value.line, value.column, None, name) for name, value in found.items()}
    if "description" in found:
        places |= link_places(reader, found["description"], "description")
        report_unshown(reader, found["description"], "description", "blocks")
    if "title" in found:
        report_title(reader, found["title"])
    return Section(
        title=title or "",
        place=Place(reader.path, node.line, node.column),
        id=key,
        description=_optional(reader.text, found, "description"),
        entries=_entries(reader, found.get("entries"), whole=whole),
        sections=_sections(reader, found.get("sections"), whole=whole),
        places=MappingProxyType(places),
    )


def assemble(
    sources: Names[str, str | bytes],
    *,
    today: date,
    others: Iterable[str] = (),
    parse: Callable[[str | bytes, str], Parsed] = parse_topic,
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue of all sources (POSIX path to content) and the problems of every file, ordered by path and line.

    `others` are further files of the folder, reported if they look like topics. A file that can't be read becomes a topic without
    entries, so that references to it aren't reported as wrong. `parse` parses one file, perhaps from a cache.
    """
    with _no_collections():
        problems: list[Problem] = []
        topics: list[Topic] = []
        collection, policy = Collection(), Policy()
        for path in sorted(sources):
            if PurePosixPath(path).name == COLLECTION:
                collection, policy, found = read_collection(sources[path], path)
                problems += found
                continue
            topic, found = parse(sources[path], path)
            problems += found
            name = PurePosixPath(path).name.removesuffix(".yaml")
            topics.append(topic or Topic(name, path, name, Place(path, 1, 1)))
        catalogue = Catalogue(collection, _ordered(make_unique(topics), collection.topics), policy.allow_private)
        problems += unread(sources, others)
        problems += check_all(catalogue, today)
        problems.sort(key=lambda problem: (problem.place.path, problem.place.line, problem.place.column, problem.code))
        return catalogue, tuple(problems)


def _ordered(topics: Iterable[Topic], order: tuple[str, ...]) -> tuple[Topic, ...]:
    """The topics in the order of the collection, which may use former names; unlisted topics last, by name."""
    ranks = {name: rank for rank, name in reversed(list(enumerate(order)))}

    def rank(topic: Topic) -> int:
        return next((ranks[name] for name in (topic.slug, *topic.aliases) if name in ranks), len(order))

    return tuple(sorted(topics, key=lambda topic: (rank(topic), topic.slug, topic.path)))


@contextmanager
def _no_collections() -> Iterator[None]:
    # Everything that parsing makes is kept, so garbage collection finds nothing and takes half of the time.
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
