"""Find entries that are one work, as clusters with kind, certainty and reason. Pure.

An entry is identified by its first URL and its work's fields. If these name a paper (by DOI, arXiv id or page of proceedings), its
other URLs identify it, too: a preprint beside a publication. A blog post or a program links papers without being one, so there
other URLs make a cluster probable at most. Time and memory grow linearly with the entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linkcheck.duplicates.groups import Groups, shared
from linkcheck.duplicates.near import Features, candidate_pairs, features_of, near_title_reason
from linkcheck.duplicates.people import Agreement, agreement
from linkcheck.duplicates.titles import share_nothing, title_nearness
from linkcheck.identity import WORKS, Identity, identify, identities_of
from linkcheck.identity.variants import main_address
from linkcheck.model import Candidate, Cluster
from linkcheck.urls import compare_key, normalise, web
from linkcheck.urls.comparing import anchor
from linkcheck.urls.components import split_url

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
    "hal": "the HAL document",
    "pii": "the publisher's article",
    "ieee": "the IEEE document",
    "pubmed": "the PubMed record",
    "pmc": "the PubMed Central article",
    "jstor": "the JSTOR article",
    "github": "the GitHub repository",
    "git": "the repository",
    "youtube": "the YouTube video",
    "tweet": "the post",
    "reddit": "the Reddit post",
    "question": "the question",
}
_DECIDING = ("arxiv", "doi")
_MAX_REPRESENTATIVES = 12
"""Maximum number of groups in a bucket that an entry is compared with; beyond that it stays alone."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two entries that are one. `reason` is a phrase to follow "Both have" if certain, else a full sentence."""

    one: int
    other: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A candidate, prepared for comparing. `anchor` is the place on the page or in the video that its URL names.

    `names` are its identities (`from_other_urls`: those not from its first URL); `uncertain` ones may belong to another work.
    """

    candidate: Candidate
    url: str
    anchor: str
    names: tuple[Identity, ...]
    from_other_urls: frozenset[Identity]
    uncertain: tuple[Identity, ...]
    features: Features


def clusters(candidates: Iterable[Candidate]) -> tuple[Cluster, ...]:
    """The clusters of two or more entries, in the order of their first members, certain before probable ones.

    Certain: the same URL (RFC 3986), the same resource (differing in scheme, `www.`, trailing slash, index page or tracking
    parameters; the same repository or video), the same work (DOI, arXiv id, proceedings). Probable: similar titles, a place on a
    listed page, a GitHub Pages site, a work that another entry only links; and what would be certain, but is contradicted by DOIs,
    arXiv ids, or titles and authors. `not_duplicate_of` of either entry keeps two entries apart.
    """
    ordered = sorted(
        candidates, key=lambda it: (it.place.path, it.place.line, it.place.column, it.place.entry or "", it.id, it.urls)
    )
    entries = [_prepare(candidate) for candidate in ordered]
    different = list(_declared_different(ordered))
    certain, probable = Groups(len(entries)), Groups(len(entries))
    for one, other in different:
        certain.keep_apart(one, other)
    proven, doubted = _certain_edges(entries, certain)
    for one, other in different:
        probable.keep_apart(certain.root(one), certain.root(other))
    likely_edges = _probable_edges(entries, certain, probable, doubted)
    found = [*_clusters(entries, certain, proven, "certain"), *_clusters(entries, probable, likely_edges, "probable")]
    return tuple(cluster for _, cluster in sorted(found, key=lambda it: it[0]))


def _prepare(candidate: Candidate) -> _Entry:
    url = candidate.urls[0] if candidate.urls and web(candidate.urls[0]) else ""
    own = (*(identify(candidate.urls[0]) if candidate.urls else ()), *identities_of(candidate.work.doi, candidate.work.arxiv))
    names = tuple(dict.fromkeys(name for name in own if name.certain))
    others = {name: None for it in candidate.urls[1:] for name in identify(it) if name.kind in WORKS and name not in names}
    uncertain = (*(name for name in own if not name.certain), *others)
    if any(name.kind in WORKS for name in names):
        names, uncertain = (*names, *others), tuple(name for name in own if not name.certain)
    return _Entry(candidate, url, _anchor_of(url), names, frozenset(others), uncertain, features_of(candidate, names))


def _anchor_of(url: str) -> str:
    """The place on a page or the second of a video that a URL points to; "" for the whole."""
    found = anchor(url) if "#" in url else ""
    if found.lower() == "readme":
        return ""
    if not found and ("youtu" in url[:24]):
        parts = (part.partition("=") for part in (split_url(url).query or "").split("&"))
        found = next((value.removesuffix("s") for name, _, value in parts if name in {"t", "start"}), "")
        return "" if found == "0" else found
    return found


def _declared_different(ordered: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    by_id: dict[str, list[int]] = defaultdict(list)
    for at, candidate in enumerate(ordered):
        if candidate.id:
            by_id[candidate.id].append(at)
    for at, candidate in enumerate(ordered):
        for name in candidate.not_duplicate_of:
            yield from ((at, other) for other in by_id.get(name, ()) if other != at)


def _certain_edges(entries: Sequence[_Entry], groups: Groups) -> tuple[list[_Edge], list[_Edge]]:
    """Edges that certainly join two entries, and edges that would, but are contradicted."""
    proven: list[_Edge] = []
    doubted: list[_Edge] = []
    for kind, name, bucket in _buckets(entries):
        representatives = [bucket[0]]
        for at in bucket[1:]:
            for representative in representatives[:_MAX_REPRESENTATIVES]:
                reason = (
                    f"{_NAMES[name.kind]} {name.key}" if name else _url_phrase(entries[representative].url, entries[at].url)
                )
                edge = _Edge(representative, at, kind, reason)
                if groups.root(representative) == groups.root(at):
                    break
                if _contradicts(entries[representative], entries[at], name):
                    doubted.append(edge)
                elif groups.join(representative, at):
                    proven.append(edge)
                    break
            else:
                representatives.append(at)
    return proven, doubted


def _buckets(entries: Sequence[_Entry]) -> Iterator[tuple[str, Identity | None, list[int]]]:
    """Entries that share a key: kind, identity (None if they share a URL) and indices, strongest kind first."""
    with_url = [(at, entry) for at, entry in enumerate(entries) if entry.url]
    same_url = shared(((normalise(entry.url), entry.features.key, entry.anchor), at) for at, entry in with_url)
    same_resource = shared(((entry.features.key, entry.anchor), at) for at, entry in with_url)
    for kind, buckets in (("same-url", same_url), ("same-resource", same_resource)):
        yield from ((kind, None, bucket) for bucket in buckets.values())
    for name, bucket in _by_identity(entries):
        yield "same-work" if name.kind in WORKS else "same-resource", name, bucket


def _by_identity(entries: Sequence[_Entry]) -> Iterator[tuple[Identity, list[int]]]:
    """Entries that share an identity; for a repository or video, those with the same place in it.

    A video that one entry links from its start and the others from the same second is the same, too.
    """
    for name, bucket in shared((name, at) for at, entry in enumerate(entries) for name in entry.names).items():
        by_place: dict[str, list[int]] = defaultdict(list)
        for at in bucket:
            by_place["" if name.kind in WORKS else entries[at].anchor].append(at)
        if name.kind == "youtube" and len(by_place.keys() - {""}) == 1:
            yield name, bucket
        else:
            yield from ((name, placed) for placed in by_place.values() if len(placed) > 1)


def _url_phrase(one: str, other: str) -> str:
    if one == other:
        return f"the URL {one}"
    if normalise(one) == normalise(other):
        return f"the URL {one} (also written {other})"
    return f"the URL {one}, in spellings that lead to the same page ({other})"


def _contradicts(one: _Entry, other: _Entry, shared_name: Identity | None) -> bool:
    """Whether two entries have different arXiv ids, titles that share nothing or, if they only share a URL, different DOIs or authors.

    An identity from an entry's other URLs is contradicted by different titles alone. Authors who agree outweigh titles that share
    nothing, since one may be a translation.
    """
    for kind in _DECIDING[:1] if shared_name else _DECIDING:
        mine = {name.key for name in one.names if name.kind == kind}
        theirs = {name.key for name in other.names if name.kind == kind}
        if mine and theirs and not mine & theirs:
            return True
    if shared_name and shared_name in one.from_other_urls | other.from_other_urls:
        return _titles_differ(one, other)
    authors = agreement(one.features.authors, other.features.authors)
    if authors is not Agreement.GOOD and share_nothing(one.features.title, other.features.title):
        return True
    return not shared_name and authors is Agreement.NONE and _titles_differ(one, other)


def _probable_edges(entries: Sequence[_Entry], certain: Groups, probable: Groups, doubted: Sequence[_Edge]) -> list[_Edge]:
    """Edges that join two certain groups, given by their first members."""
    kept: list[_Edge] = []

    def propose(one: int, other: int, kind: str, reason: str) -> None:
        first, second = certain.root(one), certain.root(other)
        if first != second and probable.join(first, second):
            kept.append(_Edge(first, second, kind, reason))

    for edge in doubted:
        reason = f"Both have {edge.reason}, but {_difference(entries[edge.one], entries[edge.other])}"
        propose(edge.one, edge.other, edge.kind, reason)
    for one, other in candidate_pairs([entry.features for entry in entries]):
        title_reason = near_title_reason(entries[one].features, entries[other].features)
        if title_reason:
            propose(one, other, "near-title", title_reason)
    for one, other, kind, reason in (*_anchors(entries), *_linked_works(entries), *_variants(entries)):
        propose(one, other, kind, reason)
    return kept


def _difference(one: _Entry, other: _Entry) -> str:
    """Why two entries that share a name may be two works, and what to look at."""
    if share_nothing(one.features.title, other.features.title):
        return "their titles have nothing in common: one of the two links is wrong, or one page is about both."
    return "their identifiers or their titles and authors differ."


def _variants(entries: Sequence[_Entry]) -> Iterator[tuple[int, int, str, str]]:
    """Entries whose addresses usually lead to one page, though nothing proves it."""
    found = [main_address(entry.url) if entry.url else ("", "") for entry in entries]
    for bucket in shared(
        ((key, entry.anchor), at) for at, ((key, _), entry) in enumerate(zip(found, entries, strict=True)) if key
    ).values():
        first = min(bucket, key=lambda at: (found[at][1] != "", at))
        for at in bucket:
            if at != first:
                why = found[at][1] or found[first][1] or "another address of it"
                yield (
                    first,
                    at,
                    "same-resource",
                    f"One is {entries[first].url}, the other is probably {why} ({entries[at].url}).",
                )


def _anchors(entries: Sequence[_Entry]) -> Iterator[tuple[int, int, str, str]]:
    """Entries for a whole page, each with the entries for a place on it. Two places on one page are two things."""
    keyed = (
        (next((name for name in entry.names if name.kind not in WORKS), entry.features.key), at)
        for at, entry in enumerate(entries)
        if entry.url
    )
    for bucket in shared(keyed).values():
        whole = next((at for at in bucket if not entries[at].anchor), None)
        if whole is not None:
            for at in bucket:
                if entries[at].anchor:
                    reason = f"One is the page {entries[whole].url}, the other a place on it ({entries[at].anchor})."
                    yield whole, at, "same-resource", reason


def _linked_works(entries: Sequence[_Entry]) -> Iterator[tuple[int, int, str, str]]:
    """Entries whose work or page another entry has among its other URLs, unless their titles differ."""
    pages = {entry.features.key: at for at, entry in reversed(list(enumerate(entries))) if entry.url and not entry.anchor}
    for at, entry in enumerate(entries):
        for url in entry.candidate.urls[1:]:
            one = pages.get(compare_key(url), at)
            if one != at and not anchor(url) and not _titles_differ(entries[one], entry):
                yield one, at, "same-resource", f"One is the page {entries[one].url}, and the other also links it."
    wanted = {name for entry in entries for name in entry.uncertain}
    sources: dict[Identity, int] = {}
    for at, entry in enumerate(entries):
        for name in entry.names:
            if name in wanted:
                sources.setdefault(name, at)
    for at, entry in enumerate(entries):
        for name in entry.uncertain:
            one = sources.get(name, at)
            if one != at and not _titles_differ(entries[one], entry):
                kind = "same-work" if name.kind in WORKS else "same-resource"
                yield one, at, kind, f"One is {_NAMES[name.kind]} {name.key}, and the other has one of its URLs."


def _titles_differ(one: _Entry, other: _Entry) -> bool:
    mine, theirs = one.features.title, other.features.title
    return bool(mine.joined and theirs.joined) and title_nearness(mine, theirs) is None


def _clusters(
    entries: Sequence[_Entry], groups: Groups, edges: Sequence[_Edge], certainty: str
) -> Iterator[tuple[tuple[int, int, int], Cluster]]:
    by_root: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        by_root[groups.root(edge.one)].append(edge)
    for group in groups.members():
        reasons = by_root[groups.root(group[0])]
        kind = max((edge.kind for edge in reasons), key=KINDS.index)
        reason = _certain_reason(len(group), reasons) if certainty == "certain" else _probable_reason(reasons)
        members = tuple(entries[at].candidate for at in group)
        yield (group[0], int(certainty != "certain"), group[1]), Cluster(kind, certainty, reason, members)


def _certain_reason(size: int, reasons: Sequence[_Edge]) -> str:
    phrases = list(dict.fromkeys(edge.reason for edge in reasons))
    if len(phrases) == 1:
        return f"{'Both' if size == 2 else f'All {size}'} have {phrases[0]}."
    more = f", and {len(phrases) - 3} more" if len(phrases) > 3 else ""
    return f"The {size} entries are joined by {'; by '.join(phrases[:3])}{more}."


def _probable_reason(reasons: Sequence[_Edge]) -> str:
    more = len(reasons) - 1
    return reasons[0].reason + (f" {more} more {'pair is' if more == 1 else 'pairs are'} similar." if more else "")
