"""Input of a site besides the catalogue: link health and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from generator.sources.site_files import NO_FILES, SiteFiles
from linkcheck.model import Outcome, Vitality

__all__ = ["Health", "LinkHealth", "Night", "Settings"]

_NONE: Mapping[str, LinkHealth] = MappingProxyType({})
_NO_REPOSITORIES: Mapping[str, Vitality | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LinkHealth:
    """Outcome and reason of a URL, the day of its last check (None: never), and when it was last alive (None: unknown)."""

    outcome: Outcome
    reason: str = ""
    seen: date | None = None
    last_alive: date | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """The number of the catalogue's URLs by outcome at the end of one day with checks."""

    day: date
    counts: tuple[tuple[Outcome, int], ...]

    def of(self, *outcomes: Outcome) -> int:
        """The number of URLs with one of these outcomes."""
        return sum(count for outcome, count in self.counts if outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Health:
    """The health of all links by URL, and the nights, oldest first; without nights, pages show no health.

    `nights` may be a sample; `total_nights` is the number in the history. `repositories` are by URL of their page, None where they
    weren't asked about; days without a commit count until `today`.
    """

    links: Mapping[str, LinkHealth] = field(default_factory=lambda: _NONE)
    nights: tuple[Night, ...] = ()
    total_nights: int = 0
    repositories: Mapping[str, Vitality | None] = field(default_factory=lambda: _NO_REPOSITORIES)
    today: date | None = None

    @property
    def known(self) -> bool:
        """Whether links have been checked."""
        return bool(self.nights)


@dataclass(frozen=True, slots=True)
class Settings:
    """`folder` is the path of the sources in their repository, `base_url` the URL of the site ("": unknown).

    `live` pages reload when the development server says that they changed. `authors` and `news` say whether
    there are pages of authors, and of new entries.
    """

    folder: str = "lists"
    base_url: str = ""
    live: bool = False
    files: SiteFiles = NO_FILES
    authors: bool = False
    news: bool = False
