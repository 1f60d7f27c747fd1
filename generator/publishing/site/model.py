"""What a site is told beside the catalogue: how its links are, and where it will stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from linkcheck.model import Outcome

__all__ = ["Health", "LinkHealth", "Night", "Settings"]

_NONE: Mapping[str, LinkHealth] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LinkHealth:
    """What a URL has come to, why, the day it was last looked at (None: never), and the day it was last seen alive, if known."""

    outcome: Outcome
    reason: str = ""
    seen: date | None = None
    last_alive: date | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """How many URLs of today's catalogue had come to what by the end of one day on which links were checked."""

    day: date
    counts: tuple[tuple[Outcome, int], ...]

    def of(self, *outcomes: Outcome) -> int:
        """The URLs with one of these outcomes."""
        return sum(count for outcome, count in self.counts if outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Health:
    """The health of all links: by URL, and night by night, oldest first. Without nights nothing is known, and nothing is claimed.

    `total_nights` counts those of the whole history, where `nights` are only some of them.
    """

    links: Mapping[str, LinkHealth] = field(default_factory=lambda: _NONE)
    nights: tuple[Night, ...] = ()
    total_nights: int = 0

    @property
    def known(self) -> bool:
        """Whether links were ever checked."""
        return bool(self.nights)


@dataclass(frozen=True, slots=True)
class Settings:
    """`folder` is where the sources lie in their repository; `base_url` the site's address, "" where that isn't known.

    `live` pages load themselves anew when a preview says that they changed.
    """

    folder: str = "lists"
    base_url: str = ""
    live: bool = False
