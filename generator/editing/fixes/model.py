"""The words of fixing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from generator.editing.edit import Edit, Source
from generator.problems import Place, Problem
from generator.sources.catalogue.ids import derive, referred, told_apart
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from linkcheck.engine.archive import Found
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
    def decided(self) -> frozenset[str]:
        """The ids by which maintainers told entries apart."""
        return told_apart(self.catalogue)

    @cached_property
    def referred(self) -> frozenset[str]:
        """All ids by which entries are named."""
        return referred(self.catalogue)

    def keys_kept(self, topic: Topic, entry: Entry, after: Entry | None) -> tuple[Edit, ...]:
        """The keys written down by which entries are named, and that would change with this entry, or when it goes (None).

        A key follows from what an entry says, and from who else would have the same.
        """
        keys = {_key(entry), _key(after or entry)}
        if after is not None and keys == {entry.id}:
            return ()
        # Who has one key with others gets a digest, and loses it when it is alone.
        others = after is None or len(keys) > 1
        found = [(path, one.id) for path, one, key in self._named if others and key in keys and one is not entry]
        if after is not None and not entry.id_given and entry.id in self.referred:
            found.append((topic.path, entry.id))
        return tuple(Edit(path, key, "id", None, key) for path, key in found)

    @cached_property
    def _named(self) -> tuple[tuple[str, Entry, str], ...]:
        """The entries that are named by a key that nobody wrote down: with their files, and their keys before any digest."""
        named = [(topic.path, one) for topic, one in self.catalogue.entries() if not one.id_given and one.id in self.referred]
        return tuple((path, one, _key(one)) for path, one in named)

    @cached_property
    def _entries(self) -> dict[tuple[str, str], tuple[Topic, Entry]]:
        return {(topic.path, entry.id): (topic, entry) for topic, entry in self.catalogue.entries()}

    def entry(self, path: str, key: str | None) -> tuple[Topic, Entry] | None:
        """An entry with its topic, by file and id."""
        return self._entries.get((path, key or ""))


def _key(entry: Entry) -> str:
    return derive(entry.title, entry.url, entry.authors, entry.year)
