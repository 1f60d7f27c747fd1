"""Pages that GitHub will not show whole: measured in bytes, with the way out, before it happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.problems import Place, Problem, Severity

__all__ = ["LIMIT", "NEAR", "long_pages"]

LIMIT = 512_000
"""So many bytes of a Markdown file GitHub shows; what follows is cut off without a word."""
NEAR = LIMIT * 4 // 5


def long_pages(pages: Mapping[str, str], way_out: str) -> Iterator[Problem]:
    """A warning for each page (by its shown path) from 80 % of the limit on. `way_out` says what to do."""
    for path, text in pages.items():
        size = len(text.encode())
        if size < NEAR:
            continue
        share = f"{size:,} bytes, {size * 100 // LIMIT} % of the {LIMIT:,}"
        if size > LIMIT:
            message = f"{path} has {share} that GitHub shows: its end is cut off there"
        else:
            message = f"{path} has {share} that GitHub shows of a page"
        yield Problem("long-page", Severity.WARNING, message, Place(path), way_out)
