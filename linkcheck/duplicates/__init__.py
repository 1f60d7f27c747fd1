"""Entries that are one work: works and links in, clusters with a kind, a certainty and a why out. Pure.

An entry is its first URL and what its work's fields say. What its other URLs name is its own, too, where it is a paper (a DOI,
arXiv id or page of proceedings says so): a preprint beside a publication. A blog post or a program links a paper without being
it, so there they make a cluster probable at most. Time and memory grow linearly with the entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linkcheck.duplicates.groups import Groups, shared
from linkcheck.duplicates.near import Known, known, likely, pairs
from linkcheck.duplicates.people import Agreement, agreement
from linkcheck.duplicates.titles import nearness
from linkcheck.identity import WORKS, Identity, identify, of_work
from linkcheck.model import Candidate, Cluster
from linkcheck.urls import compare_key, normalise, web
from linkcheck.urls.comparing import spot
from linkcheck.urls.components import cut

KINDS = ("same-url", "same-resource", "same-work", "near-title")
_NAMES = {
    "doi": "the DOI",
    "arxiv": "the arXiv id",
    "openreview": "the OpenReview page",
    "pmlr": "the PMLR paper",
    "jmlr": "the JMLR paper",
    "neurips": "the NeurIPS paper",
    "cvf": "the CVF paper",
    "acl": "the ACL Anthology paper",
    "github": "the GitHub repository",
    "youtube": "the YouTube video",
}
_DECIDING = ("arxiv", "doi")
_FACES = 12
"""Within one bucket an entry is held against so many groups that must stay apart, before it stays alone."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """Why two entries are one: a phrase that can follow "both have" where certain, else a full sentence."""

    one: int
    other: int
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A candidate, prepared. `place` is the spot on its page that its URL names.

    `names` are its identities, of which `lent` come from its further URLs; `beside` are those that may be another work's.
    """

    candidate: Candidate
    url: str
    place: str
    names: tuple[Identity, ...]
    lent: frozenset[Identity]
    beside: tuple[Identity, ...]
    known: Known


def clusters(candidates: Iterable[Candidate]) -> tuple[Cluster, ...]:
    """The clusters of two or more, by the place of their first member; certain ones before probable ones there.

    Certain: the same URL (RFC 3986), the same resource (scheme, `www.`, last slash, index page, tracking; a repository; a
    video), the same work (DOI, arXiv, proceedings). Probable: near titles, a place on a listed page, a Pages site, a work
    that only accompanies an entry; and what would be certain, did DOIs, arXiv ids or titles and authors not contradict it.
    `not_duplicate_of` keeps two entries apart, whichever of them says so.
    """
    ordered = sorted(
        candidates, key=lambda it: (it.place.path, it.place.line, it.place.column, it.place.entry or "", it.id, it.urls)
    )
    entries = [_prepared(candidate) for candidate in ordered]
    silenced = list(_silenced(ordered))
    certain, probable = Groups(len(entries)), Groups(len(entries))
    for one, other in silenced:
        certain.keep_apart(one, other)
    proven, doubted = _certain_edges(entries, certain)
    for one, other in silenced:
        probable.keep_apart(certain.root(one), certain.root(other))
    likely_edges = _probable_edges(entries, certain, probable, doubted)
    found = [*_clusters(entries, certain, proven, "certain"), *_clusters(entries, probable, likely_edges, "probable")]
    return tuple(cluster for _, cluster in sorted(found, key=lambda it: it[0]))


def _prepared(candidate: Candidate) -> _Entry:
    url = candidate.urls[0] if candidate.urls and web(candidate.urls[0]) else ""
    own = (*(identify(candidate.urls[0]) if candidate.urls else ()), *of_work(candidate.work.doi, candidate.work.arxiv))
    names = tuple(dict.fromkeys(name for name in own if name.certain))
    others = {name: None for it in candidate.urls[1:] for name in identify(it) if name.kind in WORKS and name not in names}
    beside = (*(name for name in own if not name.certain), *others)
    if any(name.kind in WORKS for name in names):
        names, beside = (*names, *others), tuple(name for name in own if not name.certain)
    return _Entry(candidate, url, _place(url), names, frozenset(others), beside, known(candidate, names))


