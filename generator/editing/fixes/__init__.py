"""What can be mended without a maintainer's thought, and what by name: catalogue, verdicts, problems, clusters -> edits. Pure.

One file for each class of fixes; each yields fixes in the order of the sources.
"""

from __future__ import annotations

from collections.abc import Collection

from generator.editing.fixes import dead, duplicates, expired, identifiers, moved, quoting
from generator.editing.fixes.model import CLASSES, SAFE, Fix, FixContext

__all__ = ["CLASSES", "SAFE", "Fix", "FixContext", "chosen", "find"]

_MODULES = (quoting, identifiers, expired, moved, duplicates, dead)


def find(context: FixContext) -> tuple[Fix, ...]:
    """Everything that could be mended or must be looked at, whatever its class."""
    return tuple(fix for module in _MODULES for fix in module.find(context))


def chosen(fix: Fix, only: Collection[str]) -> bool:
    """Whether a fix is to be done: by default the safe ones; with `only` all of the classes that it names."""
    return fix.kind in only if only else fix.safe and fix.kind in SAFE
