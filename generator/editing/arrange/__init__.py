"""The order of things in the sources: where an entry goes, how it is put in and taken out, who refers to whom. Pure.

Texts change by whole lines, or by the one value that names something. Every changed text is read again and must hold what it should.
"""

from __future__ import annotations

from generator.editing.arrange.insertion import insert
from generator.editing.arrange.placement import Home, home, section_named
from generator.editing.arrange.references import alias_replaced, entry_renamed, topic_renamed
from generator.editing.arrange.removal import Taken, take
from generator.editing.arrange.topic_aliases import topic_aliased, topic_unaliased

__all__ = [
    "Home", "Taken", "alias_replaced", "entry_renamed", "home", "insert", "section_named", "take", "topic_aliased", "topic_renamed",
    "topic_unaliased",
]  # fmt: skip
