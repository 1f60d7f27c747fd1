"""The papers of an Atom feed as arXiv writes it (RFC 4287, with arXiv's own elements). Pure; never raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from linkcheck.sites.atom import LARGEST

__all__ = ["Paper", "papers"]

_ATOM = "http://www.w3.org/2005/Atom"
_ARXIV = "http://arxiv.org/schemas/atom"
_ENTRY = (f"{_ATOM} feed", f"{_ATOM} entry")
_AUTHOR = (*_ENTRY, f"{_ATOM} author", f"{_ATOM} name")
_LEAVES = {
    f"{_ATOM} id": "id",
    f"{_ATOM} title": "title",
    f"{_ATOM} summary": "summary",
    f"{_ATOM} published": "published",
    f"{_ARXIV} doi": "doi",
    f"{_ARXIV} journal_ref": "journal",
}
_DEEPEST = 32
_MOST_PAPERS = 2000
_MOST_AUTHORS = 5000
_LONGEST = 4000


@dataclass(slots=True)
class Paper:
    """One entry: texts as written, "" where absent."""

    texts: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The text of an element: id, title, summary, published, doi, journal."""
        return self.texts.get(name, "")


class _RefusedError(Exception):
    """The document isn't one that we read on: a DOCTYPE, too deep, too many."""


class _Reader:
    def __init__(self) -> None:
        self.path: list[str] = []
        self.papers: list[Paper] = []
        self.is_feed = False
        self._text: list[str] = []
        self._room = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append(name)
        if len(self.path) > _DEEPEST or len(self.papers) > _MOST_PAPERS:
            raise _RefusedError
        at = tuple(self.path)
        self.is_feed = self.is_feed or at == _ENTRY[:1]
        if at == _ENTRY:
            self.papers.append(Paper())
        wanted = at == _AUTHOR or (at[:-1] == _ENTRY and name in _LEAVES)
        self._text, self._room = [], _LONGEST if wanted else 0

    def text(self, data: str) -> None:
        if self._room > 0:
            self._text.append(data[: self._room])
            self._room -= len(data)

    def end(self, name: str) -> None:
        at = tuple(self.path)
        self.path.pop()
        text = " ".join("".join(self._text).split())
        if text and at == _AUTHOR and len(self.papers[-1].authors) < _MOST_AUTHORS:
            self.papers[-1].authors.append(text)
        elif text and at[:-1] == _ENTRY and name in _LEAVES:
            self.papers[-1].texts.setdefault(_LEAVES[name], text)
        self._text, self._room = [], 0


def _refuse(*_: object) -> None:
    raise _RefusedError


def papers(body: bytes) -> tuple[Paper, ...] | None:
    """The papers of a feed, as far as it arrived whole; None for anything else, for a DOCTYPE, and past the bounds."""
    if len(body) > LARGEST:
        return None
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    broken = False
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        broken = True
    except _RefusedError:
        return None
    if not reader.is_feed:
        return None
    # The last paper of a feed that breaks off may lack authors.
    return tuple(reader.papers[:-1] if broken else reader.papers)
