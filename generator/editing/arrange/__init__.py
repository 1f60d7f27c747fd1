"""Insert, move, remove and rename entries and topics in the sources. Pure.

Whole lines or single values change; every changed text is parsed again and compared with what it should be.
"""

from __future__ import annotations

from generator.editing.arrange.insertion import insert_entry
from generator.editing.arrange.placement import Position, choose_position, find_section
from generator.editing.arrange.references import rename_entry_references, rename_topic_references, replace_alias
from generator.editing.arrange.removal import RemovedEntry, remove_entry
from generator.editing.arrange.topic_aliases import add_topic_alias, remove_topic_alias

__all__ = [
    "Position", "RemovedEntry", "add_topic_alias", "choose_position", "find_section", "insert_entry", "remove_entry", "remove_topic_alias",
    "rename_entry_references", "rename_topic_references", "replace_alias",
]  # fmt: skip
