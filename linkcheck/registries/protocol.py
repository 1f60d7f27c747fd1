"""What all services have in common: a request that asks for many keys, and what an answer says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from linkcheck.model import RegistryAnswer
from linkcheck.urls import split, web

__all__ = [
    "Access", "Address", "BatchRequest", "Headers", "Person", "Reading", "Record", "Registry", "Subject", "address", "unknown",
]  # fmt: skip

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One request that answers for `keys`. Its headers may hold a secret: they go to the origin of `url` and nowhere else."""

    site: str
    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """What a service is told about us: a token, where there is one for it, and an address or URL to reach us."""

    token: str = field(default="", repr=False)
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A work to look up: the page that is listed for it, and its bare identifiers as far as known ("" where not)."""

    url: str = ""
    arxiv: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a work: by family and given name, as a group or single name (`literal`), or as `written` where nobody told them apart."""

    family: str = ""
    given: str = ""
    literal: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says of one work; what it doesn't say is None or empty. `url` is the page that it gives for the work.

    `kind` is one of paper, preprint, book, thesis, dataset, software, video, lecture, blog, project, course, workshop; `state`
    retracted or withdrawn. `published` is the DOI of the publication where this is a preprint, and `posted` the year in which that
    was first shown, where `year` may be the publication's. `language` is the programming language of software. `notes` are facts
    for a maintainer.
    """

    source: str
    title: str | None = None
    authors: tuple[Person, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    kind: str | None = None
    state: str | None = None
    url: str | None = None
    published: str | None = None
    posted: int | None = None
    description: str | None = None
    language: str | None = None
    created: date | None = None
    updated: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer says of one key: whether the work exists, and its record where the service has one.

    `odd` marks an answer in a form that isn't known: the service has changed, or another one answers in its place. `onward` is the
    request to make instead.
    """

    answer: RegistryAnswer
    record: Record | None = None
    odd: bool = False
    onward: BatchRequest | None = None


class Registry(Protocol):
    """A service that is asked by its own interface. All of it is pure; `asking` makes the requests.

    Each file of a service has an `Adapter` that is made from the template of its address and an `Access`.
    """

    @property
    def name(self) -> str:
        """The service, as people know it."""

    @property
    def batch(self) -> int:
        """For how many keys one request may ask."""

    @property
    def kind(self) -> str:
        """What a page of this service is by its address alone: software, video, or "" where that isn't known."""

    def key(self, url: str) -> str | None:
        """The key by which this service settles a link; None where its answer wouldn't settle it, and for any other text."""

    def record_key(self, subject: Subject) -> str | None:
        """The key under which this service has a record of a work; None where it has none."""

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """The requests that ask for all of `keys`, as few as the service allows."""

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """What an answer says of each key of a request; never raises.

        The status of an answer that can't be trusted is "unknown", with the reason. A key is left out where asking again for the
        keys left out would help.
        """

    def records(self, saved: object) -> tuple[Record, ...]:
        """The records in a saved answer (parsed JSON, or a feed); none where it isn't this service's."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a plain web URL leads: `path` and `query` as they are sent, `query` without its `?`."""

    host: str
    path: str
    query: str
    fragment: str


@lru_cache(maxsize=64)
def address(url: str) -> Address | None:
    """The address of a web URL; None for other texts, for user information, and for a port that isn't the scheme's own."""
    if not web(url):
        return None
    parts = split(url)
    if parts.userinfo or parts.port != (443 if parts.scheme == "https" else 80):
        return None
    path, _, query = parts.target.decode("ascii").partition("?")
    return Address(parts.ascii_host, path, query, parts.fragment)


def unknown(site: str, why: str, *, odd: bool = False) -> Reading:
    """The reading of an answer from which nothing follows."""
    return Reading(RegistryAnswer(site, "unknown", why), odd=odd)
