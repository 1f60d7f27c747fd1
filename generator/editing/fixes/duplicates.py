"""Merge entries that are certainly the same work into one, without loss; the others are removed once it has all their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext
from generator.sources.catalogue.fields import ENTRY
from generator.sources.catalogue.model import Entry, Topic
from linkcheck.identity import identify
from linkcheck.judging.title_match import words
from linkcheck.model import Cluster
from linkcheck.urls import compare_key
from linkcheck.urls.comparing import anchor

_Located = tuple[Topic, Entry]

_MERGED = frozenset({"id", "url", "links", "also_in", "tags", "aliases", "kind", "state"})
"""Fields that are merged each in its own way."""
_LABELS = {"arxiv": "arxiv", "doi": "doi", "openreview": "openreview"}
_PROCEEDINGS = frozenset({"pmlr", "jmlr", "neurips", "cvf", "acl"})


def find(context: FixContext) -> Iterator[Fix]:
    """A fix for each entry to remove; one without edits where the entries contradict each other."""
    for cluster in context.clusters:
        if cluster.certainty == "certain":
            yield from _of_cluster(context, cluster)


def _of_cluster(context: FixContext, cluster: Cluster) -> Iterator[Fix]:
    members = [found for one in cluster.members if (found := context.entry(one.place.path, one.id))]
    if len(members) != len(cluster.members):
        return
    # The entry that conflicts least with the others is kept; then the one with most fields; then the first.
    ranks = [
        (
            _is_named_distinct(context, one),
            -sum(len(list(_conflicts(one, other))) for _, other in members if other is not one),
            _field_count(one),
            -at,
        )
        for at, (_, one) in enumerate(members)
    ]
    kept = members.pop(ranks.index(max(ranks)))
    united = kept[1]
    for safe in (True, False):
        merged = list[tuple[_Located, str]]()
        for member in (one for one in members if _keeps_readers(kept, one) is safe):
            message = _message_of(kept, member, cluster)
            conflicts = [
                *_conflicts(united, member[1]),
                *(["not_duplicate_of (another entry names it)"] if _is_named_distinct(context, member[1]) else []),
            ]
            if conflicts:
                message = f"{message}; they differ in {', '.join(conflicts)}: merge them by hand"
                yield Fix("duplicates", member[1].where("url"), message, (), safe=False)
            else:
                united = _merged_with(united, kept[0], member, context.referred)
                merged.append((member, message))
        edits = (*context.id_edits(*kept, united), *_edits(kept, united))
        for (topic, entry), message in merged:
            nothing_new = _merged_with(kept[1], kept[0], (topic, entry), context.referred) == kept[1]
            change = (
                context.id_edits(topic, entry, None) or (Edit(topic.path, entry.id, "", None, None),) if nothing_new else edits
            )
            yield Fix("duplicates", entry.where("url"), message, change, safe)


def _is_named_distinct(context: FixContext, entry: Entry) -> bool:
    """Whether another entry's `not_duplicate_of` names this one."""
    return any(key in context.distinct_ids for key in (entry.id, *entry.aliases))


def _message_of(kept: _Located, removed: _Located, cluster: Cluster) -> str:
    (topic, entry), (other_topic, other) = kept, removed
    why = cluster.why.rstrip(".")
    return f"{other.id} ({other_topic.path}) is {entry.id} ({topic.path}): {why[:1].lower()}{why[1:]}"


def _keeps_readers(kept: _Located, removed: _Located) -> bool:
    """Whether readers still find the work where it was: an entry can be shown in several topics, but only in one section of each."""
    return kept[0].path != removed[0].path or _section(*kept) == _section(*removed)


def _field_count(entry: Entry) -> int:
    """The number of fields of an entry."""
    return sum("." not in name for name in entry.places)


