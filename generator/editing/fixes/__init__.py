"""Find fixes: edits that follow from the catalogue, its problems, link verdicts and clusters of duplicates. Pure.

Each class of fixes has a module; it yields fixes in the order of the sources.
"""

from __future__ import annotations

from collections.abc import Collection

from generator.editing.fixes import dead, deprecated, duplicates, expired, identifiers, moved, quoting
from generator.editing.fixes.model import CLASSES, SAFE, Fix, FixContext

__all__ = ["CLASSES", "SAFE", "Fix", "FixContext", "chosen", "find"]

_MODULES = (quoting, identifiers, expired, moved, duplicates, dead, deprecated)


def find(context: FixContext) -> tuple[Fix, ...]:
    """All fixes of all classes, including those without edits, which a maintainer has to make."""
    return tuple(fix for module in _MODULES for fix in module.find(context))


def chosen(fix: Fix, only: Collection[str]) -> bool:
    """Whether to make a fix: any of the classes in `only`, or without `only` the safe ones."""
    return fix.kind in only if only else fix.safe and fix.kind in SAFE
