"""What each problem's code means: one Markdown page a code beside this file, with an example and how to mend it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def known_codes() -> tuple[str, ...]:
    """All codes that have a page, by name."""
    pages = (page.name for page in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in pages if name.endswith(".md")))


def explain(code: str) -> str | None:
    """The page of a code; None where there is no such code."""
    if code not in known_codes():
        return None
    return files(__name__).joinpath(f"{code}.md").read_text(encoding="utf-8")
