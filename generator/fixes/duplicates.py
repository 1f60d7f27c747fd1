"""Entries that are certainly one work: united in the one that says most, with nothing dropped; only then is the other removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from generator.catalogue.ids import derive
from generator.catalogue.model import Entry, Topic
from generator.edit import Edit
from generator.edit.words import Value
from generator.fixes.words import Fix, Known, named
from linkcheck.identity import identify
from linkcheck.likeness import words
from linkcheck.model import Cluster
from linkcheck.urls import compare_key
from linkcheck.urls.comparing import spot

_Home = tuple[Topic, Entry]

_TEXTS = (
    "title",
    "year",
    "date",
    "venue",
    "language",
    "doi",
    "arxiv",
    "description",
    "abstract",
    "archive_url",
    "added",
    "status",
)
_UNITED = frozenset(
    {"id", "place", "places", "id_given", "url", "links", "also_in", "tags", "aliases", "kind", "state", *_TEXTS}
)
_LABELS = {"arxiv": "arxiv", "doi": "doi", "openreview": "openreview"}
_PROCEEDINGS = frozenset({"pmlr", "jmlr", "neurips", "cvf", "acl"})


def find(known: Known) -> Iterator[Fix]:
    """A fix for each entry that is to go; one without edits where two entries say different things."""
    kept = named(known.catalogue)
    for cluster in known.clusters:
        if cluster.certainty == "certain":
            yield from _of_cluster(known, cluster, kept)


def _of_cluster(known: Known, cluster: Cluster, kept: frozenset[str]) -> Iterator[Fix]:
    homes = [home for member in cluster.members if (home := known.entry(member.place.path, member.id))]
    if len(homes) != len(cluster.members):
        return
    best = max(range(len(homes)), key=lambda at: (homes[at][1].id in kept, _said(homes[at][1]), -at))
    topic, entry = homes.pop(best)
    for home in homes:
        yield _united((topic, entry), home, cluster, kept)


def _said(entry: Entry) -> int:
    """How many fields are written."""
    return len(entry.places)


def _united(stays: _Home, goes: _Home, cluster: Cluster, kept: frozenset[str]) -> Fix:
    (topic, entry), (other_topic, other) = stays, goes
    place = other.where("url")
    why = cluster.why.rstrip(".")
    told = f"{other.id} ({other_topic.path}) is {entry.id} ({topic.path}): {why[:1].lower()}{why[1:]}"
    against = list(_against(entry, other))
    if other.id in kept:
        against.append("not_duplicate_of (another entry names it)")
    if against:
        return Fix("duplicates", place, f"{told}; they differ in {', '.join(against)}: unite them by hand", (), safe=False)
    safe = topic.path != other_topic.path or _section(topic, entry) == _section(other_topic, other)
    added = tuple(_added(stays, goes))
    if added:
        keep = _key(entry, other, topic, kept)
        return Fix("duplicates", place, told, (*keep, *added), safe)
    return Fix("duplicates", place, told, (Edit(other_topic.path, other.id, "", None, None),), safe)


def _against(entry: Entry, other: Entry) -> Iterator[str]:
    """The fields in which a person must choose: both say something, and not the same; or what can't be carried over."""
    for each in fields(Entry):
        name = each.name
        mine, theirs = getattr(entry, name), getattr(other, name)
        if name in _TEXTS:
            if mine is not None and theirs is not None and not _alike(name, mine, theirs):
                yield name
        elif name == "kind":
            if name in entry.places and name in other.places and mine != theirs:
                yield name
        elif name == "state":
            if mine != theirs:
                yield name
        elif name not in _UNITED and theirs and mine != theirs:
            yield name


def _alike(name: str, mine: Any, theirs: Any) -> bool:  # noqa: ANN401  # a field's value
    if name == "added":
        return True
    if name == "title":
        return words(mine) == words(theirs)
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.split() == theirs.split()
    return bool(mine == theirs)


def _added(stays: _Home, goes: _Home) -> Iterator[Edit]:
    """What the other entry has and the staying one lacks."""
    (topic, entry), (other_topic, other) = stays, goes

    def edit(field: str, old: Value | None, new: Value) -> Edit:
        return Edit(topic.path, entry.id, field, old, new)

    for name in ("url", *_TEXTS):
        if getattr(entry, name) is None and (theirs := getattr(other, name)) is not None:
            yield edit(name, None, theirs)
    if entry.added and other.added and other.added < entry.added:
        yield edit("added", entry.added.isoformat(), other.added)
    if "kind" in other.places and "kind" not in entry.places:
        yield edit("kind", None, other.kind)
    have = {_page(url) for url in _urls(entry)} | ({_page(other.url)} if entry.url is None and other.url else set())
    for label, url in _labelled(other):
        if _page(url) not in have:
            have.add(_page(url))
            yield edit(f"links.{label}", None, url)
    topics = [one for one in dict.fromkeys((other_topic.slug, *other.also_in)) if one != topic.slug]
    aliases = [one for one in (*([other.id] if other.id_given else []), *other.aliases) if one != entry.id]
    for name, more in (("also_in", topics), ("tags", other.tags), ("aliases", aliases)):
        old: tuple[str, ...] = getattr(entry, name)
        if new := tuple(one for one in more if one not in old):
            yield edit(name, old if name in entry.places else None, (*old, *new))


def _page(url: str) -> tuple[str, str]:
    """What two spellings of one address share, the place on its page with it."""
    return compare_key(url), spot(url)


def _labelled(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.url:
        yield _label(entry.url), entry.url
    yield from ((label, url) for label, several in entry.links for url in several)


def _label(url: str) -> str:
    """What a second address of a work is called."""
    if url.partition("?")[0].lower().endswith(".pdf") or "/pdf/" in url:
        return "pdf"
    kinds = [name.kind for name in identify(url)]
    if any(kind in _PROCEEDINGS for kind in kinds):
        return "proceedings"
    return next((_LABELS[kind] for kind in kinds if kind in _LABELS), "version")


def _urls(entry: Entry) -> Iterator[str]:
    if entry.url:
        yield entry.url
    yield from (url for _, several in entry.links for url in several)


def _key(entry: Entry, other: Entry, topic: Topic, kept: frozenset[str]) -> tuple[Edit, ...]:
    """The staying entry's key written down, where others name it and it would follow from what is added."""
    if entry.id_given or entry.id not in kept:
        return ()
    before = derive(entry.title, entry.url, entry.authors, entry.year)
    after = derive(entry.title or other.title, entry.url or other.url, entry.authors, entry.year or other.year)
    return () if before == after else (Edit(topic.path, entry.id, "id", None, entry.id),)


def _section(topic: Topic, entry: Entry) -> object:
    """The section in which an entry stands; None for the topic itself."""
    found = (section for top in topic.sections for section in top.walk() if any(one is entry for one in section.entries))
    return next((section.place for section in found), None)
