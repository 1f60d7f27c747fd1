"""arXiv: one request to its API says of a hundred papers whether they exist, with title, authors and dates.

https://info.arxiv.org/help/api/user-manual.html. An id that doesn't exist is missing from the answer; an id that arXiv
can't read makes the whole answer one entry titled "Error". A missing entry proves little by itself: on bad days feeds are empty, and
the API gets new papers later than the site. So each request also asks for a paper that certainly exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from linkcheck.identity import arxiv, doi
from linkcheck.model import RegistryAnswer
from linkcheck.net.headers import http_date
from linkcheck.registries.atom import Entry, Feed, feed
from linkcheck.registries.protocol import (
    Access,
    BatchRequest,
    Headers,
    Person,
    Reading,
    Record,
    Subject,
    address,
    unknown,
)
from linkcheck.registries.reading import header, no_answer, plain, spent, year

__all__ = ["WITNESS", "Adapter", "venue"]

_BATCH = 100
WITNESS = "1706.03762"
"""A paper that certainly exists: an answer without any paper proves nothing about the missing ones."""

_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org"})
_PATH = re.compile(
    r"/(?:(abs|html)/(?P<page>[^?#]+?)(?P<page_version>v[1-9][0-9]{0,2})?"
    r"|(pdf)/(?P<file>[^?#]+?)(?P<file_version>v[1-9][0-9]{0,2})?(?:\.pdf)?)"
)
_WRITTEN = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}")
_KEY = re.compile(r"(abs|pdf|html)/(.+?)(?:v([0-9]+))?")
_ENTRY = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(.+?)(?:v([1-9][0-9]{0,2}))?")
_ERROR = re.compile(r"https?://(?:export\.)?arxiv\.org/api/errors#incorrect_id_format_for_(.+)")
_WITHDRAWN = re.compile(r"This (?:\w+ ){1,4}(?:has|have) been withdrawn", re.IGNORECASE)
_WITHDRAWN_COMMENT = re.compile(
    r"\W*(?:withdrawn\b|(?:this|the) (?:\w+ ){1,4}(?:is|has been|have been) withdrawn\b)", re.IGNORECASE
)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})-")
_YEAR = re.compile(r"(?<![\w.:/-])(?:19|20)\d\d(?![\w/-])")
_THESIS = re.compile(
    r"(?:^|[,;.:]\s+)(?:(?:my|the author's|author's)\s+)?(?:ph\.?\s?d\.?|doctoral|master(?:'?s)?|m\.?sc\.?|diploma|habilitation)"
    r"\s+(?:thesis|dissertation)\b",
    re.IGNORECASE,
)
"""A text that says that this is a thesis; a paper may be "based on the author's thesis"."""

_BEFORE = re.compile(
    r"\W*(?:(?:to appear|accepted|published|appeared)(?: (?:in|at|by|to|for))?|in)\b[:\s]*(?:the )?(?=\S)", re.IGNORECASE
)
_WORD_OF_A_PLACE = re.compile(
    r"(?:vol|volume|vols|no|nr|num|number|issue|iss|pp|p|pg|page|pages|art|article|id|paper|ser|series|lncs|pmlr|in|and|to|appear"
    r"|published|jan|feb|mar|apr|may|jun|june|jul|july|aug|sep|sept|oct|nov|dec|january|february|march|april|august|september"
    r"|october|november|december)[.,:;]*|\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*[A-Za-z]{0,2}\d[\d\W]*[A-Za-z]?\W*|\W*(?:vol|no|pp?)\.?\d[\d\W]*", re.IGNORECASE)
_JOINED = re.compile(r"([A-Z][A-Za-z.]*?)(?:vol\.?)?\d[\d\W]*[A-Za-z]?[\d\W]*")


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper of an answer: its newest version, whether that one is a withdrawal, and the entry."""

    newest: int
    withdrawn: bool
    entry: Entry


