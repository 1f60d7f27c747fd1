"""Fix, the classes of fixes, and the facts that fixes are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from generator.editing.edit import Edit, Source
from generator.problems import Place, Problem
from generator.sources.catalogue.ids import derive, distinct_ids, referred
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from linkcheck.model import Cluster, Verdict, Vitality
from linkcheck.registries.archive import Found

CLASSES: Mapping[str, str] = MappingProxyType({
    "moved": "links that moved permanently within one site, seen on two nights",
    "duplicates": "entries that are certainly the same work, merged without loss",
    "identifiers": "DOIs and arXiv ids in their bare form",
    "quoting": "texts that YAML misreads without quotes",
    "expired": "expired exceptions for the link checker",
    "moved-domain": "links that moved to another site whose page has the entry's title",
    "archive": "`archive_url` for dead pages: the good capture nearest to the day they were added",
    "dead": "`state: dead` for entries whose page is dead",
    "deprecated": "`state: deprecated` for entries whose repository is archived",
})  # fmt: skip
"""The classes of fixes with what they change."""

SAFE = frozenset({"moved", "duplicates", "identifiers", "quoting", "expired"})
"""The classes applied when none is named."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix of class `kind`: a message for the maintainer, and edits to make in this order.

    A fix that isn't `safe` is only made where its class is named. One without edits has to be made by hand; `message` says why.
    """

    kind: str
    place: Place
    message: str
    edits: tuple[Edit, ...] = ()
    safe: bool = True


@dataclass(frozen=True)
class FixContext:
    """What fixes are made from. `sources` are by path, `verdicts` and `archived_copies` by URL, `vitalities` by a repository's page."""

    catalogue: Catalogue
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    clusters: tuple[Cluster, ...] = ()
    archived_copies: Mapping[str, Found] = field(default_factory=dict)
    vitalities: Mapping[str, Vitality] = field(default_factory=dict)

    @cached_property
    def distinct_ids(self) -> frozenset[str]:
        """The ids in `not_duplicate_of`."""
        return distinct_ids(self.catalogue)

    @cached_property
    def referred(self) -> frozenset[str]:
        """All ids that entries, topics and reading paths refer to."""
        return referred(self.catalogue)

    def id_edits(self, topic: Topic, entry: Entry, after: Entry | None) -> tuple[Edit, ...]:
        """Edits that write down derived ids which are referred to, and would change when `entry` becomes `after` (None: is removed).

        A derived id depends on the fields of an entry, and on other entries with the same one.
        """
        keys = {_derived_id(entry), _derived_id(after or entry)}
        if after is not None and keys == {entry.id}:
            return ()
        # Entries with the same derived id get a digest, which one loses when it is the only one left.
        others = after is None or len(keys) > 1
        found = [(path, one.id) for path, one, key in self._referenced if others and key in keys and one is not entry]
        if after is not None and not entry.id_given and entry.id in self.referred:
            found.append((topic.path, entry.id))
        return tuple(Edit(path, key, "id", None, key) for path, key in found)

    @cached_property
    def _referenced(self) -> tuple[tuple[str, Entry, str], ...]:
        """Path, entry and derived id without digest of each entry that is referred to by a derived id."""
        named = [(topic.path, one) for topic, one in self.catalogue.entries() if not one.id_given and one.id in self.referred]
        return tuple((path, one, _derived_id(one)) for path, one in named)

    @cached_property
    def _entries(self) -> dict[tuple[str, str], tuple[Topic, Entry]]:
        return {(topic.path, entry.id): (topic, entry) for topic, entry in self.catalogue.entries()}

    def entry(self, path: str, key: str | None) -> tuple[Topic, Entry] | None:
        """The entry with an id in a file, and its topic; None where there is none."""
        return self._entries.get((path, key or ""))


def _derived_id(entry: Entry) -> str:
    return derive(entry.title, entry.url, entry.authors, entry.year)
