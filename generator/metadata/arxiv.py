"""arXiv: its API says title, authors and date of a hundred papers at once, and what their authors told of a publication.

https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.metadata.parsing import names, plain, year
from generator.metadata.record import Answer, BatchRequest, Headers, Record, Subject
from generator.sources.catalogue.authors import author
from linkcheck.identity import arxiv, doi
from linkcheck.registries.arxiv import ENDPOINT, Arxiv, withdrawn
from linkcheck.registries.atom import Entry, feed
from linkcheck.registries.reading import spent

__all__ = ["ArxivWorks", "first_year", "record"]

_ENTRY = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(.+?)(?:v[0-9]+)?")
_ASKED = "?id_list={ids}&max_results={count}"
_YEAR = re.compile(r"(?<![\w.:/-])(?:19|20)\d\d(?![\w/-])")
_THESIS = re.compile(
    r"(?:^|[,;.:]\s+)(?:(?:my|the author's|author's)\s+)?(?:ph\.?\s?d\.?|doctoral|master(?:'?s)?|m\.?sc\.?|diploma|habilitation)"
    r"\s+(?:thesis|dissertation)\b",
    re.IGNORECASE,
)
"""A thesis that calls itself one; a paper may be "based on the author's thesis"."""

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
class ArxivWorks:
    """arXiv's API. A key is a bare id without version."""

    endpoint: str = ENDPOINT
    name: str = "arXiv"

    @property
    def _site(self) -> Arxiv:
        return Arxiv(self.endpoint if "{" in self.endpoint else self.endpoint + _ASKED)

    def key(self, subject: Subject) -> str | None:
        """The id."""
        return subject.arxiv or None

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for every hundred papers."""
        return self._site.questions([f"abs/{key}" for key in keys])

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> Answer:
        """The papers of a feed; whether one that isn't in it doesn't exist is for the link checker's own reader to say."""
        found = feed(body) if status in {200, 400} else None
        if found is None:
            if spent(status, headers):
                return Answer(why="arXiv asks not to be asked now: try again in some minutes")
            return Answer(why=f"arXiv gave no feed ({status})", odd=status == 200)
        wanted = {key.removeprefix("abs/") for key in question.keys}
        records = {one.arxiv: one for paper in found.entries if (one := record(paper)) and one.arxiv in wanted}
        words = self._site.read(question, status, headers, body)
        absent = {
            key.removeprefix("abs/") for key, word in words.items() if word.status == "missing"
        }  # fmt: skip
        return Answer({key: one for key, one in records.items() if key}, frozenset(absent - set(records)))


def record(paper: Entry) -> Record | None:
    """What arXiv says of a paper; None for an entry that is none (an error, a stub without a title).

    Where its authors told of a publication, venue and year are that one's, as far as their line says so.
    """
    named = _ENTRY.fullmatch(paper.id)
    found, title = (arxiv(named[1]) if named else None), plain(paper.title)
    if found is None or title is None:
        return None
    published = doi(paper.doi.split()[0]) if paper.doi.split() else None
    journal = plain(paper.journal)
    # With a DOI the registry tells more, and more exactly.
    notes = (f"its authors say it was published: {journal}",) if journal and not published else ()
    posted = year(paper.published[:4])
    thesis = any(_THESIS.search(" ".join(text.replace("\u2019", "'").split())) for text in (paper.journal, paper.comment))
    return Record(
        "arXiv",
        title=title,
        authors=names([author(text) for one in paper.authors if (text := plain(one))]),
        year=(_published(journal, posted) if journal else None) or posted,
        posted=posted,
        venue=venue(journal) if journal and not thesis else None,
        arxiv=found,
        kind="thesis" if thesis else "paper" if published or journal else "preprint",
        state="withdrawn" if withdrawn(paper) else None,
        url=f"https://arxiv.org/abs/{found}",
        published=published,
        notes=notes,
    )


def venue(journal: str) -> str | None:
    """The journal or conference of a line such as "Phys. Rev. B 85, 115117 (2012)": what stands before volume, pages and year.

    A number with a name behind it is a part of the name. None where nothing is left.
    """
    before = _BEFORE.match(journal)
    words = journal[before.end() if before else 0 :].split()
    while words and (_WORD_OF_A_PLACE.fullmatch(words[-1]) or _NUMBER.fullmatch(words[-1])):
        words.pop()
    if len(words) == 1 and (joined := _JOINED.fullmatch(words[0])):
        words = [joined[1]]
    return " ".join(words).rstrip(" ,;:(") or None


def _published(journal: str, posted: int | None) -> int | None:
    """The last number of the line that can be its year: one not long before the paper's first version."""
    years = [int(one) for one in _YEAR.findall(journal)]
    near = [one for one in years if posted is None or posted - 1 <= one <= posted + 30]
    return near[-1] if near else None


def first_year(identifier: str) -> int | None:
    """The year in which an id was given out, which the id itself says."""
    digits = identifier.rpartition("/")[2][:2]
    if not digits.isdigit():
        return None
    number = int(digits)
    return (1900 if number > 90 else 2000) + number
