"""The site's style sheet and scripts: package data, read once, each with a short digest by which browsers notice a new version."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

__all__ = ["asset", "version"]


@cache
def asset(name: str) -> str:
    """The text of a file beside this one."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def version(name: str) -> str:
    """Eight hexadecimal digits that change with the file."""
    return sha256(asset(name).encode()).hexdigest()[:8]
