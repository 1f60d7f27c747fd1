"""What every site has in common: one request that answers for many links, and how its answer may be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from linkcheck.model import RegistryAnswer
from linkcheck.urls import split, web

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One request that answers for `keys`. Its headers may hold a secret: they go to the origin of `url` and nowhere else."""

    site: str
    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    keys: tuple[str, ...] = ()


class Registry(Protocol):
    """A site that is asked in its own way. All of it is pure; who asks, and when, is another's business (`asking`)."""

    @property
    def name(self) -> str:
        """The site, as people know it."""

    @property
    def batch(self) -> int:
        """For how many keys one question may ask."""

    def key(self, url: str) -> str | None:
        """What this site can answer for a URL; None where its word wouldn't settle the whole link, and for any other text."""

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """The requests that ask for all of `keys`, as few as the site allows."""

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, RegistryAnswer]:
        """The word on each key of a question, from one answer; never raises.

        "unknown", with a reason, is for what can't be trusted: then the page itself is to be asked. A key is left out where
        asking again for the keys left out would help.
        """


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


def unknown(site: str, why: str) -> RegistryAnswer:
    """The word of a site that gave none."""
    return RegistryAnswer(site, "unknown", why)
