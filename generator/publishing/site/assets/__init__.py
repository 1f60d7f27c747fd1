"""The site's style sheet and scripts (package data), with digests so that browsers reload changed ones."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

__all__ = ["asset", "version"]


@cache
def asset(name: str) -> str:
    """The text of a file in this package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def version(name: str) -> str:
    """Eight hexadecimal digits that change with the file."""
    return sha256(asset(name).encode()).hexdigest()[:8]
