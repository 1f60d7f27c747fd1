"""arXiv: one request to its API answers for a hundred papers.

https://info.arxiv.org/help/api/user-manual.html. An id that doesn't exist is simply absent from the answer; an id that arXiv
can't read makes the whole answer one entry titled "Error". Absence proves little by itself: the API has bad days on which
feeds come empty, and learns of new papers later than the site. So each question also asks for a paper that is surely there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from linkcheck.identity.identifiers import arxiv
from linkcheck.model import RegistryAnswer
from linkcheck.net.headers import http_date
from linkcheck.registries.atom import Entry, Feed, feed
from linkcheck.registries.question import BatchRequest, Headers, address, unknown
from linkcheck.registries.reading import header

ENDPOINT = "https://export.arxiv.org/api/query?id_list={ids}&max_results={count}"
BATCH = 100
WITNESS = "1706.03762"
"""A paper that is surely there: an answer without any paper says nothing of those that are absent from it."""

_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org"})
_PATH = re.compile(
    r"/(?:(abs|html)/(?P<page>[^?#]+?)(?P<page_version>v[1-9][0-9]{0,2})?"
    r"|(pdf)/(?P<file>[^?#]+?)(?P<file_version>v[1-9][0-9]{0,2})?(?:\.pdf)?)"
)
_WRITTEN = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}")
_KEY = re.compile(r"(abs|pdf|html)/(.+?)(?:v([0-9]+))?")
_ENTRY = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(.+?)v([1-9][0-9]{0,2})")
_ERROR = re.compile(r"https?://(?:export\.)?arxiv\.org/api/errors#incorrect_id_format_for_(.+)")
_WITHDRAWN = re.compile(r"This (?:\w+ ){1,4}(?:has|have) been withdrawn", re.IGNORECASE)
_WITHDRAWN_COMMENT = re.compile(
    r"\W*(?:withdrawn\b|(?:this|the) (?:\w+ ){1,4}(?:is|has been|have been) withdrawn\b)", re.IGNORECASE
)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})-")


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper of an answer: its newest version, and whether that one is a withdrawal."""

    newest: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Arxiv:
    """arXiv's API. A key is the form of the link and the id, with its version where the link has one: `pdf/1706.03762v5`."""

    endpoint: str = ENDPOINT
    name: str = "arXiv"
    batch: int = BATCH

    def key(self, url: str) -> str | None:
        """The abstract, PDF or HTML page of a paper, at arXiv itself; None for lists, mirrors, sources, and for fragments of a page."""
        at = address(url)
        path = _PATH.fullmatch(at.path) if at and at.host in _HOSTS else None
        if at is None or path is None or (at.fragment and not path["file"]):
            return None
        written, version = path["page"] or path["file"], path["page_version"] or path["file_version"] or ""
        paper = arxiv(written) if _WRITTEN.fullmatch(written) else None
        return f"{path[1] or 'pdf'}/{paper}{version}" if paper else None

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for every hundred keys; all versions and forms of a paper are one id of it."""
        distinct = tuple(dict.fromkeys(keys))
        batches = (distinct[start : start + self.batch] for start in range(0, len(distinct), self.batch))
        return tuple(self._question(batch) for batch in batches)

    def _question(self, keys: tuple[str, ...]) -> BatchRequest:
        ids = _ids(keys)
        url = self.endpoint.replace("{ids}", ",".join(ids)).replace("{count}", str(len(ids)))
        return BatchRequest(self.name, url, (("Accept", "application/atom+xml"),), keys)

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, RegistryAnswer]:
        """The word on each key. Where the answer breaks off, or is an error over another id, the unanswered keys are left out."""
        found = feed(body) if status in {200, 400} else None
        if found is None:
            return dict.fromkeys(question.keys, unknown(self.name, f"the API gave no feed ({status})"))
        refused = {paper for entry in found.entries if (paper := _refused(entry))}
        if refused or status != 200 or any(entry.title == "Error" for entry in found.entries):
            return self._refusal(question, refused)
        papers = _papers(found.entries)
        vouched = _vouched(found, papers, _ids(question.keys))
        words: dict[str, RegistryAnswer] = {}
        for key in question.keys:
            form, paper, version = _parted(key)
            if paper in papers:
                words[key] = self._there(form, version, papers[paper])
            elif vouched and _settled(paper, _month(found, headers)):
                words[key] = RegistryAnswer(self.name, "missing", "no such paper")
            elif found.whole:
                words[key] = unknown(self.name, "absent from an answer that proves nothing by it")
        return words or dict.fromkeys(question.keys, unknown(self.name, "the answer broke off"))

    def _refusal(self, question: BatchRequest, refused: set[str]) -> dict[str, RegistryAnswer]:
        words = {
            key: RegistryAnswer(self.name, "missing", "no arXiv id")
            for key in question.keys
            if _parted(key)[1] in refused
        }  # fmt: skip
        return words or dict.fromkeys(question.keys, unknown(self.name, "the API refused the question"))

    def _there(self, form: str, version: int | None, paper: _Paper) -> RegistryAnswer:
        if version is not None and version > paper.newest:
            return unknown(self.name, f"the API knows {paper.newest} versions")
        if form == "html":
            return unknown(self.name, "the paper exists; not every paper has an HTML page")
        newest = version is None or version == paper.newest
        if paper.withdrawn and newest and form == "pdf":
            return unknown(self.name, "the paper exists; a withdrawn version has no PDF")
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
    """The papers of an answer by id. An entry without a title is a stub that old answers had for what doesn't exist: no paper."""
    papers: dict[str, _Paper] = {}
    for entry in entries:
        named = _ENTRY.fullmatch(entry.id) if entry.title else None
        paper = arxiv(named[1]) if named else None
        if named and paper:
            papers[paper] = _Paper(int(named[2]), withdrawn(entry))
    return papers


def withdrawn(entry: Entry) -> bool:
    """Whether the newest version of a paper is a withdrawal: its abstract or its comment begins with saying so."""
    summary, comment = (" ".join(text.split()) for text in (entry.summary, entry.comment))
    return bool(_WITHDRAWN.match(summary) or _WITHDRAWN_COMMENT.match(comment))


def _vouched(found: Feed, papers: dict[str, _Paper], ids: Sequence[str]) -> bool:
    """Whether an answer is whole, at peace with its own numbers, and about nothing but what was asked: then absence counts."""
    all_of_it = found.total == len(found.entries) == len(papers) and not found.start
    return found.whole and all_of_it and bool(papers) and papers.keys() <= set(ids)


def _settled(paper: str, now: int | None) -> bool:
    """Whether an id is so old that the API must know it: at least one whole month lies between it and the answer."""
    if "/" in paper:
        return True
    return now is not None and (2000 + int(paper[:2])) * 12 + int(paper[2:4]) + 1 < now


def _month(found: Feed, headers: Headers) -> int | None:
    """The month of an answer, counted from year 0, as the feed or else its header says."""
    said = _MONTH.match(found.updated)
    if said:
        return int(said[1]) * 12 + int(said[2])
    date = http_date(header(headers, "date") or "")
    return date.year * 12 + date.month if date else None