def _place(url: str) -> str:
    """What on the page or in the video a URL points to, "" for the whole."""
    found = spot(url) if "#" in url else ""
    if found.lower() == "readme":
        return ""
    if not found and ("youtu" in url[:24]):
        parts = (part.partition("=") for part in (cut(url).query or "").split("&"))
        found = next((value.removesuffix("s") for name, _, value in parts if name in {"t", "start"}), "")
        return "" if found == "0" else found
    return found


def _silenced(ordered: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    by_id: dict[str, list[int]] = defaultdict(list)
    for at, candidate in enumerate(ordered):
        if candidate.id:
            by_id[candidate.id].append(at)
    for at, candidate in enumerate(ordered):
        for name in candidate.not_duplicate_of:
            yield from ((at, other) for other in by_id.get(name, ()) if other != at)


def _certain_edges(entries: Sequence[_Entry], groups: Groups) -> tuple[list[_Edge], list[_Edge]]:
    """What unites entries for certain, and what would but for a contradiction."""
    proven: list[_Edge] = []
    doubted: list[_Edge] = []
    for kind, name, bucket in _buckets(entries):
        faces = [bucket[0]]
        for at in bucket[1:]:
            for face in faces[:_FACES]:
                said = f"{_NAMES[name.kind]} {name.key}" if name else _url_phrase(entries[face].url, entries[at].url)
                edge = _Edge(face, at, kind, said)
                if groups.root(face) == groups.root(at):
                    break
                if _contradicted(entries[face], entries[at], name):
                    doubted.append(edge)
                elif groups.join(face, at):
                    proven.append(edge)
                    break
            else:
                faces.append(at)
    return proven, doubted


def _buckets(entries: Sequence[_Entry]) -> Iterator[tuple[str, Identity | None, list[int]]]:
    """Entries with one key: kind, their identity (None where only the URL is the same), and their numbers. Strongest first."""
    linked = [(at, entry) for at, entry in enumerate(entries) if entry.url]
    same_url = shared(((normalise(entry.url), entry.known.key, entry.place), at) for at, entry in linked)
    same_resource = shared(((entry.known.key, entry.place), at) for at, entry in linked)
    for kind, buckets in (("same-url", same_url), ("same-resource", same_resource)):
        yield from ((kind, None, bucket) for bucket in buckets.values())
    for name, bucket in _named(entries):
        yield "same-work" if name.kind in WORKS else "same-resource", name, bucket


def _named(entries: Sequence[_Entry]) -> Iterator[tuple[Identity, list[int]]]:
    """Entries with one identity. A repository or a video is one thing only with the same place in it.

    A video that one entry has from its beginning and all others from the same second is one, too.
    """
    for name, bucket in shared((name, at) for at, entry in enumerate(entries) for name in entry.names).items():
        by_place: dict[str, list[int]] = defaultdict(list)
        for at in bucket:
            by_place["" if name.kind in WORKS else entries[at].place].append(at)
        if name.kind == "youtube" and len(by_place.keys() - {""}) == 1:
            yield name, bucket
        else:
            yield from ((name, placed) for placed in by_place.values() if len(placed) > 1)


def _url_phrase(one: str, other: str) -> str:
    if one == other:
        return f"the URL {one}"
    if normalise(one) == normalise(other):
        return f"the URL {one}, written {other} the second time"
    return f"the URL {one}, but for what leads to the same page ({other})"


def _contradicted(one: _Entry, other: _Entry, shared_name: Identity | None) -> bool:
    """Whether two entries have two arXiv ids, or, where only a URL unites them, two DOIs or other titles and authors.

    A name that one of them has from its further URLs is contradicted by other titles alone.
    """
    for kind in _DECIDING[:1] if shared_name else _DECIDING:
        mine = {name.key for name in one.names if name.kind == kind}
        theirs = {name.key for name in other.names if name.kind == kind}
        if mine and theirs and not mine & theirs:
            return True
    if shared_name:
        return shared_name in one.lent | other.lent and _two_titles(one, other)
    return agreement(one.known.authors, other.known.authors) is Agreement.NONE and _two_titles(one, other)


def _probable_edges(entries: Sequence[_Entry], certain: Groups, probable: Groups, doubted: Sequence[_Edge]) -> list[_Edge]:
    """Edges between the first members of certain groups, where they are new and allowed."""
    kept: list[_Edge] = []

    def propose(one: int, other: int, kind: str, said: str) -> None:
        first, second = certain.root(one), certain.root(other)
        if first != second and probable.join(first, second):
            kept.append(_Edge(first, second, kind, said))

    for edge in doubted:
        said = f"Both have {edge.said}, but their identifiers, or titles and authors, are those of two works."
        propose(edge.one, edge.other, edge.kind, said)
    for one, other in pairs([entry.known for entry in entries]):
        said_of_titles = likely(entries[one].known, entries[other].known)
        if said_of_titles:
            propose(one, other, "near-title", said_of_titles)
    for one, other, kind, said in (*_places(entries), *_accompanying(entries)):
        propose(one, other, kind, said)
    return kept


def _places(entries: Sequence[_Entry]) -> Iterator[tuple[int, int, str, str]]:
    """A whole page, and entries that name a place on it. Two places on one page are two things."""
    keyed = (
        (next((name for name in entry.names if name.kind not in WORKS), entry.known.key), at)
        for at, entry in enumerate(entries)
        if entry.url
    )
    for bucket in shared(keyed).values():
        whole = next((at for at in bucket if not entries[at].place), None)
        if whole is not None:
            for at in bucket:
                if entries[at].place:
                    said = f"One is the page {entries[whole].url}, the other a place on it ({entries[at].place})."
                    yield whole, at, "same-resource", said


def _accompanying(entries: Sequence[_Entry]) -> Iterator[tuple[int, int, str, str]]:
    """Works that one entry is and another only links, or likely is; silent where their titles are two."""
    pages = {entry.known.key: at for at, entry in reversed(list(enumerate(entries))) if entry.url and not entry.place}
    for at, entry in enumerate(entries):
        for url in entry.candidate.urls[1:]:
            one = pages.get(compare_key(url), at)
            if one != at and not spot(url) and not _two_titles(entries[one], entry):
                yield one, at, "same-resource", f"One is the page {entries[one].url}, and the other has it among its URLs."
    wanted = {name for entry in entries for name in entry.beside}
    sources: dict[Identity, int] = {}
    for at, entry in enumerate(entries):
        for name in entry.names:
            if name in wanted:
                sources.setdefault(name, at)
    for at, entry in enumerate(entries):
        for name in entry.beside:
            one = sources.get(name, at)
            if one != at and not _two_titles(entries[one], entry):
                kind = "same-work" if name.kind in WORKS else "same-resource"
                yield one, at, kind, f"One is {_NAMES[name.kind]} {name.key}, and the other has a URL that belongs to it."


def _two_titles(one: _Entry, other: _Entry) -> bool:
    mine, theirs = one.known.title, other.known.title
    return bool(mine.squashed and theirs.squashed) and nearness(mine, theirs) is None


def _clusters(
    entries: Sequence[_Entry], groups: Groups, edges: Sequence[_Edge], certainty: str
) -> Iterator[tuple[tuple[int, int, int], Cluster]]:
    by_root: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        by_root[groups.root(edge.one)].append(edge)
    for group in groups.members():
        reasons = by_root[groups.root(group[0])]
        kind = max((edge.kind for edge in reasons), key=KINDS.index)
        why = _certain_why(len(group), reasons) if certainty == "certain" else _probable_why(reasons)
        members = tuple(entries[at].candidate for at in group)
        yield (group[0], int(certainty != "certain"), group[1]), Cluster(kind, certainty, why, members)


def _certain_why(size: int, reasons: Sequence[_Edge]) -> str:
    phrases = list(dict.fromkeys(edge.said for edge in reasons))
    if len(phrases) == 1:
        return f"{'Both' if size == 2 else f'All {size}'} have {phrases[0]}."
    more = f", and {len(phrases) - 3} more such reasons" if len(phrases) > 3 else ""
    return f"The {size} entries are joined by {'; by '.join(phrases[:3])}{more}."


def _probable_why(reasons: Sequence[_Edge]) -> str:
    more = len(reasons) - 1
    return reasons[0].said + (f" {more} more {'pair is' if more == 1 else 'pairs are'} as near." if more else "")
