"""Merge entries that are certainly the same work into one; the others are removed once it has all their fields.

By itself, `fix` merges only entries whose titles and places agree as well. Each message says what the removed entry gives and loses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext
from generator.problems import quoted
from generator.sources.catalogue.fields import ENTRY
from generator.sources.catalogue.model import Entry, Section, Topic
from linkcheck.identity import WORKS, identify
from linkcheck.judging.title_match import words
from linkcheck.model import Cluster
from linkcheck.urls import compare_key
from linkcheck.urls.comparing import anchor

_Located = tuple[Topic, Entry]

_MERGED = frozenset({"id", "url", "links", "also_in", "tags", "aliases", "kind", "state"})
"""Fields that are merged each in its own way."""
_LABELS = {"arxiv": "arxiv", "doi": "doi", "openreview": "openreview"}
_ABSTRACT = re.compile(r"https?://(?:[\w-]+\.)?arxiv\.org/abs/")
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
        for member in (one for one in members if _keeps_place(kept, one) is safe):
            message = _message_of(kept, member, cluster)
            conflicts = [
                *_conflicts(united, member[1]),
                *(["not_duplicate_of (another entry names it)"] if _is_named_distinct(context, member[1]) else []),
            ]
            if conflicts:
                message = f"{message}; they differ in {', '.join(conflicts)}: merge them by hand"
                yield Fix("duplicates", member[1].where("url"), message, (), safe=False)
            else:
                before, united = united, _merged_with(united, kept[0], member, context.referred)
                merged.append((member, f"{message}{_gains(before, united)}{_losses(kept, member, united)}"))
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


def _gains(before: Entry, after: Entry) -> str:
    """What the kept entry takes over, as the end of a message."""
    new = [name for name, field in ENTRY.items() if name != "links" and field.of(before) != field.of(after)]
    old = {(label, url) for label, urls in before.links for url in urls}
    new += [f"links.{label}" for label, urls in after.links if any((label, url) not in old for url in urls)]
    return f"; the one that stays gets {', '.join(new)}" if new else ""


def _losses(kept: _Located, removed: _Located, united: Entry) -> str:
    """What of the removed entry isn't in the united one, as the end of a message."""
    entry = removed[1]
    lost: list[str] = []
    if entry.title and entry.title != united.title:
        lost.append(f"its title {quoted(entry.title)}")
    urls = set(_urls(united))
    lost += [f"its URL {url}" for url in _urls(entry) if url not in urls]
    labels = {(label.casefold(), _page_key(url)) for label, several in united.links for url in several}
    lost += [
        f"the label {quoted(label)} of {url}"
        for label, several in entry.links
        for url in several
        if (label.casefold(), _page_key(url)) not in labels
    ]
    path = _headings(*removed)
    if path != _headings(*kept) or (path and kept[0].path != removed[0].path):
        lost.append(f"its place in the section {quoted(path[-1])}" if path else "its place outside the sections")
    return f"; what is lost: {', '.join(lost)}" if lost else ""


def _keeps_place(kept: _Located, removed: _Located) -> bool:
    """Whether readers find the work where it was: an entry can be shown in several topics, but only in one section of each.

    In two topics, the sections must have equal headings: a "Manual" of one thing isn't the "Manual" of another.
    """
    if kept[0].path == removed[0].path:
        return _section(*kept) is _section(*removed)
    return [words(title) for title in _headings(*kept)] == [words(title) for title in _headings(*removed)]


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
        if name == "links":
            differ = _links_conflict(entry, other)
        if differ:
            yield name


def _links_conflict(entry: Entry, other: Entry) -> bool:
    """Whether each has a labelled link that the other lacks. The links of one published work belong together, so they don't conflict."""
    if any(name.kind in WORKS for name in identify(entry.url or "")):
        return False
    mine, theirs = (
        {(label.casefold(), _page_key(url)) for label, several in one.links for url in several} for one in (entry, other)
    )
    return bool(mine - theirs and theirs - mine)


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
    if (
        _ABSTRACT.match(other.url or "")
        and entry.url
        and not _ABSTRACT.match(entry.url)
        and _same_arxiv(entry.url, other.url or "")
    ):
        new["url"] = other.url
    if entry.added and other.added:
        new["added"] = min(entry.added, other.added)
    if "kind" in other.places and "kind" not in entry.places:
        new["kind"] = other.kind
    have = {_page_key(url) for url in (*_urls(entry), new.get("url") or "")}
    links = dict(entry.links)
    if new.get("url") and entry.url and _page_key(entry.url) != _page_key(new["url"]):
        links[_label(entry.url)] = (*links.get(_label(entry.url), ()), entry.url)
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


def _same_arxiv(one: str, other: str) -> bool:
    """Whether two URLs are of one arXiv paper."""
    return any(name.kind == "arxiv" for name in identify(one)) and identify(one) == identify(other)


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


def _section(topic: Topic, entry: Entry) -> Section | None:
    """The section that contains an entry; None for the topic itself."""
    found = (section for top in topic.sections for section in top.walk() if any(one is entry for one in section.entries))
    return next(found, None)


def _headings(topic: Topic, entry: Entry) -> tuple[str, ...]:
    """The titles of the sections around an entry, outermost first."""

    def within(sections: tuple[Section, ...], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for section in sections:
            here = (*above, section.title)
            if any(one is entry for one in section.entries):
                yield here
            yield from within(section.sections, here)

    return next(within(topic.sections, ()), ())
