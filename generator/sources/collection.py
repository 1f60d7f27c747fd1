"""The settings of a collection. Below the catalogue, since they are read without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from linkcheck.model import Place

ORDERS = ("as-written", "title", "year", "start-here")
"""How entries are ordered inside a section: as written, by title, newest first, or those of the reading path first."""

LANGUAGES = ("en", "de", "fr")
"""The languages of the site's own texts."""
FORGES = ("github", "gitlab", "forgejo")
"""The programs of repositories' hosts whose pages for editing are known."""

_NOTHING: Mapping[str, Place] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour of links on light and on dark pages, as `#rrggbb`."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Site:
    """How the site looks: the settings under `site`. `logo` and `stylesheet` are paths in the lists folder."""

    language: str = "en"
    logo: str | None = None
    accent: Accent | None = None
    stylesheet: str | None = None
    forge: str | None = None
    branch: str | None = None
    suggest: str | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """How pages on GitHub look: the settings under `pages`. Lists of more than `fold` entries are folded (0: none)."""

    fold: int = 100


@dataclass(frozen=True, slots=True)
class Collection:
    """The content of `_collection.yaml`. Everything has a default, so the file is optional."""

    title: str = "Reading lists"
    description: str | None = None
    license: str | None = None
    repository: str | None = None
    topics: tuple[str, ...] = ()
    vocabularies: tuple[tuple[str, tuple[str, ...]], ...] = ()
    places: Mapping[str, Place] = field(default_factory=lambda: _NOTHING, compare=False, repr=False)
    """The place of each value that is written, by key; `topics.0` for one of several."""
    header: str | None = None
    footer: str | None = None
    order: str = "as-written"
    site: Site = Site()
    pages: Pages = Pages()
