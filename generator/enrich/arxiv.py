"""arXiv: its API says title, authors and date of a hundred papers at once, and what their authors told of a publication.

https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.catalogue.authors import author
from generator.enrich.atom import Paper, papers
from generator.enrich.record import Answer, Headers, Question, Record, Subject
from generator.enrich.words import names, plain, year
from linkcheck.identity import arxiv, doi
from linkcheck.sites.arxiv import ENDPOINT, Arxiv
from linkcheck.sites.reading import spent

__all__ = ["ArxivWorks", "first_year", "record"]

_ENTRY = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(.+?)(?:v[0-9]+)?")
_WITHDRAWN = re.compile(r"This (?:\w+ ){1,4}(?:has|have) been withdrawn", re.IGNORECASE)
_ASKED = "?id_list={ids}&max_results={count}"
_YEAR_AT_END = re.compile(r"[\s,;.]*\(?(?:1[89]|20)\d\d\)?\.?$")


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

    def questions(self, keys: Sequence[str]) -> tuple[Question, ...]:
        """One request for every hundred papers."""
        return self._site.questions([f"abs/{key}" for key in keys])

    def read(self, question: Question, status: int, headers: Headers, body: bytes) -> Answer:
        """The papers of a feed; whether one that isn't in it doesn't exist is for the link checker's own reader to say."""
        found = papers(body) if status in {200, 400} else None
        if found is None:
            if spent(status, headers):
                return Answer(why="arXiv asks not to be asked now: try again in some minutes")
            return Answer(why=f"arXiv gave no feed ({status})", odd=status == 200)
        wanted = {key.removeprefix("abs/") for key in question.keys}
        records = {one.arxiv: one for paper in found if (one := record(paper)) and one.arxiv in wanted}
        words = self._site.read(question, status, headers, body)
        absent = {
            key.removeprefix("abs/") for key, word in words.items() if word.word == "missing"
        }  # fmt: skip
        return Answer({key: one for key, one in records.items() if key}, frozenset(absent - set(records)))


def record(paper: Paper) -> Record | None:
    """What arXiv says of a paper; None for an entry that is none (an error, a stub without a title)."""
    named = _ENTRY.fullmatch(paper.get("id"))
    found, title = (arxiv(named[1]) if named else None), plain(paper.get("title"))
    if found is None or title is None:
        return None
    published = doi(paper.get("doi").split(" ")[0]) if paper.get("doi") else None
    journal = plain(paper.get("journal"))
    notes = (f"its authors say it was published: {journal}",) if journal else ()
    return Record(
        "arXiv",
        title=title,
        authors=names([author(one) for one in paper.authors]),
        year=year(paper.get("published")[:4]),
        venue=_YEAR_AT_END.sub("", journal) or None if journal else None,
        arxiv=found,
        kind="paper" if published or journal else "preprint",
        state="withdrawn" if _WITHDRAWN.match(paper.get("summary")) else None,
        url=f"https://arxiv.org/abs/{found}",
        published=published,
        notes=notes,
    )


def first_year(identifier: str) -> int | None:
    """The year in which an id was given out, which the id itself says."""
    digits = identifier.rpartition("/")[2][:2]
    if not digits.isdigit():
        return None
    number = int(digits)
    return (1900 if number > 90 else 2000) + number
