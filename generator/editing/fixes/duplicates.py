"""Entries that are certainly one work: united in the one that says most, with nothing dropped; only then is the other removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, Known
from generator.sources.catalogue.fields import ENTRY
from generator.sources.catalogue.model import Entry, Topic
from linkcheck.identity import identify
from linkcheck.judging.title_match import words
from linkcheck.model import Cluster
from linkcheck.urls import compare_key
from linkcheck.urls.comparing import spot

_Home = tuple[Topic, Entry]

_MERGED = frozenset({"id", "url", "links", "also_in", "tags", "aliases", "kind", "state"})
"""The fields that are united each in its own way."""
_LABELS = {"arxiv": "arxiv", "doi": "doi", "openreview": "openreview"}
_PROCEEDINGS = frozenset({"pmlr", "jmlr", "neurips", "cvf", "acl"})


def find(known: Known) -> Iterator[Fix]:
    """A fix for each entry that is to go; one without edits where two entries say different things."""
    for cluster in known.clusters:
        if cluster.certainty == "certain":
            yield from _of_cluster(known, cluster)


def _of_cluster(known: Known, cluster: Cluster) -> Iterator[Fix]:
    homes = [home for member in cluster.members if (home := known.entry(member.place.path, member.id))]
    if len(homes) != len(cluster.members):
        return
    # The one that most of the others can be united in; then the one that says most; then the first.
    ranks = [
        (
            _told_apart(known, one),
            -sum(len(list(_against(one, other))) for _, other in homes if other is not one),
            _said(one),
            -at,
        )
        for at, (_, one) in enumerate(homes)
    ]
    stays = homes.pop(ranks.index(max(ranks)))
    united = stays[1]
    for safe in (True, False):
        going = list[tuple[_Home, str]]()
        for home in (one for one in homes if _safe(stays, one) is safe):
            told = _told(stays, home, cluster)
            against = [
                *_against(united, home[1]),
                *(["not_duplicate_of (another entry names it)"] if _told_apart(known, home[1]) else []),
            ]
            if against:
                sentence = f"{told}; they differ in {', '.join(against)}: unite them by hand"
                yield Fix("duplicates", home[1].where("url"), sentence, (), safe=False)
            else:
                united = _with(united, stays[0], home, known.referred)
                going.append((home, told))
        edits = (*known.keys_kept(*stays, united), *_edits(stays, united))
        for (topic, entry), told in going:
            said = _with(stays[1], stays[0], (topic, entry), known.referred) == stays[1]
            change = known.keys_kept(topic, entry, None) or (Edit(topic.path, entry.id, "", None, None),) if said else edits
            yield Fix("duplicates", entry.where("url"), told, change, safe)


def _told_apart(known: Known, entry: Entry) -> bool:
    """Whether another entry says that it isn't this one."""
    return any(key in known.decided for key in (entry.id, *entry.aliases))


def _told(stays: _Home, goes: _Home, cluster: Cluster) -> str:
    (topic, entry), (other_topic, other) = stays, goes
    why = cluster.why.rstrip(".")
    return f"{other.id} ({other_topic.path}) is {entry.id} ({topic.path}): {why[:1].lower()}{why[1:]}"


def _safe(stays: _Home, goes: _Home) -> bool:
    """Whether readers will find the work wherever they found it: topics can be shown in several places, sections can't."""
    return stays[0].path != goes[0].path or _section(*stays) == _section(*goes)


def _said(entry: Entry) -> int:
    """How many fields are written."""
    return sum("." not in name for name in entry.places)


def _against(entry: Entry, other: Entry) -> Iterator[str]:
    """The fields in which a person must choose: both say something, and not the same; or what can't be carried over."""
    for name, field in ENTRY.items():
        mine, theirs = field.of(entry), field.of(other)
        if name in _single():
            differ = mine is not None and theirs is not None and not _alike(name, mine, theirs)
        elif name == "kind":
            differ = name in entry.places and name in other.places and mine != theirs
        else:
            differ = mine != theirs and (name == "state" or (name not in _MERGED and bool(theirs)))
        if differ:
            yield name


def _single() -> list[str]:
    """The fields with one value each, which one entry can take over from another."""
    return [name for name, field in ENTRY.items() if field.shape.single and name not in _MERGED]


def _alike(name: str, mine: Any, theirs: Any) -> bool:  # noqa: ANN401  # a field's value
    if name == "added":
        return True
    if name == "title":
        return words(mine) == words(theirs)
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.split() == theirs.split()
    return bool(mine == theirs)


def _with(entry: Entry, topic: Topic, goes: _Home, referred: frozenset[str]) -> Entry:
    """The entry with all that another one says and it doesn't, and with the keys by which that one was named."""
    other_topic, other = goes
    new: dict[str, Any] = {
        name: theirs
        for name in ("url", *_single())
        if ENTRY[name].of(entry) is None and (theirs := ENTRY[name].of(other)) is not None
    }
    if _secure(entry.url, other.url):
        new["url"] = other.url
    if entry.added and other.added:
        new["added"] = min(entry.added, other.added)
    if "kind" in other.places and "kind" not in entry.places:
        new["kind"] = other.kind
    have = {_page(url) for url in (*_urls(entry), new.get("url") or "")}
    links = dict(entry.links)
    for label, url in _labelled(other):
        if _page(url) not in have:
            have.add(_page(url))
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


def _secure(mine: str | None, theirs: str | None) -> bool:
    """Whether another entry has the address with https that this one has without."""
    if mine is None or theirs is None or not (mine.startswith("http://") and theirs.startswith("https://")):
        return False
    return _page(mine) == _page(theirs)


def _edits(stays: _Home, united: Entry) -> Iterator[Edit]:
    """What must be written so that the staying entry says all of it."""
    topic, entry = stays
    for name in ("url", *_single(), "kind", "also_in", "tags", "aliases"):
        old, new = ENTRY[name].of(entry), ENTRY[name].of(united)
        if old != new:
            before = None if name not in entry.places else old.isoformat() if name == "added" else old
            yield Edit(topic.path, entry.id, name, before, new)
    links = dict(entry.links)
    for label, urls in united.links:
        for url in urls[len(links.get(label, ())) :]:
            yield Edit(topic.path, entry.id, f"links.{label}", None, url)


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


def _section(topic: Topic, entry: Entry) -> object:
    """The section in which an entry stands; None for the topic itself."""
    found = (section for top in topic.sections for section in top.walk() if any(one is entry for one in section.entries))
    return next((section.place for section in found), None)
