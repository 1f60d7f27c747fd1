"""GitHub's short names of emoji (`:star:`), drawn."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["with_emoji"]

_NAME = re.compile(r":([a-z0-9_+-]{1,60}):")


def with_emoji(text: str) -> str:
    """A text with the short names in it drawn; names that GitHub doesn't know stay as they are."""
    return _NAME.sub(lambda name: _table().get(name[1], name[0]), text) if ":" in text else text


@cache
def _table() -> dict[str, str]:
    lines = files("generator.importing.page").joinpath("emoji.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))
