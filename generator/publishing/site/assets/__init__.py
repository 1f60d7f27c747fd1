"""The site's style sheet and scripts (package data), with digests so that browsers reload changed ones."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

__all__ = ["asset", "digest", "version"]


@cache
def asset(name: str) -> str:
    """The text of a file in this package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def version(name: str) -> str:
    """Eight hexadecimal digits that change with the file."""
    return digest(asset(name))


def digest(text: str) -> str:
    """Eight hexadecimal digits that change with a text."""
    return sha256(text.encode()).hexdigest()[:8]
