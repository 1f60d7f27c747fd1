"""The order of things in the sources: where an entry goes, how it is put in and taken out, who refers to whom. Pure.

Texts change by whole lines, or by the one value that names something. Every changed text is read again and must hold what it should.
"""

from __future__ import annotations

from generator.arrange.aliasing import topic_aliased, topic_unaliased
from generator.arrange.home import Home, home, section_named
from generator.arrange.inserting import insert
from generator.arrange.references import alias_replaced, entry_renamed, topic_renamed
from generator.arrange.taking import Taken, take

__all__ = [
    "Home", "Taken", "alias_replaced", "entry_renamed", "home", "insert", "section_named", "take", "topic_aliased", "topic_renamed",
    "topic_unaliased",
]  # fmt: skip
