"""The words of looking up: what is asked about, what a service says of it, and how its answer is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from generator.sources.catalogue.model import Author
from linkcheck.registries.question import BatchRequest, Headers

__all__ = ["Answer", "BatchRequest", "Headers", "Record", "Service", "Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be looked up: bare identifiers of one work, as far as known, and the page that is listed for it."""

    url: str = ""
    arxiv: str = ""
    doi: str = ""
    repository: str = ""
    video: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says of one work; what it doesn't say is None or empty. `url` is the page that it gives for the work.

    `published` is the DOI of the publication where this is a preprint, and `posted` the year in which that was first shown, where
    `year` may be the publication's. `notes` are facts that no field of an entry holds.
    """

    source: str
    title: str | None = None
    authors: tuple[Author, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    kind: str | None = None
    state: str | None = None
    url: str | None = None
    published: str | None = None
    posted: int | None = None
    notes: tuple[str, ...] = ()


_NONE: Mapping[str, Record] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one question. `absent` are keys of which the service says that there is no such work.

    `why` tells why nothing is known of the other keys, "" where they are simply left out; `onward` is where to ask instead.
    `odd` marks an answer in a form that isn't understood: the service has changed, or another one answers in its place.
    """

    records: Mapping[str, Record] = field(default_factory=lambda: _NONE)
    absent: frozenset[str] = frozenset()
    why: str = ""
    odd: bool = False
    onward: BatchRequest | None = None


class Service(Protocol):
    """A service that knows works. All of it is pure; who asks, and when, is another's business."""

    @property
    def name(self) -> str:
        """The service, as people know it."""

    def key(self, subject: Subject) -> str | None:
        """By what this service knows the subject; None where it doesn't."""

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """The requests that ask for all of `keys`, as few as the service allows."""

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> Answer:
        """What an answer says of each key; never raises."""
