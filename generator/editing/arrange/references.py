"""Replace references to a renamed topic or entry, each value in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Collection as Collected

from generator.editing.edit.changes import Change, apply_changes
from generator.editing.edit.model import Splice
from generator.editing.edit.proof import Expected
from generator.editing.edit.source import Path, Source, Spot
from generator.editing.edit.writing import rewrite_scalar
from generator.problems import Place
from generator.sources.catalogue.model import Entry, Section, Topic
from generator.sources.collection import Collection
from generator.sources.yaml_tree import Mapping, Scalar, Sequence

__all__ = ["rename_entry_references", "rename_topic_references", "replace_alias"]

_ALIAS = "a reference is a YAML anchor or alias (& or *): change it by hand"


def rename_topic_references(source: Source, known: Topic | Collection, old: Collected[str], new: str) -> Source | str:
    """Replace the names `old` of a topic by `new` in `related`, `also_in`, `topics` and in links to its page; or why it can't be done.

    `known` must have been parsed from the source.
    """
    names = _topic_name_places(known)
    found: dict[Path, tuple[Spot, str]] = {}
    for place in names:
        spot = source.at(place.line, place.column)
        if spot is None:
            return _ALIAS
        for one in _scalar_spots(spot):
            text = _bare(one)
            if text in old:
                found[one.path] = one, new + _text(one)[len(text) :]
    either = "|".join(map(re.escape, old))
    link = re.compile(rf"(\]\(<?(?:\./)?|\]:[ \t]+<?(?:\./)?)(?:{either})(?=\.md(?:[#)>\s]|$))")
    for place in _text_places(known):
        spot = source.at(place.line, place.column)
        if spot is not None and isinstance(spot.node, Scalar) and link.search(spot.node.text):
            found[spot.path] = spot, link.sub(rf"\g<1>{new}", spot.node.text)
    return _replace_values(source, found.values())


def rename_entry_references(source: Source, topic: Topic, old: str, new: str) -> Source | str:
    """Replace the id of an entry in reading paths (`start`) and `not_duplicate_of`; or why it can't be done."""
    found: dict[Path, tuple[Spot, str]] = {}
    places = [
        entry.places["not_duplicate_of"] for entry in topic.walk() if any(one.id == old for one in entry.not_duplicate_of)
    ]
    for place in (*places, *(place for name, place in topic.places.items() if name == "start")):
        spot = source.at(place.line, place.column)
        if spot is None:
            return _ALIAS
        for one in _id_spots(spot):
            if _text(one) == old:
                found[one.path] = one, new
    return _replace_values(source, found.values())


def replace_alias(source: Source, entry: Entry, old: str, new: str) -> Source | str:
    """Replace one of an entry's aliases; or why it can't be done. The entry must have been parsed from the source."""
    place = entry.places["aliases"]
    spot = source.at(place.line, place.column)
    if spot is None:
        return _ALIAS
    return _replace_values(source, [(one, new) for one in _scalar_spots(spot) if _text(one) == old])


def _topic_name_places(known: Topic | Collection) -> Iterator[Place]:
    """The places of fields that name topics."""
    if isinstance(known, Collection):
        yield from (place for name, place in known.places.items() if name == "topics")
        return
    yield from (place for name, place in known.places.items() if name == "related")
    for entry in known.walk():
        yield from (place for name, place in entry.places.items() if name == "also_in")


def _text_places(known: Topic | Collection) -> Iterator[Place]:
    """The places of Markdown texts, which may link to pages."""
    parts: list[Topic | Collection | Section | Entry] = [known]
    if isinstance(known, Topic):
        parts += [section for top in known.sections for section in top.walk()]
        parts += known.walk()
    for part in parts:
        yield from (place for name, place in part.places.items() if name in {"description", "abstract", "header", "footer"})


def _scalar_spots(spot: Spot) -> Iterator[Spot]:
    """The scalar itself, or the scalars of a list."""
    if isinstance(spot.node, Scalar):
        yield spot
    elif isinstance(spot.node, Sequence):
        for number, item in enumerate(spot.node.items):
            if isinstance(item, Scalar):
                yield Spot(item, (*spot.path, number), (*spot.above, spot.node))


def _id_spots(spot: Spot) -> Iterator[Spot]:
    """The ids in a value of `not_duplicate_of` or `start`."""
    items = [spot]
    if isinstance(spot.node, Sequence):
        items = [Spot(item, (*spot.path, number), (*spot.above, spot.node)) for number, item in enumerate(spot.node.items)]
    for one in items:
        if isinstance(one.node, Mapping):
            for number, (key, value) in enumerate(one.node.items):
                if key.text in {"id", "entry"} and isinstance(value, Scalar):
                    yield Spot(value, (*one.path, number), (*one.above, one.node))


def _text(spot: Spot) -> str:
    return spot.node.text.strip() if isinstance(spot.node, Scalar) else ""


def _bare(spot: Spot) -> str:
    return _text(spot).removesuffix(".yaml").removesuffix(".md")


def _replace_values(source: Source, found: Iterable[tuple[Spot, str]]) -> Source | str:
    changes: list[Change] = []
    for spot, new in found:
        node = spot.node
        if not isinstance(node, Scalar) or node.style == "alias":
            return _ALIAS
        start, end = source.start(node), source.end(node)
        raw = rewrite_scalar(source.text[start:end], node.text, new, flow=source.inside_brackets(spot))
        if raw is None:
            return f"the quoting of line {node.line} can't be kept: change it by hand"
        changes.append(Change((Splice(start, end, raw),), _expect(spot.path, new), spot.path))
    if not changes:
        return source
    return apply_changes(source, changes) or "the edit would change other values as well: make it by hand"


def _expect(path: Path, new: str) -> Callable[[Expected], None]:
    def expect(expected: Expected) -> None:
        expected.replaced[path] = new

    return expect
