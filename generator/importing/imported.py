"""The result of an importer: topics, and what was left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from generator.sources.catalogue.model import Topic

__all__ = ["Imported", "LeftOut"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that isn't in the topics as it stood in the source. `url` is "" for what isn't a link; `line` 0 where unknown.

    `kind` is "badge" for an image that shows a state, "anchor" for a link within the page: both are notes, not losses.
    """

    what: str
    reason: str
    line: int = 0
    url: str = ""
    kind: str = "link"


@dataclass(frozen=True, slots=True)
class Imported:
    """The topics of one source. `left` are links that could not be kept, `notes` tell what was kept in another form or place."""

    path: str
    topics: tuple[Topic, ...] = ()
    left: tuple[LeftOut, ...] = ()
    notes: tuple[LeftOut, ...] = ()
