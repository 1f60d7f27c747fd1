"""The words of fixing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from generator.catalogue.model import Catalogue, Entry, Topic
from generator.edit import Edit, Source
from generator.problems import Place, Problem
from linkcheck.archive import Found
from linkcheck.model import Cluster, Verdict

CLASSES: Mapping[str, str] = MappingProxyType({
    "moved": "links that moved for good within one site, as two nights saw it",
    "duplicates": "entries that are certainly one work, united with nothing dropped",
    "identifiers": "DOIs and arXiv ids in their bare form",
    "quoting": "texts that YAML misreads without quotes",
    "expired": "exceptions for the link checker that have ended",
    "moved-domain": "links that moved to another site, where its page names the entry's title",
    "archive": "`archive_url` for pages that are gone: the good capture nearest to the day they were added",
    "dead": "`state: dead` for entries whose page is gone",
})  # fmt: skip
"""The classes of fixes, with what they mend."""

SAFE = frozenset({"moved", "duplicates", "identifiers", "quoting", "expired"})
"""Those that are done unless others are named."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to mend: its class, one sentence for a maintainer, and its edits, made in this order.

    One that isn't `safe` is only done where its class is named. Without edits it can't be done here, and `sentence` says why.
    """

    kind: str
    place: Place
    sentence: str
    edits: tuple[Edit, ...] = ()
    safe: bool = True


@dataclass(frozen=True)
class Known:
    """What fixes are made from. `sources` are by path, `verdicts` and `copies` by URL."""

    catalogue: Catalogue
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    clusters: tuple[Cluster, ...] = ()
    copies: Mapping[str, Found] = field(default_factory=dict)

    @cached_property
    def _entries(self) -> dict[tuple[str, str], tuple[Topic, Entry]]:
        return {(topic.path, entry.id): (topic, entry) for topic, entry in self.catalogue.entries()}

    def entry(self, path: str, key: str | None) -> tuple[Topic, Entry] | None:
        """An entry with its topic, by file and id."""
        return self._entries.get((path, key or ""))


def named(catalogue: Catalogue) -> frozenset[str]:
    """The ids by which `not_duplicate_of` names entries: a decision of a maintainer's, which a fix must not make void."""
    return frozenset(other.id for _, entry in catalogue.entries() for other in entry.not_duplicate_of)
