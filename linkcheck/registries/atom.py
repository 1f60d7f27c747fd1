"""Parse an Atom feed of arXiv (RFC 4287, OpenSearch 1.1), also one that broke off. Pure; never raises."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

LARGEST = 2 << 20
"""Maximum number of bytes that are parsed; a hundred papers take a tenth of it, and the worst case takes a second."""
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
    """One entry. Texts are cut at 2,000 characters and "" if absent; line breaks in them are kept.

    `published` is the day of the first version; `doi`, `journal` and `comment` were given by the paper's authors.
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
    """A feed. `whole` is False if it broke off; numbers are None if they aren't given."""

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
"""The elements of an entry that are read, by attribute."""


class _RefusedError(Exception):
    """The document has a DOCTYPE, is nested too deeply, or has too many entries."""


class _Reader:
    """Collects the entries of a feed from the events of expat."""

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
        # Only the children of the feed and of an entry are read, and names of authors, each up to a limit.
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
            texts = {field: self._entry.get(leaf, "") for field, leaf in _LEAVES.items()}
            self.entries.append(Entry(**texts, authors=tuple(self._authors)))
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
    """The feed in a body, also if it breaks off; None for anything else, for a DOCTYPE (so there are no entities), and beyond the limits."""
    if len(body) > LARGEST:
        return None
    reader = _Reader()
    # The encoding that the document states is ignored: looking it up runs code of the codec registry.
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


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None
