"""The interface of services: requests that ask for many keys, and what an answer says about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from linkcheck.model import RegistryAnswer, Vitality
from linkcheck.urls import split, web

__all__ = [
    "Access", "Address", "BatchRequest", "Headers", "Person", "Reading", "Record", "Registry", "RepositoryService", "Subject", "address",
    "unknown",
]  # fmt: skip

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One request for `keys`: a GET, or a POST of `content`. Its headers may have a secret in them: they go to the origin of `url` only."""

    site: str
    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    keys: tuple[str, ...] = ()
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Access:
    """What is sent about us to a service: its token, if there is one, and an address or URL at which we can be reached."""

    token: str = field(default="", repr=False)
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A work to look up: its page and its bare identifiers, "" if unknown."""

    url: str = ""
    arxiv: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An author: by family and given name, as a group or single name (`literal`), or as an unsplit name (`written`)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says about a work; what it doesn't say is None or empty. `url` is the page of the work.

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
    """What an answer says about one key: whether the work exists, and its record if the service has one.

    `odd` marks an answer in an unknown form: the service has changed, or something else answers in its place. `onward` is the request
    to make instead. `vitality` is for repositories.
    """

    answer: RegistryAnswer
    record: Record | None = None
    odd: bool = False
    onward: BatchRequest | None = None
    vitality: Vitality | None = None


class Registry(Protocol):
    """A service with an interface of its own. Everything here is pure; `asking` makes the requests.

    Each file of a service has an `Adapter` that is made from the template of its address and an `Access`.
    """

    @property
    def name(self) -> str:
        """The service, as people know it."""

    @property
    def batch(self) -> int:
        """Maximum number of keys in one request."""

    @property
    def kind(self) -> str:
        """The kind of its works, if their addresses show it: software, video, or ""."""

    def key(self, url: str) -> str | None:
        """The key of a link whose state this service knows; None for any other text."""

    def record_key(self, subject: Subject) -> str | None:
        """The key of a work of which this service may have a record; None for any other."""

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """The requests for all of `keys`, as few as the service allows."""

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """What an answer says about each key of a request; never raises.

        The status is "unknown", with the reason, if the answer can't be trusted. A key is left out if it should be asked for again.
        """

    def records(self, saved: object) -> tuple[Record, ...]:
        """The records in a saved answer (parsed JSON, or a feed); none if it is another service's."""


@dataclass(frozen=True, slots=True)
class RepositoryService:
    """A service of repositories: `registry` is asked about those whose pages are at `host` or one of `hosts`.

    `at_most` is the maximum number of repositories asked about in one run (None: all).
    """

    registry: Registry
    host: str
    hosts: frozenset[str]
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a web URL: `path` and `query` as they are sent, `query` without its `?`."""

    host: str
    path: str
    query: str
    fragment: str


@lru_cache(maxsize=64)
def address(url: str) -> Address | None:
    """The parts of a web URL; None for other texts, for one with a user name, and for a port other than the default."""
    if not web(url):
        return None
    parts = split(url)
    if parts.userinfo or parts.port != (443 if parts.scheme == "https" else 80):
        return None
    path, _, query = parts.target.decode("ascii").partition("?")
    return Address(parts.ascii_host, path, query, parts.fragment)


def unknown(site: str, why: str, *, odd: bool = False) -> Reading:
    """The reading of an answer that says nothing, with the reason."""
    return Reading(RegistryAnswer(site, "unknown", why), odd=odd)