@dataclass(frozen=True, slots=True)
class Adapter:
    """arXiv's API. A key is the form of the link and the id, with its version where the link has one: `pdf/1706.03762v5`."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "arXiv"
    batch: int = _BATCH
    kind: str = ""

    def key(self, url: str) -> str | None:
        """The abstract, PDF or HTML page of a paper at arXiv itself; None for lists, mirrors, sources, and fragments of a page."""
        at = address(url)
        path = _PATH.fullmatch(at.path) if at and at.host in _HOSTS else None
        if at is None or path is None or (at.fragment and not path["file"]):
            return None
        written, version = path["page"] or path["file"], path["page_version"] or path["file_version"] or ""
        paper = arxiv(written) if _WRITTEN.fullmatch(written) else None
        return f"{path[1] or 'pdf'}/{paper}{version}" if paper else None

    def record_key(self, subject: Subject) -> str | None:
        """The abstract page of the subject's id."""
        return f"abs/{subject.arxiv}" if subject.arxiv else None

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for every hundred keys; all versions and forms of a paper are one id."""
        distinct = tuple(dict.fromkeys(keys))
        batches = (distinct[start : start + self.batch] for start in range(0, len(distinct), self.batch))
        return tuple(self._request(batch) for batch in batches)

    def _request(self, keys: tuple[str, ...]) -> BatchRequest:
        ids = _ids(keys)
        url = self.endpoint.replace("{ids}", ",".join(ids)).replace("{count}", str(len(ids)))
        return BatchRequest(self.name, url, (("Accept", "application/atom+xml"),), keys)

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The paper of each key. If the answer breaks off, or is an error about another id, the unanswered keys are left out."""
        found = feed(body) if status in {200, 400} else None
        if found is None:
            no_feed = unknown(self.name, f"arXiv gave no feed ({status})", odd=status == 200)
            return dict.fromkeys(request.keys, no_answer(self.name, status, headers) if spent(status, headers) else no_feed)
        refused = {paper for entry in found.entries if (paper := _refused(entry))}
        if refused or status != 200 or any(entry.title == "Error" for entry in found.entries):
            return self._refusal(request, refused)
        papers = _papers(found.entries)
        vouched = _vouched(found, papers, _ids(request.keys))
        readings: dict[str, Reading] = {}
        for key in request.keys:
            form, paper, version = _parted(key)
            if paper in papers:
                readings[key] = Reading(self._there(form, version, papers[paper]), _record(papers[paper].entry))
            elif vouched and _settled(paper, _month(found, headers)):
                readings[key] = Reading(RegistryAnswer(self.name, "missing", "no such paper"))
            elif found.whole:
                readings[key] = unknown(self.name, "arXiv left it out of its answer, which proves nothing")
        return readings or dict.fromkeys(request.keys, unknown(self.name, "arXiv's answer broke off"))

    def records(self, saved: object) -> tuple[Record, ...]:
        """The papers of a feed."""
        entries = saved.entries if isinstance(saved, Feed) else ()
        return tuple(found for entry in entries if (found := _record(entry)))

    def _refusal(self, request: BatchRequest, refused: set[str]) -> dict[str, Reading]:
        readings = {
            key: Reading(RegistryAnswer(self.name, "missing", "no arXiv id"))
            for key in request.keys
            if _parted(key)[1] in refused
        }
        return readings or dict.fromkeys(request.keys, unknown(self.name, "arXiv refused the request"))

    def _there(self, form: str, version: int | None, paper: _Paper) -> RegistryAnswer:
        if version is not None and version > paper.newest:
            return RegistryAnswer(self.name, "unknown", f"the API knows {paper.newest} versions")
        if form == "html":
            return RegistryAnswer(self.name, "unknown", "the paper exists; not every paper has an HTML page")
        newest = version is None or version == paper.newest
        if paper.withdrawn and newest and form == "pdf":
            return RegistryAnswer(self.name, "unknown", "the paper exists; a withdrawn version has no PDF")
        return RegistryAnswer(self.name, "exists", "withdrawn" if paper.withdrawn else "")


def _parted(key: str) -> tuple[str, str, int | None]:
    parts = _KEY.fullmatch(key)
    return (parts[1], parts[2], int(parts[3]) if parts[3] else None) if parts else ("", key, None)


def _ids(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(_parted(key)[1] for key in keys), WITNESS)))


