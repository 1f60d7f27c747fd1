"""The ids by which entries are referred to: in reading paths, and where two entries are told apart."""

from __future__ import annotations

from generator.sources.catalogue.model import Catalogue

__all__ = ["decided", "referred"]


def decided(catalogue: Catalogue) -> frozenset[str]:
    """The ids by which `not_duplicate_of` names entries: a decision of a maintainer's, which no edit of ours may make void."""
    return frozenset(other.id for _, entry in catalogue.entries() for other in entry.not_duplicate_of)


def referred(catalogue: Catalogue) -> frozenset[str]:
    """All ids by which entries are named: those, and the steps of reading paths."""
    return decided(catalogue).union(step.id for topic in catalogue.topics for step in topic.start)
