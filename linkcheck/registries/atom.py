"""An Atom feed as arXiv writes it (RFC 4287, OpenSearch 1.1): as much of it as arrived, without entities. Pure; never raises."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

LARGEST = 2 << 20
"""So many bytes are read; a hundred papers take a tenth of it, and at worst they cost a second."""
_ATOM = "http://www.w3.org/2005/Atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_FEED = (f"{_ATOM} feed",)
_ENTRY = (*_FEED, f"{_ATOM} entry")
_ARXIV = "http://arxiv.org/schemas/atom"
_NAME = (*_ENTRY, f"{_ATOM} author", f"{_ATOM} name")
_DEEPEST = 32
_MOST_ENTRIES = 2000
_MOST_AUTHORS = 5000
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Texts are cut at 2,000 characters, "" where absent; line breaks within them are the feed's own.

    `published` is the day of the first version; `doi`, `journal` and `comment` are what a paper's authors told arXiv.
    """

    id: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    doi: str = ""
    journal: str = ""
    comment: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `whole` is False where it broke off; numbers are None where they aren't stated."""

    entries: tuple[Entry, ...]
    updated: str = ""
    total: int | None = None
    start: int | None = None
    whole: bool = True


_LEAVES = {
    **{name: f"{_ATOM} {name}" for name in ("id", "title", "summary", "published")},
    "doi": f"{_ARXIV} doi",
    "journal": f"{_ARXIV} journal_ref",
    "comment": f"{_ARXIV} comment",
}
"""What is read of an entry, and the elements that hold it."""


class _RefusedError(Exception):
    """The document isn't one that we read on: a DOCTYPE, too deep, too many."""


class _Reader:
    """What expat's events add up to."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.entries: list[Entry] = []
        self.feed: dict[str, str] = {}
        self.is_feed = False
        self._entry: dict[str, str] = {}
        self._authors: list[str] = []
        self._text: list[str] = []
        self._room = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append(name)
        if len(self.path) > _DEEPEST or len(self.entries) > _MOST_ENTRIES:
            raise _RefusedError
        at = tuple(self.path)
        if at == _FEED:
            self.is_feed = True
        elif at == _ENTRY:
            self._entry, self._authors = {}, []
        # Only leaves one below the feed or an entry are read, and names, each in its own room.
        self._text, self._room = [], _LONGEST if at[:-1] in {_FEED, _ENTRY} or at == _NAME else 0

    def text(self, data: str) -> None:
        if self._room > 0:
            self._text.append(data[: self._room])
            self._room -= len(data)

    def end(self, name: str) -> None:
        above = tuple(self.path[:-1])
        self.path.pop()
        text = "".join(self._text).strip()
        if (*above, name) == _ENTRY:
            said = {field: self._entry.get(leaf, "") for field, leaf in _LEAVES.items()}
            self.entries.append(Entry(**said, authors=tuple(self._authors)))
        elif above == _ENTRY:
            self._entry.setdefault(name, text)
        elif above == _FEED:
            self.feed.setdefault(name, text)
        elif (*above, name) == _NAME and text and len(self._authors) < _MOST_AUTHORS:
            self._authors.append(text)
        self._text, self._room = [], 0


def _refuse(*_: object) -> None:
    raise _RefusedError


def feed(body: bytes) -> Feed | None:
    """The feed that a body is or begins; None for anything else, for a DOCTYPE (with it, for entities), and past the bounds."""
    if len(body) > LARGEST:
        return None
    reader = _Reader()
    # A stated encoding is overruled: looking up others runs code of the codec registry.
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(body, True)
        whole = True
    except expat.ExpatError:
        whole = False
    except _RefusedError:
        return None
    if not reader.is_feed:
        return None
    return Feed(
        tuple(reader.entries),
        reader.feed.get(f"{_ATOM} updated", ""),
        _number(reader.feed.get(f"{_OPENSEARCH} totalResults")),
        _number(reader.feed.get(f"{_OPENSEARCH} startIndex")),
        whole,
    )


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) <= 9 else None