def _conflicts(entry: Entry, other: Entry) -> Iterator[str]:
    """The fields with different values in both entries, and those that can't be merged."""
    for name, field in ENTRY.items():
        mine, theirs = field.of(entry), field.of(other)
        if name in _single():
            differ = mine is not None and theirs is not None and not _equivalent(name, mine, theirs)
        elif name == "kind":
            differ = name in entry.places and name in other.places and mine != theirs
        else:
            differ = mine != theirs and (name == "state" or (name not in _MERGED and bool(theirs)))
        if differ:
            yield name


def _single() -> list[str]:
    """The fields with one value each, which one entry can take over from another."""
    return [name for name, field in ENTRY.items() if field.shape.single and name not in _MERGED]


def _equivalent(name: str, mine: Any, theirs: Any) -> bool:  # noqa: ANN401  # a field's value
    if name == "added":
        return True
    if name == "title":
        return words(mine) == words(theirs)
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.split() == theirs.split()
    return bool(mine == theirs)


def _merged_with(entry: Entry, topic: Topic, removed: _Located, referred: frozenset[str]) -> Entry:
    """`entry` with the fields, links, tags and topics that only the other one has, and with its ids as aliases."""
    other_topic, other = removed
    new: dict[str, Any] = {
        name: theirs
        for name in ("url", *_single())
        if ENTRY[name].of(entry) is None and (theirs := ENTRY[name].of(other)) is not None
    }
    if _is_https_variant(entry.url, other.url):
        new["url"] = other.url
    if entry.added and other.added:
        new["added"] = min(entry.added, other.added)
    if "kind" in other.places and "kind" not in entry.places:
        new["kind"] = other.kind
    have = {_page_key(url) for url in (*_urls(entry), new.get("url") or "")}
    links = dict(entry.links)
    for label, url in _labelled_urls(other):
        if _page_key(url) not in have:
            have.add(_page_key(url))
            links[label] = (*links.get(label, ()), url)
    topics = (one for one in (other_topic.slug, *other.also_in) if one != topic.slug)
    aliases = (
        one for one in (*([other.id] if other.id_given or other.id in referred else []), *other.aliases) if one != entry.id
    )
    new |= {
        "links": tuple(links.items()),
        "also_in": tuple(dict.fromkeys((*entry.also_in, *topics))),
        "tags": tuple(dict.fromkeys((*entry.tags, *other.tags))),
        "aliases": tuple(dict.fromkeys((*entry.aliases, *aliases))),
    }
    return entry.with_values(new)


def _is_https_variant(mine: str | None, theirs: str | None) -> bool:
    """Whether `theirs` is the https variant of the http URL `mine`."""
    if mine is None or theirs is None or not (mine.startswith("http://") and theirs.startswith("https://")):
        return False
    return _page_key(mine) == _page_key(theirs)


def _edits(kept: _Located, united: Entry) -> Iterator[Edit]:
    """The edits that turn the kept entry into the merged one."""
    topic, entry = kept
    for name in ("url", *_single(), "kind", "also_in", "tags", "aliases"):
        old, new = ENTRY[name].of(entry), ENTRY[name].of(united)
        if old != new:
            before = None if name not in entry.places else old.isoformat() if name == "added" else old
            yield Edit(topic.path, entry.id, name, before, new)
    links = dict(entry.links)
    for label, urls in united.links:
        for url in urls[len(links.get(label, ())) :]:
            yield Edit(topic.path, entry.id, f"links.{label}", None, url)


def _page_key(url: str) -> tuple[str, str]:
    """A key that is equal for different spellings of one URL, including its fragment."""
    return compare_key(url), anchor(url)


def _labelled_urls(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.url:
        yield _label(entry.url), entry.url
    yield from ((label, url) for label, several in entry.links for url in several)


def _label(url: str) -> str:
    """The label in `links` for another URL of the work."""
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


def _section(topic: Topic, entry: Entry) -> object:
    """The place of the section that contains an entry; None for the topic itself."""
    found = (section for top in topic.sections for section in top.walk() if any(one is entry for one in section.entries))
    return next((section.place for section in found), None)