def _refused(entry: Entry) -> str | None:
    named = _ERROR.fullmatch(entry.id)
    return unquote(named[1]) if named else None


def _papers(entries: Sequence[Entry]) -> dict[str, _Paper]:
    """The papers of an answer by id. Entries without a title aren't papers: old answers had them for ids that don't exist."""
    papers: dict[str, _Paper] = {}
    for entry in entries:
        named = _ENTRY.fullmatch(entry.id) if entry.title else None
        paper = arxiv(named[1]) if named else None
        if named and paper:
            papers[paper] = _Paper(int(named[2] or 1), _withdrawn(entry), entry)
    return papers


def _withdrawn(entry: Entry) -> bool:
    """Whether the newest version of a paper is a withdrawal: its abstract or comment begins with that."""
    summary, comment = (" ".join(text.split()) for text in (entry.summary, entry.comment))
    return bool(_WITHDRAWN.match(summary) or _WITHDRAWN_COMMENT.match(comment))


def _vouched(found: Feed, papers: dict[str, _Paper], ids: Sequence[str]) -> bool:
    """Whether an answer is complete, agrees with its own numbers, and has only what was asked for: then a missing paper doesn't exist."""
    all_of_it = found.total == len(found.entries) == len(papers) and not found.start
    return found.whole and all_of_it and bool(papers) and papers.keys() <= set(ids)


def _settled(paper: str, now: int | None) -> bool:
    """Whether an id is so old that the API must have it: at least one whole month before the answer."""
    if "/" in paper:
        return True
    return now is not None and (2000 + int(paper[:2])) * 12 + int(paper[2:4]) + 1 < now


def _month(found: Feed, headers: Headers) -> int | None:
    """The month of an answer, counted from year 0, by the feed or else the header."""
    said = _MONTH.match(found.updated)
    if said:
        return int(said[1]) * 12 + int(said[2])
    date = http_date(header(headers, "date") or "")
    return date.year * 12 + date.month if date else None


def _record(paper: Entry) -> Record | None:
    """The record of a paper; None for an entry that isn't one (an error, an entry without a title).

    If its authors named a publication, venue and year are the publication's, as far as they are in that line.
    """
    named = _ENTRY.fullmatch(paper.id)
    found, title = (arxiv(named[1]) if named else None), plain(paper.title)
    if found is None or title is None:
        return None
    published = doi(paper.doi.split()[0]) if paper.doi.split() else None
    journal = plain(paper.journal)
    # With a DOI the registry has this more exactly.
    notes = (f"its authors say it was published: {journal}",) if journal and not published else ()
    posted = year(paper.published[:4])
    thesis = any(_THESIS.search(" ".join(line.replace("\u2019", "'").split())) for line in (paper.journal, paper.comment))
    return Record(
        "arXiv",
        title=title,
        authors=tuple(Person(written=name) for one in paper.authors if (name := plain(one))),
        year=(_published(journal, posted) if journal else None) or posted,
        posted=posted,
        venue=venue(journal) if journal and not thesis else None,
        arxiv=found,
        kind="thesis" if thesis else "paper" if published or journal else "preprint",
        state="withdrawn" if _withdrawn(paper) else None,
        url=f"https://arxiv.org/abs/{found}",
        published=published,
        notes=notes,
    )


def venue(journal: str) -> str | None:
    """The journal or conference of a line such as "Phys. Rev. B 85, 115117 (2012)": the part before volume, pages and year.

    A number that is followed by a name is part of the name. None if nothing is left.
    """
    before = _BEFORE.match(journal)
    words = journal[before.end() if before else 0 :].split()
    while words and (_WORD_OF_A_PLACE.fullmatch(words[-1]) or _NUMBER.fullmatch(words[-1])):
        words.pop()
    if len(words) == 1 and (joined := _JOINED.fullmatch(words[0])):
        words = [joined[1]]
    return " ".join(words).rstrip(" ,;:(") or None


def _published(journal: str, posted: int | None) -> int | None:
    """The last number of the line that can be its year: at most one before the paper's first version."""
    years = [int(one) for one in _YEAR.findall(journal)]
    near = [one for one in years if posted is None or posted - 1 <= one <= posted + 30]
    return near[-1] if near else None
